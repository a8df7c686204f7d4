"""Italian: only what is found in texts; questions in it are asked without its words."""

from __future__ import annotations

from qa.languages.language import Language

LANGUAGE = Language(
    code="it",
    question_labels=("Domanda",),
    button_words=("accetta", "rifiuta"),
    of_pages="di",
)
