"""Words of a question that mean themselves and nothing near: identifiers, codes, options, figures.

A text either has such a word or it does not; "4711-0815-C" is not nearly "4711-0815-B". What is
one is told by its shape, so no list of them is needed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.encoders.vocabulary import FEWEST_LETTERS
from qa.index.compounds import plain

if TYPE_CHECKING:
    from qa.languages.language import Language

IsWord = Callable[[str], bool]

_UNSPACED = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff"
_TOKEN = re.compile(rf"[^\s\"'\u201c-\u201f\u00ab\u00bb()\[\]{{}}<>?!;|{_UNSPACED}]+")
_OPTION = re.compile(r"--?(?=[^\W\d_])")
_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = r"(?:[\u00b0%\u2030]\s?)?[^\W\d_]{1,3}|[%\u2030\u00b0]"
_FIGURE = re.compile(rf"(?<![\w.,-])({_NUMBER})[ \u00a0\u202f-]?({_UNIT})(?![\w-])")
_CONSONANT = "[bcdf-hj-np-tv-z]"
_SURE_UNIT = re.compile(
    rf".*\W.*|[A-Z\u03a9]|[a-z\u03bc][A-Z\u03a9]|\w*[A-Z]{_CONSONANT}|{_CONSONANT}+"
)
_OTHER_UNIT = rf"\s?[\u00b0%\u2030]|\s{_CONSONANT}{{1,3}}(?!\w)"
"""Units with a sign, of one capital letter, of small and capital ones, or without a vowel."""
_NUMBERED = re.compile(rf"([^\W\d_]{{2,}})[\s#.]{{1,2}}({_NUMBER})(?![\w-])")
_SMALL_CODE = re.compile(r"(?<![\w.,-])([^\W\d_]{1,2})\d(?![\w-])")
_CALENDAR = re.compile(
    r"\d{1,2}([./])\d{1,2}\1(?:\d\d){1,2}|\d{4}-\d\d?-\d\d?|\d{1,2}[:.]\d\d|\d{1,2}(?:[:.]\d\d)?[ap]m"
    r"|(?:[^\W\d_A-Z]+-)?(?:1\d|20)\d\ds?"
)
"""Days, times and years: texts write them in other ways, too."""
_OF_WORDS = re.compile(rf"({_NUMBER})((?:-[^\W\d_]{{2,}})+)")
_NUMBERS = re.compile(r"(\d+)([-/:])(\d+)")
_CODE_SIGN = re.compile(r"(?<=\w)(?:_|@|\\|::)(?=\w)|(?<=[^\W\d_])(?:\+\+|#)$")
_BEFORE, _AFTER = re.compile(r"(\w+)([-_.,])$"), re.compile(r"([-_.,])(\w+)")
_FEWEST_DIGITS = 4
"""Shorter numbers count things; from so many digits on one is a code if it is no year."""
_NEAR = 40


@dataclass(frozen=True, slots=True)
class LiteralWord:
    """A word that means itself. `pattern` finds it in a text; where `rival` is given, it only
    counts as missing where that finds what speaks of another one of its kind, or of none. It is
    `firm` if its shape alone tells that it means itself, and not the word before it."""

    text: str
    pattern: re.Pattern[str]
    rival: re.Pattern[str] | None = None
    firm: bool = True

    def held_by(self, text: str) -> bool:
        """Whether a text has this word, and not only within a longer one of its kind.

        >>> from qa.languages import language_of
        >>> [word] = literal_words("What is FS-2A?", language_of("en"), lambda word: False)
        >>> [word.held_by(text) for text in ("the FS-2A.", "fs 2a", "FS-2A-X", "FS-20A", "XFS-2A")]
        [True, True, False, False, False]
        """
        text = plain(text)
        named = not re.fullmatch(_NUMBER, self.text)
        return any(_whole(text, match, named) for match in self.pattern.finditer(text))

    def rivalled_by(self, text: str) -> bool:
        """Whether a text without this word speaks of another one instead."""
        return self.rival is None or bool(self.rival.search(plain(text)))


def literal_words(question: str, language: Language, is_word: IsWord) -> list[LiteralWord]:
    """The words of a question that mean themselves, in order.

    `is_word` knows the words of the language in lower case; what is made of them, as
    "19-year-old", means more than itself.

    >>> from qa.languages import language_of
    >>> words = literal_words("Does --dry-run need 3.5 mm of ISO-9001-based 0x80070057 at 9:30?",
    ...     language_of("en"), lambda word: word == "based")
    >>> [word.text for word in words]
    ['--dry-run', 'ISO-9001', '0x80070057', '3.5 mm']
    """
    text = plain(question)
    found = {}
    for match in _TOKEN.finditer(text):
        token = match[0].strip(".,:*'\u2019")
        core = _without_words(token, language, is_word)
        if _is_identifier(core):
            found[core] = LiteralWord(core, _pattern(core))
    for word in (*_figures(text, language), *_numbered(text, language), *_small_codes(text)):
        if not any(word.text in identifier for identifier in found):
            found[word.text] = word
    return list(found.values())


def names(question: str, language: Language, is_word: IsWord) -> list[str]:
    """The words of a question that its language's model does not know, with their capitals; none
    where the model is one of another language.

    >>> from qa.languages import language_of
    >>> names("What is Resticly for?", language_of("en"), lambda word: False)
    ['Resticly']
    """
    if language.spelling is None or not language.spelling.model_words:
        return []
    words = (match[0] for match in re.finditer(r"(?<![\w-])[^\W\d_]+(?![\w-])", question))
    return [
        word
        for word in words
        if len(word) >= FEWEST_LETTERS
        and word.lower() not in language.function_words | language.courtesy_words
        and not is_word(word.lower())
    ]


def _without_words(token: str, language: Language, is_word: IsWord) -> str:
    """A token without the words of the language at its ends, which "-" or "/" joins to it."""

    def plain_word(part: str) -> bool:
        low = part.lower()
        return part.isalpha() and (low in language.function_words or is_word(low))

    if _OPTION.match(token) or _CODE_SIGN.search(token):
        return token
    counted = _OF_WORDS.fullmatch(token)
    if counted and any(map(plain_word, counted[2].split("-"))):
        return counted[1]
    token = re.sub(rf"(?<=[A-Z\d]){language.plural_ending}$", "", token.lstrip("#$\u20ac\u00a3"))
    parts = re.split(r"([-/])", token)
    while len(parts) > 1 and plain_word(parts[-1]) and not parts[-1].isupper():
        parts = parts[:-2]
    while len(parts) > 1 and plain_word(parts[0]) and not parts[0].isupper():
        parts = parts[2:]
    return "".join(parts)


def _is_identifier(token: str) -> bool:
    if _OPTION.match(token) or _CODE_SIGN.search(token):
        return True
    digits = sum(character.isdigit() for character in token)
    if not digits or _CALENDAR.fullmatch(token) or _FIGURE.fullmatch(token):
        return False
    numbers = _NUMBERS.fullmatch(token)
    if numbers:
        first, last = numbers[1], numbers[3]
        zero = any(len(each) > 2 and each[0] == "0" for each in (first, last))
        both = len(first) > 2 and len(last) > 2 and len(first) != len(last)
        return numbers[2] == "-" and (zero or both)
    if re.fullmatch(_NUMBER, token):
        plain_number = re.sub(r",(?=\d{3}(?!\d))", "", token)
        code = len(plain_number) >= _FEWEST_DIGITS or (digits > 2 and token[0] == "0")
        return token.count(".") > 1 or (plain_number.isdigit() and code)
    if not any(character.isalpha() for character in token):
        return digits >= _FEWEST_DIGITS
    return not token.isalnum() or digits > 1 or len(token) >= _FEWEST_DIGITS


def _figures(text: str, language: Language) -> Iterator[LiteralWord]:
    """Numbers with a short unit. Where that can only be a unit, a text must have the number."""
    for match in _FIGURE.finditer(text):
        number, unit = match[1], re.sub(r"\s+", "", match[2])
        a_word = unit.lower() in language.function_words
        if (a_word and unit.islower()) or _CALENDAR.fullmatch(number + unit):
            continue
        rival = rf"(?<![\w.,]){_NUMBER}[\s-]?{_spaced(unit)}(?!\w)"
        ordinal = unit.islower() and match[0] == number + unit
        firm = bool(_SURE_UNIT.fullmatch(unit)) and not (a_word or ordinal)
        if firm:
            alone = rf"(?<![\w.,:/#-]){_spaced(number)}(?!\w|[-_.:/#]\w|{_OTHER_UNIT})"
            rival += rf"|\A(?!(?s:.*){alone})"
        yield _rivalled(match[0], f"{number} {unit}", rival, firm=firm)


def _numbered(text: str, language: Language) -> Iterator[LiteralWord]:
    """Numbers that follow a word ("section 4.2"), as a text may name several of them."""
    for match in _NUMBERED.finditer(text):
        if match[1].lower() not in language.function_words:
            word, number = re.escape(match[1]), _spaced(match[2])
            held = rf"\b{word}\w{{0,3}}\W(?:[^!?\n]{{0,{_NEAR}}}\W)?{number}(?!\w)"
            rival = rf"\b{word}[\s#.]{{1,2}}{_NUMBER}"
            yield LiteralWord(match[2], re.compile(held, re.I), re.compile(rival, re.I), firm=False)


def _small_codes(text: str) -> Iterator[LiteralWord]:
    """One or two letters and a digit ("B6"), which texts often write in other ways."""
    for match in _SMALL_CODE.finditer(text):
        yield _rivalled(match[0], match[0], rf"(?<!\w){match[1]}[-\s]?\d+(?!\w)")


def _rivalled(text: str, written: str, rival: str, *, firm: bool = False) -> LiteralWord:
    return LiteralWord(text, _pattern(written), re.compile(rival, re.IGNORECASE), firm)


def _pattern(word: str) -> re.Pattern[str]:
    """Finds a word however its parts are joined: "FS-20A", "FS 20A" and "FS20A" are one."""
    end = r"(?-i:s)?(?!\w)" if word[-1].isalnum() else ""
    return re.compile(rf"(?<!\w){_spaced(word)}{end}", re.IGNORECASE)


def _spaced(word: str) -> str:
    if re.fullmatch(r"\d+|\d{1,3}(?:,\d{3})+", word):
        digits = word.replace(",", "")
        return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", lambda _: r"[.,\s]?", digits)
    option = _OPTION.match(word)
    pattern = ""
    for piece in re.findall(r"\d+|[^\W\d_]+|\s|[^\w\s]+|_+", word[option.end() if option else 0 :]):
        if piece in ("-", " "):
            pattern += r"[-\s]?"
        elif piece in (".", ","):
            pattern += "[.,]"
        elif pattern[-1:].isalnum() and piece.isalnum():
            pattern += r"[-\s]?" + re.escape(piece)
        elif piece in "\u00b0%\u2030":
            pattern += rf"\s?{piece}\s?"
        else:
            pattern += re.escape(piece)
    return (re.escape(option[0]) if option else "") + pattern


def _whole(text: str, match: re.Match[str], named: bool) -> bool:
    """Whether a match is no part of a longer word of its kind; letters that are joined to a word
    make it longer only if it is `named` with letters itself."""
    before = _BEFORE.search(text[max(0, match.start() - _NEAR) : match.start()])
    after = _AFTER.match(text[match.end() : match.end() + _NEAR])
    return not (before and _goes_on(before[2], before[1], named)) and not (
        after and _goes_on(after[1], after[2], named)
    )


def _goes_on(sign: str, part: str, named: bool) -> bool:
    coded = any(character.isdigit() for character in part)
    return coded or (named and sign in "-_" and (len(part) < FEWEST_LETTERS or part.isupper()))
