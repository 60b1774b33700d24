"""The words of a PDF in the order in which they are read, and whether it shows each paragraph of a Word file.

A page draws its words in any order, headers between the lines of a paragraph. The tags say in which they are read
(ISO 14289-1, 7.1), so the text is put together by the tags, through the fonts' own tables.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pikepdf

from pipeline.word.file import WordFile, read_parts
from pipeline.word.numbering import Numbering, labelled
from pipeline.word.pieces import Paragraph
from pipeline.word.story import shortened
from pipeline.word.xml import MATH, Element, qn

PdfError = pikepdf.PdfError
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)((?:(?!begin).)*?)endbf(?:char|range)", re.DOTALL)
_BOX = qn("w:txbxContent")
_SIGNS = frozenset(map(chr, range(0x2190, 0x2C00)))
_HYPHENS = {ord(each): "-" for each in "\u2010\u2011"} | {0xAD: ""}


def missing_lines(docx: bytes, pdf: bytes) -> list[str]:
    """The paragraphs of the Word file, with the numbers before them, that the PDF does not show in their order.

    Blanks, line breaks and capitals aside. Headers, footers, notes and text boxes may stand anywhere. Numbers that only
    pages decide are not looked for, nor are equations, which a PDF draws.
    """
    paper = WordFile(read_parts(docx, "the public copy"), "the public copy")
    squeezed = _without_hyphens if b"autoHyphenation" in paper.parts.get("word/settings.xml", b"") else _squeezed
    tagged, untagged = text_by_tags(pdf)
    in_order, anywhere = squeezed(tagged), squeezed(tagged + untagged)
    seen = paper.text.paragraphs
    lost, at = [], 0
    for paragraph, label in _labels(paper):
        shown = seen[paragraph]
        wanted = [squeezed(each) for each in _fragments(label, shown)] if shown.text.strip() else []
        if next(paragraph.iterancestors(_BOX), None) is not None:
            found = all(each in anywhere for each in wanted)
        else:
            found, at = _found_from(in_order, at, wanted)
        lost += [] if found else [shortened(f"{label} {shown.text}")]
    lost += _lost_signs((each.text for each in seen.values()), tagged + untagged)
    return lost + list(_lost_elsewhere(paper, lambda text: squeezed(text) in anywhere))


def _lost_elsewhere(paper: WordFile, is_there: Callable[[str], bool]) -> Iterator[str]:
    """Paragraphs of headers, footers and notes."""
    for story in paper.stories[1:]:
        for shown in story.paragraphs.values():
            if not all(map(is_there, _fragments("", shown))):
                yield shortened(shown.text)


def _labels(paper: WordFile) -> Iterator[tuple[Element, str]]:
    """Each paragraph and the number before it, where that can be told for certain."""
    numbering = Numbering(paper.related("numbering"), paper.styles)
    for paragraph, label, place, _ in labelled(paper.text.root, numbering):
        yield paragraph, label if place and numbering.lists[place[0]].is_certain(place[1]) else ""


def _found_from(text: str, at: int, wanted: Iterable[str]) -> tuple[bool, int]:
    """Are the pieces of a line found one after another from `at` on? And where to look for the next line."""
    place = at
    for each in wanted:
        found = text.find(each, place)
        if found < 0:
            return False, at
        place = found + len(each)
    return True, place


def _fragments(label: str, shown: Paragraph) -> Iterator[str]:
    """The words of a paragraph, cut where a number, a leader or an equation is drawn in their place."""
    words = label
    for piece in shown.pieces:
        if piece.kind == "layout" or str(piece.element.tag).startswith(MATH):
            yield words
            words = ""
        else:
            *whole, last = piece.text.split("\t")
            for each in whole:
                yield words + each
                words = ""
            words += last
    yield words


def _lost_signs(texts: Iterable[str], pdf: str) -> Iterator[str]:
    """Signs that the PDF shows less often than the paper does."""
    wanted, there = (Counter(filter(_is_sign, each)) for each in ("".join(texts), pdf))
    yield from (each for each, number in wanted.items() if there[each] < number)


def _squeezed(text: str) -> str:
    """Only letters: blanks and soft hyphens fall where lines happen to end, a style may set capitals, and signs that
    the font of a line lacks are drawn behind it in another.
    """
    letters = "".join(each for each in text.translate(_HYPHENS) if not _is_sign(each))
    return "".join(unicodedata.normalize("NFKC", letters).casefold().split())


def _without_hyphens(text: str) -> str:
    """As above, where words may be divided at the ends of lines."""
    return _squeezed(text).replace("-", "")


def _is_sign(letter: str) -> bool:
    """Is it a tick, box, arrow or the like, which ordinary fonts may lack?"""
    return letter in _SIGNS or unicodedata.category(letter) in {"So", "Co"}


def text_of_pdf(pdf: bytes) -> str:
    """All text that the pages of a PDF show, tagged or not, page by page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "\n".join("".join(_page_text(page).values()) for page in opened.pages)


def text_by_tags(pdf: bytes) -> tuple[str, str]:
    """The text of a PDF in the order of its tags, and what stands on its pages outside all tags: headers, footers."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.objgen: _page_text(page) for page in opened.pages}
        tagged = "".join(_tagged(opened.Root.get("/StructTreeRoot"), None, pages))
    return tagged, "\n".join(page.get(None, "") for page in pages.values())


def _tagged(element: Any, page: Any, pages: dict[Any, dict[int | None, str]]) -> Iterator[str]:
    """The text under an element of the tree of tags, in order."""
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
    if str(operands[0]) == "/Artifact":
        return None
    about = operands[1] if len(operands) > 1 else None
    return int(about["/MCID"]) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else around


def _drawn(operator: str, operands: Any, table: tuple[dict[int, str], int]) -> str:
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
