"""Faults of tags against tables, cells, sections and other parts of the page."""

# ruff: noqa: E501  # the lines are as an officer sees them
from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_SECTION

from tests.check.template.faults.listing import fault
from tests.check.template.faults.making import put, say, table

LOOP = "{%tr for block in background %}"
SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr>{}</w:p>"
CONTROL = "<w:sdt><w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>"


@fault(
    "error T006  template.docx, under “Finance comments”, table 2, row 2, at “{%tr endfor %}”: The row loop “{%tr for block in background %}” starts in one table and ends in another. Put the row that ends it into the table where it starts.",
)
def row_loop_over_two_tables(paper: Document) -> None:
    table(paper, ["A", "B"], [LOOP, ""])
    say(paper, "Between.")
    table(paper, ["A", "B"], ["{%tr endfor %}", ""])


@fault(
    "error T007  template.docx, under “Finance comments”, table 1, row 2, at “{%tr endfor %}”: “{%tr for block in background %}” and “{%tr endfor %}” stand in the same row; each takes its whole row away. Give each of them a row of its own, with what is repeated or conditional between them.",
)
def row_loop_in_one_row(paper: Document) -> None:
    table(paper, ["A", "B"], [LOOP, "{%tr endfor %}"])


@fault(
    "error T006  template.docx, under “Finance comments”, at “{%tr for block in background %}”: “{%tr for block in background %}” acts on a whole row, but stands in none. Move it into a table, or take the “tr” out.",
    "error T006  template.docx, under “Finance comments”, at “{%tr endfor %}”: “{%tr endfor %}” acts on a whole row, but stands in none. Move it into a table, or take the “tr” out.",
)
def row_loop_outside_a_table(paper: Document) -> None:
    say(paper, LOOP, "{%tr endfor %}")


@fault(
    "error T005  template.docx, under “Finance comments”, at “{% endif %}”: “{% endif %}” belongs to “{%p if title %}”, but only one of them says “p”. Write both with “p” right after the “%”, or both without.",
)
def only_one_has_the_prefix(paper: Document) -> None:
    say(paper, "{%p if title %}", "Text.", "{% endif %}")


@fault(
    "error T009  template.docx, under “Finance comments”, at “{%p if title %}”: “{%p if title %}” takes its whole line away, and with it the text “Subject to approval”. Move the tag to a line of its own.",
)
def text_beside_a_line_tag(paper: Document) -> None:
    say(paper, "Subject to approval {%p if title %}", "Text.", "{%p endif %}")


@fault(
    "error T009  template.docx, under “Finance comments”, table 1, row 2, at “{%tr for block in background %}”: “{%tr for block in background %}” takes its whole row away, and with it the text “Total cost”. Move the tag to a row of its own.",
)
def text_beside_a_row_tag(paper: Document) -> None:
    table(paper, ["A", "B"], [LOOP, "Total cost"], ["{{r block.text }}", ""], ["{%tr endfor %}", ""])


@fault(
    "error T009  template.docx, under “Finance comments”, at “{{ title }}”: “{{ title }}” stands in the same line as “{%p if title %}”, which takes the whole line away. Move “{%p if title %}” to a line of its own.",
)
def field_beside_a_line_tag(paper: Document) -> None:
    say(paper, "{{ title }} {%p if title %}", "Text.", "{%p endif %}")


@fault(
    "error T019  template.docx, under “Finance comments”, table 1, row 2, at “{%p for block in background %}”: This table cell is left with no line at all when there is nothing to show; Word then calls the paper unreadable. Add an empty line at the end of the table cell, after the last tag.",
)
def cell_left_empty(paper: Document) -> None:
    cell = table(paper, ["A", "B"], ["x", ""]).cell(1, 1)
    cell.text = "{%p for block in background %}"
    cell.add_paragraph("{{r block.text }}")
    cell.add_paragraph("{%p endfor %}")


@fault(
    "error T019  template.docx, under “Finance comments”, table 1, row 2, at “{%p if title %}”: This table cell can end with a table in it and no line after that; Word then calls the paper unreadable. Add an empty line at the end of the cell, after the last tag.",
)
def cell_left_with_a_table_last(paper: Document) -> None:
    cell = table(paper, ["A", "B"], ["x", ""]).cell(1, 1)
    inner = cell.add_table(1, 1)
    inner.cell(0, 0).text = "Inside"
    cell.paragraphs[-1].text = "{%p if title %}"
    cell.add_paragraph("Text.")
    cell.add_paragraph("{%p endif %}")


@fault(
    "error T020  template.docx, under “Finance comments”, table 1, row 1, at “{%tr for block in background %}”: The table is left with no row at all when there is nothing to show; Word then calls the paper unreadable. Give the table a row of headings outside the tags, or put the whole table into a condition on that list.",
)
def table_left_without_rows(paper: Document) -> None:
    table(paper, [LOOP, ""], ["{{r block.text }}", "x"], ["{%tr endfor %}", ""])


@fault(
    "error T020  template.docx, under “Finance comments”, table 1, row 1, at “{%tc for block in background %}”: The row is left with no cell at all when there is nothing to show; Word then calls the paper unreadable. Give the row one cell outside the tags.",
)
def row_left_without_cells(paper: Document) -> None:
    table(paper, ["{%tc for block in background %}", "{{r block.text }}", "{%tc endfor %}"])


@fault(
    "error T019  template.docx, in the header, at “{%p if title %}”: This header is left with no line at all when there is nothing to show; Word then calls the paper unreadable. Add an empty line at the end of the header, after the last tag.",
)
def header_left_without_lines(paper: Document) -> None:
    header = paper.sections[0].header
    header.paragraphs[0].text = "{%p if title %}"
    header.add_paragraph("{{ service }}")
    header.add_paragraph("{%p endif %}")


@fault(
    "error T018  template.docx, under “Finance comments”, at “{% if title %}”: The condition that starts here ends at “{% endif %}”, across the edge of a table; the text between would be lost or the page broken. Start and end it on the same side of the edge of a table.",
)
def condition_into_a_cell(paper: Document) -> None:
    say(paper, "{% if title %}")
    table(paper, ["A", "B"], ["x{% endif %}", "y"])


@fault(
    "error T018  template.docx, under “Finance comments”, table 1, row 2, at “{% if title %}”: The condition that starts here ends at “{% endif %}”, across the edge of a table; the text between would be lost or the page broken. Start and end it on the same side of the edge of a table.",
)
def condition_out_of_a_cell(paper: Document) -> None:
    table(paper, ["A", "B"], ["x{% if title %}", "y"])
    say(paper, "Text.{% endif %}")


@fault(
    "error T018  template.docx, under “Finance comments”, table 1, row 2, at “{% if title %}”: The condition that starts here ends at “{% endif %}”, across the edge of a table cell; the text between would be lost or the page broken. Start and end it on the same side of the edge of a table cell.",
)
def condition_over_three_cells(paper: Document) -> None:
    table(paper, ["A", "B", "C"], ["x{% if title %}", "y", "z{% endif %}"])


@fault(
    "error T018  template.docx, under “Finance comments”, table 1, row 2, at “{%p if title %}”: The condition that starts here ends at “{%p endif %}”, across the edge of a table; the text between would be lost or the page broken. Start and end it on the same side of the edge of a table.",
)
def line_condition_out_of_a_cell(paper: Document) -> None:
    table(paper, ["A", "B"], ["{%p if title %}", "y"])
    say(paper, "{%p endif %}")


@fault(
    "error T018  template.docx, under “Finance comments”, at “{% if title %}”: The condition that starts here ends at “{% endif %}”, across the edge of a content control; the text between would be lost or the page broken. Start and end it on the same side of the edge of a content control.",
)
def condition_out_of_a_content_control(paper: Document) -> None:
    put(paper, CONTROL.format("{% if title %} x"))
    say(paper, "{% endif %}")


@fault(
    "error T049  template.docx, under “Finance comments”, table 1, row 2, at “{%tr for block in background %}”: “{%tr for block in background %}” takes its whole row away, but there is a table inside that row. Move the table out of this row.",
)
def nested_table_in_a_tag_row(paper: Document) -> None:
    made = table(paper, ["A", "B"], [LOOP, ""], ["{{r block.text }}", ""], ["{%tr endfor %}", ""])
    made.cell(1, 1).add_table(1, 1)


@fault(
    "error T021  template.docx, under “Finance comments”, at “{%p if title %}”: “{%p if title %}” takes its whole line away, and with it a section break (a change of page layout, such as to landscape). Move the section break to a line of its own outside the line.",
)
def section_break_in_a_tag_line(paper: Document) -> None:
    put(paper, SECTION.format("<w:r><w:t>{%p if title %}</w:t></w:r>"))
    say(paper, "Text.", "{%p endif %}")


@fault(
    "error T021  template.docx, under “Finance comments”, at “{%p if title %}”: A section break (a change of page layout, such as to landscape) stands inside “{%p if title %}” and would be lost or repeated with it. Move the section break out, before the tag or after its end.",
)
def section_break_in_a_condition(paper: Document) -> None:
    say(paper, "{%p if title %}", "A wide table.")
    paper.add_section(WD_SECTION.NEW_PAGE)
    say(paper, "{%p endif %}")


@fault(
    "error T051  template.docx, under “Finance comments”, at “{% if title %}”: A Word field (a page number, a reference, a contents list) goes over the edge of “{% if title %}”. Put the whole field inside it, or outside.",
)
def page_number_over_the_edge(paper: Document) -> None:
    put(paper, '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:t>{% if title %}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t>x{% endif %}</w:t></w:r></w:p>')  # fmt: skip


@fault(
    "warning T022  template.docx, under “Finance comments”, at “{%p for block in background %}”: A bookmark (“Here”) stands inside the loop “{%p for block in background %}” and would be in the paper once for each turn. Move the bookmark out of the loop, or delete it.",
)
def bookmark_in_a_loop(paper: Document) -> None:
    say(paper, "{%p for block in background %}")
    put(
        paper, '<w:p><w:bookmarkStart w:id="7" w:name="Here"/><w:r><w:t>Text</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>'
    )
    say(paper, "{%p endfor %}")


@fault(
    "note T023  template.docx, under “Finance comments”, at “{%p for row in block.rows %}”: The numbers of this list run on each time “{%p for block in background %}” comes round: 1, 2, 3, then 4, 5, 6. Use bullets if each list should stand for itself.",
)
def numbers_in_a_loop_in_a_loop(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{%p for row in block.rows %}")
    put(
        paper,
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>',
    )
    say(paper, "{%p endfor %}", "{%p endfor %}")


@fault(
    "note T036  template.docx, under “Finance comments”, at “{% if title %}”: “{% if title %}” stands alone on its line and leaves a blank line in the paper. Write “{%p if title %}”, and the same “p” in the other tags that belong to it.",
)
def blank_line_left(paper: Document) -> None:
    say(paper, "{% if title %}", "Text.", "{% endif %}")
