"""What the wording of a report may name: kinds of record, the standard lists and its own, its fields and the dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import methodcaller
from typing import Any

from pipeline.formats import day
from pipeline.kinds import LISTS, name_of_check
from pipeline.kinds import Kind as Declared
from pipeline.language import Kind, Listed, Rule, Type, Vocabulary, every, slug
from pipeline.nearest import did_you_mean
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.report import ListSettings, Report

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
BACKGROUND = "background paper"
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


def lists_handed_in(report: Report) -> dict[str, Type]:
    """The lists whose records are handed to a world: comments, background papers, all of a kind of the report's own."""
    comments = {f"{name} comment": Type("comment", many=True) for name in report.comments}
    own = {each.item: Type(each.item, many=True) for each in report.kinds.values() if each.own}
    return comments | {BACKGROUND: Type("letter", many=True)} | own


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


# lists of the report's own


def hidden_by(report: Report) -> dict[str, str]:
    """The standard lists whose names the report gives to lists of its own, each with its key all the same."""
    return {name: f"standard {name}" for name in report.lists if name in LISTS}


def sources_of(report: Report) -> Mapping[str, str]:
    """The list that each of the report's own is made from: of two of one name the report's, if it is made before."""
    hidden, sources = hidden_by(report), dict[str, str]()
    for name in in_order(report):
        of = report.lists[name].of
        sources[name] = of if of in sources else hidden.get(of, of)
    return sources


def in_order(report: Report) -> list[str]:
    """The lists of the report's own, each after the one it is made from; raises PaperError where one is made from none
    that exists.
    """
    handed = lists_handed_in(report)
    order, done = list[str](), {*LISTS, *handed}
    waiting = {name: each for name, each in report.lists.items() if name not in handed}
    while waiting:
        ready = [name for name, settings in waiting.items() if settings.of in done]
        if not ready:
            raise PaperError(hanging(report, waiting))
        order += ready
        done.update(ready)
        waiting = {name: each for name, each in waiting.items() if name not in ready}
    return order


def hanging(report: Report, waiting: Mapping[str, ListSettings]) -> list[Problem]:
    """The problems of lists that hang in the air: of those that others are made from, where there are any."""
    causes = {name: each for name, each in waiting.items() if each.of not in waiting} or waiting
    return [unmade(report, name, settings) for name, settings in causes.items()]


def unmade(report: Report, name: str, settings: ListSettings) -> Problem:
    """W101: a list that is made from none that exists."""
    known = sorted([*LISTS, *(set(report.lists) - {name})])
    place = Place(report.settings_file, near=f"[lists.{name}]")
    return error("W101", place, f"“{settings.of}” is not a list.", did_you_mean(settings.of, known))


def as_list(known: Vocabulary, settings: ListSettings, sources: Mapping[str, str], name: str) -> Listed:
    """A list of the report's own, the tables of words of version 0.1.0 as one expression."""
    of = root = sources[name]
    while root in sources:
        root = sources[root]
    kind = known.kind_of(root)
    parts = [settings.where] if settings.where else []
    parts += [asked(known, kind, name, words) for name, words in settings.having.items()]
    if unless := [asked(known, kind, name, words) for name, words in settings.unless.items()]:
        parts.append(f"not ({' and '.join(unless)})")
    return Listed(" and ".join(parts), of)


def asked(known: Vocabulary, kind: str, name: str, words: tuple[str, ...]) -> str:
    """A field that is one of these words: blank is nothing there, a star anything."""
    its = known.field_type(kind, name) if name in known.kinds[kind].names else None
    answers = flags(name) if its and its.what == "flag" else {"": f"not {name}", "*": name}
    parts = [answers.get(word.strip().casefold()) or equals(its, name, word) for word in words]
    return f"({' or '.join(parts) or 'false'})"


def flags(name: str) -> Mapping[str, str]:
    """A yes or no that reads as a word does; what is blank is neither."""
    either = f"({name} == true or {name} == false)"
    return {"yes": f"{name} == true", "no": f"{name} == false", "*": either, "": f"not {either}"}


def equals(its: Type | None, name: str, word: str) -> str:
    """A field that reads as a word does."""
    if its and its.is_figure:
        return f"{name} == {word}" if word.isdigit() else "false"
    text = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'({name} | day) == "{as_printed(text)}"' if its and its.is_date else f'{name} == "{text}"'


def as_printed(word: str) -> str:
    """A day that is written 2017-01-23 as a plain paper prints it; any other word as it is."""
    try:
        return day(dt.date.fromisoformat(word.strip()))
    except ValueError:
        return word
