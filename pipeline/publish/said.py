"""What a Word file says to its reader, line by line: the text, headers, footers and notes, all by one function.

Used for a draft and for its public copy, so that the two can be compared. Nothing of the cleaning is used here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.opc import main_part, parse, relationships
from pipeline.problems import Place, Problem, error
from pipeline.word.story import Story, shortened, shown_headers
from pipeline.word.styles import Styles
from pipeline.word.xml import ID, NAMESPACES, Element, qn

_BY_ID = f"{{{NAMESPACES['r']}}}id"
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_CURE = "Type that paragraph afresh without the field, box or drawing in it, and tell IT of it."


class Line(NamedTuple):
    """A paragraph that has words, and the kind of story it stands in."""

    story: str
    text: str


def lines_of(parts: Mapping[str, bytes]) -> list[Line]:
    """Every paragraph with words that a reader of the file sees, each note once for each reference to it."""
    main = main_part(parts)
    links = relationships(parts, main)
    linked = {link.id: link.target for link in links if not link.external}
    by_kind = {link.kind: link.target for link in links}
    trees = {
        name: parse(parts[name], name) for name in {main, *linked.values()} if name in parts and name.endswith(".xml")
    }
    styles = Styles(trees.get(by_kind.get("styles", "")))
    lines = list(_lines("text", trees[main], styles))
    for kind, name in _pages(trees[main], linked, trees.get(by_kind.get("settings", ""))):
        lines += _lines(kind, trees[name], styles) if name in trees else ()
    notes = {kind: trees.get(by_kind.get(kind, "")) for kind in _NOTES.values()}
    for kind, number in _references(trees[main], styles):
        note = _note(notes[kind], number)
        lines += () if note is None else _lines(kind, note, styles)
    return lines


def differences(draft: Sequence[Line], copy: Sequence[Line], name: str) -> list[Problem]:
    """An error (C109) for each paragraph of a draft that its copy does not say, or says otherwise."""
    found = []
    for _, first, last, start, end in _changes(draft, copy):
        was, now = draft[first:last], copy[start:end]
        words = shortened((was or now)[0].text)
        after = "" if first == 0 else f"after “{shortened(draft[first - 1].text)}”"
        told = f"“{words}” would not read the same in the public copy."
        found.append(error("C109", Place(name, near=after), told, _CURE))
    return found


def _changes(draft: Sequence[Line], copy: Sequence[Line]) -> Iterator[tuple[str, int, int, int, int]]:
    if draft != copy:
        matcher = difflib.SequenceMatcher(None, draft, copy, autojunk=False)
        yield from (each for each in matcher.get_opcodes() if each[0] != "equal")


def _lines(story: str, root: Element, styles: Styles) -> Iterator[Line]:
    for each in Story(root, styles).paragraphs.values():
        if words := each.text.strip():
            yield Line(story, words)


def _pages(main: Element, linked: Mapping[str, str], settings: Element | None) -> Iterator[tuple[str, str]]:
    """The headers and footers that pages show: their kind, and the part of each."""
    for each in shown_headers(main, settings):
        yield "header" if each.tag == qn("w:headerReference") else "footer", linked.get(each.get(_BY_ID, ""), "")


def _references(main: Element, styles: Styles) -> Iterator[tuple[str, str]]:
    """Kind and number of each note that the text refers to where somebody sees it."""
    for seen in Story(main, styles).paragraphs.values():
        for piece in seen.pieces:
            if piece.kind == "layout" and piece.element.tag in _NOTES:
                yield _NOTES[str(piece.element.tag)], piece.element.get(ID, "")


def _note(notes: Element | None, number: str) -> Element | None:
    return None if notes is None else next((each for each in notes if each.get(ID) == number), None)
