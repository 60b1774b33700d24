"""A status that is shaded by its word stands in a file that the schema allows."""

from __future__ import annotations

import io
from typing import Any

from docx import Document

from pipeline.blocks import Block, Context
from pipeline.formats import Formats
from pipeline.language import Type, Vocabulary, World
from pipeline.render import Offer, Section, compile_template, render
from tests.documents import new_document
from tests.render.made import PROPERTIES, fill_table, paragraph, saved
from tests.validators import audit_problems

WORDS = Vocabulary(kinds={}, rules={}, lists={}, given={"=rag": Type("text")}, public={"rag": "=rag"}, behind={})


def shaded(rag: str) -> Any:
    """A paper with one cell, shaded in green where its word is Green."""
    document = new_document()
    fill_table(document, [["Status"], ["{% cellbg 'C6E0B4' if rag == 'Green' else 'FFFFFF' %}{{ rag }}"]])
    for text in ("{%p for block in why %}", "{{r block.text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    template = compile_template(saved(document), "template.docx", Offer(WORDS, (Section("why"),)), cached=False)
    sections: dict[str, tuple[Block, ...]] = {"why": (paragraph("why/1", "So."),)}
    done = render(template, Context({"rag": rag}, sections), PROPERTIES, World(Formats(), {}, WORDS.definition))
    assert audit_problems(done.content) == []
    return Document(io.BytesIO(done.content)).tables[0].cell(1, 0)


def test_a_status_is_shaded_with_its_word_behind_the_width_of_its_cell() -> None:
    for rag, fill in (("Green", "C6E0B4"), ("Red", "FFFFFF")):
        cell = shaded(rag)
        assert cell.text == rag
        assert [each.tag.rpartition("}")[2] for each in cell._tc.tcPr] == ["tcW", "shd"]
        assert f'w:fill="{fill}"' in cell._tc.xml
