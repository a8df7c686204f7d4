"""What it costs that damage is noticed: at opening, and at each question.

    python benchmarks/damage.py [--index DIR] [--passages N] [--runs N]

Opens the shipped corpus, or the index in DIR, with and without hashing its files, in turns: in
fresh processes, from the start of Python to an open index, and again in this one. Then asks it, and
times the guards of an answer by themselves. With --passages the same for a made-up index of about
so many passages, whose vectors come from a hash instead of a model, so only in this process.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from common import QUESTIONS, ROOT, machine, service, spread
from rebuild_cost import build_once, write_file

PASSAGES_IN_FILE = 10
ROUNDS = 200


def without_hashing() -> Callable[[], None]:
    """From now on every file counts as hashed and good; gives what ends that."""
    from qa.file_check import FileCheck

    def all_good(self: FileCheck) -> None:
        for same in self._is_same.values():
            if not same.done():
                same.set_result(True)

    hashing, FileCheck._hash = FileCheck._hash, all_good  # type: ignore[method-assign]
    threads, module = 1, sys.modules[FileCheck.__module__]
    threads, module.THREADS = module.THREADS, threads  # type: ignore[attr-defined]

    def end() -> None:
        FileCheck._hash = hashing  # type: ignore[method-assign]
        module.THREADS = threads  # type: ignore[attr-defined]

    return end


def opening(open_index: Callable[[], object], runs: int) -> None:
    """Print the times of opening in this process, hashed and not."""
    times: dict[str, list[float]] = {"hashed": [], "not hashed": []}
    for _ in range(runs):
        for kind, seconds in times.items():
            end = without_hashing() if kind == "not hashed" else lambda: None
            began = time.perf_counter()
            open_index()
            seconds.append((time.perf_counter() - began) * 1000)
            end()
    for kind, seconds in times.items():
        print(f"  opened in a running process, {kind}: {spread(seconds, 'ms', 1)}")


def fresh(index: Path, runs: int) -> None:
    """Print the times of fresh processes that open an index, hashed and not."""
    begin = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'benchmarks')!r}]\n"
    unhashed = "from damage import without_hashing; without_hashing()\n"
    settings = f"Settings.load(index={str(index)!r})"
    open_it = f"from qa import Service, Settings\nService({settings}).retriever()"
    none = "import damage\n"
    times: dict[str, list[float]] = {none: [], unhashed: []}
    for _ in range(runs):
        for kind, seconds in times.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", begin + kind + open_it], check=True)
            seconds.append((time.perf_counter() - began) * 1000)
    print(f"  opened by a fresh process, hashed: {spread(times[none], 'ms', 0)}")
    print(f"  opened by a fresh process, not hashed: {spread(times[unhashed], 'ms', 0)}")


def each(step: Callable[[], object]) -> float:
    """Milliseconds of one call, the least of five rounds."""
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(ROUNDS):
            step()
        rounds.append((time.perf_counter() - began) * 1000 / ROUNDS)
    return min(rounds)


def asking(asked: object, questions: tuple[str, ...]) -> None:
    """Print what the guards of one answer take."""
    from qa import Service
    from qa.chunking.origin import comes_from

    assert isinstance(asked, Service)
    retriever = asked.retriever()
    hits = [hit for question in questions for hit in asked.ask(question).hits]
    files = each(lambda: (retriever.is_unchanged(), retriever.can_be_read()))
    shown = each(lambda: [comes_from(hit.passage, hit.document) for hit in hits]) / len(questions)
    whole = each(lambda: [asked.ask(question) for question in questions[:2]]) / 2
    print(f"  each question: files looked at {files:.3f} ms, hits compared {shown:.3f} ms,")
    print(f"  of {whole:.2f} ms in all")


def made_up(passages: int, runs: int) -> None:
    """The same for an index of made-up texts."""
    sys.path.insert(0, str(ROOT / "tests"))
    from toy_encoder import ToyEncoder

    from qa import Retriever, Service, Settings
    from qa.index.generations import IndexFolder

    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        corpus, index = Path(place) / "corpus", Path(place) / "index"
        corpus.mkdir()
        for number in range(passages // PASSAGES_IN_FILE):
            write_file(corpus / f"file-{number:06}.txt", PASSAGES_IN_FILE, number)
        build_once(corpus, index, toy=True)
        folder = IndexFolder(index)
        manifest = folder.manifest(folder.require_live())
        size = sum(facts["bytes"] for facts in manifest.files.values())
        print(f"\n{manifest.counts['passages']:,} made-up passages, {size / 1e6:.0f} MB")
        settings, encoder = Settings(index=index), ToyEncoder(dim=384)
        opening(lambda: Retriever.open(index, encoder=encoder, settings=settings), runs)
        asked = Service(settings, encoder=encoder)
        words = tuple(one.sentences[0].text for one in asked.retriever().catalog.passages(range(9)))
        asking(asked, words)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, help="build it here, or open the one that is here")
    parser.add_argument("--passages", type=int, default=0)
    parser.add_argument("--runs", type=int, default=11)
    given = parser.parse_args()
    print(machine())
    with service(given.index, reuse=given.index is not None) as asked:
        from qa import Retriever

        index = asked.settings.index
        print(f"\n{asked.status().passages:,} passages and the query encoder in {index}")
        fresh(index, given.runs)
        opening(lambda: Retriever.open(index, settings=asked.settings), given.runs)
        asking(asked, QUESTIONS)
    if given.passages:
        made_up(given.passages, given.runs)


if __name__ == "__main__":
    main()
