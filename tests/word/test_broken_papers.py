"""Thirty-five ways to break a Word file, and which validator notices each: the measure of the validators themselves.

If an update of a validator changes a line of the table, that is news: it notices more, or has gone blind.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import validators
from tests.documents import packed
from tests.often import each_time
from tests.word.papers import (
    CONTROL,
    DOCUMENT,
    Change,
    Parts,
    at_end,
    changed,
    field,
    marked,
    paragraph,
    run,
    sound_parts,
    swap,
    without,
)

LINE = paragraph("Normal", "x")
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
INSERTED = '<w:p><w:ins w:id="901" w:author="A" w:date="{}">{}</w:ins></w:p>'.format
DELETED = '<w:p><w:del w:id="900" w:author="A" w:date="2026-01-05T09:00:00Z">{}</w:del></w:p>'.format
CELL = '<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr></w:tc>'
TABLE = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr>{}</w:tr></w:tbl>'.format
HIDDEN = f'<w:sdt {W15}><w:sdtPr><w:id w:val="5"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
OUT_OF_ORDER = '<w:p><w:pPr><w:jc w:val="left"/><w:pStyle w:val="Title"/></w:pPr></w:p>'
COMMENT_MARK = '<w:p><w:r><w:commentReference w:id="3"/></w:r></w:p>'


def numbers_before_designs(parts: Parts) -> None:
    text = parts["word/numbering.xml"].decode()
    turned = re.sub(r"(<w:abstractNum .*</w:abstractNum>)(<w:num .*</w:num>)", r"\2\1", text)
    assert turned != text
    parts["word/numbering.xml"] = turned.encode()


# Fault, and who notices it: L our own check, A openxml-audit, S the Open XML SDK.
BROKEN: dict[str, tuple[str, Change]] = {
    "ampersand_unescaped": ("LAS", swap("Roads &amp; paths", "Roads & paths")),
    "control_character": ("LAS", swap("Introduction", "Intro\x0bduction")),
    "control_number_twice": ("L", at_end(CONTROL)),
    "bookmark_number_twice": ("LAS", at_end(paragraph("Normal", marked(101, "x", run("x"))))),
    "bookmark_name_twice": ("L", at_end(paragraph("Normal", marked(7, "_cp_000000000001", run("x"))))),
    "bookmark_without_end": ("L", at_end('<w:bookmarkStart w:id="7" w:name="x"/>')),
    "link_without_relationship": ("LAS", swap('r:id="rId20"', 'r:id="rId999"')),
    "picture_without_relationship": ("LAS", swap('r:embed="rId21"', 'r:embed="rId999"')),
    "footer_missing": ("LAS", without("word/footer1.xml")),
    "styles_missing": ("LAS", without("word/styles.xml")),
    "kind_of_part_not_told": ("LAS", swap("/word/numbering.xml", "/word/x.xml", "[Content_Types].xml")),
    "paragraph_in_a_paragraph": ("AS", at_end(f"<w:p>{LINE}</w:p>")),
    "table_in_a_run": ("LAS", at_end("<w:p><w:r><w:tbl><w:tblPr/><w:tblGrid/></w:tbl></w:r></w:p>")),
    "run_outside_a_paragraph": ("AS", at_end(run("x"))),
    "cell_without_paragraph": ("LA", at_end(TABLE(CELL) + LINE)),
    "row_without_cell": ("LA", at_end(TABLE("") + LINE)),
    "more_columns_than_cells": ("L", swap("<w:gridCol ", '<w:gridCol w:w="100"/><w:gridCol ')),
    "properties_out_of_order": ("AS", at_end(OUT_OF_ORDER)),
    "size_that_is_no_number": ("S", at_end(paragraph("Normal", run("x", '<w:sz w:val="big"/>')))),
    "unknown_element": ("AS", at_end("<w:paragraph/>")),
    "style_missing": ("LA", at_end(paragraph("Nope", "x"))),
    "list_missing": ("LA", at_end(paragraph("Normal", "x", '<w:numPr><w:numId w:val="999"/></w:numPr>'))),
    "list_before_its_design": ("AS", numbers_before_designs),
    "reference_to_nothing": ("L", at_end(paragraph("Normal", field("REF _cp_gone \\r", "x")))),
    "field_without_end": ("L", swap('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")),
    "comment_missing": ("LAS", at_end(COMMENT_MARK)),
    "deleted_and_not": ("L", at_end(DELETED(run("x")))),
    "insertion_dated_yesterday": ("LAS", at_end(INSERTED("yesterday", run("x")))),
    "extension_not_ignorable": ("L", at_end(f"{HIDDEN}<w:sdtContent>{LINE}</w:sdtContent></w:sdt>")),
    "ignorable_prefix_unknown": ("LAS", swap('mc:Ignorable="w14"', 'mc:Ignorable="w16 w14"')),
    "tag_left": ("L", at_end(paragraph("Normal", "{{ block.text }}"))),
    "page_settings_not_last": ("LAS", swap("</w:body>", f"{LINE}</w:body>")),
    "made_yesterday": ("L", swap("2026-01-05T09:00:00Z", "yesterday", "docProps/core.xml")),
}  # fmt: skip


def cut_short() -> bytes:
    whole = packed(sound_parts())
    return whole[: len(whole) * 2 // 3]


def part_twice() -> bytes:
    """The same name twice in one zip: a name of the same length is rewritten to another's."""
    parts = sound_parts() | {"word/Document.xm_": sound_parts()[DOCUMENT]}
    return packed(parts).replace(b"word/Document.xm_", b"word/document.xml")


BROKEN_ZIPS = {"cut_short": cut_short, "part_twice": part_twice}


def broken(name: str) -> bytes:
    """The sound paper with one fault."""
    return BROKEN_ZIPS[name]() if name in BROKEN_ZIPS else packed(changed(BROKEN[name][1]))


NOTICED = {name: who for name, (who, _) in BROKEN.items()} | {"cut_short": "LAS", "part_twice": "LS"}


def test_there_are_thirty_five_ways() -> None:
    assert len(NOTICED) == 35


@pytest.mark.parametrize("name", each_time(NOTICED, list(NOTICED)[::3]))
def test_our_check_and_the_audit_notice_what_the_table_says(name: str) -> None:
    content = broken(name)
    noticed = "L" * bool(validators.lint_problems(content)) + "A" * bool(validators.audit_problems(content))
    assert noticed == NOTICED[name].replace("S", "")


FEW = ("size_that_is_no_number",)


@pytest.mark.sdk
@pytest.mark.slow
@pytest.mark.parametrize("names", [FEW, pytest.param(tuple(NOTICED), marks=pytest.mark.deep)], ids=["one", "all"])
def test_the_sdk_notices_what_the_table_says(names: tuple[str, ...]) -> None:
    said = validators.sdk_problems_of_all({name: broken(name) for name in names})
    assert {name for name, problems in said.items() if problems} == {name for name in names if "S" in NOTICED[name]}


def test_together_they_notice_every_one() -> None:
    assert all(NOTICED.values())


def test_a_sound_paper_passes_our_check_and_the_audit() -> None:
    assert validators.problems_of(packed(sound_parts()), sdk=False) == []


@pytest.mark.deep
@pytest.mark.sdk
def test_a_sound_paper_passes_the_sdk() -> None:
    assert validators.sdk_problems(packed(sound_parts())) == []


@pytest.mark.deep
@pytest.mark.libreoffice
def test_libreoffice_is_no_validator_it_drops_what_follows_a_field_without_end(tmp_path: Path) -> None:
    papers = {"sound": packed(sound_parts()), "broken": broken("field_without_end")}
    words = {name: validators.text_of(pdf) for name, pdf in validators.pdfs_of(papers, tmp_path).items()}
    assert "Letter from the contractor" in words["sound"]
    assert "Letter from the contractor" not in words["broken"]
