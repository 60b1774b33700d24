"""A sentence about one record that gives way to the same sentence about another: a workshop put off to a new day.

Its key ends in the record's own (`section/sentence/record`), so that by keys alone one is gone and the other new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.baseline import Written
from pipeline.revise.draft import Draft
from pipeline.revise.paragraphs import is_removable
from pipeline.revise.wordwise import normalised


def successors(base: Mapping[str, Written], new: Mapping[str, Written]) -> dict[str, str]:
    """New keys by the old ones whose place they take: the one of a sentence that went, the one that came, same place.

    Of several it cannot be told which stands for which.
    """
    went = _by_sentence(base, new)
    came = _by_sentence(new, base)
    pairs = [(went[sentence], came[sentence]) for sentence in went if sentence in came]
    return {old[0][0]: late[0][0] for old, late in pairs if len(old) == len(late) == 1 and old[0][1] == late[0][1]}


def _by_sentence(blocks: Mapping[str, Written], others: Mapping[str, Written]) -> dict[str, list[tuple[str, str]]]:
    """By sentence: the keys that `others` lacks, each with the last key before it that both have."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    before = ""
    for key, block in blocks.items():
        if key in others:
            before = key
        elif (sentence := _sentence(block)) is not None:
            found[sentence].append((key, before))
    return found


def _sentence(block: Written) -> str | None:
    parts = block.key.split("/", 2)
    named = len(parts) == 3 and parts[0] != "template" and not block.table and len(block.texts) == 1
    return "/".join(parts[:2]) if named else None


def succeed(draft: Draft) -> None:
    """Lets a paragraph in which nobody typed be brought up to date as its successor, where more than words hangs on it.

    A comment of an officer's then stays on the sentence, and that is said once. Of one that was edited it is only
    noted what succeeds it.
    """
    # What an earlier draft let go already has had its successor then.
    base = {key: block for key, block in draft.base.items() if not block.told or any(block.told)}
    for old, new in successors(base, draft.new).items():
        if old in draft.officer.rows:
            continue
        if _is_ours(draft, old):
            # What can be removed goes and comes: a reference to it elsewhere must not come to mean another record.
            if not is_removable(draft, draft.officer.matching.units[old][0].element):
                draft.rename(old, new)
        else:
            draft.successors[old] = new


def _is_ours(draft: Draft, key: str) -> bool:
    units = draft.officer.matching.units.get(key, [])
    return len(units) == 1 and not units[0].pending and _says(units[0].texts, draft.base[key].texts)


def _says(texts: Iterable[str], written: Iterable[str]) -> bool:
    return [normalised(text) for text in texts] == [normalised(text) for text in written]
