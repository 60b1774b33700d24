"""Faults of what has been left in a template, and of other programs' templates and files."""

# ruff: noqa: E501  # the lines are as an officer sees them
from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX

from pipeline.word import read_parts
from tests.check.template.faults.listing import fault
from tests.check.template.faults.making import linked, put, saved, say, sound, with_parts

CONTENT = b'<?xml version="1.0"?><w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
FIELD = '<w:p><w:fldSimple w:instr="{}"><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>'
CONTROL = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{{1}}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{}</w:t>'
    "</w:r></w:p></w:sdtContent></w:sdt>"
)


def foreign(*lines: str) -> bytes:
    """A template that another program would fill: none of our tags in it."""
    paper = sound()
    for element in list(paper.element.body)[:-1]:
        paper.element.body.remove(element)
    paper.core_properties.title = "A letter"
    paper.sections[0].header.paragraphs[0].text = "The council"
    paper.add_paragraph("Letter", style="Heading 1")
    say(paper, *lines)
    return saved(paper)


@fault(
    "error T029  template.docx, under “Finance comments”, at “gone”: There is a tracked change in the template, and deleted text would be filled in and kept. Accept or reject all changes (Review > Accept > Accept All Changes), and save.",
)
def tracked_deletion(paper: Document) -> None:
    put(
        paper,
        '<w:p><w:r><w:t>Kept </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>',
    )


@fault(
    "warning T029  template.docx, under “Finance comments”, at “new”: There is a tracked change in the template. Accept or reject all changes (Review > Accept > Accept All Changes), and save.",
)
def tracked_insertion(paper: Document) -> None:
    put(paper, '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>')


@fault(
    "warning T056  template.docx, under “Finance comments”, at “JS to check {{ title }}”: “JS to check {{ title }}” is highlighted here, and so it is in every paper; none of them can be published so. Settle it, then take the highlight off (Home, Text Highlight Colour, No Colour).",
)
def highlighted_words(paper: Document) -> None:
    line = paper.add_paragraph("Settled. ")
    for words in ("JS to check ", "{{ title }}"):
        line.add_run(words).font.highlight_color = WD_COLOR_INDEX.YELLOW


@fault(
    "warning T030  template.docx, under “Finance comments”, at “The end.”: A comment stands in the margin of the template, and would be in every paper. Delete all comments (Review > Delete > Delete All Comments in Document), and save.",
)
def comment_in_the_margin(paper: Document) -> None:
    paper.add_comment(paper.paragraphs[-1].runs, text="Is this right?", author="A", initials="A")


@fault(
    "warning T043  template.docx, under “Finance comments”, at “Not for the public”: The text “Not for the public” is hidden; nobody sees it in the paper, and everybody can who opens the file. Delete it, or show it (select it, press Ctrl+D, clear “Hidden”).",
)
def hidden_text(paper: Document) -> None:
    paper.add_paragraph().add_run("Not for the public").font.hidden = True


@fault(
    "warning T025  template.docx, under “Finance comments”, at “{{ title }}”: The tag “{{ title }}” is hidden; nobody sees it in the paper, and everybody can who opens the file. Delete it, or show it (select it, press Ctrl+D, clear “Hidden”).",
)
def hidden_tag(paper: Document) -> None:
    paper.add_paragraph().add_run("{{ title }}").font.hidden = True


@fault(
    "error T028  template.docx, under “Finance comments”, at “{{ service }}”: “{{ service }}” stands in a content control that Word fills by itself from the document’s properties or data; what is filled in here is overwritten when the paper is opened. Remove the content control (right-click it > Remove Content Control), which keeps the text.",
)
def bound_content_control(paper: Document) -> None:
    put(paper, CONTROL.format("{{ service }}"))


@fault(
    "error T024  template.docx, in the endnotes, at “{{ title }}”: “{{ title }}” stands in the endnotes, where nothing is filled in; it would be left as it is. Move it into the text, a header, a footer or a footnote.",
)
def tag_in_the_endnotes(paper: Document) -> bytes:
    note = b"<w:endnote><w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p></w:endnote></w:endnotes>"
    return with_parts(saved(paper), {"word/endnotes.xml": CONTENT.replace(b"{0}", b"endnotes") + note})


@fault(
    "warning T026  template.docx, in the header, at “{{ title }}”: “{{ title }}” stands in a header that no page shows. Switch it on (Different First Page, Different Odd & Even Pages), or clear it.",
)
def header_that_no_page_shows(paper: Document) -> None:
    paper.sections[0].first_page_header.paragraphs[0].text = "{{ title }}"


@fault(
    "error T041  template.docx: A picture is fetched from “http://example.org/logo.png”, which is not part of the template. Put the picture into the file (Insert > Pictures > This Device).",
)
def picture_fetched_from_elsewhere(paper: Document) -> bytes:
    return linked(saved(paper), "image", "http://example.org/logo.png")


@fault(
    "error T041  template.docx: A page is fetched from “file:///S:/tracker.xlsx”, which is not part of the template. Link only to web and e-mail addresses.",
)
def link_to_a_file(paper: Document) -> bytes:
    return linked(saved(paper), "hyperlink", "file:///S:/tracker.xlsx")


@fault(
    "error T024  template.docx: The address of a link, “https://example.org/%7B%7B%20title%20%7D%7D”, has a tag in it; addresses are not filled in. Type the address itself as the link, or the tag as plain text.",
)
def tag_in_the_address_of_a_link(paper: Document) -> bytes:
    return linked(saved(paper), "hyperlink", "https://example.org/%7B%7B%20title%20%7D%7D")


@fault(
    "error T042  template.docx: The template holds a link to another template (“file:///C:/House.dotx”); every paper would hold it too. Open File > Options > Add-ins > Manage: Templates, and clear the field “Document template”.",
)
def attached_template(paper: Document) -> bytes:
    return linked(saved(paper), "attachedTemplate", "file:///C:/House.dotx")


@fault(
    "warning T033  template.docx, under “Finance comments”, at “Type here”: A form field for typing or ticking stands here; it is not filled in. Replace it by a field such as “{{ name }}”, or by plain text.",
)
def form_field(paper: Document) -> None:
    put(paper, FIELD.format("FORMTEXT", "Type here"))


@fault(
    "error T031  template.docx, under “Letter”, at “«Surname»”: “«Surname»” looks like a tag of Word mail merge; it is not filled in here. Write it as “{{ name }}” if it is a field.",
)
def mail_merge(paper: Document) -> bytes:
    letter = docx.Document(io.BytesIO(foreign("Dear reader")))
    put(letter, FIELD.format("MERGEFIELD Surname", "«Surname»"))
    return saved(letter)


@fault(
    "error T031  template.docx, under “Letter”, at “{#items}”: “{#items}” looks like a tag of another program; here it starts a remark that never ends. Write it as “{% for … %}” or “{% if … %}”.",
    "error T031  template.docx, under “Letter”, at “{first_name}”: “{first_name}” looks like a tag of another program (single curly brackets); it is not filled in here. Write it as “{{ name }}” if it is a field.",
)
def single_brackets(paper: Document) -> bytes:
    return foreign("Dear {first_name}", "{#items}", "{price}", "{/items}")


@fault(
    "error T031  template.docx, under “Letter”, at “+++INS name+++”: “+++INS name+++” looks like a tag of the “docx-templates” program; it is not filled in here. Write it as “{{ name }}” if it is a field.",
)
def plus_signs(paper: Document) -> bytes:
    return foreign("Dear +++INS name+++")


@fault(
    'error T031  template.docx, under “Letter”, at “<# <Content Select="Name"/>”: “<# <Content Select="Name"/>” looks like a tag of another program (“<# … #>”); it is not filled in here. Write it as “{{ name }}” if it is a field.',
)
def angle_brackets(paper: Document) -> bytes:
    return foreign('<# <Content Select="Name"/> #>')


@fault(
    "error T031  template.docx, under “Letter”, at “${person.name}”: “${person.name}” looks like a tag of another program (“${…}”); it is not filled in here. Write it as “{{ name }}” if it is a field.",
)
def dollar_brackets(paper: Document) -> bytes:
    return foreign("Dear ${person.name}")


@fault(
    "error T031  template.docx, under “Finance comments”, at “{{?title}}”: “{{?title}}” is written for another program: here no tag starts with “?”. Write it again with “{{ … }}”, “{% for … %}” and “{% if … %}”.",
)
def question_marks(paper: Document) -> None:
    say(paper, "{{?title}}")


@fault(
    "warning T032  template.docx: “template.docx” has no field at all; every paper made from it would be the same. Write “{{ name }}” where a field should stand.",
)
def no_field_at_all(paper: Document) -> bytes:
    return foreign("Dear reader")


@fault(
    "error T044  template.docx: “template.docx” is damaged: its parts do not hold together. Open it in Word, let Word repair it if it offers to, and save it under the same name.",
)
def part_missing(paper: Document) -> bytes:
    return linked(saved(paper), "header", "header99.xml", external=False)


@fault(
    "error F201  template.docx: “template.docx” is not a Word document, whatever its name says. Put the Word file (.docx) in its place.",
)
def not_a_word_file(paper: Document) -> bytes:
    return b"Dear reader"


@fault(
    "error T042  template.docx: The template holds an embedded object of another program; every paper would hold it too. Delete it, and put a picture or plain text in its place.",
)
def embedded_program(paper: Document) -> bytes:
    content, types = saved(paper), "[Content_Types].xml"
    kinds = read_parts(content, "x.docx")[types]
    kind = b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/></Types>'
    added = {"word/embeddings/oleObject1.bin": b"x", types: kinds.replace(b"</Types>", kind)}
    return linked(with_parts(content, added), "oleObject", "embeddings/oleObject1.bin", external=False)


@fault(
    "error F209  template.docx: “template.docx” holds declarations that no Word file needs (in “word/settings.xml”), so it was not read. Ask where the file came from, or write it afresh in Word.",
)
def definitions_of_its_own(paper: Document) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(paper))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b'<!DOCTYPE x [<!ENTITY a "b">]>' + text if name == "word/settings.xml" else text)
    return stream.getvalue()


@fault(
    "error T034  template.docx: The style “Table Grid” is missing; the program gives it to what it writes. Make a style named “Table Grid” in the template (Home > Styles > New Style).",
)
def style_missing(paper: Document) -> None:
    paper.styles["Table Grid"].element.getparent().remove(paper.styles["Table Grid"].element)
