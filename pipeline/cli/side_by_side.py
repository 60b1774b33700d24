"""Differences as a person reads them on a plain screen: texts below each other, the words that differ in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.cli.talk import in_lines
from pipeline.office.corrections import Correction
from pipeline.office.differences import BETWEEN, Open
from pipeline.revise.differences import stretches

if TYPE_CHECKING:
    from pipeline.store import Act

DONE = {
    "keep": "the words in the draft stay",
    "take": "the other text was put in",
    "both": "what you wrote was put in",
}
NOTHING = "(nothing)"
LABEL, INDENT = 15, 5
"""Columns of what a text is called, and of what stands before that."""


def listed(numbered: Sequence[tuple[int, Open]]) -> Iterator[str]:
    """The differences with their numbers, kind by kind, in lines."""
    if any(each.name for _, each in numbered):
        yield "Words in [brackets] are those that differ."
    for kind, group in groupby(numbered, key=lambda each: each[1].kind):
        of_kind = list(group)
        yield f"\n{kind.upper()}: {of_kind[0][1].cause}"
        for number, difference in of_kind:
            yield from told(number, difference)


def told(number: int, difference: Open) -> Iterator[str]:
    """A difference in lines: where, both texts, what happened, from which cells, and what if the draft is right."""
    yield f"\n{number:>3}  {difference.place}" + (f"  [{difference.name}]" if difference.name else "")
    if difference.name:
        yield from both_texts(difference)
    if difference.before not in (difference.words, difference.facts) and not difference.people:
        yield from labelled("before", BETWEEN.join(difference.before) or NOTHING)
    yield from (line for each in difference.happened for line in labelled("because", each))
    yield from (line for each in difference.cells for line in labelled("from", each))
    for correction in difference.corrections:
        yield from labelled("draft right?", in_that_case(correction, alone=difference.cells == (correction.where,)))


def both_texts(difference: Open) -> Iterator[str]:
    """What stands in the draft and what the facts, or other people, say, each with who says so."""
    words, facts = (BETWEEN.join(texts) for texts in (difference.words, difference.facts))
    here, there = difference.people[:2] or ("in the draft", "by the facts")
    yield from labelled(here or "in the draft", marked(words, facts))
    if facts or not difference.people:
        yield from labelled(there, marked(facts, words))


def in_that_case(correction: Correction, *, alone: bool) -> str:
    """What to do in the files; `alone`: the cell was named just before, and no other was."""
    where = "there" if alone else f"in {correction.where}"
    if not correction.new:
        return f"“{correction.old}” follows from what stands {where}: correct it there, and this is settled."
    return f"Change “{correction.old}” to “{correction.new}” {where}, and this is settled."


def marked(text: str, other: str) -> str:
    """A text with brackets round those words that the other has not."""
    before, after = ("[[", "]]") if "[" in text else ("[", "]")
    parts = (f"{before}{words}{after}" if differs else words for words, differs in stretches(text, other))
    return "".join(parts) or NOTHING


def act_told(act: Act) -> Iterator[str]:
    """What was put on record, on which words."""
    yield f"On record, by {act.by}: {act.place}: {DONE[act.what]}."
    now = {"keep": act.words, "take": act.facts}.get(act.what, act.text)
    yield from labelled("now", BETWEEN.join(now) or NOTHING)


def in_a_line(texts: Sequence[str]) -> str:
    """The texts of a row in a line, or that of a paragraph."""
    return BETWEEN.join(texts)


def labelled(label: str, text: str) -> Iterator[str]:
    """A text in lines that fit on the screen, behind its label."""
    first, *rest = in_lines(" ".join(text.split()), INDENT + LABEL) or [""]
    yield f"{'':{INDENT}}{label:<{LABEL}}{first}"
    yield from (f"{'':{INDENT + LABEL}}{line}" for line in rest)
