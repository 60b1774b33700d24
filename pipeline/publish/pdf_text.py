"""The words of a PDF, read through its fonts' own tables, and whether any word of the paper is missing from them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.word.package import document_part, read_parts
from pipeline.word.stories import parsed
from pipeline.word.xml import paragraphs, visible_text

_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)


def missing_words(docx: bytes, pdf: bytes) -> list[str]:
    """Words of the Word file that the PDF shows less often than the file holds them; each once, as written."""
    parts = read_parts(docx, "the public copy")
    tree = parsed(parts[document_part(parts)])
    shown = _squeezed(pdf_text(pdf))
    wanted = Counter(word for each in paragraphs(tree) for word in _squeezed_words(visible_text(each)))
    return [word for word, number in wanted.items() if shown.count(word) < number]


def pdf_text(pdf: bytes) -> str:
    """All text that the pages of a PDF show, in the order of their content, without regard to layout."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "\n".join("".join(_page_text(page)) for page in opened.pages)


def _squeezed(text: str) -> str:
    """Only letters and signs: blanks and soft hyphens fall where lines happen to end."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())


def _squeezed_words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).replace("\u00ad", "").split()


def _page_text(page: Any) -> Iterator[str]:
    import pikepdf

    fonts = page.resources.get("/Font", {})
    tables: dict[str, tuple[dict[int, str], int]] = {}
    table: tuple[dict[int, str], int] = ({}, 1)
    for each in pikepdf.parse_content_stream(page):
        operands: Any = each.operands
        operator = str(each.operator)
        if operator == "Tf":
            name = str(operands[0])
            tables[name] = table = tables.get(name) or _font_table(fonts[name])
        elif operator in {"Tj", "'", '"'}:
            yield _decoded(bytes(operands[-1]), table)
        elif operator == "TJ":
            yield "".join(_decoded(bytes(piece), table) for piece in operands[0] if isinstance(piece, pikepdf.String))


def _font_table(font: Any) -> tuple[dict[int, str], int]:
    """What each code of a font stands for, and how many bytes a code has; a plain font without a table is Windows'."""
    table: dict[int, str] = {}
    if "/ToUnicode" in font:
        for kind, block in _BLOCK.findall(font["/ToUnicode"].read_bytes()):
            table.update(_characters(block) if kind == b"bfchar" else _ranges(block))
    if str(font.get("/Subtype")) == "/Type0":
        return table, 2
    return table or dict(enumerate(bytes(range(256)).decode("cp1252", "replace"))), 1


def _characters(block: bytes) -> Iterator[tuple[int, str]]:
    for code, text in _CHARACTER.findall(block):
        yield int(code, 16), _utf16(text)


def _ranges(block: bytes) -> Iterator[tuple[int, str]]:
    for first, last, start, listed in _RANGE.findall(block):
        codes = range(int(first, 16), int(last, 16) + 1)
        if start:
            yield from ((code, chr(int(start, 16) + code - codes[0])) for code in codes)
        else:
            yield from zip(codes, map(_utf16, re.findall(rb"<([0-9A-Fa-f]+)>", listed)), strict=False)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _decoded(content: bytes, table: tuple[dict[int, str], int]) -> str:
    names, width = table
    codes = (int.from_bytes(content[at : at + width], "big") for at in range(0, len(content), width))
    return "".join(names.get(code, "") for code in codes)
