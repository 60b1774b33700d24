"""Faults of single cells: dates, numbers, percentages, words from a list, errors, characters."""

from __future__ import annotations

from typing import Any

from tests.faults.listing import list_of
from tests.faults.planting import TRACKER, actions, calendar, log, part, progress, sheet, spelt
from tests.office import Office, day

fault = list_of(__name__)


def deadline(name: str, value: Any) -> None:
    """Lists a deadline that cannot be taken as it stands."""

    def plant(desk: Office) -> None:
        actions(desk, D7=value)

    plant.__name__ = f"deadline_{name}"
    fault(plant)


deadline("that_there_is_not", "31/02/2017")
deadline("american", "01/31/2017")
deadline("without_a_year", "31 January")
deadline("month_without_a_year", "January")
deadline("misspelt", "31 Janury 2017")
deadline("as_soon_as_possible", "asap")
deadline("a_word_nearly_known", "On-gong")
deadline("two_dates", "31/01/2017 or 28/02/2017")
deadline("a_quarter", "Q1 2017")
deadline("with_a_question_mark", "31/01/2017?")
deadline("on_another_weekday", "Monday 31 January 2017")
deadline("a_plain_number", 20170131)
deadline("a_hundred_years_off", day("1917-01-31"))
deadline("two_hundred_years_on", "31/01/2217")
deadline("with_a_time", "31/01/2017 17:30")
deadline("thirteen_months", "13.13.2017")
deadline("the_letter_o", "31/O1/2017")
deadline("iso_backwards", "2017-31-01")
deadline("year_of_two_digits_and_words", "31st Jan '17")
deadline("a_bare_year", "2017")
deadline("yes", True)


@fault
def a_day_number_under_a_plain_format(desk: Office) -> None:
    def plain(page: Any) -> None:
        page["D7"].value, page["D7"].number_format = 42766, "General"

    sheet(desk, TRACKER, "Actions", plain)


@fault
def a_month_where_a_day_is_needed(desk: Office) -> None:
    actions(desk, G12="November 2016")


@fault
def a_word_where_a_day_is_needed(desk: Office) -> None:
    calendar(desk, "Workshops", A3="TBC")


@fault
def a_letter_without_a_date(desk: Office) -> None:
    log(desk, B4=None)


@fault
def a_letter_of_the_thirtieth_of_february(desk: Office) -> None:
    log(desk, B4="30 February 2017")


@fault
def an_american_meeting(desk: Office) -> None:
    calendar(desk, "Meetings", C4="02/27/2017")


@fault
def a_status_misspelt(desk: Office) -> None:
    actions(desk, E7="Inprogress")


@fault
def a_status_of_ones_own(desk: Office) -> None:
    actions(desk, E7="Stuck")


@fault
def a_status_in_other_words(desk: Office) -> None:
    actions(desk, E7="Done")


@fault
def no_status(desk: Office) -> None:
    actions(desk, E7=None)


@fault
def no_reference(desk: Office) -> None:
    actions(desk, A7=None)


@fault
def no_activity(desk: Office) -> None:
    actions(desk, C7=None)


@fault
def a_reference_twice(desk: Office) -> None:
    actions(desk, A8="BV-131")


@fault
def a_reference_twice_but_for_a_blank(desk: Office) -> None:
    actions(desk, A8="bv-131 ")


@fault
def a_letters_reference_twice(desk: Office) -> None:
    log(desk, A3="COR-031")


@fault
def a_direction_that_is_neither(desk: Office) -> None:
    log(desk, C4="Incoming")


@fault
def neither_yes_nor_no(desk: Office) -> None:
    actions(desk, I7="maybe")


@fault
def final_with_a_question_mark(desk: Office) -> None:
    calendar(desk, "Updates", D5="?")


@fault
def a_count_in_words(desk: Office) -> None:
    progress(desk, E6="thirty-two")


@fault
def a_count_as_text(desk: Office) -> None:
    progress(desk, E6="32")


@fault
def a_count_that_is_no_whole_number(desk: Office) -> None:
    progress(desk, E6=32.5)


@fault
def a_count_below_nothing(desk: Office) -> None:
    progress(desk, E6=-1)


@fault
def a_count_about(desk: Office) -> None:
    progress(desk, E6="c. 32")


@fault
def a_percentage_typed_into_a_percent_cell(desk: Office) -> None:
    progress(desk, F7=92)


@fault
def a_percentage_by_another_unit(desk: Office) -> None:
    def general(page: Any) -> None:
        page["F7"].value, page["F7"].number_format = 1, "General"

    sheet(desk, TRACKER, "Progress", general)


@fault
def a_percentage_of_more_than_all(desk: Office) -> None:
    progress(desk, F7="150%")


@fault
def a_percentage_below_nothing(desk: Office) -> None:
    progress(desk, F7="-5%")


@fault
def a_percentage_in_words(desk: Office) -> None:
    progress(desk, F7="nearly all")


@fault
def an_update_that_is_no_number(desk: Office) -> None:
    log(desk, H4="third")


def shows(error: str) -> None:
    """Lists a status cell that shows an error of Excel's."""

    def plant(desk: Office) -> None:
        actions(desk, E7=error)

    plant.__name__ = "shows_" + "".join(each if each.isalnum() else "_" for each in error.casefold()).strip("_")
    fault(plant)


for each in ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
    shows(each)


@fault
def shows_an_error_of_newer_excels(desk: Office) -> None:
    actions(desk, E7="#REF!")
    part(desk.inputs / TRACKER, "xl/worksheets/sheet1.xml", "#REF!", "#SPILL!")


@fault
def a_formula_never_worked_out(desk: Office) -> None:
    actions(desk, D7="=DATE(2017,1,31)")


@fault
def an_area_by_a_formula_never_worked_out(desk: Office) -> None:
    actions(desk, B7="=B8")


@fault
def characters_that_cannot_be_printed(desk: Office) -> None:
    actions(desk, C7="Plan")
    spelt(desk, ">Plan<", ">Plan<", ">Communication_x0007_ Plan<")


@fault
def marks_of_direction(desk: Office) -> None:
    actions(desk, C7="Plan \u202efdp.exe")


@fault
def codes_that_are_no_characters(desk: Office) -> None:
    actions(desk, C7="Plan\ufdd0 of action")


@fault
def half_of_a_character(desk: Office) -> None:
    actions(desk, C7="Plan")
    spelt(desk, ">Plan<", ">Plan<", ">Plan _xD83D_ of action<")


@fault
def as_much_text_as_excel_holds(desk: Office) -> None:
    actions(desk, J7="word " * 6553 + "wo")


@fault
def more_text_than_excel_holds(desk: Office) -> None:
    actions(desk, C7="Plan")
    spelt(desk, ">Plan<", ">Plan<", f">{'word ' * 21_000}<")


@fault
def not_available_in_words(desk: Office) -> None:
    actions(desk, D7="N/A")
