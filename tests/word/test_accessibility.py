from __future__ import annotations

import pytest
import tomli

from pipeline.problems import Level, Problem
from pipeline.word import WordFile, accessibility_problems
from tests.word import papers
from tests.word.papers import (
    PICTURE,
    STYLES,
    Change,
    at_end,
    changed,
    paragraph,
    row,
    run,
    sound_parts,
    swap,
    table,
    without,
)

ERROR, WARNING = Level.ERROR, Level.WARNING
CORE = "docProps/core.xml"
BRIDGES = row("Bridges", "Paint the rails", "May 2026")
ALT = ' descr="Bar chart: complaints fell from 22 to 14"'
NUMBERED = '<w:pStyle w:val="NumberedParagraph"/>'
INSERTED = '<w:ins w:id="9" w:author="A" w:date="2026-01-05T09:00:00Z">{}</w:ins>'.format
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
UNDERLINED = '<w:u w:val="single"/>'
BLACK = '<w:shd w:val="clear" w:fill="000000"/>'
WIDE = row("Bridges", "May").replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>', 1)
INNER = table(papers.FIRST_ROW, BRIDGES) + paragraph("TableText", "x")
NAMED_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
FOOTNOTE = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
TEXT_BOX = "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>"
AREA = '<w:t xml:space="preserve">Area'
LONG = "one two three four five six seven eight nine"


def normal(text: str, properties: str = "", look: str = "") -> Change:
    return at_end(paragraph("Normal", run(text, look), properties))


def link(text: str) -> Change:
    return at_end(paragraph("Normal", f'<w:hyperlink r:id="rId20">{run(text)}</w:hyperlink>'))


def style(name: str, old: str, new: str) -> Change:
    def change(parts: papers.Parts) -> None:
        before, found, after = parts[STYLES].decode().partition(f'w:styleId="{name}"')
        assert found
        assert old in after
        parts[STYLES] = (before + found + after.replace(old, new, 1)).encode()

    return change


def headings_unmade(parts: papers.Parts) -> None:
    parts[STYLES] = parts[STYLES].replace(b"<w:outlineLvl", b"<w:x")


def setting(markup: str) -> Change:
    return swap("<w:defaultTabStop", f"{markup}<w:defaultTabStop", "word/settings.xml")


FAULTS: dict[str, tuple[str, Level, Change]] = {
    "no_title": ("P501", ERROR, swap("Board paper", "", CORE)),
    "no_properties": ("P501", ERROR, without(CORE)),
    "title_is_a_file_name": ("P501", ERROR, swap("Board paper", "paper v2.docx", CORE)),
    "title_is_words_own": ("P501", ERROR, swap("Board paper", "Document1", CORE)),
    "title_is_a_tag": ("P501", ERROR, swap("Board paper", "{{ title }}", CORE)),
    "title_was_escaped_twice": ("P501", ERROR, swap("Board paper", "Roads &amp;amp; paths", CORE)),
    "no_language": ("P502", ERROR, swap('<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>', "", STYLES)),
    "american_document": ("P502", ERROR, swap('w:lang w:val="en-GB"', 'w:lang w:val="en-US"', STYLES)),
    "american_words": ("P502", ERROR, normal("color", look='<w:lang w:val="en-US"/>')),
    "american_style": ("P502", ERROR, style("Strong", "<w:bCs/>", '<w:bCs/><w:lang w:val="en-US"/>')),
    "no_headings": ("P503", ERROR, headings_unmade),
    "empty_heading": ("P503", ERROR, at_end(paragraph("Heading1", ""))),
    "level_left_out": ("P504", ERROR, at_end(paragraph("Heading3", "Detail"))),
    "first_heading_below_the_first_level": ("P504", ERROR, swap('"Heading1"', '"Heading2"')),
    "bold_line": ("P505", WARNING, normal("Next steps", look="<w:b/>")),
    "bold_line_by_a_style": ("P505", WARNING, normal("Next steps", look='<w:rStyle w:val="Strong"/>')),
    "header_row_not_marked": ("P506", ERROR, swap("<w:tblHeader/>", "")),
    "header_row_switched_off": ("P506", ERROR, swap("<w:tblHeader/>", '<w:tblHeader w:val="false"/>')),
    "look_without_first_row": ("P506", WARNING, swap('w:firstRow="1"', 'w:firstRow="0"')),
    "look_missing": ("P506", WARNING, swap("<w:tblLook ", "<w:tblx ")),
    "merged_down": ("P507", ERROR, swap("</w:tcPr>", '<w:vMerge w:val="restart"/></w:tcPr>')),
    "merged_across": ("P507", ERROR, swap(BRIDGES, WIDE)),
    "cell_too_few": ("P507", ERROR, swap(BRIDGES, row("Bridges", "May 2026"))),
    "table_in_a_cell": ("P507", ERROR, swap(paragraph("TableText", "Paths"), INNER)),
    "heading_cell_empty": ("P508", ERROR, swap("<w:t xml:space=\"preserve\">Deadline</w:t>", "")),
    "cell_empty": ("P508", WARNING, swap("May 2026", " ")),
    "table_without_words": ("P509", WARNING, swap('<w:tblCaption w:val="Work in hand"/>', "")),
    "row_may_split": ("P510", WARNING, swap("<w:cantSplit/>", "")),
    "blank_line": ("P511", ERROR, at_end("<w:p/>")),
    "line_of_blanks": ("P511", ERROR, normal("  ")),
    "page_break_alone": ("P511", ERROR, at_end('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')),
    "blank_line_in_a_control": ("P511", ERROR, at_end(NAMED_CONTROL.format("<w:p/>"))),
    "three_blanks": ("P512", ERROR, normal("Date:   23 January")),
    "hard_blanks": ("P512", ERROR, normal("Date:\u00a0\u00a0\u00a023 January")),
    "two_tabs": ("P512", ERROR, at_end("<w:p><w:r><w:t>Date:</w:t><w:tab/><w:tab/><w:t>today</w:t></w:r></w:p>")),
    "blanks_in_a_cell": ("P512", ERROR, swap("May 2026", "May   2026")),
    "typed_number": ("P513", ERROR, normal("3.1 The work went on.")),
    "typed_number_with_full_stop": ("P513", ERROR, normal("2. note the work")),
    "typed_letter": ("P513", ERROR, normal("(a) note the work")),
    "typed_bullet": ("P513", ERROR, normal("• note the work")),
    "picture_without_words": ("P514", ERROR, swap(ALT, "")),
    "picture_with_a_file_name": ("P514", ERROR, swap("Bar chart: complaints fell from 22 to 14", "chart.png")),
    "picture_called_image": ("P514", ERROR, swap("Bar chart: complaints fell from 22 to 14", "Image 3")),
    "click_here": ("P515", ERROR, link("Click here")),
    "bare_address": ("P515", ERROR, link("https://roads.example/2026?x=1")),
    "small_text": ("P516", ERROR, normal("small print", look='<w:sz w:val="18"/>')),
    "small_style": ("P516", ERROR, style("TableText", "</w:pPr>", '</w:pPr><w:rPr><w:sz w:val="20"/></w:rPr>')),
    "no_size_at_all": ("P516", ERROR, swap('<w:sz w:val="24"/>', "", STYLES)),
    "serifs": ("P516", WARNING, normal("old style", look='<w:rFonts w:ascii="Times New Roman"/>')),
    "justified": ("P517", WARNING, normal("even at both ends", '<w:jc w:val="both"/>')),
    "justified_style": ("P517", WARNING, style("NumberedParagraph", "</w:pPr>", '<w:jc w:val="both"/></w:pPr>')),
    "underlined": ("P518", WARNING, normal("not a link", look='<w:u w:val="single"/>')),
    "typed_capitals": ("P518", WARNING, normal("INTRODUCTION")),
    "capitals_of_a_style": ("P518", WARNING, style("Heading1", "<w:b/>", "<w:b/><w:caps/>")),
    "long_italics": ("P518", WARNING, normal(LONG, look="<w:i/>")),
    "pale": ("P519", ERROR, normal("pale", look='<w:color w:val="999999"/>')),
    "pale_on_a_cell": ("P519", ERROR, swap(AREA, f'<w:rPr><w:color w:val="808080"/></w:rPr>{AREA}')),
    "dark_on_a_dark_cell": ("P519", ERROR, style("CouncilTable", 'w:fill="E6EAF0"', 'w:fill="333333"')),
    "dark_on_dark_shading": ("P519", ERROR, normal("x", BLACK, '<w:color w:val="1F2A44"/>')),
    "blue_on_a_red_marker": ("P519", ERROR, normal("x", look='<w:highlight w:val="red"/><w:color w:val="0000FF"/>')),
    "text_frame": ("P520", ERROR, normal("x", '<w:framePr w:w="900"/>')),
    "text_box": ("P520", ERROR, at_end(TEXT_BOX)),
    "floating_picture": ("P520", ERROR, at_end(PICTURE.replace("wp:inline", "wp:anchor"))),
    "locked": ("P522", ERROR, setting('<w:documentProtection w:edit="forms" w:enforcement="1"/>')),
    "footnote": ("P523", WARNING, at_end(FOOTNOTE)),
    "control_without_title": ("P524", WARNING, at_end(CONTROL(paragraph("Normal", "x")))),
    "insertion_left": ("P525", ERROR, at_end(paragraph("Normal", INSERTED(run("x"))))),
    "comment_left": ("P525", ERROR, at_end(paragraph("Normal", '<w:commentRangeStart w:id="0"/>' + run("x")))),
    "single_row": ("P529", WARNING, at_end(table(papers.FIRST_ROW))),
    "single_column": ("P529", WARNING, at_end(table(row("Area", header=True), row("Paths")))),
}  # fmt: skip

FINE: dict[str, Change] = {
    "one_bold_word": at_end(paragraph("Normal", run("A ") + run("bold", "<w:b/>") + run(" word"))),
    "a_long_bold_sentence": normal(f"{LONG} ten eleven", look="<w:b/>"),
    "bold_switched_off": normal("Next steps", look='<w:b w:val="0"/>'),
    "a_number_that_starts_a_sentence": normal("2.5 million people came."),
    "a_year_that_starts_a_sentence": normal("2026 was wet."),
    "a_number_typed_in_a_cell": swap("Paint the rails", "1. Paint the rails"),
    "a_blank_cell_with_a_picture": swap(paragraph("TableText", "May 2026"), PICTURE),
    "the_paragraph_word_wants_after_a_last_table": at_end(table(papers.FIRST_ROW, BRIDGES) + "<w:p/>"),
    "an_empty_paragraph_that_ends_a_section": at_end("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"),
    "a_picture_marked_as_decorative": swap(
        ALT + "/>",
        '><a:extLst><a:ext uri="x"><d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" '
        'val="1"/></a:ext></a:extLst></wp:docPr>',
    ),
    "an_underlined_link": at_end(
        paragraph("Normal", '<w:hyperlink r:id="rId20">' + run("the register", UNDERLINED) + "</w:hyperlink>")
    ),
    "an_underlined_field": at_end(
        paragraph("Normal", papers.field('HYPERLINK "https://roads.example"', "x").replace(
            run("x"), run("the register", UNDERLINED)))
    ),
    "short_capitals": normal("COVID-19"),
    "a_few_words_in_italics": normal("The Highways Act", look="<w:i/>"),
    "protection_switched_off": setting('<w:documentProtection w:edit="forms" w:enforcement="0"/>'),
    "white_on_black": normal("x", BLACK, '<w:color w:val="FFFFFF"/>'),
    "grey_that_is_dark_enough": normal("x", look='<w:color w:val="767676"/>'),
    "a_circle_of_styles": style("Strong", "<w:qFormat/>", '<w:qFormat/><w:basedOn w:val="Strong"/>'),
    "two_tabs_apart": at_end("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>"),
}  # fmt: skip


def found(*changes: Change, published: bool = True) -> list[Problem]:
    return accessibility_problems(WordFile(changed(*changes), "paper.docx"), published=published)


def test_a_sound_paper_has_no_problem() -> None:
    assert accessibility_problems(WordFile(sound_parts(), "paper.docx"), published=True) == []


@pytest.mark.parametrize(("code", "level", "change"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_as_itself(code: str, level: Level, change: Change) -> None:
    assert {(each.code, each.level) for each in found(change)} >= {(code, level)}


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_what_readers_can_do_with_is_no_fault(change: Change) -> None:
    assert found(change) == []


def test_every_rule_is_provoked_and_explained() -> None:
    rules = tomli.loads((papers.TEMPLATES.parent / "pipeline/catalogue/P5.toml").read_text("utf-8"))
    provoked = {code: Level.WARNING for code, _, _ in FAULTS.values()}
    provoked |= {code: level for code, level, _ in FAULTS.values() if level is ERROR}
    assert provoked == {code: rule["level"] for code, rule in rules.items() if code < "P550"}


def test_comments_and_tracked_changes_are_what_a_draft_is_for() -> None:
    assert found(FAULTS["insertion_left"][2], published=False) == []


def test_a_welsh_paper_is_measured_against_welsh() -> None:
    parts = changed(swap('w:lang w:val="en-GB"', 'w:lang w:val="cy-GB"', STYLES))
    assert accessibility_problems(WordFile(parts, "paper.docx"), language="cy-GB", published=True) == []


def test_a_size_is_followed_through_the_styles_a_style_is_based_on() -> None:
    (problem,) = found(style("Normal", "<w:qFormat/>", '<w:qFormat/><w:rPr><w:sz w:val="22"/></w:rPr>'), normal("x"))
    assert problem.message == "The style “Normal” is set in 11 points."


def test_a_fault_of_a_style_is_told_once_and_one_made_by_hand_once_a_paragraph() -> None:
    small = '<w:sz w:val="18"/>'
    by_style = found(style("TableText", "</w:pPr>", f"</w:pPr><w:rPr>{small}</w:rPr>"))
    assert [each.message for each in by_style] == ["The style “Table Text” is set in 9 points."]
    by_hand = paragraph("Normal", run("One, ", small) + run("two.", small))
    assert [each.message for each in found(at_end(by_hand + by_hand))] == ["“One, two.” is set in 9 points."] * 2


def test_a_problem_is_placed_by_heading_table_and_row() -> None:
    (problem,) = found(swap("June 2026", ""))
    assert str(problem) == (
        "warning P508  paper.docx, under “Progress”, table 1, row 3: The cell in column 3 is empty. "
        "Say what is meant: “None”, “Not known” or “Not applicable”."
    )


def test_a_blank_line_is_told_by_the_words_before_it() -> None:
    (problem,) = found(at_end("<w:p/>"))
    assert problem.message == "A blank line stands after “Letter from the contractor”."


def test_a_paper_that_cannot_be_read_has_no_problem_here() -> None:
    parts = sound_parts() | {"word/document.xml": b"<w:document"}
    assert accessibility_problems(WordFile(parts, "paper.docx"), published=True) == []


def test_underlined_capital_headings_are_a_matter_of_style_alone() -> None:
    problems = found(
        style("Heading1", "<w:b/>", "<w:b/><w:caps/>"), style("Heading1", "<w:sz ", '<w:u w:val="single"/><w:sz ')
    )
    assert [each.message for each in problems] == [
        "The style “heading 1” is underlined, as if it were a link.",
        "The style “heading 1” is shown in capitals.",
    ]
