"""The vocabulary of a report, found by looking at a made-up paper through the very code that writes real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any

from pipeline.blocks import Run
from pipeline.dates import Dates
from pipeline.formats import Formats
from pipeline.problems import NOWHERE
from pipeline.records import (
    Action,
    Comment,
    Direction,
    Letter,
    Meeting,
    Paragraph,
    Progress,
    Records,
    Status,
    Update,
    When,
    Workshop,
    Workstream,
)
from pipeline.report import Report
from pipeline.transform.context import BACKGROUND, comment_lists
from pipeline.transform.facts import Facts, answers_of, kind_of
from pipeline.transform.lazily import Lazily, Once
from pipeline.transform.lists import Lists, built_in, in_order, kind_of_list, slug, with_own
from pipeline.transform.names import SINGLES, header_fields, names_for
from pipeline.transform.views import View
from pipeline.vocabulary import Type, Vocabulary

DAY = dt.date(2001, 6, 15)
MONTH = When("month", dt.date(2001, 6, 1), dt.date(2001, 6, 30), "June 2001")
DATES = Dates(meeting_on=DAY + dt.timedelta(10), publish_on=DAY, as_at=DAY)
MAY_BE_NOBODY = {**SINGLES, "last_meeting": "earlier meeting"}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What of a report its made-up papers are made of: the columns that it adds, its words for a covering letter."""

    extra: tuple[tuple[str, tuple[str, ...]], ...]
    covering: tuple[str, ...]
    report: Report = field(compare=False)


@dataclass(frozen=True, slots=True)
class Alike:
    """A report by what decides its vocabulary: reports of one council are much alike."""

    grounds: Grounds
    own: str
    comments: tuple[str, ...]
    fields: tuple[str, ...]
    report: Report = field(compare=False)


@dataclass(frozen=True, slots=True)
class World:
    """A made-up paper: its records, the lists that every report has, and which names stand for nobody in it."""

    records: Records
    lists: Lists
    nobody: frozenset[str]


def vocabulary(report: Report) -> Vocabulary:
    """Everything that the wording of this report may use; raises PaperError where one of its lists hangs in the air."""
    grounds = grounds_of(report)
    return looked_up(Alike(grounds, repr(report.lists), tuple(report.comments), tuple(report.fields), report))


def grounds_of(report: Report) -> Grounds:
    """What its made-up papers are made of."""
    extra = ((role, tuple(settings.extra)) for role, settings in report.sources.items())
    return Grounds(tuple(sorted(extra)), tuple(report.kinds.get("covering", ())), report)


@lru_cache(maxsize=64)
def looked_up(alike: Alike) -> Vocabulary:
    """The same, the reports of one run that are set alike sharing one."""
    report, papers = alike.report, worlds_on(alike.grounds)
    comments = tuple(Comment(name, (Paragraph((Run("Words."),)),), NOWHERE) for name in report.comments)
    view = View(report, replace(papers[0].records, comments=comments), DATES)
    own: Lists = {**comment_lists(report, view.records, view.trace), BACKGROUND: Once(lambda: view.letters.facts)}
    order = in_order(report)
    drawn = [Lazily({**with_own(report, each.lists, order), **own}) for each in papers]
    known = {name: kind_in(name, items, report) for name, items in drawn[0].items()}
    types = {slug(name): Type(kind, many=True) for name, kind in known.items()}
    names = names_for(view, header_fields(view, Formats(report.date_style)), drawn[0])
    types |= {name: its for name, value in names.items() if not isinstance(value, list) and (its := value_type(value))}
    kinds = kinds_on(alike.grounds) | ({"comment": {"text": Type("text")}} if comments else {})
    without = {
        single: [lists for paper, lists in zip(papers, drawn, strict=True) if single in paper.nobody]
        for single in MAY_BE_NOBODY
    }
    return Vocabulary(known, kinds, types, {single: Surely(drawn[0], lists) for single, lists in without.items()})


@lru_cache(maxsize=64)
def worlds_on(grounds: Grounds) -> tuple[World, ...]:
    """The made-up papers: with and without updates sent, updates due, earlier meetings and later ones; all there first.

    Whatever a report's own lists are, these papers and their other lists stay the same.
    """
    everything, found = full(grounds.report), []
    for sent, due, before, after in product((True, False), repeat=4):
        updates = tuple(each for each in everything.updates if (sent if each.submitted else due))
        meetings = tuple(each for each in everything.meetings if kept(each.date, before=before, after=after))
        records = replace(everything, updates=updates, meetings=meetings)
        lists = built_in(View(grounds.report, records, DATES))
        empty = (name for name, source in MAY_BE_NOBODY.items() if not lists[source]())
        found.append(World(records, lists, frozenset(empty)))
    return tuple(found)


@lru_cache(maxsize=64)
def kinds_on(grounds: Grounds) -> dict[str, Mapping[str, Type]]:
    """Each kind of record to its fields and their types."""
    kinds: dict[str, dict[str, Type]] = {}
    items = {id(item): item for make in worlds_on(grounds)[0].lists.values() for item in make()}
    for item in items.values():
        kinds.setdefault(kind_of(item), {}).update(types_of(item))
    return dict(kinds)


def kind_in(name: str, items: Sequence[Facts], report: Report) -> str:
    """What a sentence calls one item of the list."""
    return kind_of(items[0]) if items else kind_of_list(name, report)


def types_of(item: Facts) -> Mapping[str, Type]:
    """The type of every field that this record has filled in."""
    found = ((name, value_type(answer.value)) for name, answer in answers_of(item).items())
    return {name: its for name, its in found if its}


def value_type(value: object) -> Type | None:
    """The type of a value as wording meets it; None for a blank, which tells nothing."""
    if isinstance(value, Facts):
        return Type(kind_of(value))
    if isinstance(value, list | tuple):
        first = value_type(value[0]) if value else None
        return Type(first.what, many=True) if first else None
    if isinstance(value, str):
        return Type("reference" if "\ufdd0" in value else "text")
    simple = {bool: "flag", int: "number", float: "number", dt.date: "day", When: "when"}.get(type(value))
    return Type(simple) if simple else None


class Surely(AbstractSet[str]):
    """The lists that in no made-up paper hold something without a certain name; found as they are asked for."""

    def __init__(self, names: Mapping[str, object], without: Sequence[Mapping[str, Sequence[Facts]]]) -> None:
        self._names, self._without = names, without

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> Any:
        return frozenset(it)

    def __contains__(self, name: object) -> bool:
        return name in self._names and not any(lists[str(name)] for lists in self._without)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def kept(day: dt.date, *, before: bool, after: bool) -> bool:
    """Does a made-up paper keep a meeting of that day?"""
    return day == DATES.meeting_on or (before if day < DATES.meeting_on else after)


def full(report: Report) -> Records:
    """A made-up paper in which every field is filled."""
    extra = {role: dict.fromkeys(settings.extra, "words") for role, settings in report.sources.items()}

    def others(role: str) -> dict[str, str]:
        return extra.get(role, {})

    earlier, later = DAY - dt.timedelta(20), DATES.meeting_on + dt.timedelta(30)
    meetings = [
        Meeting(key=f"{day}", body="Board", short_name="Board", date=day, time="6pm", venue="Hall", item="1",
                others=others("meetings"))
        for day in (earlier + dt.timedelta(5), DATES.meeting_on, later)
    ]  # fmt: skip
    return Records(
        actions=tuple(made_up_action(status, others("actions")) for status in Status),
        progress=(Progress(key="1/A", update=1, area="A", heading="A", actions=2, complete=1, percent=50.0,
                           others=others("progress")),),
        letters=tuple(made_up_letters(report, earlier, others("letters"))),
        meetings=tuple(meetings),
        workshops=tuple(
            Workshop(key=f"{day}", date=day, attended_by="all", purpose="to talk", others=others("workshops"))
            for day in (earlier, DATES.meeting_on, later)
        ),
        updates=(
            Update(key="1", number=1, due=earlier, submitted=earlier, final=True, others=others("updates")),
            Update(key="2", number=2, due=later, others=others("updates")),
        ),
        directions=(Direction(key="1", date=earlier, note="words", others=others("directions")),),
        workstreams=(Workstream(key="1", name="Work", position="going on", others=others("workstreams")),),
    )  # fmt: skip


def made_up_action(status: Status, others: Mapping[str, str]) -> Action:
    """An action of one status with everything filled in."""
    done = DAY - dt.timedelta(1)
    past = When("day", done, done)
    return Action(key=status, ref=status, area="A", activity="Do it", deadline=past, status=status, status_words=status,
                  rag="Red", completed_on=done if status is Status.COMPLETE else None, review_on=MONTH, lead="Lead",
                  in_plan=True, notes="words", others=others)  # fmt: skip


def made_up_letters(report: Report, day: dt.date, others: Mapping[str, str]) -> Iterator[Letter]:
    """A covering letter out, an answer in, an answer to that, and one that awaits its reply."""
    covering = next(iter(report.kinds.get("covering", ())), "Covering letter")
    for number, (way, answers, kind) in enumerate(
        (("out", "", covering), ("in", "1", "Letter"), ("out", "2", "Letter")), 1
    ):
        yield Letter(key=f"{number}", ref=f"{number}", date=day + dt.timedelta(number), sender="A", recipient="B",
                     kind=kind, direction="in" if way == "in" else "out", subject="words", update=1, points=("words",),
                     in_reply_to=answers, reply_expected="by June 2001", appendix_title="Letter", file="letter.pdf",
                     others=others)  # fmt: skip
