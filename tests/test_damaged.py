"""Records, settings and papers that were damaged are named, or as good as none: never a fault of the program's own."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import build
from pipeline.cli.main import run
from pipeline.publish.history import publish_files
from tests.small_report import SmallReport, morning, small_report

MEETING, DAY, LATER = dt.date(2027, 1, 19), dt.date(2027, 1, 5), dt.date(2027, 1, 6)
COMMANDS = (
    ("status",), ("build", "progress"), ("check", "progress"), ("due",), ("doctor",), ("diff", "progress"),
    ("explain", "open", "--report", "progress"), ("verify", "progress", "--meeting", "2027-01-19"),
    ("publish", "progress", "--meeting", "2027-01-19"), ("supplement", "progress"),
)  # fmt: skip
WRONG = (None, 3, -1.5, True, "x", "", [], [3], [None], {}, {"x": 3}, [[]], "2027-13-45", 10**30, "\x00", [{"key": 3}])
RAW = (b"", b"{", b"[" * 5000, b"null", b"3", b"\xff\xfe\x00", b"[[1]]", b'{"a": NaN}', b"{}", b"[]")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([dt.date(2026, 11, 17), MEETING])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(morning(LATER).timestamp())))
    build(made.order(morning(DAY)))
    return made


def kept(report: SmallReport) -> list[Path]:
    """Every file that the program keeps for itself, after a night and a publication."""
    run(["due"])
    paper = report.outputs / report.name / MEETING.isoformat()
    publish_files(paper, {"paper.docx": b"published"}, at=morning(DAY), about={})
    (paper / "record" / "copies.json").write_text('{"x.docx": "a b"}', encoding="utf-8")
    return sorted(path for path in report.outputs.rglob("*.json") if path.is_file())


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The file cut short, with other bytes, or with something else in one of its places."""
    kind = chance.randrange(6)
    if kind == 0:
        return content[: chance.randrange(len(content) + 1)]
    if kind == 1:
        return chance.choice(RAW)
    if kind == 2:
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    try:
        data = json.loads(content)
    except ValueError:
        return chance.choice(RAW)
    places = list(places_of(data))
    if places:
        holder, key = chance.choice(places[: chance.choice((3, 12, len(places)))])
        holder[key] = chance.choice(WRONG)
    return json.dumps(data).encode()


def places_of(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in data at which something else could stand, the outermost first."""
    level = [data]
    while level:
        inner = []
        for each in level:
            for key, value in each.items() if isinstance(each, dict) else enumerate(each):
                yield each, key
                if isinstance(value, dict | list):
                    inner.append(value)
        level = inner


def faults(report: SmallReport, chance: random.Random, times: int, commands: int) -> list[str]:
    """What ended as a fault of the program's own."""
    files, found = kept(report), []
    sound = {path: path.read_bytes() for path in report.folder.rglob("*") if path.is_file()}
    for _ in range(times):
        path = chance.choice(files)
        path.write_bytes(damaged(chance, sound[path]))
        given = path.read_bytes()
        ended = {words: run(list(words)) for words in chance.sample(COMMANDS, commands)}
        found += [f"{words[0]}: {path.name}: {given[:3000]!r}" for words, code in ended.items() if code == 4]
        for each in [each for each in report.folder.rglob("*") if each.is_file() and each not in sound]:
            each.unlink()
        for each, content in sound.items():
            each.parent.mkdir(parents=True, exist_ok=True)
            each.write_bytes(content)
    return found


def test_a_damaged_record_is_never_a_fault_of_the_program(report: SmallReport) -> None:
    assert faults(report, random.Random(12), 6, 2) == []


@pytest.mark.deep
@pytest.mark.slow
def test_no_damage_to_any_record_is_a_fault_of_the_program(report: SmallReport) -> None:
    assert faults(report, random.Random(7), 400, 4) == []


def test_a_fault_of_the_program_would_be_seen(report: SmallReport, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("blocks")

    monkeypatch.setattr("pipeline.drafts.store.read_record", broken)
    assert faults(report, random.Random(12), 2, len(COMMANDS))
