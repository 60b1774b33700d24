"""Accessibility of tables: a header row that repeats, plain rows and columns, no empty cells, words for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.problems import Problem, error, warning
from pipeline.word.contrast import sets_apart
from pipeline.word.story import Story, words_in
from pipeline.word.styles import first_child, is_set
from pipeline.word.xml import TABLE, VAL, Element, cells, qn, rows

_SEEN = tuple(map(qn, ("w:drawing", "w:pict", "w:object")))


def table_problems(story: Story) -> Iterator[Problem]:
    """What is wrong with the tables of the main text (P506-P510, P529)."""
    for table in story.root.iter(TABLE):
        grid = [(row, list(cells(row))) for row in rows(table)]
        if grid:
            yield from header_problems(story, table, grid[0][0])
            yield from shape_problems(story, table, [held for _, held in grid])
            yield from empty_cells(story, grid)
            yield from splitting(story, table, [row for row, _ in grid])
            yield from undescribed(story, table)


def header_problems(story: Story, table: Element, first: Element) -> Iterator[Problem]:
    """The row of headings, which screen readers speak with each cell and Word repeats on each page (WCAG 1.3.1)."""
    if not is_set(first, "w:trPr", "w:tblHeader"):
        cure = "Select the row, choose Layout, Repeat Header Rows."
        yield error("P506", story.place(table), "The table’s first row is not marked as its headings.", cure)
    if not sets_apart(table, "firstRow"):
        cure = "Tick Header Row under Table Design."
        yield warning("P506", story.place(table), "The table’s design does not set its first row apart.", cure)


def shape_problems(story: Story, table: Element, grid: Sequence[Sequence[Element]]) -> Iterator[Problem]:
    """Merged or uneven cells, tables inside tables, and tables that only lay out text."""
    merged = next(table.iter(qn("w:vMerge"), qn("w:hMerge")), None)
    wide = next((cell for row in grid for cell in row if is_wide(cell)), None)
    spot = merged if merged is not None else wide
    if spot is not None or len({len(row) for row in grid}) > 1:
        cure = "Split the cells, and repeat the words in each row they hold for."
        yield error(
            "P507", story.place(table if spot is None else spot), "The table has merged or missing cells.", cure
        )
    inner = next(table.iterfind(f".//{TABLE}"), None)
    if inner is not None:
        told = "A table stands inside a cell of another."
        yield error("P507", story.place(inner), told, "Make it a table of its own.")
    if len(grid) == 1 or max(map(len, grid)) == 1:
        yield warning("P529", story.place(table), "The table has a single row or column.", "Turn it into text.")


def is_wide(cell: Element) -> bool:
    """Does a cell take more than one column?"""
    span = first_child(cell, qn("w:tcPr"), qn("w:gridSpan"))
    return span is not None and span.get(VAL, "1") != "1"


def empty_cells(story: Story, grid: Sequence[tuple[Element, Sequence[Element]]]) -> Iterator[Problem]:
    """Cells with nothing in them: a heading (error), other cells (warning); one problem a row."""
    for count, (row, held) in enumerate(grid):
        texts = [words_in(cell).strip() for cell in held]
        empty = [n for n, cell in enumerate(held) if not texts[n] and next(cell.iter(*_SEEN), None) is None]
        if any("{%" in text for text in texts):
            continue  # a row of a template that only says what to repeat: it is not in the paper
        if empty and count == 0:
            yield error(
                "P508", story.place(row), f"Column {listed(empty)} of the table has no heading.", "Give it one."
            )
        elif empty:
            cure = "Say what is meant: “None”, “Not known” or “Not applicable”."
            yield warning("P508", story.place(row), f"The cell in column {listed(empty)} is empty.", cure)


def listed(numbers: Sequence[int]) -> str:
    """Places counted from 0 as people count: `2`, `2 and 3`, `1, 2 and 3`."""
    told = [str(each + 1) for each in numbers]
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


def splitting(story: Story, table: Element, found: Sequence[Element]) -> Iterator[Problem]:
    """Rows that a page break may cut in two; one problem a table."""
    loose = [row for row in found if not is_set(row, "w:trPr", "w:cantSplit")]
    if loose:
        cure = "Untick “Allow row to break across pages” under Layout, Properties, Row."
        yield warning(
            "P510", story.place(table), f"{len(loose)} of its {len(found)} rows may break across pages.", cure
        )


def undescribed(story: Story, table: Element) -> Iterator[Problem]:
    """Words that say what the table is, for those who cannot glance at it."""
    held = [first_child(table, qn("w:tblPr"), qn(name)) for name in ("w:tblCaption", "w:tblDescription")]
    if not any(each is not None and each.get(VAL, "").strip() for each in held):
        cure = "Give it one under Layout, Properties, Alt Text."
        yield warning("P509", story.place(table), "The table has no title or description.", cure)
