"""Results → lines for the shell and JSON. Pure; `qa.cli.shell` prints them."""
