from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from pipeline.nations import NATIONS
from pipeline.publish import FIRST_YEAR, LAST_YEAR, holidays_of, reckoned


@pytest.mark.parametrize("nation", NATIONS)
def test_the_shipped_days_are_those_the_package_reckons(nation: str) -> None:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    assert holidays_of(nation, years) == reckoned(nation, years)


@pytest.mark.parametrize("nation", NATIONS)
def test_this_year_and_the_next_two_are_shipped(nation: str) -> None:
    for year in range(dt.date.today().year, dt.date.today().year + 3):
        assert len(holidays_of(nation, [year])) >= 7
        assert year <= LAST_YEAR


@pytest.mark.parametrize("nation", NATIONS)
def test_years_beyond_the_file_are_reckoned(nation: str) -> None:
    assert holidays_of(nation, [2013, 2033]) == reckoned(nation, [2013, 2033])
    assert {day.year for day in holidays_of(nation, [2013, 2014, 2033])} == {2013, 2014, 2033}


@pytest.mark.parametrize("day", ["2022-06-03", "2022-09-19", "2023-05-08", "2020-05-08"])
def test_proclaimed_days_are_there(day: str) -> None:
    for nation in ("england", "wales"):
        assert dt.date.fromisoformat(day) in holidays_of(nation, [int(day[:4])])


def test_the_slow_package_is_left_alone_for_shipped_years() -> None:
    code = (
        "import sys; from pipeline.publish.clear_days import holidays_of as b;"
        "b('england', [2017]); early = 'holidays' in sys.modules; b('england', [2040]);"
        "print(early, 'holidays' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
