"""Identifiers, codes, options and figures: found, marked, and never taken for one another."""

import random
from functools import cache

import pytest
from tiny_encoder import tiny_pair, write_tiny_encoder

from qa import Service, Settings
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


@pytest.fixture(scope="module", params=list(range(12)))
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
