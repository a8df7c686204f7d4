"""What a document is called: a hash of all that it says."""

from __future__ import annotations

import hashlib


def document_id(source: str, title: str, text: str) -> str:
    """16 hex digits of SHA-256 over the three, joined with NUL.

    >>> document_id("a.txt", "A", "Text.")
    '5b40eff70d9edf70'
    """
    return hashlib.sha256("\0".join((source, title, text)).encode()).hexdigest()[:16]
