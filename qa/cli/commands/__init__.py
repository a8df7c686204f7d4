"""One file for each group of commands; `qa/cli/app.py` puts them together."""
