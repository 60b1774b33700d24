"""Packed files for tests, and a new Word document: python-docx's own without the hundred styles that no test uses.

Whatever reads, merges or writes a paper goes through its styles and its numbering: with python-docx's, most of the time
of a test would be spent on them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn

KEPT = {
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Title", "Heading 1", "Heading 2",
    "Heading 3", "List Bullet", "List Number", "Header", "Header Char", "Footer", "Footer Char", "Title Char",
    "Heading 1 Char", "Heading 2 Char", "Heading 3 Char",
}  # fmt: skip


def new_document() -> Document:
    """An empty document with these styles."""
    return docx.Document(io.BytesIO(_empty()))


@cache
def _empty() -> bytes:
    document = docx.Document()
    styles, numbering = document.styles.element, document.part.numbering_part.element
    for style in [each for each in document.styles if each.name not in KEPT]:
        styles.remove(style.element)
    lists = {each.get(qn("w:val")) for each in styles.iter(qn("w:numId"))}
    for number in [each for each in numbering.iter(qn("w:num")) if each.get(qn("w:numId")) not in lists]:
        numbering.remove(number)
    used = {each.get(qn("w:val")) for each in numbering.iter(qn("w:abstractNumId"))}
    for way in [each for each in numbering.iter(qn("w:abstractNum")) if each.get(qn("w:abstractNumId")) not in used]:
        numbering.remove(way)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A packed file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a packed file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def letter_pdf(text: str = "The letter.") -> bytes:
    """A sound PDF of one page that shows this text: the same bytes each time."""
    import pikepdf

    made, out = pikepdf.new(), io.BytesIO()
    page = made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page["/Contents"] = made.make_stream(b"BT /F1 12 Tf 72 700 Td (" + text.encode("ascii") + b") Tj ET")
    made.save(out, deterministic_id=True)
    return out.getvalue()
