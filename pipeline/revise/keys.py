"""Which blocks of two months are the same when the template has been changed in between."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

from pipeline.baseline import Written
from pipeline.revise.wordwise import normalised

_TEMPLATE = re.compile(r"template/\d+-(.+)", re.DOTALL)


def _slug(block: Written) -> Hashable:
    found = _TEMPLATE.fullmatch(block.key)
    return (found[1], len(block.texts)) if found else None


def _words(block: Written) -> Hashable:
    return tuple(map(normalised, block.texts)) if block.key.startswith("template/") else None


def renamed(base: Sequence[Written], new: Sequence[Written]) -> Mapping[str, str]:
    """New keys of template paragraphs that only moved within the template, by their old key.

    A template paragraph's key begins with its number, so that a paragraph put in above it changes the key: it is known
    again by the rest of the key, or by its words.
    """
    names: dict[str, str] = {}
    known = {block.key for block in base} & {block.key for block in new}
    for sign in (_slug, _words):
        names.update(_pairs([b for b in base if b.key not in known], [b for b in new if b.key not in known], sign))
        known |= set(names) | set(names.values())
    return names


def _pairs(base: Sequence[Written], new: Sequence[Written], sign: Callable[[Written], Hashable]) -> dict[str, str]:
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for block in reversed(new):
        waiting[sign(block)].append(block.key)
    return {block.key: waiting[mark].pop() for block in base if (mark := sign(block)) and waiting[mark]}


def with_names(blocks: Sequence[Written], names: Mapping[str, str]) -> tuple[Written, ...]:
    """The blocks under their new keys."""
    return tuple(block._replace(key=names[block.key]) if block.key in names else block for block in blocks)
