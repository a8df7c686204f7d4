"""Data for training: read, checked, split by document, mixed."""

import gzip
import json
from random import Random

import pytest

from training.examples import (
    TrainingDataError,
    examples_of_pass,
    is_held_out,
    read_data,
    read_set,
)

PASSAGE = "The fare is nine euros."
LINE = {
    "question": "What is the fare?",
    "title": "Fares",
    "passage": PASSAGE,
    "answers": [{"text": "nine euros", "start": 12}],
    "kind": "positive",
    "language": "en",
    "group": "wiki:fares",
    "label": "span",
}
NEGATIVE = {**LINE, "answers": [], "kind": "negative-retrieved"}


def write(folder, name, *lines):
    path = folder / f"{name}.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for line in lines:
            file.write(line if isinstance(line, str) else json.dumps(line))
            file.write("\n")
    return path


def test_answers_are_characters_of_the_passage(tmp_path) -> None:
    positive, negative = read_set(write(tmp_path, "a", LINE, NEGATIVE))
    assert [PASSAGE[a:b] for a, b in positive.spans] == ["nine euros"]
    assert (positive.answers, negative.answers, negative.spans) == (True, False, ())


def test_what_was_judged_as_a_whole_marks_nothing(tmp_path) -> None:
    (example,) = read_set(write(tmp_path, "a", {**LINE, "label": "passage"}))
    assert (example.answers, example.spans) == (True, ())


def test_other_languages_are_left_out(tmp_path) -> None:
    path = write(tmp_path, "a", {**LINE, "language": "de"}, NEGATIVE)
    assert [example.kind for example in read_set(path)] == ["negative-retrieved"]


BAD = {
    "not JSON": "{",
    "'title' is not a text": {**LINE, "title": None},
    "'label' is 'word', not one of span, sentence, passage": {**LINE, "label": "word"},
    "question or passage is empty": {**LINE, "question": " "},
    "the passage does not hold 'nine euros' at 13": {
        **LINE,
        "answers": [{"text": "nine euros", "start": 13}],
    },
    "the passage does not hold '' at 3": {**LINE, "answers": [{"text": "", "start": 3}]},
    "'kind' is 'positive' and there are 0 answers": {**LINE, "answers": []},
    "'kind' is 'negative-retrieved' and there are 1 answers": {**LINE, "kind": NEGATIVE["kind"]},
}


@pytest.mark.parametrize("told", BAD)
def test_a_bad_line_is_named(tmp_path, told) -> None:
    path = write(tmp_path, "a", LINE, BAD[told], LINE)
    with pytest.raises(TrainingDataError) as raised:
        read_set(path)
    assert f"{path} has lines that cannot be used: line 2: {told}" in str(raised.value)
    assert "line 3" not in str(raised.value)


@pytest.mark.parametrize("line", [[1], 7, {**LINE, "answers": [3]}, {**LINE, "answers": [{}]}])
def test_a_line_of_another_form_is_named(tmp_path, line) -> None:
    with pytest.raises(TrainingDataError, match="line 1: "):
        read_set(write(tmp_path, "a", line))


def test_of_many_bad_lines_some_are_named_and_the_rest_counted(tmp_path) -> None:
    with pytest.raises(TrainingDataError, match=r"line 1: .*line 5: .*; and 2 more\. Mend"):
        read_set(write(tmp_path, "a", *["x"] * 7))


def test_a_damaged_file_is_named(tmp_path) -> None:
    path = write(tmp_path, "a", *[LINE] * 50)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(TrainingDataError, match=r"a\.jsonl\.gz cannot be read"):
        read_set(path)


def test_a_missing_set_is_named(tmp_path) -> None:
    with pytest.raises(TrainingDataError, match=r"b\.jsonl\.gz is missing"):
        read_data(tmp_path, ["b"], 0.1)


def test_a_document_is_held_out_from_every_set(tmp_path) -> None:
    groups = [f"wiki:{number}" for number in range(200)]
    for name in ("a", "b"):
        write(tmp_path, name, *({**LINE, "group": group} for group in groups))
    data = read_data(tmp_path, ["a", "b"], 0.2)
    trained = {e.group for examples in data.train.values() for e in examples}
    held = {e.group for examples in data.held_out.values() for e in examples}
    assert trained | held == set(groups)
    assert trained & held == set()
    assert 20 <= len(held) <= 60  # 40 expected; chance outside is below 1 in 2,000


def test_a_set_with_everything_held_out_is_refused(tmp_path) -> None:
    write(tmp_path, "a", LINE)
    assert is_held_out(LINE["group"], 1.0)
    with pytest.raises(TrainingDataError, match="nothing to train on"):
        read_data(tmp_path, ["a"], 1.0)


def test_a_pass_takes_what_was_asked_for(tmp_path) -> None:
    lines = [{**LINE, "question": f"{number}?"} for number in range(5)]
    examples = read_set(write(tmp_path, "a", *lines))
    counts = {"large": 2, "small": 12}
    sets = {"large": examples, "small": examples}

    def drawn(seed, **only):
        chosen = examples_of_pass({name: sets[name] for name in only}, only, Random(seed))
        return [example.question for example in chosen]

    assert len(drawn(1, **counts)) == 14
    twelve = drawn(1, small=12)
    assert {twelve.count(f"{number}?") for number in range(5)} == {2, 3}
    assert drawn(1, large=2) == drawn(1, large=2)
    assert len({tuple(sorted(drawn(seed, large=2))) for seed in range(20)}) > 1
