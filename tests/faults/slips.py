"""Slips that can be read, and would print what nobody meant: the faults that no error cell shows."""

from __future__ import annotations

import shutil
from typing import Any

from tests.faults.letters import letter
from tests.faults.listing import list_of
from tests.faults.planting import LOG, TRACKER, actions, calendar, log, progress, sheet
from tests.office import Office, day

fault = list_of(__name__)
MAYORS = "COR-041 Mayor 2016-12-15.pdf"


@fault
def a_letter_in_american_order(desk: Office) -> None:
    log(desk, B4="12/02/2016")


@fault
def a_letter_of_the_wrong_year(desk: Office) -> None:
    log(desk, B4=day("2015-12-02"))


@fault
def sender_and_recipient_changed_round(desk: Office) -> None:
    log(desk, D4="Mayor", E4="Secretary of State")


@fault
def a_kind_misspelt(desk: Office) -> None:
    log(desk, F2="Coverng letter")


@fault
def a_kind_misspelt_that_no_setting_names(desk: Office) -> None:
    shutil.copyfile(desk.inputs / "appendices" / MAYORS, desk.inputs / "appendices" / "COR-050.pdf")
    letter(desk, kind="Respnse", reply_to="COR-041", title="Reply", file="COR-050.pdf")


@fault
def a_letter_without_its_update(desk: Office) -> None:
    log(desk, H4=None)


@fault
def an_answer_expected_on_no_day(desk: Office) -> None:
    log(desk, J5="30/02/2017")


@fault
def an_answer_expected_by_no_day(desk: Office) -> None:
    log(desk, J5="by 31/04/2017")


@fault
def key_points_with_numbers(desk: Office) -> None:
    log(desk, K4="1. returning decisions on grants\n2. ending the Direction")


@fault
def a_key_point_with_a_full_stop(desk: Office) -> None:
    log(desk, K4="returning decisions on grants\nending the Direction.")


@fault
def a_purpose_with_a_full_stop(desk: Office) -> None:
    calendar(desk, "Workshops", C2="what each service must do.")


@fault
def an_appendix_whose_title_was_lost(desk: Office) -> None:
    log(desk, L4=None)


@fault
def a_letter_logged_twice(desk: Office) -> None:
    letter(
        desk,
        date=day("2016-12-02"),
        kind="Minded to letter",
        subject="First answer on the third update",
    )


@fault
def one_file_for_two_letters(desk: Office) -> None:
    log(desk, M4=MAYORS)


@fault
def no_column_for_exempt_letters(desk: Office) -> None:
    sheet(desk, LOG, "Log", lambda page: page.delete_cols(14))


@fault
def the_heading_of_exempt_letters_lost(desk: Office) -> None:
    log(desk, N1=None, N3="3")


@fault
def the_heading_of_exempt_letters_in_other_words(desk: Office) -> None:
    log(desk, N1="Not for publication", N3="Yes")


@fault
def no_letters_left(desk: Office) -> None:
    desk.clear(LOG, "Log", 2)


@fault
def no_actions_left(desk: Office) -> None:
    desk.clear(TRACKER, "Actions", 6)


@fault
def no_figures_left(desk: Office) -> None:
    desk.clear(TRACKER, "Progress", 4)


@fault
def an_action_in_two_rows(desk: Office) -> None:
    same = ["BV-132", "Communications", "Communication Strategy & Action Plan", day("2017-01-31"), "In progress"]
    desk.add(TRACKER, "Actions", [*same, "Amber", None, "Head of Communications", "No"])


@fault
def something_to_fill_in_among_the_activities(desk: Office) -> None:
    actions(desk, C7="Strategy for XX")


@fault
def a_field_among_the_activities(desk: Office) -> None:
    actions(desk, C7="Strategy for {{ board }}")


@fault
def a_day_in_place_of_an_activity(desk: Office) -> None:
    actions(desk, C7=day("2017-01-31"))


@fault
def a_reference_that_became_a_date(desk: Office) -> None:
    actions(desk, A7=day("2017-01-12"))


@fault
def an_item_number_that_became_a_date(desk: Office) -> None:
    calendar(desk, "Meetings", F3=day("2017-01-05"))


@fault
def true_in_place_of_words(desk: Office) -> None:
    actions(desk, C7=True)


@fault
def two_headings_changed_round(desk: Office) -> None:
    actions(desk, D5="Status", E5="Deadline")


@fault
def a_heading_misspelt_that_may_be_left_out(desk: Office) -> None:
    actions(desk, I5="In pln?")


@fault
def no_area_below_merged_cells(desk: Office) -> None:
    actions(desk, B11=None)


@fault
def a_second_table_below(desk: Office) -> None:
    rows: list[list[Any]] = [
        ["Ref", "Area of Focus", "Activities", "Deadline", "Status"],
        ["BV-001", "Grants", "An old action", day("2017-03-10"), "Withdrawn"],
    ]
    desk.add(TRACKER, "Actions", [], *rows)


@fault
def no_position(desk: Office) -> None:
    actions(desk, A3=None, B3=None)


@fault
def the_position_left_blank(desk: Office) -> None:
    actions(desk, B3=None)


@fault
def an_area_without_actions(desk: Office) -> None:
    progress(desk, D6=0, E6=0, F6=None)


@fault
def two_areas_under_one_heading(desk: Office) -> None:
    progress(desk, C6="Property")


@fault
def a_meeting_without_its_body(desk: Office) -> None:
    calendar(desk, "Meetings", A3=None)


@fault
def a_meeting_on_the_wrong_weekday(desk: Office) -> None:
    calendar(desk, "Meetings", C3="Tuesday 23 January 2017")


@fault
def an_update_due_in_a_month(desk: Office) -> None:
    calendar(desk, "Updates", B5="March 2017")
