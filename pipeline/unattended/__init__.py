"""Runs over many reports that nobody watches: what is due, each report on its own, logged, taken up again."""
