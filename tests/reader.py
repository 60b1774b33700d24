"""Reads a paper as a person sees it, numbers included: its own small reader, sharing nothing with the program's."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMATS = {
    "decimal": str,
    "lowerLetter": lambda n: "abcdefghijklmnopqrstuvwxyz"[n - 1],
    "bullet": lambda _: "•",
}


@dataclass
class Level:
    """One level of a numbered list: its format and text, such as `%1.%2`."""

    form: str
    text: str


@dataclass
class Reader:
    """A paper's lines: paragraphs with their numbers, table rows with their cells between strokes."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, list[int]] = field(default_factory=dict)

    def number(self, paragraph: ET.Element) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found = self.styles.get(style.get(f"{W}val", "")) if style is not None else None
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            level = own.find(f"{W}ilvl")
            found = (own.find(f"{W}numId").get(f"{W}val"), int(level.get(f"{W}val")) if level is not None else 0)  # type: ignore[union-attr,arg-type,assignment]
        if found is None or found[0] == "0":
            return ""
        abstract, depth = self.lists[found[0]], found[1]
        counts = self.counters.setdefault(abstract, [0] * 9)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (8 - depth)
        shape = self.levels[abstract, depth]
        if shape.form == "bullet":
            return "• "

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return FORMATS[self.levels[abstract, at].form](counts[at])

        label = re.sub(r"%(\d)", shown, shape.text)
        return f"{label} reads " if label[:1].isupper() else f"{label} "


def text_of(paragraph: ET.Element) -> str:
    """The paragraph's words; fields by their results, deleted text left out."""
    out, skipping = [], 0
    for element in paragraph.iter():
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            skipping = {"begin": 1, "separate": 0, "end": 0}[str(kind)]
        elif element.tag == f"{W}t" and not skipping:
            out.append(element.text or "")
        elif element.tag == f"{W}br":
            out.append("\n")
    return "".join(out)


def inherited(styles: dict[str, ET.Element], name: str) -> ET.Element | None:
    """The numbering of a style, its own or that of the style it is based on."""
    while name in styles:
        own = styles[name].find(f"{W}pPr/{W}numPr")
        if own is not None and own.find(f"{W}numId") is not None:
            return own
        base = styles[name].find(f"{W}basedOn")
        name = str(base.get(f"{W}val")) if base is not None else ""
    return None


def reader_of(parts: zipfile.ZipFile) -> Reader:
    """The numbering and styles of a paper."""
    reader = Reader()
    numbering = ET.fromstring(parts.read("word/numbering.xml"))
    for abstract in numbering.iter(f"{W}abstractNum"):
        for level in abstract.iter(f"{W}lvl"):
            form, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
            key = (str(abstract.get(f"{W}abstractNumId")), int(str(level.get(f"{W}ilvl"))))
            reader.levels[key] = Level(str(form.get(f"{W}val")), str(text.get(f"{W}val")))  # type: ignore[union-attr]
    for number in numbering.iter(f"{W}num"):
        reader.lists[str(number.get(f"{W}numId"))] = str(number.find(f"{W}abstractNumId").get(f"{W}val"))  # type: ignore[union-attr]
    styles = {
        str(each.get(f"{W}styleId")): each for each in ET.fromstring(parts.read("word/styles.xml")).iter(f"{W}style")
    }
    for name in styles:
        found = inherited(styles, name)
        if found is not None:
            level = found.find(f"{W}ilvl")
            depth = int(str(level.get(f"{W}val"))) if level is not None else 0
            reader.styles[name] = (str(found.find(f"{W}numId").get(f"{W}val")), depth)  # type: ignore[union-attr]
    return reader


def read_paper(content: bytes) -> str:
    """The whole paper, a line a paragraph or table row; rows are numbered from 0, their headings."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        reader = reader_of(parts)
        body = ET.fromstring(parts.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    lines = []
    for block in body:
        if block.tag == f"{W}p":
            lines.append(reader.number(block) + text_of(block))
        elif block.tag == f"{W}tbl":
            for number, row in enumerate(block.iter(f"{W}tr")):
                cells = ("\n".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc"))
                lines.append(f"|{number}| " + " | ".join(cell.replace("\n", " / ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def tables_of(content: bytes) -> list[list[list[str]]]:
    """Every table as rows of cell texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ET.fromstring(parts.read("word/document.xml"))
    return [
        [
            ["\n".join(text_of(p) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
            for row in table.iter(f"{W}tr")
        ]
        for table in root.iter(f"{W}tbl")
    ]


def blocks_of(content: bytes, part: str = "word/document.xml") -> dict[str, tuple[str, ...]]:
    """What stands under each hidden bookmark of ours: the text of a paragraph, or of each cell of a row."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ET.fromstring(parts.read(part))
    rows = list(root.iter(f"{W}tr"))
    in_rows = {each for row in rows for each in row.iter(f"{W}p")}
    alone = [(each, [[each]]) for each in root.iter(f"{W}p") if each not in in_rows]
    across = [(row, [list(cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")]) for row in rows]
    return {
        mark.get(f"{W}name", ""): tuple("\n".join(map(canonical, cell)) for cell in cells)
        for holder, cells in (*alone, *across)
        for mark in holder.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name", "").startswith("_cp_")
    }


def canonical(paragraph: ET.Element) -> str:
    """The paragraph's words, a reference to a mark of ours as `[[mark]]` and not as it shows."""
    said, depth = list[str](), 0
    for element in paragraph.iter():
        name = element.tag.removeprefix(W)
        if name == "fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
        elif name == "instrText":
            said.append(f"[[{(element.text or '').split()[1]}]]")
        elif not depth and name in ("t", "br", "tab"):
            said.append({"t": element.text or "", "br": "\n", "tab": "\t"}[name])
    return "".join(said)
