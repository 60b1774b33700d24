"""Bank holidays of the four nations, from a file of our own: the package that knows them all is slow."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

FIRST_YEAR, LAST_YEAR = 2014, 2032
_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
NATIONS = tuple(_SUBDIVISIONS)


def bank_holidays(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The weekday bank holidays of `nation` (one of NATIONS; else KeyError) in `years`, each with its name.

    Years of the shipped file (2014 to 2032) are read from it, others reckoned by the `holidays` package.
    """
    wanted = set(years)
    shipped = {day: name for day, name in _shipped()[nation].items() if day.year in wanted}
    beyond = sorted(year for year in wanted if not FIRST_YEAR <= year <= LAST_YEAR)
    return shipped | (reckoned(nation, beyond) if beyond else {})


def reckoned(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The same from the `holidays` package: proclaimed days that it does not know yet are missing."""
    import holidays

    wanted = set(years)
    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=wanted)
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5 and day.year in wanted}


@cache
def _shipped() -> dict[str, dict[dt.date, str]]:
    text = resources.files(__package__).joinpath("bank_holidays.toml").read_text(encoding="utf-8")
    return {
        nation: {dt.date.fromisoformat(day): name for day, name in days.items()}
        for nation, days in tomllib.loads(text).items()
    }
