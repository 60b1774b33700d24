"""What a paper has around its words: the headers, footers and page of its last section, and the looks of its styles."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipeline.opc import parse, relationships, serialise
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import normalised
from pipeline.word.story import seen
from pipeline.word.styles import is_set
from pipeline.word.xml import NAMESPACES, PARAGRAPH, VAL, Element, local, properties, put, qn

SECTION, _TYPE, _RELATION = qn("w:sectPr"), qn("w:type"), f"{{{NAMESPACES['r']}}}id"
_OUTSIDE = {qn("w:headerReference"): "header", qn("w:footerReference"): "footer"}
_ON = {"default": "", "first": " of the first page", "even": " of even pages"}
_LOOKS = {"w:rPr": ("rFonts", "sz", "b", "i", "u", "caps", "color"), "w:pPr": ("jc",)}
_OFF = ("0", "false", "off", "none", "auto", "left", "start")
COUNTED = ("layout", "reference")
"""Kinds of pieces that begin a field whose result is a number of pages or of an appendix."""
_OF_THEME = "*"
_TWIPS = 60
"""Editors round a page's measures; what differs by more, a twentieth of an inch, somebody changed."""


class Feature(NamedTuple):
    """One thing around a paper's words: as it is compared, and the elements that make it so."""

    value: str = ""
    elements: tuple[Element, ...] = ()


Frame = Mapping[tuple[str, str], Feature]
"""All such things, by their kind and name."""


def frame_of(paper: Paper) -> dict[tuple[str, str], Feature]:
    """What a paper has around its words."""
    sections = list(paper.body.iter(SECTION))
    outside = (each for section in sections for each in _outside(paper, section))
    return {
        **dict(outside),
        **dict(each for section in sections[-1:] for each in _page(section)),
        **dict(_styles(paper)),
    }


def is_style(name: tuple[str, str]) -> bool:
    """Is it a style, of which each paper has its own?"""
    return name[0] == "style"


def called(name: tuple[str, str]) -> str:
    """What a person calls it: `the header of the first page`, `the looks of the style “Heading 1”`."""
    kind, which = name
    return f"the looks of the style “{which}”" if is_style(name) else f"the {kind}{which}"


def _outside(paper: Paper, section: Element) -> Iterator[tuple[tuple[str, str], Feature]]:
    """The headers and footers of a section, and of those after it that have none of their own, as a reader sees them
    but for the numbers of pages, which every editor counts anew.
    """
    links = {link.id: link.target for link in relationships(paper.parts, paper.main)}
    for reference in section.iter(*_OUTSIDE):
        on, part = reference.get(_TYPE, "default"), links.get(reference.get(_RELATION, ""), "")
        is_seen = on == "default" or (on == "first" and is_set(section, "w:titlePg"))
        if part in paper.parts and is_seen:
            inside = parse(paper.parts[part]).iter(PARAGRAPH)
            pieces = (piece for each in inside for piece in seen(each).pieces if piece.kind not in COUNTED)
            said = normalised("".join(piece.kept for piece in pieces))
            yield (_OUTSIDE[str(reference.tag)], _ON[on]), Feature(said, (reference,))


def _page(section: Element) -> Iterator[tuple[tuple[str, str], Feature]]:
    for name, tag, measures in (("size", "w:pgSz", ("w", "h")), ("margins", "w:pgMar", ("left", "right"))):
        element = section.find(qn(tag))
        if element is not None:
            told = (element.get(qn(f"w:{each}"), "0") for each in measures)
            rounded = (str(round(int(each) / _TWIPS)) if each.isdecimal() else each for each in told)
            yield (f"{name} of the page", ""), Feature(" ".join(rounded), (element,))


def _styles(paper: Paper) -> Iterator[tuple[tuple[str, str], Feature]]:
    """The looks of the styles in which the paper's paragraphs are."""
    styles = paper.styles
    for style in sorted({styles.style(paragraph) for paragraph in paper.body.iter(PARAGRAPH)} & styles.names.keys()):
        found = [
            (name, styles.merged(style, qn(kind)).get(name) or styles.defaults.get((qn(kind), name)))
            for kind, names in _LOOKS.items()
            for name in names
        ]
        told = (_told(name, each.element) if each else "" for name, each in found)
        yield (
            ("style", styles.names[style].casefold()),
            Feature("|".join(told), tuple(e.element for _, e in found if e)),
        )


def _told(name: str, element: Element) -> str:
    value = element.get(qn("w:ascii"), _OF_THEME) if name == "rFonts" else element.get(VAL, "on")
    return "" if value in _OFF else value.casefold()


def is_other(one: Feature, other: Feature) -> bool:
    """Does one differ from another, but for a font that is told by the theme alone?"""
    pairs = zip_longest(one.value.split("|"), other.value.split("|"), fillvalue="")
    return any(here != there and _OF_THEME not in (here, there) for here, there in pairs)


def carry_frame(host: Paper, theirs: Sequence[tuple[Frame, Callable[[Element], Element]]]) -> None:
    """Gives the draft what people changed around its words: of what two changed, as the first has it. With each frame
    comes what carries an element of its paper over.
    """
    before, done = frame_of(host), set[tuple[str, str]]()
    for frame, carry in theirs:
        for name in [name for name in frame if name in before or not is_style(name)]:
            if is_other(frame[name], before.get(name, Feature())) and name not in done:
                done.add(name)
                _take(host, name, [carry(each) for each in frame[name].elements])


def _take(host: Paper, name: tuple[str, str], twins: Sequence[Element]) -> None:
    if is_style(name):
        _dress(host, name[1], twins)
        return
    sections = list(host.body.iter(SECTION))
    for twin in twins:
        there = [
            each for section in sections for each in section.findall(twin.tag) if each.get(_TYPE) == twin.get(_TYPE)
        ]
        if there:
            there[-1].addprevious(twin)
            there[-1].getparent().remove(there[-1])  # type: ignore[union-attr]
        elif sections:
            sections[-1].insert(0, twin)


def _dress(host: Paper, name: str, twins: Sequence[Element]) -> None:
    """Gives a style these looks, and no other of those that are compared."""
    root, names = copy.deepcopy(host.tree("styles")), host.styles.names
    of_name = {style for style, called_so in names.items() if called_so.casefold() == name}
    if root is None:
        return
    for style in [each for each in root if each.get(qn("w:styleId")) in of_name]:
        for kind, looks in _LOOKS.items():
            given = [twin for twin in twins if local(twin) in looks]
            held = properties(style, kind) if given else style.find(qn(kind))
            for old in [] if held is None else [each for each in held if local(each) in looks]:
                old.getparent().remove(old)  # type: ignore[union-attr]
            for twin in given:
                put(held, copy.deepcopy(twin))  # type: ignore[arg-type]
    host.parts[host.related("styles")[0]] = serialise(root)
