"""How good the answers are: bins, curve, calibration error, pins, kept evaluations, charts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from toy_encoder import ToyEncoder

from qa import Service
from qa.errors import InputError
from qa.insight.evaluation.measures import Bin
from qa.insight.evaluation.saved_results import read_result, result_files
from qa.insight.feedback import AskedQuestion, Judgement
from qa.insight.quality import (
    ENOUGH,
    LabelledConfidence,
    Quality,
    Share,
    judged_questions,
    quality,
    shares,
)
from qa.page.html import charts, quality_card
from qa.page.tabs import quality as quality_tab

KETTLE = "Which warranty has the kettle?"
EVIL = "<script>alert(1)</script>"


def asked(question: str, confidence: float, answered: bool = True) -> AskedQuestion:
    return AskedQuestion(question, "a.txt", confidence, answered, "g1", "2026-01-01T00:00:00+00:00")


def known(**given: object) -> Quality:
    bare = Quality(0.4, (), (), (), None, ())
    return replace(bare, **given)  # type: ignore[arg-type]


def test_confidences_fall_into_ten_bins_and_none_is_lost() -> None:
    found = shares(
        [asked("a", 0.0, False), asked("b", 0.39, False), asked("c", 0.4), asked("d", 1)]
    )
    assert len(found) == 10
    assert [(one.answered, one.unanswered) for one in found if one.answered + one.unanswered] == [
        (0, 1),
        (0, 1),
        (1, 0),
        (1, 0),
    ]
    assert found[4].answered == found[9].answered == 1
    assert shares([]) == ()


def test_verdicts_tell_whether_the_first_passage_was_right() -> None:
    questions = [asked("Up?", 0.9), asked("Down?", 0.8), asked("Not there?", 0.1, False)]
    questions += [asked("Other passage?", 0.7), asked("It is there?", 0.2, False)]
    verdicts = [
        Judgement("up?", "up", "text"),
        Judgement("Down?", "up", "text"),
        Judgement("Down?", "down", "text"),
        Judgement("Not there?", "up"),
        Judgement("Other passage?", "right", "text"),
        Judgement("It is there?", "down"),
        Judgement("Never asked?", "up", "text"),
    ]
    assert judged_questions(questions, verdicts) == [
        LabelledConfidence("up?", 0.9, True),
        LabelledConfidence("Down?", 0.8, False),
        LabelledConfidence("Not there?", 0.1, False),
    ]


def test_the_last_time_a_question_was_asked_counts() -> None:
    found = judged_questions([asked("A?", 0.2), asked("a?", 0.6)], [Judgement("A?", "up", "text")])
    assert [one.confidence for one in found] == [0.6]


def quality_of(service: Service) -> Quality:
    return quality(
        service.retriever(),
        service.pins.all(),
        service.feedback.asked(),
        service.feedback.judged(),
        threshold=service.settings.threshold,
    )


def test_nothing_known_is_nothing_claimed(toy_service: Service) -> None:
    found = quality_of(toy_service)
    assert (found.shares, found.labelled, found.curve, found.pinned) == ((), (), (), ())
    assert found.error is None
    shown = quality_tab.quality_html(toy_service)
    for sentence in (
        "Nothing to compare with yet.",
        "No question was asked yet.",
        "No question is pinned yet.",
        "No result of an evaluation is given.",
    ):
        assert sentence in shown
    assert "<svg" not in shown


def test_pins_and_questions_make_a_curve(toy_service: Service) -> None:
    toy_service.pins.add(KETTLE, ["warranty of three years"])
    toy_service.pins.add("When does the moon rise?", [])
    toy_service.pins.add("Where do parcels go?", ["nowhere at all"])
    toy_service.feedback.record(toy_service.ask(KETTLE))
    found = quality_of(toy_service)
    assert found.pinned[0].question == KETTLE
    assert [trial.found for trial in found.pinned] == [True, False, False]
    assert len(found.labelled) == 3
    expected = sum(abs(one.confidence - one.right) * one.questions / 3 for one in found.curve)
    assert found.error == pytest.approx(expected)
    assert sum(one.answered + one.unanswered for one in found.shares) == 1
    assert found.threshold == toy_service.settings.threshold


def test_a_right_passage_that_was_too_unsure_is_right_for_the_curve(settings, toy_service) -> None:
    careful = Service(replace(settings, threshold=1.0), encoder=ToyEncoder())
    careful.pins.add(KETTLE, ["warranty of three years"])
    (trial,) = quality_of(careful).pinned
    assert trial.answer is None
    assert (trial.passed, trial.found) == (False, True)
    assert quality_of(careful).labelled[0].right


def test_a_pinned_question_counts_once(toy_service: Service) -> None:
    answer = toy_service.ask(KETTLE)
    toy_service.feedback.record(answer)
    toy_service.pins.add(KETTLE, ["warranty of three years"])
    toy_service.feedback.judge(KETTLE, "down", answer.hits[0].citation)
    (only,) = quality_of(toy_service).labelled
    assert only.right


def test_where_questions_are_not_kept_pins_still_count(settings, toy_service) -> None:
    toy_service.feedback.record(toy_service.ask(KETTLE))
    silent = Service(replace(settings, feedback=False), encoder=ToyEncoder())
    silent.pins.add(KETTLE, ["warranty of three years"])
    shown = quality_tab.quality_html(silent)
    assert "Questions are not kept here." in shown
    assert "Mean distance: " in shown
    assert "from 1 question." in shown


def test_an_error_of_one_part_leaves_the_others(toy_service: Service) -> None:
    toy_service._folder.pinned.write_text("not JSON\n", encoding="utf-8")
    shown = quality_tab.quality_html(toy_service)
    assert 'role="alert"' in shown
    assert "Signals side by side" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("number", [1, ENOUGH - 1, ENOUGH])
def test_few_questions_are_called_few(number: int) -> None:
    labelled = tuple(LabelledConfidence(f"q{n}", 0.9, True) for n in range(number))
    curve = (Bin(0.9, 1.0, number, 0.9, 1.0),)
    shown = quality_card.calibration_html(known(labelled=labelled, curve=curve, error=0.1))
    assert ("this says little yet" in shown) == (number < ENOUGH)
    few = quality_card.asked_html(known(shares=(Share(0.0, 1.0, number, 0),)), True)
    assert ("this says little yet" in few) == (number < ENOUGH)


def picture(shown: str) -> ElementTree.Element:
    return ElementTree.fromstring(re.search("<svg.*?</svg>", shown)[0])  # type: ignore[index]


def test_the_curve_is_told_in_words_and_numbers() -> None:
    curve = (Bin(0.0, 0.1, 8, 0.05, 0.0), Bin(0.9, 1.0, 1200, 0.95, 1.0))
    shown = charts.calibration(curve)
    svg = picture(shown)
    assert svg.get("role") == "img"
    assert "95% sure, 100% right" in str(svg.get("aria-label"))
    places = [(float(each.get("cx")), float(each.get("cy"))) for each in svg.iter("circle")]
    assert places[0][0] < places[1][0]
    assert places[0][1] > places[1][1]
    for x, y in places:
        assert 0 <= x <= charts.WIDE
        assert 0 <= y <= charts.HIGH
    assert "1,200" in shown
    assert "<details>" in shown
    assert "90–100%" in shown


@pytest.mark.parametrize("threshold", [0.0, 0.4, 1.0])
def test_the_distribution_marks_the_threshold_and_stacks_its_bars(threshold: float) -> None:
    parts = tuple(Share(n / 10, (n + 1) / 10, n, 9 - n) for n in range(10))
    svg = picture(charts.distribution(parts, threshold))
    line = next(each for each in svg.iter("line") if each.get("class") == "qa-threshold")
    across = charts.WIDE - charts.LEFT - charts.RIGHT
    assert float(line.get("x1")) == pytest.approx(charts.LEFT + threshold * across, abs=0.1)
    heights = [float(bar.get("height")) for bar in svg.iter("rect")]
    assert sum(heights) == pytest.approx(10 * (charts.HIGH - charts.TOP - charts.BOTTOM), abs=1)
    hatched = [bar for bar in svg.iter("rect") if bar.get("fill") == "url(#qa-hatch)"]
    assert len(hatched) == 9
    assert "45 answered, 45 not" in str(svg.get("aria-label"))


def test_pins_are_escaped_and_failing_ones_come_first(toy_service: Service) -> None:
    toy_service.pins.add(KETTLE, ["warranty of three years"])
    toy_service.pins.add(f"What is {EVIL}?", [EVIL])
    shown = quality_card.pinned_html(quality_of(toy_service).pinned)
    assert EVIL not in shown
    assert shown.index("&lt;script&gt;") < shown.index("kettle")
    assert "of 2 pass." in shown


def result(**given: object) -> dict[str, object]:
    estimate = {"mean": 0.71, "low": 0.6, "high": 0.8}
    figures = {name: {"nDCG@10": estimate} for name in ("full", "dense", "BM25", "RRF")}
    facts = {"questions": 60, "passages": 1200, "model": EVIL}
    return {"name": EVIL, "kind": "ranking", "facts": facts, "figures": figures, **given}


def test_a_result_becomes_a_table_of_signals(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(result()), encoding="utf-8")
    (file,) = result_files(tmp_path)
    shown = quality_card.result_html(read_result(file))
    assert EVIL not in shown
    for text in ("Full ranking", "Words (BM25)", "nDCG@10", "0.710\n(0.600–0.800)", "60 questions"):
        assert text in shown
    assert "--compare adds" not in shown


def test_a_result_without_signals_says_how_to_get_them(tmp_path: Path) -> None:
    figures = {"full": {"nDCG@10": {"mean": None, "low": None, "high": None}}}
    (tmp_path / "a.json").write_text(json.dumps(result(figures=figures)), encoding="utf-8")
    shown = quality_card.result_html(read_result(tmp_path / "a.json"))
    assert "--compare adds" in shown
    assert '<td data-name="nDCG@10">–</td>' in shown


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"name": "a"}', '{"name":1,"facts":2,"figures":3}']
)
def test_a_file_that_is_no_result_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"is no result of an evaluation; make one with"):
        read_result(tmp_path / "a.json")


def test_a_missing_result_says_how_to_make_one(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(InputError, match="There is no result of an evaluation at"):
            result_files(place)


def test_a_broken_result_hides_no_other_one(settings, toy_service, tmp_path: Path) -> None:
    place = tmp_path / "results"
    place.mkdir()
    (place / "a.json").write_text("{", encoding="utf-8")
    (place / "b.json").write_text(json.dumps(result()), encoding="utf-8")
    service = Service(replace(settings, evaluation=str(place)), encoder=ToyEncoder())
    shown = quality_tab.quality_html(service)
    assert "is no result of an evaluation" in shown
    assert "Full ranking" in shown


def test_what_evaluate_prints_is_what_the_page_reads(toy_service: Service, tmp_path: Path) -> None:
    from qa.cli.render.evaluation import evaluation_as_dict
    from qa.insight.evaluation.spans import evaluate_questions

    questions = tmp_path / "own.jsonl"
    line = {"question": KETTLE, "expected": "warranty of three years"}
    questions.write_text(json.dumps(line) + "\n", encoding="utf-8")
    made = evaluation_as_dict(evaluate_questions(questions, toy_service.retriever()))
    file = tmp_path / "own.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    kept = read_result(file)
    assert kept.facts["questions"] == 1
    assert "in the first passage" in quality_card.result_html(kept)
