"""Open differences as problems: where people's words and the facts part, and how a person settles it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.blocks import sources_of
from pipeline.problems import Place, Problem, error, listed
from pipeline.revise.outcome import Difference, excerpt
from pipeline.revise.wordwise import edits, line
from pipeline.store import command_for

UNSETTLED = frozenset({"C170", "C171", "C174", "F130", "F140", "F145", "F146", "F147"})
"""What no setting and no acceptance lowers: a person must look."""


def is_unsettled(problems: Iterable[Problem]) -> bool:
    """Is there anything that a person must settle?"""
    return any(each.code in UNSETTLED for each in problems)


_DELETE = "Delete it in Word, not only as a tracked change, and save the draft. It cannot be kept."


def names_of(differences: Sequence[Difference]) -> tuple[str, ...]:
    """A name to type for each difference: as much of the end of its block's key as tells it from the others, and no
    bare number; blank for one that is withheld.
    """
    keys = ["" if each.reason == "withheld" else each.key for each in differences]
    ends = Counter(end for key in keys for end in ends_of(key))
    return tuple(
        next((end for end in ends_of(key) if ends[end] == 1 and not end.isdigit()), key) if key else "" for key in keys
    )


def ends_of(key: str) -> list[str]:
    """The ends of a key, the shortest first, the whole key last."""
    parts = key.split("/")
    return ["/".join(parts[-n:]) for n in range(1, len(parts) + 1)]


def problems_of(differences: Sequence[Difference], draft: Path, more: str = "") -> list[Problem]:
    """C170, C171: every difference that is open in a draft, which lies in the folder of its meeting; `more` is what the
    command that settles it needs besides.
    """
    settling = " ".join(filter(None, (command_for("settle", draft.parent), more)))
    return [
        withheld(each, draft.name) if each.reason == "withheld" else differing(each, draft.name, settling)
        for each in differences
    ]


def place_of(difference: Difference, file: str) -> Place:
    """Where in the draft a difference stands: under which heading, in which row of which table."""
    return Place(file, near=difference.place)


def differing(difference: Difference, file: str, settling: str) -> Problem:
    """C170: both texts, the cells behind the facts', and the command that settles it."""
    now, there = difference.now, difference.there
    behind = f" ({listed(sources_of(difference.behind))})" if difference.behind else ""
    if difference.reason == "alike":
        stood = f"“{there}” was edited here" if there else f"“{excerpt(line(difference.before))}” was deleted"
        told = (
            f"{stood}, and the facts now give “{now}”{behind}, which is much like it and may be about another record."
        )
        cure = "Edit it so that it says the new value" if there else "Type it in where it belongs"
    elif not difference.words:
        told = f"The facts now give the row “{now}”{behind}, and this table has other columns than the template."
        cure = "Put the row in"
    elif difference.reason == "not carried":
        told = f"“{difference.people[1]}” changed this in a copy, and the draft has it otherwise: {there}."
        cure = "Do in Word what is wanted of it"
    elif difference.reason == "people":
        stands, other = difference.people[:2]
        told = f"“{stands}” wrote “{there}” here, and “{other}” “{now}”: the first stands."
        cure = "Edit it so that it says what is right, and accept or reject the tracked changes"
    elif difference.reason == "copied":
        told = f"“{there}” was put in here as an earlier draft had it, and the facts no longer give it."
        cure = "Delete it"
    elif difference.reason == "earlier":
        told = f"“{there}” says what an earlier draft said, and the facts now give “{now}”{behind}."
        cure = "Edit it so that it says the new value, delete it"
    elif difference.facts:
        told = f"“{there}” was edited here, and the facts now give “{now}”{behind}."
        cure = "Edit it so that it says the new value, delete it"
    else:
        told = f"“{there}” was edited here, and the facts no longer call for it."
        cure = "Delete it"
    return error("C170", place_of(difference, file), told, f"{cure}, or settle it: {settling}")


def withheld(difference: Difference, file: str) -> Problem:
    """C171: a block whose row is exempt by now, and not a word of it."""
    row = f"The row of {difference.exempt}" if difference.exempt else "A row"
    told = f"{row} is now exempt, and what it says still stands here, because somebody edited it or put something in."
    return error("C171", place_of(difference, file), told, _DELETE)


def stretches(text: str, other: str) -> Iterator[tuple[str, bool]]:
    """A text in stretches, each with whether the other has other words there; where there is no other, in one."""
    at = 0
    for edit in edits(text, other) if text and other else ():
        changed = text[edit.start : edit.end]
        if said := changed.strip():
            start = edit.start + changed.index(said)
            yield text[at:start], False
            yield said, True
            at = start + len(said)
    yield text[at:], False
