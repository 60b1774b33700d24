"""Tables as tables: columns come and go, cells are merged, and what people typed stands where the facts left it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pipeline.revise import Revision, open_paper
from pipeline.word import CELL, ROW, TEXT, Element, cells, make, paragraphs, qn, seen
from tests.revise import resolve
from tests.revise.papers import Para, Tab, paper
from tests.revise.spots import redraft, typed

START = Para("background/areas", "The plan has three areas of work in hand.")
SEVEN = Para("background/areas", "The plan has four areas of work in hand.")
LAST = Para("background/end", "The board meets again when spring is near.")
EDITED = "The board meets again when spring is very near."
HEAD = ("Update", "Elections", "Finance", "Property")
ROWS = {"1": ("First", "10%", "20%", "30%"), "2": ("Second", "40%", "50%", "60%"), "3": ("Third", "70%", "80%", "90%")}


def made(head: tuple[str, ...] = HEAD, rows: Mapping[str, tuple[str, ...]] = ROWS, first: Para = START) -> bytes:
    return paper([first, Tab("progress", head, rows), LAST])


def with_column(at: int, name: str = "Housing", given: tuple[str, ...] = ("1%", "2%", "3%")) -> bytes:
    """The new paper, in which the facts have one more column."""
    head = (*HEAD[:at], name, *HEAD[at:])
    rows = {key: (*row[:at], value, *row[at:]) for (key, row), value in zip(ROWS.items(), given, strict=True)}
    return made(head, rows, SEVEN)


def without_column(at: int) -> bytes:
    head = (*HEAD[:at], *HEAD[at + 1 :])
    return made(head, {key: (*row[:at], *row[at + 1 :]) for key, row in ROWS.items()})


def work(content: bytes, *edits: Callable[[Element], None]) -> bytes:
    """The draft in which somebody typed outside of the table, and did this to it."""
    opened = open_paper(content, "the draft")
    typed(EDITED)(next(p for p in paragraphs(opened.body) if seen(p).text == LAST.text))
    for edit in edits:
        edit(next(opened.body.iter(qn("w:tbl"))))
    return opened.content()


def cell_of(table: Element, text: str) -> Element:
    return next(cell for cell in table.iter(CELL) if "".join(leaf.text or "" for leaf in cell.iter(TEXT)) == text)


def typing(old: str, new: str) -> Callable[[Element], None]:
    """Somebody types in a cell."""
    return lambda table: typed(new)(next(cell_of(table, old).iter(qn("w:p"))))


def table_of(content: bytes) -> list[tuple[str, ...]]:
    (table,) = (part for part in resolve.accepted(content) if isinstance(part, tuple))
    return [tuple(" ".join(cell) for cell in row) for row in table]


def again(revision: Revision, fresh: bytes) -> None:
    assert redraft(revision.content, fresh).content == revision.content


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_column_that_comes_is_in_the_table_as_in_the_text(at: int) -> None:
    fresh = with_column(at)
    revision = redraft(work(made()), fresh)
    assert table_of(revision.content) == table_of(fresh)
    assert resolve.flat(resolve.accepted(revision.content))[0] == SEVEN.text
    assert revision.differences == ()
    assert resolve.comments(revision.content) == []
    again(revision, fresh)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_column_that_goes_is_gone(at: int) -> None:
    revision = redraft(work(made()), without_column(at))
    assert table_of(revision.content) == table_of(without_column(at))
    assert revision.differences == ()
    again(revision, without_column(at))


def test_the_table_is_as_sound_as_the_new_papers() -> None:
    revision = redraft(work(made()), with_column(2))
    body = open_paper(revision.content, "x").body
    assert len(next(body.iter(qn("w:tblGrid")))) == 5
    assert {len(list(cells(row))) for row in body.iter(ROW)} == {5}


def test_what_was_typed_in_other_columns_stands_in_them() -> None:
    revision = redraft(work(made(), typing("50%", "50% (to be confirmed)")), with_column(2))
    assert table_of(revision.content)[2] == ("Second", "40%", "2%", "50% (to be confirmed)", "60%")
    assert table_of(revision.content)[1] == ("First", "10%", "1%", "20%", "30%")
    assert revision.differences == ()
    again(revision, with_column(2))


def test_a_figure_that_moves_with_it_is_a_difference_where_somebody_typed_over_it() -> None:
    fresh = made(
        (*HEAD, "Housing"),
        {**{key: (*row, "1%") for key, row in ROWS.items()}, "2": ("Second", "40%", "55%", "60%", "1%")},
    )
    revision = redraft(work(made(), typing("50%", "51%")), fresh)
    assert table_of(revision.content)[2] == ("Second", "40%", "51%", "60%", "1%")
    assert [each.reason for each in revision.differences] == ["same place"]


def test_a_row_that_was_deleted_stays_out() -> None:
    def delete(table: Element) -> None:
        table.remove(next(cell_of(table, "Second").iterancestors(ROW)))

    revision = redraft(work(made(), delete), with_column(2))
    assert [row[0] for row in table_of(revision.content)] == ["Update", "First", "Third"]
    assert {len(row) for row in table_of(revision.content)} == {5}
    again(revision, with_column(2))


def test_an_own_row_keeps_its_words_and_is_blank_in_the_new_column() -> None:
    def add(table: Element) -> None:
        row = next(cell_of(table, "Second").iterancestors(ROW))
        twin = make("w:tr")
        for text in ("Ours", "a", "b", "c"):
            cell = make("w:tc")
            cell.append(make("w:p"))
            cell[0].append(make("w:r"))
            cell[0][0].append(make("w:t"))
            cell[0][0][0].text = text
            twin.append(cell)
        row.addnext(twin)

    revision = redraft(work(made(), add), with_column(2))
    assert table_of(revision.content)[3] == ("Ours", "a", "", "b", "c")
    again(revision, with_column(2))


def test_where_somebody_typed_in_a_column_that_goes_a_person_is_asked_and_no_word_is_lost() -> None:
    revision = redraft(work(made(), typing("50%", "51%")), without_column(2))
    assert "51%" in table_of(revision.content)[2]
    assert "columns" in {each.reason for each in revision.differences}


def merged(table: Element) -> None:
    """Somebody merges two cells of the second row, as Word does: both texts stand in one, which spans two columns."""
    one, other = cell_of(table, "40%"), cell_of(table, "50%")
    for paragraph in list(other.iter(qn("w:p"))):
        one.append(paragraph)
    width = next(one.iter(qn("w:tcW")))
    width.addnext(make("w:gridSpan", val=2))
    other.getparent().remove(other)  # type: ignore[union-attr]


def test_merged_cells_freeze_these_cells_and_no_others() -> None:
    rows = {key: (row[0], f"9{row[1]}", row[2], f"9{row[3]}") for key, row in ROWS.items()}
    revision = redraft(work(made(), merged), made(HEAD, rows))
    there = table_of(revision.content)
    assert there[1::2] == [rows["1"], rows["3"]]
    assert there[2] == ("Second", "40% 50%", "960%")
    (difference,) = revision.differences
    assert (difference.reason, difference.words) == ("columns", ("Second", "40%\n50%", "60%"))
    assert difference.facts == ("Second", "940%\n50%", "960%")
    again(revision, made(HEAD, rows))


def test_merged_cells_whose_facts_stay_are_nothing_to_ask_about() -> None:
    rows = {**ROWS, "1": ("First", "10%", "20%", "35%"), "2": ("Second", "40%", "50%", "65%")}
    revision = redraft(work(made(), merged), made(HEAD, rows))
    assert table_of(revision.content)[1:3] == [rows["1"], ("Second", "40% 50%", "65%")]
    assert revision.differences == ()
    again(revision, made(HEAD, rows))


def test_merged_cells_in_which_somebody_typed_the_new_value_say_what_the_facts_say() -> None:
    rows = {**ROWS, "2": ("Second", "45%", "50%", "60%")}
    asked = redraft(work(made(), merged), made(HEAD, rows))
    assert len(asked.differences) == 1
    opened = open_paper(asked.content, "x")
    typed("45%")(next(p for p in opened.body.iter(qn("w:p")) if seen(p).text == "40%"))
    settled = redraft(opened.content(), made(HEAD, rows))
    assert settled.differences == ()


def own_column(at: int) -> Callable[[Element], None]:
    """Somebody puts in a column of their own."""

    def edit(table: Element) -> None:
        for number, row in enumerate(table.iter(ROW)):
            there = list(cells(row))
            own = make("w:tc")
            own.append(make("w:p"))
            own[0].append(make("w:r"))
            own[0][0].append(make("w:t"))
            own[0][0][0].text = f"Ours {number}" if number else "Officer"
            there[at].addprevious(own) if at < len(there) else there[-1].addnext(own)
        grid = next(table.iter(qn("w:tblGrid")))
        grid.append(make("w:gridCol", w=900))

    return edit


@pytest.mark.parametrize("at", [1, 4])
def test_an_officers_own_column_keeps_its_place_and_the_rows_are_brought_up_to_date(at: int) -> None:
    rows = {"1": ROWS["1"], "2": ("Second", "45%", "50%", "60%"), "4": ("Fourth", "1%", "2%", "3%")}
    revision = redraft(work(made(), own_column(at)), made(HEAD, rows))

    def wide(row: tuple[str, ...], own: str) -> tuple[str, ...]:
        return (*row[:at], own, *row[at:])

    own = ("Officer", "Ours 1", "Ours 2", "")
    expected = [wide(row, told) for row, told in zip((HEAD, *rows.values()), own, strict=True)]
    kept = wide(ROWS["3"], "Ours 3")
    assert [row for row in table_of(revision.content) if row != kept] == expected
    assert [each.reason for each in revision.differences] == ["no longer"] * (kept in table_of(revision.content))
    again(revision, made(HEAD, rows))


def test_a_column_that_somebody_took_out_leaves_the_rows_to_them() -> None:
    def edit(table: Element) -> None:
        for row in table.iter(ROW):
            cell = list(cells(row))[2]
            row.remove(cell)

    rows = {**ROWS, "2": ("Second", "45%", "50%", "60%")}
    revision = redraft(work(made(), edit), made(HEAD, rows))
    assert table_of(revision.content)[2] == ("Second", "40%", "60%")
    assert [each.reason for each in revision.differences] == ["columns"]


def test_a_row_that_the_facts_let_go_is_asked_about_as_ever_where_a_column_was_taken_out() -> None:
    def edit(table: Element) -> None:
        for row in table.iter(ROW):
            row.remove(list(cells(row))[2])

    revision = redraft(work(made(), edit), made(HEAD, {key: ROWS[key] for key in ("1", "3")}))
    assert [each.reason for each in revision.differences] == ["no longer"]
