"""The templates that come with the product: what an officer may rely on when editing them in Word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.opc import parse
from pipeline.word import (
    VAL,
    Element,
    WordFile,
    accessibility_problems,
    cells,
    paragraphs,
    qn,
    read_parts,
    rows,
    seen,
    style_of,
)
from tests import validators
from tests.lint import lint
from tests.word.papers import TEMPLATES

SHIPPED = {path.parent.name: path for path in sorted(TEMPLATES.glob("*/template.docx"))}
UNFILLED = "was left in the text"
NEEDED_BY_DRAFTS = {"CommentText", "CommentReference", "ListBullet", "NumberedParagraph", "NumberedSubparagraph",
                    "Recommendation", "AppendixItem", "TableText", "TableHeading"}  # fmt: skip


@pytest.fixture(params=list(SHIPPED.values()), ids=list(SHIPPED))
def template(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


def parts_of(template: Path) -> dict[str, bytes]:
    return read_parts(template.read_bytes(), template.name)


def body_of(template: Path) -> Element:
    return parse(parts_of(template)["word/document.xml"])


def test_every_report_has_one() -> None:
    assert list(SHIPPED) == sorted(path.parent.name for path in TEMPLATES.glob("*/report.toml"))


def test_it_is_sound_but_for_the_fields_that_are_to_be_filled_in(template: Path) -> None:
    assert all(UNFILLED in fault for fault in lint(parts_of(template)))
    assert validators.audit_problems(template.read_bytes()) == []


@pytest.mark.deep
@pytest.mark.sdk
def test_the_sdk_finds_nothing(template: Path) -> None:
    assert validators.sdk_problems(template.read_bytes()) == []


def test_nothing_keeps_a_reader_from_it(template: Path) -> None:
    assert accessibility_problems(WordFile(parts_of(template), template.name), published=True) == []


def test_it_is_small_and_holds_nothing_but_what_a_paper_needs(template: Path) -> None:
    assert template.stat().st_size < 40_000
    stray = [name for name in parts_of(template) if re.search("thumbnail|customXml|stylesWithEffects|custom.xml", name)]
    assert stray == []


def test_word_opens_it_in_its_own_mode_and_asks_no_question(template: Path) -> None:
    settings = parse(parts_of(template)["word/settings.xml"])
    modes = {each.get(qn("w:name")): each.get(VAL) for each in settings.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    assert settings.find(qn("w:updateFields")) is None


def test_it_is_arial_12_in_british_english_on_a4(template: Path) -> None:
    defaults = WordFile(parts_of(template), template.name).styles.defaults
    assert defaults[qn("w:rPr"), "rFonts"].element.get(qn("w:ascii")) == "Arial"
    assert (defaults[qn("w:rPr"), "sz"].value, defaults[qn("w:rPr"), "lang"].value) == ("24", "en-GB")
    sizes = [{each.get(qn("w:w")), each.get(qn("w:h"))} for each in body_of(template).iter(qn("w:pgSz"))]
    assert sizes
    assert all(size == {"11906", "16838"} for size in sizes)


def test_styles_that_merged_and_reviewed_drafts_need_are_there(template: Path) -> None:
    there = set(WordFile(parts_of(template), template.name).styles.by_id)
    assert there >= NEEDED_BY_DRAFTS


def test_every_number_comes_from_a_style(template: Path) -> None:
    body = body_of(template)
    assert next(body.iter(qn("w:numPr")), None) is None
    numbering = parse(parts_of(template)["word/numbering.xml"])
    bound = {each.get(VAL) for each in numbering.iter(qn("w:pStyle"))}
    assert bound >= {"NumberedParagraph", "NumberedSubparagraph", "Recommendation", "AppendixItem", "ListBullet"}


def test_header_rows_repeat_and_no_row_splits(template: Path) -> None:
    tables = list(body_of(template).iter(qn("w:tbl")))
    assert len(tables) >= 2
    for table in tables:
        switches = [{each.tag for each in row.iterfind(f"{qn('w:trPr')}/*")} for row in rows(table)]
        assert qn("w:tblHeader") in switches[0]
        assert all(qn("w:cantSplit") in each for each in switches)
        layout = table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}")
        assert layout is not None
        assert layout.get(qn("w:type")) == "fixed"


def test_the_footer_counts_pages(template: Path) -> None:
    footer = parse(parts_of(template)["word/footer1.xml"])
    assert seen(next(paragraphs(footer))).text == "Page 1 of 1"
    codes = [(each.text or "").strip() for each in footer.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_what_only_tells_the_program_what_to_repeat_stands_in_a_style_of_its_own(template: Path) -> None:
    for paragraph in paragraphs(body_of(template)):
        if next(paragraph.iterancestors(qn("w:tc")), None) is None:
            is_tag = seen(paragraph).text.startswith("{%p")
            assert (style_of(paragraph) == "TemplateInstruction") == is_tag


def test_the_tracker_turns_the_page_for_its_wide_table_and_back() -> None:
    body = body_of(SHIPPED["recommendation-tracker"])
    turned = [each.get(qn("w:orient"), "portrait") for each in body.iter(qn("w:pgSz"))]
    assert turned == ["portrait", "landscape", "portrait"]
    carriers = [next(each.iterancestors(qn("w:p")), None) for each in body.iter(qn("w:sectPr"))][:-1]
    texts = [seen(each).text for each in carriers if each is not None]
    assert len(texts) == 2
    assert not any("{" in text or not text.strip() for text in texts), "a break on a tag's paragraph goes with the tag"
    wide = [
        [seen(next(paragraphs(cell))).text for cell in cells(next(rows(table)))] for table in body.iter(qn("w:tbl"))
    ]
    assert ["Reference", "Origin", "Recommendation", "Lead officer", "Action taken", "Due", "Status"] in wide
