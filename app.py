"""Serves the page: `python app.py`. The same as `python -m qa serve`; see `qa/web/server.py`."""

import sys

from qa.web.server import launch, main

__all__ = ["launch", "main"]

if __name__ == "__main__":
    sys.exit(main())
