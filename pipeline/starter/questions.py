"""What is asked before a board that is new to the program gets its folder: each question with the answer that the
workbook suggests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.kinds import NAMES_A_ROW
from pipeline.nearest import did_you_mean
from pipeline.patterns import Pattern
from pipeline.read.own_kinds import OWN, OwnKind, item_called
from pipeline.text import match_key

NONE = "none"
"""The answer that leaves a question out."""
WEEKS_AHEAD = 4
MOST_GROUPS = 12
WORDS = Pattern(r"[a-z][a-z0-9 -]{0,39}")
"""What rows may be called in sentences."""


class Question(NamedTuple):
    """A question by its key (`title`, `Jobs.group`), and the answer that Enter gives; blank where there must be one.

    `among`: the answer is one of these, or `many` of them with commas between. `words`: it stands in sentences.
    """

    key: str
    asks: str
    answer: str = ""
    among: tuple[str, ...] = ()
    many: bool = False
    words: bool = False

    def wrong_with(self, answer: str) -> tuple[str, str] | None:
        """What is wrong with an answer, and how to mend it; None for one that will do."""
        if not answer.strip():
            return "This needs an answer.", self.asks
        if self.key == "meeting" and not day_of(answer):
            return f"“{answer}” is not a date.", "Type it as 2027-01-23 or 23/01/2027."
        if self.words and not WORDS.fullmatch(answer.strip()):
            return f"“{answer}” cannot stand in sentences.", f"Use small letters, such as “{self.answer}”."
        known = frozenset(map(match_key, self.among))
        strange = [each for each in self.parts(answer) if known and match_key(each) not in known]
        return (f"There is no “{strange[0]}” to choose.", did_you_mean(strange[0], self.among)) if strange else None

    def parts(self, answer: str) -> Sequence[str]:
        """What an answer names: a heading may hold a comma, and is then one answer."""
        whole = match_key(answer) in map(match_key, self.among)
        return listed(answer) if self.many and not whole else [answer.strip()]


class NewSheet(NamedTuple):
    """A sheet of the new board as a kind of record: what one row is called, and several; columns left unprinted."""

    kind: OwnKind
    one: str
    several: str
    unprinted: frozenset[str]


class NewBoard(NamedTuple):
    """All that was answered of a board."""

    title: str
    body: str
    meeting: dt.date
    sheets: tuple[NewSheet, ...]


def of_paper(name: str, kinds: Sequence[OwnKind], today: dt.date) -> tuple[Question, ...]:
    """The questions on the paper as a whole."""
    sheets = tuple(kind.sheet for kind in kinds)
    seen = [kind.sheet for kind in kinds if not kind.hidden] or sheets
    first = today + dt.timedelta(weeks=WEEKS_AHEAD)
    return (
        Question("title", "What is the paper called?", spoken(name).capitalize()),
        Question("body", "Which body is it for, by its full name?"),
        Question("meeting", "When does that meet next?", first.isoformat()),
        Question("sheets", "Which sheets does the paper tell of?", ", ".join(seen), sheets, many=True),
    )


def of_sheets(kinds: Sequence[OwnKind], answers: Mapping[str, str]) -> Iterator[Question]:
    """The questions on each sheet that the paper tells of."""
    wanted = frozenset(map(match_key, listed(answers.get("sheets", ""))))
    for kind in kinds:
        if match_key(kind.sheet) in wanted:
            yield from of_sheet(kind)


def of_sheet(kind: OwnKind) -> tuple[Question, ...]:
    """The questions on one sheet; columns are called by their headings."""
    headings = {name: column.heading for name, column in kind.columns.items()}
    naming = tuple(headings[name] for name in kind.columns if kind.types[name] in NAMES_A_ROW)
    sheet, several = kind.sheet, spoken(kind.name)
    one = spoken(kind.item) if several.endswith("s") else ""
    one, several = (one, several) if one else (f"{several} row", f"{several} rows")
    hidden = ", ".join(column.heading for column in kind.columns.values() if column.hidden)
    return (
        Question(f"{sheet}.one", f"{sheet}: what is one row called?", one, words=True),
        Question(f"{sheet}.several", f"{sheet}: and several?", several, words=True),
        Question(f"{sheet}.key", f"{sheet}: which column names a row for good?", headings[kind.key], naming),
        Question(
            f"{sheet}.group",
            f"{sheet}: by which column do rows stand together?",
            headings.get(grouping(kind), NONE),
            among=(*naming, NONE),
        ),
        Question(
            f"{sheet}.unprinted",
            f"{sheet}: which columns must the paper not print?",
            hidden or NONE,
            among=(*headings.values(), NONE),
            many=True,
        ),
    )


def spoken(name: str) -> str:
    """A name as sentences say it."""
    return " ".join(name.removeprefix(OWN).replace("_", " ").replace("-", " ").split())


def grouping(kind: OwnKind) -> str:
    """The field whose rows probably stand together: merged cells, else a few words that stand again and again."""
    few = (name for name in kind.columns if kind.types[name] == "choice" and not kind.columns[name].blank)
    return kind.group or next((name for name in few if len(kind.columns[name].summary.words) <= MOST_GROUPS), "")


def listed(answer: str) -> list[str]:
    """The parts of an answer with commas between; none for `none`."""
    parts = [part.strip() for part in answer.split(",") if part.strip()]
    return [] if list(map(match_key, parts)) == [NONE] else parts


def day_of(answer: str) -> dt.date | None:
    """A day as it is typed: 2027-01-23, or 23/01/2027."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(answer.strip(), form).date()
        except ValueError:
            continue
    return None


def board_of(kinds: Sequence[OwnKind], answers: Mapping[str, str]) -> NewBoard:
    """The board that was answered for: answers that will do, one for each question."""
    meeting = day_of(answers["meeting"])
    assert meeting is not None  # noqa: S101 (`wrong_with` was asked)
    sheets = tuple(sheet_of(kind, answers) for kind in kinds if f"{kind.sheet}.one" in answers)
    return NewBoard(answers["title"].strip(), answers["body"].strip(), meeting, sheets)


def sheet_of(kind: OwnKind, answers: Mapping[str, str]) -> NewSheet:
    """A sheet as it was answered."""
    fields = {match_key(column.heading): name for name, column in kind.columns.items()}
    said = {name: answers[f"{kind.sheet}.{name}"] for name in ("one", "several", "key", "group", "unprinted")}
    asked = {each.key: each for each in of_sheet(kind)}
    unprinted = asked[f"{kind.sheet}.unprinted"].parts(said["unprinted"])
    one = said["one"].strip()
    told = kind._replace(
        item=item_called(one), key=fields[match_key(said["key"])], group=fields.get(match_key(said["group"]), "")
    )
    left_out = frozenset(fields[match_key(each)] for each in unprinted if match_key(each) in fields)
    return NewSheet(told, one, said["several"].strip(), left_out)
