"""A template compiled once: patched by docxtpl, its tags compiled, and everything else ready to copy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.problems import Level, PaperError, Place, Problem
from pipeline.render.cache import Patched, from_data, keep, kept, key_of
from pipeline.render.names import Offer
from pipeline.render.statements import Statements
from pipeline.render.steps import Body
from pipeline.render.tags import Tag
from pipeline.render.text import name_of
from pipeline.render.views import Numbers
from pipeline.render.wanted import Known

QUOTED = 80


class Compiled(NamedTuple):
    """A part ready to be filled: its statements, the slots they need, every name it asks for, and what is wrong."""

    body: Body
    slots: int
    used: frozenset[str]
    problems: tuple[tuple[Tag, Problem], ...]


def compile_part(pieces: Iterable[str | Tag], offer: Offer | None, numbers: Numbers, *, marks: bool = True) -> Compiled:
    """A part's own text and its tags, compiled. Without an offer no name can be called unknown."""
    compiler = Statements(offer, numbers, marks=marks)
    body = compiler.all_of(pieces)
    return Compiled(body, compiler.slots, frozenset(compiler.used), tuple(compiler.problems))


class Template(NamedTuple):
    """A compiled template: its file's name and SHA-256, its parts with tags (the document first), and the rest.

    `known` are the marks of what it says itself.
    """

    name: str
    sha256: str
    parts: Mapping[str, Compiled]
    patched: Patched
    numbers: Numbers
    offer: Offer
    known: Mapping[str, Known]

    @property
    def document(self) -> str:
        """The name of the part that holds the text."""
        return next(iter(self.parts))


def compile_template(content: bytes, name: str, offer: Offer, *, marks: bool = True, cached: bool = True) -> Template:
    """The template of a .docx, for any number of papers. `offer` is all that its tags may use.

    `marks` adds identity marks and keeps rows together; without them the parts come out exactly as docxtpl makes them.
    Raises PaperError: F2xx for a file that is no sound Word document; T0xx, T152 for its tags, all of them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    patched = patched_template(content, name, sha256, marks=marks, cached=cached)
    numbers = Numbers(patched.first, patched.stride)
    parts = {part: compile_part(pieces, offer, numbers, marks=marks) for part, pieces in patched.sources.items()}
    if problems := list(errors_of(parts.values(), name)):
        raise PaperError(dict.fromkeys(problems))
    known = {name_of(key): Known(key) for key in patched.keys}
    return Template(name, sha256, parts, patched, numbers, offer, known)


def errors_of(parts: Iterable[Compiled], name: str) -> Iterator[Problem]:
    """Why a template cannot be filled, each at its tag."""
    for part in parts:
        for tag, problem in part.problems:
            if problem.level is Level.ERROR:
                yield replace(problem, place=place(name, tag))


def patched_template(content: bytes, name: str, sha256: str, *, marks: bool, cached: bool) -> Patched:
    """The template as docxtpl patches it, from the cache where it was met before."""
    key = key_of(f"{sha256} {marks}", _engine()) if cached else ""
    if (found := kept(key)) is not None:
        try:
            return from_data(*found)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            pass  # an entry of another making: as if there were none
    from pipeline.render import docxtpl

    fresh = docxtpl.patched(content, name, marks=marks)
    keep(key, *fresh.data())
    return fresh


def _engine() -> str:
    """Names this package's own patching code, so that a newer one does not meet an older one's work."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return " ".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)


def place(name: str, tag: Tag) -> Place:
    """Where a tag stands: the file, the heading above it and the tag itself."""
    under = f"under “{tag.heading}”, " if tag.heading else ""
    return Place(file=name, near=f"{under}at “{shortened(tag.raw)}”" if tag.raw else "")


def shortened(text: str) -> str:
    """A tag as it is quoted."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
