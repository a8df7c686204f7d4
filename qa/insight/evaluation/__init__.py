"""Judged questions → figures: sets, set_index, then the kinds of evaluation, then files."""
