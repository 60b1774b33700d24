from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.problems import BrokenInstallation, NeedsPerson
from pipeline.store import remove_leftovers, replace_own, sha256_of, write_new

as_ordinary_user = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may write anywhere"
)


def test_a_new_file_holds_exactly_its_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_new(tmp_path / "2017-01-23" / "paper.docx", b"all of it" * 300_000)
    assert (tmp_path / "2017-01-23" / "paper.docx").read_bytes() == b"all of it" * 300_000
    assert [file.name for file in (tmp_path / "2017-01-23").iterdir()] == ["paper.docx"]


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    write_new(tmp_path / "empty", b"")
    assert (tmp_path / "empty").read_bytes() == b""


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(b"an officer's")
    with pytest.raises(NeedsPerson) as told:
        write_new(tmp_path / "paper.docx", b"ours")
    assert told.value.problems[0].code == "F101"
    assert "“paper.docx”" in told.value.problems[0].message
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"paper.docx": b"an officer's"}


def test_a_folder_or_a_dangling_link_of_that_name_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "link"):
        with pytest.raises(NeedsPerson):
            write_new(tmp_path / name, b"ours")
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_the_folder_should_be_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_bytes(b"")
    with pytest.raises(BrokenInstallation) as told:
        write_new(tmp_path / "outputs" / "paper.docx", b"ours")
    assert told.value.problems[0].code == "F112"


def test_our_own_file_is_replaced(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    write_new(paper, b"first")
    replace_own(paper, b"second", sha256_of(b"first"))
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"second"]


def test_our_own_file_is_written_again_where_it_is_gone(tmp_path: Path) -> None:
    replace_own(tmp_path / "paper.docx", b"second", sha256_of(b"first"))
    assert (tmp_path / "paper.docx").read_bytes() == b"second"


def test_a_file_that_a_person_has_changed_is_left_alone(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    write_new(paper, b"first")
    paper.write_bytes(b"first, edited")
    with pytest.raises(NeedsPerson) as told:
        replace_own(paper, b"second", sha256_of(b"first"))
    assert told.value.problems[0].code == "F102"
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"first, edited"]


@pytest.mark.parametrize(
    ("paper", "owner", "program"),
    [
        ("2017 paper.docx", "~$17 paper.docx", "Word"),
        ("report1.docx", "~$eport1.docx", "Word"),
        ("report.docx", "~$report.docx", "Word"),
        ("2017 paper.docx", ".~lock.2017 paper.docx#", "LibreOffice"),
    ],
)
def test_a_file_that_is_open_is_left_alone(tmp_path: Path, paper: str, owner: str, program: str) -> None:
    write_new(tmp_path / paper, b"first")
    (tmp_path / owner).write_bytes(b"\x05Clerk")
    with pytest.raises(NeedsPerson) as told:
        replace_own(tmp_path / paper, b"second", sha256_of(b"first"))
    assert told.value.problems[0].code == "F103"
    assert f"open in {program}" in told.value.problems[0].message
    assert (tmp_path / paper).read_bytes() == b"first"


def test_a_link_to_our_own_bytes_is_not_our_own_file(tmp_path: Path) -> None:
    write_new(tmp_path / "kept.docx", b"first")
    (tmp_path / "paper.docx").symlink_to(tmp_path / "kept.docx")
    with pytest.raises(NeedsPerson):
        replace_own(tmp_path / "paper.docx", b"second", sha256_of(b"first"))
    assert (tmp_path / "paper.docx").is_symlink()


def test_what_a_stopped_run_left_is_removed_and_nothing_besides(tmp_path: Path) -> None:
    (tmp_path / "2017-01-23").mkdir()
    for name in (
        ".committee-papers-12-ab.tmp",
        "2017-01-23/.committee-papers-9-cd.tmp",
        "paper.tmp",
        "2017-01-23/paper.docx",
    ):
        (tmp_path / name).write_bytes(b"x")
    assert remove_leftovers(tmp_path) == 2
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["paper.docx", "paper.tmp"]


def test_a_hash_is_the_same_of_a_file_and_of_its_bytes(tmp_path: Path) -> None:
    write_new(tmp_path / "a", b"abc")
    assert sha256_of(tmp_path / "a") == sha256_of(b"abc")
    assert sha256_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@as_ordinary_user
def test_a_read_only_folder_is_told_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BrokenInstallation) as told:
            write_new(tmp_path / "paper.docx", b"x")
    finally:
        tmp_path.chmod(0o700)
    assert told.value.problems[0].code == "F105"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full to fail a write on")
def test_the_words_for_a_full_disk_come_from_a_real_refusal() -> None:
    from pipeline.store import fault

    with pytest.raises(OSError, match="No space") as met, Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    told = fault(met.value, Path("outputs/paper.docx"))
    assert (told.exit_code, told.problems[0].code) == (4, "F104")
    assert "no room" in told.problems[0].message


def test_importing_files_loads_nothing_heavy() -> None:
    code = (
        "import sys, pipeline.store; print([m for m in ('filelock', 'lxml', 'pandas', 'difflib') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
