"""What people say of pictures and tables for those who cannot see them, once said, is kept through every draft."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.revise import Paper, open_paper
from pipeline.word import VAL, make, qn
from tests import hands
from tests.office import Office, office, publish, without_pdf
from tests.revise.colleague import Colleague

MEETING = "2017-01-23"
SAID = "Each open action, with its deadline and how it stands"
PLACE = "In the letter that went with the update"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    without_pdf(monkeypatch)
    return office(tmp_path)


def built(desk: Office, on: int = 12) -> Path:
    return desk.build(MEETING, now=dt.datetime(2017, 1, on, 9, tzinfo=dt.UTC)).path


def described(path: Path, by: str = hands.ANN) -> str:
    """Somebody describes the first table, and puts a picture in with its description, which is returned."""
    said: list[str] = []

    def change(paper: Paper) -> None:
        about = next(paper.body.iter(qn("w:tblPr")))
        for old in about.findall(qn("w:tblDescription")):
            about.remove(old)
        about.append(make("w:tblDescription", val=SAID))
        hand = Colleague(paper, 7, {}, name=by)
        hand.picture(hands.place(paper, PLACE))
        said.extend(hand.described)

    hands.changed(path, change, by)
    return said[0]


def descriptions(path: Path) -> set[str]:
    body = open_paper(path.read_bytes(), path.name).body
    tables = {each.get(VAL, "") for each in body.iter(qn("w:tblDescription"))}
    return tables | {each.get("descr", "") for each in body.iter(qn("wp:docPr"))}


def facts_move(desk: Office, month: int) -> None:
    desk.put("tracker.xlsx", "Actions", D7=dt.datetime(2017, month, 24), C8=f"Publish the register of month {month}")


def test_they_stand_in_every_draft_after_and_in_what_is_published(desk: Office) -> None:
    picture = described(built(desk))
    for on in (13, 14):
        facts_move(desk, on - 11)
        path = built(desk, on)
        assert {SAID, picture} <= descriptions(path)
    made = publish(desk.order(MEETING, now=dt.datetime(2017, 1, 14, 9, tzinfo=dt.UTC)))
    [paper] = made.folder.glob("*.docx")
    assert {SAID, picture} <= descriptions(paper)


def test_they_come_along_from_a_copy(desk: Office) -> None:
    path = built(desk)
    twin = hands.copied(path, "JS.docx")
    picture = described(twin, hands.JS)
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    facts_move(desk, 3)
    made = built(desk, 13)
    assert {SAID, picture} <= descriptions(made)
    assert "says Ann" in hands.says(made)
