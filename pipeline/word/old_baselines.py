"""Baselines of version 0.1.0, whose reader knew only text, tabs and line breaks: told anew as papers are read today.

A hyphen that does not break, a sign of a symbol font, an aligned tab and what a form field shows are missing in them.
Where the paper has such a thing, and the words around it are the baseline's, it is put in there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.baseline import FORMAT, Baseline, Written, mark_name
from pipeline.word.pieces import Paragraph, Piece
from pipeline.word.story import Story
from pipeline.word.xml import PARAGRAPH, TEXT, Element, cells, marks_of, qn, units

_WAS_READ = frozenset((TEXT, *map(qn, ("w:tab", "w:br", "w:cr"))))

Pairs = list[tuple[str, str]]
"""The pieces of a text: how each was read, and how it is read now."""


def told_anew(baseline: Baseline, body: Element) -> Baseline:
    """The baseline of a paper with this body as it would be written today; one of today's as it is."""
    if baseline.about.get("format") == FORMAT:
        return baseline
    story, by_mark, alike = Story(body), dict[str, list[Pairs]](), dict[str, str]()
    for element, _ in units(body):
        texts = _texts(story, element)
        if any(was != now for pairs in texts for was, now in pairs):
            by_mark |= dict.fromkeys(marks_of(element), texts)
            alike |= {_joined(pairs, 0): _joined(pairs, 1) for pairs in texts}
    blocks = (_anew(block, by_mark.get(mark_name(block.key), []), alike) for block in baseline.blocks)
    return replace(baseline, blocks=tuple(blocks) if alike else baseline.blocks)


def _texts(story: Story, element: Element) -> list[Pairs]:
    if element.tag == PARAGRAPH:
        return [list(map(_pair, story.paragraphs[element].pieces))]
    return [list(_in_cell(story, cell)) for cell in cells(element)]


def _in_cell(story: Story, cell: Element) -> Iterator[tuple[str, str]]:
    """Paragraphs of tables in a cell were not read as part of it."""
    for number, paragraph in enumerate(story.in_cell(cell)):
        own = _is_direct(paragraph, cell)
        if number:
            yield "\n" if own else "", "\n"
        yield from (pair if own else ("", pair[1]) for pair in map(_pair, paragraph.pieces))


def _is_direct(paragraph: Paragraph, cell: Element) -> bool:
    return next(paragraph.element.iterancestors(cell.tag), None) is cell


def _pair(piece: Piece) -> tuple[str, str]:
    if piece.kind == "covered":
        return piece.about, piece.kept
    return piece.kept if piece.element.tag in _WAS_READ or piece.kind == "reference" else "", piece.kept


def _joined(pairs: Pairs, which: int) -> str:
    return "".join([pair[which] for pair in pairs])


def _anew(block: Written, texts: list[Pairs], alike: Mapping[str, str]) -> Written:
    def anew(old: tuple[str, ...]) -> tuple[str, ...]:
        pairs = texts if len(texts) == len(old) else [[] for _ in old]
        return tuple(alike.get(text) or _restored(text, its) for text, its in zip(old, pairs, strict=True))

    return block._replace(texts=anew(block.texts), told=anew(block.told))


def _restored(text: str, pairs: Pairs) -> str:
    """The text with what was not read, where the words around it stand in the paper still."""
    was, at, wanted = _joined(pairs, 0), 0, []
    same = SequenceMatcher(None, was, text, autojunk=False).get_matching_blocks()
    for old, new in pairs:
        if old != new:
            places = (b + at - a for a, b, size in same if size and a <= at and at + len(old) <= a + size)
            wanted += [(place, len(old), new) for place in places][:1]
        at += len(old)
    for place, length, new in reversed(wanted):
        text = text[:place] + new + text[place + length :]
    return text
