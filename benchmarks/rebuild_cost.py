"""What a rebuild costs: time, passages embedded, files read and peak memory of the build process.

    python benchmarks/rebuild_cost.py [--files 1000] [--passages 10] [--toy] [--no-rebuilds]
    python benchmarks/rebuild_cost.py --texts corpus.jsonl --texts more.jsonl

Builds an index of made-up files, or of the texts in the field `text` of JSON Lines, dealt out to
the files as paragraphs (then `--passages` does not count). Builds it again as it is, and once
more after one file was changed. With --toy the vectors come from a hash instead of the model, so
that what is left is the cost of everything else. Peak memory is the most that the build process
held resident.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from common import ROOT, machine

SENTENCES_IN_PASSAGE = 5
WORDS_IN_SENTENCE = 13


def write_file(path: Path, passages: int, seed: int) -> None:
    """A text of about `passages` passages, one paragraph each, of words made of syllables."""
    random = np.random.default_rng(seed)
    syllables = [a + b for a in "bdfglmnprstvz" for b in "aeiou"]
    known = ["".join(random.choice(syllables, 2)) for _ in range(200)]
    paragraphs = []
    for _ in range(passages):
        sentences = [
            " ".join(random.choice(known, WORDS_IN_SENTENCE)).capitalize() + "."
            for _ in range(SENTENCES_IN_PASSAGE)
        ]
        paragraphs.append(" ".join(sentences))
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def deal_out(sources: list[Path], corpus: Path, files: int) -> None:
    """The texts of JSON Lines as the paragraphs of so many files, each text in one of them."""
    lines = [line for source in sources for line in source.open(encoding="utf-8")]
    for number in range(files):
        paragraphs = [json.loads(line)["text"].strip() for line in lines[number::files]]
        text = "\n\n".join(paragraphs)
        (corpus / f"file-{number:06}.txt").write_text(text + "\n", encoding="utf-8")


def build_once(corpus: Path, index: Path, toy: bool) -> dict[str, object]:
    """One build; run in a process of its own, since peak memory belongs to a process."""
    from qa import Service, Settings

    settings = Settings(corpus=corpus, index=index, passage_tokens=96)
    if toy:
        sys.path.insert(0, str(ROOT / "tests"))
        from toy_encoder import ToyEncoder, toy_pair

        from qa.building.build import build
        from qa.building.source_set import SourceSet, absolute
        from qa.building.sources import read_sources

        report = build(
            lambda _: read_sources(SourceSet((absolute(corpus),)), settings),
            settings,
            lambda _: toy_pair(ToyEncoder(dim=384)),
        )
        who = resource.RUSAGE_SELF
    else:
        report = Service(settings).rebuild([corpus])
        who = resource.RUSAGE_CHILDREN
    changes = getattr(report, "changes", None)
    return {
        "seconds": report.seconds,
        "documents": report.documents,
        "passages": report.passages,
        "sentences": report.sentences,
        "embedded": report.embedded,
        "reused": report.reused,
        "extracted": getattr(report, "extracted", report.documents),
        "changed": getattr(changes, "changed", None) and changes.changed.count,
        "peak_mb": resource.getrusage(who).ru_maxrss / 1e3,
    }


def measured(title: str, corpus: Path, index: Path, toy: bool) -> None:
    """Run `build_once` in a process of its own and print a line."""
    command = [sys.executable, __file__, "--one", str(corpus), str(index)]
    done = subprocess.run(
        [*command, "--toy"] if toy else command, stdout=subprocess.PIPE, check=True, text=True
    )
    facts = json.loads(done.stdout.splitlines()[-1])
    texts = facts["embedded"] / facts["seconds"]
    print(
        f"{title:<18} {facts['seconds']:8.1f} s  {facts['documents']:,} documents, "
        f"{facts['passages']:,} passages, {facts['sentences']:,} sentences; "
        f"extracted {facts['extracted']:,} files, embedded {facts['embedded']:,} texts "
        f"({texts:,.0f} a second), reused {facts['reused']:,}; peak {facts['peak_mb']:,.0f} MB",
        flush=True,
    )


def main() -> None:
    """First build, build again, build after one change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=10, help="passages of a file")
    parser.add_argument("--toy", action="store_true", help="vectors from a hash, no model")
    parser.add_argument("--no-rebuilds", action="store_true", help="the first build only")
    parser.add_argument("--texts", action="append", type=Path, help="JSON Lines with real texts")
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(build_once(*given.one, given.toy)))
        return
    print(machine())
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        corpus, index = Path(place, "corpus"), Path(place, "index")
        corpus.mkdir()
        if given.texts:
            deal_out(given.texts, corpus, given.files)
        for number in range(0 if given.texts else given.files):
            write_file(corpus / f"file-{number:06}.txt", given.passages, number)
        measured("first build", corpus, index, given.toy)
        if given.no_rebuilds:
            return
        measured("nothing changed", corpus, index, given.toy)
        write_file(corpus / "file-000000.txt", given.passages, given.files)
        measured("one file changed", corpus, index, given.toy)


if __name__ == "__main__":
    main()
