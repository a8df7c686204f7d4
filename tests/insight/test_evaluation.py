"""Figures from judged questions: metrics against hand-computed values, sets, runs, files."""

import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder, toy_pair
from typer.testing import CliRunner

from qa.answering.judged_questions import read_judged_questions
from qa.cli import app as cli
from qa.cli.render.evaluation import evaluation_as_dict, evaluation_lines
from qa.errors import IndexMismatchError, InputError
from qa.insight.evaluation.comparison import compare
from qa.insight.evaluation.confidence import (
    Outcomes,
    _against_unanswerable,
    evaluate_confidence,
    left_out,
)
from qa.insight.evaluation.measures import (
    auroc,
    bootstrap,
    calibration_error,
    per_question,
    reciprocal_ranks,
    risk_at,
)
from qa.insight.evaluation.output_files import Outputs, write_rows, write_run
from qa.insight.evaluation.ranking import SYSTEMS, evaluate_ranking
from qa.insight.evaluation.run import Options, evaluate
from qa.insight.evaluation.sentences import evaluate_sentences
from qa.insight.evaluation.sets import kind_of, read_ranking_set, read_span_set
from qa.insight.evaluation.spans import evaluate_questions, evaluate_spans

# The toy encoder knows only words, so each question shares words with one entry alone.
CORPUS = [
    {"_id": "refunds", "title": "Refunds", "text": TEXTS[0][1]},
    {"_id": "shipping", "title": "Shipping", "text": TEXTS[1][1]},
    {"_id": "warranty", "title": "Warranty", "text": TEXTS[2][1]},
    {"_id": "empty", "title": "", "text": " "},
]
QUERIES = {
    "q1": "refunds paid thirty days",
    "q2": "parcels leave warehouse monday",
    "q3": "kettle warranty three years",
    "unjudged": "anything",
}
QRELS = [("q1", "refunds", 2), ("q2", "warranty", 1), ("q3", "warranty", 1), ("q3", "refunds", 0)]
ANSWERS = {"q1": ["thirty days"], "q2": ["Monday"], "q3": ["not covered"]}


def lines(path, values):
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A set in BEIR format whose second judgement names the wrong entry."""
    place = tmp_path / "toyset"
    (place / "qrels").mkdir(parents=True)
    lines(place / "corpus.jsonl", CORPUS)
    lines(place / "queries.jsonl", [{"_id": i, "text": text} for i, text in QUERIES.items()])
    rows = "".join(f"{q}\t{entry}\t{gain}\n" for q, entry, gain in QRELS)
    (place / "qrels/test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", encoding="utf-8")
    lines(place / "answers.jsonl", [{"_id": i, "answers": a} for i, a in ANSWERS.items()])
    lines(place / "queries_unanswerable.jsonl", [{"_id": "u1", "text": "zebra crossing paint"}])
    return place


def means(evaluation, group="full"):
    return {name: estimate.mean for name, estimate in evaluation.figures[group].items()}


class TestMeasures:
    def test_metrics_by_hand(self):
        qrels = {"a": {"x": 2, "y": 1}, "b": {"z": 1}}
        values = per_question(qrels, {"a": ["y", "n", "x"]})
        # DCG: 1/log2(2) + 2/log2(4) = 2; ideal: 2/log2(2) + 1/log2(3).
        assert values["nDCG@10"] == pytest.approx([2 / (2 + 1 / math.log2(3)), 0.0])
        assert values["RR@10"] == [1.0, 0.0]
        assert values["R@10"] == [1.0, 0.0]
        assert values["Success@1"] == [1.0, 0.0]

    def test_ties_cannot_happen_and_order_counts(self):
        values = per_question({"a": {"e2": 1}}, {"a": [f"e{n}" for n in range(12)]})
        assert values["RR@10"] == pytest.approx([1 / 3])

    def test_bootstrap_covers_the_mean_and_pairs_the_columns(self):
        rng = np.random.default_rng(1)
        a = rng.random(200)
        both, less = bootstrap(np.column_stack([a, a - (a - 0.1)]))
        assert both.low < a.mean() < both.high
        # About 1.96 standard errors to each side.
        assert both.high - both.low == pytest.approx(2 * 1.96 * a.std() / math.sqrt(200), rel=0.1)
        assert (less.low, less.high) == (pytest.approx(0.1), pytest.approx(0.1))

    def test_auroc_against_counting_pairs(self):
        rng = np.random.default_rng(2)
        scores, positive = rng.integers(0, 5, 60) / 5, rng.random(60) < 0.4
        pairs = [
            1.0 if p > n else 0.5 if p == n else 0.0
            for p in scores[positive]
            for n in scores[~positive]
        ]
        assert auroc(scores, positive) == pytest.approx(sum(pairs) / len(pairs))
        assert math.isnan(auroc(scores, np.ones(60, bool)))

    def test_calibration_error_of_the_honest_and_the_boaster(self):
        right = np.array([True] * 7 + [False] * 3)
        assert calibration_error(np.full(10, 0.7), right) == pytest.approx(0)
        assert calibration_error(np.full(10, 1.0), right) == pytest.approx(0.3)

    def test_risk_falls_when_the_surest_are_right(self):
        sure, right = np.array([0.9, 0.8, 0.3, 0.2]), np.array([True, True, False, True])
        assert [risk_at(sure, right, c) for c in (0.5, 0.75, 1.0)] == [
            0.0,
            pytest.approx(1 / 3),
            0.25,
        ]

    def test_reciprocal_ranks_prefer_what_both_found(self):
        assert reciprocal_ranks([[1, 2, 3], [3, 4]])[0] == 3


class TestSets:
    def test_a_set_and_what_it_lacks(self, folder):
        with (folder / "qrels/test.tsv").open("a") as file:
            file.write("q1\tgone\t1\nunknown\trefunds\t1\n")
        given = read_ranking_set(folder)
        assert list(given.questions) == ["q1", "q2", "q3"]
        assert given.qrels["q1"] == {"refunds": 2, "gone": 1}
        assert given.qrels["q3"] == {"warranty": 1}
        assert [document.source for document in given.documents] == [
            "refunds",
            "shipping",
            "warranty",
        ]
        assert [note.split()[0] for note in given.notes] == ["1", "1", "1"]

    def test_a_split_in_a_folder_of_its_own(self, folder):
        (folder / "dev").mkdir()
        lines(folder / "dev/queries.jsonl", [{"_id": "d", "text": "kettle"}])
        (folder / "dev/qrels.tsv").write_text("query-id\tcorpus-id\tscore\nd\twarranty\t1\n")
        assert read_ranking_set(folder, "dev").questions == {"d": "kettle"}

    @pytest.mark.parametrize(
        ("file", "content", "told"),
        [
            ("queries.jsonl", '{"_id": "q1"}', "queries.jsonl, line 1: “text”"),
            ("queries.jsonl", "[1]", "no object in braces"),
            ("queries.jsonl", "{", "line 1: this is no JSON"),
            ("queries.jsonl", '{"_id":"a","text":"x"}\n{"_id":"a","text":"y"}', "comes twice"),
            ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\trefunds", "line 2"),
            ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq9\trefunds\t1\n", "No question of"),
            ("answers.jsonl", '{"_id": "q1", "answers": "x"}', "must be a list of texts"),
        ],
    )
    def test_what_cannot_be_read_is_told_with_its_line(self, folder, settings, file, content, told):
        (folder / file).write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=told):
            evaluate_sentences(folder, settings=settings, pair=toy_pair())

    def test_kinds(self, folder, tmp_path):
        assert kind_of(folder) == "ranking"
        (tmp_path / "own.csv").write_text("question,expected\n")
        assert kind_of(tmp_path / "own.csv") == "questions"
        for wrong in (tmp_path, tmp_path / "none", folder / "qrels/test.tsv"):
            with pytest.raises(InputError, match="give a folder with"):
                kind_of(wrong)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("own.csv", "question;expected\nWhen?;\nHow long?;three years\n"),
            ("own.csv", '\ufeffexpected,question\n,When?\n"three years","How long?"\n'),
            (
                "own.jsonl",
                '{"question": "When?", "expected": null}\n'
                '{"question": "How long?", "expected": ["three years"]}\n',
            ),
        ],
    )
    def test_own_questions(self, tmp_path, name, content):
        (tmp_path / name).write_text(content, encoding="utf-8")
        none, some = read_judged_questions(tmp_path / name)
        assert (none.text, none.accepted) == ("When?", ())
        assert (some.text, some.accepted) == ("How long?", ("three years",))

    @pytest.mark.parametrize("content", ["", "question,answer\na,b\n", "question,expected\n ,b\n"])
    def test_own_questions_that_are_none(self, tmp_path, content):
        (tmp_path / "own.csv").write_text(content)
        with pytest.raises(InputError):
            read_judged_questions(tmp_path / "own.csv")


class TestRanking:
    def test_figures(self, folder, settings):
        result = evaluate_ranking(folder, settings=settings, pair=toy_pair())
        # q1 and q3 find theirs at once; q2's judgement names an entry without any of its words,
        # so its rank depends on the toy's chance vectors and is 2 or 3 of 3.
        place = result.run["q2"].index("warranty") + 1
        assert place in (2, 3)
        assert result.run["q1"][0] == "refunds"
        assert result.run["q3"][0] == "warranty"
        expected = (1 + 1 / math.log2(place + 1) + 1) / 3
        assert means(result)["nDCG@10"] == pytest.approx(expected)
        assert means(result)["Success@1"] == pytest.approx(2 / 3)
        assert result.facts["questions"] == 3
        assert {row["question"] for row in result.rows} == {"q1", "q2", "q3"}

    def test_compared_systems_rank_the_same_entries(self, folder, settings):
        result = evaluate_ranking(folder, settings=settings, compare=True, pair=toy_pair())
        assert tuple(result.figures) == SYSTEMS
        assert set(result.differences) == set(SYSTEMS[1:])
        full, bm25 = means(result)["nDCG@10"], means(result, "BM25")["nDCG@10"]
        assert result.differences["BM25"]["nDCG@10"].mean == pytest.approx(bm25 - full)
        shown = "\n".join("".join(t for t, _ in parts) for _, parts in evaluation_lines(result))
        assert shown.count("BM25") == 5

    def test_an_entry_of_several_passages_counts_once(self, folder, settings):
        both = {"_id": "both", "title": "", "text": f"{TEXTS[0][1]} {TEXTS[2][1]}"}
        lines(folder / "corpus.jsonl", [*CORPUS, both])
        small = replace(settings, passage_tokens=16)
        result = evaluate_ranking(folder, settings=small, pair=toy_pair())
        assert result.facts["passages"] > result.facts["documents"]
        assert all(len(entries) == len(set(entries)) for entries in result.run.values())

    def test_a_limit_is_the_same_sample_each_time(self, folder, settings):
        runs = [
            evaluate_ranking(folder, settings=settings, limit=2, pair=toy_pair()) for _ in range(2)
        ]
        assert runs[0].facts["questions"] == 2
        assert runs[0].run == runs[1].run
        with pytest.raises(InputError, match="at least 1"):
            evaluate_ranking(folder, settings=settings, limit=0, pair=toy_pair())

    def test_a_kept_index_is_taken_while_nothing_changed(self, folder, settings, tmp_path):
        encoder = ToyEncoder()
        kept = tmp_path / "kept"

        def run():
            encoder.encoded = 0
            evaluate_ranking(folder, settings=settings, index=kept, pair=toy_pair(encoder))
            current = (kept / "toyset/CURRENT").read_text()
            return encoder.encoded > 0, current

        made, first = run()
        again, second = run()
        assert (made, again, first == second) == (True, False, True)
        lines(folder / "corpus.jsonl", [*CORPUS, {"_id": "new", "title": "", "text": "New text."}])
        changed, third = run()
        assert (changed, third == first) == (True, False)

    def test_an_index_that_no_evaluation_made_is_not_written_over(self, folder, settings, tmp_path):
        build_toy(replace(settings, index=tmp_path / "kept/toyset"))
        with pytest.raises(IndexMismatchError, match="no evaluation made"):
            evaluate_ranking(folder, settings=settings, index=tmp_path / "kept", pair=toy_pair())


class TestSentences:
    def test_marked_sentence(self, folder, settings):
        result = means(evaluate_sentences(folder, settings=settings, pair=toy_pair()))
        # Given the judged entry: q1's sentence holds it; q2's entry does not; q3's other does.
        assert result["given the entry: in the first passage"] == pytest.approx(2 / 3)
        assert result["given the entry: in the marked sentence"] == pytest.approx(1 / 3)
        # Found by search, q2 leads to shipping, which says Monday.
        assert result["found: in the first passage"] == 1.0
        assert result["found: in the marked sentence"] == pytest.approx(2 / 3)


class TestConfidence:
    def test_foreign_and_own_questions(self, folder, settings, tmp_path):
        other = tmp_path / "other"
        other.mkdir()
        lines(other / "queries.jsonl", [{"_id": "f", "text": "zorblax quuxify"}])
        result = evaluate_confidence(folder, settings=settings, foreign=[other], pair=toy_pair())
        assert list(result.figures) == ["answerable", "unanswerable", "other"]
        assert result.figures["other"]["AUROC, answerable"].mean == 1.0
        assert result.figures["other"]["answered all the same"].mean == 0.0
        told = result.facts["reliability"]["other"]
        assert sum(each["questions"] for each in told) == 4
        assert sum(each["weight"] for each in told) == pytest.approx(1)
        groups = [row["group"] for row in result.rows]
        assert sorted(groups) == ["answerable"] * 3 + ["other", "unanswerable"]
        json.dumps(evaluation_as_dict(result))

    def test_right_is_the_marked_sentence_that_answers(self, folder, settings):
        result = evaluate_confidence(folder, settings=settings, pair=toy_pair())
        figures = result.figures["answerable"]
        # q1 and q2 are answered; q3 has the right passage, but another of its sentences is marked.
        assert result.facts["right"] == "marked sentence answers"
        assert figures["right"].mean == pytest.approx(2 / 3)
        assert figures["first passage right"].mean == pytest.approx(2 / 3)
        right = {row["question"]: (row["right"], row["first passage"]) for row in result.rows}
        assert (right["q2"], right["q3"]) == ((True, False), (False, True))
        # Nobody can find an answer that the judged entry does not hold: q2's is another.
        assert any("gold answers of 1 questions" in note for note in result.notes)

    def test_without_gold_answers_the_judged_entry_counts(self, folder, settings):
        (folder / "answers.jsonl").unlink()
        result = evaluate_confidence(folder, settings=settings, pair=toy_pair())
        right = {row["question"]: row["right"] for row in result.rows if row["group"] != "x"}
        assert (right["q2"], right["q3"]) == (False, True)
        assert result.facts["right"] == "first passage's entry is relevant"

    def test_a_figure_does_not_move_with_the_sizes_of_groups(self):
        rows = [
            {"group": group, "confidence": sure, "right": right, "first passage": right}
            for group, sure, right in (
                ("answerable", 0.95, True),
                ("answerable", 0.5, False),
                ("other", 0.92, False),
                ("other", 0.1, False),
            )
        ]
        few = _against_unanswerable(Outcomes.of(rows), 0.4)
        many = _against_unanswerable(Outcomes.of([*rows[:2], *rows[2:] * 7]), 0.4)
        assert many == pytest.approx(few)
        assert few["very likely: right"] == pytest.approx(0.5)
        assert few["ECE"] == pytest.approx((2 * abs(0.935 - 0.5) + 0.5 + 0.1) / 4)

    def test_left_out_texts_are_not_in_the_index(self, folder, settings):
        given = read_ranking_set(folder)
        assert left_out(given) == {"refunds", "warranty"}
        result = evaluate_confidence(folder, settings=settings, leave_out=True, pair=toy_pair())
        assert result.facts["documents"] == 1
        # All judged entries are left out, so nothing is answerable and AUROC has no meaning.
        assert {row["group"] for row in result.rows} == {"left out", "unanswerable"}
        assert math.isnan(result.figures["left out"]["AUROC, answerable"].mean)

    def test_nothing_unanswerable(self, folder, settings):
        (folder / "queries_unanswerable.jsonl").unlink()
        with pytest.raises(InputError, match="give --leave-out"):
            evaluate_confidence(folder, settings=settings, pair=toy_pair())


class TestSpansAndQuestions:
    @pytest.fixture
    def long(self, tmp_path):
        place = tmp_path / "long"
        place.mkdir()
        text = " ".join(text for _, text in TEXTS)
        lines(place / "docs.jsonl", [{"_id": "d", "title": "", "text": text}])
        spans = [
            {"text": each, "start": text.index(each)} for each in ("paid within", "three years")
        ]
        lines(
            place / "questions.jsonl",
            [{"_id": "q", "doc_id": "d", "question": "refunds paid kettle", "answers": spans}],
        )
        return place

    def test_evidence_and_words(self, long, settings):
        small = replace(settings, passage_tokens=16)
        result = means(evaluate_spans(long, settings=small, pair=toy_pair()))
        assert result["evidence@1"] == 0.5
        assert result["evidence@10"] == 1.0
        assert 0 < result["words@1"] < result["words@10"]

    def test_a_span_that_is_not_there(self, long):
        row = {"_id": "q", "doc_id": "d", "question": "x", "answers": [{"text": "y", "start": 0}]}
        lines(long / "questions.jsonl", [row])
        with pytest.raises(InputError, match="does not have this answer"):
            read_span_set(long)

    def test_own_questions_are_asked_of_the_live_index(self, toy_service, tmp_path):
        file = tmp_path / "own.csv"
        file.write_text(
            "question,expected\nkettle warranty years,THREE  years\nrefunds paid,Monday\n"
            "zorblax quuxify,\n",
            encoding="utf-8",
        )
        result = evaluate_questions(file, toy_service.retriever())
        some, none = result.figures
        assert some == "with an answer (2 questions)"
        assert result.figures[some]["in the first passage"].mean == 0.5
        assert result.figures[none]["not in these documents"].mean == 1.0


class TestRuns:
    def test_two_runs_compared_on_common_questions(self, folder, settings, tmp_path):
        before = evaluate_ranking(folder, settings=settings, limit=2, pair=toy_pair())
        worse = replace(
            before, rows=tuple({**row, "nDCG@10": row["nDCG@10"] - 0.1} for row in before.rows)
        )
        for name in ("before.csv", "before.jsonl"):
            write_rows(worse, tmp_path / name)
            now = evaluate_ranking(folder, settings=settings, pair=toy_pair())
            ((told, differences),) = compare(now, tmp_path / name).differences.items()
            assert told == f"less {name}, on 2 questions"
            assert differences["nDCG@10"].mean == pytest.approx(0.1)
            assert differences["nDCG@10"].low == pytest.approx(0.1)
            assert differences["RR@10"].mean == 0

    def test_a_baseline_of_another_kind(self, folder, settings, tmp_path):
        result = evaluate_ranking(folder, settings=settings, pair=toy_pair())
        lines(tmp_path / "a.jsonl", [{"question": "q1", "system": "full", "other": 1}])
        with pytest.raises(InputError, match="another kind of run"):
            compare(result, tmp_path / "a.jsonl")
        lines(tmp_path / "a.jsonl", [{"question": "no", "system": "full"}])
        with pytest.raises(InputError, match="no question in common"):
            compare(result, tmp_path / "a.jsonl")

    def test_a_trec_run(self, folder, settings, tmp_path):
        result = evaluate_ranking(folder, settings=settings, pair=toy_pair())
        write_run(result, tmp_path / "run.txt")
        first = (tmp_path / "run.txt").read_text().splitlines()[0].split()
        assert first == ["q1", "Q0", "refunds", "1", str(len(result.run["q1"])), "qa-full"]
        with pytest.raises(InputError, match="allows no spaces"):
            write_run(replace(result, run={"q 1": ["a"]}), tmp_path / "run.txt")

    def test_rows_as_csv(self, folder, settings, tmp_path):
        result = evaluate_ranking(folder, settings=settings, pair=toy_pair())
        write_rows(result, tmp_path / "rows.csv")
        rows = list(csv.DictReader((tmp_path / "rows.csv").open()))
        assert [row["question"] for row in rows] == ["q1", "q2", "q3"]
        assert float(rows[0]["nDCG@10"]) == 1.0

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (Options(measure="speed"), "no measure"),
            (Options(leave_out=True), "--measure confidence"),
            (Options(compare=True, measure="sentences"), "leave it or --measure out"),
        ],
    )
    def test_options_that_do_not_fit(self, folder, settings, options, told):
        with pytest.raises(InputError, match=told):
            evaluate(folder, settings, options)

    def test_files_that_cannot_be_written_are_told_before(self, folder, tmp_path):
        for outputs in (Outputs(per_query=tmp_path), Outputs(run=tmp_path / "no/run.txt")):
            with pytest.raises(InputError, match="cannot be written"):
                outputs.check(folder)
        with pytest.raises(InputError, match="only be written for the ranking"):
            Outputs(run=tmp_path / "run.txt").check(folder, "sentences")


@pytest.mark.model
def test_the_command(folder, tmp_path):
    arguments = ["evaluate", str(folder), "--index", str(tmp_path / "kept"), "--json"]
    result = CliRunner().invoke(cli.app, [*arguments, "--run", str(tmp_path / "run.txt")])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["figures"]["full"]["Success@1"]["mean"] == pytest.approx(2 / 3)
    assert (tmp_path / "run.txt").read_text().count("Q0") == 9


def test_the_command_says_what_is_wrong(tmp_path):
    result = CliRunner().invoke(cli.app, ["evaluate", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {tmp_path} is no question set; give a folder with")


@pytest.mark.model
def test_own_questions_by_the_command(real_settings, tmp_path):
    (tmp_path / "own.csv").write_text("question,expected\nWho wrote Faust in Klingon?,\n")
    given = [str(tmp_path / "own.csv"), "--index", str(real_settings.index)]
    result = CliRunner().invoke(cli.app, ["evaluate", *given])
    assert result.exit_code == 0, result.stderr
    assert "Without one (1 questions)" in result.stdout
