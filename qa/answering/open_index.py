"""The parts of one generation, open for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.calibration import USUAL_NOISE
from qa.errors import REBUILD, IndexDamagedError
from qa.index.catalog import Catalog
from qa.index.dense import DenseIndex
from qa.index.generations import Manifest
from qa.index.keywords import KeywordIndex
from qa.index.sentence_vectors import SentenceVectors
from qa.index.words import WORDS, read_words

if TYPE_CHECKING:
    from qa.encoders.protocol import Encoder


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """What a question is searched in. The n-th passage has row n in every part."""

    place: Path
    manifest: Manifest
    encoder: Encoder
    dense: DenseIndex
    keywords: KeywordIndex
    sentences: SentenceVectors
    catalog: Catalog

    @classmethod
    def open(cls, place: Path, manifest: Manifest, encoder: Encoder) -> OpenIndex:
        """Open the folder of a generation. Raises IndexDamagedError if its parts do not fit."""
        index = cls(
            place,
            manifest,
            encoder,
            DenseIndex.open(place / "passages.faiss"),
            KeywordIndex.open(place / "lexical", manifest.settings["language"]),
            SentenceVectors(place),
            Catalog(place / "catalog.sqlite"),
        )
        try:
            index._check_counts()
        except IndexDamagedError:
            index.close()
            raise
        return index

    def close(self) -> None:
        """Close the files."""
        self.catalog.close()
        self.sentences.close()

    @property
    def language(self) -> str:
        """The main language of the texts, ISO 639-1."""
        return str(self.manifest.settings["language"])

    @property
    def noise(self) -> float:
        """The score that a question reaches here by chance, see `answering.calibration`."""
        return float(self.manifest.ranking.get("noise", USUAL_NOISE))

    def words(self) -> dict[str, int]:
        """The words of the texts and how often they come."""
        return read_words(self.place / WORDS)

    def _check_counts(self) -> None:
        passages, sentences = (self.manifest.counts[name] for name in ("passages", "sentences"))
        # Each passage has one vector more than sentences: that of its title and headings.
        found = {
            "texts": (self.catalog.passage_count, passages),
            "vectors": (self.dense.count, passages),
            "keyword index": (self.keywords.count, passages),
            "vectors of sentences and headings": (self.sentences.count, sentences + passages),
        }
        wrong = [f"{n} {count:,} of {due:,}" for n, (count, due) in found.items() if count != due]
        if wrong:
            raise IndexDamagedError(
                f"The parts of {self.place} do not fit together ({', '.join(wrong)}). {REBUILD}"
            )
