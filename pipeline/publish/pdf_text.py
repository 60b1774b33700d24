"""The words of a PDF in the order in which they are read, read through its fonts’ own tables.

A page draws its words in any order, headers between the lines of a paragraph. The tags say in which they are read
(ISO 14289-1, 7.1), so the text is put together by the tags.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)((?:(?!begin).)*?)endbf(?:char|range)", re.DOTALL)


def text_of_pdf(pdf: bytes) -> str:
    """All text that the pages of a PDF show, tagged or not, page by page."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "\n".join("".join(_page_text(page).values()) for page in opened.pages)


def text_by_tags(pdf: bytes) -> tuple[str, str]:
    """The text of a PDF in the order of its tags, and what stands on its pages outside all tags: headers, footers."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.objgen: _page_text(page) for page in opened.pages}
        tagged = "".join(_tagged(opened.Root.get("/StructTreeRoot"), None, pages))
    return tagged, "\n".join(page.get(None, "") for page in pages.values())


def _tagged(element: Any, page: Any, pages: dict[Any, dict[int | None, str]]) -> Iterator[str]:
    """The text under an element of the tree of tags, in order."""
    import pikepdf

    if isinstance(element, int):
        yield pages.get(page, {}).get(element, "")
    elif isinstance(element, pikepdf.Array):
        for each in element:
            yield from _tagged(each, page, pages)
    elif isinstance(element, pikepdf.Dictionary):
        page = element["/Pg"].objgen if "/Pg" in element else page
        if element.get("/Type") == "/MCR":
            yield pages.get(page, {}).get(int(element["/MCID"]), "")
        elif "/K" in element:
            yield from _tagged(element["/K"], page, pages)


def _page_text(page: Any) -> dict[int | None, str]:
    """The text of a page by the number of the tag it is drawn under, None for what is drawn under none."""
    import pikepdf

    fonts = page.resources.get("/Font", {})
    tables: dict[str, tuple[dict[int, str], int]] = {}
    table: tuple[dict[int, str], int] = ({}, 1)
    tags: list[int | None] = [None]
    found: dict[int | None, str] = {}
    for each in pikepdf.parse_content_stream(page):
        operands: Any = each.operands
        operator = str(each.operator)
        if operator == "Tf":
            name = str(operands[0])
            tables[name] = table = tables.get(name) or _font_table(fonts[name])
        elif operator in {"BDC", "BMC"}:
            tags.append(_tag(operands, tags[-1]))
        elif operator == "EMC":
            tags.pop()
        else:
            found[tags[-1]] = found.get(tags[-1], "") + _drawn(operator, operands, table)
    return found


def _tag(operands: Any, around: int | None) -> int | None:
    """The number of the tag that begins, that of the tag around it where it has none; a running header has none."""
    import pikepdf

    if str(operands[0]) == "/Artifact":
        return None
    about = operands[1] if len(operands) > 1 else None
    return int(about["/MCID"]) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else around


def _drawn(operator: str, operands: Any, table: tuple[dict[int, str], int]) -> str:
    import pikepdf

    if operator in {"Tj", "'", '"'}:
        return _decoded(bytes(operands[-1]), table)
    if operator == "TJ":
        return "".join(_decoded(bytes(piece), table) for piece in operands[0] if isinstance(piece, pikepdf.String))
    return ""


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
