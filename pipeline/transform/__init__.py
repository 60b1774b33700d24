"""Stage 2: records become the context of a paper. Pure: no files, no Excel, no Word, no clock."""
