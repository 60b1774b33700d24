"""Faults of file names that stand in a cell: names that leave the folder, lead nowhere, or fit no disk."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import log
from tests.office import Office

fault = list_of(__name__)
SOUND = "COR-038 Secretary of State 2016-12-02.pdf"


def named(name: str, file: str) -> None:
    """Lists an appendix whose file has this name in the log."""

    def plant(desk: Office) -> None:
        log(desk, M4=file)

    plant.__name__ = name
    fault(plant)


named("one_folder_up", "../COR-038.pdf")
named("many_folders_up", "../../../../../../etc/passwd")
named("from_the_root", "/etc/passwd")
named("on_a_drive", "C:\\Users\\Jane\\letter.pdf")
named("on_a_drive_without_a_stroke", "C:letter.pdf")
named("on_a_share", "\\\\server\\share\\letter.pdf")
named("in_a_folder_below", "letters/COR-038.pdf")
named("with_windows_strokes_up", "..\\COR-038.pdf")
named("a_link", "file:///C:/letter.pdf")
named("a_web_address", "https://example.org/letter.pdf")
named("of_a_home_folder", "~/letter.pdf")
named("a_device", "CON.pdf")
named("a_stream_of_a_file", "letter.pdf:hidden")
named("a_dot", ".")
named("two_dots", "..")
named("ending_in_a_dot", "letter.pdf.")
named("with_a_question_mark", "letter?.pdf")
named("too_long", "a" * 300 + ".pdf")
named("with_a_control_character", "letter\x1f.pdf".replace("\x1f", "_x001F_"))
named("in_other_capitals", SOUND.upper())
named("with_another_dash", SOUND.replace("2016-12-02", "2016–12–02"))
named("without_its_ending", SOUND.removesuffix(".pdf"))
named("with_two_blanks", SOUND.replace(" of ", "  of "))
named("of_nothing_there", "scan0001.pdf")
named("of_a_word_file", "letter.docx")


@fault
def a_link_out_of_the_folder(desk: Office) -> None:
    path = desk.inputs / "appendices" / SOUND
    outside = desk.folder / "payroll.pdf"
    path.rename(outside)
    path.symlink_to(outside)


@fault
def a_folder_of_that_name(desk: Office) -> None:
    path = desk.inputs / "appendices" / SOUND
    path.unlink()
    path.mkdir()


@fault
def no_folder_of_appendices(desk: Office) -> None:
    import shutil

    shutil.rmtree(desk.inputs / "appendices")


@fault
def comment_under_another_name(desk: Office) -> None:
    (desk.inputs / "comments" / "finance.docx").rename(desk.inputs / "comments" / "finance comments v2.docx")


@fault
def comment_with_a_trailing_copy_mark(desk: Office) -> None:
    (desk.inputs / "comments" / "finance.docx").rename(desk.inputs / "comments" / "finance (1).docx")


@fault
def comment_saved_in_the_old_format(desk: Office) -> None:
    (desk.inputs / "comments" / "finance.docx").rename(desk.inputs / "comments" / "finance.doc")
