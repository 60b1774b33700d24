"""Blank cells that must be filled: one problem a row, which says what else stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.formats import listed
from pipeline.problems import Place, Problem, error
from pipeline.sheets import Cell, Sheet, address
from pipeline.text import excerpt, match_key

TOTALS = frozenset(("total", "totals", "grand total", "overall", "sum"))


def blank_cells(blanks: Sequence[tuple[int, int, str]], needed: int, sheet: Sheet, file: str) -> Iterator[Problem]:
    """I309 for each row with blank cells under headings that must be filled (`blanks`: row, column, heading).

    `needed` is how many such headings the table has. A total or a note below a table is a row like any other to the
    program; a row with little in it, or with a word for a total, is told of as what it may be.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, heading in blanks:
        rows.setdefault(row, []).append((column, heading))
    for row, missing in sorted(rows.items()):
        texts = [excerpt(str(cell.value)) for _, cell in sorted(sheet.rows[row].items()) if in_words(cell)]
        stray = len(missing) * 2 >= needed or any(match_key(text) in TOTALS for text in texts)
        many = len(missing) > 1
        names = listed([f"“{heading}”" for _, heading in missing])
        message = f"The {'cells' if many else 'cell'} under {names} {'are' if many else 'is'} blank."
        if stray and texts:
            message = f"{message} The row has “{texts[0]}”."
        cure = "Fill them in" if many else "Fill it in"
        cure += ", or take the row out of the table if it is a note or a total." if stray else "."
        yield error("I309", Place(file, sheet.name, address(row, missing[0][0])), message, cure)


def in_words(cell: Cell) -> bool:
    """Does the cell hold words?"""
    return cell.kind == "text" and any(letter.isalpha() for letter in str(cell.value))
