"""Where facts stand in the paper: whatever a template has around a value, the span that the program knows of it cuts
just its text out of what a reader of the file finds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.baseline import Written
from pipeline.blocks import Block, Context, Fact, Row, Run, Table, mark_name, moved
from pipeline.problems import Place
from pipeline.render import Rendered, Template, render
from tests.documents import new_document
from tests.reader import blocks_of
from tests.render.made import ACROSS, OPEN, PROPERTIES, compiled, fill_table, saved

WORDS = ("six", "six monthly", "6", "are", "area", "£5 & more", "<b>", "two\nlines", "a\ttab", "–", "[[", "é", "𝔘")
CHANCE = 40
"""Papers put together by chance."""


def cell(name: str, row: int = 2) -> Place:
    return Place("book.xlsx", "Sheet", f"{name}{row}")


def box(text: str) -> Any:
    """A run with a text box of one paragraph."""
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:rect><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def around(document: Any) -> Any:
    """A template with words of its own, conditions and several values around everything that it prints."""
    document.add_paragraph("For {{ board }}: item {{ item }} of {{ item }}, for {{ board }}")
    document.add_paragraph("{% if board %}six {{ item }}{% else %}{{ board }}{% endif %}, six {{ board | start }}")
    document.add_paragraph("{%p for block in background %}")
    document.add_paragraph(f"{{%p if block.list == '{OPEN}' %}}")
    fill_table(document, [
        ["Area of {{ board }}", "Activity and deadline"],
        ["{%tr for row in block.rows %}", ""],
        ["{{ row.area }} six {{ row.area }}", "{{ row.activity }}{% if item %}, by {{ row.deadline }}{% endif %}"],
        ["{%tr endfor %}", ""],
    ])  # fmt: skip
    document.add_paragraph(f"{{%p elif block.list == '{ACROSS}' %}}")
    fill_table(document, [
        ["{%tc for row in block.rows %}", "{{ row.heading }}", "{%tc endfor %}"],
        ["{%tc for row in block.rows %}", "of {{ item }}: {{ row.figure }}", "{%tc endfor %}"],
    ])  # fmt: skip
    document.add_paragraph("{%p else %}")
    document.add_paragraph("Note six: {{r block.text }} (six)")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for block in appendices %}")
    document.add_paragraph("{{r block.text }}")
    document.add_paragraph("{%p endfor %}")
    outer = fill_table(document, [["For {{ board }}", "{{ item }}"]]).rows[0].cells[0]
    outer.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "Within: {{ item }} six"
    outer.add_paragraph("{{ board }}")
    document.add_paragraph("Around {{ item }} a box")._p.append(box("In a box: {{ board }}"))
    document.sections[0].header.paragraphs[0].text = "{{ board }}: {{ item }}"
    document.sections[0].footer.paragraphs[0].text = "Not of {{ item }}"
    return document


def field(name: str, text: str, row: int = 2) -> Fact:
    return Fact(text, (cell(name, row),), name=name)


def paper_of(texts: Iterable[str], chance: random.Random) -> Context:
    """A paper whose paragraphs, rows and single fields are made of some texts, each with a cell of its own."""
    said = list(texts)

    def some() -> str:
        return " ".join(chance.choices(said, k=chance.randint(1, 3)))

    def paragraph(number: int) -> Block:
        runs, facts, at = list[Run](), list[Fact](), 0
        for each in range(chance.randint(1, 5)):
            reference = chance.random() < 0.2
            run = Run("Appendix 1", appendix="appendix/A") if reference else Run(some(), bold=chance.random() < 0.3)
            if chance.random() < 0.6:
                facts.append(Fact(run.text, (cell("P", each),), start=at))
            runs.append(run)
            at += len(run.text)
        return Block(f"background/{number}", tuple(runs), "", tuple(facts))

    def row(number: int, *names: str) -> Row:
        values = {name: some() for name in names}
        return Row(f"{number}", values, {name: field(name, text, number) for name, text in values.items()})

    fields = {name: some() for name in ("board", "item")}
    background = (
        *map(paragraph, range(4)),
        Table("table/open", OPEN, tuple(row(n, "area", "activity", "deadline") for n in range(3))),
        Table("table/areas", ACROSS, tuple(row(n, "heading", "figure") for n in range(4))),
    )
    appendix = Block("appendix/A", (Run("Letter"),), "", (Fact("Letter", (cell("L"),)),))
    return Context(
        fields,
        {"background": background, "appendices": (appendix,)},
        {name: field(name, text) for name, text in fields.items()},
    )


@pytest.fixture(scope="module")
def template() -> Template:
    return compiled(saved(around(new_document())), paper_of(["x"], random.Random(1)))


def misplaced(content: bytes, blocks: Iterable[Written]) -> list[tuple[str, Fact]]:
    """The facts that do not stand where they say, by a reader of the file that shares nothing with the program."""
    there = blocks_of(content)
    return [
        (block.key, fact)
        for block in blocks
        for fact in block.facts
        if there[mark_name(block.key)][fact.cell][fact.start : fact.end] != fact.text
    ]


def expected(context: Context) -> int:
    """How many facts the template prints of a context in blocks; a row within a row is part of both."""
    fields, blocks = 13, context.sections["background"]
    rows = [each for each in blocks if isinstance(each, Table)]
    open_, across = (len(each.rows) for each in rows)
    return fields + sum(len(each.facts) for each in blocks if isinstance(each, Block)) + 4 * open_ + 3 * across + 1


def test_every_fact_stands_where_it_says_in_papers_made_by_chance(template: Template) -> None:
    for seed in range(CHANCE):
        context = paper_of(WORDS, random.Random(seed))
        made = render(template, context, PROPERTIES)
        assert misplaced(made.content, made.baseline.blocks) == []
        assert sum(len(block.facts) for block in made.baseline.blocks) == expected(context)


def with_a_page_number(document: Any) -> Any:
    """The same with a paragraph in which Word counts the pages: so the part is read as a whole."""
    counted = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>')
    document.add_paragraph("Pages: ")._p.append(counted)
    return document


def test_a_part_that_is_read_as_a_whole_says_the_same_of_the_same_places(template: Template) -> None:
    other = compiled(saved(with_a_page_number(around(new_document()))), paper_of(["x"], random.Random(1)))
    for seed in range(CHANCE):
        context = paper_of(WORDS, random.Random(seed))
        apart, whole = (render(each, context, PROPERTIES) for each in (template, other))
        assert misplaced(whole.content, whole.baseline.blocks) == []
        assert whole.baseline.blocks[:-1] == apart.baseline.blocks
        assert whole.beside == apart.beside


def test_a_fact_a_letter_further_on_is_found(template: Template) -> None:
    made = render(template, paper_of(["six"], random.Random(2)), PROPERTIES)
    first = next(block for block in made.baseline.blocks if block.facts)
    moved_on = first._replace(facts=tuple(fact._replace(start=fact.start + 1) for fact in first.facts))
    assert misplaced(made.content, [moved_on])


def cells_behind(made: Rendered, key: str) -> list[tuple[int, int, str, str]]:
    """Cell, start, text and source of each fact of a block."""
    (block,) = (block for block in (*made.baseline.blocks, *made.beside) if block.key == key)
    return [(fact.cell, fact.start, fact.text, fact.sources[0].cell) for fact in block.facts]


@pytest.fixture(scope="module")
def made(template: Template) -> Rendered:
    context = paper_of(["six"], random.Random(0))
    texts = {"board": "six", "item": "5"}
    across = Table("table/areas", ACROSS, tuple(
        Row(name, {"heading": name, "figure": "93%"}, {"heading": field("B", name, n), "figure": field("E", "93%", n)})
        for n, name in enumerate(("Grants", "Property"), 4)))  # fmt: skip
    sections = {**context.sections, "background": (across,)}
    return render(
        template, Context(texts, sections, {name: field(name, text) for name, text in texts.items()}), PROPERTIES
    )


def test_a_table_laid_across_knows_the_cell_behind_each_of_its_cells(made: Rendered) -> None:
    heading, figures = (block.key for block in made.baseline.blocks if block.table and "areas" in block.key)
    assert cells_behind(made, heading) == [(0, 0, "Grants", "B4"), (1, 0, "Property", "B5")]
    assert cells_behind(made, figures) == [
        (0, 3, "5", "item2"), (0, 6, "93%", "E4"), (1, 3, "5", "item2"), (1, 6, "93%", "E5")]  # fmt: skip


def test_a_value_that_a_filter_changed_rests_on_the_same_cell_as_it_is_printed(made: Rendered) -> None:
    line = next(block for block in made.baseline.blocks if block.texts == ("six 5, six Six",))
    assert [(fact.text, fact.start, fact.sources[0].cell) for fact in line.facts] == [
        ("5", 4, "item2"), ("Six", 11, "board2")]  # fmt: skip


def test_headers_footers_and_boxes_have_their_facts_beside_the_blocks(made: Rendered) -> None:
    assert {each.key.rpartition("/")[0]: each.texts for each in made.beside} == {
        "header1.xml": ("six: 5",), "footer1.xml": ("Not of 5",), "document.xml": ("In a box: six",)}  # fmt: skip
    assert cells_behind(made, "header1.xml/1") == [(0, 0, "six", "board2"), (0, 5, "5", "item2")]
    assert cells_behind(made, "footer1.xml/1") == [(0, 7, "5", "item2")]


def test_a_table_within_a_cell_stands_in_both_rows(made: Rendered) -> None:
    outer, inner = (block for block in made.baseline.blocks if any("Within" in text for text in block.texts))
    assert (outer.texts, inner.texts) == (("For six\nWithin: 5 six\n\nsix", "5"), ("Within: 5 six",))
    assert [(fact.cell, fact.start, fact.text) for fact in outer.facts] == [
        (0, 4, "six"), (0, 16, "5"), (0, 23, "six"), (1, 0, "5")]  # fmt: skip
    assert [(fact.cell, fact.start, fact.text) for fact in inner.facts] == [(0, 8, "5")]


def test_nothing_of_the_numbers_is_in_the_file(made: Rendered) -> None:
    from pipeline.word import read_parts

    assert [name for name, part in read_parts(made.content, "x").items() if "\ufdd0".encode() in part] == []


def test_a_paragraph_that_is_a_reference_alone_has_no_empty_run(template: Template) -> None:
    context = paper_of(["x"], random.Random(3))
    alone = Block("background/0", (Run("Appendix 1", appendix="appendix/A"),), "", (Fact("Appendix 1", (cell("L"),)),))
    made = render(template, replace(context, sections={**context.sections, "background": (alone,)}), PROPERTIES)
    assert misplaced(made.content, made.baseline.blocks) == []
    from pipeline.word import read_parts

    assert b'<w:t xml:space="preserve"></w:t>' not in read_parts(made.content, "x")["word/document.xml"]


def test_facts_move_with_the_stretches_of_a_text() -> None:
    facts = [Fact("b", (), start=1), Fact("Appendix 2", (), start=2), Fact("c", (), start=12), Fact("", (), start=13)]
    found = list(moved(facts, [("ab", "ab"), ("Appendix 2", "[[x]]"), ("c", "c")]))
    assert [(fact.text, fact.start) for fact in found] == [("b", 1), ("[[x]]", 2), ("c", 7), ("", 8)]
