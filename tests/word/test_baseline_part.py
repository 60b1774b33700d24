"""The baseline inside the paper comes out as it went in, wherever an editor puts it."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.baseline import NAMESPACE, Baseline, Written
from pipeline.blocks import Fact
from pipeline.opc import write
from pipeline.problems import Place
from pipeline.word import baseline_from, baseline_item, baseline_xml, put_baseline, read_baseline, read_parts

OTHERS = Fact(
    "“others”", (Place("log.xlsx", "Log", "A4"), Place("a; b & c.docx", near="paragraph 2 (“<Note>!”)")), "", 27
)
LETTER = Fact("", (Place("letter.docx"),), "left out", 3)
LINE = Fact("two\tthree", (Place("tracker.xlsx", "Actions", "C4"),), start=14, cell=2, name="activity")
BLANK = Fact("", (Place("tracker.xlsx", "Actions", "D4"),), cell=1, name="deadline")
COUNT = Fact("27 < 31", (Place("tracker.xlsx", "Actions", "G4"),), "counted")
BASELINE = Baseline(
    (
        Written("background/letter", ("See [[_cp_0123456789ab]] & “others”.",), "", (OTHERS, LETTER)),
        Written("table/open/BV-1", ("Area <1>", "", "Line one\nline two\tthree"), "table/open", (LINE, BLANK)),
        Written("background/count", ("24 are done.",), "", (COUNT,), ("27 < 31 are done.",), "refused"),
        Written("background/offered", ("24 are done.",), told=("27 are done.",), offer="made"),
        Written("table/open/BV-2", ("Area", "May"), "table/open", told=("", "")),
    ),
    {"as_at": "2017-01-13", "title": 'A "quoted" title'},
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@pytest.fixture
def parts() -> dict[str, bytes]:
    stream = io.BytesIO()
    Document().save(stream)
    return read_parts(stream.getvalue(), "paper.docx")


def test_a_baseline_is_read_as_it_was_written(parts: dict[str, bytes]) -> None:
    assert read_baseline(write(put_baseline(parts, BASELINE))) == BASELINE


def test_what_a_block_of_version_one_rests_on_is_understood() -> None:
    xml = (
        f'<paper xmlns="{NAMESPACE}"><block key="a" sources="Actions!G4; legal.docx, paragraph 1 (“Wow! A1”)">'
        "<t>24 are done.</t></block></paper>"
    )
    known = baseline_from(xml.encode())
    assert known is not None
    assert known.blocks[0].sources == (
        Place("", "Actions", "G4"), Place("legal.docx, paragraph 1 (“Wow! A1”)"))  # fmt: skip
    assert [fact.text for fact in known.blocks[0].facts] == ["", ""]


def test_version_one_reads_the_texts_of_a_block_and_passes_over_what_it_was_told() -> None:
    texts = [re.findall(rb"<t>([^<]*)</t>", block) for block in baseline_xml(BASELINE).split(b"<block ")[1:]]
    assert list(map(len, texts)) == [1, 3, 1, 1, 2]


def test_as_told_is_what_the_facts_gave_whether_or_not_the_paper_took_it() -> None:
    told = {each.key: each.texts for each in BASELINE.as_told().blocks}
    assert told["background/count"] == ("27 < 31 are done.",)
    assert told["background/letter"] == BASELINE.blocks[0].texts
    assert "table/open/BV-2" not in told


def test_a_paper_without_one_has_none(parts: dict[str, bytes]) -> None:
    assert read_baseline(write(parts)) is None


def test_a_second_one_takes_the_place_of_the_first(parts: dict[str, bytes]) -> None:
    later = Baseline((Written("a", ("b",)),), {"as_at": "2017-02-01"})
    both = put_baseline(put_baseline(parts, BASELINE), later)
    assert read_baseline(write(both)) == later
    assert sum(b"urn:committee-papers:baseline" in content for name, content in both.items() if "/item" in name
               and "Props" not in name) == 1  # fmt: skip


def test_it_is_found_under_another_name(parts: dict[str, bytes]) -> None:
    placed = put_baseline(parts, BASELINE)
    name = baseline_item(placed)
    moved = {("customXml/item77.xml" if part == name else part): content for part, content in placed.items()}
    assert read_baseline(write(moved)) == BASELINE


@pytest.mark.parametrize(
    "xml",
    [
        b"", b"<paper", b"<other/>", b'<paper xmlns="urn:committee-papers:baseline:1"><block/></paper>',
        b'<paper xmlns="urn:committee-papers:baseline:1"><block key="a"/></paper>',
    ],
)  # fmt: skip
def test_a_damaged_one_counts_as_none(xml: bytes) -> None:
    assert baseline_from(xml) is None


@given(st.lists(st.tuples(TEXT, st.lists(TEXT.map(lambda t: t + "\n\t<&>"), min_size=1))))
def test_every_text_comes_back_to_the_character(blocks: list[tuple[str, list[str]]]) -> None:
    baseline = Baseline(tuple(Written(key, tuple(texts)) for key, texts in blocks), {})
    assert baseline_from(baseline_xml(baseline)) == baseline
