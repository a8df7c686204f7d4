"""How long the running stage of a build will still take. Pure: the clock is the caller's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.datatypes import Progress

SURE_AFTER = 2.0
"""Seconds of a stage before its pace says anything."""


@dataclass(frozen=True, slots=True)
class StageTimer:
    """Where the running stage began, and how far it is: times in seconds of one clock."""

    stage: str = ""
    began: float = 0.0
    done_then: int = 0
    at: float = 0.0
    done: int = 0
    total: int = 0

    def noted(self, step: Progress, now: float) -> StageTimer:
        """The pace after a step that was reported at `now`."""
        if step.stage != self.stage:
            return StageTimer(step.stage, now, step.done, now, step.done, step.total)
        return replace(self, at=now, done=step.done, total=step.total)

    def left(self, now: float) -> float | None:
        """Seconds until the stage ends if it goes on as it went, or None: not known yet.

        >>> pace = StageTimer().noted(Progress("embed", 0, 100), 0.0)
        >>> pace.noted(Progress("embed", 25, 100), 10.0).left(10.0)
        30.0
        """
        made = self.done - self.done_then
        if made <= 0 or self.total <= 0 or self.at - self.began < SURE_AFTER:
            return None
        whole = (self.total - self.done) * (self.at - self.began) / made
        return max(0.0, whole - (now - self.at))
