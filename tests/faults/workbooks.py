"""Faults of whole files: what stands in a workbook's place, and who has it open."""

from __future__ import annotations

from tests.documents import packed, parts_of
from tests.faults.listing import list_of
from tests.faults.planting import LOG, TRACKER, old_office, part, zip_of
from tests.office import Office
from tests.read.making import workbook_parts

fault = list_of(__name__)


def put(desk: Office, content: bytes, file: str = TRACKER) -> None:
    (desk.inputs / file).write_bytes(content)


@fault
def not_there(desk: Office) -> None:
    (desk.inputs / LOG).unlink()


@fault
def saved_under_another_name(desk: Office) -> None:
    (desk.inputs / LOG).rename(desk.inputs / "correspondance.xlsx")


@fault
def a_folder_in_its_place(desk: Office) -> None:
    (desk.inputs / TRACKER).unlink()
    (desk.inputs / TRACKER).mkdir()


@fault
def nothing_in_it(desk: Office) -> None:
    put(desk, b"")


@fault
def only_a_name_from_the_cloud(desk: Office) -> None:
    put(desk, b"\0" * 4096)


@fault
def cut_short(desk: Office) -> None:
    put(desk, (desk.inputs / TRACKER).read_bytes()[:3000])


@fault
def a_byte_turned(desk: Office) -> None:
    content = bytearray((desk.inputs / TRACKER).read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 400
    content[at] ^= 0xFF
    put(desk, bytes(content))


@fault
def with_a_password(desk: Office) -> None:
    put(desk, old_office("EncryptedPackage"))


@fault
def an_old_workbook(desk: Office) -> None:
    put(desk, old_office("Workbook"))


@fault
def an_old_workbook_with_its_own_name(desk: Office) -> None:
    (desk.inputs / TRACKER).unlink()
    put(desk, old_office("Workbook"), "tracker.xls")


@fault
def a_binary_workbook(desk: Office) -> None:
    put(desk, zip_of({"[Content_Types].xml": "ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin": b"\0"}))


@fault
def a_spreadsheet_of_libreoffice(desk: Office) -> None:
    put(desk, zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}))


@fault
def a_web_page(desk: Office) -> None:
    put(desk, b"<html><body><table><tr><td>Ref</td></tr></table></body></html>")


@fault
def a_workbook_of_2003(desk: Office) -> None:
    put(desk, b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')


@fault
def a_word_file(desk: Office) -> None:
    put(desk, (desk.inputs / "comments" / "finance.docx").read_bytes())


@fault
def a_pdf(desk: Office) -> None:
    put(desk, b"%PDF-1.7\n%%EOF\n")


@fault
def a_packed_folder(desk: Office) -> None:
    put(desk, zip_of({"notes.txt": "Here are the files."}))


@fault
def plain_text_under_the_name_of_a_workbook(desk: Office) -> None:
    put(desk, b"Please see the shared drive for the tracker.\n")


@fault
def a_picture(desk: Office) -> None:
    put(desk, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


@fault
def a_workbook_without_its_sheets(desk: Office) -> None:
    content = parts_of((desk.inputs / TRACKER).read_bytes())
    put(desk, packed({name: each for name, each in content.items() if "worksheets/sheet" not in name}))


@fault
def declarations_of_its_own(desk: Office) -> None:
    part(desk.inputs / TRACKER, "xl/workbook.xml", "<workbook", '<!DOCTYPE w [<!ENTITY a "b">]><workbook')


@fault
def only_a_chart(desk: Office) -> None:
    book = workbook_parts("")
    book["xl/_rels/workbook.xml.rels"] = str(book["xl/_rels/workbook.xml.rels"]).replace("/worksheet", "/chartsheet")
    put(desk, packed(book))


@fault
def open_in_excel(desk: Office) -> None:
    name = "Jane Smith"
    owner = bytes([len(name)]) + name.encode().ljust(54) + bytes([len(name), 0]) + name.encode("utf-16-le").ljust(108)
    (desk.inputs / f"~${TRACKER}").write_bytes(owner)


@fault
def open_in_libreoffice(desk: Office) -> None:
    (desk.inputs / f".~lock.{TRACKER}#").write_text(",jsmith,PC12,23.11.2026 09:00,file:///home;", encoding="utf-8")


@fault
def the_name_of_an_owner_file_in_the_settings(desk: Office) -> None:
    from tests.faults.planting import settings

    settings(desk, 'file = "tracker.xlsx"', 'file = "~$tracker.xlsx"')
    (desk.inputs / "~$tracker.xlsx").write_bytes(b"\x04Jane")


@fault
def more_than_may_be_in_a_file(desk: Office) -> None:
    with (desk.inputs / TRACKER).open("r+b") as file:
        file.truncate(101 * 1024 * 1024)


@fault
def no_folder_of_inputs(desk: Office) -> None:
    import shutil

    shutil.rmtree(desk.inputs)
