"""Faults of the calendar: meetings, workshops, updates, Directions, closed days."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import CALENDAR, calendar
from tests.office import Office, day

fault = list_of(__name__)
BOARD = ["Best Value Programme Board", "Best Value Board"]


@fault
def no_meeting_on_that_day(desk: Office) -> None:
    calendar(desk, "Meetings", C3=day("2017-01-24"))


@fault
def a_meeting_of_next_year(desk: Office) -> None:
    calendar(desk, "Meetings", C4=day("2018-02-27"))


@fault
def a_workshop_of_next_year(desk: Office) -> None:
    calendar(desk, "Workshops", A2=day("2017-12-06"))


@fault
def two_meetings_on_one_day(desk: Office) -> None:
    desk.add(CALENDAR, "Meetings", [*BOARD, day("2017-01-23")])


@fault
def a_meeting_on_a_sunday(desk: Office) -> None:
    calendar(desk, "Meetings", C4=day("2017-02-26"))


@fault
def a_meeting_on_a_bank_holiday(desk: Office) -> None:
    calendar(desk, "Meetings", C5=day("2017-04-17"))


@fault
def a_meeting_on_a_closed_day(desk: Office) -> None:
    desk.add(CALENDAR, "Closed days", [day("2017-01-23"), "Election count"])


@fault
def a_body_with_two_short_names(desk: Office) -> None:
    calendar(desk, "Meetings", B4="BV Board")


@fault
def two_workshops_on_one_day(desk: Office) -> None:
    desk.add(CALENDAR, "Workshops", [day("2017-01-17"), "the Commissioners", "the outstanding actions"])


@fault
def updates_out_of_order(desk: Office) -> None:
    calendar(desk, "Updates", C4=day("2016-02-01"))


@fault
def an_update_number_left_out(desk: Office) -> None:
    calendar(desk, "Updates", A5=5)


@fault
def an_update_number_twice(desk: Office) -> None:
    calendar(desk, "Updates", A5=3)


@fault
def an_update_not_sent_in_time(desk: Office) -> None:
    calendar(desk, "Updates", B5=day("2016-12-17"))


@fault
def submitted_after_the_facts(desk: Office) -> None:
    calendar(desk, "Updates", C5=day("2017-03-01"))


@fault
def final_and_followed_by_another(desk: Office) -> None:
    calendar(desk, "Updates", D4="Yes")


@fault
def a_direction_twice(desk: Office) -> None:
    desk.add(CALENDAR, "Directions", [day("2015-04-29"), "again"])


@fault
def a_direction_without_its_day(desk: Office) -> None:
    calendar(desk, "Directions", A3="April 2015")


@fault
def a_closed_day_that_there_is_not(desk: Office) -> None:
    desk.add(CALENDAR, "Closed days", ["29/02/2017", "Training"])


@fault
def no_meetings_at_all(desk: Office) -> None:
    desk.clear(CALENDAR, "Meetings", 2)


@fault
def a_workstream_that_may_be_live(desk: Office) -> None:
    calendar(desk, "Workstreams", C2="perhaps")


@fault
def a_position_that_is_true_today_only(desk: Office) -> None:
    calendar(desk, "Workstreams", B2="currently under way")


@fault
def the_sheet_of_closed_days_taken_out(desk: Office) -> None:
    import openpyxl

    path = desk.inputs / CALENDAR
    book = openpyxl.load_workbook(path)
    del book["Closed days"]
    book.save(path)
