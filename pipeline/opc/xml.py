"""The one way XML of a file is read: nothing is fetched, no entity is resolved, no document type is allowed.

No Office program writes a document type; with one, a short part could grow without bound, or read other files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Literal, Self, TypeAlias
from xml.etree.ElementTree import ParseError, XMLParser

from lxml import etree

Element: TypeAlias = etree._Element
Attributes = dict[str, str]

_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"""<\?xml[^>]{0,60}?\sencoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_DEPTH = 256  # as libxml2 holds by itself

Fault = Literal["damaged", "too large", "unsafe", "locked", "twice"]


class Unsound(Exception):
    """A packed file that is not read. Each room says so in its own words, by the fault and the part (`` for the file).

    damaged: no whole zip file, or a part that does not hold what it says, or is not well-formed XML. too large: past
    the limits. unsafe: XML with a document type, or in an encoding that could hide one. locked: a password lies on a
    part. twice: two parts have this name.
    """

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault}: {part or 'the file'}")
        self.fault, self.part = fault, part


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


class Reader:
    """Reads a part as its elements pass by: however large it is, no more of it is held than what is wanted.

    Whoever extends this says in `opens` and `closes` which method takes an element of which name, in any of the
    namespaces of `spaces`; attributes come under their own names, those of a namespace as `{namespace}name`. While
    `taking` is on, the characters between elements are put into `pieces`.
    """

    spaces: ClassVar[Sequence[str]] = ("",)
    opens: ClassVar[Mapping[str, Callable[[Any, Attributes], None]]] = {}
    closes: ClassVar[Mapping[str, Callable[[Any], None]]] = {}
    _opens: ClassVar[Mapping[str, Callable[[Any, Attributes], None]]] = {}
    _closes: ClassVar[Mapping[str, Callable[[Any], None]]] = {}

    def __init_subclass__(cls) -> None:
        """The methods by the full names of elements."""
        spaces = [f"{{{space}}}" if space else "" for space in cls.spaces]
        cls._opens = {space + name: method for space in spaces for name, method in cls.opens.items()}
        cls._closes = {space + name: method for space in spaces for name, method in cls.closes.items()}

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.taking = False
        self._depth = 0

    def read(self, chunks: Iterable[bytes]) -> Self:
        """Raises Unsound as `parse` does."""
        parser = XMLParser(target=self)  # noqa: S314 (a document type is refused below)
        try:
            for chunk in chunks:
                parser.feed(chunk)
            parser.close()
        except (ParseError, LookupError, ValueError) as reason:
            raise Unsound("damaged") from reason
        return self

    def start(self, tag: str, attributes: Attributes) -> None:
        """The parser met the start of an element."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise Unsound("damaged")
        if opened := self._opens.get(tag):
            opened(self, attributes)

    def end(self, tag: str) -> None:
        """The parser met the end of an element."""
        self._depth -= 1
        if closed := self._closes.get(tag):
            closed(self)

    def data(self, text: str) -> None:
        """The parser met characters."""
        if self.taking:
            self.pieces.append(text)

    def doctype(self, *_: object) -> None:
        """The parser met a document type."""
        raise Unsound("unsafe")

    def close(self) -> None:
        """The parser met the end of the part."""
