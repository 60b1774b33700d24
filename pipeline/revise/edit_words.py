"""Words changed inside a paragraph: in the officer's own runs, or as tracked changes beside them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from pipeline.revise.edit_runs import PROPERTIES, Piece, coalesce, cut, explode, pieces, text_runs
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.wordwise import Edit, changes, offsets, tokens
from pipeline.word.story import seen
from pipeline.word.xml import PARAGRAPH, RUN, WRAPPERS, Element, make, qn, remove

_CONTENT = qn("w:sdtContent")


class CannotEditError(Exception):
    """The change would cut through something that is not plain text, such as a field that an officer put in."""


class _Replacement(NamedTuple):
    """Characters `start` to `end` of a paragraph's canonical text give way to runs, made in the look of these words."""

    start: int
    end: int
    runs: Callable[[Element | None], list[Element]]


def rewrite(
    paragraph: Element, edits: Sequence[Edit], shown: Mapping[str, str], revisions: Revisions | None = None
) -> None:
    """Makes `edits` (of the canonical text) in place; with `revisions` as tracked changes.

    The officer's formatting, fields, comments and bookmarks around the words stay. New words look like those they
    replace or follow; `shown` says what a new reference shows. Raises CannotEditError before anything is changed.
    """
    made = [_Replacement(edit.start, edit.end, partial(text_runs, edit.text, shown=shown)) for edit in edits]
    _replace_all(paragraph, made, revisions)


def put_in(paragraph: Element, at: int, run: Element, revisions: Revisions | None = None) -> None:
    """Puts a run before a character of the canonical text; with `revisions` as a tracked change. Raises
    CannotEditError as `rewrite`.
    """
    _replace_all(paragraph, [_Replacement(at, at, partial(_as_given, [run]))], revisions)


def track_words(old: Element, new: Element, revisions: Revisions) -> bool:
    """Marks in `old` what turns it into `new` (a copy in its styles, used up). False where the two read alike."""
    explode(old)
    explode(new)
    ours = pieces(new)
    (before, at), (after, place) = _tokens(pieces(old)), _tokens(ours)
    found = changes(before, after, exact=True)
    replacements = []
    for change in reversed(found):
        first, last = cut(ours, place[change.first]), cut(ours, place[change.last])
        runs = [copy.deepcopy(run) for piece in ours[first:last] for run in piece.runs]
        replacements.append(_Replacement(at[change.start], at[change.end], partial(_as_given, runs)))
    try:
        _replace_all(old, replacements, revisions, fields_too=True)
    except CannotEditError:
        return _track_all(old, new, revisions)
    return bool(found)


def _as_given(runs: list[Element], _: Element | None) -> list[Element]:
    return runs


def _tokens(found: Sequence[Piece]) -> tuple[list[str], list[int]]:
    """The words for comparison, and where in the canonical text each starts and the last ends. A field is one word, by
    what it shows, apart from any that is no field.
    """
    compared, lengths, text = list[str](), list[str](), ""
    for piece in [*found, Piece("", [], "field", [])]:
        if piece.kind in ("text", "sign"):
            text += piece.text
            continue
        words = tokens(text)
        compared += [*words, f"\0{''.join(piece.shows)}"] if piece.text else words
        lengths += [*words, piece.text] if piece.text else words
        text = ""
    return compared, offsets(lengths)


def _track_all(old: Element, new: Element, revisions: Revisions) -> bool:
    """All words out, all words in: for a paragraph that cannot be cut into pieces."""
    if seen(old).text == seen(new).text:
        return False
    revisions.wrap(list(old.iterchildren(RUN)), "del")
    runs = [copy.deepcopy(run) for run in new.iterchildren(RUN)]
    old.extend(runs)
    revisions.wrap(runs, "ins")
    return True


def _replace_all(
    paragraph: Element, changes: Iterable[_Replacement], revisions: Revisions | None, *, fields_too: bool = False
) -> None:
    explode(paragraph)
    found, changes = pieces(paragraph), sorted(changes, key=lambda change: change[:2], reverse=True)
    if not all(_is_safe(found, change, fields_too) for change in changes) or _text(found) != seen(paragraph).kept:
        raise CannotEditError
    for change in changes:
        _replace(paragraph, found, change, revisions)
    coalesce(paragraph)


def _text(found: Iterable[Piece]) -> str:
    return "".join([piece.text for piece in found])


def _is_safe(found: Sequence[Piece], change: _Replacement, fields_too: bool) -> bool:
    """Whether a change cuts nothing in two that is not text, and takes no field that somebody put in."""
    for piece, (start, end) in zip(found, pairwise(offsets([piece.text for piece in found])), strict=True):
        cuts = any(start < at < end for at in change[:2])
        takes = max(start, change.start) < min(end, change.end) and piece.kind == "field" and not fields_too
        if piece.kind != "text" and (cuts or takes):
            return False
    return True


def _look_at(paragraph: Element, found: Sequence[Piece], change: _Replacement) -> Element | None:
    """The look for new words: of the first that they replace, else of the one they follow, else of the next."""
    at = list(zip(found, pairwise(offsets([piece.text for piece in found])), strict=True))
    here = [piece for piece, (start, end) in at if start <= change.start < end][:1]
    before = [piece for piece, (start, _) in at if start < change.start][-1:]
    near = [*here, *before] if change.end > change.start else [*before, *here]
    return near[0].look if near else paragraph.find(f"{qn('w:pPr')}/{PROPERTIES}")


def _replace(paragraph: Element, found: list[Piece], change: _Replacement, revisions: Revisions | None) -> None:
    runs = change.runs(_look_at(paragraph, found, change))
    first, last = cut(found, change.start), cut(found, change.end)
    doomed = [run for piece in found[first:last] for run in piece.runs]
    if doomed:
        _put_after(doomed[-1], runs)
    elif first:
        _put_after(_outermost(found[first - 1].runs[-1], last=True), runs)
    elif found:
        place = _outermost(found[0].runs[0], last=False)
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


def _put_after(anchor: Element, runs: Sequence[Element]) -> None:
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


def _put_alone(paragraph: Element, runs: Sequence[Element]) -> None:
    """Into a paragraph without text: inside its bookmark if it has one, else at its end."""
    closing = paragraph.find(qn("w:bookmarkEnd"))
    place = len(paragraph) if closing is None else paragraph.index(closing)
    paragraph[place:place] = runs


def _remove(runs: Iterable[Element]) -> None:
    for run in runs:
        parent = run.getparent()
        remove([run])
        if parent is not None and len(parent) == 0 and parent.tag in WRAPPERS:
            _remove_wrapper(parent)


def _remove_wrapper(wrapper: Element) -> None:
    parent = wrapper.getparent()
    if wrapper.tag == _CONTENT:
        wrapper.append(make("w:r"))
    elif parent is None or parent.tag == PARAGRAPH or len(parent) > 1:
        remove([wrapper])
