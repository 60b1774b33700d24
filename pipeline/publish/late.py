"""Late items: what is published when the clear days have passed, and what the law then asks to be said.

Source: Local Government Act 1972, section 100B(4)(b).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from pipeline.formats import day
from pipeline.problems import NOWHERE, Place, Problem, error, warning
from pipeline.publish.history import Entry

LATE_REASONS = ("urgency", "lateness")
_ASKED = {
    "urgency": "why the item cannot wait for the next meeting",
    "lateness": "why it was not published in time",
}


def late_problems(late: Mapping[str, str], place: Place = NOWHERE) -> list[Problem]:
    """What the law asks of a late item and is not given (C140): why it is urgent, and why it is late."""
    return [
        error("C140", place, f"The clear days have passed, and it is not said {what}.", f"Say it after --{name}.")
        for name, what in _ASKED.items()
        if not late.get(name, "").strip()
    ]


def publishing_late(
    today: dt.date, publish_on: dt.date, acts: Iterable[Entry], reasons: Mapping[str, str], *, statutory: bool
) -> list[Problem]:
    """What stands against publishing a paper today: nothing until `publish_on`, the last day for it.

    After it, a body that the law binds needs its reasons (C140), and one that follows the rule by choice is warned
    (C141). A paper that was out in time is changed by a supplement, rather than by another version (C142).
    """
    if today <= publish_on:
        return []
    last = f"The last day to publish was {publish_on:%A} {day(publish_on)}"
    if any(each.action == "published" and dt.date.fromisoformat(each.at[:10]) <= publish_on for each in acts):
        told = f"{last}. The paper was published in time, and this version was not."
        return [warning("C142", NOWHERE, told, "Tell its readers what has changed, with “supplement”.")]
    missing = late_problems(reasons)
    if statutory or not missing:
        return missing
    cure = "Ask the Chair to agree to it, and give the reasons with --urgency and --lateness."
    return [warning("C141", NOWHERE, f"{last}, so the paper is a late item.", cure)]
