"""One cell to a day, or to a date as precise as the officer gave it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

from pipeline.kinds import When
from pipeline.nearest import nearest
from pipeline.problems import Place, Problem, error, note
from pipeline.read.cells import as_text, unusable
from pipeline.read.dates import DAYS, FORMS, OUTSIDE, Unreadable, day, in_window, month, parse_date
from pipeline.sheets import Cell, shows
from pipeline.text import excerpt, match_key

_FIRST_SECOND, _LAST_HALF_SECOND = dt.time(0, 0, 1), dt.time(23, 59, 59, 500_000)
_CURE = f"Type the date, as {FORMS}."


def as_day(cell: Cell | None, place: Place, problems: list[Problem]) -> dt.date | None:
    """The day in the cell; None where it is blank or is no day (a month alone is a problem, I316)."""
    wrong: list[Problem] = []
    when = as_when(cell, place, wrong)
    if wrong:
        problems.extend(replace(each, cure=each.cure.replace(FORMS, DAYS)) for each in wrong)
    if when is None:
        return None
    if when.precision == "month":
        problems.append(_only_month(when, place))
        return None
    return when.first


def as_when(
    cell: Cell | None,
    place: Place,
    problems: list[Problem],
    open_words: Collection[str] | Mapping[str, str] = (),
) -> When | None:
    """The day, month or open words in the cell; None where it is blank or cannot be relied on.

    A typed date whose format shows no day is a month. `open_words` are the words allowed in place of a date; a mapping
    gives the form to print each of them in. Problems: I310 not a date, I311 no such date, I312 wrong weekday, I313 a
    number, I314 outside 1990 to 2099; a time of day is left out with a note (I315).
    """
    if cell is None or unusable(cell, place, problems):
        return None
    if isinstance(cell.value, dt.datetime):
        return _typed(cell, cell.value, place, problems)
    if cell.kind != "text":
        problems.append(_number(cell, place))
        return None
    text = as_text(cell, place, problems)
    return _open(text, open_words) or _written(text, place, problems, open_words)


def _typed(cell: Cell, value: dt.datetime, place: Place, problems: list[Problem]) -> When | None:
    date, time = value.date(), value.time()
    if time >= _LAST_HALF_SECOND:
        date, time = date + dt.timedelta(days=1), dt.time()
    if not in_window(date.year):
        problems.append(
            error("I314", place, f"“{date:%d/%m}/{date.year}” {OUTSIDE.wrong}", OUTSIDE.cure)
        )  # fmt: skip
        return None
    precision = shows(cell.format)
    if precision == "year":
        problems.append(error("I316", place, f"The cell shows only the year “{date.year}”.", _CURE))
        return None
    if precision == "month":
        return month(date.year, date.month)
    if time >= _FIRST_SECOND:
        problems.append(_time_left_out(f"{time:%H:%M}", place))
    return day(date)


def _open(text: str, words: Collection[str] | Mapping[str, str]) -> When | None:
    known = words if isinstance(words, Mapping) else {word: word for word in words}
    for word, house in known.items():
        if match_key(word) == match_key(text):
            return When("open", None, None, house)
    return None


def _written(text: str, place: Place, problems: list[Problem], words: Collection[str] = ()) -> When | None:
    if not text:
        return None
    found = parse_date(text)
    if isinstance(found, Unreadable):
        problems.append(_unreadable(text, found, place, words))
        return None
    if found.time:
        problems.append(_time_left_out(found.time, place))
    return found.when


def _unreadable(text: str, found: Unreadable, place: Place, words: Collection[str]) -> Problem:
    near = nearest(text, words, key=match_key) if FORMS in found.cure else None
    hint = f" Did you mean “{near}”?" if near else ""
    houses = dict.fromkeys(words.values() if isinstance(words, Mapping) else words)
    other = f"{FORMS}, or as {' or '.join(f'“{each}”' for each in houses)}" if houses else FORMS
    cure = found.cure.replace(FORMS, other)
    return error(found.code, place, f"“{excerpt(text)}” {found.wrong}{hint}", cure)


def _number(cell: Cell, place: Place) -> Problem:
    if cell.kind == "yesno":
        return error("I310", place, f"“{'TRUE' if cell.value else 'FALSE'}” is not a date that can be read.", _CURE)
    if shows(cell.format) in ("date", "month", "year"):
        return error("I314", place, "Excel shows “########” here: the number is no date.", _CURE)
    if cell.kind == "time":
        return error("I310", place, "The cell holds a time of day, not a date.", _CURE)
    return error(
        "I313", place, f"“{excerpt(cell.text)}” is a number, not a date.",
        "Type the date again, or give the cell a date format if the number is Excel's own for a date.",
    )  # fmt: skip


def _only_month(when: When, place: Place) -> Problem:
    return error(
        "I316",
        place,
        f"The cell gives only a month ({when.words}); a day is needed here.",
        "Type the day too, as in 23/01/2017.",
    )


def _time_left_out(time: str, place: Place) -> Problem:
    return note("I315", place, f"The time {time} beside the date was left out.")
