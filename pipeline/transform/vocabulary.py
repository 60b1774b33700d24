"""The vocabulary of a report, found by looking at a made-up paper through the very code that writes real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from pathlib import Path

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
from pipeline.transform.context import comment_lists
from pipeline.transform.facts import Facts, answers_of, kind_of
from pipeline.transform.lists import kind_of_list, make_lists, slug
from pipeline.transform.names import SINGLES, header_fields, names_for
from pipeline.transform.views import View
from pipeline.vocabulary import Type, Vocabulary

DAY = dt.date(2001, 6, 15)
MONTH = When("month", dt.date(2001, 6, 1), dt.date(2001, 6, 30), "June 2001")
DATES = Dates(meeting_on=DAY + dt.timedelta(10), publish_on=DAY, as_at=DAY)
MAY_BE_NOBODY = (*SINGLES, "last_meeting")
BACKGROUND = "background paper"


@dataclass(frozen=True, slots=True)
class Alike:
    """A report by what its settings say, whatever its name and folder: reports of one council are much alike."""

    said: str
    report: Report = field(compare=False)


def vocabulary(report: Report) -> Vocabulary:
    """Everything that the wording of this report may use; raises PaperError where one of its lists hangs in the air."""
    return looked_up(Alike(repr(replace(report, name="", folder=Path())), report))


@lru_cache(maxsize=64)
def looked_up(alike: Alike) -> Vocabulary:
    """The same, the reports of one run that are set alike sharing one."""
    report = alike.report
    lists, names = drawn(report, full(report))
    known = {name: kind_in(name, items, report) for name, items in lists.items()}
    kinds: dict[str, dict[str, Type]] = {}
    for item in reachable(lists.values(), names.values()):
        kinds.setdefault(kind_of(item), {}).update(types_of(item))
    types = {slug(name): Type(kind, many=True) for name, kind in known.items()}
    types |= {name: its for name, value in names.items() if not isinstance(value, list) and (its := value_type(value))}
    return Vocabulary(known, kinds, types, singles(report))


def drawn(report: Report, records: Records) -> tuple[dict[str, Sequence[Facts]], dict[str, object]]:
    """The lists and names of a paper made of these records."""
    view = View(report, records, DATES)
    lists: dict[str, Sequence[Facts]] = {**make_lists(view), **comment_lists(report, records, view.trace)}
    lists[BACKGROUND] = list(view.letters.facts)
    return lists, dict(names_for(view, header_fields(view, Formats(report.date_style)), lists))


def kind_in(name: str, items: Sequence[Facts], report: Report) -> str:
    """What a sentence calls one item of the list."""
    return kind_of(items[0]) if items else kind_of_list(name, report)


def reachable(lists: Iterable[Sequence[Facts]], names: Iterable[object]) -> Iterator[Facts]:
    """Every record that a sentence can name."""
    for items in lists:
        yield from items
    yield from (each for each in names if isinstance(each, Facts))


def types_of(item: Facts) -> Mapping[str, Type]:
    """The type of every field that this record has filled in."""
    found = ((name, value_type(answer.value)) for name, answer in answers_of(item).items())
    return {name: its for name, its in found if its}


def value_type(value: object) -> Type | None:
    """The type of a value as wording meets it; None for a blank, which tells nothing."""
    if callable(value):
        return value_type(value())
    if isinstance(value, Facts):
        return Type(kind_of(value))
    if isinstance(value, list | tuple):
        first = value_type(value[0]) if value else None
        return Type(first.what, many=True) if first else None
    if isinstance(value, str):
        return Type("reference" if "\ufdd0" in value else "text")
    simple = {bool: "flag", int: "number", float: "number", dt.date: "day", When: "when"}.get(type(value))
    return Type(simple) if simple else None


def singles(report: Report) -> Mapping[str, frozenset[str]]:
    """For each name that may stand for nobody, the lists that in no made-up paper hold something without it."""
    papers = [drawn(report, each) for each in worlds(report)]
    return {
        single: frozenset(
            name for name in papers[0][0] if all(names[single] is not None for lists, names in papers if lists[name])
        )
        for single in MAY_BE_NOBODY
    }


def worlds(report: Report) -> Iterator[Records]:
    """Made-up papers with and without updates sent, updates due, earlier meetings and later ones."""
    everything = full(report)
    for sent, due, before, after in product((True, False), repeat=4):
        updates = tuple(each for each in everything.updates if (sent if each.submitted else due))
        meetings = tuple(each for each in everything.meetings if kept(each.date, before=before, after=after))
        yield replace(everything, updates=updates, meetings=meetings)


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
        comments=tuple(Comment(name, (Paragraph((Run("Words."),)),), NOWHERE) for name in report.comments),
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
