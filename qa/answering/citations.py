"""Citations that can be checked later: which text was shown, and what has become of it."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote

from qa.datatypes import Citation, Document, Hit
from qa.documents.encodings import isolated
from qa.errors import InputError

_CITATION = re.compile(
    r"qa1:([0-9a-f]{16}):(\d+)-(\d+):([0-9a-f]{16}):([0-9A-Za-z.-]*):(\S+)", re.ASCII
)


def digest_of(text: str) -> str:
    """16 hex digits of SHA-256.

    >>> digest_of("Text.")
    'f06dce27b84e18cc'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def cite(document: Document, start: int, end: int, generation: str) -> Citation:
    """The citation of some characters of a document."""
    return Citation(
        document.id, start, end, digest_of(document.text[start:end]), generation, document.source
    )


def parse(text: str) -> Citation:
    """Read what `str(citation)` wrote. Raises InputError.

    >>> word = "qa1:5b40eff70d9edf70:0-5:0123456789abcdef:20260101T000000.000-abcdef:a%20b.txt"
    >>> parse(word).source, str(parse(word)) == word
    ('a b.txt', True)
    """
    match = _CITATION.fullmatch(text.strip())
    if match is None or int(match[2]) > int(match[3]):
        raise InputError(
            f"{text.strip()[:80]!r} is no citation; give one as ask --json prints it: "
            "qa1:DOCUMENT:START-END:DIGEST:GENERATION:SOURCE"
        )
    document, start, end, digest, generation, source = match.groups()
    return Citation(document, int(start), int(end), digest, generation, unquote(source))


def quoted_citation(hit: Hit) -> str:
    """A hit's sentence in quotation marks and where it stands, to be pasted elsewhere."""
    passage, document = hit.passage, hit.document
    title = isolated(document.title.strip() or document.source)
    named = " › ".join([title, *passage.headings])
    page = f", page {passage.page}" if passage.page is not None else ""
    shown = isolated(document.source)
    source = "" if named == shown else f" ({shown})"
    return f"“{' '.join(hit.sentence.text.split())}” — {named}{page}{source}"
