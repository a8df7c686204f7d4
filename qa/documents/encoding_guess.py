"""Which older encoding bytes were written in, where nothing in them says so. Pure.

The one place where chardet is used. Its models know languages; what they lack is told here by
the letters: a few of them among ASCII, as in English, German or Polish texts, are Latin ones, and
of two readings the one with fewer signs inside words is likelier.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LATIN = (
    "cp1252 iso8859-1 iso8859-15 cp1250 iso8859-2 cp1254 iso8859-9 cp1257 mac-roman mac-latin2 "
    "mac-turkish cp437 cp850 cp852 cp857 cp858"
).split()
_SEVERAL_BYTES = (
    "big5hkscs cp932 shift_jis_2004 euc_jis_2004 iso2022_jp_2 gb18030 euc_kr cp949 hz iso2022_kr"
).split()
_WESTERN = ("cp1252", "iso8859-1")
_WESTERN_MORE = 0.03
"""What western encodings get on top where letters beyond ASCII are few: of so few, any language
can be made. Chosen by benchmarks/encodings.py."""
_COMPARED = 8
"""So many of the likeliest encodings are compared by what they make of the text."""
_SAMPLE = 4_096
"""Bytes, of lines that are not all ASCII, in which signs inside words are counted."""
_CLOSE = 0.5
"""A guess is doubtful where another reading is more than half as likely."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_WORD = re.compile(r"[^\W\d_]+")
_EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding as Python names it, "" for none of one byte or several bytes a letter.

    `doubtful`: another one is nearly as likely.
    """

    encoding: str
    doubtful: bool


def guess(data: bytes) -> Guess:
    """The likeliest encoding of bytes that are not UTF-8.

    >>> guess("It costs 5 € – “no more”, naïve".encode("cp1252")).encoding
    'cp1252'
    >>> guess("Библиотека открыта с понедельника по пятницу.".encode("koi8_r")).encoding
    'koi8-r'
    """
    import chardet
    from chardet.enums import EncodingEra

    few = _are_latin(data)
    found = chardet.detect_all(
        data,
        ignore_threshold=True,
        encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME & ~EncodingEra.LEGACY_REGIONAL,
        include_encodings=[*_LATIN, *_SEVERAL_BYTES] if few else None,
        compat_names=False,
    )
    if not found or str(found[0]["encoding"] or "utf-16").startswith("utf-16"):
        return Guess("", doubtful=True)
    sample = _sample(data)
    readings: list[tuple[int, float, str, str]] = []
    for each in [one for one in found if one["encoding"]][:_COMPARED]:
        encoding = str(each["encoding"])
        likely = float(each["confidence"]) + _WESTERN_MORE * (few and encoding in _WESTERN)
        text = sample.decode(encoding, errors="replace")
        readings.append((_odd_signs(text), -likely, encoding, text))
    odd, likely, encoding, text = min(readings)
    others = (one for one in readings if one[3] != text and one[0] <= odd)
    return Guess(encoding, any(one[1] < _CLOSE * likely for one in others))


def _are_latin(data: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone or in twos, as letters with accents do."""
    runs = [len(run) for run in _HIGH.findall(data)]
    return 2 * sum(run for run in runs if run > 2) < sum(runs)


def _sample(data: bytes) -> bytes:
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE]


def _odd_signs(text: str) -> int:
    """How many signs stand where a wrong encoding puts them: within words, or words of two
    scripts or of capitals in their midst.

    >>> _odd_signs("El niño"), _odd_signs("El ni–o"), _odd_signs("ôÏÛËÁ")
    (0, 1, 1)
    """
    odd = 0
    for at, sign in enumerate(text):
        if sign.isascii():
            continue
        kind = unicodedata.category(sign)
        before, after = text[at - 1 : at].isalpha(), text[at + 1 : at + 2].isalpha()
        if kind in ("Cc", "Co", "Cn", "Cf", "Sk", "Lm") or "\u2500" <= sign < "\u2600":
            odd += 1
        elif kind[0] in "SP" and sign < "\u3000" and sign not in "’‘·":
            odd += (before and after) or (after and kind in ("So", "Sm", "Po") and sign not in "¿¡")
            odd += before and not after and kind in ("Ps", "Pi")
    for word in (match[0] for match in _WORD.finditer(text)):
        if word.isascii():
            continue
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
        odd += len(scripts) > 1 and not scripts <= _EAST_ASIAN
        odd += not (word.isupper() or word[1:] == word[1:].lower())
    return odd
