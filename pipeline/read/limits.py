"""How much a file may hold: far beyond any council's tracker, short of what would stop an officer's computer."""

from __future__ import annotations

FILE_BYTES = 100 * 1024 * 1024
"""A file on disk."""

CELL_TEXT = 100_000
"""Characters of one cell; Excel itself holds 32,767."""

EXCEL_TEXT = 32_767
"""The most that one cell of Excel holds: a text of exactly this length was probably cut off."""
