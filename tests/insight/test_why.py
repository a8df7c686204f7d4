"""Why this passage? What the signals give adds up to the score, and each word has its place."""

import json
from dataclasses import fields, replace

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder
from typer.testing import CliRunner

from qa import Service
from qa.cli import app as cli
from qa.cli.render.explanation import why_lines
from qa.datatypes import Signals
from qa.insight.explanation.explain import explain
from qa.insight.explanation.why import Contribution, HitExplanation, QuestionWord, why
from qa.page.html.answer_card import answer_html
from qa.page.html.explanation_card import explanation_html
from qa.page.html.why_card import reach, why_html
from qa.page.locale.explanation import SIGNALS
from qa.page.tabs import why_not

EVIL = "<img src=x onerror=alert(1)>"


def of_first(service, question):
    answer = service.ask(question)
    return why(service.retriever(), answer)[0]


def words(reason):
    return {word.text: (word.held, word.known) for word in reason.words}


@pytest.mark.parametrize(
    "question",
    ["kettle warranty years", "Is the kettle covered by a warranty?", "quux zorblax", "the"],
)
def test_what_the_signals_give_adds_up_to_the_score(toy_service, question):
    answer = toy_service.ask(question)
    reasons = why(toy_service.retriever(), answer)
    assert len(reasons) == len(answer.hits) > 0
    for hit, reason in zip(answer.hits, reasons, strict=True):
        assert sum(part.amount for part in reason.contributions) == pytest.approx(
            hit.score, abs=1e-4
        )
        assert reason.score == hit.score
        assert [part.signal for part in reason.contributions] == [
            *(each.name for each in fields(Signals)),
            "wording",
        ]


def test_every_signal_has_a_plain_name():
    assert set(SIGNALS) == {*(each.name for each in fields(Signals)), "wording"}


def test_form_of_the_answer_is_what_is_added_in_the_second_step(toy_service):
    # Three words, all in one sentence: the weight `complete`, 0.15, beside the signals.
    parts = {
        part.signal: part for part in of_first(toy_service, "kettle warranty years").contributions
    }
    weights = toy_service.retriever().weights
    assert parts["wording"].amount == pytest.approx(weights.complete, abs=1e-4)
    assert parts["sentence_coverage"].amount == pytest.approx(weights.sentence_coverage, abs=1e-4)


def test_words_held_lacked_and_unknown(toy_service):
    # Only the shipping text has parcels; nobody has zorblax; “what”, “is” and “the” say nothing.
    reason = of_first(toy_service, "What is the kettle warranty of parcels zorblax?")
    assert words(reason) == {
        "kettle": (True, True),
        "warranty": (True, True),
        "parcels": (False, True),
        "zorblax": (False, False),
    }


def test_other_forms_of_a_word_count_and_show_as_they_were_written(toy_service):
    # The texts say “kettle”, “Batteries”, “covered”.
    reason = of_first(toy_service, "Which kettles are covering battery KETTLE?")
    assert words(reason) == {
        "kettles": (True, True),
        "covering": (True, True),
        "battery": (True, True),
    }


def test_a_mended_slip_shows_as_it_was_searched_for(toy_service):
    answer = toy_service.ask("kettle waranty")
    assert answer.corrected_question == "kettle warranty"
    assert words(why(toy_service.retriever(), answer)[0])["warranty"] == (True, True)


def test_each_hit_has_words_of_its_own(toy_service):
    answer = toy_service.ask("kettle shipping")
    by_title = {
        hit.document.title: words(reason)
        for hit, reason in zip(answer.hits, why(toy_service.retriever(), answer), strict=True)
    }
    assert by_title["warranty"] == {"kettle": (True, True), "shipping": (False, True)}
    assert by_title["shipping"] == {"kettle": (False, True), "shipping": (True, True)}


def test_an_answer_of_another_generation_gives_nothing(settings, toy_service):
    answer = toy_service.ask("kettle warranty")
    assert why(toy_service.retriever(), answer)
    build_toy(settings, TEXTS[1:])
    assert why(toy_service.retriever(), answer) == ()
    assert why_lines(answer, ()) == []
    assert "qa-why" not in answer_html(answer, reasons=why(toy_service.retriever(), answer))


def test_an_answer_without_hits_gives_nothing(toy_service):
    answer = replace(toy_service.ask("kettle"), hits=())
    assert why(toy_service.retriever(), answer) == ()


def test_the_card_has_a_chart_in_every_hit_and_the_way_to_why_not(toy_service):
    answer = toy_service.ask("kettle warranty years")
    card = answer_html(answer, reasons=why(toy_service.retriever(), answer), explained=True)
    assert card.count('<details class="qa-why">') == len(answer.hits) == 3
    assert card.count("data-else") == 1
    plain = answer_html(answer)
    assert "qa-why" not in plain
    assert "data-else" not in plain


def test_bars_share_one_scale_and_negative_ones_begin_left_of_it():
    reasons = [
        HitExplanation(
            0.5, (Contribution("dense", 0.6, 1.0), Contribution("max_sentence", -0.2, 0.5)), ()
        ),
        HitExplanation(0.3, (Contribution("dense", 0.3, 1.0),), ()),
    ]
    assert reach(reasons) == pytest.approx((0.1, 0.6))
    chart = why_html(reasons[0], (0.1, 0.6))
    # 0 lies at 0.1 of 0.7; 0.6 of 0.7 is 85.7 %.
    assert 'class="qa-bar" style="margin-left:14.3%;width:85.7%"' in chart
    assert 'class="qa-bar qa-less" style="margin-left:0.0%;width:14.3%"' in chart
    assert "<span>−0.10</span>" in chart
    assert chart.index("Meaning of the passage") < chart.index("Meaning of its best sentence")
    assert "width:42.9%" in why_html(reasons[1], (0.1, 0.6))


def test_nothing_given_at_all_makes_no_bar():
    assert "width:0.0%" in why_html(
        HitExplanation(0.0, (Contribution("dense", 0.0, 1.0),), ()), reach(())
    )


def test_injected_html_is_escaped(settings):
    chart = why_html(
        HitExplanation(1.0, (), (QuestionWord(EVIL, True), QuestionWord(EVIL, False))), (0.0, 1.0)
    )
    assert "<img" not in chart
    assert "&lt;img" in chart
    build_toy(settings, [("a", f"The kettle says {EVIL} every day."), *TEXTS])
    service = Service(settings, encoder=ToyEncoder())
    for expected in (EVIL, "warranty of three", f"{EVIL} quux"):
        found = why_not.explained(service, f"kettle {EVIL}", expected)
        assert "<img" not in found
        assert "qa-verdict" in found


def test_why_not_says_the_verdict_then_the_steps_then_the_signals(toy_service):
    found = why_not.explained(toy_service, "kettle warranty years", "Parcels leave")
    assert "Another passage beat it, mostly by this: Meaning of " in found
    places = [found.index(text) for text in ("<h2", "qa-went", "qa-lost", "qa-compared", "<tfoot")]
    assert places == sorted(places)
    assert found.count("qa-lost") == 1
    assert "mostly by this" in found.split("</h2>", maxsplit=1)[0]


def test_why_not_of_the_answer_itself_compares_nothing(toy_service):
    found = why_not.explained(toy_service, "kettle warranty years", "warranty of three")
    assert "Nothing lost it: it is the answer." in found
    assert "qa-compared" not in found
    assert "qa-lost" not in found


def test_compared_are_the_scores_of_both(toy_service):
    explanation = explain(toy_service.retriever(), "kettle warranty years", "Parcels leave")
    hits = {hit.document.title: hit for hit in toy_service.ask("kettle warranty years").hits}
    found = explanation_html(explanation)
    total = found.split("<tfoot>")[1]
    for title in ("shipping", "warranty"):
        assert f"<td>{hits[title].score:.2f}</td>" in total


@pytest.mark.parametrize("pair", [("", "x"), ("kettle", " ")])
def test_why_not_with_an_empty_field_gets_a_sentence(toy_service, pair):
    assert "is empty" in why_not.explained(toy_service, *pair)


def test_why_not_without_an_index_says_what_to_do(settings):
    told = why_not.explained(Service(settings, encoder=ToyEncoder()), "kettle", "tea")
    assert "There is no index yet" in told


@pytest.fixture
def shell(toy_service):
    def run(*arguments):
        return CliRunner().invoke(cli.app, ["ask", *arguments], obj=lambda **_: toy_service).stdout

    return run


def test_the_shell_tells_why(shell):
    told = shell("kettle warranty years zorblax", "--why", "-k", "1")
    assert "Why these passages:\n  1. warranty, characters" in told
    assert "Meaning of the passage" in told
    assert "In this passage: kettle, warranty, years\n" in told
    assert "In no passage at all: zorblax\n" in told
    assert "Why" not in shell("kettle warranty years")


def test_json_has_a_field_more_only_where_it_is_asked_for(shell):
    plain = json.loads(shell("kettle warranty", "--json"))
    told = json.loads(shell("kettle warranty", "--json", "--why"))
    for hit in told["hits"]:
        reason = hit.pop("why")
        assert sum(reason["gives"].values()) == pytest.approx(hit["score"], abs=1e-4)
        assert [word["text"] for word in reason["words"]] == ["kettle", "warranty"]
    assert told == plain


def test_words_of_a_long_question_are_each_looked_up(settings):
    # More than are told apart in one search; the first text has every second word.
    names = [f"zorb{letter}{other}" for letter in "abcdef" for other in "ghijkl"]
    texts = [("even", " ".join(names[::2]) + "."), ("odd", " ".join(names[1::2]) + ".")]
    build_toy(settings, texts)
    service = Service(settings, encoder=ToyEncoder())
    answer = service.ask(" ".join(names))
    assert len(answer.hits) == 2
    for hit, reason in zip(answer.hits, why(service.retriever(), answer), strict=True):
        wanted = names[hit.document.title == "odd" :: 2]
        assert [word.text for word in reason.words if word.held] == wanted
        assert all(word.known for word in reason.words)
