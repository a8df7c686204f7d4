"""How the tabs wire their events alike."""

from __future__ import annotations

from typing import Any

PAGE_SCRIPT, DOCUMENTS_SCRIPT = "window.qaPage", "window.qaDocuments"
"""The objects that page.js and documents.js make; everything that events call hangs there."""

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of every event: no spinner over what is shown, no way in but the page."""
