"""How often one client may ask, upload and judge, so that there is time for all of them."""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from qa.page.visitor import word_for
from qa.settings import Settings
from qa.web.refusal import Refused

VIEWS = 10
"""Times as often as asking, a client may open the page and its tabs, of which one visit does
several."""


class FairShares:
    """Counts what each client does, by its address; IPv6 addresses of one network are one."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        allowed = {
            "questions": settings.questions_per_minute,
            "views": settings.questions_per_minute * VIEWS,
            "uploads": settings.uploads_per_minute,
            "verdicts": settings.verdicts_per_minute,
        }
        self._items: dict[str, RateLimitItem] = {
            kind: RateLimitItemPerMinute(most, namespace=kind)
            for kind, most in allowed.items()
            if most
        }

    def take(self, kind: str, address: str) -> None:
        """Count one of a kind (questions, views, uploads, verdicts) for the client at `address`.

        Raises Refused (429) if it has had its share, with the seconds until there is more.
        """
        item, client = self._items.get(kind), word_for(address)
        if item is None or self._limiter.hit(item, client):
            return
        ready = self._limiter.get_window_stats(item, client).reset_time - time.time()
        seconds = min(60, max(1, round(ready + 0.5)))
        raise Refused(
            429,
            f"That was too much within a minute; wait {seconds} seconds, then go on.",
            retry_after=seconds,
        )
