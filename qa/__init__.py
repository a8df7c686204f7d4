"""Ask documents in your own words and get the passages that answer, exactly cited.

    >>> import qa
    >>> answer = qa.ask("What is a KPO?", top_k=3)       # doctest: +SKIP
    >>> answer.text, answer.confidence                   # doctest: +SKIP

Importing this package is instant: each name is loaded when it is first used, and answering
needs neither torch nor gradio at any time.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.datatypes import Answer, BuildReport, Document, Hit, Passage
    from qa.errors import QAError
    from qa.service import Service, add, ask, rebuild, remove, resolve
    from qa.settings import Settings, __version__

__all__ = [
    "Answer",
    "BuildReport",
    "Document",
    "Hit",
    "Passage",
    "QAError",
    "Retriever",
    "Service",
    "Settings",
    "__version__",
    "add",
    "ask",
    "rebuild",
    "remove",
    "resolve",
]

_HOME = {
    "Answer": "qa.datatypes",
    "BuildReport": "qa.datatypes",
    "Document": "qa.datatypes",
    "Hit": "qa.datatypes",
    "Passage": "qa.datatypes",
    "QAError": "qa.errors",
    "Retriever": "qa.answering.retriever",
    "Service": "qa.service",
    "Settings": "qa.settings",
    "__version__": "qa.settings",
    "add": "qa.service",
    "ask": "qa.service",
    "rebuild": "qa.service",
    "remove": "qa.service",
    "resolve": "qa.service",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
