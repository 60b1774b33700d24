"""Records, settings and papers that were damaged are named, or as good as none: never a fault of the program's own."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.baseline import Written
from pipeline.blocks import Fact
from pipeline.cli import run
from pipeline.opc import write
from pipeline.problems import Place
from pipeline.publish import altered
from pipeline.store import as_json, baseline_of, blocks_as_data, kept_texts, manifest_of, publish_files
from pipeline.unattended import draft, resumed
from pipeline.word import read_parts
from tests.office import build
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

    monkeypatch.setattr("pipeline.store.drafts.read_record", broken)
    assert faults(report, random.Random(12), 2, len(COMMANDS))


@pytest.mark.deep
def test_a_draft_with_any_part_damaged_is_named(report: SmallReport, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever part it is: the text, the styles, what it refers to. Its own data beside it may be damaged."""
    [path] = (report.outputs / report.name / MEETING.isoformat()).glob("*.docx")
    parts = read_parts(path.read_bytes(), path.name)
    sound = {**parts, "word/document.xml": parts["word/document.xml"].replace(b"open actions", b"open acts")}
    for name in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "docProps/core.xml"):
        path.write_bytes(write({**sound, name: sound[name][:-20] + b"\xff<"}))
        ended = {run([words, report.name, "--meeting", MEETING.isoformat()]) for words in ("build", "check", "publish")}
        said = capsys.readouterr()
        assert 4 not in ended
        assert path.name in said.out + said.err or name == "docProps/core.xml"


@pytest.mark.parametrize("kept", ['{"signed": ["x"]}', "[1]", "[" * 9_999, '{"finance|ann|2027-01-04": {"a": 1}}'])
def test_sign_offs_that_cannot_be_read_are_as_good_as_none(kept: str, tmp_path: Path) -> None:
    (tmp_path / "clearances.json").write_text(kept, encoding="utf-8")
    assert kept_texts(tmp_path / "clearances.json") == {}


@pytest.mark.parametrize("manifest", ["[]", '{"files": []}', '{"files": {"a": true}}', '{"about": 3}', "[" * 9_999])
def test_a_manifest_that_is_none_is_as_good_as_gone(manifest: str, tmp_path: Path) -> None:
    publish_files(tmp_path, {"paper.docx": b"published"}, at=morning(DAY), about={"draft": "3"})
    assert manifest_of(tmp_path, 1)["about"] == {"draft": "3"}
    (tmp_path / "published" / "v1" / "manifest.json").write_text(manifest, encoding="utf-8")
    assert manifest_of(tmp_path, 1) == {}
    assert [each.code for each in altered(tmp_path)] == ["C133"]


@pytest.mark.parametrize("version", [0, -1, 10**30, True, "1"])
def test_a_history_with_an_impossible_version_is_named(version: object, tmp_path: Path) -> None:
    publish_files(tmp_path, {"paper.docx": b"published"}, at=morning(DAY), about={})
    path = tmp_path / "published" / "history.json"
    acts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([{**acts[0], "version": version}]), encoding="utf-8")
    assert [each.code for each in altered(tmp_path)] == ["C130"]


def test_what_is_kept_of_a_run_counts_only_as_it_was_written(report: SmallReport) -> None:
    order = report.order(morning(DAY))
    first = resumed(draft, order)
    kept = report.outputs / report.name / ".committee-papers.last.json"
    sound = kept.read_text(encoding="utf-8")
    assert resumed(draft, order) == first
    for told in (sound.replace('"number": 1', '"number": "7"'), sound.replace('"code": 0', '"code": []'), "[[", "3"):
        assert told != sound
        kept.write_text(told, encoding="utf-8")
        assert resumed(draft, order) == first


def test_a_fact_is_kept_with_its_cells_and_where_it_stands() -> None:
    fact = Fact("3", (Place("tracker.xlsx", "Actions", "A2"), Place("legal.docx")), "counted", 4, 1, "ref")
    block = Written("a", ("x", "BV-3"), "t", (fact,))
    kept = json.loads(b"".join(as_json({"blocks": blocks_as_data([block])})))
    known = baseline_of(kept)
    assert known is not None
    assert known.blocks == (block,)
    for wrong in ([3], [{"sources": 3}], [{"sources": [[1]], "start": 0, "cell": 0}], [{"sources": []}], "x"):
        assert baseline_of({"blocks": [{**kept["blocks"][0], "facts": wrong}]}) is None


@pytest.mark.parametrize("block", [{}, {"key": "a"}, {"key": "a", "texts": []}, {"key": "a", "texts": [3]},
                                   {"key": 3, "texts": ["x"]}, {"key": "a", "texts": ["x"], "table": []}])  # fmt: skip
def test_a_record_with_a_block_that_is_none_has_no_baseline(block: dict[str, Any]) -> None:
    sound = {"key": "a", "texts": ["x"], "sources": ["Actions!A2"], "told": ["y"], "offer": "made"}
    known = baseline_of({"blocks": [sound]})
    assert known is not None
    assert known.blocks == (Written("a", ("x",), "", (Fact("", (Place("", "Actions", "A2"),)),), ("y",), "made"),)
    assert baseline_of({"blocks": [sound, block]}) is None
