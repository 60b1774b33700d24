"""Which blocks of two months are the same under another key, and which take another's place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from pipeline.baseline import Written
from pipeline.revise.wordwise import normalised

_TEMPLATE = re.compile(r"template/\d+-(.+)", re.DOTALL)


def _rest_of_key(block: Written) -> Hashable:
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
    for sign in (_rest_of_key, _words):
        names.update(_pairs([b for b in base if b.key not in known], [b for b in new if b.key not in known], sign))
        known |= {*names, *names.values()}
    return names


def _pairs(base: Sequence[Written], new: Sequence[Written], sign: Callable[[Written], Hashable]) -> dict[str, str]:
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for block in reversed(new):
        waiting[sign(block)].append(block.key)
    return {block.key: waiting[mark].pop() for block in base if (mark := sign(block)) and waiting[mark]}


def with_names(blocks: Iterable[Written], names: Mapping[str, str]) -> tuple[Written, ...]:
    """The blocks under their new keys."""
    return tuple(block._replace(key=names.get(block.key, block.key)) for block in blocks)


def successors(base: Mapping[str, Written], new: Mapping[str, Written]) -> Mapping[str, str]:
    """New keys by the old ones whose place they take: the same sentence about another record, as when a workshop was
    put off to a new day. Its key ends in the record's own (`section/sentence/record`), so that by keys alone one is
    gone and the other new. Of several it cannot be told which stands for which.
    """
    # What an earlier draft let go already has had its successor then.
    base = {key: block for key, block in base.items() if not block.told or any(block.told)}
    went, came = _by_sentence(base, new), _by_sentence(new, base)
    pairs = [(went[sentence], came[sentence]) for sentence in went if sentence in came]
    return {old[0][0]: late[0][0] for old, late in pairs if len(old) == len(late) == 1 and old[0][1] == late[0][1]}


def _by_sentence(blocks: Mapping[str, Written], others: Mapping[str, Written]) -> Mapping[str, list[tuple[str, str]]]:
    """By sentence: the keys that `others` lacks, each with the last key before it that both have."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    before = ""
    for key, block in blocks.items():
        if key in others:
            before = key
        elif sentence := _sentence(block):
            found[sentence].append((key, before))
    return found


def _sentence(block: Written) -> str:
    """The section and sentence that a paragraph says of a record; blank for any other block."""
    section, sentence, record = (*block.key.split("/", 2), "", "")[:3]
    named = record and section != "template" and not block.table and len(block.texts) == 1
    return f"{section}/{sentence}" if named else ""
