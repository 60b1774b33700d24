"""A paragraph as pieces of text that know their runs, so that words change and everything around them stays."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.revise.runs import PROPERTIES, run_of
from pipeline.word.xml import RUN, SPACE, TEXT, WRAPPERS, Element, characters, local, make, qn, reference

_FIELD_CHAR, _FIELD_KIND, _CODE, _SIMPLE = map(qn, ("w:fldChar", "w:fldCharType", "w:instrText", "w:fldSimple"))
_PENDING = tuple(
    qn(f"w:{name}")
    for name in (
        *(
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "rPrChange",
            "pPrChange",
            "cellIns",
            "cellDel",
            "trPrChange",
            "tcPrChange",
        ),
    )
)


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph's canonical text and the runs it stands in.

    Kinds: `text` may be cut anywhere; a `sign` (tab, line break), a `reference` to one of our marks, and any other
    `field` go or stay as a whole.
    """

    text: str
    runs: list[Element]
    kind: Literal["text", "sign", "reference", "field"]

    @property
    def look(self) -> Element | None:
        """The run properties of its first run."""
        return self.runs[0].find(PROPERTIES)


@dataclass(slots=True)
class _Field:
    runs: list[Element] = field(default_factory=list)
    depth: int = 0
    code: str = ""
    result: str = ""
    shows: bool = False

    def take(self, run: Element, leaf: Element) -> None:
        self.runs.append(run)
        kind = leaf.get(_FIELD_KIND) if leaf.tag == _FIELD_CHAR else ""
        self.depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if self.depth > 1:
            return
        if kind == "separate":
            self.shows = True
        elif leaf.tag == _CODE:
            self.code += leaf.text or ""
        elif self.shows:
            self.result += characters(leaf)

    def piece(self) -> Piece:
        mark = reference(self.code) if self.depth == 0 else ""
        return Piece(f"[[{mark}]]", self.runs, "reference") if mark else Piece(self.result, self.runs, "field")


def is_pending(element: Element) -> bool:
    """Whether somebody's tracked changes, of words or of looks, wait anywhere inside."""
    return next(element.iter(*_PENDING), None) is not None


def explode(paragraph: Element) -> None:
    """Gives every run of the paragraph one thing to hold, and spells simple fields out; no reader sees a change."""
    for simple in list(paragraph.iter(_SIMPLE)):
        _spell_out(simple)
    for run in list(_runs(paragraph)):
        content = [leaf for leaf in run if leaf.tag != PROPERTIES]
        for leaf in content[:0:-1]:
            run.addnext(run_of(leaf, run.find(PROPERTIES)))


def _spell_out(simple: Element) -> None:
    code = make("w:instrText")
    code.text = simple.get(qn("w:instr"), "")
    code.set(SPACE, "preserve")
    begin, separate, end = (make("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    for node in [*(run_of(leaf, None) for leaf in (begin, code, separate)), *simple, run_of(end, None)]:
        simple.addprevious(node)
    parent = simple.getparent()
    if parent is not None:
        parent.remove(simple)


def _runs(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == RUN:
            yield child
        elif child.tag in WRAPPERS:
            yield from _runs(child)


def pieces(paragraph: Element) -> list[Piece]:
    """The pieces of an exploded paragraph, in order; their texts together are its canonical text."""
    found: list[Piece] = []
    unfinished: _Field | None = None
    for run in _runs(paragraph):
        leaf = next((leaf for leaf in run if leaf.tag != PROPERTIES), None)
        if leaf is None:
            continue
        if unfinished is None and leaf.get(_FIELD_KIND) == "begin":
            unfinished = _Field()
        if unfinished is None:
            if text := characters(leaf):
                found.append(Piece(text, [run], "text" if leaf.tag == TEXT else "sign"))
            continue
        unfinished.take(run, leaf)
        if unfinished.depth == 0:
            found.append(unfinished.piece())
            unfinished = None
    return found if unfinished is None else [*found, unfinished.piece()]


def cut(found: list[Piece], at: int) -> int:
    """Makes a boundary between pieces at character `at`; returns the number of the piece that starts there.

    Pieces other than `text` are not cut: their end is taken.
    """
    start = 0
    for number, piece in enumerate(found):
        end = start + len(piece.text)
        if at <= start:
            return number
        if at < end:
            if piece.kind == "text":
                found.insert(number + 1, _split(piece, at - start))
            return number + 1
        start = end
    return len(found)


def _split(piece: Piece, at: int) -> Piece:
    run = piece.runs[0]
    second = copy.deepcopy(run)
    second.tail = None
    run.addnext(second)
    halves = piece.text[:at], piece.text[at:]
    for half, text in zip((run, second), halves, strict=True):
        half[-1].text = text
        half[-1].set(SPACE, "preserve")
    piece.text = halves[0]
    return Piece(halves[1], [second], "text")


def coalesce(paragraph: Element) -> None:
    """Joins neighbouring runs of plain text that look the same, in the paragraph and in what surrounds its runs."""
    for parent in [paragraph, *(child for child in paragraph.iter(*WRAPPERS, qn("w:del")))]:
        before: Element | None = None
        for run in list(parent):
            if before is not None and _alike(before, run):
                before[-1].text = (before[-1].text or "") + (run[-1].text or "")
                before[-1].set(SPACE, "preserve")
                parent.remove(run)
            else:
                before = run


def _alike(one: Element, other: Element) -> bool:
    return all(map(_is_plain, (one, other))) and one[-1].tag == other[-1].tag and _look(one) == _look(other)


def _is_plain(run: Element) -> bool:
    return run.tag == RUN and len(run) - (run.find(PROPERTIES) is not None) == 1 and local(run[-1]) in ("t", "delText")


def _look(run: Element) -> list[tuple[str, dict[str, str]]]:
    look = run.find(PROPERTIES)
    return [] if look is None else [(str(e.tag), {str(k): str(v) for k, v in e.attrib.items()}) for e in look.iter()]
