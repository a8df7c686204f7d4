"""Who sent a request, as a word that tells one visitor from another and nobody's address."""

from __future__ import annotations

import hashlib
import secrets
from ipaddress import IPv6Address, ip_address

import gradio as gr

_KEY = secrets.token_bytes(16)
"""Forgotten when the program ends, so that no word leads back to an address."""


def visitor_of(request: gr.Request | None) -> str:
    """The word for the visitor of a request; "" where nobody sent one."""
    client = request.client if request is not None else None
    return word_for(client.host) if client is not None else ""


def word_for(address: str) -> str:
    """The same word for the same address, as long as the program runs; one for all addresses that
    share the first half of an IPv6 address, for they belong to one machine.

    >>> word_for("2001:db8::1") == word_for("2001:db8::2") != word_for("192.0.2.1")
    True
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        parsed = None
    told = parsed.packed[:8] if isinstance(parsed, IPv6Address) else address.encode()
    return hashlib.blake2b(told, key=_KEY, digest_size=8).hexdigest()
