"""Trains the reader: `python -m training.train DATA --run FOLDER --examples N --decay M`.

The learning rate rises for the first examples, stays, and falls to zero over the last M of N.
`constant.pt` in the run's folder is the state before it fell: the same command with a larger N
goes on from there. A run that was stopped goes on from `latest.pt`. One that was resumed ends
with the weights of one that was never stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

from qa.encoders.batching import by_length
from qa.encoders.models import resolve_model
from qa.encoders.reader import PairTokenizer, ReaderPair, score_of
from qa.encoders.torch_encoder import best_precision
from qa.errors import QAError
from qa.insight.evaluation.measures import auroc
from qa.settings import BUNDLED_MODEL
from training.examples import Data, Example, TrainingDataError, read_data
from training.model import ReaderModel, inputs_of, losses, new_model
from training.plan import CONFIGURATION, Configuration, Plan, Position, batches


def save(path: Path, state: dict[str, Any]) -> None:
    """Write `state` so that `path` is the old file or the whole new one, whenever it stops."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class Training:
    """One run of training in a folder."""

    def __init__(
        self,
        model: ReaderModel,
        tokenizer: PairTokenizer,
        data: Data,
        configuration: Configuration,
        plan: Plan,
        run: Path,
    ) -> None:
        """Go on from the folder's checkpoint, if it has one.

        Raises TrainingDataError where the plan ends before the checkpoint.
        """
        self.model, self.run = model, run
        self.position = Position()
        self.stopped = False
        self._tokenizer, self._data = tokenizer, data
        self._configuration, self._plan = configuration, plan
        self._optimizer = torch.optim.AdamW(
            model.parameters(),
            lr=configuration.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=configuration.weight_decay,
            fused=True,
        )
        self._half = best_precision() == "bf16"
        run.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _resume(self) -> None:
        paths = [self.run / name for name in ("latest.pt", "constant.pt")]
        paths = [path for path in paths if path.is_file()]
        if not paths:
            return
        for path in paths:
            state = torch.load(path, weights_only=True)
            plan, self.position = Plan(**state["plan"]), Position(**state["position"])
            if plan == self._plan or plan.is_constant(self.position.seen):
                break
        else:
            raise TrainingDataError(
                f"{self.run} has no checkpoint of a constant rate. Give --examples "
                f"{plan.examples} --decay {plan.decay}, or another folder."
            )
        if plan != self._plan and not self._plan.is_constant(self.position.seen):
            raise TrainingDataError(
                f"{self.run} has come to {self.position.seen:,} examples. Give --examples at "
                f"least {self.position.seen + self._plan.decay:,}, or another folder."
            )
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])

    def train(self) -> None:
        """Train until the plan is done, or, after the batch in work, once `stopped` is set."""
        configuration, plan = self._configuration, self._plan
        begun = saved = time.monotonic()
        first = self.position.seen
        sums = np.zeros(3)
        self.model.train()
        for position, batch in batches(self._data, configuration, self._tokenizer, self.position):
            if self.stopped or self.position.seen >= plan.examples:
                break
            before = self.position.seen
            if plan.is_constant(before) and not plan.is_constant(position.seen):
                self._save("constant.pt")
            sums += self._step(*batch)
            self.position = position
            now = time.monotonic()
            if position.seen // 1000 > before // 1000:
                answers, edges, count = sums
                rate = (position.seen - first) / max(now - begun, 1e-9)
                self._log(answers=answers / count, edges=edges / count, examples_a_second=rate)
                sums[:] = 0
            if now - saved > 60 * configuration.checkpoint_minutes:
                self._save("latest.pt")
                saved = now
            if position.seen // configuration.validate_every > before // (
                configuration.validate_every
            ):
                self._log(**self.validate())
        if self.position.seen > first:
            self._save("latest.pt")
        if self.position.seen >= plan.examples:
            self._log(**self.validate())
            save(self.run / "weights.pt", self.model.state_dict())

    def _step(self, examples: list[Example], pairs: list[ReaderPair]) -> tuple[float, float, int]:
        """Learn from one batch; its summed losses and its size."""
        configuration = self._configuration
        rate = self._plan.rate(self.position.seen, configuration.warm_up)
        for group in self._optimizer.param_groups:
            group["lr"] = rate * configuration.learning_rate
        with self._precision():
            outputs = self.model(*inputs_of(pairs))
        answers, edges = losses(outputs, examples, pairs)
        self._optimizer.zero_grad(set_to_none=True)
        (answers + configuration.span_loss * edges).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        size = len(examples)
        return answers.item() * size, edges.item() * size, size

    def _precision(self) -> Any:
        return torch.autocast("cpu", dtype=torch.bfloat16) if self._half else nullcontext()

    def validate(self) -> dict[str, float]:
        """On held-out documents: AUROC of "answers", in all and of adversarial questions against
        answered ones, and how often the most probable answer overlaps with a right one."""
        held = [e for examples in self._data.held_out.values() for e in examples]
        Random(self._configuration.seed).shuffle(held)
        hard = [e for e in held if e.kind == "adversarial-unanswerable"]
        chosen = held[: self._configuration.validate_on] + hard
        pairs = self._tokenizer.pairs([(e.question, e.title, e.passage) for e in chosen])
        logits = np.zeros(len(chosen))
        overlaps: list[bool] = []
        self.model.eval()
        with torch.inference_mode(), self._precision():
            for rows in by_length([len(p.ids) for p in pairs], self._configuration.batch_tokens):
                outputs = self.model(*inputs_of([pairs[row] for row in rows]))
                answers, begins, ends = (output.float().numpy() for output in outputs)
                for place, row in enumerate(rows):
                    logits[row] = answers[place]
                    span = score_of(pairs[row], 0.0, begins[place], ends[place]).span
                    if chosen[row].spans and span:
                        right = chosen[row].spans
                        overlaps.append(any(a < span[1] and span[0] < b for a, b in right))
        self.model.train()
        wanted = np.array([e.answers for e in chosen], bool)
        adversarial = np.array([e.kind == "adversarial-unanswerable" for e in chosen], bool)
        return {
            "held_out": len(chosen),
            "auroc": auroc(logits, wanted),
            "auroc_adversarial": auroc(logits[wanted | adversarial], wanted[wanted | adversarial]),
            "span_overlaps": float(np.mean(overlaps)) if overlaps else 0.0,
        }

    def _save(self, name: str) -> None:
        state = {
            "position": asdict(self.position),
            "plan": asdict(self._plan),
            "model": self.model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        save(self.run / name, state)

    def _log(self, **values: float) -> None:
        told = {name: round(value, 4) for name, value in values.items()}
        seen = self.position.seen
        rate = self._plan.rate(seen, self._configuration.warm_up)
        line = json.dumps({"examples": seen, "rate": round(rate, 4), **told})
        with (self.run / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")
        print(line, flush=True)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The command's arguments."""
    parser = argparse.ArgumentParser(prog="training.train", description="Train the reader.")
    parser.add_argument("data", type=Path, help="folder with a NAME.jsonl.gz for each set")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and log")
    parser.add_argument("--examples", type=int, required=True, help="examples in all")
    parser.add_argument("--decay", type=int, required=True, help="of these, while the rate falls")
    parser.add_argument("--config", type=Path, default=CONFIGURATION)
    parser.add_argument("--layers", type=int, default=None, help="layers of the model; all")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Entry point."""
    options = parsed(arguments)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    if hasattr(os, "nice"):
        os.nice(19)
    try:
        configuration = Configuration.read(options.config)
        torch.set_num_threads(configuration.threads)
        torch.manual_seed(configuration.seed)
        folder = resolve_model(BUNDLED_MODEL).path
        data = read_data(options.data, list(configuration.examples), configuration.held_out)
        training = Training(
            new_model(folder, options.layers),
            PairTokenizer(folder / "tokenizer.json", configuration.max_tokens),
            data,
            configuration,
            Plan(options.examples, options.decay),
            options.run,
        )
    except QAError as error:
        print(error, file=sys.stderr)
        return 2

    def stop(*_: object) -> None:
        training.stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    training.train()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
