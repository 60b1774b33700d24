"""The catalogue's wrong and right, tried: each example is typed into the files of a small, sound board, and read.

An example names rows by their sheet, `Actions: Status “Complete”, Date completed blank; Status “Open”`, words of the
paper by their section, `Background: “It met.”`, and may end in `, in the paper of 27 February 2017`. What it does not
say is as in the sound board. What is not written in this way is prose.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pipeline.blocks import Block, Context, Fact, Run
from pipeline.check import check_wording
from pipeline.dates import Dates
from pipeline.kinds import Comment, Paragraph, Sentence
from pipeline.problems import Place, Problem
from pipeline.read import read_inputs
from pipeline.report import Report, load_report
from pipeline.rules import Case, Previous, problems_of
from pipeline.transform import vocabulary
from tests.small_report import workbook

Row = dict[str, str]
SOUND: dict[str, Row] = {
    "Actions": {
        "Ref": "BV-1", "Area of focus": "Grants", "Activity": "Review the grants", "Deadline": "28/02/2017",
        "Status": "In progress", "Date completed": "", "Review date": "", "Lead": "Head of Grants", "In plan?": "Yes",
        "Position at": "12/01/2017",
    },
    "Progress": {
        "Update": "3", "Area": "Grants", "Heading in table": "", "Actions": "10", "Complete": "9", "% complete": "",
    },
    "Log": {
        "Ref": "COR-1", "Date": "02/12/2016", "Direction": "In", "From": "Inspectors", "To": "Leader", "Kind": "Letter",
        "Subject": "What was found", "Update": "3", "In reply to": "", "Reply expected": "", "Appendix title": "",
        "Key points (one a line)": "what remains", "File": "", "Exempt (Sch 12A para)": "", "State": "",
    },
    "Meetings": {"Body": "Improvement Board", "Short name": "The Board", "Date": "", "Item no": "5", "Called on": "",
                 "Adjourned from": ""},
    "Workshops": {"Date": "06/12/2016", "With": "officers", "Purpose": "what remains"},
    "Updates": {"No": "3", "Due": "", "Submitted": "", "Final?": ""},
    "Directions": {"Date": "17/12/2014", "Note": ""},
    "Workstreams": {"Workstream": "Survey", "Position": "under way", "Live?": "Yes"},
    "Closed days": {"Date": "27/12/2017", "Reason": "Office move", "Exempt": ""},
}  # fmt: skip
SERIES: dict[str, list[Row]] = {
    "Updates": [{"No": "3", "Submitted": "19/09/2016"}, {"No": "4", "Due": "17/03/2017"}],
    "Meetings": [{"Date": "23/01/2017"}, {"Date": "27/02/2017"}, {"Date": "24/04/2017"}],
    "Closed days": [],
}
SUBMITTED = {"1": "14/09/2015", "2": "17/03/2016", "3": "19/09/2016"}
ROLES = {
    "actions": "Actions", "progress": "Progress", "letters": "Log", "meetings": "Meetings", "workshops": "Workshops",
    "updates": "Updates", "directions": "Directions", "workstreams": "Workstreams", "closed_days": "Closed days",
}  # fmt: skip
SETTINGS = """
[fields]
title = "Improvement Plan Update"
service = "Strategy"
[comments.legal]
file = "legal.docx"
title = "Legal comments"
to_follow = "[To follow.]"
[words.status]
open = ["In progress"]
complete = ["Complete"]
[words.open_dates]
"On-going" = ["On-going"]
[words.letters]
covering = ["Covering letter"]
[kinds.letters.fields]
state = "text"
"""
SECTIONS = ("introduction", "background", "background_papers")
HEADER = {"title": "Improvement Plan Update", "board": "The Board", "date": "23 January 2017", "item": "5"}
WORDS = {"Background": "All is well.", "Recommendations": "Note the report.", "Comment": "", "Before": ""}
"""The words of the paper by section; `Before` is what the paper of January had as its background."""
SENTENCE = {"Section": "section", "Joins previous?": "joins", "For each": "for_each", "Show when": "show_when",
            "Wording": "text"}  # fmt: skip
PAPER = re.compile(r", in the paper of (\d{1,2} \w+ \d{4})$")
CLAUSE = re.compile(r"([A-Z][a-z]+(?: [a-z]+)?): ")
CELL = re.compile(r"([A-Za-z%][^“”,;]*?) (?:“([^“”]*)”|blank)(?:, |; |$)")


@dataclass
class Example:
    """What an example says: rows by sheet, words by section, and the day of the paper's meeting."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    header: Row = field(default_factory=dict)
    meeting_on: dt.date = dt.date(2017, 1, 23)


def example_of(text: str) -> Example | None:
    """The example that a text of the catalogue is; None for prose."""
    made = Example()
    if paper := PAPER.search(text):
        made.meeting_on = dt.datetime.strptime(paper[1], "%d %B %Y").date()
        text = text[: paper.start()]
    names = (*SOUND, *WORDS, "Header", "Wording")
    starts = [each for each in CLAUSE.finditer(text) if each[1] in names and text[: each.start()].endswith(("", "; "))]
    if not starts or starts[0].start():
        return None
    for start, end in zip(starts, [*(each.start() for each in starts[1:]), len(text)], strict=True):
        said = text[start.end() : end].removesuffix("; ")
        if start[1] in WORDS:
            made.words[start[1]] = "" if said == "blank" else said[1:-1]
        elif start[1] == "Header":
            made.header = next(rows_of(said))
        else:
            made.rows.setdefault(start[1], []).extend(rows_of(said))
    return made


def rows_of(said: str) -> Iterator[Row]:
    """The rows of a clause; raises ValueError where it is not written as rows."""
    for part in said.split("; "):
        cells = {each[1]: each[2] or "" for each in CELL.finditer(part)}
        if CELL.sub("", part):
            raise ValueError(part)
        yield cells


@cache
def report_in(folder: Path) -> Report:
    """The settings of the small board, with a wording sheet that says one thing."""
    folder.mkdir()
    sources = "".join(f'[sources.{kind}]\nfile = "{sheet}.csv"\nsheet = "{sheet}"\n' for kind, sheet in ROLES.items())
    (folder / "report.toml").write_text(SETTINGS + sources, encoding="utf-8")
    heads = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    workbook(folder / "wording.xlsx", {"Wording": [heads, ("a", "Background", None, None, "always", "All is well.")]})
    return load_report(folder)


def tables(made: Example) -> Iterator[tuple[str, list[Row]]]:
    """The rows of every sheet, those of the example in place of the sound ones."""
    for sheet, sound in SOUND.items():
        rows = made.rows.get(sheet, SERIES.get(sheet, [{}]))
        if sheet == "Updates":
            rows = [{"Submitted": SUBMITTED.get(each["No"], ""), **each} for each in rows]
        if sheet == "Meetings":
            rows = [{"Date": f"{made.meeting_on:%d/%m/%Y}", **each} for each in rows]
        yield sheet, [sound | each for each in rows]


def written(made: Example, folder: Path) -> None:
    """The example's files, as they are exported."""
    for sheet, rows in tables(made):
        heads = [each for each in SOUND[sheet] if each != "Position at"]
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            if sheet == "Actions":
                out.writerow(("Position at", rows[0]["Position at"]))
            out.writerow(heads)
            out.writerows([each[head] for head in heads] for each in rows)


def told_of(made: Example, report: Report, folder: Path) -> list[Problem]:
    """What reading and the rules say of an example."""
    written(made, folder)
    inputs = read_inputs(report, folder)
    dates = Dates(made.meeting_on, made.meeting_on - dt.timedelta(10), made.meeting_on - dt.timedelta(10))
    case = Case(
        replace(inputs.records, comments=tuple(comments(made))),
        dates,
        replace(report, required_sections=()),
        context_of(made),
        lambda name: ("It is not there.", "Put it there.") if "\\" in name else None,
        withheld=inputs.withheld,
        previous=Previous(dt.date(2017, 1, 23), {"background/1": made.words.get("Before", "")}),
    )
    wording = check_wording(report, sentences(made), vocabulary(report), SECTIONS) if "Wording" in made.rows else []
    return [*inputs.problems, *problems_of(case), *wording]


def sentences(made: Example) -> list[Sentence]:
    """The example's rows of the wording sheet."""
    return [sentence(f"{number}", row) for number, row in enumerate(made.rows["Wording"], 2)]


def sentence(number: str, row: Row) -> Sentence:
    """A row of the wording sheet."""
    sound = {"Section": "Background", "Joins previous?": "", "For each": "", "Show when": "always"}
    told = {SENTENCE[heading]: text for heading, text in ({"Wording": "All is well."} | sound | row).items()}
    cells = dict(
        zip(SENTENCE.values(), (Place("wording.xlsx", "Wording", f"{each}{number}") for each in "BCDEF"), strict=True)
    )
    return Sentence(key=number, cells=cells, **told | {"joins": told["joins"] == "Yes"})


def comments(made: Example) -> Iterator[Comment]:
    """The comment as it was sent."""
    if text := made.words.get("Comment"):
        yield Comment("legal", (Paragraph((Run(text),), "", Place("legal.docx")),), Place("legal.docx"))


def context_of(made: Example) -> Context:
    """The paper that says the example's words."""
    sections = {}
    for name, text in (WORDS | made.words | {"Before": ""}).items():
        section = "legal" if name == "Comment" else name.lower()
        facts = (Fact(text, (Place("legal.docx"),)) if name == "Comment" else Fact("", (Place("w.xlsx"),), "wording"),)
        sections[section] = (Block(f"{section}/1", (Run(text),), "", facts),) if text else ()
    return Context(HEADER | {"service": "Strategy"} | made.header, sections)
