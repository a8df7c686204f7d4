"""Why not? One corpus of three small texts, the toy encoder, one test for each outcome."""

import json
from dataclasses import replace
from typing import get_args

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder
from typer.testing import CliRunner

from qa import Service
from qa.cli import app as cli
from qa.cli.render.explanation import explanation_lines
from qa.errors import InputError
from qa.insight.explanation.explain import Explanation
from qa.insight.explanation.explain import explain as explain_over
from qa.insight.explanation.steps import Statement, StatementKind
from qa.insight.explanation.text_match import occurrences
from qa.page.locale.explanation import SENTENCES

WARRANTY = "The kettle has a warranty of three years."


def explain(service: Service, question: str, expected: str) -> Explanation:
    return explain_over(service.retriever(), question, expected)


def service_over(settings, texts=TEXTS, paths=()):
    build_toy(settings, texts, paths)
    return Service(settings, encoder=ToyEncoder())


def course(explanation):
    """Names of the steps; every one before the last was passed."""
    assert all(step.passed for step in explanation.steps[:-1])
    return [step.name for step in explanation.steps]


def facts(explanation):
    """Kinds and values of what decided the last step."""
    return {fact.kind: dict(fact.values) for fact in explanation.steps[-1].facts}


def advised(explanation):
    """Kind and values of the advice that the step which lost the text gives."""
    assert not explanation.steps[-1].passed
    assert explanation.verdict == explanation.steps[-1].loss
    advice = explanation.steps[-1].advice
    return advice.kind, dict(advice.values)


@pytest.mark.parametrize(
    ("text", "wanted", "spans"),
    [
        ("It’s  a\n“well–known” fact.", 'it\'s a "well-known" FACT', [(0, 25)]),
        ("art and Art", "art", [(0, 3), (8, 11)]),
        ("heart, arts", "art", []),
        ("この費用は高い", "費用", [(2, 4)]),
        ("a.b", "a . b", [(0, 3)]),
        ("ab", "a b", []),
    ],
)
def test_case_space_quotes_and_dashes_do_not_matter(text, wanted, spans):
    assert occurrences(text, wanted) == spans


def test_the_answer_itself(toy_service):
    explanation = explain(toy_service, "kettle warranty years", "warranty of three")
    assert course(explanation) == [
        "document", "passage", "candidate", "ranking", "confidence", "sentence"
    ]  # fmt: skip
    assert explanation.steps[-1].passed
    assert explanation.verdict == Statement("nothing_lost_it")
    hit = toy_service.ask("kettle warranty years").hits[0]
    (place,) = explanation.places
    assert place == explanation.winner
    assert (place.passage, place.source) == (hit.passage.id, hit.document.source)
    assert (place.start, place.end) == (hit.passage.start, hit.passage.end)
    assert explanation.unknown == ()


def test_in_no_document_with_the_closest(toy_service):
    # Of refunds, paid, within, ninety, days (“are” says nothing) the text lacks ninety.
    explanation = explain(toy_service, "x", "Refunds are paid within ninety days")
    assert course(explanation) == ["document"]
    assert explanation.verdict == Statement("in_no_document")
    assert facts(explanation) == {
        "holds_some_words": {"source": "refunds", "held": 4, "total": 5, "words": ("ninety",)}
    }
    assert advised(explanation) == ("expect_other_words", {})
    assert (explanation.places, explanation.winner, explanation.signals) == ((), None, ())


def test_all_words_but_not_in_a_row(toy_service):
    explanation = explain(toy_service, "x", "thirty days, refunds")
    assert facts(explanation) == {"holds_words_apart": {"source": "refunds"}}


def test_no_word_anywhere(toy_service):
    explanation = explain(toy_service, "x", "quux zorblax")
    assert facts(explanation) == {"holds_no_word": {}}
    assert advised(explanation) == ("add_a_text", {})


def test_left_out_as_page_furniture(settings):
    page = "46 votes\n\nTitle\n\nThis is a text that says what it says."
    explanation = explain(service_over(settings, [("page", page)]), "How many votes?", "46 Votes")
    assert course(explanation) == ["document"]
    assert explanation.verdict == Statement("dropped", {"source": "page"})
    assert facts(explanation) == {"dropped_by_rule": {"rule": "counter"}}
    assert advised(explanation) == ("make_it_a_sentence", {})


def test_perhaps_in_a_skipped_file(settings, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    service = service_over(settings, paths=[tmp_path / "empty.txt"])
    (skipped,) = service.retriever().catalog.skipped()
    explanation = explain(service, "x", "quux")
    assert facts(explanation)["files_skipped"] == {"files": (f"empty.txt ({skipped.reason})",)}
    assert advised(explanation) == ("convert_skipped_file", {})


def test_only_in_a_title(settings, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: Zorblax\n---\nIt hums at night.\n")
    explanation = explain(service_over(settings, paths=[tmp_path / "a.md"]), "x", "Zorblax")
    assert explanation.verdict == Statement("only_in_title", {"source": "a.md"})
    assert advised(explanation) == ("say_it_in_the_text", {})


def test_it_spans_two_passages(settings):
    # 13 and 12 tokens with their full stops: together more than 16, so two passages.
    first = "Ants bees cats dogs eels fish goats hens ibises jays kites llamas."
    second = "Mice newts owls pigs quails rats seals toads urchins voles wolves."
    service = service_over(replace(settings, passage_tokens=16), [("zoo", f"{first} {second}")])
    explanation = explain(service, "mice newts owls", "llamas. Mice")
    assert explanation.steps[1].facts == (
        Statement("spans_passages", {"passages": explanation.places}),
    )
    assert [(place.start, place.end) for place in explanation.places] == [
        (0, len(first)),
        (len(first) + 1, len(first) + 1 + len(second)),
    ]
    assert explanation.verdict == Statement("nothing_lost_it")


def test_no_candidate_because_the_words_differ(settings):
    service = service_over(replace(settings, candidates=1))
    explanation = explain(service, "kettle warranty", "Parcels leave")
    assert course(explanation) == ["document", "passage", "candidate"]
    assert explanation.verdict == Statement("words_do_not_match")
    assert "not_found_by_keywords" in facts(explanation)
    assert advised(explanation) == ("use_words", {"words": ("kettle", "warranty")})
    assert explanation.signals == ()


def test_no_candidate_because_too_few_are(settings):
    # By keywords: warranty (three words of the question), then shipping (one of them).
    service = service_over(replace(settings, candidates=1))
    explanation = explain(service, "kettle warranty years shipping", "Parcels leave")
    assert explanation.verdict == Statement("too_few_candidates", {"depth": 1})
    assert facts(explanation)["rank_by_keywords"] == {"rank": 2, "total": 2}
    assert facts(explanation)["rank_by_cosine"]["total"] == len(TEXTS)
    assert advised(explanation) == ("raise_candidates", {"rank": 2})


def test_another_passage_beat_it(toy_service):
    question = "kettle warranty years shipping zorblax"
    explanation = explain(toy_service, question, "Parcels leave")
    assert course(explanation) == ["document", "passage", "candidate", "ranking"]
    known = facts(explanation)
    assert known["words_only_in_winner"] == {"words": ("kettle", "warranty", "years")}
    assert known["words_only_in_expected"] == {"words": ("shipping",)}
    assert known["unknown_words"] == {"words": ("zorblax",)}
    assert advised(explanation) == ("use_words", {"words": ("kettle", "warranty", "years")})
    assert explanation.unknown == ("zorblax",)
    hits = toy_service.ask(question).hits
    assert explanation.winner.passage == hits[0].passage.id
    (mine,) = [hit for hit in hits if hit.document.title == "shipping"]
    lines = explanation.signals
    # A score is the weighted sum of its signals.
    assert sum(x.weight * x.winner for x in lines) == pytest.approx(hits[0].score, abs=1e-4)
    assert sum(x.weight * x.expected for x in lines) == pytest.approx(mine.score, abs=1e-4)
    # Three of five words, all equally rare, against one, at weight 0.4 or less: the cosines lead.
    most = max(lines, key=lambda line: line.lead)
    assert most.name in ("dense", "max_sentence")
    assert explanation.verdict == Statement("beaten", {"signal": most.name})
    assert known["rank"] == {
        "rank": mine.rank,
        "total": 3,
        "score": pytest.approx(mine.score, abs=1e-4),
    }
    assert explanation.scores == pytest.approx((mine.score, hits[0].score), abs=1e-4)


def test_too_low_for_its_sentences_to_be_looked_into(settings):
    # 20 passages that hold both words come before the one that holds one, and 20 are looked into.
    rivals = [
        (f"r{n}", "Kettle warranty " + " ".join(f"{letter}{n}" for letter in "abcdef") + ".")
        for n in range(20)
    ]
    texts = [*rivals, ("parcels", "Parcels leave on Monday without any old kettle or other pot.")]
    explanation = explain(service_over(settings, texts), "kettle warranty", "Parcels leave")
    known = facts(explanation)["rank_of_first_stage"]
    assert (known["rank"], known["total"]) == (21, 21)
    assert explanation.signals[0].winner > explanation.signals[0].expected


def test_folded_into_a_near_identical_passage(settings):
    # 13 words are shared, 15 are in either: 13/15 = 0.87, above 0.85. The question says “it”.
    copy = ("warranty copy", TEXTS[2][1].replace("by it.", "by this."))
    explanation = explain(
        service_over(settings, [*TEXTS, copy]),
        "kettle warranty not covered by it",
        "covered by this",
    )
    assert course(explanation) == ["document", "passage", "candidate", "duplicate"]
    assert explanation.verdict == Statement("folded", {"rank": 1})
    assert explanation.winner.title == "warranty"
    assert facts(explanation)["folded_into"]["passages"] == (explanation.winner,)
    assert advised(explanation) == ("remove_duplicate", {})


def test_of_two_passages_the_one_that_is_shown_counts(settings):
    copy = ("warranty copy", TEXTS[2][1])
    explanation = explain(service_over(settings, [*TEXTS, copy]), "kettle warranty", WARRANTY)
    assert len(explanation.places) == 2
    assert explanation.verdict == Statement("nothing_lost_it")


def test_first_but_not_sure(settings):
    service = service_over(replace(settings, threshold=1.0))
    question = "kettle warranty zorblax"
    explanation = explain(service, question, WARRANTY)
    answer = service.ask(question)
    assert answer.text is None
    assert explanation.verdict == Statement("unsure")
    assert facts(explanation)["confidence"] == {
        "confidence": answer.confidence,
        "threshold": 1.0,
        "score": pytest.approx(answer.hits[0].score, abs=1e-4),
        "noise": service.retriever().index.noise,
        "lead": service.retriever().search(question)[1].sentence_lead,
    }
    assert advised(explanation) == ("use_words", {"words": ("zorblax",)})


def test_first_but_another_sentence_is_marked(toy_service):
    explanation = explain(toy_service, "kettle warranty years", "Batteries are not covered")
    assert explanation.verdict == Statement("other_sentence")
    assert facts(explanation) == {"marked_instead": {"sentence": WARRANTY}}


@pytest.mark.parametrize(("question", "expected"), [("kettle", "  "), ("kettle", "?!"), (" ", "x")])
def test_nothing_to_explain(toy_service, question, expected):
    with pytest.raises(InputError, match="is empty"):
        explain(toy_service, question, expected)


def test_words_for_a_person(toy_service):
    lines = explanation_lines(explain(toy_service, "kettle warranty shipping", "Parcels leave"))
    texts = ["".join(part for part, _ in parts) for _, parts in lines]
    assert texts[0].startswith("Another passage beat it")
    assert texts[2].startswith("ok    document: It is in shipping.")
    assert texts[-1].startswith("score ")


def test_every_kind_of_statement_has_a_sentence() -> None:
    assert set(SENTENCES) == set(get_args(StatementKind))


@pytest.fixture
def shell(toy_service):
    def run(*arguments):
        result = CliRunner().invoke(cli.app, ["explain", *arguments], obj=lambda **_: toy_service)
        return result.exit_code, result.stdout, result.stderr

    return run


def test_the_command(shell):
    code, out, err = shell("kettle", "warranty", "years", "--expected", "quux")
    assert (code, err) == (0, "")
    assert out.startswith("It is in no document of the index.\n\nlost  document: ")


def test_the_command_as_json(shell):
    code, out, _ = shell("kettle warranty", "--expected", "three years", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["verdict"]["kind"] == "nothing_lost_it"
    assert told["verdict"]["text"] == "Nothing lost it: it is the answer."
    assert told["steps"][0] == {
        "name": "document",
        "ok": True,
        "facts": [{"kind": "in_documents", "values": {"sources": ["warranty"]}}],
        "loss": None,
        "advice": None,
        "text": "It is in warranty.",
    }
    assert set(told["signals"][0]) == {"name", "weight", "expected", "winner"}


def test_the_command_with_nothing_expected(shell):
    sentence = "Error: The expected text is empty; give some words that should be found.\n"
    assert shell("kettle", "--expected", " ") == (1, "", sentence)
