"""Baselines of version 0.1.0 told as papers are read today.

Their reader knew only text, tabs and line breaks: a hyphen that does not break, a sign of a symbol font, an aligned tab
and what a form field shows are missing in them. They are put in where a paper of today's program has them between the
same words: what an officer put into the edited paper was never the program's, and stays an edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.baseline import FORMAT, Baseline, Written
from pipeline.blocks import mark_name
from pipeline.opc import Element
from pipeline.word.pieces import Piece
from pipeline.word.story import Story
from pipeline.word.xml import PARAGRAPH, TEXT, cells, marks_of, qn, units

_WAS_READ = frozenset((TEXT, *map(qn, ("w:tab", "w:br", "w:cr"))))

_SLIGHT = ("\u2011", "\t")

Pairs = list[tuple[str, str]]
"""The pieces of a text: how each was read, and how it is read now."""


def as_read_today(baseline: Baseline, body: Element, fresh: Element | None = None) -> Baseline:
    """The baseline of a paper with this body as it would be written today; one of today's as it is.

    `fresh` is the body of the program's paper of today. What that has no more is told by the paper itself, where it has
    nothing beside the words but a hyphen or a tab.
    """
    if baseline.about.get("format") == FORMAT:
        return baseline
    by_mark = {} if fresh is None else _by_mark(fresh)
    alike = {_joined(pairs, 0): _joined(pairs, 1) for pairs in _all_texts(body) if _is_slight(pairs)}
    return replace(
        baseline, blocks=tuple(_anew(block, by_mark.get(mark_name(block.key)), alike) for block in baseline.blocks)
    )


def _by_mark(body: Element) -> dict[str, list[Pairs]]:
    story = Story(body)
    return {mark: _texts(story, element) for element, _ in units(body) for mark in marks_of(element)}


def _all_texts(body: Element) -> Iterator[Pairs]:
    story = Story(body)
    for element, _ in units(body):
        yield from _texts(story, element)


def _is_slight(pairs: Pairs) -> bool:
    return all(now in _SLIGHT for was, now in pairs if was != now)


def _texts(story: Story, element: Element) -> list[Pairs]:
    if element.tag == PARAGRAPH:
        return [list(map(_pair, story.paragraphs[element].pieces))]
    return [list(_in_cell(story, cell)) for cell in cells(element)]


def _in_cell(story: Story, cell: Element) -> Iterator[tuple[str, str]]:
    """Paragraphs of tables in a cell were not read as part of it."""
    for number, paragraph in enumerate(story.in_cell(cell)):
        own = next(paragraph.element.iterancestors(cell.tag), None) is cell
        if number:
            yield "\n" if own else "", "\n"
        yield from (pair if own else ("", pair[1]) for pair in map(_pair, paragraph.pieces))


def _pair(piece: Piece) -> tuple[str, str]:
    if piece.kind == "covered":
        return piece.about, piece.kept
    return piece.kept if piece.element.tag in _WAS_READ or piece.kind == "reference" else "", piece.kept


def _joined(pairs: Pairs, which: int) -> str:
    return "".join([pair[which] for pair in pairs])


def _anew(block: Written, texts: list[Pairs] | None, alike: Mapping[str, str]) -> Written:
    def anew(old: tuple[str, ...]) -> tuple[str, ...]:
        if texts is None or len(texts) != len(old):
            return tuple(alike.get(text, text) for text in old)
        return tuple(_restored(text, pairs) for text, pairs in zip(old, texts, strict=True))

    return block._replace(texts=anew(block.texts), told=anew(block.told))


def _restored(text: str, pairs: Pairs) -> str:
    """The text with what was not read, where the words around it stand in the paper still."""
    for place, length, new in reversed(list(_not_read(text, pairs))):
        text = text[:place] + new + text[place + length :]
    return text


def _not_read(text: str, pairs: Pairs) -> Iterator[tuple[int, int, str]]:
    """The place of what was not read in a text, how long it is there, and how it is read now."""
    if all(old == new for old, new in pairs):
        return
    from difflib import SequenceMatcher

    same = SequenceMatcher(None, _joined(pairs, 0), text, autojunk=False).get_matching_blocks()
    at = 0
    for old, new in pairs:
        around = (other + at - start for start, other, size in same if start <= at and at + len(old) <= start + size)
        place = next(around, None)
        if old != new and place is not None:
            yield place, len(old), new
        at += len(old)
