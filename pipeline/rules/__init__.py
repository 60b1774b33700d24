"""Rules: what may be wrong with a paper and the files that it is made from, and how a person is told of it."""
