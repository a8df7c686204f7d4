"""Italian: only what is found in texts; questions in it are asked without its words."""

from __future__ import annotations

from qa.languages.language import Language, PageWords

LANGUAGE = Language(
    code="it",
    question_labels=("Domanda",),
    of_pages="di",
    page_words=PageWords(
        untitled=(
            r"(?:documento|diapositiva|cartel) ?\d+",
            "senza titolo",
            "presentazione standard di powerpoint",
        ),
        consent=("accetta", "rifiuta"),
    ),
)
