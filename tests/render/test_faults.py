"""A template that does not fit is told to its keeper: the heading, the tag as typed, every missing name, one cure."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document

from pipeline.blocks import Table
from pipeline.opc import write
from pipeline.problems import PaperError, Problem
from pipeline.render import render
from pipeline.word import read_parts
from tests.documents import new_document
from tests.render.made import (
    OPEN,
    PROPERTIES,
    board,
    compiled,
    context,
    fill_table,
    open_rows,
    paragraph,
    saved,
    section,
)


def problems_of(build: Callable[[Any], None], **fields: Any) -> tuple[Problem, ...]:
    document = new_document()
    document.add_heading("Background", 1)
    build(document)
    made = context()
    made = replace(made, fields={**made.fields, **fields})
    with pytest.raises(PaperError) as caught:
        render(compiled(saved(document), made, "board.docx"), made, PROPERTIES)
    for problem in caught.value.problems:
        assert problem.place.file == "board.docx"
        assert problem.cure.endswith(".")
        assert not any(word in str(problem) for word in ("Jinja", "XML", "Undefined", "None", "_cp_", "<w:"))
    return caught.value.problems


def test_a_missing_field_is_quoted_under_its_heading_with_the_likely_name() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("For {{ titel }}"))
    assert problem.code == "T011"
    assert problem.place.near == "under “Background”, at “{{ titel }}”"
    assert problem.message == "“titel” in “{{ titel }}” is not a field of this paper."
    assert problem.cure == "Write “title” if that is what you mean."


def test_all_missing_fields_are_told_at_once_each_once() -> None:
    def build(document: Any) -> None:
        for text in ("{{ titel }}", "{{ bord }}", "{{ titel }}", "{{ title }}"):
            document.add_paragraph(text)

    assert [problem.message for problem in problems_of(build)] == [
        "“titel” in “{{ titel }}” is not a field of this paper.",
        "“bord” in “{{ bord }}” is not a field of this paper.",
    ]  # fmt: skip


def test_a_missing_field_of_a_row_is_told_with_the_likely_name() -> None:
    def tables(document: Any) -> None:
        document.add_paragraph(f"{{%p if block.list == '{OPEN}' %}}")
        fill_table(document, [["Area"], ["{%tr for row in block.rows %}"], ["{{ row.aria }}"], ["{%tr endfor %}"]])
        document.add_paragraph("{%p endif %}")

    (problem,) = problems_of(lambda document: section(document, "background", tables))
    assert (problem.code, problem.cure) == ("T011", "Write “row.area” if that is what you mean.")
    assert "“row.aria”" in problem.message
    assert "{{ row.aria }}" in problem.place.near


def test_a_section_printed_as_text_is_told() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{{ background }}"))
    assert problem.code == "T014"


def test_a_value_that_is_no_text_is_not_printed() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{{ odd }}"), odd=object())
    assert problem.code == "T155"


@pytest.mark.parametrize("text", ["a\x07b", "a\fb", "a\rb", "a\x00b", "a\ud800b", "a\ufffeb", "a\x0bb"])
def test_a_character_that_word_cannot_hold_is_named(text: str) -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{{ odd }}"), odd=text)
    assert problem.code == "T156"
    assert "U+" in problem.message


def test_an_unknown_filter_is_told_with_the_likely_one() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{{ title|listd }}"))
    assert (problem.code, problem.cure) == ("T012", "Write “listed” if that is what you mean.")


def test_a_loop_that_is_never_closed_is_told() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{%p for block in background %}"))
    assert problem.code == "T003"


def test_a_tag_that_makes_no_sense_is_quoted() -> None:
    (problem,) = problems_of(lambda document: document.add_paragraph("{{ title | }}"))
    assert problem.code == "T015"
    assert "title" in problem.place.near


ATTACKS = [
    "{{ title.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{{ lipsum.__globals__ }}", "{{ range(10) }}", "{{ title|attr('__class__') }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{{ self.__init__ }}", "{% include 'x' %}", "{% import 'os' as os %}", "{{ background.append(1) }}",
    "{{ background[0].block }}", "{{ background[0].start }}",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_that_reaches_out_gets_nothing(attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((subprocess, "Popen"), (os, "system"), (os, "popen")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("the template ran code"))
    problems = problems_of(lambda document: document.add_paragraph(attack))
    assert {problem.code for problem in problems} <= {"T011", "T012", "T014", "T015", "T016", "T017"}


def test_a_tag_in_a_part_that_is_not_filled_in_is_told_where_readers_would_see_it() -> None:
    sound = board()
    note = b'<w:endnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:endnote><w:p><w:r>'
    parts = read_parts(saved(sound), "board.docx")
    parts["word/endnotes.xml"] = note + b"<w:t>{{ title }}</w:t></w:r></w:p></w:endnote></w:endnotes>"
    with pytest.raises(PaperError) as caught:
        compiled(write(parts))
    assert [problem.code for problem in caught.value.problems] == ["T024"]
    sound.add_comment(sound.paragraphs[0].runs, text="{{ title }}")
    assert compiled(saved(sound))


def test_a_list_that_no_table_shows_is_told() -> None:
    (problem, *_) = problems_of(lambda document: section(document, "background"))
    assert problem.code == "P901"
    assert "areas" in problem.message


def test_words_with_their_look_are_not_printed_as_plain_text() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("{%p for block in appendices %}")
        document.add_paragraph("{{ block.text }}")
        document.add_paragraph("{%p endfor %}")

    (problem,) = problems_of(build)
    assert (problem.code, problem.cure) == ("T014", "Write “{{r block.text }}”.")


def test_text_typed_between_runs_is_printed_all_the_same() -> None:
    document = new_document()
    document.add_paragraph("Title: {{r title }}.")
    section(document, "introduction")
    section(document, "appendices")
    made = replace(context(), fields={"title": "A & B"})
    made = replace(made, sections={**made.sections, "background": (), "introduction": (paragraph("i", "Text"),)})
    content = render(compiled(saved(document), made), made, PROPERTIES).content
    assert [p.text for p in Document(io.BytesIO(content)).paragraphs] == [
        "Title: A & B.",
        "Text",
        "Letter of 3 October",
    ]


def test_a_table_without_its_own_design_fails_only_where_it_has_rows() -> None:
    document = new_document()
    section(document, "background")
    made = replace(context(), fields={}, sections={"background": (paragraph("b", "Text"), Table("t", OPEN, ()))})
    template = compiled(saved(document))
    assert render(template, made, PROPERTIES)
    with pytest.raises(PaperError):
        render(template, replace(made, sections={"background": (Table("t", OPEN, open_rows()),)}), PROPERTIES)
