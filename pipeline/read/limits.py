"""How much a file may hold: far beyond any council's tracker, short of what would stop an officer's computer."""

from __future__ import annotations

FILE_BYTES = 100 * 1024 * 1024
"""A file on disk."""

PART_BYTES = 300 * 1024 * 1024
"""One part of a workbook, unpacked."""

ALL_BYTES = 400 * 1024 * 1024
"""All the parts that are read of one file, unpacked, together."""

PARTS = 20_000
"""Entries in one packed file."""

CELLS = 2_000_000
"""Cells with content in all the sheets that are read."""

CHARACTERS = 200_000_000
"""Characters of text in all cells, a text shared by many cells counted for each of them."""

STRINGS = 1_000_000
"""Different texts in a workbook."""

MERGES = 200_000
"""Merged ranges on one sheet."""

DEPTH = 200
"""Elements inside one another in a part."""

CELL_TEXT = 100_000
"""Characters of one cell; Excel itself holds 32,767."""

EXCEL_TEXT = 32_767
"""The most that one cell of Excel holds: a text of exactly this length was probably cut off."""

FINDINGS = 10_000
"""Things in one Word comment that somebody must look at."""
