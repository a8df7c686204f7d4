"""Subtitles (SubRip, WebVTT) → what is said, in whole sentences, without times. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from qa.documents.blocks import Block

_CLOCK = r"(?:\d+:)?\d\d?:\d\d[.,]\d{1,3}"
_TIME = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}.*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:[biucv]|font|ruby|rt|lang)\b[^>]*>|<[\d:.]+>|\{\\[^}]*\}", re.I)
_UNSAID = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b")
_SENTENCE_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_WORDS = 60
"""A paragraph of so many words ends with its sentence: about one passage."""


def are_subtitles(text: str) -> bool:
    """Whether a text begins like subtitles: their mark, or a number and the first times."""
    lines = [line for line in text[:2_000].split("\n") if line.strip()][:2]
    return text.startswith("WEBVTT") or any(_TIME.fullmatch(line) for line in lines)


def subtitle_blocks(text: str) -> tuple[list[Block], list[tuple[str, str]]]:
    """Paragraphs of what is said, each under its speaker where one is named, and (text, what it
    is) of what is not said: comments, styles.

    >>> text = "1\\n00:01.000 --> 00:02.000\\n<i>The kiln\\n\\n2\\n0:03.0 --> 0:04.0\\nis hot."
    >>> [block.text for block in subtitle_blocks(text)[0]]
    ['The kiln is hot.']
    """
    unsaid: list[tuple[str, str]] = []
    blocks: list[str] = []
    speaker = ""
    for line, voice in _spoken(text, unsaid):
        said = f"{voice}: {line}" if voice and voice != speaker else line
        last = blocks[-1] if blocks else ""
        ends = _SENTENCE_ENDS.search(last) is not None
        if not last or voice != speaker or (ends and len(last.split()) >= _WORDS):
            blocks.append(said)
        elif line.startswith("-"):  # somebody else answers
            blocks[-1] += f"\n{said}"
        else:
            blocks[-1] += f" {said}"
        speaker = voice
    return [Block(block) for block in blocks], unsaid


def _spoken(text: str, unsaid: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(line, who says it) in order. What a cue repeats of the one before it, as captions do that
    roll upwards, is given once."""
    before: list[str] = []
    for cue in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        lines = cue.split("\n")
        at = next((n for n, line in enumerate(lines) if _TIME.fullmatch(line)), None)
        if at is None and _UNSAID.match(lines[0]):
            if cue.strip() != "WEBVTT":
                unsaid.append((cue, "comment or style of the subtitles"))
            continue
        first = 0 if at is None else at + 1
        if at is not None and any(not line.strip().isdigit() for line in lines[:at]):
            unsaid.append((" ".join(lines[:at]), "name of a subtitle"))
        voices = [found[1].strip() if (found := _VOICE.search(line)) else "" for line in lines]
        shown = [html.unescape(_TAG.sub("", line)).strip() for line in lines]
        voice = ""
        rolls = len(shown) - first > 1 and before and shown[first] == before[-1]
        for number in range(first + bool(rolls), len(shown)):
            voice = voices[number] or voice
            if shown[number]:
                yield shown[number], voice
        before = shown[first:]
