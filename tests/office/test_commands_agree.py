"""How a paper stands is worked out once: check, status, publish, settle and the nightly task say the same of it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.office import settle
from pipeline.problems import Level, PaperError, Problem
from pipeline.unattended import draft_due
from tests import hands
from tests.office import Office, asked, check, office, publish, status

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)
OLD, TYPED, NEW = "Action Plan for Asset Rental Account", "Plan for renting out assets", "Action Plan for Rents"


def order(desk: Office, now: dt.datetime = NOW) -> Any:
    return desk.order(MEETING, now=now, as_at=now.date())


def drafted(desk: Office) -> Path:
    return desk.build(MEETING, now=NOW, as_at=NOW.date()).path


def nothing_made(_: Office) -> None:
    """No draft yet."""


def sound(desk: Office) -> None:
    drafted(desk)


def a_wrong_cell(desk: Office) -> None:
    drafted(desk)
    desk.put("tracker.xlsx", "Actions", E7="Inprogress")


def a_place_kept(desk: Office) -> None:
    hands.typed(drafted(desk), OLD, "Rental of assets, £XX,XXX")


def an_open_difference(desk: Office) -> None:
    path = drafted(desk)
    hands.typed(path, OLD, TYPED)
    desk.put("tracker.xlsx", "Actions", C9=NEW)
    drafted(desk)


def facts_that_moved(desk: Office) -> None:
    drafted(desk)
    desk.put("tracker.xlsx", "Actions", C9=NEW)


def a_copy_not_taken_in(desk: Office) -> None:
    path = drafted(desk)
    copy = path.with_name(f"{path.stem} JS.docx")
    shutil.copy(path, copy)
    hands.typed(copy, OLD, TYPED)


def cleared_words_typed_over(desk: Office) -> None:
    hands.typed(drafted(desk), "Carrying out", "Now carrying out")


def a_service_that_has_not_sent(desk: Office) -> None:
    (desk.inputs / "comments" / "finance.docx").unlink()
    drafted(desk)


@dataclass(frozen=True)
class Told:
    """What the commands say: codes of errors by check, status and publish, what is open by settle and status."""

    check: tuple[str, ...]
    status: tuple[str, ...]
    refused: tuple[str, ...]
    open: int
    open_in_status: int


def codes(problems: Any) -> tuple[str, ...]:
    found: list[Problem] = [problem for problem in problems if problem.level is Level.ERROR]
    return tuple(sorted({problem.code for problem in found}))


def told(desk: Office) -> Told:
    found = status(order(desk))
    paper = next(each for each in found.papers if each.meeting_on == dt.date(2017, 1, 23))
    listed = settle(desk.report, **asked(order(desk))).differences if paper.number else ()
    try:
        publish(order(desk))
        refused: tuple[str, ...] = ()
    except PaperError as why:
        refused = codes(why.problems)
    return Told(codes(check(order(desk))), codes(paper.problems), refused, len(listed), len(paper.differences))


STATES: dict[Callable[[Office], None], tuple[str, ...]] = {
    nothing_made: (),
    sound: (),
    a_wrong_cell: ("I341",),
    a_place_kept: ("P105",),
    an_open_difference: ("C170",),
    facts_that_moved: ("C151",),
    a_copy_not_taken_in: ("F140",),
    cleared_words_typed_over: ("C210",),
    a_service_that_has_not_sent: ("I604",),
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_check_status_publish_and_settle_say_the_same(state: Callable[[Office], None], tmp_path: Path) -> None:
    desk = office(tmp_path)
    state(desk)
    found, wanted = told(desk), set(STATES[state])
    assert wanted <= set(found.check)
    assert found.check == found.status
    assert found.open == found.open_in_status
    if state is nothing_made:
        assert found.refused == ("C150",)
    else:
        assert found.refused == found.check


@pytest.mark.parametrize(
    ("state", "first", "second"), [(sound, 0, 0), (an_open_difference, 3, 0), (a_copy_not_taken_in, 0, 0)]
)
def test_the_nightly_task_tells_of_what_is_open_once(
    state: Callable[[Office], None], first: int, second: int, tmp_path: Path
) -> None:
    desk = office(tmp_path)
    state(desk)
    assert [draft_due(order(desk, now)).code for now in (NOW, LATER)] == [first, second]
