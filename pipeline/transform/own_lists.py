"""The lists of a report's own: each as an expression over the list that it narrows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pipeline.formats import day
from pipeline.kinds import LISTS
from pipeline.language import Listed, Type, Vocabulary
from pipeline.nearest import did_you_mean
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.report import ListSettings, Report

BACKGROUND = "background paper"


def lists_handed_in(report: Report) -> dict[str, Type]:
    """The lists whose records are handed to a world: comments, background papers, all of a kind of the report's own."""
    comments = {f"{name} comment": Type("comment", many=True) for name in report.comments}
    own = {each.item: Type(each.item, many=True) for each in report.kinds.values() if each.own}
    return comments | {BACKGROUND: Type("letter", many=True)} | own


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
