"""Where a table's headings stand, and which column each of them names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pipeline.kinds import Field
from pipeline.nearest import ASKED, nearest
from pipeline.patterns import Pattern
from pipeline.problems import Problem, error
from pipeline.read.table import Headings, heading_key, one_line
from pipeline.sheets import Cell, Sheet, address
from pipeline.text import excerpt, match_key

SEARCHED_ROWS = 20
ALIKE = 0.7
"""How like a heading another must be to be meant for it: in short ones half of the letters are alike by chance."""
_ASIDE = Pattern(r"\([^()]*\)|[£€$] ?(?:['’]?000s?|k|m|bn)?(?![^\W_])")


def find_headings(sheet: Sheet, columns: Sequence[Field]) -> tuple[Headings, tuple[Problem, ...]]:
    """The row, among the first 20 that hold anything, that names most of `columns`: at least two, or the only one that
    there is or that must be there. And what is wrong: I203 none found, I204 a required column missing, I205 two columns
    with one heading.
    """
    names = _names(columns)
    best, texts, found = _best_row(sheet, names)
    if not best or len(found) < _least(columns):
        return Headings(0, {}, {}, 0, {}), (_none_found(sheet, columns),)
    if grouped := _under_groups(sheet, best, {column for group in found.values() for column in group}):
        texts = {**texts, **grouped}
        found = {**_match(grouped, names), **found}
    taken = {column for group in found.values() for column in group}
    others = {column: text for column, text in texts.items() if column not in taken}
    problems = (*_doubled(sheet, found, texts, best), *_missing(sheet, columns, found, others, best))
    fields = {field: group[0] for field, group in found.items()}
    return Headings(best, fields, _by_text(others), _first_row(sheet, best), texts), problems


def _least(columns: Sequence[Field]) -> int:
    """How many of the columns must be named by a row of headings."""
    return 1 if sum(column.required for column in columns) == 1 else min(2, len(columns))


def _best_row(sheet: Sheet, names: Mapping[str, str]) -> tuple[int, dict[int, str], dict[str, list[int]]]:
    """The first of the rows that name most, its texts, and what they name. A row of fewer cells is not looked at."""
    best: tuple[int, dict[int, str], dict[str, list[int]]] = (0, {}, {})
    for row in islice(sheet.rows, SEARCHED_ROWS):
        cells = heading_cells(sheet, row)
        if not best[0] or len(cells) > len(best[2]):
            texts = _texts(cells)
            found = _match(texts, names)
            if not best[0] or len(found) > len(best[2]):
                best = row, texts, found
    return best


def _under_groups(sheet: Sheet, row: int, taken: Collection[int]) -> dict[int, str]:
    """The headings that stand under another, merged across them in the row above, with that before their own: “Deadline
    Revised”. A title over all of the table is none.
    """
    texts, above = heading_texts(sheet, row), heading_texts(sheet, row - 1)
    merges = [merge for merge in sheet.merges if merge.top == merge.bottom == row - 1] if len(above) > 1 else []
    return {
        column: f"{above[merge.left]} {texts[column]}"
        for merge in merges
        for column in range(merge.left, merge.right + 1)
        if merge.left in above and column in texts and column not in taken
    }


def heading_texts(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of one row by column, on one line each; a heading merged from above counts where it reaches down."""
    return _texts(heading_cells(sheet, row))


def headings_told_apart(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of one row by column, those that stand twice with the heading above them: “Inherent Impact”."""
    texts = heading_texts(sheet, row)
    counted = Counter(map(heading_key, texts.values()))
    once = [column for column, text in texts.items() if counted[heading_key(text)] == 1]
    return {**texts, **_under_groups(sheet, row, once)}


def heading_cells(sheet: Sheet, row: int) -> Mapping[int, Cell]:
    """The cells of one row, and those merged from above into it."""
    cells = sheet.rows.get(row, {})
    for merge in sheet.merges:
        if merge.top < row <= merge.bottom and merge.left == merge.right:
            above = sheet.rows.get(merge.top, {}).get(merge.left)
            if above is not None:
                cells = {merge.left: above, **cells}
    return cells


def _texts(cells: Mapping[int, Cell]) -> dict[int, str]:
    texts = ((column, one_line(cell.text)) for column, cell in sorted(cells.items()) if cell.value is not None)
    return {column: text for column, text in texts if text}


def _names(columns: Sequence[Field]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns:
        for key in _heading_keys(column.headings):
            names.setdefault(key, column.name)
    return names


@lru_cache(maxsize=1024)
def _heading_keys(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading_key(heading) for heading in headings)


def _match(texts: Mapping[int, str], names: Mapping[str, str]) -> dict[str, list[int]]:
    """Fields to the columns whose headings name them: as they stand, or else without what they say in brackets or of a
    currency.
    """
    found: dict[str, list[int]] = {}
    aside: dict[int, str] = {}
    for column, text in texts.items():
        if field := names.get(heading_key(text)):
            found.setdefault(field, []).append(column)
        elif _ASIDE.search(text):
            aside[column] = text
    exact = frozenset(found)
    for column, text in aside.items():
        field = names.get(heading_key(_ASIDE.sub(" ", text)))
        if field and field not in exact:
            found.setdefault(field, []).append(column)
    return found


def without_aside(heading: str) -> str:
    """A heading without what it says in brackets or of a currency: “Budget” of “Budget (£000)”."""
    return " ".join(_ASIDE.sub(" ", heading).split()) or heading


def _by_text(others: Mapping[int, str]) -> dict[str, int]:
    """Other headings to their columns; a heading that stands twice is told apart by its column's letters."""
    named: dict[str, int] = {}
    for column, text in others.items():
        letters = address(1, column)[:-1]
        named[text if text not in named else f"{text} ({letters})"] = column
    return named


def _first_row(sheet: Sheet, row: int) -> int:
    return max((merge.bottom for merge in sheet.merges if merge.top <= row <= merge.bottom), default=row) + 1


def _none_found(sheet: Sheet, columns: Sequence[Field]) -> Problem:
    wanted, place = ", ".join(f"“{column.headings[0]}”" for column in columns[:4]), sheet.place()
    if not sheet.rows:
        return error("I203", place, "The sheet is empty.", f"Put headings such as {wanted} in its first row.")
    message = f"No row of headings was found in the first {SEARCHED_ROWS} rows."
    return error("I203", place, message, f"Put the headings ({wanted}…) in one row above the table.")


def _doubled(sheet: Sheet, found: Mapping[str, list[int]], texts: Mapping[int, str], row: int) -> Iterator[Problem]:
    for group in found.values():
        if len(group) > 1:
            message = f"“{excerpt(texts[group[1]])}” names the same column as {address(row, group[0])} does."
            yield error("I205", sheet.place(row, group[1]), message, "Rename or remove one of the two.")


def _missing(
    sheet: Sheet, columns: Sequence[Field], found: Mapping[str, list[int]], others: Mapping[int, str], row: int
) -> Iterator[Problem]:
    for column in columns:
        if column.required and column.name not in found:
            wanted, at = column.headings[0], sheet.place(row, 1)
            meant = (nearest(heading, others.values(), ALIKE, key=match_key) for heading in column.headings)
            near = next(filter(None, meant), None)
            message, cure = f"No heading “{wanted}” in row {row}.", f"Add a column with the heading “{wanted}”."
            if others:
                cure = f"Rename the heading of the column that holds it, or add one. {_listed(others, row)}"
            if near:
                cell = address(row, next(index for index, text in others.items() if text == near))
                message = f"{message} {ASKED.format(near=excerpt(near)).removesuffix('?')} in {cell}?"
                cure = f"Rename the heading in {cell} to “{wanted}”, or list it among the headings in report.toml."
            yield error("I204", at, message, cure)


def _listed(others: Mapping[int, str], row: int) -> str:
    """The first of the headings that name nothing, each with its cell."""
    named = [f"“{excerpt(text)}” in {address(row, column)}" for column, text in islice(others.items(), 3)]
    return f"Headings that name nothing yet: {', '.join(named)}{'…' if len(others) > 3 else '.'}"
