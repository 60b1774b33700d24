"""Faults of the Word files that services send as their comments."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import comment, old_office, paragraph
from tests.office import Office
from tests.read.making import word_file

fault = list_of(__name__)
SAID = "There is no cost to the Council in this report."
BEFORE = paragraph(SAID)


def put(desk: Office, content: bytes) -> None:
    (desk.inputs / "comments" / "finance.docx").write_bytes(content)


@fault
def not_come(desk: Office) -> None:
    (desk.inputs / "comments" / "legal.docx").unlink()


@fault
def a_text_file(desk: Office) -> None:
    put(desk, b"No comment.\n")


@fault
def an_old_word_file(desk: Office) -> None:
    put(desk, old_office("WordDocument"))


@fault
def with_a_password(desk: Office) -> None:
    put(desk, old_office("EncryptedPackage"))


@fault
def a_pdf(desk: Office) -> None:
    put(desk, b"%PDF-1.7\n%%EOF\n")


@fault
def a_workbook(desk: Office) -> None:
    put(desk, (desk.inputs / "tracker.xlsx").read_bytes())


@fault
def cut_short(desk: Office) -> None:
    put(desk, (desk.inputs / "comments" / "finance.docx").read_bytes()[:2000])


@fault
def no_bytes_at_all(desk: Office) -> None:
    put(desk, b"")


@fault
def no_text(desk: Office) -> None:
    comment(desk, "<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>")


@fault
def declarations_of_its_own(desk: Office) -> None:
    from tests.faults.planting import part

    part(desk.inputs / "comments" / "finance.docx", "word/document.xml", "<w:document",
         '<!DOCTYPE w [<!ENTITY a "b">]><w:document')  # fmt: skip


@fault
def an_insertion_not_accepted(desk: Office) -> None:
    inside = '<w:ins w:id="1" w:author="J"><w:r><w:t> At most £5,000.</w:t></w:r></w:ins>'
    comment(desk, paragraph(SAID, inside=inside))


@fault
def a_deletion_not_accepted(desk: Office) -> None:
    inside = '<w:del w:id="1" w:author="J"><w:r><w:delText> It may cost £5,000.</w:delText></w:r></w:del>'
    comment(desk, paragraph(SAID, inside=inside))


@fault
def a_remark_of_a_reviewer(desk: Office) -> None:
    inside = '<w:r><w:commentReference w:id="0"/></w:r>'
    remark = '<w:comment w:id="0"><w:p><w:r><w:t>Is this still right?</w:t></w:r></w:p></w:comment>'
    comment(desk, paragraph(SAID, inside=inside), comments=remark)


@fault
def a_table(desk: Office) -> None:
    comment(desk, BEFORE + f"<w:tbl><w:tr><w:tc>{paragraph('2017/18: £5,000')}</w:tc></w:tr></w:tbl><w:p/>")


@fault
def a_footnote(desk: Office) -> None:
    inside = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    comment(desk, paragraph(SAID, inside=inside))


@fault
def a_picture(desk: Office) -> None:
    comment(desk, BEFORE + "<w:p><w:r><w:drawing/></w:r></w:p>")


@fault
def a_text_box(desk: Office) -> None:
    inside = f"<w:txbxContent>{paragraph('Draft')}</w:txbxContent>"
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{inside}</v:textbox></v:shape>'
    box = f"<w:pict>{shape}</w:pict>"
    comment(desk, BEFORE + f"<w:p><w:r>{box}</w:r></w:p>")


@fault
def a_prompt_not_filled_in(desk: Office) -> None:
    shown = "<w:r><w:t>Click here to enter text.</w:t></w:r>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    comment(desk, f"{BEFORE}<w:p>{prompt}</w:p>")


@fault
def hidden_text(desk: Office) -> None:
    comment(desk, BEFORE + paragraph("Check with Legal first.", look="<w:vanish/>"))


@fault
def text_struck_through(desk: Office) -> None:
    comment(desk, BEFORE + paragraph("It may cost £5,000.", look="<w:strike/>"))


@fault
def an_equation(desk: Office) -> None:
    maths = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=2</m:t></m:r></m:oMath>'
    comment(desk, BEFORE + f"<w:p>{maths}</w:p>")


@fault
def another_document_inside(desk: Office) -> None:
    comment(
        desk,
        BEFORE
        + '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r9"/>',
    )


@fault
def a_heading_of_its_own(desk: Office) -> None:
    style = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Finance comments</w:t></w:r></w:p>'
    comment(desk, heading + BEFORE, styles=style)


@fault
def a_symbol_of_a_symbol_font(desk: Office) -> None:
    comment(desk, paragraph(SAID, inside='<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'))


@fault
def a_mark_that_turns_the_direction(desk: Office) -> None:
    comment(desk, paragraph("There is no \u202ecost."))


@fault
def text_in_the_footer(desk: Office) -> None:
    comment(desk, BEFORE, header=paragraph("Draft of 3 January, not for publication"))


@fault
def curly_brackets(desk: Office) -> None:
    comment(desk, paragraph("The cost is {{ cost }}."))


@fault
def with_an_unknown_direction(desk: Office) -> None:
    comment(desk, paragraph("The Secretary of State’s Directions of 29 April 2014 are still in force."))


@fault
def with_a_date_that_there_is_not(desk: Office) -> None:
    comment(desk, paragraph("The budget was set on 31 February 2016."))


@fault
def with_a_wrong_weekday(desk: Office) -> None:
    comment(desk, paragraph("The budget was set on Monday 24 February 2016."))


@fault
def with_a_number_typed_before_it(desk: Office) -> None:
    comment(desk, paragraph("4.1 There is no cost to the Council in this report."))


@fault
def with_a_persons_address(desk: Office) -> None:
    comment(desk, paragraph("Ask jane.smith@example.gov.uk for the figures."))


@fault
def with_something_to_fill_in(desk: Office) -> None:
    comment(desk, paragraph("The cost is £XX,XXX [to be confirmed]."))


@fault
def a_link_to_a_place_in_the_file(desk: Office) -> None:
    linked = '<w:hyperlink w:anchor="costs"><w:r><w:t>the costs above</w:t></w:r></w:hyperlink>'
    comment(desk, paragraph("See ", inside=linked))


@fault
def a_list_numbered_in_words(desk: Office) -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="ordinalText"/><w:lvlText w:val="%1"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = f"<w:p>{numbered}<w:r><w:t>Sell the depot.</w:t></w:r></w:p>"
    put(desk, word_file(body, numbering=f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))
