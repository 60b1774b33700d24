"""The vocabulary of a report: what its kinds of record, its lists and its settings give the wording to speak of."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from pipeline.kinds import LISTS, Kind
from pipeline.report import Report
from pipeline.transform.context import BACKGROUND
from pipeline.transform.lists import in_order, kind_of_list, slug
from pipeline.transform.names import CALENDAR_FIELDS, SINGLES
from pipeline.vocabulary import Type, Vocabulary

TYPES: Mapping[str, Type] = {
    "text": Type("text"), "choice": Type("text"), "lines": Type("text", many=True), "day": Type("day"),
    "when": Type("when"), "whole": Type("number"), "number": Type("number"), "money": Type("number"),
    "percent": Type("number"), "yes_no": Type("flag"), "reference": Type("reference"),
}  # fmt: skip
"""What the value of each type of field is to wording."""
TEXT, DAY, MEETING = Type("text"), Type("day"), Type("meeting")
ANSWERS = frozenset(("yes", "no", "*", ""))
MAY_BE_NOBODY = (*SINGLES, "last_meeting")


def vocabulary(report: Report) -> Vocabulary:
    """Everything that the wording of this report may use; raises PaperError where one of its lists hangs in the air."""
    lists = {name: kind_of_list(name, report) for name in (*LISTS, *in_order(report))}
    lists |= {f"{name} comment": "comment" for name in report.comments} | {BACKGROUND: "letter"}
    kinds = {kind.item: fields_of(kind) for kind in report.kinds.values() if kind.item in lists.values()}
    return Vocabulary(
        lists,
        kinds | ({"comment": {"text": TEXT}} if report.comments else {}),
        names_of(report, lists),
        {single: surely(report, single) for single in MAY_BE_NOBODY},
    )


def fields_of(kind: Kind) -> Mapping[str, Type]:
    """The fields of a kind as wording meets them. A yes or no that follows from a row is told in so many words."""
    own = {name: TYPES[its] for name, its in kind.types.items() if name not in kind.derived}
    follow = {name: TEXT if its == "yes_no" else TYPES.get(its, Type(its)) for name, its in kind.derived.items()}
    return own | follow


def names_of(report: Report, lists: Mapping[str, str]) -> Mapping[str, Type]:
    """The single names: the lists, those of their items that stand alone, the header's fields, the dates."""
    names = {slug(name): Type(kind, many=True) for name, kind in lists.items()}
    names |= {name: Type(kind_of_list(source, report)) for name, source in SINGLES.items()}
    names |= dict.fromkeys((*report.fields, *CALENDAR_FIELDS), TEXT)
    return names | {"as_at": DAY, "publish_on": DAY, "meeting": MEETING, "last_meeting": MEETING}


def surely(report: Report, single: str) -> AbstractSet[str]:
    """The lists that hold something only where a name stands for somebody. Which rows the words of a report's own list
    pick out cannot be told beforehand, and whoever wrote them knows.
    """
    known = {name for name, each in LISTS.items() if single in each.sure}
    for name in in_order(report):
        settings = report.lists[name]
        words = {word for asked in (settings.where, settings.unless) for each in asked.values() for word in each}
        if settings.of in known or words - ANSWERS:
            known.add(name)
    return known
