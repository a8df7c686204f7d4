"""`python -m qa`: the command line, see `qa/cli/app.py`."""

from qa.cli.app import main

if __name__ == "__main__":
    main()
