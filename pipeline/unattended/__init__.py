"""Runs over many papers: what is due, one attempt at a time or many at once, taken up again, and told in a log."""
