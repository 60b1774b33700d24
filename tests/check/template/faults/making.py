"""A sound template, and the few things that the faulty ones are made with."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table
from lxml import etree

from pipeline.language import Kind, Type, Vocabulary
from pipeline.opc import write
from pipeline.render import Offer, Section
from pipeline.word import read_parts
from tests.documents import new_document

TEXT = Type("text")
KINDS = {"action": ("area", "activity", "key"), "letter": ("date", "sender", "key")}
WORDS = Vocabulary(
    kinds={kind: Kind(fields=dict.fromkeys(fields, TEXT), key="key") for kind, fields in KINDS.items()},
    rules={},
    lists={"action open": None, "letter": None},
    given={"=title": TEXT, "=service": TEXT, "=as_at": Type("day"), "action open": Type("action", many=True),
           "letter": Type("letter", many=True)},
    public={"title": "=title", "service": "=service", "as_at": "=as_at", "action_open": "action open",
            "letter": "letter"},
    behind={},
)  # fmt: skip
OFFER = Offer(
    WORDS,
    (Section("background", ("action open",)), Section("finance")),
    required=("finance",),
    styles=frozenset({"Table Grid"}),
)
"""What the report of these templates offers."""


def sound() -> Document:
    """A template without a fault: fields, a section, a table in it with a loop over rows, a header with a field."""
    paper = new_document()
    paper.core_properties.title, paper.core_properties.author, paper.core_properties.comments = "{{ title }}", "", ""
    for name in ("Normal", "Heading 1"):
        font = paper.styles[name].font
        font.name, font.color.rgb = "Arial", RGBColor(0, 0, 0)
        fonts = paper.styles[name].element.rPr.rFonts
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]
    paper.styles["Normal"].font.size = Pt(12)
    language = paper.styles.element.find(".//" + qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    paper.sections[0].header.paragraphs[0].text = "{{ service }}"
    heading(paper, "{{ title }}")
    heading(paper, "Background")
    say(paper, "{%p for block in background %}", "{%p if block.list == 'action open' %}")
    table(paper, ["Area", "Activity"], ["{%tr for row in block.rows %}", ""], ["{{ row.area }}", "{{ row.activity }}"],
          ["{%tr endfor %}", ""])  # fmt: skip
    say(paper, "{%p else %}", "{{r block.text }}", "{%p endif %}", "{%p endfor %}")
    heading(paper, "Finance comments")
    say(paper, "{%p for block in finance %}", "{{r block.text }}", "{%p endfor %}", "The end.")
    return paper


def heading(paper: Document, text: str) -> None:
    paper.add_paragraph(text, style="Heading 1")


def say(paper: Document, *lines: str) -> None:
    for line in lines:
        paper.add_paragraph(line)


def table(paper: Document, *rows: list[str]) -> Table:
    made = paper.add_table(0, len(rows[0]), style="Table Grid")
    for texts in rows:
        for cell, text in zip(made.add_row().cells, texts, strict=True):
            cell.text = text
    for number, row in enumerate(made.rows):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if not number:
            row._tr.trPr.append(OxmlElement("w:tblHeader"))
    for name in ("w:tblCaption", "w:tblDescription"):
        made._tbl.tblPr.append(OxmlElement(name, {qn("w:val"): "What each row shows"}))
    return made


def saved(paper: Document) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def xml(text: str) -> etree._Element:
    """An element from Word's own notation, its usual prefixes known."""
    spaces = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    return etree.fromstring(f"<root {declared}>{text}</root>")[0]


def put(paper: Document, text: str) -> etree._Element:
    """Adds an element at the end of the body, before the page set-up."""
    made = xml(text)
    paper.element.body.insert(len(paper.element.body) - 1, made)
    return made


def with_parts(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with parts added or replaced."""
    return write(read_parts(content, "x.docx") | changed)


def linked(content: bytes, kind: str, target: str, *, external: bool = True) -> bytes:
    """The package with a further relation of its main part."""
    name = "word/_rels/document.xml.rels"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId900" Type="{base}{kind}" Target="{target}"{mode}/></Relationships>'
    return with_parts(content, {name: read_parts(content, "x.docx")[name].replace(b"</Relationships>", link.encode())})
