"""Faults of single tags, names and blocks."""

# ruff: noqa: E501  # the lines are as an officer sees them
from __future__ import annotations

from docx.document import Document

from tests.check.template.faults.listing import fault
from tests.check.template.faults.making import heading, put, say, table


@fault(
    "error T001  template.docx, under “Finance comments”, at “{{ title and more.”: The tag “{{ title and more.” is never closed. Type “}}” where it should end.",
)
def field_never_closed(paper: Document) -> None:
    say(paper, "The title is {{ title and more.")


@fault(
    "error T001  template.docx, under “Finance comments”, at “{{ title } and”: The tag “{{ title } and” is never closed. Type “}}” where it should end.",
)
def field_closed_by_one_bracket(paper: Document) -> None:
    say(paper, "{{ title } and {{ service }}")


@fault(
    "error T002  template.docx, under “Finance comments”, at “The title is { title }}.”: In “The title is { title }}.” a tag is closed that was never opened, so its marks would be printed. Type the opening marks “{{” or “{%” before it, or take the closing marks out.",
)
def field_never_opened(paper: Document) -> None:
    say(paper, "The title is { title }}.")


@fault(
    "error T003  template.docx, under “Finance comments”, at “{%p if title == 'x' %}”: The condition “{%p if title == 'x' %}” starts here and never ends. Add “{%p endif %}” where it should end.",
)
def condition_never_ends(paper: Document) -> None:
    say(paper, "{%p if title == 'x' %}", "Text.")


@fault(
    "error T004  template.docx, under “Finance comments”, at “{%p endif %}”: “{%p endif %}” has no start before it to belong to. Delete it, or add the “for” or “if” that it should belong to.",
)
def end_without_a_start(paper: Document) -> None:
    say(paper, "Text.", "{%p endif %}")


@fault(
    "error T003  template.docx, under “Finance comments”, at “{%p for block in background %}”: The loop “{%p for block in background %}” starts here and never ends. Add “{%p endfor %}” where it should end.",
    "error T004  template.docx, under “Finance comments”, at “{%p endif %}”: “{%p endif %}” has no start before it to belong to. Delete it, or add the “for” or “if” that it should belong to.",
)
def loop_closed_as_a_condition(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{{r block.text }}", "{%p endif %}")


@fault(
    "error T011  template.docx, under “5. Legal comments”, table 2, row 2, at “{{ titel }}”: “titel” in “{{ titel }}” is not a field of this paper. Write “title” if that is what you mean.",
)
def unknown_field_under_a_heading(paper: Document) -> None:
    heading(paper, "5. Legal comments")
    table(paper, ["Title", "Head"], ["One", "Two"])
    table(paper, ["Title", "Head"], ["One", "{{ titel }}"])


@fault(
    "error T011  template.docx, under “Finance comments”, table 1, row 3, at “{{ row.area }}”: “row.area” in “{{ row.area }}” is not a field of this paper. Write “row.date” if that is what you mean.",
)
def unknown_row_field(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{%p if block.list == 'letter' %}")
    table(paper, ["Date", "Sender"], ["{%tr for row in block.rows %}", ""], ["{{ row.date }}", "{{ row.area }}"],
          ["{%tr endfor %}", ""])  # fmt: skip
    say(paper, "{%p endif %}", "{%p endfor %}")


@fault(
    "error T046  template.docx, under “Finance comments”, at “{%p if block.list == 'action opne' %}”: “{%p if block.list == 'action opne' %}” asks for the list “action opne”, and there is none of that name; this is never shown. Write “action open” if that is what you mean.",
)
def unknown_list(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{%p if block.list == 'action opne' %}", "x", "{%p endif %}",
        "{%p endfor %}")  # fmt: skip


@fault(
    "error T012  template.docx, under “Finance comments”, at “{{ title | dya }}”: “{{ title | dya }}” uses the filter “dya”, which is not known. Write “day” if that is what you mean.",
)
def unknown_filter(paper: Document) -> None:
    say(paper, "{{ title | dya }}")


@fault(
    "error T013  template.docx, under “Finance comments”, at “{% if title is emty %}”: “{% if title is emty %}” asks “is emty”, which is not known. Compare with “==” instead.",
)
def unknown_question(paper: Document) -> None:
    say(paper, "{% if title is emty %}x{% endif %}")


@fault(
    "error T014  template.docx, under “Finance comments”, at “{{ background }}”: “{{ background }}” prints “background”, which is a list and not a text. Put it into a loop and print a field of each row.",
)
def list_printed(paper: Document) -> None:
    say(paper, "{{ background }}")


@fault(
    "error T014  template.docx, under “Finance comments”, at “{{ block }}”: “{{ block }}” prints “block”, which is a whole paragraph or table and not a text. Print one of its fields, such as “block.key”.",
)
def row_printed(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{{ block }}", "{%p endfor %}")


@fault(
    "error T014  template.docx, under “Finance comments”, at “{%p for x in title %}”: “{%p for x in title %}” runs over “title”, which is a text and not a list. Name a list after “in”.",
)
def text_looped(paper: Document) -> None:
    say(paper, "{%p for x in title %}", "Text.", "{%p endfor %}")


@fault(
    "error T014  template.docx, under “Finance comments”, at “{{ block.text }}”: “{{ block.text }}” prints formatted words as if they were plain text; they would be lost. Write “{{r block.text }}”.",
)
def formatted_words_as_plain_text(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{{ block.text }}", "{%p endfor %}")


@fault(
    "error T047  template.docx, under “Finance comments”, at “{{r block.text }}”: “block” in “{{r block.text }}” has a meaning only inside its loop, “{%p for block in background %}”. Move this tag into the loop.",
)
def row_name_after_its_loop(paper: Document) -> None:
    say(paper, "{%p for block in background %}", "{{r block.text }}", "{%p endfor %}", "{{r block.text }}")


@fault(
    "error T015  template.docx, under “Finance comments”, at “{{ title – service }}”: “{{ title – service }}” cannot be read: “–” has no place in a tag. Take the “–” out.",
)
def dash_in_a_tag(paper: Document) -> None:
    say(paper, "{{ title – service }}")


@fault(
    "error T015  template.docx, under “Finance comments”, at “{{ title’s }}”: “{{ title’s }}” cannot be read: a quotation mark has no partner. Add the other quotation mark.",
)
def apostrophe_in_a_tag(paper: Document) -> None:
    say(paper, "{{ title’s }}")


@fault(
    "error T015  template.docx, under “Finance comments”, at “{{ }}”: “{{ }}” is an empty tag. Write the name of a field in it, or take it out.",
)
def empty_tag(paper: Document) -> None:
    say(paper, "{{ }}")


@fault(
    "error T015  template.docx, under “Finance comments”, at “{% if title & service %}”: “{% if title & service %}” cannot be read: “&” has no place in a tag. Write “and” for “&”.",
)
def ampersand_for_and(paper: Document) -> None:
    say(paper, "{% if title & service %}x{% endif %}")


@fault(
    "error T015  template.docx, under “Finance comments”, at “{%p fro block in background %}”: “{%p fro block in background %}” cannot be read: “fro” is not a step. Write “for” if that is what you mean.",
)
def misspelt_step(paper: Document) -> None:
    say(paper, "{%p fro block in background %}")


@fault(
    "error T016  template.docx, under “Finance comments”, at “{% include 'other.docx' %}”: “{% include 'other.docx' %}” is a step that papers do not use, and it is not carried out. Use only fields, “for” and “if”.",
)
def step_that_is_not_used(paper: Document) -> None:
    say(paper, "{% include 'other.docx' %}")


@fault(
    "error T017  template.docx, under “Finance comments”, at “{{ cycler.__init__.__globals__.os.getcwd() }}”: “{{ cycler.__init__.__globals__.os.getcwd() }}” calls a program (“getcwd(…)”); papers only print fields. Use a plain field; ask for one to be added to the paper’s fields if there is none.",
)
def reaches_into_the_program(paper: Document) -> None:
    say(paper, "{{ cycler.__init__.__globals__.os.getcwd() }}")


@fault(
    "error T017  template.docx, under “Finance comments”, at “{{ title.upper() }}”: “{{ title.upper() }}” calls a program (“upper(…)”); papers only print fields. Use a plain field; ask for one to be added to the paper’s fields if there is none.",
)
def calls_something(paper: Document) -> None:
    say(paper, "{{ title.upper() }}")


@fault(
    "error T017  template.docx, under “Finance comments”, at “{{ 'x' * 200000000 }}”: “{{ 'x' * 200000000 }}” does a calculation that could grow without end. Use a plain field; ask for one to be added to the paper’s fields if there is none.",
)
def calculation_without_end(paper: Document) -> None:
    say(paper, "{{ 'x' * 200000000 }}")


@fault(
    "error T017  template.docx, under “Finance comments”, at “{% for i in range(1000000) %}”: “{% for i in range(1000000) %}” calls a program (“range(…)”); papers only print fields. Use a plain field; ask for one to be added to the paper’s fields if there is none.",
)
def counts_to_a_million(paper: Document) -> None:
    say(paper, "{% for i in range(1000000) %}x{% endfor %}")


@fault(
    "error T048  template.docx, under “Finance comments”, at “{%p for b6 in background %}”: “{%p for b6 in background %}” is the 7th loop inside other loops. Use fewer loops.",
)
def seven_loops_deep(paper: Document) -> None:
    for depth in range(7):
        say(paper, f"{{%p for b{depth} in background %}}")
    say(paper, "x", *["{%p endfor %}"] * 7)


@fault(
    "error T048  template.docx, under “Finance comments”, at “{{ title or title or title or title or title or title or ti…”: The tag “{{ title or title or title or…” is 3,611 characters long. Write it more simply.",
)
def very_long_tag(paper: Document) -> None:
    say(paper, "{{ title " + "or title " * 400 + "}}")


@fault(
    "error T048  template.docx, under “Finance comments”, at “{{ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((…”: “{{ (((((((((((((((((((((((((((((((((((((…” has too many brackets inside one another. Write it more simply.",
)
def brackets_without_end(paper: Document) -> None:
    say(paper, "{{ " + "(" * 150 + "title" + ")" * 150 + " }}")


@fault(
    "error T008  template.docx, under “Finance comments”, at “{% p if title %}”: “{% p if title %}” has a gap around “p”, so it is not understood. Type “{%p” with no gap, then an ordinary space.",
)
def gap_before_the_prefix(paper: Document) -> None:
    say(paper, "{% p if title %}", "Text.", "{%p endif %}")


@fault(
    "error T008  template.docx, under “Finance comments”, at “{%p if title %}”: “{%p if title %}” has a hard space (from Ctrl+Shift+Space) around “p”, so it is not understood. Type “{%p” with no gap, then an ordinary space.",
)
def hard_space_after_the_prefix(paper: Document) -> None:
    say(paper, "{%p\xa0if title %}", "Text.", "{%p endif %}")


@fault(
    "error T010  template.docx, under “Finance comments”, at “{%p if title == '100%' %}”: “{%p if title == '100%' %}” holds “%”, with which “p” does not work. Take out the “%”.",
)
def percent_in_a_prefixed_tag(paper: Document) -> None:
    say(paper, "{%p if title == '100%' %}", "Text.", "{%p endif %}")


@fault(
    "error T050  template.docx, under “Finance comments”, at “{%- if title %}”: The minus sign in “{%- if title %}” takes away what stands right before it, words included. Take the minus sign out.",
)
def minus_sign_that_eats_words(paper: Document) -> None:
    say(paper, "These words {%- if title %} are lost{% endif %}.")


@fault(
    "error T050  template.docx, under “Finance comments”, at “{%- if title %}”: The minus sign in “{%- if title %}” takes away what stands right before it, words included. Take the minus sign out.",
)
def minus_sign_after_a_line_that_goes(paper: Document) -> None:
    say(paper, "{#p remark #}", "{%- if title %}", "Text.", "{% endif %}")


@fault(
    "error T050  template.docx, under “Finance comments”, at “{% endif -%}”: The minus sign in “{% endif -%}” takes away what stands right after it, words included. Take the minus sign out.",
)
def minus_sign_before_a_line_that_goes(paper: Document) -> None:
    say(paper, "{% if title %}", "Text.", "{% endif -%}", "{%p if title %}", "More.", "{%p endif %}")


@fault(
    "error T009  template.docx, under “Finance comments”, at “{%p if service %}”: “{%p if service %}” stands in the same line as “{%p if title %}”, which takes the whole line away. Move “{%p if title %}” to a line of its own.",
)
def two_conditions_in_one_line(paper: Document) -> None:
    say(paper, "{%p if title %}{%p if service %}", "Text.", "{%p endif %}", "{%p endif %}")


@fault(
    "warning T037  template.docx, under “Finance comments”, at “{{ title |start }}”: “{{ title |start }}” goes over the end of a line; the lines become one. Type the whole tag in one line.",
)
def tag_over_two_lines(paper: Document) -> None:
    say(paper, "{{ title |", "start }}")


@fault(
    "error T054  template.docx, under “Finance comments”, at “{{ title }}”: “{{ title }}” does not stand in ordinary text alone, but in a Word field or the like. Delete the tag and type it again in ordinary text.",
)
def tag_in_a_field_code(paper: Document) -> None:
    put(paper, '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{{ ti</w:instrText></w:r>'
        '<w:r><w:instrText>tle }}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')  # fmt: skip


@fault(
    "error T035  template.docx: There is no place for the section “finance”, which the paper must have. Add a heading and the loop “{%p for block in finance %}” under it.",
)
def section_without_a_place(paper: Document) -> None:
    for paragraph in paper.paragraphs:
        paragraph.text = paragraph.text.replace("in finance", "in background")


@fault(
    "error T038  template.docx, under “Finance comments”, at “{{ title }}”: A picture stands inside “{{ title }}” and would be lost. Move the picture out of the tag.",
)
def picture_inside_a_tag(paper: Document) -> None:
    put(paper, "<w:p><w:r><w:t>{{ ti</w:t></w:r><w:r><w:pict/></w:r><w:r><w:t>tle }}</w:t></w:r></w:p>")


@fault(
    "warning T045  template.docx, under “Finance comments”, at “{{r block.text }}”: The text after “{{r block.text }}” loses its bold, italic or other look. Format the tag and the text after it separately.",
)
def formatted_words_with_text_after(paper: Document) -> None:
    say(paper, "{%p for block in background %}")
    paper.add_paragraph().add_run("{{r block.text }} in bold").bold = True
    say(paper, "{%p endfor %}")


@fault(
    "note T040  template.docx: “service” is known for this paper, and the template never uses it. Add it if readers should see it.",
)
def known_field_never_used(paper: Document) -> None:
    paper.sections[0].header.paragraphs[0].text = "The council"
