"""What the wording of a report may name: kinds of record, the standard lists and its own, its fields and the dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import methodcaller
from typing import Any

from pipeline.kinds import LISTS, name_of_check
from pipeline.kinds import Kind as Declared
from pipeline.language import Kind, Listed, Rule, Type, Vocabulary, every, slug
from pipeline.report import Report
from pipeline.transform.own_lists import BACKGROUND, as_list, hidden_by, lists_handed_in, sources_of

TYPES: Mapping[str, Type] = {
    "text": Type("text"), "choice": Type("text", chosen=True), "reference": Type("text"), "day": Type("day"),
    "lines": Type("text", many=True), "when": Type("when"), "whole": Type("number"), "number": Type("number"),
    "money": Type("money"), "percent": Type("percent"), "yes_no": Type("flag"),
}  # fmt: skip
"""What the value of each type of field is to wording."""
CALENDAR_FIELDS = {"board": "body", "short_name": "short_name", "date": "date", "time": "time", "venue": "venue",
                   "item": "item"}  # fmt: skip
SINGLES = {"last_update": "update", "next_update": "update", "last_meeting": "meeting", "next_meeting": "meeting",
           "meeting": "meeting"}  # fmt: skip
"""The records that stand alone, with their kinds."""
DATES = ("as_at", "publish_on", "meeting_on")
EXEMPT = ("exempt_paragraphs", "exempt_descriptions", "exempt_schedule")
"""By which paragraphs rows may not be public, how the law describes them, and where it does."""
POSITION_AT = "position_at"
"""The day of which the tracker says that it tells; a field of the report's own may have the name."""
COVERING = "words_for_covering_letters"
LETTERS = "letters known"
"""The key of the letters that are known on the day of the facts."""
POSITION = "the position"
"""The key by which the world holds what is known on a day."""
BEHIND = {"letters": LETTERS, "every_letter": every("letter"), "meeting_on": "=meeting_on", COVERING: f"={COVERING}"}
"""What only definitions may name, besides all records of a kind."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A report by what decides its vocabulary: reports of one council are much alike."""

    settings: str
    kinds: int
    report: Report = field(compare=False)


def vocabulary(report: Report) -> Vocabulary:
    """Everything that the wording of this report may use; shared by the papers of a run.

    Raises PaperError where one of its lists hangs in the air.
    """
    settings = (report.lists, tuple(report.comments), tuple(report.fields))
    return made(Alike(repr(settings), id(report.kinds), report))


@lru_cache(maxsize=64)
def made(alike: Alike) -> Vocabulary:
    """The vocabulary of reports that are alike."""
    report = alike.report
    sources, hidden = sources_of(report), hidden_by(report)
    handed = lists_handed_in(report)
    kinds = {each.item: kind_of(each) for each in report.kinds.values()}
    kinds["comment"] = Kind(fields={"text": Type("text")}, counted="text")
    standard = {hidden.get(name, name): Listed(text) for name, text in LISTS.items()}
    lists: dict[str, Listed | None] = {**standard, **dict.fromkeys(handed)}
    public = names_in(report, handed)
    known = Vocabulary(
        kinds=kinds,
        rules={each.item: rules_of(each) for each in report.kinds.values()},
        lists=lists,
        given=types_given(report) | {every(kind): Type(kind, many=True) for kind in kinds} | handed,
        public=public,
        behind=public
        | {slug(name): key for name, key in hidden.items()}
        | {f"{kind}s": every(kind) for kind in kinds}
        | BEHIND,
    )
    lists |= {name: as_list(known, report.lists[name], sources, name) for name in sources}
    return known


def names_in(report: Report, handed: Collection[str]) -> dict[str, str]:
    """The names that a sentence may use, each with its key: of two of one name the later counts."""
    names = {
        name: f"={name}" for name in (POSITION_AT, *EXEMPT, *report.fields, *CALENDAR_FIELDS, "as_at", "publish_on")
    }
    names |= {slug(name): name for name in (*LISTS, *report.lists, *handed)}
    return names | {slug(BACKGROUND): f"={BACKGROUND}"} | {name: f"the {name}" for name in SINGLES}


def types_given(report: Report) -> dict[str, Type]:
    """The types of what is handed to a world, by key."""
    types = {f"={POSITION_AT}": Type("day")}
    types |= {f"={name}": Type("text") for name in (*EXEMPT, *report.fields, *CALENDAR_FIELDS)}
    types |= {f"={name}": Type("day") for name in DATES} | {f"the {name}": Type(kind) for name, kind in SINGLES.items()}
    types[f"={COVERING}"] = Type("text", many=True)
    return types | dict.fromkeys((LETTERS, f"={BACKGROUND}"), Type("letter", many=True))


# kinds


def kind_of(kind: Declared) -> Kind:
    """A kind of record as wording sees it."""
    fields = {name: TYPES[each.type] for name, each in kind.fields.items()}
    tables = {name: tabled(each) for name, each in kind.derived.items()}
    cells = {name: each["cell"] for name, each in tables.items() if "cell" in each}
    hidden = (name for name, each in kind.fields.items() if not each.column)
    return Kind(
        fields=fields | {name: fields[cell] for name, cell in cells.items()},
        follows=tables.keys() - cells.keys(),
        cells=cells,
        hidden=frozenset((*hidden, *(name for name, each in tables.items() if each.get("hidden")))),
        key=kind.key[0],
        counted=next(iter(kind.fields)),
        order=kind.order,
    )


def tabled(derived: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """What is known of a field that follows; an expression alone is short for its table."""
    return {"text": derived} if isinstance(derived, str) else derived


def rules_of(kind: Declared) -> Mapping[str, Rule]:
    """What follows from a record of a kind."""
    tables = ((name, tabled(each)) for name, each in kind.derived.items())
    derived = {name: rule_of(each, kind) for name, each in tables if "cell" not in each}
    return derived | {name_of_check(name): Rule(text) for name, text in kind.checks.items()}


def rule_of(table: Mapping[str, Any], kind: Declared) -> Rule:
    """How a field follows: by an expression, by a question to the position of the day, or from the last paper."""
    rests, how = tuple(table.get("rests", ())), table.get("how", "")
    if "last_paper" in table:
        return rule_of_last_paper(table["last_paper"], kind)
    if "position" not in table:
        return Rule(table["text"], rests, how)
    what, words = table["type"], table["type"] == "yes_no"
    its = Type("text", words=("yes", "no")) if words else TYPES.get(what, Type(what))
    return Rule(rests=rests, how=how, gives=its, by=asked_of_position(table["position"], words=words))


def rule_of_last_paper(name: str, kind: Declared) -> Rule:
    """How a field follows from what the paper of the meeting before printed of another: as a figure, or as a text."""
    its = TYPES[kind.fields[name].type]
    figure = its.is_figure

    def ask(world: Any, record: Any) -> Any:
        return world.names[POSITION].in_last_paper(record, name, figure=figure)

    return Rule(rests=(name,), how="as the last paper had it", gives=its if figure else Type("text"), by=ask)


def asked_of_position(name: str, *, words: bool) -> Callable[[Any, Any], Any]:
    """Asks the position of the day about a record; a yes or no is told in so many words."""

    def ask(world: Any, record: Any) -> Any:
        found = methodcaller(name, record)(world.names[POSITION])
        return ("yes" if found else "no") if words else found

    return ask
