"""Identifiers, codes, options and figures: found, marked, and never taken for one another."""

import random
from functools import cache

import pytest
from conftest import ROOT, build_toy
from library import write_library
from tiny_encoder import tiny_pair, write_tiny_encoder
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.answering.literals import literal_words, names
from qa.building.build import build
from qa.building.source_set import SourceSet
from qa.building.sources import read_sources
from qa.index.compounds import joined
from qa.languages import language_of

ENGLISH = language_of("en")
NOUNS = "belt roller fuse lamp valve sensor cable filter switch motor".split()
WORDS = (
    "what which is the has number used for part of and it on every press turn with needs sold "
    "since spring green heavy kept in drawer next to other"
).split()
SIGNS = "-/._#:"
LETTERS = "ABCDEFGHKLMNPRSTUVWXYZÄÖØΩЖШ"
UNITS = ["V", "mm", "°C", "kg", "MHz", "%"]


def identifier(drawn):
    """Two to four parts of letters, digits or both, with a sign between them."""
    parts = []
    for _ in range(drawn.randint(2, 4)):
        letters = "".join(drawn.choices(LETTERS, k=drawn.randint(1, 3)))
        digits = str(drawn.randint(0, 10 ** drawn.randint(1, 4)))
        parts.append(drawn.choice([letters, digits, letters + digits, digits + letters]))
    sign = drawn.choice(SIGNS)
    word = sign.join(parts)
    return word if any(map(str.isdigit, word)) and any(map(str.isalpha, word)) else f"X{word}7"


def option(drawn):
    return "--" + "-".join(drawn.sample(["dry", "run", "keep", "all", "no", "cache"], 2))


def code(drawn):
    return drawn.choice(["0x", "E", "ERR"]) + f"{drawn.randint(0x1000, 0xFFFFFFF):X}4"


def figure(drawn):
    number = drawn.choice([drawn.randint(2, 990), drawn.randint(11, 99) / 10])
    return f"{number} {drawn.choice(UNITS)}"


def near(word, drawn):
    """The word with one character of it changed, or without one of its parts."""
    places = [at for at, character in enumerate(word) if character.isdigit()]
    if not places or drawn.random() < 0.3:
        head, sign, _ = word.rpartition("-")
        if sign and head.strip("-") and word.count("-") > 1 and not word.startswith("--"):
            return head
    at = drawn.choice(places or [len(word) - 1])
    other = drawn.choice([each for each in "23456789" if each != word[at]] if places else "qxz")
    return word[:at] + other + word[at + 1 :]


def same(a, b):
    return joined(a) == joined(b)


@cache
def made(seed):
    """Words of many shapes, all different, and for each a near one that is none of them."""
    drawn = random.Random(seed)
    words = []
    while len(words) < 60:
        word = drawn.choice([identifier, identifier, identifier, option, code, figure])(drawn)
        if not any(same(word, other) for other in words):
            words.append(word)
    others = []
    for word in words:
        other = near(word, drawn)
        others.append(None if any(same(other, each) for each in words) else other)
    return words, others


@pytest.fixture(scope="module", params=[1, 8])
def filled(request, tmp_path_factory):
    """Texts and a table that hold the words of `made`, one each in a sentence or row."""
    folder = tmp_path_factory.mktemp("literals")
    words, others = made(request.param)
    texts = []
    for number, word in enumerate(words[:40]):
        noun = NOUNS[number % len(NOUNS)]
        texts.append(
            (
                f"text {number // 8}",
                f"It is kept in the drawer. The {noun} has the number {word}. It is green.",
            )
        )
    parts = {}
    for name, text in texts:
        parts.setdefault(name, []).append(text)
    rows = [f"| {word} | {NOUNS[n % len(NOUNS)]} | green |" for n, word in enumerate(words[40:])]
    table = "\n".join(["# Parts", "", "| number | part | turn |", "|---|---|---|", *rows])
    write_tiny_encoder(folder / "encoder", [*WORDS, *NOUNS])
    pair = tiny_pair(folder / "encoder")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", passage_tokens=60)
    sources = SourceSet((), (*((n, "\n\n".join(t)) for n, t in parts.items()), ("parts", table)))
    build(lambda _: read_sources(sources, settings), settings, lambda _: pair)
    return Service(settings, encoder=pair.query), words, others


def asked(word):
    return [word, f"what is {word} used for?", f"Which part has the number {word}?"]


def test_what_is_held_is_found_marked_and_not_denied(filled):
    service, words, _ = filled
    wrong = []
    for word in words:
        for question in asked(word):
            answer = service.ask(question)
            if answer.text is None or word not in answer.text:
                wrong.append((question, answer.text, answer.hits[0].sentence.text))
    assert wrong == []


def test_what_no_text_holds_is_not_answered(filled):
    service, _, others = filled
    wrong = []
    for other in others:
        for question in asked(other) if other else ():
            answer = service.ask(question)
            if answer.text is not None:
                wrong.append((question, answer.text))
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Which 19-year-old flew a 10-fold route in 2010?", []),  # made of words, and a year
        ("Is it open on 12.05.2031, 2031-05-12 or at 9:30 or 5 pm?", []),  # texts say it otherwise
        ("What happened in 1914-1918 and in WW2?", ["WW2"]),
        ("Is Wi-Fi or e-mail free?", []),
        ("COVID-19-related, IL-2-dependent", ["COVID-19", "IL-2"]),
        ("my_name, --dry-run, -v, C++, a::b, me@x.org", 6),
        ("4711-0815, 555-1234, 10.0.0.1, 0x80070057, 007, 483920", 6),
        ("第4711号", ["4711"]),
    ],
)
def test_what_means_itself_is_told_by_its_shape(question, meant):
    words = {"related", "dependent", "route", "year", "fold", "open"}
    found = [word.text for word in literal_words(question, ENGLISH, words.__contains__)]
    assert len(found) == meant if isinstance(meant, int) else found == meant


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("4711-0815-B", "Part-No.4711-0815-B.", True),
        ("4711-0815-B", "4711 0815 b", True),
        ("4711-0815", "4711-0815-B", False),
        ("FS-2A", "FS-20A", False),
        ("FS20A", "the FS-20A", True),
        ("ISO 9001", "ISO-9001", True),
        ("F-16s", "the F-16 flies", True),
        ("AB-12", "AB-12S", False),
        ("3.2.1", "3.2.1.4", False),
        ("50 \u00b0C", "at 50\u00b0C", True),
        ("50 \u00b0C", "at 150 \u00b0C", False),
        ("10000", "10,000", True),
        ("--dry-run", "dry-run", False),
        ("CO2-7", "CO\u2082\u20117", True),
    ],
)
def test_a_text_holds_a_word_whole_or_not_at_all(word, text, held):
    [literal] = literal_words(f"what is {word}", ENGLISH, lambda word: False)
    assert literal.held_by(text) is held


def test_a_figure_is_missing_where_another_one_stands_instead():
    [figure] = literal_words("Which fan needs 13 V?", ENGLISH, lambda word: False)
    assert figure.rivalled_by("It needs 12 V.")
    assert figure.rivalled_by("It needs a fuse.")
    assert not figure.rivalled_by("It needs 13 volts.")
    [number] = literal_words("What is in section 4.2?", ENGLISH, lambda word: False)
    assert number.rivalled_by("See section 4.3.")
    assert not number.rivalled_by("Holidays are long.")
    assert number.held_by("See sections 4.1 and 4.2.")
    assert not number.held_by("See section 4.1, with 4.21.")
    [code] = literal_words("Where is vitamin B6?", ENGLISH, lambda word: False)
    assert code.rivalled_by("Vitamin B12 is here.")
    assert not code.rivalled_by("Vitamins are here.")
    assert (figure.firm, number.firm, code.firm) == (True, False, False)


def test_a_sentence_about_another_number_is_not_marked(settings):
    build_toy(settings, [("rules", "Article 13 covers what refunds. Article 12 covers refunds.")])
    service = Service(settings, encoder=ToyEncoder())
    asked = [f"What does article {number} cover, what refunds?" for number in (12, 13)]
    marked = [service.ask(question).hits[0].sentence.text for question in asked]
    assert marked == ["Article 12 covers refunds.", "Article 13 covers what refunds."]


def test_names_are_known_only_to_a_model_of_their_language():
    assert names("Was ist Resticly?", language_of("de"), lambda word: False) == []
    assert names("what is the Resticly login", ENGLISH, {"login"}.__contains__) == ["Resticly"]


IDENTIFIERS = """# Spare parts of the Corvin press

The drive belt has the part number 4711-0815-B. It fits every press built after 2019.

The older drive belt, part number 4711-0815-A, fits presses built until 2018 and is no longer made.

The felt roller has the part number 4711-0851-B and must be soaked in oil for a day.

The main fuse is FS-20A. The lamp fuse is FS-2A.

Seals: O-ring 12x3 for the inlet, O-ring 12x5 for the outlet.
"""
NAMES = """# Products

The Korvex pump moves 40 litres a minute. The Korvax pump moves 75 litres a minute.

Zentrix is our billing program. Zentrik is the older one and is not sold any more.

The Aerro fan needs 12 volts. Backup is made with Resticly every night.

Wi-Fi is free in the lobby. The log-in is shown on the screen. E-mails are kept for ten years.
"""


@pytest.fixture(scope="module")
def among_others(tmp_path_factory):
    """Texts with identifiers and names, among texts of other kinds, by the real model."""
    place = tmp_path_factory.mktemp("among")
    write_library(place / "corpus")
    (place / "corpus" / "identifiers.md").write_text(IDENTIFIERS, "utf-8")
    (place / "corpus" / "names.md").write_text(NAMES, "utf-8")
    for path in ROOT.joinpath("corpus").glob("*.txt"):
        (place / "corpus" / path.name).write_bytes(path.read_bytes())
    service = Service(Settings(corpus=place / "corpus", index=place / "index"))
    service.rebuild()
    return service


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("4711-0815-B", "part number 4711-0815-B"),
        ("What is part number 4711-0815-B?", "part number 4711-0815-B"),
        ("Which press does 4711-0815-B fit?", "4711-0815-B"),
        ("What is the part number 4711-0815-A?", "4711-0815-A"),
        ("4711-0851-B", "4711-0851-B"),
        ("part 4711-0815-C", None),
        ("What is part 4711-0899-C?", None),
        ("What is FS-20A?", "FS-20A"),
        ("FS-2A", "FS-2A"),
        ("FS-200A", None),
        ("12x3", "12x3"),
        ("O-ring 12x7", None),
        ("How much does the Korvex pump move?", "40 litres"),
        ("How much does the Korvax pump move?", "75 litres"),
        ("How much does the Korvix pump move?", None),
        ("Korvix", None),
        ("What is Zentrix?", "billing program"),
        ("What is Zentrik?", "older one"),
        ("What is Zentris?", None),
        ("What is Resticly for?", "Resticly"),
        ("Resticly", "Resticly"),
        ("wifi", "Wi-Fi"),
        ("WiFi", "Wi-Fi"),
        ("Where is wi-fi free?", "Wi-Fi"),
        ("Where is the login shown?", "log-in"),
        ("login", "log-in"),
        ("How long is email kept?", "ten years"),
        ("How long are e-mails kept?", "ten years"),
        ("How long is the notice period?", "three months"),
    ],
)
def test_identifiers_and_names_among_other_texts(among_others, question, marked):
    answer = among_others.ask(question)
    assert answer.corrected_question == question
    if marked is None:
        assert answer.text is None
    else:
        assert answer.text is not None
        assert marked in answer.text


@pytest.mark.model
def test_long_in_how_long_is_no_word_that_is_missing(among_others):
    asked, named = (
        among_others.retriever().search(question)[1]
        for question in ("How long is the notice period?", "What is the notice period?")
    )
    assert asked.unknown == named.unknown == 0
