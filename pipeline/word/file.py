"""A Word file: opened safely, each part parsed once, its styles and its stories, for all who ask.

It may come from anybody, and may be anything that somebody named .docx. Every part is unpacked and looked at before any
parser sees it: a document type (with which entities can grow without bound, or read other files) is refused wherever it
stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pipeline.catalogue import problem
from pipeline.opc import (
    TYPES_PART,
    Element,
    Fault,
    Limits,
    Package,
    Parts,
    Unsound,
    is_unsafe,
    main_part,
    parse,
    relationships,
)
from pipeline.problems import PaperError, Place
from pipeline.word.story import Story
from pipeline.word.styles import Styles

LIMITS = Limits(parts=5_000, part_bytes=100_000_000, all_bytes=200_000_000, ratio=200)
"""Far beyond any paper, and short of what would fill an officer's computer."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CODES: Mapping[Fault, str] = {"damaged": "F204", "too large": "F208", "locked": "F202", "twice": "F210"}
_TEXTS = ("header", "footer", "footnotes", "endnotes")


class WordFile:
    """The parts of a Word file, and the name that messages call it by. A tree may be changed: what was asked for
    before stays as it was read.
    """

    def __init__(self, parts: Parts, name: str) -> None:
        self.parts, self.name = parts, name
        self._roots: dict[str, Element] = {}
        self._stories: dict[str, Story] = {}

    @classmethod
    def opened(cls, content: bytes, name: str) -> WordFile:
        """A file by its content. Raises PaperError as `read_parts` and `refuse_damaged`."""
        file = cls(read_parts(content, name), name)
        file.refuse_damaged()
        return file

    def refuse_damaged(self) -> None:
        """Raises PaperError (F204) where a part is no sound XML, its properties and data aside."""
        for part in self.parts:
            is_data = part.startswith(("docProps/", "customXml/"))
            if part.endswith((".xml", ".rels")) and not is_data and self.tree(part) is None:
                raise _refusal("F204", self.name, "part", part)

    def root(self, part: str) -> Element:
        """The root of a part. Raises KeyError where it is not there, Unsound where it cannot be read."""
        if part not in self._roots:
            self._roots[part] = parse(self.parts[part], part)
        return self._roots[part]

    def tree(self, part: str) -> Element | None:
        """The root of a part; None where it is not there or cannot be read."""
        try:
            return self.root(part)
        except (KeyError, Unsound):
            return None

    @cached_property
    def main(self) -> str:
        """The name of the part with the text."""
        return main_part(self.parts)

    @cached_property
    def links(self) -> dict[str, str]:
        """The parts that the text refers to, by the id of the reference."""
        return {link.id: link.target for link in relationships(self.parts, self.main) if not link.external}

    def related(self, kind: str) -> Element | None:
        """The root of the part that the text refers to as of this kind, such as `numbering`."""
        return next((self.tree(name) for name in self._related(kind)), None)

    def _related(self, *kinds: str) -> list[str]:
        links = relationships(self.parts, self.main)
        targets = [link.target for link in links if link.kind in kinds and not link.external]
        return [name for name in dict.fromkeys(targets) if name in self.parts]

    def story_of(self, kind: str) -> Story | None:
        """What stands in the part that the text refers to as of this kind, such as `footnotes`."""
        return next((self.story(name) for name in self._related(kind)), None)

    @cached_property
    def styles(self) -> Styles:
        """Its styles; without any where there are none that can be read."""
        return Styles(self.related("styles"))

    @property
    def text(self) -> Story:
        """The main story."""
        return self.story(self.main)

    @property
    def stories(self) -> list[Story]:
        """The text, and the headers, footers and notes that it refers to; not the comments beside it."""
        return [self.story(name) for name in (self.main, *self._related(*_TEXTS))]

    def story(self, part: str) -> Story:
        """What stands in a part, read once. Raises Unsound where it cannot be read."""
        if part not in self._stories:
            self._stories[part] = Story(self.root(part), self.styles, part, self.name)
        return self._stories[part]


def read_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a .docx by its name, e.g. `word/document.xml`; `name` is the file's, for messages.

    Raises PaperError (F201-F210): not a Word document, password, old format, damaged, macros, a template type, Strict
    Open XML, too large unpacked, a part with a DTD, two parts of one name.
    """
    _refuse_other_formats(content, name)
    try:
        parts = dict(Package(content, LIMITS))
    except Unsound as reason:
        raise _refusal(_CODES[reason.fault], name) from reason
    _refuse_other_types(parts, name)
    _refuse_bad_parts(parts, name)
    return parts


def _refusal(code: str, name: str, way: str = "", part: str = "") -> PaperError:
    return PaperError(problem(code, Place(file=name), way, name=name, part=part))


def _refuse_other_formats(content: bytes, name: str) -> None:
    if content.startswith(_OLE):
        raise _refusal("F202" if "EncryptedPackage".encode("utf-16-le") in content else "F203", name)
    if not content.startswith(b"PK"):
        raise _refusal("F201", name, "" if content else "empty")


def _refuse_other_types(parts: Parts, name: str) -> None:
    types = parts.get(TYPES_PART, b"")
    if b"macroEnabled" in types or any(part.casefold().endswith("vbaproject.bin") for part in parts):
        raise _refusal("F205", name)
    if b"wordprocessingml.template.main+xml" in types:
        raise _refusal("F206", name)
    if b"wordprocessingml.document.main+xml" not in types:
        raise _refusal("F201", name, "workbook" if b"spreadsheetml" in types else "")


def _refuse_bad_parts(parts: Parts, name: str) -> None:
    if b"http://purl.oclc.org/ooxml/" in parts.get("_rels/.rels", b""):
        raise _refusal("F207", name)
    if not _holds_text(parts):
        raise _refusal("F204", name, "textless")
    for part, content in parts.items():
        if _looks_like_xml(part, content) and is_unsafe(content):
            raise _refusal("F209", name, part=part)


def _holds_text(parts: Parts) -> bool:
    try:
        return bool(main_part(parts))
    except Unsound:
        return False


def _looks_like_xml(part: str, content: bytes) -> bool:
    start = content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") or part.casefold().endswith((".xml", ".rels", ".vml"))
