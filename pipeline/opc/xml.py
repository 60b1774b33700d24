"""The one way XML of a file is read: nothing is fetched, no entity is resolved, no document type is allowed.

No Office program writes a document type; with one, a short part could grow without bound, or read other files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias
from xml.parsers import expat

from lxml import etree

from pipeline.opc.faults import Unsound

Element: TypeAlias = etree._Element

_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"""<\?xml[^>]{0,60}?\sencoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_DEPTH = 256  # as libxml2 holds by itself

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]


def is_unsafe(content: bytes) -> bool:
    """Has a part a document type, or an encoding in which one could be hidden?"""
    declared = _ENCODING.search(content[:200].replace(b"\0", b""))
    hidden = declared is not None and declared[1].lower() not in _ENCODINGS
    return hidden or any(mark in content for mark in _DOCUMENT_TYPE)


def parse(content: bytes, part: str = "") -> Element:
    """The tree of a part, without XML comments and processing instructions; `part` is its name, for Unsound.

    Raises Unsound: "unsafe", or "damaged" where it is not well formed or nested beyond reason.
    """
    if is_unsafe(content):
        raise Unsound("unsafe", part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise Unsound("damaged", part) from reason


def serialise(root: Element) -> bytes:
    """A tree as a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def scan(chunks: Iterable[bytes], start: Start, end: End | None = None, text: End | None = None) -> None:
    """Reads a large part piece by piece: calls `start` with each element's name ("namespace name"; without a space
    where it has no namespace) and attributes, `text` with the text between, `end` with the name. Raises Unsound as
    `parse` does.
    """
    depth = 0

    def opening(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise Unsound("damaged")
        start(name, attributes)

    def closing(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    def refuse(*_: object) -> None:
        raise Unsound("unsafe")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = opening, closing
    parser.StartDoctypeDeclHandler, parser.CharacterDataHandler = refuse, text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as reason:
        raise Unsound("damaged") from reason
