"""The command line: `python -m qa COMMAND`, and how its results are printed.

`app` collects the commands of `commands`; `render` makes every line that a person reads at the
shell; `doctor` checks the installation. It decides nothing: that is done below.
"""
