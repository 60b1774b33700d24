"""Sixty months of the daily task (a year by default), with all that goes wrong with calendars, servers and people.

The reckoning of days is done here a second time, from the bank holidays of the `holidays` package alone.
COMMITTEE_PAPERS_SEED chooses other runs for the long proof; COMMITTEE_PAPERS_RUNS how often, of a hundred days, the
server is up.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest

from pipeline.store import publish_files, sha256_of
from pipeline.unattended import draft_due
from tests.office import status as standing
from tests.small_report import SmallReport, small_report, typed_into, words_of

ENOUGH = 1
"""The seed of seven months in which everything happens."""
SEED = int(os.environ.get("COMMITTEE_PAPERS_SEED", "1"))
RUNS = int(os.environ.get("COMMITTEE_PAPERS_RUNS", "22"))
FIRST = dt.date(2022, 5, 1)
DAY = dt.timedelta(days=1)
ZONES = ("UTC", "Pacific/Auckland", "Europe/London", "America/St_Johns")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
BANK = holidays.country_holidays("GB", subdiv="ENG", years=range(2021, 2050))


def back(day: dt.date, number: int, closed: set[dt.date]) -> dt.date:
    """So many working days before a day, counted one by one."""
    while number:
        day -= DAY
        if day.weekday() < 5 and day not in BANK and day not in closed:
            number -= 1
    return day


@dataclass
class Meeting:
    """A meeting as it is in the calendar now, what officers typed for it, and every day it was ever on."""

    day: dt.date
    edits: list[str] = field(default_factory=list)
    published: bool = False
    typed_in: Path | None = None

    def days(self, closed: set[dt.date]) -> tuple[dt.date, dt.date, dt.date, dt.date]:
        """First draft, comments, clearance, publication: 5, 3 and 1 working days before publication."""
        publish = back(self.day, 6, closed)
        return back(publish, 5, closed), back(publish, 3, closed), back(publish, 1, closed), publish


@dataclass
class Years:
    """The office and its server, day by day."""

    report: SmallReport
    chance: random.Random
    meetings: list[Meeting] = field(default_factory=list)
    closed: set[dt.date] = field(default_factory=set)
    actions: int = 3
    told_actions: int = 3
    cleared: dt.date | None = None
    down_until: dt.date = FIRST
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def plan(self, months: int) -> None:
        """A meeting a month: month ends, days after bank holidays and the leap day among them."""
        for number in range(months):
            month = dt.date(FIRST.year + (FIRST.month + number) // 12, (FIRST.month + number) % 12 + 1, 1)
            day = month + dt.timedelta(days=self.chance.choice((0, 8, 15, 22, 27, 28)))
            self.meetings.append(Meeting(self.working(day if day.month == month.month else day - DAY)))
        self.report.finance("The costs are met from the budget.")
        self.type_calendar()

    def working(self, day: dt.date) -> dt.date:
        while day.weekday() > 4 or day in BANK or any(each.day == day for each in self.meetings):
            day += DAY
        return day

    def type_calendar(self) -> None:
        self.report.calendar((each.day for each in self.meetings), sorted(self.closed))

    def next(self, today: dt.date) -> Meeting | None:
        return next((each for each in sorted(self.meetings, key=lambda one: one.day) if each.day >= today), None)

    def moment(self, today: dt.date) -> dt.datetime:
        """Any minute of the day, in any zone."""
        time = dt.time(self.chance.choice((0, 1, 6, 23)), self.chance.randrange(60))
        return dt.datetime.combine(today, time, ZoneInfo(self.chance.choice(ZONES)))

    def people(self, today: dt.date) -> None:
        """What the officers do in a day."""
        meeting = self.next(today)
        if meeting is None or meeting.published:
            return
        first, _, _, publish = meeting.days(self.closed)
        if today < first - 5 * DAY:
            return
        papers = self.report.papers(meeting.day)
        if papers and self.chance.random() < 0.15:
            self.edit(meeting, papers)
        if self.chance.random() < 0.12:
            self.actions = self.actions % 9 + 1
            self.report.tracker(self.actions)
        if self.chance.random() < 0.04:
            self.cleared = today
            self.report.clearance("Finance", today)
        if self.chance.random() < 0.01:
            self.closed.add(self.working(today + 4 * DAY))
            self.type_calendar()
        if self.chance.random() < 0.03 and today < meeting.day - 3 * DAY:
            meeting.day = self.working(max(today + DAY, meeting.day + self.chance.randrange(-6, 13) * DAY))
            self.type_calendar()
            self.count("moved")
        elif papers and today == publish and self.chance.random() < 0.6:
            folder = papers[0].parent
            publish_files(folder, {"paper.docx": papers[-1].read_bytes()}, at=self.moment(today), about={})
            meeting.published = True
            self.count("published")

    def edit(self, meeting: Meeting, papers: list[Path]) -> None:
        """A sentence of its own, in the newest draft, or in the one before while nobody has typed in the newest."""
        words = f"Note {sum(len(each.edits) for each in self.meetings) + 1} of the officers."
        older = papers[-2] if papers[1:] and self.chance.random() < 0.4 else papers[-1]
        meeting.typed_in = meeting.typed_in or older
        self.count("edits" if meeting.typed_in == papers[-1] else "edits in an older draft")
        typed_into(meeting.typed_in, words)
        meeting.edits.append(words)

    def server(self, today: dt.date) -> None:
        """The daily task, unless the server is down; now and then started twice."""
        if today < self.down_until or self.chance.randrange(100) >= RUNS:
            if self.chance.random() < 0.01:
                self.down_until = today + self.chance.randrange(2, 15) * DAY
            return
        before = self.finished(today)
        result = draft_due(self.report.order(self.moment(today)))
        assert result.code == 0, result
        self.told_actions = self.actions
        for each in self.meetings:
            each.typed_in = None
        self.count("runs")
        if self.chance.random() < 0.05:
            seen = self.files()
            again = draft_due(self.report.order(self.moment(today)))
            assert all(each.silent for each in again.papers), again
            assert self.files() == seen
            self.count("started twice")
        assert self.finished(today) == before
        self.look(today)

    def files(self) -> dict[Path, str]:
        return {path: sha256_of(path) for path in self.report.outputs.rglob("*") if path.is_file()}

    def finished(self, today: dt.date) -> dict[Path, str]:
        """Everything kept for meetings that are over, or published: never touched again."""
        over = [each.day for each in self.meetings if each.day < today or each.published]
        return {path: sha256_of(path) for day in over[-2:] for path in self.report.papers(day)}

    def look(self, today: dt.date) -> None:
        """After a run: one draft for whatever is due, with the facts of today and everything that officers typed."""
        meeting = self.next(today)
        if meeting is None or meeting.published or today < meeting.days(self.closed)[0]:
            return
        papers = self.report.papers(meeting.day)
        assert papers, (today, meeting)
        if not meeting.edits:
            assert len(papers) == 1
        said = words_of(papers[-1])
        assert f"lists {NUMBERS[self.told_actions]} open" in said
        for words in meeting.edits:
            assert said.count(words) == 1, (today, words, said)

    def status(self, today: dt.date) -> None:
        """What `status` says, against the same reckoned here."""
        told = standing(self.report.order(self.moment(today)))
        late = {paper.meeting_on: len(paper.late) for paper in told.papers if paper.late}
        expected = {each.day: number for each in self.meetings if (number := self.lateness(each, today))}
        assert late == expected, (today, late, expected)
        assert told.code == (1 if expected else 0)
        next_one = self.next(today)
        assert [paper.meeting_on for paper in told.papers][:1] == ([next_one.day] if next_one else [])
        self.count("late" if late else "in time")

    def lateness(self, meeting: Meeting, today: dt.date) -> int:
        """How many things are late."""
        first, _, clearance, publish = meeting.days(self.closed)
        if meeting.published or not first <= today <= meeting.day:
            return 0
        fresh = self.cleared is not None and self.cleared >= min(today, publish) - dt.timedelta(days=60)
        no_draft = not self.report.papers(meeting.day) and today > first
        return int(no_draft) + int(not fresh and today > clearance) + int(today > publish)


@pytest.mark.slow
@pytest.mark.parametrize(("months", "seed"), [(7, ENOUGH), pytest.param(60, SEED, marks=pytest.mark.deep)])
def test_all_months_give_one_draft_a_meeting_lose_no_edit_and_are_told_rightly(
    months: int, seed: int, tmp_path: Path
) -> None:
    years = Years(small_report(tmp_path), random.Random(seed))
    years.plan(months)
    today, last = FIRST, max(each.day for each in years.meetings)
    while today <= last + 3 * DAY:
        years.server(today)
        years.people(today)
        if years.chance.random() < 0.2:
            years.status(today)
        today += DAY
    last_words = {words for each in years.meetings for words in each.edits}
    kept = "\n".join(words_of(path) for path in years.report.outputs.rglob("*.docx") if "published" not in path.parts)
    assert all(words in kept for words in last_words)
    assert all(
        years.counts.get(what)
        for what in ("moved", "published", "edits", "edits in an older draft", "started twice", "late", "in time")
    ), years.counts


def test_the_second_reckoning_knows_the_reference_case() -> None:
    assert back(dt.date(2017, 1, 23), 6, set()) == dt.date(2017, 1, 13)
    assert back(dt.date(2023, 5, 15), 6, set()) == dt.date(2023, 5, 4)  # the coronation's Monday between them


@pytest.mark.parametrize("zone", ZONES)
def test_today_is_the_day_where_the_clock_stands(tmp_path: Path, zone: str) -> None:
    report = small_report(tmp_path)
    report.calendar([dt.date(2027, 1, 19)])
    for now, there in ((dt.datetime(2027, 1, 3, 23, 59), False), (dt.datetime(2027, 1, 4, 0, 1), True)):
        draft_due(report.order(now.replace(tzinfo=ZoneInfo(zone))))
        assert bool(report.papers(dt.date(2027, 1, 19))) is there


def test_a_lost_edit_would_be_seen(tmp_path: Path) -> None:
    years = Years(small_report(tmp_path), random.Random(SEED), [Meeting(dt.date(2027, 1, 19), ["Never typed."])])
    years.type_calendar()
    draft_due(years.report.order(dt.datetime(2027, 1, 5, 6, 30, tzinfo=dt.UTC)))
    with pytest.raises(AssertionError, match="Never typed"):
        years.look(dt.date(2027, 1, 5))


def test_a_wrong_status_would_be_seen(tmp_path: Path) -> None:
    years = Years(small_report(tmp_path), random.Random(SEED), [Meeting(dt.date(2027, 1, 19), published=True)])
    years.report.finance("The costs are met from the budget.")
    years.type_calendar()
    with pytest.raises(AssertionError):
        years.status(dt.date(2027, 1, 15))
