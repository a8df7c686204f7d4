"""Judged questions → figures. The way data flows: sets, set_index, ranking | answers, report."""
