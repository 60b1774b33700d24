"""A small board for sequences by chance: five rows of facts, each of which stands in one place of the paper.

Two rows of the tracker are rows of a table, two are paragraphs, one is a recommendation. Every fact is told by made-up
words that nothing else says, so that it can be told of any text which facts, and which officers' words, stand in it.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx

from pipeline.office import Order
from tests.small_report import LEAST, SmallReport, workbook

NAME = "progress"
MEETINGS = (dt.date(2027, 3, 16), dt.date(2027, 3, 23), dt.date(2027, 3, 30))
START = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
DEADLINE = dt.date(2027, 6, 30)
HOMES = ("Table", "Table", "Text", "Text", "Asks")
STEADY = "The board follows the work that it has asked for, and hears of it at each meeting."
LISTS = "".join(
    f'[lists."{home.lower()} action"]\nfrom = "action open"\nwhere = {{ area = "{home}" }}\n' for home in set(HOMES)
)
SETTINGS = LEAST.replace("[fields]", '[fields]\nitem = "7"') + LISTS
WORDING = (
    ("asked", "Recommendations", "asks action", "always", "Agree that {{ action.activity }}."),
    ("steady", "Background", None, "always", STEADY),
    ("told", "Background", "text action", "always", "It was told to the members that {{ action.activity }}."),
    ("rows", "Background", None, "table action", "Table: table action"),
)
HEADING, PLAIN = "Heading 1", "Normal"
TEMPLATE = (
    ("{{ title }}", HEADING),
    ("{{ board }}, {{ date }}", PLAIN),
    ("Recommendations", HEADING),
    ("{%p for block in recommendations %}", PLAIN),
    ("{{r block.text }}", PLAIN),
    ("{%p endfor %}", PLAIN),
    ("Background", HEADING),
    ("{%p for block in background %}", PLAIN),
    ("{%p if block.list == 'table action' %}", PLAIN),
    ("table", PLAIN),
    ("{%p else %}", PLAIN),
    ("{{r block.text }}", PLAIN),
    ("{%p endif %}", PLAIN),
    ("{%p endfor %}", PLAIN),
)
SUPPLEMENT = (("{{ title }}", HEADING), ("Changes {{ published_on }}", PLAIN),
              ("{%p for block in replacements %}", PLAIN), ("replaced", PLAIN), ("{%p endfor %}", PLAIN),
              ("{%p for block in urgency %}", PLAIN), ("{{r block.text }}", PLAIN), ("{%p endfor %}", PLAIN),
              ("{%p for block in lateness %}", PLAIN), ("{{r block.text }}", PLAIN),
              ("{%p endfor %}", PLAIN))  # fmt: skip
TABLES = {
    "table": ("block.rows", ("Deadline", "Activity"), ("{{ row.deadline }}", "{{ row.activity }}")),
    "replaced": ("block.rows", ("Old", "New"), ("{{ row.number }} {{ row.old }}", "{{ row.new }} {{ row.status }}")),
}
_TAG = re.compile(r"<[^>]+>")
MADE_UP = re.compile(r"\b(?:fact|typed)[a-z]{4}q\b")
"""Every word of ours, whether the files say it or an officer."""


def made_up(kind: str, number: int) -> str:
    """A word that nothing else says: letters only, for a number would be looked at as a figure."""
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, 20)
        letters = "bcdfghjklmnprstvwxyz"[digit] + letters
    return f"{kind}{letters}q"


@dataclass(frozen=True)
class Row:
    """A row of the tracker: its two words are far apart, so that what is typed at one is far from the other."""

    ref: str
    home: str
    first: str
    last: str
    mark: str = ""
    status: str = "Open"
    there: bool = True

    @property
    def is_withheld(self) -> bool:
        return self.there and bool(self.mark)

    @property
    def is_called_for(self) -> bool:
        return self.there and not self.mark and self.status == "Open"

    @property
    def activity(self) -> str:
        return f"the {self.first} wall is mended in good time and all of its long story then comes to {self.last} park"


@dataclass
class Board:
    """The report in a folder, the rows of its tracker, and the day."""

    report: SmallReport
    rows: list[Row] = field(default_factory=list)
    now: dt.datetime = START
    meeting: int = 0
    made: int = 0

    def word(self, kind: str) -> str:
        self.made += 1
        return made_up(kind, self.made * 37)

    def change(self, number: int, **values: Any) -> None:
        """A row of the tracker is typed anew."""
        self.rows[number] = replace(self.rows[number], **values)
        self.save()

    def save(self) -> None:
        head = ("Ref", "Area", "Activity", "Deadline", "Status", "Exempt")
        lines = [(r.ref, r.home, r.activity, DEADLINE, r.status, r.mark or None) for r in self.rows if r.there]
        workbook(self.report.inputs / "tracker.xlsx", {"Actions": [head, *lines]})

    def moved(self, meeting: int) -> None:
        """The meeting is on another day."""
        self.meeting = meeting
        sheet = [("Body", "Date"), ("The Board", MEETINGS[meeting])]
        workbook(self.report.inputs / "calendar.xlsx", {"Meetings": sheet})

    def order(self, **more: Any) -> Order:
        return self.report.order(self.now, **more)

    @property
    def outputs(self) -> Path:
        return self.report.outputs / NAME


def pattern(folder: Path) -> Path:
    """The folder, with the report's templates in it, from which boards are made."""
    settings = folder / "templates" / NAME
    settings.mkdir(parents=True)
    (folder / "inputs" / NAME).mkdir(parents=True)
    (settings / "report.toml").write_text(SETTINGS, encoding="utf-8")
    for name, lines in (("template", TEMPLATE), ("supplement", SUPPLEMENT)):
        document = docx.Document()
        for text, style in lines:
            if text in TABLES:
                _table(document, *TABLES[text])
            else:
                document.add_paragraph(text, style)
        _lean(document)
        document.save(str(settings / f"{name}.docx"))
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    rows = [(name, section, None, each, when, text) for name, section, each, when, text in WORDING]
    workbook(settings / "wording.xlsx", {"Wording": [head, *rows]})
    return folder


def _lean(document: Any) -> None:
    """Without the two hundred styles that python-docx brings: they cost a hundred times what the paper costs."""
    needed = {"heading 1", "Normal", "Normal Table", "Default Paragraph Font", "No List"}
    styles = document.styles.element
    for each in list(styles):
        if each.tag.endswith("latentStyles") or (each.tag.endswith("}style") and each.name_val not in needed):
            styles.remove(each)


def _table(document: Any, rows: str, heads: tuple[str, ...], cells: tuple[str, ...]) -> None:
    table = document.add_table(4, len(heads))
    for column, (head, cell) in enumerate(zip(heads, cells, strict=True)):
        table.cell(0, column).text, table.cell(2, column).text = head, cell
    table.cell(1, 0).text, table.cell(3, 0).text = f"{{%tr for row in {rows} %}}", "{%tr endfor %}"


def board(folder: Path, like: Path) -> Board:
    """The board in a folder, with its five rows, all of them open; `like` is the pattern."""
    for name in ("templates", "inputs"):
        shutil.copytree(like / name, folder / name)
    made = Board(SmallReport(folder, NAME))
    for number, home in enumerate(HOMES):
        made.rows.append(Row(f"A-{number + 10}", home, made.word("fact"), made.word("fact")))
    made.moved(0)
    made.save()
    return made


def everything(path: Path) -> str:
    """All that a file holds; of a Word file the text of every part, whatever runs it stands in."""
    if path.suffix.casefold() != ".docx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(_TAG.sub("", package.read(name).decode(errors="replace")) for name in package.namelist())
