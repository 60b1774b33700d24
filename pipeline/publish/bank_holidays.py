"""Bank holidays of the four nations, from a file of our own: the package that knows them all is slow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import tomli

FIRST_YEAR, LAST_YEAR = 2014, 2032
_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
NATIONS = tuple(_SUBDIVISIONS)
_FILE = Path(__file__).with_suffix(".toml")


def holidays_of(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The weekday bank holidays of `nation` (one of NATIONS; else KeyError) in `years`, each with its name.

    Years of the shipped file (2014 to 2032) are read from it, others reckoned by the `holidays` package.
    """
    wanted = set(years)
    shipped = {day: name for day, name in _shipped(nation).items() if day.year in wanted}
    beyond = sorted(year for year in wanted if not FIRST_YEAR <= year <= LAST_YEAR)
    return shipped | (reckoned(nation, beyond) if beyond else {})


def reckoned(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The same from the `holidays` package: proclaimed days that it does not know yet are missing."""
    import holidays

    wanted = set(years)
    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=wanted)
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5 and day.year in wanted}


@cache
def _shipped(nation: str) -> dict[dt.date, str]:
    """The nation's part of the file alone: to read all four takes four times as long. Raises KeyError for no nation."""
    text = _FILE.read_text(encoding="utf-8")
    if nation not in _SUBDIVISIONS:
        raise KeyError(nation)
    start = text.index(f"[{nation}]\n")
    end = text.find("\n[", start)
    days = tomli.loads(text[start:] if end < 0 else text[start:end])[nation]
    return {dt.date.fromisoformat(day): name for day, name in days.items()}
