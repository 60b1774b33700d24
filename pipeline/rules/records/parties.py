"""Rules on names: one spelling for one person, post or body (R16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problems import Place, Problem, warning
from pipeline.rules.near import alike, variants
from pipeline.rules.records.case import Case

BETWEEN_LEADS = re.compile(r"[/;\n]")


def correspondents(case: Case) -> Iterator[Problem]:
    """I480: a sender or recipient spelt in two ways."""
    used = [(each.sender, each.place("sender")) for each in case.records.letters]
    used += [(each.recipient, each.place("recipient")) for each in case.records.letters]
    yield from spelt("I480", used)


def leads(case: Case) -> Iterator[Problem]:
    """I481: a lead spelt in two ways; a cell may name several."""
    named = [(part, each.place("lead")) for each in case.actions for part in BETWEEN_LEADS.split(each.lead)]
    yield from spelt("I481", named)


def kinds(case: Case) -> Iterator[Problem]:
    """I484: a kind of letter that is nearly one which the settings or other letters name, and chooses no sentence."""
    named = [kind for group in case.report.kinds.values() for kind in group]
    used = [(each.kind, each.place("kind")) for each in case.records.letters]
    for kind, place in used:
        near = next((name for name in named if name.casefold() != kind.casefold() and alike(kind, name)), None)
        if near:
            yield warning("I484", place, f"“{kind}” is “{near}” in the report's settings.", f"Write “{near}”.")
    rest = [(kind, place) for kind, place in used if not any(alike(kind, name) for name in named)]
    yield from spelt("I484", rest)


def spelt(code: str, used: list[tuple[str, Place]]) -> Iterator[Problem]:
    """One warning for every spelling that is probably another name's."""
    for found in variants([(" ".join(name.split()), place) for name, place in used]):
        yield warning(
            code,
            found.place,
            f"“{found.name}” is “{found.usual}” elsewhere.",
            f"Write “{found.usual}” in both places if they are the same.",
        )


RULES = (correspondents, leads, kinds)
