"""Faults of the wording sheet: fields, filters, lists, conditions, and how a sentence reads."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import calendar, log, sentence, settings, wording, wording_of
from tests.office import Office, with_workbook

fault = list_of(__name__)


def says(name: str, text: str, /, **more: str) -> None:
    """Lists a sentence added to the sheet."""

    def plant(desk: Office) -> None:
        sentence(desk, text, **more)

    plant.__name__ = name
    fault(plant)


says("a_brace_left_out", "The update is due on {{ next_update.due | day }.")
says("a_brace_never_closed", "The update is due on {{ next_update.due | day.")
says("a_brace_never_opened", "The update is due on next_update.due }}.")
says("single_braces", "The update is due on { next_update.due }.")
says("an_unknown_name", "The update is due on {{ nxt_update.due | day }}.")
says("an_unknown_field", "The update is due on {{ next_update.dew | day }}.")
says("an_unknown_filter", "The update is due on {{ next_update.due | dya }}.")
says("a_filter_of_the_wrong_kind", "The update is due on {{ next_update.number | day }}.")
says("a_filter_lacks_its_words", "There {{ action_open | plural }} open.")
says("each_without_its_field", "They were held on {{ workshop_held | each | day | listed }}.")
says("each_of_an_unknown_field", "They were held on {{ workshop_held | each('dat') | day | listed }}.")
says("a_list_printed_as_it_is", "The workshops are {{ workshop_held }}.")
says("a_pattern_of_an_unknown_field", "They are {{ workstream_live | fill('the [nam]') | listed }}.")
says("curly_quotes_in_a_field", "They were held on {{ workshop_held | each(‘date’) | day | listed }}.")
says("an_item_outside_its_loop", "The letter came on {{ letter.date | day }}.")
says("nobody_in_some_months", "The last update went on {{ last_update.submitted | day }}.")
says("an_if_without_its_else", "The update is {{ 'late' if next_update.due }}.")
says("a_step_of_a_program", "{% for letter in letter_received %}{{ letter.ref }}{% endfor %}.")
says("a_remark_in_braces", "The Board met.{# look again #}")
says("something_unsafe", "{{ ''.__class__.__mro__[1].__subclasses__() }}.")
says("something_unsafe_by_a_filter", "{{ board | attr('__class__') }}.")
says("a_call", "{{ board.upper() }}.")
says("an_unknown_list", "The letter came.", each="letter recieved")
says("a_condition_on_an_unknown_list", "The Board waits.", when="no reply awaitd")
says("a_condition_that_cannot_be_read", "The Board waits.", when="if there is a reply")
says("a_condition_with_or", "The Board waits.", when="action open or action overdue")
says("a_section_that_the_paper_has_not", "The Board met.", section="Backgroud")
says("joins_neither_yes_nor_no", "The Board met.", joins="perhaps")
says("a_table_of_an_unknown_list", "Table: action opne")
says("a_table_for_each", "Table: action open", each="letter received")
says("a_table_without_a_design", "Table: direction")
says("a_date_typed", "The Board met on 17 October 2016.")
says("a_percentage_typed", "Of the actions 97% are complete.")
says("true_on_one_day_only", "The Council is currently waiting.")
says("two_blanks", "The Board  met.")
says("no_full_stop", "The Board met the Mayor and the Commissioners to talk")
says("a_word_twice", "The Board met the the Mayor.")
says("background_papers_elsewhere", "{{ letter.kind }}.", each="background paper")
says("a_field_of_nothing", "The Board met {{ }}.")
says("an_unfinished_filter", "The update is due on {{ next_update.due | }}.")
says("a_name_used_twice", "The Board met.", name="purpose")


@fault
def no_wording_sheet(desk: Office) -> None:
    with_workbook(wording_of(desk), "Wording", lambda page: setattr(page, "title", "Sentences"))


@fault
def no_wording_file(desk: Office) -> None:
    wording_of(desk).unlink()


@fault
def no_rows(desk: Office) -> None:
    with_workbook(wording_of(desk), "Wording", lambda page: page.delete_rows(2, 99))


@fault
def a_heading_missing(desk: Office) -> None:
    wording(desk, F1="Text")


@fault
def no_section(desk: Office) -> None:
    wording(desk, B5=None)


@fault
def no_wording(desk: Office) -> None:
    wording(desk, F5=None)


@fault
def the_first_of_a_section_joins(desk: Office) -> None:
    wording(desk, C12="Yes")


@fault
def a_sentence_struck_through(desk: Office) -> None:
    from openpyxl.styles import Font

    def strike(page: object) -> None:
        for cell in page[5]:  # type: ignore[index]
            cell.font = Font(strike=True)

    with_workbook(wording_of(desk), "Wording", strike)


@fault
def a_list_of_an_unknown_list(desk: Office) -> None:
    settings(desk, 'from = "covering letter"', 'from = "covring letter"')


@fault
def a_list_made_of_itself(desk: Office) -> None:
    settings(desk, 'from = "first response"\nwhere = "reply"', 'from = "first response answered"')


@fault
def a_list_by_an_unknown_field(desk: Office) -> None:
    settings(desk, "where = \"answered == 'no'", "where = \"answerd == 'no'")


@fault
def a_sentence_that_prints_a_blank_cell(desk: Office) -> None:
    log(desk, F4=None)
    wording(desk, F6="Note the {{ letter.sender }}'s {{ letter.kind | lower_start }}.")


@fault
def a_sentence_that_needs_a_blank_cell(desk: Office) -> None:
    calendar(desk, "Updates", B5=None)
    wording(desk, F3="The next update is due on {{ update.due | day }}.")


@fault
def a_sentence_that_makes_any_letter_an_appendix(desk: Office) -> None:
    log(desk, L4=None)
    wording(desk, F6="Note the {{ letter.sender }}'s letter ({{ letter.appendix }}).")


@fault
def a_sentence_about_an_answer_that_is_exempt(desk: Office) -> None:
    log(desk, N5="3", L5=None, M5=None)
    wording(desk, D7="first response", F7="Note the answer of {{ letter.reply.date | day }}.")


@fault
def a_sentence_about_what_there_is_not_this_month(desk: Office) -> None:
    wording(desk, F2="The Board has the letter of {{ reply_received | each('date') | first | day }}.")
