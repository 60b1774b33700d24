"""Templates and contexts of our own making, for the tests of the render stage."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.blocks import Block, Context, Fact, Row, Run, Table
from pipeline.language import Kind, Type, Vocabulary
from pipeline.problems import Place
from pipeline.render import Offer, Properties, Section, Template, compile_template, render_unproven
from tests.documents import new_document

PROPERTIES = Properties(
    "Plan update", dt.date(2017, 1, 13), "Programme board", "Policy team", about={"as_at": "2017-01-13"}
)
OPEN, ACROSS = "open", "areas"


def saved(document: Any) -> bytes:
    """A python-docx document as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled(template: Template, made: Context) -> dict[str, bytes]:
    """Every part that has tags, filled and whole."""
    with zipfile.ZipFile(io.BytesIO(render_unproven(template, made, PROPERTIES))) as package:
        return {part: package.read(part) for part in template.parts}


def offer(made: Context) -> Offer:
    """What a context offers its template by itself: its single fields, and its sections with their tables."""
    tables = [each for blocks in made.sections.values() for each in blocks if isinstance(each, Table)]
    fields = {each.list: {name: Type("text") for row in each.rows for name in row.values} for each in tables}
    sections = {
        name: tuple(each.list for each in blocks if isinstance(each, Table)) for name, blocks in made.sections.items()
    }
    vocabulary = Vocabulary(
        kinds={f"row of “{name}”": Kind(fields=each) for name, each in fields.items()},
        rules={},
        lists=dict.fromkeys(fields),
        given={f"={name}": Type("text") for name in made.fields}
        | {name: Type(f"row of “{name}”", many=True) for name in fields},
        public={name: f"={name}" for name in made.fields},
        behind={},
    )
    return Offer(vocabulary, tuple(Section(*each) for each in sections.items()))


def compiled(content: bytes, made: Context | None = None, name: str = "template.docx", **options: Any) -> Template:
    """A template compiled for a context, the usual one where none is given."""
    return compile_template(content, name, offer(made or context()), **{"cached": False, **options})


def heading_row(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def fill_table(document: Any, rows: Iterable[Iterable[str]], headed: bool = True) -> Any:
    """A table with these texts in its cells; the first row is a heading row."""
    lines = [list(row) for row in rows]
    table = document.add_table(rows=len(lines), cols=len(lines[0]))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.paragraphs[0].text = text
    if headed:
        heading_row(table.rows[0])
    return table


def section(document: Any, name: str, tables: Callable[[Any], None] | None = None) -> None:
    """A loop over one section: paragraphs, bullets, and what `tables` adds for its lists."""
    document.add_paragraph(f"{{%p for block in {name} %}}")
    document.add_paragraph("{%p if block.list == '' and block.style == 'bullet' %}")
    document.add_paragraph("{{r block.text }}", style="List Bullet")
    document.add_paragraph("{%p elif block.list == '' %}")
    document.add_paragraph("{{r block.text }}")
    document.add_paragraph("{%p endif %}")
    if tables:
        tables(document)
    document.add_paragraph("{%p endfor %}")


def lists(document: Any) -> None:
    """The two designs of tables: a row for each row, and a column for each row."""
    document.add_paragraph(f"{{%p if block.list == '{OPEN}' %}}")
    fill_table(document, [
        ["Area of focus", "Activity", "Deadline"],
        ["{%tr for row in block.rows %}", "", ""],
        ["{{ row.area }}", "{{ row.activity }}", "{{ row.deadline }}"],
        ["{%tr endfor %}", "", ""],
    ])  # fmt: skip
    document.add_paragraph("{%p endif %}")
    document.add_paragraph(f"{{%p if block.list == '{ACROSS}' %}}")
    fill_table(document, [
        ["{%tc for row in block.rows %}", "{{ row.heading }}", "{%tc endfor %}"],
        ["{%tc for row in block.rows %}", "{{ row.figure }}", "{%tc endfor %}"],
    ])  # fmt: skip
    document.add_paragraph("{%p endif %}")


def board() -> Any:
    """A paper as the product makes it: details, three sections with tables, appendices, header and footer."""
    document = new_document()
    document.add_paragraph("{{ board }}", style="Title")
    fill_table(document, [["Title", "Item"], ["{{ title }}", "{{ item }}"]])
    document.add_heading("Introduction", 1)
    section(document, "introduction")
    document.add_heading("Background", 1)
    section(document, "background", lists)
    document.add_heading("Appendices", 1)
    section(document, "appendices")
    document.sections[0].header.paragraphs[0].text = "{{ board }}: {{ item }}"
    document.sections[0].footer.paragraphs[0].text = "Not for publication"
    return document


def board_template(**options: Any) -> Template:
    return compiled(saved(board()), **options)


def paragraph(key: str, *texts: str | Run, style: str = "", sources: tuple[Place, ...] = ()) -> Block:
    runs = tuple(Run(text) if isinstance(text, str) else text for text in texts)
    facts = tuple(Fact(run.text, sources) for run in runs) if sources else ()
    return Block(key, runs, style, facts)


def open_rows(count: int = 4, group: int = 2) -> tuple[Row, ...]:
    return tuple(
        Row(f"BV-{n}",
            {"area": f"Area {n // group}", "activity": f"Activity {n} & more", "deadline": f"{n + 1} May 2017"},
            {"area": Fact(f"Area {n // group}", (Place("tracker.xlsx", "Actions", f"B{n + 2}"),))})
        for n in range(count)
    )  # fmt: skip


def context(rows: int = 4, **fields: str) -> Context:
    """A context that fills `board` whole."""
    names = ("Procurement", "Property", "Grants", "Communications", "Organisational culture", "Elections")
    areas = tuple(Row(name, {"heading": name, "figure": f"{n}%"}) for n, name in enumerate(names, 92))
    introduction = paragraph("introduction/1", "This report tells the board of ", Run("progress", bold=True), ".")
    reference = Run("Appendix 1", appendix="appendix/COR-1")
    letter = paragraph(
        "background/letter", "A letter was sent (", reference, ").", sources=(Place("log.xlsx", "Log", "A4"),)
    )
    background = (
        letter,
        Table("table/areas", ACROSS, areas),
        paragraph("background/after", "After the table."),
        paragraph("background/point", "A point.", style="bullet"),
        paragraph("background/lead-in", "The open actions are:"),
        Table("table/open", OPEN, open_rows(rows)),
    )
    return Context(
        {"board": "Programme Board", "title": "Plan & update", "item": "5.1", **fields},
        {
            "introduction": (introduction,),
            "background": background,
            "appendices": (paragraph("appendix/COR-1", "Letter of 3 October"),),
        },
    )


def word_like() -> Any:
    """`board` with what Word itself adds when it saves: revision ids on paragraphs and rows, language on every run."""
    document = board()
    for paragraph_ in document.element.body.iter(qn("w:p")):
        paragraph_.set(qn("w:rsidR"), "00A77427")
        paragraph_.set(qn("w:rsidRDefault"), "00A77427")
        paragraph_.set(qn("w:rsidP"), "007B5E3C")
    for row in document.element.body.iter(qn("w:tr")):
        row.set(qn("w:rsidR"), "00A77427")
        row.set(qn("w:rsidTr"), "007B5E3C")
    for run in document.element.body.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        fonts, language = OxmlElement("w:rFonts"), OxmlElement("w:lang")
        fonts.set(qn("w:cs"), "Arial")
        language.set(qn("w:val"), "en-GB")
        properties.extend((fonts, language))
    return document
