"""Rules on things that stand twice: an action, a letter, a file of two appendices."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Problem, warning
from pipeline.records import Action, Letter
from pipeline.rules.near import plain
from pipeline.rules.records.case import Case, is_open


def actions(case: Case) -> Iterator[Problem]:
    """I409: two open rows of one area say the same under two references."""
    seen: dict[tuple[str, str], Action] = {}
    for each in (action for action in case.actions if is_open(action, case.dates.as_at)):
        first = seen.setdefault((plain(each.area), plain(each.activity)), each)
        if first is not each and first.ref != each.ref:
            yield warning(
                "I409",
                each.place("activity"),
                f"“{each.ref}” says the same as “{first.ref}” ({first.place('activity').short}), "
                "and the paper prints both.",
                "Take one of the rows out.",
            )


def letters(case: Case) -> Iterator[Problem]:
    """I456: one letter logged twice, under two references."""
    seen: dict[tuple[object, ...], Letter] = {}
    for each in case.known_letters:
        parties = (plain(each.sender), plain(each.recipient))
        first = seen.setdefault((each.date, each.direction, *parties, plain(each.kind), plain(each.subject)), each)
        if first is not each and first.ref != each.ref:
            yield warning(
                "I456",
                each.place("ref"),
                f"“{each.ref}” has the date, the parties, the kind and the subject of “{first.ref}” "
                f"({first.place('ref').short}).",
                "Take one of the rows out, or tell the two apart under “Subject”.",
            )


def files(case: Case) -> Iterator[Problem]:
    """I455: two appendices of one file."""
    seen: dict[str, Letter] = {}
    for each in case.known_letters:
        if not (each.file and each.appendix_title):
            continue
        first = seen.setdefault(each.file.casefold(), each)
        if first is not each:
            yield warning(
                "I455",
                each.place("file"),
                f"“{each.file}” is the file of “{first.ref}” too ({first.place('file').short}).",
                f"Enter the file of “{each.ref}”.",
            )


RULES = (actions, letters, files)
