"""Serves the page: `python app.py`. The same as `python -m qa serve`; see `qa/page/server.py`."""

import sys

from qa.page.server import main

if __name__ == "__main__":
    sys.exit(main())
