"""What a person sees of a paragraph: the right words for every way in which Word keeps them; what nobody can tell."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from pipeline.word import Element, Paragraph, Story, Styles, paragraphs, qn
from pipeline.word import seen as read
from tests.publish.papers import SPACES, complex_field, text
from tests.word.fields import FIELDS, FORMS, OTHERS, PROMPTS, SHOWN, SIGNS, SILENT, UNREAD, bare, code, mark, sign


def body(*pieces: str) -> Element:
    """A body of one paragraph a piece."""
    return etree.fromstring(f"<w:body {SPACES}>{''.join(f'<w:p>{each}</w:p>' for each in pieces)}</w:body>")


def seen(piece: str) -> Paragraph:
    return read(body(piece)[0])


@pytest.mark.parametrize(("piece", "words"), SHOWN)
def test_a_person_sees(piece: str, words: str) -> None:
    found = seen(text("Before ") + piece + text(" after."))
    assert found.text == f"Before {words} after."
    assert found.unsettled == ()


def test_each_kind_is_tried_ten_times_and_reading_only_what_is_stored_would_not_do() -> None:
    for kind in (FORMS, SIGNS, FIELDS, OTHERS, SILENT, PROMPTS):
        assert len(kind) >= 10
    stored = ["".join(body(piece)[0].itertext(qn("w:t"))) == words for piece, words in SHOWN]
    assert stored.count(False) > 40


@pytest.mark.parametrize(("piece", "about"), PROMPTS)
def test_a_prompt_is_told_from_words(piece: str, about: str) -> None:
    (found,) = seen(piece).unsettled
    assert (found.kind, found.about) == ("prompt", about)


@pytest.mark.parametrize(("piece", "kind", "about"), UNREAD)
def test_what_nobody_can_tell_has_a_name(piece: str, kind: str, about: str) -> None:
    assert [(each.kind, each.about) for each in seen(piece).unsettled] == [(kind, about)]


HIDING = Styles(
    etree.fromstring(
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
)
OF_RUNS = [
    piece for piece, *_ in (*SHOWN, *PROMPTS, *UNREAD) if not re.search("<w:sdt>|<w:fldSimple|<m:|vanish", piece)
]


@pytest.mark.parametrize("piece", OF_RUNS)
def test_nothing_of_it_is_seen_in_hidden_text(piece: str) -> None:
    found = read(body(f'<w:pPr><w:pStyle w:val="H"/></w:pPr>{piece}')[0], HIDING)
    assert (found.text, found.unsettled) == ("", ())


def test_numbers_are_counted_through_the_text_and_not_across_a_heading() -> None:
    heading = f'<w:pPr><w:outlineLvl w:val="0"/></w:pPr>{text("Heading")}'
    numbered = [
        bare("AUTONUM") + text(" One"),
        text("between"),
        bare("AUTONUM") + text(" Two"),
        heading,
        bare("AUTONUM"),
    ]
    root = body(*numbered)
    found = Story(root).paragraphs
    assert [each.text for each in found.values()] == ["1. One", "between", "2. Two", "Heading", ""]
    assert [piece.about for each in found.values() for piece in each.unsettled] == ["AUTONUM"]


def test_a_field_may_begin_in_one_paragraph_and_end_in_another() -> None:
    root = body(
        mark("begin") + code("TOC") + mark("separate") + text("First"), text("Second"), text("Third") + mark("end")
    )
    assert [each.text for each in Story(root).paragraphs.values()] == ["First", "Second", "Third"]
    root = body(
        mark("begin") + code("IF"), code("1") + text("code"), mark("separate") + text("b") + mark("end") + text("c")
    )
    assert [each.text for each in Story(root).paragraphs.values()] == ["", "", "bc"]


def test_a_text_box_is_read_once_apart_from_its_paragraph_and_not_where_it_is_hidden() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert [each.text for each in Story(body(text("outside") + both)).paragraphs.values()] == ["outside", "boxed"]
    for unseen in (
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict>{box}</w:pict></w:r>",
        f'<w:r><w:pict><v:shape style="visibility:hidden">{box}</v:shape></w:pict></w:r>',
        f"<w:del><w:r><w:pict>{box}</w:pict></w:r></w:del>",
        f"{mark('begin')}{code('XE')}<w:r><w:pict>{box}</w:pict></w:r>{mark('end')}",
    ):
        assert [each.text for each in Story(body(text("outside") + unseen)).paragraphs.values()] == ["outside", ""]


def test_a_hidden_row_is_not_seen() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr>"
    root = etree.fromstring(
        f"<w:body {SPACES}><w:tbl>{row.format('<w:trPr><w:hidden/></w:trPr>')}{row.format('')}</w:tbl></w:body>"
    )
    assert [each.text for each in Story(root).paragraphs.values()] == ["", "cell"]


def test_a_sign_of_a_symbol_font_by_a_style_is_read() -> None:
    styles = Styles(
        etree.fromstring(
            f'<w:styles {SPACES}><w:style w:type="character" w:styleId="T"><w:rPr><w:rFonts w:ascii="Wingdings"/>'
            "</w:rPr></w:style></w:styles>"
        )
    )
    assert read(body(text("ü", '<w:rStyle w:val="T"/>'))[0], styles).text == "✓"


def test_numbers_that_pages_decide_are_told_from_words() -> None:
    found = seen(text("Page ") + complex_field("PAGE", "3") + text(" of ") + '<w:fldSimple w:instr="NUMPAGES"/>')
    assert found.text == "Page 3 of "
    assert [each.text for each in found.pieces if each.kind == "text"] == ["Page ", " of "]


def test_thousands_of_nested_fields_are_read_and_quickly() -> None:
    begun = '<w:fldChar w:fldCharType="begin"/><w:instrText> IF </w:instrText>' * 3000
    ended = '<w:fldChar w:fldCharType="end"/>' * 3000
    deep = body(f"<w:r>{begun}{ended}</w:r>" + sign("Symbol", "F0B0"))
    assert Story(deep).paragraphs[next(paragraphs(deep))].text == "°"


def test_what_only_older_programs_show_is_seen_by_nobody() -> None:
    inside = "<w:txbxContent><w:p><w:r><w:t>old</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    assert [each.text for each in Story(body(f"<w:r>{both}</w:r>")).paragraphs.values()] == [""]
