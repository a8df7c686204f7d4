"""How good a reader is: `python -m training.measure READER FOLDER … [--compare]`.

A FOLDER is a set in BEIR format with `answers.jsonl`, and `queries_unanswerable.jsonl` that names
the paragraph of each question; a file is examples as `examples.py` reads them. Each question is
given its own passage whole. Figures have 95 % intervals of a bootstrap over the questions.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answering.answer_sentence import best_sentence, term_share
from qa.chunking.sentences import split_sentences
from qa.encoders.protocol import Encoder
from qa.encoders.reader import OnnxReader, PairTokenizer, ReaderScore
from qa.index.keywords import KeywordIndex
from qa.insight.evaluation.measures import auroc, bootstrap_of
from qa.languages import language_of
from training.examples import Example, read_set

MEASURED_TOKENS = 480
"""Passages are read whole up to here, so that no answer lies beyond."""


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


def marked_by_reader(score: ReaderScore, sentences: Sequence[tuple[int, int]]) -> int:
    """The sentence in which the answer most probably lies."""
    shares = [score.share(start, end) for start, end in sentences]
    return shares.index(max(shares))


def marked_by_signals(examples: Sequence[Example], encoder: Encoder) -> list[int]:
    """The sentences that the service marks without a reader, with the words of all passages of
    `examples` as its corpus."""
    language = language_of("en")
    marked = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "words"
        KeywordIndex.write(dict.fromkeys(f"{e.title}\n{e.passage}" for e in examples), folder)
        keywords = KeywordIndex.open(folder)
        for example in examples:
            texts = [example.passage[a:b] for a, b in sentences_of(example)]
            weights = keywords.weights(keywords.query_terms(example.question))
            shares = [term_share(weights, set(keywords.terms(text))) for text in texts]
            head = f"{example.title}. " if example.title else ""
            vectors = encoder.encode_documents([head + text for text in texts])
            cosines = vectors @ encoder.encode_query([example.question])[0]
            best = best_sentence(example.question, cosines, shares, texts, language)
            marked.append(best.position)
    return marked


def sentences_of(example: Example) -> list[tuple[int, int]]:
    """Spans of the passage's sentences, one at least."""
    passage = example.passage
    return split_sentences(passage, 0, len(passage), "en") or [(0, len(passage))]


def is_right(example: Example, position: int) -> bool:
    """Whether a right answer lies in the sentence: whole, or of longer ones a part."""
    start, end = sentences_of(example)[position]
    return any(a < end and start < b for a, b in example.spans)


def can_mark(example: Example) -> bool:
    """Whether there is a sentence to choose: two or more, and an answer in one of them."""
    return bool(example.spans) and len(sentences_of(example)) > 1


def figures(examples: Sequence[Example], scores: Sequence[ReaderScore]) -> dict[str, str]:
    """What is told of one set; a figure is left out where the set has nothing for it."""
    logits = np.array([score.answers_logit for score in scores])
    answered = np.array([example.answers for example in examples], bool)
    found: dict[str, str] = {}
    rows = [row for row, example in enumerate(examples) if can_mark(example)]
    if rows:
        right = np.array(
            [
                is_right(examples[row], marked_by_reader(scores[row], sentences_of(examples[row])))
                for row in rows
            ]
        )
        found["marked sentence"] = _mean(right)
    kinds = [example.kind for example in examples]
    for kind in sorted({*kinds} - {"positive"}):
        chosen = answered | np.array([each == kind for each in kinds])
        found[f"AUROC, {kind}"] = _auroc(logits[chosen], answered[chosen])
    return found


def _mean(right: NDArray[np.bool_]) -> str:
    (estimate,) = bootstrap_of(lambda drawn: [float(right[drawn].mean())], len(right))
    return f"{estimate}, {len(right):,}"


def _auroc(logits: NDArray[np.float64], answered: NDArray[np.bool_]) -> str:
    (estimate,) = bootstrap_of(
        lambda drawn: [auroc(logits[drawn], answered[drawn])], len(logits), resamples=300
    )
    return f"{estimate}, {int(answered.sum()):,} and {int((~answered).sum()):,}"


def main(arguments: Sequence[str]) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="training.measure", description="Measure a reader.")
    parser.add_argument("reader", type=Path, help="its folder")
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=3000, help="examples of a set, of each kind")
    parser.add_argument("--compare", type=Path, help="folder of an encoder: marks without reader")
    options = parser.parse_args(arguments)
    reader = OnnxReader(options.reader, threads=1)
    tokenizer = PairTokenizer(options.reader / "tokenizer.json", MEASURED_TOKENS)
    for path in options.sets:
        examples = limited(squad(path) if path.is_dir() else read_set(path), options.limit)
        pairs = tokenizer.pairs([(e.question, e.title, e.passage) for e in examples])
        told = figures(examples, reader.read_pairs(pairs))
        if options.compare:
            from qa.encoders.onnx_encoder import OnnxEncoder

            chosen = [example for example in examples if can_mark(example)]
            marked = marked_by_signals(chosen, OnnxEncoder.open(options.compare, threads=1))
            right = [is_right(e, position) for e, position in zip(chosen, marked, strict=True)]
            if chosen:
                told["marked without a reader"] = _mean(np.array(right))
        for name, value in told.items():
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
