"""Records and sentences for tests, each with as little typing as its test needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipeline.dates import Dates, When
from pipeline.formats import month
from pipeline.kinds import Action, Choice, Letter, Meeting, Progress, Records, Sentence, Update, Workshop
from pipeline.problems import Place
from pipeline.report import CommentSettings, ListSettings, Report
from pipeline.transform import Transformed, transform


def date(text: str) -> dt.date:
    """A day from `2017-01-23`."""
    return dt.date.fromisoformat(text)


def in_month(text: str) -> When:
    """A deadline that is a month, from `2017-01`."""
    first = dt.date.fromisoformat(f"{text}-01")
    last = (first.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)
    return When("month", first, last, month(first))


ONGOING = When("open", None, None, "On-going")


def dates(meeting: str = "2017-01-23", as_at: str = "2017-01-13") -> Dates:
    """The dates of a paper; published on the day its facts are known."""
    return Dates(date(meeting), date(as_at), date(as_at))


def letter(ref: str, day: str, way: str, sender: str, recipient: str, **more: object) -> Letter:
    """A letter of the log; `way` is `in` or `out`."""
    place = Place("correspondence.xlsx", "Log", ref)
    known = {"ref": ref, "date": date(day), "direction": way, "sender": sender, "recipient": recipient}
    return Letter(key=ref, source=place, **known, **more)  # type: ignore[arg-type]


def action(ref: str, area: str, **more: object) -> Action:
    """A row of the tracker, open unless said otherwise."""
    known = {"activity": f"Do {ref}", "deadline": in_month("2017-01"), "status": Choice("In progress", "open")}
    return Action(key=ref, ref=ref, area=area, source=Place("tracker.xlsx", "Actions", ref), **(known | more))  # type: ignore[arg-type]


def done(ref: str, area: str, day: str) -> Action:
    """An action completed on a day."""
    return action(ref, area, status=Choice("Complete", "complete"), completed_on=date(day))


def workshop(day: str, **more: object) -> Workshop:
    """A workshop on a day."""
    return Workshop(key=day, date=date(day), source=Place("calendar.xlsx", "Workshops", day), **more)  # type: ignore[arg-type]


def update(number: int, submitted: str = "", due: str = "", *, final: bool = False) -> Update:
    """An update, sent or still due."""
    place = Place("calendar.xlsx", "Updates", f"A{number + 1}")
    sent, wanted = (date(each) if each else None for each in (submitted, due))
    return Update(key=str(number), number=number, submitted=sent, due=wanted, final=final, source=place)


def area(name: str, complete: int, actions: int, number: int = 3) -> Progress:
    """One area's figures as submitted with an update."""
    cells = {"complete": Place("tracker.xlsx", "Progress", "E4"), "actions": Place("tracker.xlsx", "Progress", "D4")}
    return Progress(key=name, update=number, area=name, actions=actions, complete=complete, cells=cells)


def meetings(*days: str, body: str = "Example Board") -> tuple[Meeting, ...]:
    """Meetings of one body."""
    return tuple(Meeting(key=day, body=body, short_name="Board", date=date(day)) for day in days)


def sentence(text: str, section: str = "background", **more: object) -> Sentence:
    """A row of the wording sheet; its key is its text's first word unless given."""
    key = str(more.pop("key", text.split(maxsplit=1)[0] if text else "blank"))
    cells = {
        name: Place("wording.xlsx", "Wording", f"{letter}2") for name, letter in (("text", "F"), ("for_each", "D"))
    }
    cells["show_when"] = Place("wording.xlsx", "Wording", "E2")
    return Sentence(key=key, section=section, text=text, cells=cells, **more)  # type: ignore[arg-type]


def report(lists: dict[str, ListSettings] | None = None, comments: Sequence[str] = (), **more: object) -> Report:
    """The settings of a report with a title and little else."""
    return Report(
        name="example-board",
        folder=Path("templates/example-board"),
        fields={"title": "Example Update"},
        sources={},
        comments={name: CommentSettings(f"{name}.docx", name, f"[{name} to follow]") for name in comments},
        lists=lists or {},
        words={"letters": {"covering": ("Covering letter",)}},
        **more,  # type: ignore[arg-type]
    )


def told(records: Records, *sentences: Sentence, of: Report | None = None, at: Dates | None = None) -> Transformed:
    """The context that these records and sentences make."""
    return transform(of or report(), records, sentences, at or dates())


def text_of(made: Transformed, section: str = "background") -> list[str]:
    """The paragraphs of a section as a reader sees them; a table as its list's name in brackets."""
    return [getattr(each, "text", None) or f"[{getattr(each, 'list', '')}]" for each in made.context.sections[section]]
