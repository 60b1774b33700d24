"""Small ways in which officers break the files of the sample: each is what somebody does on an ordinary day."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
from docx.enum.text import WD_COLOR_INDEX
from openpyxl.styles import Font

from tests.faults.planting import (
    LOG,
    TRACKER,
    actions,
    calendar,
    comment,
    log,
    paragraph,
    progress,
    sentence,
    sheet,
    template_of,
    wording,
    wording_of,
)
from tests.office import Office, day

Break = Callable[[Office], None]
BREAKAGES: dict[str, Break] = {}


def sound(desk: Office) -> Office:
    """Its percentages typed: what is saved here is saved without Excel, and a formula keeps no result."""
    progress(desk, F4=1, F5=1, F6=32 / 33, F7=36 / 39, F8=40 / 43, F9=1)
    return desk


def breakage(plant: Break) -> Break:
    """Lists it, under its name in words."""
    BREAKAGES[plant.__name__.replace("_", " ")] = plant
    return plant


@breakage
def a_status_misspelt_down_the_column(desk: Office) -> None:
    actions(desk, E6="In progess", E7="In progess", E8="In progess", E10="In progess")


@breakage
def one_area_misspelt(desk: Office) -> None:
    actions(desk, B8="Propery")


@breakage
def the_same_area_misspelt_among_the_figures(desk: Office) -> None:
    progress(desk, B7="Propery")


@breakage
def deadlines_as_somebody_in_america_types_them(desk: Office) -> None:
    actions(desk, D6="1/31/2017", D7="2/3/2017", D8="31.01.17")


@breakage
def a_formula_that_lost_its_cell(desk: Office) -> None:
    progress(desk, D6="#REF!", F6="#REF!")


@breakage
def a_row_copied_and_its_reference_left(desk: Office) -> None:
    actions(desk, A9="BV-140")


@breakage
def a_reference_deleted_by_mistake(desk: Office) -> None:
    actions(desk, A9=None)


@breakage
def done_and_no_day_given(desk: Office) -> None:
    actions(desk, E7="Complete", E11="Done")


@breakage
def completed_next_year(desk: Office) -> None:
    actions(desk, G12=day("2071-11-25"))


@breakage
def the_position_left_from_last_month(desk: Office) -> None:
    actions(desk, B3="as last time")


@breakage
def a_heading_in_other_words(desk: Office) -> None:
    actions(desk, B5="Service", D5="Target")


@breakage
def a_sheet_renamed(desk: Office) -> None:
    sheet(desk, TRACKER, "Actions", lambda page: setattr(page, "title", "Actions JS"))


@breakage
def a_percentage_without_its_sign(desk: Office) -> None:
    progress(desk, F6=97, F7=92)


@breakage
def more_complete_than_there_are(desk: Office) -> None:
    progress(desk, D7=36, E7=39)


@breakage
def a_row_crossed_out_and_not_deleted(desk: Office) -> None:
    sheet(desk, TRACKER, "Actions", lambda page: [setattr(page[f"{c}8"], "font", Font(strike=True)) for c in "ABCDE"])


@breakage
def two_headings_changed_round(desk: Office) -> None:
    actions(desk, D5="Status", E5="Deadline")


@breakage
def something_still_to_be_confirmed(desk: Office) -> None:
    actions(desk, C7="Communication Strategy [TBC]", C8="Action Plan for XX")


@breakage
def an_answer_to_a_letter_that_is_not_there(desk: Office) -> None:
    log(desk, I5="COR-083")


@breakage
def an_answer_older_than_its_letter(desk: Office) -> None:
    log(desk, B5=day("2016-11-15"))


@breakage
def a_direction_in_ones_own_words(desk: Office) -> None:
    log(desk, C4="Incoming", C5="Outgoing")


@breakage
def an_appendix_under_another_name(desk: Office) -> None:
    log(desk, M4="COR-038.pdf")


@breakage
def key_points_as_a_list_of_sentences(desk: Office) -> None:
    log(desk, K4="1. Decisions on grants return.\n2. The Direction on procurement ends.")


@breakage
def exempt_and_not_said_why(desk: Office) -> None:
    log(desk, N4="Yes")


@breakage
def a_letter_from_nobody(desk: Office) -> None:
    log(desk, D4=None, E4=None)


@breakage
def the_wrong_weekday(desk: Office) -> None:
    calendar(desk, "Meetings", C3="Tuesday 23 January 2017")


@breakage
def the_meeting_deleted(desk: Office) -> None:
    sheet(desk, "calendar.xlsx", "Meetings", lambda page: page.delete_rows(3))


@breakage
def a_workshop_on_no_day(desk: Office) -> None:
    calendar(desk, "Workshops", A2="30/02/2017", A3="next week")


@breakage
def two_final_updates(desk: Office) -> None:
    calendar(desk, "Updates", D4="Yes")


@breakage
def a_comment_sent_as_doc(desk: Office) -> None:
    folder = desk.inputs / "comments"
    (folder / "finance.docx").rename(folder / "finance.doc")


@breakage
def a_comment_under_another_name(desk: Office) -> None:
    folder = desk.inputs / "comments"
    (folder / "finance.docx").rename(folder / "Finance comments FINAL.docx")


@breakage
def a_comment_still_being_written(desk: Office) -> None:
    added = '<w:ins w:author="A"><w:r><w:t> More is to come.</w:t></w:r></w:ins>'
    yellow = '<w:highlight w:val="yellow"/>'
    comment(desk, paragraph("The cost is £XX,XXX.", look=yellow) + paragraph("It is within budget.", inside=added))


@breakage
def a_name_misspelt_in_the_wording(desk: Office) -> None:
    sentence(desk, "The paper is for {{ bord }}, of {{ meting.date | day }}.")


@breakage
def one_brace_too_few(desk: Office) -> None:
    sentence(desk, "The paper is for { board }, of {{ meeting.date | day }.")


@breakage
def a_condition_misspelt(desk: Office) -> None:
    sentence(desk, "Some are open.", when="action opn")


@breakage
def a_sentence_typed_in_a_hurry(desk: Office) -> None:
    sentence(desk, "The the Board is asked to to note  this ..")


@breakage
def a_table_of_a_list_that_there_is_not(desk: Office) -> None:
    book = openpyxl.load_workbook(wording_of(desk))
    assert book["Wording"]["F14"].value == "Table: progress"
    wording(desk, F14="Table: progres")


@breakage
def quick_figures_typed_into_the_wording(desk: Office) -> None:
    sentence(desk, "As reported in January 2017, 5 of the 39 actions were late.")


def in_word(desk: Office, change: Callable[[docx.document.Document], None]) -> None:
    """The template opened in Word, changed and saved."""
    opened = docx.Document(str(template_of(desk)))
    change(opened)
    out = io.BytesIO()
    opened.save(out)
    template_of(desk).write_bytes(out.getvalue())


@breakage
def a_field_of_the_template_misspelt(desk: Office) -> None:
    in_word(desk, lambda word: word.add_paragraph("For {{ bord }} and {{ titel }}"))


@breakage
def a_loop_never_closed(desk: Office) -> None:
    in_word(desk, lambda word: word.add_paragraph("{%p for action in action_open %}"))


@breakage
def a_remark_left_in_the_template(desk: Office) -> None:
    def remark(word: docx.document.Document) -> None:
        word.add_paragraph().add_run("JS to check").font.highlight_color = WD_COLOR_INDEX.YELLOW

    in_word(desk, remark)


@breakage
def everything_at_once(desk: Office) -> None:
    for name in (
        "one area misspelt",
        "an appendix under another name",
        "a comment sent as doc",
        "a condition misspelt",
    ):
        BREAKAGES[name](desk)
    sheet(desk, LOG, "Log", lambda page: setattr(page["D5"], "value", "Mayr"))
