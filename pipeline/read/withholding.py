"""Which rows of a sheet may not be public: any mark in any column is enough, and what cannot be decided is withheld."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from pipeline.patterns import Pattern
from pipeline.problems import Level, Place, Problem, error, row_of
from pipeline.read.marks import (
    STEMS,
    UNTOLD,
    Sense,
    carries,
    marks_itself,
    plain_words,
    quotable,
    said,
    sense_of,
)
from pipeline.read.table import Headings, Table, heading_key, one_line
from pipeline.read.values import cell_text
from pipeline.sheets import Cell, Sheet, banner_rows, column_letters, covered, is_blank

OFFICIAL = "“Exempt (Sch 12A para)”"
CURES: Mapping[Sense, str] = {
    Sense.PARAGRAPH: "Type the number of the paragraph of Schedule 12A, or leave the cell blank for an open row.",
    Sense.PRIVATE: f"Give the paragraph of Schedule 12A under {OFFICIAL}, or clear this cell for an open row.",
    Sense.PUBLIC: f"Give the paragraph of Schedule 12A under {OFFICIAL}, or type Yes here for an open row.",
    Sense.EITHER: f"Give the paragraph of Schedule 12A under {OFFICIAL}, or say here that the row is open.",
}
BY_ITSELF = f"Give the paragraph of Schedule 12A under {OFFICIAL}; for an open row type No there."
OPEN = Pattern(r"(?:open|public|part (?:1|i|a))(?: (?:items?|letters?|actions?|rows?|session|part))?")
OF_MARKS = frozenset(("I301", "I602"))
"""Problems that quote nothing but an error of Excel's, or words of marking."""
QUOTED = Pattern(r"“[^“”]*”")
PARAGRAPH_NAMED = Pattern(r"\bpara[a-z]*\.?\s*(\d{1,2})\b", re.IGNORECASE)


class Mark(NamedTuple):
    """That a row may not be public: the cell that says so, the paragraph (`?` for none that can be told), and what is
    to be told of it.
    """

    place: Place
    paragraph: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Body:
    """The rows of a sheet below its headings. `own` are the columns read as fields of the record, which no heading
    makes a mark; `names` are the headings of the column for exempt rows, ready to be compared.
    """

    sheet: Sheet
    headings: Headings
    own: frozenset[int]
    names: frozenset[str]

    @property
    def numbers(self) -> Iterable[int]:
        """The numbers of the rows."""
        return (row for row in self.sheet.rows if row >= self.headings.first_row)

    @cached_property
    def senses(self) -> Mapping[int, Sense]:
        """The columns of marks. What stands above the row of headings may be a part of one."""
        texts = self.headings.texts
        found = {column: self.sense(text) for column, text in texts.items()}
        for column, text in self.above():
            if found.get(column) in (None, Sense.PUBLIC):
                found[column] = self.sense(f"{text} {texts.get(column, '')}") or found.get(column)
        return {column: sense for column, sense in found.items() if sense and column not in self.own}

    def above(self) -> Iterable[tuple[int, str]]:
        """The columns over which something stands above the row of headings, each with the lowest text there."""
        rows = (cells for row, cells in self.sheet.rows.items() if row < self.headings.row)
        return {column: one_line(str(cell.value)) for cells in rows for column, cell in cells.items()}.items()

    def sense(self, heading: str) -> Sense | None:
        """What a heading asks of a row."""
        return Sense.PARAGRAPH if heading_key(heading) in self.names else sense_of(heading)


def withheld_rows(body: Body) -> Mapping[int, Mark]:
    """The rows that may not be public, by Excel's own number, each with what says so."""
    if not body.headings.row:
        return {}
    marks, opened = dict[int, list[Mark]](), set[int]()
    for row, mark in chain.from_iterable(column_marks(body, column, sense) for column, sense in body.senses.items()):
        if mark is None:
            opened.add(row)
        else:
            marks.setdefault(row, []).append(mark)
    for row, mark in chain(marked_by_itself(body).items(), marked_in_notes(body)):
        if row not in opened:
            marks.setdefault(row, []).append(mark)
    return {row: strongest(found) for row, found in marks.items()}


def strongest(marks: Sequence[Mark]) -> Mark:
    """The mark that names a paragraph, of which nothing need be told; else the first."""
    return next((mark._replace(problems=()) for mark in marks if mark.paragraph != UNTOLD), marks[0])


def column_marks(body: Body, column: int, sense: Sense) -> Iterator[tuple[int, Mark | None]]:
    """What a column of marks says of each row that it speaks of; None for a row that it says in so many words is open.

    A merged cell speaks of every row that it covers.
    """
    blank_is_open = sense in (Sense.PARAGRAPH, Sense.PRIVATE)
    for row, at in cells_of(body, column):
        cell = body.sheet.rows.get(at[0], {}).get(at[1])
        if cell is None and blank_is_open:
            continue
        if mark := of_cell(cell, body.sheet.place(*at), sense):
            yield row, mark
        elif not is_blank(cell) and sense is Sense.PARAGRAPH:
            yield row, None


def cells_of(body: Body, column: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every row, with row and column of the cell that stands there in a column, be it merged from elsewhere."""
    merges = [merge for merge in body.sheet.merges if merge.left <= column <= merge.right]
    lefts = {merge.top: merge.left for merge in merges}
    tops = dict(covered(merges, body.numbers))
    return ((row, (tops[row], lefts[tops[row]]) if row in tops else (row, column)) for row in body.numbers)


def of_cell(cell: Cell | None, place: Place, sense: Sense) -> Mark | None:
    """What one cell says of its row; None for an open one."""
    text, _ = found = cell_text(cell)
    if any(problem.level is Level.ERROR for problem in found.problems):
        return Mark(place, UNTOLD, found.at(place))
    paragraph = said(text, sense)
    if paragraph != UNTOLD:
        return Mark(place, paragraph) if paragraph else None
    return Mark(place, UNTOLD, (undecided(f"“{quotable(text)}”" if text else "", place, CURES[sense]),))


def undecided(called: str, place: Place, cure: str) -> Problem:
    """I602: nobody can tell whether the row is exempt, and by which paragraph, of what stands there, if anything."""
    unsaid = f"{called} does not say by which paragraph" if called else "Nothing here says whether"
    return error("I602", place, f"{unsaid} the row is exempt; it was kept out.", cure)


def marked_by_itself(body: Body) -> Mapping[int, Mark]:
    """The rows of which a cell outside the columns of marks says that they are not public, and those below a row which
    says nothing else, be it above the headings, until a banner or a row that says nothing but “open”.
    """
    found, banners = dict[int, Mark](), banner_rows(body.sheet.merges)
    group: Mark | None = None
    for row, columns in speaking_rows(body):
        if columns or group or row in banners:
            mark, group = marks_of_row(body, row, columns, group, banner=row in banners)
            if mark and row >= body.headings.first_row:
                found[row] = mark
    return found


def speaking_rows(body: Body) -> Iterator[tuple[int, Sequence[int]]]:
    """Every row but those of headings, with the columns in which a text may mark it; none where no text of the sheet
    marks anything.
    """
    texts, marks, headings = texts_that_mark(body), body.senses, body.headings
    rows = ((row, cells) for row, cells in body.sheet.rows.items() if not headings.row <= row < headings.first_row)
    for row, cells in rows if texts else ():
        yield row, [column for column, cell in cells.items() if cell.value in texts and column not in marks]


def marks_of_row(
    body: Body, row: int, columns: Iterable[int], group: Mark | None, *, banner: bool
) -> tuple[Mark | None, Mark | None]:
    """The mark of a row by itself or by the `group` that it stands in, and the group that goes on below it."""
    filled = [str(cell.value) for cell in body.sheet.rows[row].values() if not is_blank(cell)]
    alone = len(filled) == 1
    marks = (by_itself(body, row, column, banner=banner or alone) for column in columns)
    own = next(filter(None, marks), None)
    if alone and (own or banner or OPEN.fullmatch(plain_words(filled[0]))):
        group = own
    return own or group, group


def marked_in_notes(body: Body) -> Iterator[tuple[int, Mark]]:
    """The rows on a cell of which a note says that they are not public."""
    for (row, column), text in body.sheet.notes.items():
        line = next(filter(marks_itself, text.splitlines()), "")
        if line and row >= body.headings.first_row:
            yield row, mark_of(line, body.sheet.place(row, column), f"The note “{quotable(line)}”")


def texts_that_mark(body: Body) -> frozenset[object]:
    """The texts of the sheet that may mark their row."""
    texts = {cell.value for cells in body.sheet.rows.values() for cell in cells.values() if cell.kind == "text"}
    joined = "\n".join(map(str, texts)).casefold()
    stems = [(stem, longest) for stem, longest in STEMS.items() if stem in joined]
    return frozenset(
        text
        for text in texts
        if any(len(str(text)) <= longest and stem in str(text).casefold() for stem, longest in stems)
    )


def by_itself(body: Body, row: int, column: int, *, banner: bool) -> Mark | None:
    """The mark that a cell is, if it is one. In a banner “Part 2” is one, and “Closed” is what became of the rows."""
    text, heading = str(body.sheet.rows[row][column].value), body.headings.texts.get(column, "")
    faintly = plain_words(text) != "closed" if banner else column not in body.own and carries(heading)
    if not marks_itself(text, faintly=faintly):
        return None
    return mark_of(text, body.sheet.place(row, column), f"“{quotable(text)}”")


def mark_of(text: str, place: Place, called: str) -> Mark:
    """The mark that a text is, by the paragraph that it names; `called` is how a message speaks of it."""
    paragraph = PARAGRAPH_NAMED.search(text)
    return Mark(place, paragraph[1]) if paragraph else Mark(place, UNTOLD, (undecided(called, place, BY_ITSELF),))


def texts_of(body: Body, row: int) -> Mapping[str, str]:
    """What every filled cell of a row says, by its heading or its column's letters, without the marks."""
    texts = {
        body.headings.texts.get(column, column_letters(column)): cell_text(cell).value
        for column, cell in body.sheet.rows.get(row, {}).items()
        if column not in body.senses
    }
    return {heading: text for heading, text in texts.items() if text}


def doubts(table: Table, marks: Mapping[int, Mark]) -> list[Problem]:
    """What marks of the table's rows leave in doubt, each once, and not where the cell's own fault is told."""
    problems = chain.from_iterable(marks[row.number].problems for row in table.rows if row.number in marks)
    return [problem for problem in dict.fromkeys(problems) if problem not in table.problems]


def masked(problems: Iterable[Problem], rows: Collection[int]) -> tuple[Problem, ...]:
    """The problems of one sheet, those of withheld `rows` without a word of the row: their places say enough."""
    return tuple(
        replace(problem, message=QUOTED.sub("“…”", problem.message))
        if row_of(problem.place) in rows and problem.code not in OF_MARKS
        else problem
        for problem in problems
    )
