"""A paper is made, laid out and read back in chunks: wherever they are cut, it comes out the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.compile import Template
from pipeline.render.layout import ACROSS, TABLE, TABLE_END, behind_paragraphs, laid_out
from pipeline.render.paper import fill
from pipeline.render.views import views
from tests.render.made import board_template, context

DOCUMENT = "word/document.xml"
SPACED = frozenset({b"Heading1"})
PARAGRAPHS = st.sampled_from([
    b"<w:p><w:r><w:t>Said</w:t></w:r></w:p>", b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>',
    b'<w:p w:rsidR="1"><w:pPr><w:spacing w:after="1"/></w:pPr></w:p>', b"<w:p><w:pPr><w:keepNext/></w:pPr></w:p>",
])  # fmt: skip
CELL = b'<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr>%b</w:tc>'
ROWS = st.lists(PARAGRAPHS.map(lambda paragraph: b"<w:tr>" + CELL % paragraph * 2 + b"</w:tr>"), min_size=1, max_size=4)
GRID = b'<w:tbl><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>%b</w:tbl>'
TABLES = st.tuples(st.sampled_from([b"", ACROSS]), ROWS).map(
    lambda each: TABLE + each[0] + GRID % b"".join(each[1]) + TABLE_END
)
DOCUMENTS = st.lists(PARAGRAPHS | TABLES, max_size=12).map(lambda each: b"<w:body>" + b"".join(each) + b"</w:body>")


@pytest.fixture(scope="module")
def template() -> Template:
    return board_template()


def cut(xml: bytes, places: list[int]) -> list[bytes]:
    """The bytes in pieces, cut at these places, wherever they fall."""
    ends = sorted({place % (len(xml) + 1) for place in places})
    return [xml[start:end] for start, end in zip([0, *ends], [*ends, len(xml)], strict=True)]


PLACES = st.lists(st.integers(0, 100_000), max_size=8)


@given(DOCUMENTS, PLACES)
def test_a_document_is_laid_out_alike_wherever_it_is_cut(xml: bytes, places: list[int]) -> None:
    whole = b"".join(laid_out([xml], SPACED))
    assert b"".join(laid_out(behind_paragraphs(cut(xml, places)), SPACED)) == whole
    assert TABLE not in whole


def test_a_long_table_is_never_held_whole(template: Template) -> None:
    made = context(5000)
    chunks = [len(chunk) for chunk in fill(template, views(made, template.numbers), made)[DOCUMENT]]
    assert sum(chunks) > 20 * max(chunks)
