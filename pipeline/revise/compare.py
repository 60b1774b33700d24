"""Two paragraphs compared word by word, as a reader sees them: what a cross-reference shows counts as one word."""

from __future__ import annotations

import copy

from pipeline.revise.atoms import Piece, cut, explode, pieces
from pipeline.revise.rewrite import CannotEditError, Replacement, replace
from pipeline.revise.tracked import Revisions
from pipeline.revise.wordwise import changes, offsets, tokens
from pipeline.word.story import seen
from pipeline.word.xml import RUN, Element


def _shown(piece: Piece) -> str:
    """What a field shows, apart from any word that is no field."""
    return f"\0{''.join(piece.shows)}"


def _tokens(found: list[Piece]) -> tuple[list[str], list[int]]:
    """The words for comparison, and where in the canonical text each starts and the last ends."""
    compared: list[str] = []
    lengths: list[str] = []
    text = ""
    for piece in [*found, Piece("", [], "field", [])]:
        if piece.kind in ("text", "sign"):
            text += piece.text
            continue
        compared += tokens(text)
        lengths += tokens(text)
        text = ""
        if piece.text:
            compared.append(_shown(piece))
            lengths.append(piece.text)
    return compared, offsets(lengths)


def track_words(old: Element, new: Element, revisions: Revisions) -> bool:
    """Marks in `old` what turns it into `new` (a copy in its styles, used up). False where the two read alike."""
    explode(old)
    explode(new)
    theirs, ours = pieces(old), pieces(new)
    (before, at), (after, place) = _tokens(theirs), _tokens(ours)
    found = changes(before, after, exact=True)
    replacements = []
    for change in reversed(found):
        first, last = cut(ours, place[change.first]), cut(ours, place[change.last])
        runs = tuple(copy.deepcopy(run) for piece in ours[first:last] for run in piece.runs)
        replacements.append(Replacement(at[change.start], at[change.end], runs))
    try:
        replace(old, replacements, revisions)
    except CannotEditError:
        return _track_all(old, new, revisions)
    return bool(found)


def _track_all(old: Element, new: Element, revisions: Revisions) -> bool:
    """All words out, all words in: for a paragraph that cannot be cut into pieces."""
    if seen(old).text == seen(new).text:
        return False
    revisions.wrap([run for run in old.iter(RUN) if run.getparent() is old], "del")
    runs = [copy.deepcopy(run) for run in new if run.tag == RUN]
    old.extend(runs)
    revisions.wrap(runs, "ins")
    return True
