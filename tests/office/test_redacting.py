"""A published version that must not be read any more: destroyed for good, on record, with the rest still provable."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.office import Redaction, redaction, verify, withdraw
from pipeline.problems import NeedsPerson
from tests import hands
from tests.office import Office, asked, office, publish, supplement, without_pdf
from tests.reader import read_paper
from tests.test_months import february

MEETING, SECRET = "2017-01-23", "Mrs Canary of 7 Elm Road"
NOW, LATER = (dt.datetime(2017, 1, day, 9, tzinfo=dt.UTC) for day in (12, 18))
WHY = "It named a resident."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Version 1 names a resident, version 2 does not; the draft that says it is gone."""
    without_pdf(monkeypatch)
    made = office(tmp_path)
    draft = made.build(MEETING, now=NOW).path
    plain = "A second workshop is"
    named = f"A second workshop with {SECRET} is"
    hands.typed(draft, plain, named)
    publish(made.order(MEETING, now=NOW))
    hands.typed(draft, named, plain)
    publish(made.order(MEETING, now=NOW))
    return made


def paper(desk: Office) -> Path:
    return desk.folder / "outputs" / desk.report / MEETING


def redacted(desk: Office, version: int = 1, *, apply: bool = True, now: dt.datetime = NOW) -> Redaction:
    order = desk.order(MEETING, now=now)
    return redaction(order.report, version=version, reason=WHY, apply=apply, **asked(order))


def proven(desk: Office, seal: str = "") -> Any:
    order = desk.order(MEETING, now=NOW)
    return verify(order.report, seal=seal, **asked(order))


def files_that_say_it(desk: Office) -> list[str]:
    found = (path for path in paper(desk).rglob("*.docx") if SECRET in read_paper(path.read_bytes()))
    texts = (path for path in paper(desk).rglob("*.json") if SECRET in path.read_text(encoding="utf-8"))
    return sorted(path.relative_to(paper(desk)).as_posix() for path in (*found, *texts))


def test_its_bytes_are_gone_and_the_history_still_holds_together(desk: Office) -> None:
    before = proven(desk).acts
    assert any(name.startswith("published/v1/") for name in files_that_say_it(desk))
    done = redacted(desk)
    assert files_that_say_it(desk) == []
    assert not (paper(desk) / "published" / "v1").exists()
    after = proven(desk, before[-1].seal())
    assert after.problems == ()
    assert [(act.version, act.action, act.reason) for act in after.acts] == [
        (1, "published", ""),
        (2, "published", ""),
        (1, "redacted", WHY),
    ]
    assert after.acts[:2] == before
    assert done.seal == after.acts[-1].seal()


def test_first_is_told_what_would_go_and_nothing_is_done(desk: Office) -> None:
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    told = redacted(desk, apply=False)
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before
    assert told.seal == ""
    assert set(told.files) >= {"published/v1/manifest.json", "published/v1/agenda item.json"}
    assert {name for name in told.files if name.startswith("record/published ")}
    assert told.files == redacted(desk).files


@pytest.mark.parametrize("version", [2, 3])
def test_what_the_public_reads_now_is_not_destroyed_nor_what_there_never_was(desk: Office, version: int) -> None:
    with pytest.raises(NeedsPerson) as found:
        redacted(desk, version)
    assert [each.code for each in found.value.problems] == ["C138"]
    assert proven(desk).problems == ()


def test_what_was_withdrawn_may_be_destroyed_and_stays_withdrawn(desk: Office) -> None:
    order = desk.order(MEETING, now=NOW)
    withdraw(order.report, reason=WHY, **asked(order))
    redacted(desk, 2)
    assert proven(desk).problems == ()
    assert publish(desk.order(MEETING, now=NOW)).version == 3


def test_the_paper_that_stands_goes_on_as_if_nothing_had_been(desk: Office) -> None:
    redacted(desk)
    assert not publish(desk.order(MEETING, now=NOW)).fresh
    february(desk)
    assert supplement(desk.order(MEETING, now=LATER)).version == 3
    assert proven(desk).problems == ()


def test_a_run_that_is_stopped_is_gone_on_with_and_recorded_once(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def stops(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".docx" and path.parent.name == "v1":
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as stopped:
        stopped.setattr(Path, "unlink", stops)
        with pytest.raises(KeyboardInterrupt):
            redacted(desk)
    assert [each.code for each in proven(desk).problems] == ["C139"]
    redacted(desk)
    assert proven(desk).problems == ()
    assert files_that_say_it(desk) == []
    assert [act.action for act in proven(desk).acts].count("redacted") == 1


def test_a_version_brought_back_from_a_backup_is_seen(desk: Office) -> None:
    redacted(desk)
    back = paper(desk) / "published" / "v1"
    back.mkdir()
    (back / "agenda item.json").write_text("{}", encoding="utf-8")
    assert [each.code for each in proven(desk).problems] == ["C139"]


def test_the_draft_behind_two_versions_stays_while_one_of_them_does(desk: Office) -> None:
    order, folder = desk.order(MEETING, now=NOW), paper(desk)
    withdraw(order.report, reason="Too early", **asked(order))
    assert publish(order).version == 3
    manifests = [json.loads((folder / f"published/v{number}/manifest.json").read_bytes()) for number in (1, 2, 3)]
    kept = [folder / "record" / f"published {each['about']['draft_sha256'][:16]}.docx" for each in manifests]
    assert kept[1] == kept[2]
    redacted(desk, 1)
    redacted(desk, 2)
    assert [path.exists() for path in kept] == [False, True, True]


def test_an_officer_is_told_what_goes_and_what_may_say_it_too(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=dt.datetime(2017, 1, 11))
    desk.build(MEETING, now=NOW)
    folders = [part for name in ("templates", "inputs", "outputs") for part in (f"--{name}", str(desk.folder / name))]
    line = ["redact", desk.report, "--meeting", MEETING, "--today", "2017-01-12", "--version", "1", *folders]
    assert run(line) == 0
    told = capsys.readouterr().out
    assert "Version 1 would be destroyed:\n  record/published " in told
    assert "Older drafts may say it too." in told
    assert "  2017-01-23 Best Value Plan Update (draft 1).docx" in told
    assert told.endswith("Nothing is destroyed yet. Add --reason and --apply.\n")
    assert run([*line, "--apply"]) == 2
    assert run([*line, "--apply", "--reason", WHY]) == 0
    assert "Version 1 is destroyed:" in capsys.readouterr().out
