"""What columns tell of the program that wrote them: texts as a web list keeps them, and dates with the month first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Problem, error, note, warning
from pipeline.read.table import Headings
from pipeline.sheets import Cell, Sheet, address
from pipeline.text import excerpt

_NAMED = 8
_BLOCKS = frozenset(
    ("br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "table", "td", "th", "tr", "ul")
)
_WITHIN = ("a", "b", "code", "em", "font", "i", "img", "s", "span", "strike", "strong", "sub", "sup", "tbody", "u")
_TAGS = _BLOCKS.union(_WITHIN)
_TAG = Pattern(rf"</?({'|'.join(sorted(_TAGS, key=len, reverse=True))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = Pattern(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|nbsp|amp|lt|gt|quot|apos);")
_NOT_SHOWN = {"img": "a picture", "table": "a table"}
_SEVERAL = ";#"
_NUMBERS = Pattern(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})")
_ZONED = Pattern(r"\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d)$")
_MONTHS = 12


class Plain(NamedTuple):
    """A text as its program shows it, and what of it is no text: “a picture”, “a table”."""

    text: str
    not_shown: tuple[str, ...] = ()


def as_exported(sheet: Sheet, headings: Headings) -> tuple[Sheet, tuple[Problem, ...]]:
    """The sheet with its texts as the program shows them that exported it, and what that leaves to be told.

    Web lists (SharePoint, Planner, project systems) export texts with the markup of their pages, people and entries of
    other lists with their numbers. One note (I338) says of a column that these were taken off. Markup is taken for that
    where all of the column is such: every `<` opens a tag, every `&` an entity, as those programs write them. A column
    that has both is as somebody typed it, and a warning (I339) says so; another that a picture or table is not read.
    """
    texts = _texts(sheet, headings)
    shown = {column: _column_shown(found) for column, found in texts.items()}
    told = [
        problem for column in sorted(shown) for problem in _told(sheet, headings, column, shown[column], texts[column])
    ]
    return _with_texts(sheet, {column: plain for column, plain in shown.items() if plain}), tuple(told)


def _texts(sheet: Sheet, headings: Headings) -> dict[int, dict[int, str]]:
    """The texts below headings that may be exported so, by column and row."""
    texts: dict[int, dict[int, str]] = {}
    for row, cells in sheet.rows.items():
        for column, cell in cells.items() if row >= headings.first_row else ():
            if cell.kind == "text" and _may_be_exported(cell.value) and column in headings.texts:
                texts.setdefault(column, {})[row] = str(cell.value)
    return texts


def _column_shown(texts: Mapping[int, str]) -> Mapping[int, Plain]:
    """The texts of a column, by row, that are shown otherwise than they are kept."""
    shown = {row: Plain(names) for row, text in texts.items() if (names := _names(text)) is not None}
    if all(map(_is_markup, texts.values())):
        shown |= {row: _as_shown(text) for row, text in texts.items() if "<" in text or "&" in text}
    return shown


def _may_be_exported(text: Any) -> bool:
    return "<" in text or "&" in text or _SEVERAL in text


def _is_markup(text: str) -> bool:
    """Is every `<` of the text a tag, and every `&` an entity?"""
    return text.count("<") == len(_TAG.findall(text)) and text.count("&") == len(_ENTITY.findall(text))


def _with_texts(sheet: Sheet, shown: Mapping[int, Mapping[int, Plain]]) -> Sheet:
    rows = dict(sheet.rows)
    for column, texts in shown.items():
        for row, text in texts.items():
            rows[row] = {**rows[row], column: rows[row][column]._replace(value=text.text)}
    return replace(sheet, rows=rows) if shown else sheet


@lru_cache(maxsize=4096)
def _as_shown(text: str) -> Plain:
    """What a text with markup shows, a line for each block."""
    from html import unescape

    names = [match[1].lower() for match in _TAG.finditer(text)]
    plain = _TAG.sub(lambda match: "\n" if match[1].lower() in _BLOCKS else "", text)
    lines = (" ".join(line.split()) for line in unescape(plain).replace("\u200b", "").split("\n"))
    lost = dict.fromkeys(_NOT_SHOWN[name] for name in names if name in _NOT_SHOWN)
    return Plain("\n".join(line for line in lines if line), tuple(lost))


def _names(text: str) -> str | None:
    """The names of `Jane Smith;#14`, `12;#Waste;#13;#Streets` or `;#Waste;#Streets;#`; None for other texts."""
    parts = text.strip().strip(";#").split(_SEVERAL) if text.startswith(_SEVERAL) else text.split(_SEVERAL)
    if text.startswith(_SEVERAL):
        return ", ".join(parts)
    for numbers, names in ((parts[::2], parts[1::2]), (parts[1::2], parts[::2])):
        if len(numbers) == len(names) and all(number.isdigit() for number in numbers):
            return ", ".join(names)
    return None


def _told(
    sheet: Sheet, headings: Headings, column: int, shown: Mapping[int, Plain], texts: Mapping[int, str]
) -> Iterator[Problem]:
    """What is told of one column with markup or numbers of entries."""
    heading, place = excerpt(headings.texts[column]), sheet.place(headings.row, column)
    if shown:
        message = f"“{heading}” was exported with markup or numbers of entries; they were taken off:"
        yield note("I338", place, f"{message} {_listed(list(shown), column)}.")
    if marked := [row for row, text in texts.items() if row not in shown and _TAG.search(text)]:
        message = f"“{heading}” holds markup of a web page beside other signs, and is printed as it is."
        yield warning("I339", place, message, f"Take the markup out of {_listed(marked, column)}, if it is not meant.")
    for row, plain in shown.items():
        if plain.not_shown:
            message = f"The text holds {' and '.join(plain.not_shown)}, which cannot be read from an export."
            cure = "Say in words what it shows, or leave it out."
            yield warning("I339", sheet.place(row, column), message, cure)


# -- the order of dates ------------------------------------------------------------------------------------------------


def about_dates(
    cells: Mapping[int, Cell | None], column: int, month_first: bool = False
) -> Iterator[tuple[int, Problem]]:
    """What is told of a column of dates as a whole, its cells given by row, each with the row of the first it means:
    moments with their zone (I323), and an order that is in doubt (I318) unless it is settled to be `month_first`.
    """
    texts = {row: cell.value for row, cell in cells.items() if cell is not None and isinstance(cell.value, str)}
    zoned = next((row for row, text in texts.items() if _ZONED.search(text)), 0)
    if zoned:
        message = f"“{excerpt(texts[zoned])}” names its time zone; each date of the column is the day in Britain."
        yield zoned, note("I323", NOWHERE, message)
    if not month_first:
        yield from order_in_doubt(cells, column)


def order_in_doubt(cells: Mapping[int, Cell | None], column: int) -> Iterator[tuple[int, Problem]]:
    """The error of a column some of whose dates have the month first, with the row of the first that is in doubt.

    One date that exists only with the month first puts all others in doubt whose day could be a month: typed ones too,
    for Excel turns the dates of an American file round where it can.
    """
    pairs = {row: pair for row, cell in cells.items() if (pair := _first_and_second(cell))}
    american = next((row for row, (first, second) in pairs.items() if first <= _MONTHS < second), 0)
    doubtful = [row for row, (first, second) in pairs.items() if first != second and max(first, second) <= _MONTHS]
    proof = cells.get(american)
    if proof is not None and doubtful:
        message = (
            f"“{excerpt(proof.text)}” in {address(american, column)} has the month first, so these dates may have it"
            f" too: {_listed(doubtful, column)}."
        )
        cure = 'Type them again, the day first; or write dates = "month first" for this sheet into report.toml.'
        yield doubtful[0], error("I318", NOWHERE, message, cure)


def _first_and_second(cell: Cell | None) -> tuple[int, int] | None:
    """The two numbers before the year, as a text has them, or of a typed date day and month."""
    if cell is None:
        return None
    if isinstance(cell.value, dt.datetime):
        return cell.value.day, cell.value.month
    match = _NUMBERS.fullmatch(cell.value.strip()) if isinstance(cell.value, str) else None
    return (int(match[1]), int(match[3])) if match else None


def _listed(rows: Sequence[int], column: int) -> str:
    names = ", ".join(address(row, column) for row in rows[:_NAMED])
    return f"{names} and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else names
