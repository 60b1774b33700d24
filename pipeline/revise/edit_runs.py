"""A paragraph as pieces of text that know their runs, so that words change and everything around them stays; new runs
in the look of the words around them.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.blocks import MARK_PREFIX
from pipeline.word.fields import MARK, MARK_KIND, SIMPLE
from pipeline.word.story import seen
from pipeline.word.xml import RUN, SPACE, TEXT, WRAPPERS, Element, local, make, qn, remove

PROPERTIES = qn("w:rPr")
REFERENCE = re.compile(rf"\[\[({MARK_PREFIX}\w+)\]\]")
_CHANGES = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_OTHER_CHANGES = ("pPrChange", "cellIns", "cellDel", "trPrChange", "tcPrChange")
_PENDING = (*_CHANGES, *(qn(f"w:{name}") for name in _OTHER_CHANGES))
_DEEPER = {"begin": 1, "end": -1}

Kind = Literal["text", "sign", "reference", "field"]


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph's kept text and the runs it stands in.

    Kinds: `text` may be cut anywhere; a `sign` (tab, line break), a `reference` to one of our marks, and any other
    `field` go or stay as a whole. `shows`: what is seen of each run.
    """

    text: str
    runs: list[Element]
    kind: Kind
    shows: list[str]

    @property
    def look(self) -> Element | None:
        """The run properties of its first run."""
        return self.runs[0].find(PROPERTIES)


def is_pending(element: Element) -> bool:
    """Whether somebody's tracked changes, of words or of looks, wait anywhere inside."""
    return next(element.iter(*_PENDING), None) is not None


def runs_in(parent: Element) -> Iterator[Element]:
    """The runs of a paragraph that are not deleted, also those in links, controls and insertions."""
    for child in parent:
        if child.tag == RUN:
            yield child
        elif child.tag in WRAPPERS:
            yield from runs_in(child)


def explode(paragraph: Element) -> None:
    """Gives every run of the paragraph one thing to hold, and spells simple fields out; no reader sees a change."""
    for simple in list(paragraph.iter(SIMPLE)):
        for node in _field(simple.get(qn("w:instr"), ""), list(simple), None):
            simple.addprevious(node)
        remove([simple])
    for run in list(runs_in(paragraph)):
        for leaf in [leaf for leaf in run if leaf.tag != PROPERTIES][:0:-1]:
            run.addnext(run_of(leaf, run.find(PROPERTIES)))


def pieces(paragraph: Element) -> list[Piece]:
    """The pieces of an exploded paragraph, in order; their texts together are what is kept of it."""
    kept, shown = defaultdict[Element, str](str), defaultdict[Element, str](str)
    references = set[Element]()
    for piece in seen(paragraph).pieces:
        kept[piece.element] += piece.kept
        shown[piece.element] += piece.text
        if piece.kind == "reference" and piece.element is piece.field:
            references.add(piece.element)
    found = []
    for leaves in _stretches(paragraph):
        kind, text = _kind(leaves[0], leaves[0] in references), "".join([kept[leaf] for leaf in leaves])
        if text or kind in ("reference", "field"):
            runs = [next(leaf.iterancestors(RUN)) for leaf in leaves]
            found.append(Piece(text, runs, kind, [shown[leaf] for leaf in leaves]))
    return found


def _kind(first: Element, is_reference: bool) -> Kind:
    if first.tag == MARK:
        return "reference" if is_reference else "field"
    return "text" if first.tag == TEXT else "sign"


def _stretches(paragraph: Element) -> Iterator[list[Element]]:
    """What each run holds; from the beginning of a field to its end together."""
    depth, held = 0, list[Element]()
    for run in runs_in(paragraph):
        for leaf in [leaf for leaf in run if leaf.tag != PROPERTIES][:1]:
            held.append(leaf)
            depth = max(0, depth + _DEEPER.get(leaf.get(MARK_KIND, ""), 0))
            if not depth:
                yield held
                held = []
    if held:
        yield held


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
    piece.text, piece.shows = halves[0], [halves[0]]
    return Piece(halves[1], [second], "text", [halves[1]])


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


def _look(run: Element) -> list[tuple[object, object]]:
    look = run.find(PROPERTIES)
    return [] if look is None else [(each.tag, dict(each.items())) for each in look.iter()]


def run_of(leaf: Element, look: Element | None) -> Element:
    """A run that holds `leaf` in a copy of `look` (run properties), without anybody's tracked change of looks."""
    run = make("w:r")
    if look is not None:
        run.append(copy.deepcopy(look))
        for change in [change for change in run[0] if change.tag in _CHANGES]:
            run[0].remove(change)
    run.append(leaf)
    return run


def words_leaf(name: str, text: str) -> Element:
    """`w:t`, `w:instrText`...: an element that holds text and keeps its spaces."""
    leaf = make(name)
    leaf.text = text
    leaf.set(SPACE, "preserve")
    return leaf


def text_runs(text: str, look: Element | None, shown: Mapping[str, str]) -> list[Element]:
    """`text` as runs of the given look; `[[mark]]` becomes a reference that shows `shown[mark]`."""
    runs: list[Element] = []
    for n, part in enumerate(REFERENCE.split(text)):
        if n % 2:
            runs += _field(f" REF {part} \\r \\h ", [run_of(words_leaf("w:t", shown.get(part, "")), look)], look)
        else:
            runs += [run_of(leaf, look) for leaf in _leaves(part)]
    return runs


def _field(code: str, result: list[Element], look: Element | None) -> list[Element]:
    """The runs of a field with this code and result."""
    begin, separate, end = (run_of(make("w:fldChar", fldCharType=kind), look) for kind in ("begin", "separate", "end"))
    return [begin, run_of(words_leaf("w:instrText", code), look), separate, *result, end]


def _leaves(text: str) -> Iterator[Element]:
    for part in re.split(r"([\t\n])", text):
        if part in ("\t", "\n"):
            yield make("w:tab" if part == "\t" else "w:br")
        elif part:
            yield words_leaf("w:t", part)


def plain(text: str, shown: Mapping[str, str]) -> str:
    """`text` as a reader sees it: references by what they show."""
    return REFERENCE.sub(lambda found: shown.get(found[1], ""), text)
