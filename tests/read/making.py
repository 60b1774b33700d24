"""Workbooks and Word files made for tests: through openpyxl where it can, part by part where it cannot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pipeline.problems import Problem
from tests.documents import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>"""

RELATIONSHIPS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def relationship(identity: str, kind: str, target: str) -> str:
    """One relationship of a part."""
    return f'<Relationship Id="{identity}" Type="{LINKS}/{kind}" Target="{target}"/>'


def workbook_parts(
    rows: str, *, strings: Sequence[str] = (), styles: str = "", before: str = "", after: str = "", book: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, `rows` being what stands inside its sheetData."""
    plain = '<si><t xml:space="preserve">{}</t></si>'
    shared = "".join(one if one.startswith("<si>") else plain.format(one) for one in strings)
    return {
        "[Content_Types].xml": TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet"),
        "_rels/.rels": RELATIONSHIPS.format(relationship("r", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{book}<sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONSHIPS.format(
            relationship("r1", "worksheet", "worksheets/sheet1.xml")
            + relationship("r2", "sharedStrings", "sharedStrings.xml")
            + relationship("r3", "styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }


def raw_workbook(rows: str, **more: Any) -> bytes:
    """A workbook with one sheet, as `workbook_parts`."""
    return packed(workbook_parts(rows, **more))


def formats(*codes: str) -> str:
    """The styles part's inside for these number formats; style 0 is the first."""
    declared = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{200 + n}" fontId="0"/>' for n in range(len(codes)))
    return f"<numFmts>{declared}</numFmts><fonts><font/></fonts><cellXfs>{used}</cellXfs>"


def saved(book: Any) -> bytes:
    """An openpyxl workbook or python-docx document as its file's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(rows: Sequence[Sequence[object]], title: str = "Log") -> Any:
    """An openpyxl workbook with one sheet of these rows."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return book


def word_file(body: str, *, styles: str = "", numbering: str = "", **parts: str) -> bytes:
    """A Word file whose body holds `body`; further parts by their kind (header=..., footnotes=...)."""
    kinds = {"styles": styles, "numbering": numbering, **parts}
    links = "".join(relationship(kind, kind, f"{kind}.xml") for kind, text in kinds.items() if text)
    return packed(
        {
            "[Content_Types].xml": TYPES.format(part="word/document.xml", kind="wordprocessingml.document"),
            "_rels/.rels": RELATIONSHIPS.format(relationship("r", "officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": RELATIONSHIPS.format(links),
            **{
                f"word/{kind}.xml": f'<w:{kind} xmlns:w="{W}">{text}</w:{kind}>' for kind, text in kinds.items() if text
            },
        }
    )


def codes(problems: Sequence[Problem]) -> list[str]:
    """The codes of problems, in order."""
    return [problem.code for problem in problems]
