"""Faults of sheets and headings: renamed, hidden, doubled, merged, moved."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Font

from tests.faults.listing import list_of
from tests.faults.planting import LOG, TRACKER, actions, calendar, log, progress, sheet
from tests.office import Office

fault = list_of(__name__)


def on_actions(desk: Office, change: Any) -> None:
    sheet(desk, TRACKER, "Actions", change)


@fault
def renamed(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page, "title", "Action"))


@fault
def renamed_beyond_recognition(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page, "title", "Sheet1"))


@fault
def hidden(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page, "sheet_state", "hidden"))


@fault
def hidden_past_excels_own_menu(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page, "sheet_state", "veryHidden"))


@fault
def a_heading_deleted(desk: Office) -> None:
    actions(desk, E5=None)


@fault
def a_heading_misspelt(desk: Office) -> None:
    actions(desk, E5="Staus")


@fault
def a_heading_renamed(desk: Office) -> None:
    actions(desk, D5="Target")


@fault
def a_heading_twice(desk: Office) -> None:
    actions(desk, J5="Status")


@fault
def two_headings_for_one_thing(desk: Office) -> None:
    actions(desk, J5="Due date")


@fault
def the_row_of_headings_deleted(desk: Office) -> None:
    sheet(desk, LOG, "Log", lambda page: page.delete_rows(1))


@fault
def headings_too_far_down(desk: Office) -> None:
    def push(page: Any) -> None:
        page.insert_rows(1, 25)
        for row in range(1, 26):
            page.cell(row, 1, f"Note {row} on how the log is kept")

    sheet(desk, LOG, "Log", push)


@fault
def nothing_on_the_sheet(desk: Office) -> None:
    sheet(desk, LOG, "Log", lambda page: page.delete_rows(1, 50))


@fault
def cells_merged_in_a_column_that_is_not_the_area(desk: Office) -> None:
    on_actions(desk, lambda page: page.merge_cells("D8:D9"))


@fault
def cells_merged_across_columns(desk: Office) -> None:
    on_actions(desk, lambda page: page.merge_cells("C8:D8"))


@fault
def a_hidden_row(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page.row_dimensions[9], "hidden", True))


@fault
def rows_hidden_by_a_filter(desk: Office) -> None:
    def filtered(page: Any) -> None:
        page.auto_filter.ref = "A5:J14"
        page.auto_filter.add_filter_column(4, ["In progress"])
        page.row_dimensions[12].hidden = True

    on_actions(desk, filtered)


@fault
def a_row_struck_through(desk: Office) -> None:
    def strike(page: Any) -> None:
        for cell in page[11]:
            cell.font = Font(strike=True)

    on_actions(desk, strike)


@fault
def words_that_a_format_hides(desk: Office) -> None:
    def hide(page: Any) -> None:
        page["C9"].value, page["C9"].number_format = "Wait for the tender", ";;;"

    on_actions(desk, hide)


@fault
def a_date_that_a_format_hides(desk: Office) -> None:
    def hide(page: Any) -> None:
        page["D7"].value, page["D7"].number_format = 42766, ";;@"

    on_actions(desk, hide)


@fault
def a_hidden_column(desk: Office) -> None:
    on_actions(desk, lambda page: setattr(page.column_dimensions["D"], "hidden", True))


@fault
def a_value_beside_the_table(desk: Office) -> None:
    actions(desk, L8="chase this")


@fault
def a_total_below_the_table(desk: Office) -> None:
    progress(desk, C10="Total", D10=205, E10=198)


@fault
def no_area_after_a_blank_row(desk: Office) -> None:
    desk.add(TRACKER, "Actions", [], ["BV-300", None, "Do a thing", "March 2017", "In progress"])


@fault
def a_comment_of_the_officers_below_the_table(desk: Office) -> None:
    calendar(desk, "Meetings", A8="Dates for 2018 are still to be agreed")


@fault
def the_log_has_no_letters_but_says_so(desk: Office) -> None:
    desk.clear(LOG, "Log", 2)
    log(desk, A2="None")
