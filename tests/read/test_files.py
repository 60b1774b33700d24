"""Files that are missing, changing, locked, too large or open elsewhere, as they really stand on a disk."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from pipeline.problems import NeedsPerson, PaperError
from pipeline.read import open_source
from tests.read.making import codes


def problem_of(path: Path) -> str:
    with pytest.raises(PaperError) as refused:
        open_source(path)
    (problem,) = refused.value.problems
    return str(problem)


def test_a_file_is_read_whole_and_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(b"content")
    assert open_source(path).content == b"content"
    assert (open_source(path).name, open_source(path, "a/tracker.xlsx").name) == ("tracker.xlsx", "a/tracker.xlsx")


def test_a_missing_file_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "tracker.xlsx").touch()
    said = problem_of(tmp_path / "traker.xlsx")
    assert "I101" in said
    assert "Did you mean “tracker.xlsx”?" in said
    assert "Did you mean" not in problem_of(tmp_path / "quite other.csv")
    assert "I101" in problem_of(tmp_path / "no folder" / "tracker.xlsx")


def test_a_folder_or_a_pipe_in_its_place_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "tracker.xlsx").mkdir()
    assert "is a folder" in problem_of(tmp_path / "tracker.xlsx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert "no ordinary file" in problem_of(tmp_path / "pipe.xlsx")


def test_the_owner_file_itself_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "~$tracker.xlsx").write_bytes(b"x")
    assert "only the note that Office keeps" in problem_of(tmp_path / "~$tracker.xlsx")


def test_a_file_past_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.xlsx"
    path.write_bytes(b"12345")
    monkeypatch.setattr("pipeline.read.files.FILE_BYTES", 4)
    assert "I114" in problem_of(path)
    monkeypatch.setattr("pipeline.read.files.FILE_BYTES", 5)
    assert open_source(path).content


def test_a_file_that_may_not_be_read_asks_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(NeedsPerson, match="I102"):
        open_source(path)


def test_a_file_that_keeps_changing_is_told_and_one_that_settles_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"start")
    monkeypatch.setattr("pipeline.read.files._PAUSE", 0)
    writing = iter(range(100))
    whole_read = Path.read_bytes

    def read_while_saved(self: Path) -> bytes:
        content = whole_read(self)
        if next(writing) < saves:
            with path.open("ab") as stream:
                stream.write(b"more")
        return content

    monkeypatch.setattr(Path, "read_bytes", read_while_saved)
    saves = 2
    assert open_source(path).content == b"startmoremore"
    writing, saves = iter(range(100)), 3
    with pytest.raises(NeedsPerson, match="I105"):
        open_source(path)


@pytest.mark.parametrize(
    ("name", "owner", "content", "said"),
    [
        ("tracker.xlsx", "~$tracker.xlsx", bytes([11]) + b"Jane Doyle " + b" " * 50, "open in Excel by Jane Doyle;"),
        ("tracker.xlsx", "~$tracker.xlsx", b"", "open in Excel;"),
        ("tracker.xlsx", "~$tracker.xlsx", b"\xff\xff\xff", "open in Excel;"),
        ("finance.docx", "~$inance.docx", bytes([3]) + b"Ann", "open in Word by Ann;"),
        ("legal comments.docx", "~$gal comments.docx", bytes([3]) + b"Ann", "open in Word by Ann;"),
        ("log.csv", ".~lock.log.csv#", b"J\xc3\xb3n,jon,pc,now;", "open in LibreOffice by Jón;"),
    ],
)
def test_a_file_open_elsewhere_is_read_and_told_with_who_has_it(
    tmp_path: Path, name: str, owner: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert open_source(tmp_path / name).problems == ()
    (tmp_path / owner).write_bytes(content)
    found = open_source(tmp_path / name)
    assert codes(found.problems) == ["I106"]
    assert said in found.problems[0].message
    assert found.content == b"x"


def test_reading_at_once_from_many_threads_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 1000)
    seen: list[bytes] = []
    threads = [threading.Thread(target=lambda: seen.append(open_source(path).content)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {b"a,b\n" * 1000}
    assert len(seen) == 4
