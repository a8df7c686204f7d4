"""Fit the logistic model of `qa.answering.confidence` over many corpora, and check it on others.

    python benchmarks/quality/fit_confidence.py DATA --index DIR [--rows FILE]

DATA is a folder with files `NAME.jsonl.gz` of examples, a JSON object a line: `question`, `title`,
`passage`, `answers` (each with a `text`; none: the passage does not answer), `kind`, `language`,
`group` (the document) and `label` (`span` or `sentence`; others are passed over). The English
examples of each corpus in CORPORA become documents and questions: a third of the groups is left
out of the index, so that their questions have no answer in it; questions of the kind
`adversarial-unanswerable` have none either, nor have questions of other corpora, which are asked
too. Each question is asked through `qa.Retriever`; right is a marked sentence that holds an answer.

Printed: for each tuning corpus the figures of a model fitted on corpora of other kinds; for each
judging corpus those of the final model, fitted on all tuning corpora; what several thresholds would
refuse and let through; how many questions are under the bounds for literal words, and the share of
them that is right; and the model. The answerable questions of a corpus weigh as much in sum as
the unanswerable ones, and each corpus the same. With --rows the evidence of all questions is kept
in FILE, and read from it next time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qa.answering.answer import VERY_LIKELY  # noqa: E402
from qa.answering.confidence import RARE_HELD_AT_LEAST, LogisticModel  # noqa: E402
from qa.answering.evidence import Evidence  # noqa: E402
from qa.datatypes import Document  # noqa: E402
from qa.documents.assemble import document_id  # noqa: E402
from qa.insight.evaluation.measures import auroc, calibration_error  # noqa: E402
from qa.insight.evaluation.set_index import open_index  # noqa: E402
from qa.settings import Settings  # noqa: E402

SEED = 1
LEFT_OUT = 0.33
FOREIGN_QUESTIONS = 20
"""So many of each other corpus."""
SHORT_ANSWER = 6
"""An answer of fewer characters and without a digit counts only in the right document: short
words stand in many sentences that say something else."""
ANSWERABLE, ABSENT, ADVERSARIAL, FOREIGN = "answerable", "left out", "adversarial", "foreign"
UNANSWERABLE = (ABSENT, ADVERSARIAL, FOREIGN)
THRESHOLDS = (0.1, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.4)
NAMES = [field.name for field in fields(Evidence)]


@dataclass(frozen=True)
class Corpus:
    """Which files make a corpus, how many groups and questions of each kind are taken, whether
    the passages of a group are joined to one document, and whether the corpus only judges."""

    name: str
    files: tuple[str, ...]
    groups: int = 3000
    questions: int = 700
    joined: bool = False
    judging: bool = False


CORPORA = (
    Corpus("natural questions", ("nq-open", "qed", "multispanqa"), 3500, 1200),
    Corpus("natural questions, joined", ("nq-open", "qed", "multispanqa"), 800, 600, joined=True),
    Corpus("encyclopedia", ("squadshifts-wiki",), 3000, 1000),
    Corpus("encyclopedia, joined", ("squadshifts-wiki",), 200, 600, joined=True),
    Corpus("forum", ("squadshifts-reddit",), 2000, 1000),
    Corpus("reviews", ("squadshifts-amazon",), 2000, 1000),
    Corpus("biomedicine", ("bioasq",), 3000, 800),
    Corpus("manuals", ("emanual-qa",), 3000, 600, joined=True),
    Corpus("public services", ("doc2dial-first-turn",), 3000, 600, joined=True),
    Corpus("encyclopedia, sentences", ("selqa",), 2500, 800),
    Corpus("twins", ("squad2-pairs",), 3000, 1200),
    Corpus("city information", ("omosqa-en",), 3000, 500, joined=True),
    Corpus("coreference", ("quoref-contrast",), 3000, 600),
    Corpus("encyclopedia, multilingual", ("mlqa-en",), 3000, 700),
    Corpus("information seeking", ("tydiqa-goldp",), 3000, 700),
    Corpus("natural questions, long", ("clapnq",), 3000, 600),
    Corpus("natural questions, small", ("qed",), 40, 300, joined=True),
    Corpus("encyclopedia, small", ("squadshifts-wiki",), 10, 300, joined=True),
    Corpus("biomedicine, small", ("bioasq",), 40, 300),
    Corpus("public services, small", ("doc2dial-first-turn",), 15, 300, joined=True),
    Corpus("city information, small", ("omosqa-en",), 15, 300, joined=True),
    Corpus("manuals, small", ("emanual-qa",), 15, 300, joined=True),
    Corpus("web search", ("wikiqa-train-dev",), 3000, 1200, judging=True),
    Corpus("newswire", ("trecqa",), 3000, 600, judging=True),
    Corpus("subjective reviews", ("subjqa",), 2000, 600, judging=True),
    Corpus("reading comprehension", ("multirc-dev",), 3000, 600, joined=True, judging=True),
    Corpus("privacy policies", ("policyqa",), 3000, 600, joined=True, judging=True),
)


def examples(data: Path, files: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The English examples of some files whose answers are marked in the passage."""
    for name in files:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                example = json.loads(line)
                if example["language"] == "en" and example["label"] in ("span", "sentence"):
                    yield example


def normal(text: str) -> str:
    """A text without differences of case and space."""
    return " ".join(text.casefold().split())


@dataclass
class Question:
    """A question, its answers, the groups that hold them, and whether any lies in the index."""

    kind: str
    text: str
    answers: set[str]
    groups: set[str]
    sentence: bool

    def answered_by(self, marked: str, group: str) -> bool:
        """Whether a marked sentence from a document of `group` holds an answer."""
        said = normal(marked)
        for answer in map(normal, self.answers):
            long = len(answer) >= SHORT_ANSWER or any(each.isdigit() for each in answer)
            held = answer in said or (self.sentence and len(said) > 20 and said in answer)
            if answer and held and (long or group in self.groups):
                return True
        return False


def made(corpus: Corpus, data: Path) -> tuple[list[Document], dict[str, str], list[Question]]:
    """The documents of a corpus, the group of each source, and its questions."""
    drawn = random.Random(SEED)
    given = list(examples(data, corpus.files))
    groups = sorted({example["group"] for example in given})
    drawn.shuffle(groups)
    taken = set(groups[: corpus.groups])
    out = set(groups[: int(LEFT_OUT * len(taken))])
    passages: dict[str, tuple[str, str, str]] = {}
    questions: dict[str, Question] = {}
    for example in given:
        group = example["group"]
        if group not in taken:
            continue
        text = example["passage"]
        passages.setdefault(normal(text), (group, example["title"], text))
        kind = ADVERSARIAL if example["kind"] == "adversarial-unanswerable" else ""
        if example["answers"] or kind:
            question = questions.setdefault(
                example["question"],
                Question(kind, example["question"], set(), set(), example["label"] == "sentence"),
            )
            question.answers |= {answer["text"] for answer in example["answers"]}
            question.groups.add(group)
    texts: dict[tuple[str, ...], list[str]] = {}
    for key, (group, title, text) in passages.items():
        if group not in out:
            place = (group, title) if corpus.joined else (group, title, key)
            texts.setdefault(place, []).append(text)
    documents, group_of = [], {}
    for number, (place, parts) in enumerate(texts.items()):
        source, title, text = f"d{number}", place[1], "\n\n".join(parts)
        documents.append(Document(document_id(source, title, text), title, text, source))
        group_of[source] = place[0]
    return documents, group_of, _chosen(list(questions.values()), out, corpus.questions, drawn)


def _chosen(
    questions: list[Question], out: set[str], limit: int, drawn: random.Random
) -> list[Question]:
    """Up to `limit` questions of each kind; those that lie in both halves are left out."""
    drawn.shuffle(questions)
    kept: dict[str, list[Question]] = {ANSWERABLE: [], ABSENT: [], ADVERSARIAL: []}
    for question in questions:
        if not question.answers:
            question.kind = ADVERSARIAL
        elif question.groups <= out:
            question.kind = ABSENT
        elif question.groups & out:
            continue
        else:
            question.kind = ANSWERABLE
        if len(kept[question.kind]) < limit:
            kept[question.kind].append(question)
    return [question for some in kept.values() for question in some]


def foreign(corpus: Corpus, data: Path) -> list[Question]:
    """Questions of the other tuning corpora that are not made of the same kind of texts."""
    own = corpus.name.split(",")[0]
    drawn = random.Random(SEED)
    questions = []
    for other in CORPORA:
        if other.name.split(",")[0] != own and not other.judging and "," not in other.name:
            asked = sorted({each["question"] for each in examples(data, other.files)})
            questions += drawn.sample(asked, FOREIGN_QUESTIONS)
    return [Question(FOREIGN, each, set(), set(), False) for each in questions]


def asked(corpus: Corpus, data: Path, index: Path) -> list[dict[str, Any]]:
    """For each question of a corpus its kind, the evidence, and whether the answer is right."""
    documents, group_of, questions = made(corpus, data)
    questions += foreign(corpus, data)
    settings = replace(Settings.load(), language="en")
    rows = []
    name = "".join(each if each.isalnum() else "-" for each in corpus.name)
    with open_index(documents, name, settings, kept=index) as retriever:
        for question in questions:
            hits, evidence = retriever.search(question.text)
            if evidence is None:
                continue
            first = hits[0]
            group = group_of[first.document.source]
            if question.kind == ABSENT and question.answered_by(first.passage.text, group):
                continue  # Another document answers it after all.
            right = question.kind == ANSWERABLE and question.answered_by(first.sentence.text, group)
            rows.append({"kind": question.kind, "right": right, **asdict(evidence)})
    return rows


@dataclass(frozen=True)
class Outcomes:
    """Of the n questions of one corpus: evidence (n, inputs), right, kind, and weight, sum 1."""

    inputs: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    kind: np.ndarray[Any, Any]
    weight: np.ndarray[Any, Any]

    @classmethod
    def of(cls, rows: Sequence[dict[str, Any]]) -> Outcomes:
        """The outcomes of `asked`."""
        kind = np.array([row["kind"] for row in rows])
        right = np.array([row["right"] for row in rows], bool)
        inputs = np.array([[row[name] for name in NAMES] for row in rows])
        weight = np.zeros(len(rows))
        others = [each for each in UNANSWERABLE if (kind == each).any()]
        for each, share in ((ANSWERABLE, 1.0), *((each, 1 / len(others)) for each in others)):
            weight[kind == each] = share / (kind == each).sum()
        return cls(inputs, right, kind, weight / weight.sum())


def fitted(corpora: Sequence[Outcomes]) -> LogisticModel:
    """The logistic model of being right, over all corpora, each with the same weight."""
    from sklearn.linear_model import LogisticRegression

    inputs = np.concatenate([each.inputs for each in corpora])
    weight = np.concatenate([each.weight for each in corpora])
    mean = np.average(inputs, axis=0, weights=weight)
    scale = np.sqrt(np.average((inputs - mean) ** 2, axis=0, weights=weight))
    regression = LogisticRegression(C=1.0, max_iter=1000)
    regression.fit(
        (inputs - mean) / scale,
        np.concatenate([each.right for each in corpora]),
        sample_weight=weight / weight.mean(),
    )
    slopes = regression.coef_[0] / scale
    intercept = float(regression.intercept_[0] - slopes @ mean)
    return LogisticModel(intercept, dict(zip(NAMES, map(float, slopes), strict=True)))


def probabilities(model: LogisticModel, outcomes: Outcomes) -> np.ndarray[Any, Any]:
    """What the model says of each question, shape (n,)."""
    logits = model.intercept + outcomes.inputs @ np.array(list(model.slopes.values()))
    probability: np.ndarray[Any, Any] = 1 / (1 + np.exp(-logits))
    return probability


HEAD = (
    "corpus",
    "right",
    "AUROC answerable",
    "left out",
    "adversarial",
    "foreign",
    "ECE",
    "very likely",
    "of these right",
    "refused",
    "absent answered",
)


def line(name: str, outcomes: Outcomes, sure: np.ndarray[Any, Any], threshold: float) -> str:
    """One row of the table: see HEAD."""
    here = outcomes.kind == ANSWERABLE

    def against(kind: str) -> str:
        chosen = here | (outcomes.kind == kind)
        figure = auroc(sure[chosen], outcomes.right[chosen])
        return f"{figure:.3f}" if (outcomes.kind == kind).any() else "–"

    very = sure >= VERY_LIKELY
    held = outcomes.weight[very]
    right = f"{np.average(outcomes.right[very], weights=held):.3f}" if very.any() else "–"
    cells = [
        name,
        f"{outcomes.right[here].mean():.3f}",
        f"{auroc(sure[here], outcomes.right[here]):.3f}",
        against(ABSENT),
        against(ADVERSARIAL),
        against(FOREIGN),
        f"{calibration_error(sure, outcomes.right, outcomes.weight):.3f}",
        f"{held.sum():.3f}",
        right,
        f"{(sure[here] < threshold).mean():.3f}",
        f"{(sure[outcomes.kind == ABSENT] >= threshold).mean():.3f}",
    ]
    return "| " + " | ".join(cells) + " |"


def thresholds_line(
    threshold: float, corpora: Sequence[tuple[Outcomes, np.ndarray[Any, Any]]]
) -> str:
    """What a threshold refuses and lets through, as means over corpora."""
    shares: dict[str, list[float]] = {kind: [] for kind in (ANSWERABLE, *UNANSWERABLE)}
    for outcomes, sure in corpora:
        shares[ANSWERABLE].append(float((sure[outcomes.right] < threshold).mean()))
        for kind in UNANSWERABLE:
            if (outcomes.kind == kind).any():
                shares[kind].append(float((sure[outcomes.kind == kind] >= threshold).mean()))
    return (
        " | ".join([f"| {threshold:.2f}", *(f"{np.mean(s):.3f}" for s in shares.values())]) + " |"
    )


def bounds_line(name: str, rows: Sequence[dict[str, Any]], model: LogisticModel) -> str:
    """Of questions with this evidence how many there are, and the share of right ones; of those
    that a bound raises only the ones that it does raise."""
    told = [row for row in rows if row[name]]
    if name == "rare_held":
        low = [model.probability(Evidence(**{n: row[n] for n in NAMES})) for row in told]
        told = [row for row, sure in zip(told, low, strict=True) if sure < RARE_HELD_AT_LEAST]
    right = sum(row["right"] for row in told)
    return f"| {name} | {len(told)} | {right / max(1, len(told)):.3f} |"


def log_loss(outcomes: Outcomes, sure: np.ndarray[Any, Any]) -> float:
    """Mean of −ln of the probability of what happened; lower is better."""
    told = np.where(outcomes.right, sure, 1 - sure)
    return float(-(outcomes.weight * np.log(np.clip(told, 1e-9, 1))).sum())


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--rows", type=Path)
    given = parser.parse_args()
    rows: dict[str, list[dict[str, Any]]] = {}
    if given.rows and given.rows.is_file():
        rows = json.loads(given.rows.read_text(encoding="utf-8"))
    for corpus in CORPORA:
        files = [given.data / f"{name}.jsonl.gz" for name in corpus.files]
        if corpus.name not in rows and all(file.is_file() for file in files):
            print(f"asking: {corpus.name}", file=sys.stderr, flush=True)
            rows[corpus.name] = asked(corpus, given.data, given.index)
            if given.rows:
                given.rows.write_text(json.dumps(rows), encoding="utf-8")
    outcomes = {name: Outcomes.of(some) for name, some in rows.items()}
    judging = {corpus.name for corpus in CORPORA if corpus.judging} & rows.keys()
    tuning = [name for name in rows if name not in judging]
    losses, sure = [], {}
    for name in tuning:
        kin = name.split(",")[0]
        others = [outcomes[each] for each in tuning if each.split(",")[0] != kin]
        sure[name] = probabilities(fitted(others), outcomes[name])
        losses.append(log_loss(outcomes[name], sure[name]))
    model = fitted([outcomes[name] for name in tuning])
    sure |= {name: probabilities(model, outcomes[name]) for name in judging}
    threshold = Settings.load().threshold
    for title, names in (("Tuning, left out", tuning), ("Judging", sorted(judging))):
        print(f"\n{title}\n", "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), sep="\n")
        for name in names:
            print(line(name, outcomes[name], sure[name], threshold))
    print(f"\nMean log loss of the tuning corpora, each left out: {np.mean(losses):.4f}\n")
    print("| threshold | right answers refused | answered: left out | adversarial | foreign |")
    print("|---|---|---|---|---|")
    for least in THRESHOLDS:
        print(thresholds_line(least, [(outcomes[name], sure[name]) for name in tuning]))
    print("\n| bound | questions | right |\n|---|---|---|")
    for bound in ("missing", "rare_held"):
        print(bounds_line(bound, [row for name in tuning for row in rows[name]], model))
    print(f"\nintercept={model.intercept:.3f}, slopes={{")
    for name, slope in model.slopes.items():
        print(f'    "{name}": {slope:.3f},')
    print("}")


if __name__ == "__main__":
    main()
