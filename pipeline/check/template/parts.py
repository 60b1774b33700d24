"""A template's parts: which of them are filled in, which are not, and how they hang together."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.catalogue import problem
from pipeline.opc import Element, Relationship, Unsound, main_part, parse, relationships
from pipeline.problems import PaperError, Place, Problem
from pipeline.word.numbering import Numbering
from pipeline.word.package import read_parts
from pipeline.word.styles import Styles

_FILLED = {"header": "in the header", "footer": "in the footer", "footnotes": "in the footnotes"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is filled in. `where` is empty for the body, else "in the header" and the like."""

    name: str
    where: str
    root: Element


@dataclass(frozen=True)
class Template:
    """A template as read: its file's name, all its parts, and the links of each ("" for those of the file itself)."""

    name: str
    parts: Mapping[str, bytes]
    links: Mapping[str, tuple[Relationship, ...]]
    body: Part

    @cached_property
    def filled(self) -> tuple[Part, ...]:
        """The parts that are filled in, the body first."""
        found = {link.target: _FILLED[link.kind] for link in self.links[self.body.name] if link.kind in _FILLED}
        others = (Part(name, where, parse(self.parts[name])) for name, where in found.items() if name in self.parts)
        return (self.body, *others)

    @cached_property
    def styles(self) -> Styles:
        """The styles of the template."""
        return Styles(self.tree("styles"))

    @cached_property
    def numbering(self) -> Numbering:
        """Its lists."""
        return Numbering(self.tree("numbering"), self.styles)

    def related(self, kind: str) -> str:
        """The name of the part that the body's relation of this kind leads to, `` where there is none."""
        targets = (link.target for link in self.links[self.body.name] if link.kind == kind)
        return next((target for target in targets if target in self.parts), "")

    def tree(self, kind: str) -> Element | None:
        """The tree of the part that the body refers to as `kind`, None where there is none."""
        name = self.related(kind)
        return parse(self.parts[name], name) if name else None


def open_template(content: bytes, name: str) -> Template:
    """The template's parts, parsed. Raises PaperError: F2xx as `read_parts` does, T044 if they do not hold together."""
    parts = read_parts(content, name)
    try:
        main = main_part(parts)
        links = {source: relationships(parts, source) for source in ("", *parts)}
        template = Template(name, parts, links, Part(main, "", parse(parts[main], main)))
        if template.filled and template.styles and template.numbering and _opens(content):
            return template
    except Unsound as reason:
        raise PaperError(_broken(name)) from reason
    raise PaperError(_broken(name))


def _broken(name: str) -> Problem:
    return problem("T044", Place(name), name=name)


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
