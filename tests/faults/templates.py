"""Faults of a report's Word template, met through `check`. Those of tags are in tests/check/template/faults."""

from __future__ import annotations

from tests.documents import packed, parts_of
from tests.faults.listing import list_of
from tests.faults.planting import old_office, part, settings, template_of
from tests.office import Office

fault = list_of(__name__)
BODY = "word/document.xml"


@fault
def not_there(desk: Office) -> None:
    template_of(desk).unlink()


@fault
def a_text_file(desk: Office) -> None:
    template_of(desk).write_bytes(b"Dear Sir\n")


@fault
def an_old_word_file(desk: Office) -> None:
    template_of(desk).write_bytes(old_office("WordDocument"))


@fault
def with_a_password(desk: Office) -> None:
    template_of(desk).write_bytes(old_office("EncryptedPackage"))


@fault
def cut_short(desk: Office) -> None:
    template_of(desk).write_bytes(template_of(desk).read_bytes()[:4000])


@fault
def no_bytes(desk: Office) -> None:
    template_of(desk).write_bytes(b"")


@fault
def saved_as_a_template_of_words(desk: Office) -> None:
    part(template_of(desk), "[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.template.main")


@fault
def with_macros(desk: Office) -> None:
    parts = parts_of(template_of(desk).read_bytes())
    template_of(desk).write_bytes(packed(parts | {"word/vbaProject.bin": b"\0" * 64}))


@fault
def a_field_misspelt(desk: Office) -> None:
    part(template_of(desk), BODY, "{{ service }}", "{{ servise }}")


@fault
def a_section_misspelt(desk: Office) -> None:
    part(template_of(desk), BODY, "for block in finance", "for block in finanse")


@fault
def a_row_field_misspelt(desk: Office) -> None:
    part(template_of(desk), BODY, "{{ row.area }}", "{{ row.aera }}")


@fault
def a_loop_never_ended(desk: Office) -> None:
    part(template_of(desk), BODY, "{%p endfor %}", "")


@fault
def a_list_misspelt(desk: Office) -> None:
    part(template_of(desk), BODY, "action open", "action opne")


@fault
def a_field_that_the_settings_gave(desk: Office) -> None:
    settings(desk, "service =", "# service =")


@fault
def a_folder_in_its_place(desk: Office) -> None:
    template_of(desk).unlink()
    template_of(desk).mkdir()
