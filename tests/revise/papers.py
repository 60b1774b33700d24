"""Small papers for these tests, as the generator writes them: styles, lists, marks, references and the baseline."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import docx
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pipeline.baseline import FORMAT, Baseline, Written
from pipeline.blocks import Fact, mark_name
from pipeline.problems import Place
from pipeline.word import baseline_xml
from tests.documents import new_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REFERENCE = re.compile(r"\[\[(appendix/[\w-]+)\]\]")


@dataclass(frozen=True)
class Para:
    """A paragraph; `[[appendix/x]]` in its text is a cross-reference."""

    key: str
    text: str
    style: str = "Numbered Paragraph"
    sources: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A table: its heading row and its rows by key."""

    key: str
    heading: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    sources: tuple[Place, ...] = ()


def paper(blocks: Sequence[Para | Tab], title: str = "Progress report") -> bytes:
    """The paper as a Word file, with its marks and its baseline part."""
    document = docx.Document(io.BytesIO(_empty()))
    document.core_properties.title = title
    letters = [b.key for b in blocks if isinstance(b, Para) and b.style == "Appendix Item"]
    numbers = {key: f"Appendix {n}" for n, key in enumerate(letters, 1)}
    writer = _Writer(document, numbers)
    for block in blocks:
        if isinstance(block, Para):
            writer.paragraph(block)
        else:
            writer.table(block)
    _attach(document, baseline_of(blocks, title))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def baseline_of(blocks: Sequence[Para | Tab], title: str = "Progress report") -> Baseline:
    """The baseline of a paper."""
    written: list[Written] = []
    for block in blocks:
        if isinstance(block, Para):
            written.append(Written(block.key, (_canonical(block.text),), "", _facts(block)))
            continue
        written.append(Written(f"template/9-{block.key}-heading", block.heading, block.key))
        for key, cells in block.rows.items():
            written.append(Written(f"{block.key}/{key}", tuple(map(_canonical, cells)), block.key, _facts(block)))
    return Baseline(tuple(written), {"title": title, "format": FORMAT})


def _facts(block: Para | Tab) -> tuple[Fact, ...]:
    return (Fact("", block.sources),) if block.sources else ()


def _canonical(text: str) -> str:
    return REFERENCE.sub(lambda found: f"[[{mark_name(found[1])}]]", text)


class _Writer:
    def __init__(self, document: Paper, numbers: Mapping[str, str]) -> None:
        self.document, self.numbers, self.last = document, numbers, 0

    def paragraph(self, block: Para) -> None:
        paragraph = self.document.add_paragraph(style=block.style)
        self._fill(paragraph._p, block.text)
        self._mark(paragraph._p, block.key)

    def table(self, block: Tab) -> None:
        table = self.document.add_table(0, len(block.heading), style="Table Grid")
        for key, texts in [(f"template/9-{block.key}-heading", block.heading), *self._rows(block)]:
            row = table.add_row()
            for cell, text in zip(row.cells, texts, strict=True):
                self._fill(cell.paragraphs[0]._p, text)
            self._mark(row.cells[0].paragraphs[0]._p, key)
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    @staticmethod
    def _rows(block: Tab) -> list[tuple[str, tuple[str, ...]]]:
        return [(f"{block.key}/{key}", cells) for key, cells in block.rows.items()]

    def _fill(self, paragraph: etree._Element, text: str) -> None:
        for n, part in enumerate(REFERENCE.split(text)):
            if n % 2:
                self._refer(paragraph, part)
            elif part:
                paragraph.append(run(part))

    def _refer(self, paragraph: etree._Element, key: str) -> None:
        shown = self.numbers.get(key, "Appendix")
        code = f'<w:instrText xml:space="preserve"> REF {mark_name(key)} \\r \\h </w:instrText>'
        char = '<w:fldChar w:fldCharType="{}"/>'
        inner = [char.format("begin"), code, char.format("separate"), f"<w:t>{shown}</w:t>", char.format("end")]
        for xml in inner:
            paragraph.append(parse_xml(f'<w:r xmlns:w="{W}">{xml}</w:r>'))

    def _mark(self, paragraph: etree._Element, key: str) -> None:
        self.last += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.last))
        start.set(qn("w:name"), mark_name(key))
        paragraph.insert(1 if paragraph.find(qn("w:pPr")) is not None else 0, start)
        paragraph.append(end)


def run(text: str, *, bold: bool = False) -> etree._Element:
    """A run of text."""
    element = parse_xml(
        f'<w:r xmlns:w="{W}">{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve"/></w:r>'
    )
    element[-1].text = text
    return element


def _attach(document: Paper, baseline: Baseline) -> None:
    part = Part(PackURI("/customXml/item7.xml"), "application/xml", baseline_xml(baseline), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


_LISTS = (
    ("Heading 1", 71, 0, "decimal", "%1."),
    ("Numbered Paragraph", 71, 1, "decimal", "%1.%2"),
    ("Recommendation", 72, 0, "decimal", "%1."),
    ("Appendix Item", 73, 0, "decimal", "Appendix %1"),
)


@cache
def _empty() -> bytes:
    """An empty paper with the styles and lists of the template."""
    document = new_document()
    for name, number, level, _, _ in _LISTS:
        _list_style(document, name, number, level)
    numbering = document.part.numbering_part.element
    for number in (71, 72, 73):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:pStyle w:val="{name.replace(" ", "")}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_indent(number)}" w:hanging="{_indent(number)}"/></w:pPr></w:lvl>'
            for name, of, level, form, text in _LISTS
            if of == number
        )
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}"><w:nsid w:val="4C0A10{number}"/>'
                f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4C0A20{number}"/>{levels}</w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    for name in [name for name, link in document.part.rels.items() if link.reltype.endswith("/stylesWithEffects")]:
        document.part.drop_rel(name)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _indent(number: int) -> int:
    return 1400 if number == 73 else 720


def _list_style(document: Paper, name: str, number: int, level: int) -> None:
    names = [style.name for style in document.styles]
    style = document.styles[name] if name in names else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    properties = style.element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = number
    if level:
        properties.numPr.get_or_add_ilvl().val = level
