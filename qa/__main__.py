"""`python -m qa`: the command line, see `qa/cli.py`."""

from qa.cli import main

if __name__ == "__main__":
    main()
