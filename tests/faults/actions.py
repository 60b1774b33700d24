"""Faults between the tracker's cells: rows that contradict themselves, each other, or the figures submitted."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import TRACKER, actions, calendar, progress
from tests.office import Office, day

fault = list_of(__name__)


@fault
def complete_without_a_date(desk: Office) -> None:
    actions(desk, E7="Complete")


@fault
def a_date_but_not_complete(desk: Office) -> None:
    actions(desk, G7=day("2017-01-10"))


@fault
def completed_after_the_facts(desk: Office) -> None:
    actions(desk, E7="Complete", G7=day("2017-02-10"))


@fault
def overdue(desk: Office) -> None:
    actions(desk, D7=day("2016-11-30"))


@fault
def no_deadline(desk: Office) -> None:
    actions(desk, D7=None)


@fault
def a_review_that_has_passed(desk: Office) -> None:
    actions(desk, K5="Review date", K10=day("2016-12-01"))


@fault
def due_after_the_final_update(desk: Office) -> None:
    actions(desk, D14=day("2017-06-30"))


@fault
def an_area_spelt_in_two_ways(desk: Office) -> None:
    actions(desk, B11="Grant")


@fault
def an_area_misspelt_in_the_figures(desk: Office) -> None:
    progress(desk, B6="Comunications")


@fault
def an_area_misspelt_in_the_figures_and_used_more_often_elsewhere(desk: Office) -> None:
    progress(desk, B7="Proprety")


@fault
def an_area_in_capitals(desk: Office) -> None:
    actions(desk, B11="GRANTS")


@fault
def an_area_without_figures(desk: Office) -> None:
    desk.add(TRACKER, "Actions", ["BV-300", "Housing", "Do a thing", day("2017-03-31"), "In progress", "Green", None,
                                  "Head of Housing", "Yes"])  # fmt: skip


@fault
def all_complete_and_one_still_open(desk: Office) -> None:
    actions(desk, I11="Yes")


@fault
def more_complete_than_there_are(desk: Office) -> None:
    progress(desk, E6=34)


@fault
def a_percentage_that_the_counts_do_not_give(desk: Office) -> None:
    progress(desk, F7=0.9)


@fault
def a_hundred_per_cent_typed(desk: Office) -> None:
    progress(desk, F7=1)


@fault
def more_open_than_the_figures_leave(desk: Office) -> None:
    progress(desk, D7=37)


@fault
def fewer_open_than_the_figures_leave(desk: Office) -> None:
    progress(desk, E7=30)


@fault
def figures_of_an_unknown_update(desk: Office) -> None:
    desk.add(TRACKER, "Progress", [7, "Grants", "Grants", 34, 34, 1])


@fault
def an_area_twice_in_one_update(desk: Office) -> None:
    desk.add(TRACKER, "Progress", [3, "Grants", "Grants", 34, 34, 1])


@fault
def an_update_without_figures(desk: Office) -> None:
    calendar(desk, "Updates", C5=day("2017-01-10"))


@fault
def an_action_for_nobody_twice_named(desk: Office) -> None:
    actions(desk, H9="Corporate property")


@fault
def the_position_of_long_ago(desk: Office) -> None:
    actions(desk, B3=day("2016-06-01"))


@fault
def the_position_of_a_day_to_come(desk: Office) -> None:
    actions(desk, B3=day("2017-02-01"))


@fault
def the_position_in_words(desk: Office) -> None:
    actions(desk, B3="last week")


@fault
def a_word_that_is_true_today_only(desk: Office) -> None:
    actions(desk, C7="Communication Strategy, currently with the Mayor")
