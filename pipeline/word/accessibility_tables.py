"""Accessibility of tables: a header row that repeats, plain rows and columns, no empty cells, words for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.catalogue import problem
from pipeline.problems import Problem
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
        yield problem("P506", story.place(table))
    if not sets_apart(table, "firstRow"):
        yield problem("P506", story.place(table), "design")


def shape_problems(story: Story, table: Element, grid: Sequence[Sequence[Element]]) -> Iterator[Problem]:
    """Merged or uneven cells, tables inside tables, and tables that only lay out text."""
    lengths = set(map(len, grid))
    odd = [*table.iter(qn("w:vMerge"), qn("w:hMerge")), *filter(is_wide, chain.from_iterable(grid))]
    if odd or len(lengths) > 1:
        yield problem("P507", story.place(odd[0] if odd else table))
    inner = table.find(f".//{TABLE}")
    if inner is not None:
        yield problem("P507", story.place(inner), "inner")
    if len(grid) == 1 or max(lengths) == 1:
        yield problem("P529", story.place(table))


def is_wide(cell: Element) -> bool:
    """Does a cell take more than one column?"""
    span = first_child(cell, qn("w:tcPr"), qn("w:gridSpan"))
    return span is not None and span.get(VAL, "1") != "1"


def empty_cells(story: Story, grid: Sequence[tuple[Element, Sequence[Element]]]) -> Iterator[Problem]:
    """Cells with nothing in them: a heading (error), other cells (warning); one problem a row."""
    for count, (row, held) in enumerate(grid):
        texts = [words_in(cell).strip() for cell in held]
        blank = [number for number, text in enumerate(texts) if not text]
        empty = [str(number + 1) for number in blank if next(held[number].iter(*_SEEN), None) is None]
        repeats = any("{%" in text for text in texts)  # a row of a template that is not in the paper
        if empty and not repeats:
            yield problem("P508", story.place(row), "cell" if count else "", columns=empty)


def splitting(story: Story, table: Element, found: Sequence[Element]) -> Iterator[Problem]:
    """Rows that a page break may cut in two; one problem a table."""
    loose = sum(not is_set(row, "w:trPr", "w:cantSplit") for row in found)
    if loose:
        yield problem("P510", story.place(table), loose=loose, rows=len(found))


def undescribed(story: Story, table: Element) -> Iterator[Problem]:
    """Words that say what the table is, for those who cannot glance at it."""
    held = [first_child(table, qn("w:tblPr"), qn(name)) for name in ("w:tblCaption", "w:tblDescription")]
    if not any(each is not None and each.get(VAL, "").strip() for each in held):
        yield problem("P509", story.place(table))
