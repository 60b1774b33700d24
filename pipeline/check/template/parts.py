"""A template's parts: which of them are filled in, which are not, and how they hang together."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from pipeline.problems import PaperError, Place, Problem, error
from pipeline.word.package import document_part, read_parts
from pipeline.word.xml import Element

_PARTS_NAMED = {"header": "in the header", "footer": "in the footer", "footnotes": "in the footnotes"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is filled in. `where` is empty for the body, else "in the header" and the like."""

    name: str
    where: str
    root: Element


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another or, if `external`, to something outside the file. `kind` is "image", ..."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A template as read: its file's name, all its parts, and those that are filled in, the body first."""

    name: str
    parts: Mapping[str, bytes]
    filled: tuple[Part, ...]

    @property
    def body(self) -> Part:
        """The part with the text."""
        return self.filled[0]

    def related(self, kind: str) -> str:
        """The name of the part that the body's relation of this kind leads to, `` where there is none."""
        targets = (relation.target for relation in relations(self.parts, self.body.name) if relation.kind == kind)
        return next((target for target in targets if target in self.parts), "")


def open_template(content: bytes, name: str) -> Template:
    """The template's parts, parsed. Raises PaperError: F2xx as `read_parts` does, T044 if they do not hold together."""
    parts = read_parts(content, name)
    try:
        filled = tuple(_filled(parts, document_part(parts)))
    except (etree.XMLSyntaxError, ValueError, KeyError) as reason:
        raise PaperError(_broken(name)) from reason
    if not _opens(content):
        raise PaperError(_broken(name))
    return Template(name, parts, filled)


def _broken(name: str) -> Problem:
    return error(
        "T044",
        Place(name),
        f"“{name}” is damaged: its parts do not hold together.",
        "Open it in Word, let Word repair it if it offers to, and save it under the same name.",
    )


def _opens(content: bytes) -> bool:
    """Whether the library that fills templates can open it: it wants parts of which Word itself can do without."""
    import warnings

    import docx

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = docx.Document(io.BytesIO(content))
            return document.element.body is not None and bool(document.core_properties is not None)
    except Exception:  # a damaged file can fail anywhere in the library; every such file is the same to an officer
        return False


def parse(content: bytes) -> Element:
    """The root of a part; definitions, links and outsized nodes are refused (XMLSyntaxError)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _filled(parts: Mapping[str, bytes], main: str) -> Iterator[Part]:
    yield Part(main, "", parse(parts[main]))
    seen = {main}
    for relation in relations(parts, main):
        where = _PARTS_NAMED.get(relation.kind, "")
        if where and not relation.external and relation.target not in seen:
            seen.add(relation.target)
            yield Part(relation.target, where, parse(parts[relation.target]))


def relations_part(source: str) -> str:
    """The name of the part that holds the relations of `source` (`` for those of the file itself)."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations(parts: Mapping[str, bytes], source: str) -> tuple[Relation, ...]:
    """The relations of a part, targets as part names (external ones as they stand); none where they cannot be read."""
    try:
        root = parse(parts[relations_part(source)])
    except (KeyError, etree.XMLSyntaxError, ValueError):
        return ()
    return tuple(_relation(element, source) for element in root if element.get("Target"))


def _relation(element: Element, source: str) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    if not external:
        folder = "" if target.startswith("/") else posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join(folder, unquote(target).lstrip("/")))
    return Relation(element.get("Id", ""), kind, target, external)
