"""The proof finds every fault that is put into a good paper, and none in the good paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from pipeline.opc import deflated, write
from pipeline.problems import PaperError
from pipeline.render import Filled, Template, frames_of, prove, prove_package, render
from tests.render.made import PROPERTIES, board_template, context, filled

DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_CELL = re.compile(rb"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", re.DOTALL)
_MARK_OF_LETTER = re.compile(
    rb'(<w:bookmarkStart w:id="\d+" w:name=")_cp_\w+("/><w:r><w:t xml:space="preserve">A letter)'
)


@pytest.fixture(scope="module")
def template() -> Template:
    return board_template()


def as_filled(parts: Mapping[str, bytes]) -> dict[str, Filled]:
    """Parts of which nobody knows where in them values stand."""
    return {name: Filled(content) for name, content in parts.items()}


def found(template: Template, damage: Callable[[bytes], bytes]) -> set[str]:
    """The codes of what the proof says of a good paper that was damaged."""
    sound = filled(template, context())
    damaged = {**sound, DOCUMENT: damage(sound[DOCUMENT])}
    assert damaged != sound, "the damage did nothing"
    with pytest.raises(PaperError) as caught:
        prove(template, context(), as_filled(damaged), frames_of(template, context()))
    assert all("was not handed over" in problem.message for problem in caught.value.problems)
    return {problem.code for problem in caught.value.problems}


def instead(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(old.encode(), new.encode(), 1)


def test_a_good_paper_passes(template: Template) -> None:
    assert prove(template, context(), as_filled(filled(template, context())), frames_of(template, context()))


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a word of a paragraph lost": ("P901", instead("A letter was sent", "A letter sent")),
    "a cell lost its text": ("P901", instead("Activity 1 &amp; more", "")),
    "a figure changed": ("P901", instead("94%", "95%")),
    "a field lost": ("P901", instead("Plan &amp; update", "Plan")),
    "two paragraphs changed places": (
        "P901",
        lambda xml: re.sub(rb"(A point\.)(.*)|(After the table\.)(.*?)(A point\.)", rb"\5\4\3\1\2", xml, count=1,
                           flags=re.DOTALL),
    ),
    "a tag left": ("P902", instead("After the table.", "After the table. {{ title }}")),
    "half a tag left": ("P902", instead("After the table.", "After the table. {% x")),
    "None printed": ("P903", instead("After the table.", "After the table. None")),
    "nan printed": ("P903", instead("After the table.", "After the table. nan")),
    "a repr printed": ("P903", instead("After the table.", "After the table. datetime.date(2017, 1, 1)")),
    "a cell without a paragraph": ("P904", lambda xml: re.sub(
        _CELL, rb"\1\2", xml, count=1)),
    "a row without cells": ("P905", instead("</w:tbl>", "<w:tr></w:tr></w:tbl>")),
    "a table without rows": ("P905", instead("<w:tbl>", "<w:tbl><w:tblGrid/></w:tbl><w:tbl>")),
    "a column too many": ("P906", instead("<w:tblGrid>", '<w:tblGrid><w:gridCol w:w="9"/>')),
    "a mark twice": ("P907", lambda xml: re.sub(rb'(<w:bookmarkStart w:id=")(\d+)(" w:name="_cp_\w+"/>)',
                                                rb'\g<1>9999\3<w:bookmarkEnd w:id="9999"/>\g<1>\2\3', xml, count=1)),
    "a mark without an end": ("P907", lambda xml: re.sub(rb"<w:bookmarkEnd [^>]*>", b"", xml, count=1)),
    "a mark lost": ("P901", lambda xml: re.sub(
        _MARK_OF_LETTER, rb"\1other\2", xml)),
    "a reference that leads nowhere": ("P908", instead(" REF _cp_", " REF _cp_0")),
    "a field that never ends": ("P908", instead('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")),
    "the page set-up lost": ("P909", lambda xml: re.sub(rb"<w:sectPr.*</w:sectPr>", b"", xml, flags=re.DOTALL)),
    "the header lost": ("P909", lambda xml: re.sub(rb"<w:headerReference[^>]*/>", b"", xml)),
    "text after the page set-up": ("P909", instead("</w:body>", "<w:p></w:p></w:body>")),
    "an ampersand bare": ("P910", instead("&amp; more", "& more")),
    "an element never closed": ("P910", instead("</w:body>", "")),
    "elements crossed": ("P910", instead("</w:t></w:r>", "</w:r></w:t>")),
    "a paragraph in a paragraph": ("P910", instead("After the table.", "A</w:t></w:r><w:p></w:p><w:r><w:t>")),
    "a table in a run": ("P910", instead("After the table.", "After the table.</w:t><w:tbl></w:tbl><w:t>")),
    "text between runs": ("P910", instead("</w:r></w:p>", "</w:r>lost</w:p>")),
    "a control character": ("P910", instead("After the table.", "After the table.\x0b")),
    "half a character": ("P910", lambda xml: xml.replace(b"After the table.", b"After the table.\xe2\x80")),
    "an attribute twice": ("P910", instead("<w:body>", '<w:body a="1" a="2">')),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_the_proof_finds(template: Template, name: str) -> None:
    code, damage = DAMAGE[name]
    assert code in found(template, damage)


def test_a_package_that_does_not_hold_what_was_proven_is_not_handed_over(template: Template) -> None:
    ready = template.patched.ready
    parts = {name: deflated(xml) for name, xml in filled(template, context()).items()} | ready
    whole = write(parts)
    prove_package(whole, parts, ready)

    def flipped(part: str) -> bytes:
        content = bytearray(whole)
        content[whole.index(part.encode()) + 60] ^= 0xFF
        return bytes(content)

    for wrong in (flipped(DOCUMENT), flipped("word/settings.xml"), whole[:-1], whole[1:]):
        with pytest.raises(PaperError) as caught:
            prove_package(wrong, parts, ready)
        assert [problem.code for problem in caught.value.problems] == ["P910"]
    with pytest.raises(PaperError):
        prove_package(whole, {**parts, DOCUMENT: deflated(b"other")}, ready)


def test_a_paper_that_says_none_where_the_officer_does_passes(template: Template) -> None:
    assert render(template, context(title="None, nan and {{ title }}"), PROPERTIES)
