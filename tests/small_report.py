"""A report of the smallest kind, with its files, made in a test's folder and changed as officers change theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

from pipeline.office import Order
from tests.documents import new_document

LEAST = """
[fields]
title = "Monthly progress"

[publication]
nation = "england"
clear_days = 5

[words.status]
open = ["Open"]
complete = ["Complete"]

[sources.actions]
file = "tracker.xlsx"
sheet = "Actions"

[sources.meetings]
file = "calendar.xlsx"
sheet = "Meetings"
"""
"""The settings of a report that has a tracker and meetings, and nothing else."""
SETTINGS = f"""{LEAST}
[timetable]
first_draft = 5
comments_due = 3
clearance = 1

[sources.closed_days]
file = "calendar.xlsx"
sheet = "Closed days"

[sources.clearances]
file = "clearance.xlsx"
sheet = "Clearance"

[comments.finance]
file = "finance.docx"
title = "Finance"
to_follow = "[To follow.]"
"""
TEMPLATE = (
    "{{ title }}",
    "{{ board }}, {{ date }}",
    "{%p for block in background %}",
    "{{r block.text }}",
    "{%p endfor %}",
    "{%p for block in finance %}",
    "{{r block.text }}",
    "{%p endfor %}",
)
WORDING = (
    ("steady", "Background", "The board follows the work that it has asked for, and hears of it at each meeting."),
    ("count", "Background", "The tracker lists {{ action_open | words }} open actions in all its areas together."),
)


@dataclass(frozen=True)
class SmallReport:
    """The folders of one report, and the ways in which its files change."""

    folder: Path
    name: str = "progress"

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs" / self.name

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    def papers(self, meeting: dt.date) -> list[Path]:
        """The Word files for one meeting, by name."""
        return sorted((self.outputs / self.name / meeting.isoformat()).glob("*.docx"))

    def order(self, now: dt.datetime, **more: Any) -> Order:
        folders = {each: self.folder / each for each in ("templates", "inputs", "outputs")}
        return Order(report=self.name, now=now, **folders, **more)

    def calendar(self, meetings: Iterable[dt.date], closed: Iterable[dt.date] = ()) -> None:
        """The calendar typed anew."""
        rows = [("The Board", each) for each in meetings]
        sheets = {
            "Meetings": [("Body", "Date"), *rows],
            "Closed days": [("Date", "Reason"), *((each, "Office move") for each in closed)],
        }
        workbook(self.inputs / "calendar.xlsx", sheets)

    def tracker(self, number: int, private: str = "") -> None:
        """So many open actions; `private` is the activity of one more that is exempt."""
        head = ("Ref", "Area", "Activity", "Deadline", "Status", "Exempt")
        rows = [(f"A-{n}", "Works", f"Mend bridge {n}", "TBC", "Open", None) for n in range(1, number + 1)]
        if private:
            rows.append(("A-99", "Staff", private, "31/31/2020", "Open", "2"))
        workbook(self.inputs / "tracker.xlsx", {"Actions": [head, *rows]})

    def clearance(self, section: str = "", on: dt.date | None = None) -> None:
        """Nobody has cleared anything, or one section is cleared."""
        rows = [(section, "Chief finance officer", on)] if section else []
        workbook(self.inputs / "clearance.xlsx", {"Clearance": [("Section", "Cleared by", "Date cleared"), *rows]})

    def finance(self, text: str) -> None:
        """The comment comes."""
        document = new_document()
        document.add_paragraph(text)
        document.save(str(self.inputs / "finance.docx"))


def small_report(folder: Path, name: str = "progress") -> SmallReport:
    """The report with three open actions, an empty calendar and no comment."""
    made = SmallReport(folder, name)
    settings = folder / "templates" / name
    for each in (settings, made.inputs):
        each.mkdir(parents=True)
    (settings / "report.toml").write_text(SETTINGS, encoding="utf-8")
    template = new_document()
    for text in TEMPLATE:
        template.add_paragraph(text)
    template.save(str(settings / "template.docx"))
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    rows = [(name, section, None, None, "always", text) for name, section, text in WORDING]
    workbook(settings / "wording.xlsx", {"Wording": [head, *rows]})
    made.calendar([])
    made.tracker(3)
    made.clearance()
    return made


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> None:
    """A workbook of plain tables."""
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    made.save(path)


def typed_into(paper: Path, words: str) -> None:
    """An officer types a sentence at the end of the paper's steady paragraph."""
    document = Document(str(paper))
    steady = next(each for each in document.paragraphs if each.text.startswith("The board follows"))
    steady.add_run(f" {words}")
    document.save(str(paper))


def words_of(paper: Path) -> str:
    """Everything a reader sees in the body."""
    return "\n".join(each.text for each in Document(str(paper)).paragraphs)


def morning(day: dt.date, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """Half past six."""
    return dt.datetime.combine(day, dt.time(6, 30), zone)
