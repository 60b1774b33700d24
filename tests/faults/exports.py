"""Faults of a log that another system exports as text (.csv)."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import export_of, text_export
from tests.office import Office

fault = list_of(__name__)


@fault
def saved_as_windows_text(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("Commissioners'", "Commissioners’"), "cp1252")


@fault
def in_no_known_encoding(desk: Office) -> None:
    text_export(desk, export_of(desk).encode() + b"\x81\x8d\x8f\x90\r\n")


@fault
def a_row_with_too_many_values(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("COR-036,", "COR-036,extra,"))


@fault
def a_row_with_too_few_values(desk: Office) -> None:
    text_export(desk, export_of(desk) + "COR-060,05/01/2017,In\r\n")


@fault
def a_quotation_never_closed(desk: Office) -> None:
    text_export(desk, export_of(desk) + 'COR-060,05/01/2017,In,"Mayor,Secretary\r\n')


@fault
def nothing_in_it(desk: Office) -> None:
    text_export(desk, "")


@fault
def no_headings(desk: Office) -> None:
    text_export(desk, "".join(export_of(desk).splitlines(keepends=True)[1:]))


@fault
def american_dates(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("15/12/2016", "12/15/2016"))


@fault
def a_date_that_there_is_not(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("15/12/2016", "31/11/2016"))


@fault
def a_workbook_under_the_name_of_an_export(desk: Office) -> None:
    content = (desk.inputs / "tracker.xlsx").read_bytes()
    text_export(desk, content)


@fault
def a_web_page(desk: Office) -> None:
    text_export(desk, "<html><body>Session expired. Please log in.</body></html>")


@fault
def bytes_of_nothing_inside(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("Mayor", "May\0or"))


@fault
def a_misspelt_heading(desk: Office) -> None:
    text_export(desk, export_of(desk).replace("Direction,", "Driection,"))


@fault
def an_exempt_letter_that_says_yes(desk: Office) -> None:
    text_export(desk, export_of(desk) + "COR-060,05/01/2017,In,Mayor,Board,Letter,Pay,3,,,secret,,,Yes\r\n")
