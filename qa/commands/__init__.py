"""One file for each group of commands; `qa/cli.py` puts them together."""
