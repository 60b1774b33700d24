"""What an open letter knows of letters that may not be public: that one answered it, that it answers one, no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.read.tables import TableRow
from pipeline.read.text import match_key
from pipeline.records import Letter

LINK = "in_reply_to"


def without_private_links(letters: Sequence[Letter], rows: Sequence[TableRow]) -> tuple[Letter, ...]:
    """The open letters, none of which names a withheld one any more; `rows` are those of the withheld ones."""
    links = {key(row, "ref"): key(row, LINK) for row in rows if not row.struck}
    links.pop("", None)
    answered = {key(row, LINK) for row in rows if not row.struck} - {""}
    refs = {match_key(each.ref): each.ref for each in letters}
    private = {ref: link for ref, link in links.items() if ref not in refs}
    return tuple(linked(each, private, answered, refs) for each in letters)


def linked(letter: Letter, private: Mapping[str, str], answered: Collection[str], refs: Mapping[str, str]) -> Letter:
    """One open letter with what it may know."""
    if match_key(letter.ref) in answered:
        letter = replace(letter, answered_in_private=True)
    link, seen = match_key(letter.in_reply_to), set[str]()
    if link not in private:
        return letter
    while link in private and link not in seen:
        seen.add(link)
        link = private[link]
    cells = {name: place for name, place in letter.cells.items() if name != LINK}
    return replace(letter, in_reply_to="", answers_private=True, thread=refs.get(link, ""), cells=cells)


def key(row: TableRow, field: str) -> str:
    """What a field of a row is matched by."""
    return match_key(str(row.values.get(field) or ""))
