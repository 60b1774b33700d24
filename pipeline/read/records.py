"""Table rows become records: typed, keyed, each field knowing its cell."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from functools import cache, lru_cache
from typing import Any

from pipeline.problems import Level, Place, Problem, error
from pipeline.read.roles import PRIVATE, ROLES, WORDING, Role
from pipeline.read.tables import NO_OTHERS, TableRow
from pipeline.read.text import match_key
from pipeline.records import Record, Sentence, Status
from pipeline.report import Report

OPEN_WORDS = ("", "no", "open")
PARAGRAPH = re.compile(r"(?:yes,?\s*)?(?:exempt,?\s*)?\(?(?:para(?:graph)?s?\.?\s*)?(\d{1,2})\)?", re.IGNORECASE)
NOT_PUBLIC = re.compile(r"exempt|sch(?:edule|\.)?\s*12|confidential|restricted|not for publication", re.IGNORECASE)
UNTOLD = "?"
# A blank cell leaves the record's own blank, whatever its type, but for these:
NEVER_BLANK = {"deadline", "completed_on", "review_on", "percent", "due", "submitted", "cleared_on", "in_plan"}


def make_records(name: str, rows: Sequence[TableRow], report: Report, problems: list[Problem]) -> Iterator[Record]:
    """The records of one role; rows that lack what no record can lack, or are struck out, give none."""
    role = ROLES[name]
    wanted = fields_of(role.make)
    unread = {each.place for each in problems if each.level is Level.ERROR}
    keys: dict[str, int] = {}
    refs = refs_of(rows) if "in_reply_to" in wanted else {}
    for row in rows:
        if row.struck or lacking(role, row):
            continue
        values = typed(name, row, report, problems)
        if reply_to := values.get("in_reply_to"):
            values["in_reply_to"] = refs.get(match_key(reply_to), reply_to)
        if unread and "exempt" in values and (row.place("exempt") in unread or hidden_away(row, unread)):
            values["exempt"] = UNTOLD
        key = once(role.key(values), keys)
        others = {field: str(values.pop(field) or "") for field in [*values] if field not in wanted} or NO_OTHERS
        known = {field: value for field, value in values.items() if value is not None or field in NEVER_BLANK}
        yield role.make(key=key, source=row.source, cells=row.places, others=others, **known)


@cache
def fields_of(make: Callable[..., Record]) -> frozenset[str]:
    """The fields of a type of record."""
    return frozenset(field.name for field in dataclass_fields(make))  # type: ignore[arg-type]


def refs_of(rows: Sequence[TableRow]) -> Mapping[str, str]:
    """The refs of a table as they are spelt in their own rows: `cor-038 ` in another column means `COR-038`."""
    return {match_key(text): text for row in reversed(rows) if isinstance(text := row.values.get("ref"), str) and text}


def lacking(role: Role, row: TableRow) -> bool:
    """Does the row lack what no record of its role can lack?"""
    return any(row.values.get(field) in (None, "") for field in role.needs)


def names_left_out(name: str, rows: Sequence[TableRow]) -> set[str]:
    """The refs and areas of rows that give no record because something is missing in them."""
    role = ROLES[name]
    texts = (row.values.get(field) for row in rows if lacking(role, row) for field in role.needs)
    return {text for text in texts if isinstance(text, str) and text}


def once(key: str, used: dict[str, int]) -> str:
    """The key, with a number behind it where a row before has the same: a draft can be made of doubled rows too."""
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else f"{key} ({used[key]})"


def typed(name: str, row: TableRow, report: Report, problems: list[Problem]) -> dict[str, Any]:
    """The row's values, with what is not in the cell as it stands: what a status means, what is exempt."""
    values = dict(row.values)
    if name == "actions":
        words = values.pop("status", None) or ""
        values |= {"status_words": words, "status": meaning(words, report.status_words)}
    if name in PRIVATE:
        values["exempt"] = exempt(row, problems)
    return values


def withheld(name: str, rows: Sequence[TableRow], problems: Sequence[Problem]) -> Mapping[str, Place]:
    """The numbers of rows that are not surely open, be they records or not, each with its cell."""
    if name not in PRIVATE:
        return {}
    unread = {each.place for each in problems if each.level is Level.ERROR}
    return {row_of(row.source): row.place("exempt") for row in rows if not surely_open(row, unread)}


def surely_open(row: TableRow, unread: Collection[Place]) -> bool:
    """Does the row say that it is open, in a cell that could be read?"""
    if exempt(row, []):
        return False
    return not (unread and (row.place("exempt") in unread or hidden_away(row, unread)))


def exempt_elsewhere(row: TableRow) -> str:
    """What stands under a heading that can only be meant for exempt rows, in a table without the known heading."""
    return next((text for heading, text in row.others.items() if text.strip() and speaks_of_exempt(heading)), "")


def hidden_away(row: TableRow, unread: Collection[Place]) -> bool:
    """Is there no known heading for exempt rows, but one that is meant for them, and a cell in the row not read?"""
    meant = "exempt" not in row.places and any(map(speaks_of_exempt, row.others))
    return meant and any(row_of(each) == row_of(row.source) for each in unread if each.sheet == row.source.sheet)


def row_of(place: Place) -> str:
    """The number of a cell's row, as text."""
    return place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@lru_cache(maxsize=1024)
def speaks_of_exempt(heading: str) -> bool:
    """Is the heading, misspelt or in other words, one for rows that may not be published?"""
    words = re.findall(r"[a-z]+", heading.casefold())
    return bool(NOT_PUBLIC.search(heading)) or bool(difflib.get_close_matches("exempt", words, 1, 0.8))


def meaning(word: str, status_words: Mapping[str, Sequence[str]]) -> Status:
    """What a status word means; a word that is not known counts as open, so that nothing drops out unseen."""
    return next((Status(status) for status, words in status_words.items() if word in words), Status.OPEN)


def exempt(row: TableRow, problems: list[Problem]) -> str:
    """The paragraph of Schedule 12A by which a row is exempt, `?` where that cannot be told, or blank for an open row.

    Only a closed list of words makes a row open; whatever else stands there keeps the row out of the paper
    (Local Government Act 1972, Schedule 12A).
    """
    text = (row.values["exempt"] if "exempt" in row.values else exempt_elsewhere(row)) or ""
    if text.strip().casefold() in OPEN_WORDS:
        return ""
    if paragraph := PARAGRAPH.fullmatch(text.strip()):
        return paragraph.group(1)
    cure = "Type the number of the paragraph of Schedule 12A, or leave the cell blank for an open row."
    problems.append(
        error(
            "I602", row.place("exempt"), f"“{text[:40]}” does not say whether the row is exempt; it was kept out.", cure
        )
    )
    return UNTOLD


def make_sentences(rows: Sequence[TableRow]) -> Iterator[Sentence]:
    """The wording sheet's rows; one without a name is named by its text."""
    keys: dict[str, int] = {}
    for row in rows:
        values = row.values
        if row.struck or any(values.get(field) in (None, "") for field in WORDING.needs):
            continue
        text = str(values["text"])
        yield Sentence(
            key=once(values.get("name") or hashlib.sha256(text.encode()).hexdigest()[:8], keys),
            source=row.source,
            cells=row.places,
            section=values["section"],
            text=text,
            joins=bool(values.get("joins")),
            for_each=values.get("for_each") or "",
            show_when=values.get("show_when") or "",
        )


def headings_of(role: Role) -> tuple[str, ...]:
    """The plain headings of a role's columns, as a starter workbook has them."""
    return tuple(each.headings[0] for each in role.columns)
