"""What keeps a reader from a paper: Microsoft's accessibility rules, GOV.UK's guidance for documents, WCAG 2.2.

Each rule is a condition on the file, numbered P501 to P529; the Public Sector Bodies (Websites and Mobile Applications)
Accessibility Regulations 2018 ask for them of whatever a council publishes. What no program can tell: whether headings
and descriptions of pictures say the right thing, and plain English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.catalogue import problem
from pipeline.problems import Place, Problem
from pipeline.word.accessibility_text import text_problems
from pipeline.word.contrast import sets_apart
from pipeline.word.file import WordFile
from pipeline.word.story import Story, seen, shortened
from pipeline.word.styles import first_child, is_set
from pipeline.word.xml import DRAWING, TABLE, VAL, Element, cells, qn, rows

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(r"\.do[ct]x?$|^(document ?\d*|word document|title|untitled)$|\{\{|\{%|&\w+;", re.IGNORECASE)
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)$|^(image|picture|logo|graphic)\W*\d*$", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"(click )?here|(read )?more|link|this (page|link)|(https?://|www\.)\S+", re.IGNORECASE)
_ONLY_PUBLISHED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:commentReference", "w:commentRangeStart")
_OFF = ("0", "false", "off")
_PICTURES = tuple(map(qn, ("w:drawing", "w:pict", "w:object")))


def accessibility_problems(file: WordFile, *, language: str = "en-GB", published: bool) -> list[Problem]:
    """Everything in the main text that a reader with assistive technology would stumble over (P501 to P529).

    With `published`, comments and tracked changes left in are errors; a draft is made for them. Empty where the main
    text cannot be read: the structure check says so.
    """
    if file.tree(file.main) is None:
        return []
    story = file.text
    problems = [*title_problems(file), *language_problems(story, language)]
    for rule in (text_problems, table_problems, picture_problems, link_problems, note_problems):
        problems += rule(story)
    return [*problems, *protection(file), *(unfinished(story) if published else ())]


def title_problems(file: WordFile) -> Iterator[Problem]:
    """The title among the file's properties, which screen readers speak first (WCAG 2.4.2)."""
    root = file.tree("docProps/core.xml")
    title = "" if root is None else root.findtext(_TITLE, "").strip()
    if not title:
        yield problem("P501", Place(file.name))
    elif _NO_TITLE.search(title):
        yield problem("P501", Place(file.name), "named", title=title)


def language_problems(story: Story, wanted: str) -> Iterator[Problem]:
    """The language that a screen reader pronounces the words in (WCAG 3.1.1); one problem for each other language."""
    default = story.styles.defaults.get((qn("w:rPr"), "lang"))
    language = default.value if default else ""
    if language != wanted:
        yield problem("P502", Place(story.file), "whole" if language else "", language=language, wanted=wanted)
    others: dict[str, Element] = {}
    styled = () if story.styles.root is None else story.styles.root.iterfind(f"{qn('w:style')}//{qn('w:lang')}")
    for marked in (*story.root.iter(qn("w:lang")), *styled):
        others.setdefault(marked.get(VAL) or wanted, marked)
    for other in sorted(set(others) - {wanted}):
        yield problem("P502", story.place(others[other]), "some", language=other)


def undescribed_pictures(story: Story) -> Iterator[Problem]:
    """P514: pictures without words for those who cannot see them (WCAG 1.1.1), each with the paragraph it stands in."""
    for picture in story.root.iter(f"{DRAWING}docPr"):
        words = (picture.get("descr") or "").strip()
        decorative = next(picture.iter(_DECORATIVE), None)
        is_shown = decorative is None or decorative.get("val") in _OFF
        if is_shown and (not words or _FILE_NAME.search(words)):
            place, name = story.place_in_words(picture), picture.get("name", "")
            yield problem("P514", place, "only" if words else "", name=name, words=words)


def picture_problems(story: Story) -> Iterator[Problem]:
    """Pictures without words for those who cannot see them, and whatever floats over the text."""
    yield from undescribed_pictures(story)
    floating = next(story.root.iter(f"{DRAWING}anchor", qn("w:txbxContent"), qn("w:framePr")), None)
    if floating is not None:
        yield problem("P520", story.place(floating))


def link_problems(story: Story) -> Iterator[Problem]:
    """Links whose words do not say where they lead (WCAG 2.4.4)."""
    for link in story.root.iter(qn("w:hyperlink")):
        words = " ".join(seen(link).text.split()).strip(".")
        if _EMPTY_LINK.fullmatch(words):
            yield problem("P515", story.place(link), words=shortened(words))


def note_problems(story: Story) -> Iterator[Problem]:
    """Footnotes, which break up what is read aloud, and controls without a name; one problem of each kind."""
    if (note := next(story.root.iter(qn("w:footnoteReference"), qn("w:endnoteReference")), None)) is not None:
        yield problem("P523", story.place(note))
    for control in story.root.iter(qn("w:sdt")):
        held = {child.tag for child in control.iterfind(f"{qn('w:sdtPr')}/*")}
        if held.isdisjoint((qn("w:alias"), qn("w:docPartObj"))):
            yield problem("P524", story.place(control))


def protection(file: WordFile) -> Iterator[Problem]:
    """A locked document, which assistive technology may not be able to read."""
    settings = file.tree("word/settings.xml")
    locked = None if settings is None else settings.find(qn("w:documentProtection"))
    if locked is not None and locked.get(qn("w:enforcement")) not in _OFF:
        yield problem("P522", Place(file.name))


def unfinished(story: Story) -> Iterator[Problem]:
    """Comments and tracked changes in a paper that is to be published."""
    if (left := next(story.root.iter(*map(qn, _ONLY_PUBLISHED)), None)) is not None:
        yield problem("P525", story.place(left))


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
        texts = ["".join(paragraph.text for paragraph in story.in_cell(cell)).strip() for cell in held]
        empty = [str(number) for number, cell in enumerate(held, 1) if not texts[number - 1] and not _pictured(cell)]
        if empty and "{%" not in "".join(texts):  # a row of a template that is not in the paper
            yield problem("P508", story.place(row), "cell" if count else "", columns=empty)


def _pictured(cell: Element) -> bool:
    return next(cell.iter(*_PICTURES), None) is not None


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
