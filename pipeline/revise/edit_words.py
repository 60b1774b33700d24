"""Words changed inside a paragraph: in the officer's own runs, or as tracked changes beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.revise.edit_runs import PROPERTIES, Piece, coalesce, cut, explode, pieces, text_runs
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.wordwise import Edit
from pipeline.word.story import seen
from pipeline.word.xml import PARAGRAPH, WRAPPERS, Element, make, qn

_CONTENT = qn("w:sdtContent")


class CannotEditError(Exception):
    """The change would cut through something that is not plain text, such as a field that an officer put in."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Characters `start` to `end` of a paragraph's canonical text give way to `runs`."""

    start: int
    end: int
    runs: tuple[Element, ...]


def rewrite(
    paragraph: Element, edits: Sequence[Edit], shown: Mapping[str, str], revisions: Revisions | None = None
) -> None:
    """Makes `edits` (of the canonical text) in place; with `revisions` as tracked changes.

    The officer's formatting, fields, comments and bookmarks around the words stay. New words look like those they
    replace or follow; `shown` says what a new reference shows. Raises CannotEditError before anything is changed.
    """
    explode(paragraph)
    found = pieces(paragraph)
    _check(paragraph, found, [(edit.start, edit.end) for edit in edits])
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        look = _look_at(paragraph, found, edit)
        runs = text_runs(edit.text, look, shown)
        _replace(paragraph, found, Replacement(edit.start, edit.end, tuple(runs)), revisions)
    coalesce(paragraph)


def replace(paragraph: Element, replacements: Sequence[Replacement], revisions: Revisions) -> None:
    """As `rewrite`, tracked, with runs that the caller made. Raises CannotEditError before anything is changed."""
    explode(paragraph)
    found = pieces(paragraph)
    _check(paragraph, found, [(r.start, r.end) for r in replacements], own_fields=True)
    for replacement in sorted(replacements, key=lambda r: (r.start, r.end), reverse=True):
        _replace(paragraph, found, replacement, revisions)
    coalesce(paragraph)


def _check(paragraph: Element, found: list[Piece], spans: list[tuple[int, int]], *, own_fields: bool = False) -> None:
    if "".join(piece.text for piece in found) != seen(paragraph).kept:
        raise CannotEditError
    start = 0
    for piece in found:
        end = start + len(piece.text)
        for first, last in spans:
            cuts = any(start < at < end for at in (first, last))
            takes = first < end and last > start and piece.kind == "field" and not own_fields
            if piece.kind != "text" and (cuts or takes):
                raise CannotEditError
        start = end


def _look_at(paragraph: Element, found: list[Piece], edit: Edit) -> Element | None:
    """The look for new words: of the first that they replace, else of the one they follow, else of the next."""
    start = 0
    before: Piece | None = None
    for piece in found:
        end = start + len(piece.text)
        if start <= edit.start < end and (edit.end > edit.start or before is None or edit.start > start):
            return piece.look
        if start >= edit.start:
            break
        before, start = piece, end
    return before.look if before else paragraph.find(f"{qn('w:pPr')}/{PROPERTIES}")


def _replace(paragraph: Element, found: list[Piece], change: Replacement, revisions: Revisions | None) -> None:
    first = cut(found, change.start)
    last = cut(found, change.end)
    doomed = [run for piece in found[first:last] for run in piece.runs]
    before = found[first - 1].runs[-1] if first else None
    after = found[last].runs[0] if last < len(found) else None
    runs = list(change.runs)
    if doomed:
        _put_after(doomed[-1], runs)
    elif before is not None:
        _put_after(_outermost(before, last=True), runs)
    elif after is not None:
        place = _outermost(after, last=False)
        for run in runs:
            place.addprevious(run)
    else:
        _put_alone(paragraph, runs)
    if revisions is None:
        _remove(doomed)
    else:
        revisions.wrap(doomed, "del")
        revisions.wrap(runs, "ins")
    del found[first:last]


def _put_after(anchor: Element, runs: list[Element]) -> None:
    for run in reversed(runs):
        anchor.addnext(run)


def _outermost(run: Element, *, last: bool) -> Element:
    """The run, or the hyperlink or control that it ends (begins): words added beside a link are not part of it."""
    element = run
    while (parent := element.getparent()) is not None and parent.tag in WRAPPERS:
        if parent.tag != _CONTENT and parent.index(element) != (len(parent) - 1 if last else 0):
            break
        element = parent
    return element


def _put_alone(paragraph: Element, runs: list[Element]) -> None:
    """Into a paragraph without text: inside its bookmark if it has one, else at its end."""
    closing = paragraph.find(qn("w:bookmarkEnd"))
    place = len(paragraph) if closing is None else paragraph.index(closing)
    paragraph[place:place] = runs


def _remove(runs: list[Element]) -> None:
    for run in runs:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
            if len(parent) == 0 and parent.tag in WRAPPERS:
                _remove_wrapper(parent)


def _remove_wrapper(wrapper: Element) -> None:
    if wrapper.tag == _CONTENT:
        wrapper.append(make("w:r"))
        return
    parent = wrapper.getparent()
    if parent is not None and parent.tag != PARAGRAPH and len(parent) == 1:
        return
    if parent is not None:
        parent.remove(wrapper)
