"""A cross-reference of somebody's own to a place that has left the paper stops publication: it prints an old number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from docx.oxml import parse_xml

from pipeline.blocks import mark_name
from pipeline.problems import PaperError
from pipeline.revise import Paper
from pipeline.word import paragraphs
from tests import hands
from tests.office import Office, check, office, publish
from tests.revise.papers import W

MEETING, NOW = "2017-01-23", dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
FIELD = (
    '<w:p xmlns:w="{0}"><w:r><w:t>As was said in </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> {1} {2} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>4.2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    return office(tmp_path)


def told(desk: Office) -> list[str]:
    return [f"{each.code} {each.message}" for each in check(desk.order(MEETING, now=NOW)) if each.code == "C193"]


@pytest.mark.parametrize("kind", ["REF", "PAGEREF"])
def test_it_is_told_and_the_paper_is_not_published_until_it_leads_somewhere(desk: Office, kind: str) -> None:
    path = desk.build(MEETING, now=NOW).path
    first = mark_name("template/1-title")

    def refer(paper: Paper) -> None:
        names = [start.get(f"{{{W}}}name", "") for start in paper.body.iter(f"{{{W}}}bookmarkStart")]
        there = next(name for name in names if name.startswith("_cp_"))
        lasting, gone = (parse_xml(FIELD.format(W, kind, name)) for name in (there, first))
        next(paragraphs(paper.body)).addnext(lasting)
        lasting.addnext(gone)

    hands.changed(path, refer)
    (found,) = told(desk)
    assert "A cross-reference in “As was said in 4.2” leads to a place that is in the paper no longer" in found
    with pytest.raises(PaperError) as refused:
        publish(desk.order(MEETING, now=NOW))
    assert "C193" in {each.code for each in refused.value.problems}
