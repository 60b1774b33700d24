"""Blocks stand anywhere, in a form's cells, in rows of groups, under a condition, and keep their marks and proof."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from docx import Document

from pipeline.blocks import Block, Context, Row, Run, Table
from pipeline.check import check_template
from pipeline.formats import Formats
from pipeline.language import Kind, Type, Vocabulary, World
from pipeline.problems import PaperError, Place
from pipeline.render import Offer, Section, Template, compile_template, frames_of, prove, render
from pipeline.render import fill as filled
from tests.documents import new_document
from tests.reader import tables_of
from tests.render.made import PROPERTIES, fill_table, paragraph, saved

TEXT, NUMBER = Type("text"), Type("number")


@dataclass(frozen=True)
class Line:
    """A line of a budget."""

    key: str
    service: str
    cost: int
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, name: str) -> Place:
        return Place("budget.csv", "budget", f"{self.key}.{name}")


def line(key: str, service: str, cost: int, reason: str = "") -> Line:
    return Line(key, service, cost, reason, {"line": key, "service": service, "cost": cost, "reason": reason})


LINES = (line("Care", "Adults", 25, "More places"), line("Parking", "Streets", 3), line("Day care", "Adults", 2))
WORDS = Vocabulary(
    kinds={"budget": Kind(fields={"line": TEXT, "service": TEXT, "cost": NUMBER, "reason": TEXT}, counted="line")},
    rules={},
    lists={"budget": None},
    given={"=title": TEXT, "budget": Type("budget", many=True)},
    public={"title": "=title", "budget": "budget"},
    behind={},
)
OFFER = Offer(WORDS, (Section("position", ("budget",), styles=()), Section("asked"), Section("why")))


def template(document: Any) -> Template:
    return compile_template(saved(document), "template.docx", OFFER, cached=False)


def paper(lines: tuple[Line, ...] = LINES, *asked: str) -> tuple[Context, World]:
    rows = tuple(Row(each.key, {name: str(value) for name, value in each.values.items()}, {}, each) for each in lines)
    sections: dict[str, tuple[Block | Table, ...]] = {
        "position": (Table("position/t", "budget", rows),),
        "asked": tuple(paragraph(f"asked/{n}", text) for n, text in enumerate(asked or ("Note it.", "Agree it."))),
        "why": (paragraph("why/1", "It is ", Run("over", bold=True), " budget."),),
    }
    return Context({"title": "Budget"}, sections), World(Formats(), {"budget": list(lines)}, WORDS.definition)


def made(document: Any, lines: tuple[Line, ...] = LINES) -> tuple[list[list[list[str]]], dict[str, tuple[str, ...]]]:
    """The tables of the paper, and its blocks as they were read back."""
    context, world = paper(lines)
    done = render(template(document), context, PROPERTIES, world)
    return tables_of(done.content), {each.key: each.texts for each in done.baseline.blocks}


def table_of_position(document: Any, *rows: list[str]) -> None:
    for text in ("{%p for block in position %}", "{%p if block.list == 'budget' %}"):
        document.add_paragraph(text)
    fill_table(document, [["Line", "Cost"], *rows])
    for text in ("{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(text)


def form(document: Any) -> None:
    """A form: a label beside a cell that holds a section."""
    table = fill_table(document, [["Asked of you", ""], ["Why", ""]], headed=False)
    for row, name in zip(table.rows, ("asked", "why"), strict=True):
        row.cells[1].paragraphs[0].text = f"{{%p for block in {name} %}}"
        for text in ("{{r block.text }}", "{%p endfor %}", ""):
            row.cells[1].add_paragraph(text)


def whole() -> Any:
    document = new_document()
    form(document)
    table_of_position(
        document,
        ["{%tr for group in block.rows | by(service) %}", ""],
        ["{{ group.name }} ({{ group.rows | count | words }})", ""],
        ["{%tr for row in group.rows %}", ""],
        ["{%tr if row.cost > 20 %}", ""],
        ["{{ row.line }}: {{ row.reason | lower_start }}", "{{ row.cost }}"],
        ["{%tr else %}", ""],
        ["{{ row.line }}", "{{ row.cost }}"],
        ["{%tr endif %}", ""],
        ["{%tr endfor %}", ""],
        ["{%tr endfor %}", ""],
    )
    return document


def test_a_forms_cells_hold_blocks_with_marks_of_their_own() -> None:
    tables, blocks = made(whole())
    assert [row[1].split("\n") for row in tables[0]] == [["Note it.", "Agree it.", ""], ["It is over budget.", ""]]
    assert [blocks[key] for key in ("asked/0", "asked/1", "why/1")] == [
        ("Note it.",), ("Agree it.",), ("It is over budget.",),
    ]  # fmt: skip
    assert blocks["template/1-asked-of-you-block-text"] == ("Asked of you", "")


def test_a_group_has_a_row_of_its_own_and_each_record_is_in_its_group() -> None:
    tables, blocks = made(whole())
    assert [row[0] for row in tables[1]] == [
        "Line", "Adults (two)", "Care: more places", "Day care", "Streets (one)", "Parking",
    ]  # fmt: skip
    assert blocks["position/t/Day care"] == ("Day care", "2")
    assert [key.rpartition("/")[2] for key in blocks if "/group " in key] == ["group Adults", "group Streets"]


def test_a_row_keeps_its_key_whichever_branch_prints_it() -> None:
    dearer = (LINES[0], line("Parking", "Streets", 30, "No cars"), LINES[2])
    before, after = made(whole())[1], made(whole(), dearer)[1]
    assert before["position/t/Parking"] == ("Parking", "3")
    assert after["position/t/Parking"] == ("Parking: no cars", "30")
    assert before.keys() == after.keys()


def test_rows_that_a_condition_leaves_out_are_not_missed_and_the_rest_are() -> None:
    document = new_document()
    form(document)
    table_of_position(
        document,
        ["{%tr for row in block.rows | where(cost > 2) | sorted(cost) %}", ""],
        ["{{ row.line }}", "{{ row.cost }}"],
        ["{%tr endfor %}", ""],
    )
    tables, blocks = made(document)
    assert [row[0] for row in tables[1]] == ["Line", "Parking", "Care"]
    assert "position/t/Day care" not in blocks


SPOILT = {
    "a block of a cell lost": ("Agree it.", ""),
    "a word of it lost": ("Agree it.", "Agree."),
    "two blocks of a cell changed": ("Note it.", "Agree it."),
    "the name of a group lost": ("Adults", "Others"),
    "a row of a group lost": ("Day care", ""),
    "a figure of a group's row changed": ("two)", "three)"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_proof_finds_what_is_spoilt_there(name: str) -> None:
    ready, (context, world) = template(whole()), paper()
    frames = frames_of(ready, context, world)
    sound = filled(ready, frames)
    assert prove(ready, context, sound, frames)
    old, new = (each.encode() for each in SPOILT[name])
    spoilt = {part: each._replace(content=each.content.replace(old, new, 1)) for part, each in sound.items()}
    assert spoilt != sound
    with pytest.raises(PaperError) as refused:
        prove(ready, context, spoilt, frames)
    assert "P901" in {each.code for each in refused.value.problems}


def test_what_the_check_passes_is_built_and_the_trial_finds_what_the_compiling_cannot() -> None:
    def errors(document: Any) -> list[str]:
        return [each.code for each in check_template(saved(document), "template.docx", OFFER) if each.level == "error"]

    assert errors(whole()) == []
    lost = new_document()
    form(lost)
    lost.add_paragraph("{%p for block in position %}")
    lost.add_paragraph("{%p endfor %}")
    assert errors(lost) == ["P901"]
    template(lost)  # the control: it compiles
    with pytest.raises(PaperError) as refused:
        made(lost)
    assert [each.code for each in refused.value.problems] == ["P901"]


def test_a_cell_whose_section_is_empty_keeps_its_line() -> None:
    context, world = paper()
    empty = Context(context.fields, {**context.sections, "asked": ()})
    document = Document(io.BytesIO(render(template(whole()), empty, PROPERTIES, world).content))
    assert [each.text for each in document.tables[0].rows[0].cells[1].paragraphs] == [""]
