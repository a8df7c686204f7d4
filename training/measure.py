"""How good a reader is: `python -m training.measure READER FOLDER … [--compare]`.

A FOLDER is a set in BEIR format with `answers.jsonl`, and `queries_unanswerable.jsonl` that names
the paragraph of each question; a file is examples as `examples.py` reads them. Texts are cut into
passages as the service cuts them. "Marked sentence": of the passage that holds the answer, in so
far as it has several sentences. "AUROC": by the best passage of each text. Figures have 95 %
intervals of a bootstrap over the questions.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answering.answer_sentence import best_sentence, term_share
from qa.chunking.context import contextual
from qa.chunking.passages import chunk
from qa.chunking.sentences import split_sentences
from qa.datatypes import Document
from qa.encoders.onnx_encoder import OnnxEncoder
from qa.encoders.protocol import Encoder
from qa.encoders.reader import OnnxReader, Reader, ReaderScore
from qa.encoders.tokenizer import ModelTokenizer
from qa.index.keywords import KeywordIndex
from qa.insight.evaluation.measures import auroc, bootstrap_of
from qa.languages import language_of
from qa.settings import Settings
from training.examples import Example, read_set

BOOTSTRAP_OF_AUROC = 300


def squad(folder: Path, seed: int = 0) -> list[Example]:
    """Answered questions, adversarial ones, and each answered one with another paragraph of the
    same title (kind "negative-same-document")."""
    texts = {line["_id"]: line for line in _lines(folder / "corpus.jsonl")}
    titles = defaultdict(list)
    for key, text in texts.items():
        titles[text["title"]].append(key)
    qrels = (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]
    place = {question: text for question, text, _ in (line.split("\t") for line in qrels)}
    answers = {line["_id"]: line for line in _lines(folder / "answers.jsonl")}
    random, found = Random(seed), []
    for line in _lines(folder / "queries.jsonl"):
        own, told = place[line["_id"]], answers[line["_id"]]
        spans = tuple(
            (start, start + len(answer))
            for answer, start in zip(told["answers"], told["starts"], strict=True)
        )
        found.append(_example(line["text"], texts[own], "positive", spans))
        others = [key for key in titles[texts[own]["title"]] if key != own]
        other = texts[random.choice(others)]
        found.append(_example(line["text"], other, "negative-same-document"))
    for line in _lines(folder / "queries_unanswerable.jsonl"):
        if not line.get("twin_of_answerable"):
            text = texts[line["paragraph_id"]]
            found.append(_example(line["text"], text, "adversarial-unanswerable"))
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _example(
    question: str, text: dict[str, Any], kind: str, spans: tuple[tuple[int, int], ...] = ()
) -> Example:
    title = str(text["title"])
    return Example(
        question, title, str(text["text"]), bool(spans), spans, "span", kind, f"wiki:{title}"
    )


def cut(example: Example, tokenizer: ModelTokenizer) -> list[Example]:
    """The passages that the service would cut the example's text into, each with the answers
    that lie in it whole."""
    document = Document("measured", example.title, example.passage, "measured")
    found = []
    for passage in chunk(document, tokenizer, max_tokens=Settings().passage_tokens):
        spans = tuple(
            (start - passage.start, end - passage.start)
            for start, end in example.spans
            if passage.start <= start and end <= passage.end
        )
        found.append(replace(example, passage=passage.text, spans=spans))
    return found


def sentences_of(example: Example) -> list[tuple[int, int]]:
    """Spans of the passage's sentences."""
    return split_sentences(example.passage, 0, len(example.passage), "en")


def to_mark(pieces: Sequence[Example]) -> int | None:
    """The first of a text's passages that holds an answer, if it has two or more sentences."""
    held = next((n for n, piece in enumerate(pieces) if piece.spans), None)
    return held if held is not None and len(sentences_of(pieces[held])) > 1 else None


def marked_by_reader(score: ReaderScore, sentences: Sequence[tuple[int, int]]) -> int:
    """The sentence in which the answer most probably lies."""
    shares = [score.share(start, end) for start, end in sentences]
    return shares.index(max(shares))


def marked_by_signals(passages: Sequence[Example], corpus: Path, encoder: Encoder) -> list[int]:
    """The sentences that the service marks without a reader, words weighted by `corpus`."""
    language = language_of("en")
    keywords = KeywordIndex.open(corpus)
    marked = []
    for passage in passages:
        texts = [passage.passage[a:b] for a, b in sentences_of(passage)]
        weights = keywords.weights(keywords.query_terms(passage.question))
        shares = [term_share(weights, set(keywords.terms(text))) for text in texts]
        vectors = encoder.encode_documents([contextual(passage.title, text) for text in texts])
        cosines = vectors @ encoder.encode_query([passage.question])[0]
        marked.append(best_sentence(passage.question, cosines, shares, texts, language).position)
    return marked


def is_right(passage: Example, position: int) -> bool:
    """Whether an answer, or a part of it, lies in the sentence."""
    start, end = sentences_of(passage)[position]
    return any(a < end and start < b for a, b in passage.spans)


def figures(
    examples: Sequence[Example], logits: Sequence[float], right: Sequence[bool]
) -> dict[str, str]:
    """What is told of a set, by its texts' "answers" logits and whether each marked sentence is
    right; left out where the set has nothing for it."""
    found = {"marked sentence": mean_of(right)} if right else {}
    kinds = np.array([example.kind for example in examples])
    answered = np.array([example.answers for example in examples], bool)
    for kind in sorted({*kinds.tolist()} - {"positive"}):
        chosen = answered | (kinds == kind)
        found[f"AUROC, {kind}"] = _auroc(np.array(logits)[chosen], answered[chosen])
    return found


def mean_of(right: Sequence[bool]) -> str:
    """Share with its interval, and the number of questions."""
    values = np.array(right, float)
    (estimate,) = bootstrap_of(lambda drawn: [float(values[drawn].mean())], len(right))
    return f"{estimate}, {len(right):,}"


def _auroc(logits: NDArray[np.float64], answered: NDArray[np.bool_]) -> str:
    (estimate,) = bootstrap_of(
        lambda drawn: [auroc(logits[drawn], answered[drawn])],
        len(logits),
        resamples=BOOTSTRAP_OF_AUROC,
    )
    return f"{estimate}, {int(answered.sum()):,} and {int((~answered).sum()):,}"


def measured(
    examples: Sequence[Example], reader: Reader, tokenizer: ModelTokenizer, encoder: Encoder | None
) -> dict[str, str]:
    """The figures of one set; with an `encoder` also those of marking without a reader."""
    logits: list[float] = []
    right: list[bool] = []
    chosen: list[Example] = []
    corpus: list[str] = []
    for example in examples:
        pieces = cut(example, tokenizer)
        corpus.extend(f"{piece.title}\n{piece.passage}" for piece in pieces)
        scores = reader.read(example.question, [(e.title, e.passage) for e in pieces])
        logits.append(max(score.answers_logit for score in scores))
        if (place := to_mark(pieces)) is not None:
            passage = pieces[place]
            chosen.append(passage)
            marked = marked_by_reader(scores[place], sentences_of(passage))
            right.append(is_right(passage, marked))
    found = figures(examples, logits, right)
    if encoder is not None and chosen:
        with tempfile.TemporaryDirectory() as place_of_words:
            folder = Path(place_of_words) / "words"
            KeywordIndex.write(dict.fromkeys(corpus), folder)
            marks = marked_by_signals(chosen, folder, encoder)
        without = [is_right(e, position) for e, position in zip(chosen, marks, strict=True)]
        found["marked sentence without a reader"] = mean_of(without)
    return found


def main(arguments: Sequence[str]) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="training.measure", description="Measure a reader.")
    parser.add_argument("reader", type=Path, help="its folder")
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=3000, help="examples of a set, of each kind")
    parser.add_argument("--compare", type=Path, help="folder of an encoder: marks without reader")
    options = parser.parse_args(arguments)
    reader = OnnxReader(options.reader, threads=1)
    tokenizer = ModelTokenizer(options.reader / "tokenizer.json")
    encoder = OnnxEncoder.open(options.compare, threads=1) if options.compare else None
    for path in options.sets:
        examples = limited(squad(path) if path.is_dir() else read_set(path), options.limit)
        for name, value in measured(examples, reader, tokenizer, encoder).items():
            print(f"{path.name.removesuffix('.jsonl.gz')}: {name}: {value}", flush=True)
    return 0


def limited(examples: Sequence[Example], limit: int) -> list[Example]:
    """At most `limit` of each kind, drawn by chance, the same ones each time."""
    kinds = defaultdict(list)
    for example in examples:
        kinds[example.kind].append(example)
    random, chosen = Random(0), []
    for kind in sorted(kinds):
        chosen.extend(random.sample(kinds[kind], min(limit, len(kinds[kind]))))
    return chosen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
