"""The law of four nations: the last lawful day of sixty-four meetings with its sum, and the words of the exemptions.

`clear_days.txt` is there to be read: every day between publication and meeting, and what it counts as. What the law
says of exempt information is held against how it begins in the place where it was read.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.nations import NATIONS, law_of
from pipeline.problems import PaperError
from pipeline.publish import closed_days, publication_day, reckoning
from pipeline.report import load_report

TABLE = Path(__file__).with_name("clear_days.txt")
MEETINGS = [
    "2017-01-04",
    "2017-01-23",
    "2017-04-18",
    "2017-04-20",
    "2018-05-08",
    "2019-12-31",
    "2020-05-13",
    "2020-12-30",
    "2022-06-08",
    "2022-09-26",
    "2023-01-06",
    "2023-05-11",
    "2024-03-20",
    "2024-12-02",
    "2026-07-15",
    "2027-01-05",
]


def sums() -> str:
    """Each meeting of the table under its nation, with the last day to publish for it and every day between."""
    lines = []
    for nation in NATIONS:
        days = law_of(nation).clear_days
        for meeting in map(dt.date.fromisoformat, MEETINGS):
            closed = closed_days(nation, meeting)
            last = publication_day(meeting, days, closed)
            lines += [f"== {nation}, {meeting}, {days} clear days: {last}", *reckoning(last, meeting, closed)]
    return "\n".join(lines) + "\n"


def test_the_last_lawful_day_of_each_meeting_with_its_sum() -> None:
    assert sums().count("== ") >= 60
    assert sums() == TABLE.read_text(encoding="utf-8")


# As read in SI 2006/88 (England), SI 2007/969 and 2007/951, regulation 4 (Wales), 1973 c. 65, Schedule 7A (Scotland),
# and 2014 c. 8 (N.I.), Schedule 6.
BEGINNINGS = {
    "england": {
        "1": "Information relating to any individual", "2": "Information which is likely to reveal the identity",
        "3": "Information relating to the financial or business affairs", "5": "Information in respect of which",
        "7": "Information relating to any action taken or to be taken",
    },
    "wales": {
        "12": "Information relating to a particular individual", "14": "Information relating to the financial or",
        "18A": "Information which is subject to any obligations", "18C": "The deliberations of a standards committee",
    },
    "scotland": {
        "1": "Information relating to a particular employee", "2": "Information relating to any particular occupier",
        "3": "Information relating to any particular applicant", "4": "Information relating to any particular",
        "6": "Information relating to the financial", "8": "The amount of any expenditure proposed",
        "12": "Any instructions to counsel and any opinion of counsel", "14": "Any action taken or to be taken",
    },
    "northern-ireland": {
        "2": "Information which is likely to reveal the identity of an", "3": "Information relating to the financial",
        "5": "Information in relation to which a claim", "7": "Information relating to any action taken or to be taken",
    },
}  # fmt: skip


def test_a_paragraph_says_what_its_source_says() -> None:
    for nation, beginnings in BEGINNINGS.items():
        exempt = law_of(nation).exempt
        assert {number: exempt[number].startswith(text) for number, text in beginnings.items()} == dict.fromkeys(
            beginnings, True
        )


@pytest.mark.parametrize(("nation", "first", "last", "number"), [
    ("england", "1", "7", 7), ("wales", "12", "18C", 10), ("scotland", "1", "15", 15),
    ("northern-ireland", "1", "7", 7),
])  # fmt: skip
def test_each_nation_has_the_paragraphs_of_its_own_law(nation: str, first: str, last: str, number: int) -> None:
    paragraphs = list(law_of(nation).exempt)
    assert (paragraphs[0], paragraphs[-1], len(paragraphs)) == (first, last, number)


def test_what_nobody_has_read_at_its_source_is_named() -> None:
    """A list that may only get shorter: each is from memory."""
    unread = {nation: law_of(nation).unread for nation in NATIONS}
    assert {nation: names for nation, names in unread.items() if names} == {
        "scotland": ("9", "10", "11", "13", "15"),
        "northern-ireland": ("clear_days", "late", "1", "4", "6"),
    }


def test_a_report_may_be_of_each_of_them_and_of_no_other(tmp_path: Path) -> None:
    for nation in (*NATIONS, "cornwall"):
        settings = f'[fields]\ntitle = "Plan"\n[publication]\nnation = "{nation}"\n'
        (tmp_path / "report.toml").write_text(settings, encoding="utf-8")
        if nation in NATIONS:
            assert load_report(tmp_path).nation == nation
        else:
            with pytest.raises(PaperError, match="cornwall"):
                load_report(tmp_path)
