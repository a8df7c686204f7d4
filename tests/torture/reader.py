"""Asks one index from several threads until a file appears; prints what went wrong as JSON."""

import json
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from toy_encoder import ToyEncoder  # noqa: E402

from qa import Service, Settings  # noqa: E402

index, stop, threads = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
service = Service(Settings(index=index, passage_tokens=40), encoder=ToyEncoder())
wrong, answers, seen = [], [], set()


def ask():
    while not stop.exists():
        try:
            answer = service.ask("kettles warranty years", top_k=6)
            editions = {word for hit in answer.hits for word in hit.passage.text.split()[:1]}
            generations = {hit.citation.generation for hit in answer.hits}
            texts = {hit.document.text.split()[0] for hit in answer.hits}
            if len(editions | texts) != 1 or generations != {answer.generation}:
                wrong.append(f"mixed: {sorted(editions | texts)} {sorted(generations)}")
            answers.append(1)
            seen.add((answer.generation, *editions))
        except Exception as error:
            wrong.append(repr(error))


running = [threading.Thread(target=ask) for _ in range(threads)]
for thread in running:
    thread.start()
print("ready", flush=True)
for thread in running:
    thread.join()
print(json.dumps({"wrong": wrong[:5], "answers": len(answers), "seen": sorted(seen)}))
