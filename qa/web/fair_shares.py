"""How often one client may ask, upload and judge, so that there is time for all of them."""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from qa.page.visitor import word_for
from qa.settings import Settings
from qa.web.refusal import Refused

VIEWS = 10
"""Times as often as asking, a client may open the page and its tabs, of which one visit does
several."""


LEAST = 5
"""In six seconds a client may do a tenth of what it may in a minute, and so many always."""


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
        self._items: dict[str, tuple[RateLimitItem, ...]] = {
            kind: (
                RateLimitItemPerSecond(max(LEAST, most // 10), 6, namespace=kind),
                RateLimitItemPerMinute(most, namespace=kind),
            )
            for kind, most in allowed.items()
            if most
        }

    def take(self, kind: str, address: str) -> None:
        """Count one of a kind (questions, views, uploads, verdicts) for the client at `address`.

        Raises Refused (429) if it has had its share, with the seconds until there is more.
        """
        client = word_for(address)
        spent = next(
            (one for one in self._items.get(kind, ()) if not self._limiter.hit(one, client)), None
        )
        if spent is None:
            return
        ready = self._limiter.get_window_stats(spent, client).reset_time - time.time()
        seconds = min(60, max(1, round(ready + 0.5)))
        raise Refused(
            429,
            f"That was too much in a short time; wait {seconds} seconds, then go on.",
            retry_after=seconds,
        )
