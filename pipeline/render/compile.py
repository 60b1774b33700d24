"""A template compiled once: docxtpl's patching and Jinja's compiling, and everything else ready to copy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import Context as JinjaContext

from pipeline.language.sandbox import REASONS, beyond
from pipeline.nearest import nearest
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.render.cache import keep, kept, key_of
from pipeline.render.environment import TURNS, Environment
from pipeline.render.required import OWN, Known, Printed, known_in_template, printed_by
from pipeline.render.views import Numbers

if TYPE_CHECKING:
    from pipeline.render.patch import Patched

Filters = Mapping[str, Callable[..., Any]]
TagAndHeading = tuple[str, str]
QUOTED = 80
Tags = Mapping[int, TagAndHeading]


@dataclass(frozen=True, slots=True)
class Part:
    """A part with tags: printing it for a Jinja context, what it says it prints, and its tags by line.

    `begin` is called before it is printed: what one printing may put together is counted from there.
    """

    name: str
    pieces: Callable[[JinjaContext], Iterator[bytes]]
    context: Callable[[dict[str, Any]], JinjaContext]
    printed: Printed
    tags: Tags
    begin: Callable[[], None]

    def near(self, line: int) -> TagAndHeading:
        """The tag at or before a line of the source, and the heading above it."""
        return near(self.tags, line)


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: its file's name and SHA-256, its parts with tags (the document first), and the rest.

    `known` are the marks of what it says itself; `spaced` the styles that have space above of their own.
    """

    name: str
    sha256: str
    parts: tuple[Part, ...]
    patched: Patched
    numbers: Numbers
    known: Mapping[str, Known]
    spaced: frozenset[str]


def compile_template(
    content: bytes, name: str, filters: Filters, *, marks: bool = True, cached: bool = True
) -> Template:
    """The template of a .docx, for any number of papers. `filters` are all that its tags may use.

    `marks` adds identity marks and keeps rows together; without them the parts come out exactly as docxtpl makes them.
    Raises PaperError: F2xx for a file that is no sound Word document; T152-T154, T157-T159 for its tags, all of them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    patched = _patched(content, name, sha256, marks=marks, cached=cached)
    numbers = Numbers(patched.first, patched.stride)
    environment = Environment(filters, numbers, views=marks)
    problems: list[Problem] = []
    parts = [_part(environment, part, patched, name, problems) for part in patched.sources]
    if problems:
        raise PaperError(problems)
    return Template(
        name,
        sha256,
        tuple(part for part in parts if part),
        patched,
        numbers,
        known_in_template(patched.keys),
        frozenset(patched.spaced),
    )


def _patched(content: bytes, name: str, sha256: str, *, marks: bool, cached: bool) -> Patched:
    key = key_of(f"{sha256} {marks}", _engine()) if cached else ""
    found = kept(key)
    from pipeline.render import patch

    if found is not None:
        try:
            return patch.from_data(*found)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            pass  # an entry of another making: as if there were none
    fresh = patch.patched(content, name, marks=marks)
    keep(key, *fresh.data())
    return fresh


def _engine() -> str:
    """Names this package's own patching code, so that a newer one does not meet an older one's work."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return " ".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)


def _part(environment: Environment, part: str, patched: Patched, name: str, problems: list[Problem]) -> Part | None:
    source, tags = patched.sources[part], patched.tags[part]
    try:
        tree = environment.parse(source)
        amiss = _beyond(tree, tags, name) or _unknown_filters(environment, tree, tags, name)
        problems += amiss
        if amiss:
            return None
        said = printed_by(tree)
        compiled = environment.from_string(_counted(tree))
    except TemplateSyntaxError as reason:
        problems.append(_broken_tag(tags, reason, name))
        return None
    except (RecursionError, ValueError):  # too many brackets, or figures, to be parsed
        problems.append(_endless_tag(environment, tags, name))
        return None
    pieces: Any = compiled.root_render_func  # it yields bytes, which Jinja's types do not know
    return Part(part, pieces, compiled.new_context, said, tags, environment.begin)


def _counted(tree: nodes.Template) -> nodes.Template:
    """The same with the turns of every loop counted."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, TURNS, [], [], None, None, lineno=loop.lineno)
    return tree


def _beyond(tree: nodes.Template, tags: Tags, name: str) -> list[Problem]:
    """T158 or T159 for every tag that may not be filled in, one a tag."""
    found = {near(tags, each.node.lineno): each.why for each in beyond(tree)}
    return [
        not_for_templates(place(name, tag), tag)
        if why == "step"
        else out_of_bounds(place(name, tag), tag, REASONS[why])
        for tag, why in found.items()
    ]


def _endless_tag(environment: Environment, tags: Tags, name: str) -> Problem:
    """T159 for a tag that is too deep, or too long a number, to be parsed."""
    tag = next((each for each in tags.values() if _endless(environment, each[0])), ("", ""))
    return out_of_bounds(place(name, tag), tag, REASONS["deep"])


def _endless(environment: Environment, text: str) -> bool:
    try:
        environment.parse(text)
    except TemplateError:
        return False
    except (RecursionError, ValueError):
        return True
    return False


def not_for_templates(where: Place, tag: TagAndHeading) -> Problem:
    """T158: a tag that reaches for something, or does something, that no tag may."""
    return error(
        "T158",
        where,
        f"“{shortened(tag[0])}” asks for something that templates may not use.",
        "Use plain fields, loops, conditions and filters only.",
    )


def out_of_bounds(where: Place, tag: TagAndHeading, why: str) -> Problem:
    """T159: what a tag would come to, or be filled in with, is more than a paper ever needs."""
    return error("T159", where, f"“{shortened(tag[0])}” cannot be filled in: {why}.", "Write it more simply.")


def near(tags: Tags, line: int) -> TagAndHeading:
    """The tag at or before a line of the source, and the heading above it."""
    known = [number for number in tags if number <= line]
    return tags[max(known)] if known else ("", "")


def place(name: str, tag: TagAndHeading) -> Place:
    """Where a tag stands: the file, the heading above it and the tag itself."""
    text, heading = tag
    under = f"under “{heading}”, " if heading else ""
    return Place(file=name, near=f"{under}at “{shortened(text)}”" if text else "")


def shortened(text: str) -> str:
    """A tag as it is quoted."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


def _unknown_filters(environment: Environment, tree: nodes.Template, tags: Tags, name: str) -> list[Problem]:
    known = sorted(known for known in environment.filters if not known.startswith(OWN))
    return [
        error(
            "T153",
            place(name, near(tags, node.lineno)),
            f"There is no filter “{node.name}”.",
            cure_for(node.name, known),
        )
        for node in tree.find_all(nodes.Filter)
        if node.name not in environment.filters
    ]


def cure_for(wrong: str, known: list[str]) -> str:
    """“Did you mean …?” as an imperative, or the names there are."""
    close = nearest(wrong, known)
    return f"Write “{close}”." if close else f"Use one of: {', '.join(known)}." if known else "Take the tag out."


def _broken_tag(tags: Tags, reason: TemplateError, name: str) -> Problem:
    tag = near(tags, getattr(reason, "lineno", None) or 1)
    message = str(reason.message or "")
    if "endfor" in message or "endif" in message or "end of template" in message.lower():
        what = "A loop or condition is opened and not closed, or closed and not opened."
        return error(
            "T154",
            place(name, tag),
            what,
            "Give each “for” its “endfor” and each “if” its “endif”, all with the same prefix.",
        )
    return error(
        "T152",
        place(name, tag),
        f"The tag “{tag[0]}” cannot be understood.",
        "Type it again in Word, with straight quotes and both brackets.",
    )
