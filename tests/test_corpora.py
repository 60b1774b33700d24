"""Any set of files found anywhere: a line that names the file, exit 0 or 1, nothing changed, soon.

The files are whatever is on this machine: the collection of docxtpl's templates where it is kept beside the repository,
what installed packages and LibreOffice bring along, and damaged, encrypted and foreign ones made here.
"""

from __future__ import annotations

import hashlib
import random
import re
import site
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.problems import NeedsPerson, PaperError
from tests.documents import packed, parts_of
from tests.faults.planting import old_office
from tests.office import ROOT
from tests.read.test_damaged import BOOK, RAW, TEXT, WORD, hurt

DOCXTPL = ROOT.parent / "shared" / "corpora" / "docxtpl"
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".csv", ".xlsb")
DOCUMENTS = (".docx", ".dotx", ".docm", ".doc", ".odt")
PLACES = (*map(Path, site.getsitepackages()), Path("/usr/lib/libreoffice"), Path("/usr/share/libreoffice"),
          Path("/opt/libreoffice"))  # fmt: skip
LARGEST = 2_000_000
MADE = 120
MACHINERY = re.compile(r"Traceback|jinja|lxml|openpyxl|docxtpl|\bNaN\b|dtype|Exception|xml\.|line \d+ column")


@cache
def found(most: int = 40) -> tuple[Path, ...]:
    """Sample files of other programs on this machine, at most so many of an ending."""
    there: dict[str, list[Path]] = {}
    for place in (*PLACES, ROOT / "templates", ROOT / "inputs"):
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.suffix.lower() in (*WORKBOOKS, *DOCUMENTS) and path.is_file() and path.stat().st_size < LARGEST:
                there.setdefault(path.suffix.lower(), []).append(path)
    return tuple(path for paths in there.values() for path in paths[:most])


@cache
def made() -> tuple[tuple[str, bytes], ...]:
    """Files by name, as many as are made here."""
    return tuple(_made())


def _made() -> Iterator[tuple[str, bytes]]:
    """Files by name: damaged in many ways, of other kinds than their names say, empty, locked."""
    for seed in range(MADE):
        pick = random.Random(f"corpus {seed}")
        whole, ending = pick.choice(
            ((BOOK, ".xlsx"), (RAW, ".xlsx"), (WORD, ".docx"), (TEXT, ".csv"), (real(), ".docx"))
        )
        yield f"damaged {seed}{ending}", hurt(whole, pick)
    others = {
        "locked": old_office("EncryptedPackage"), "old workbook": old_office("Workbook"), "nothing": b"",
        "old document": old_office("WordDocument"), "noughts": b"\0" * 5000, "page": b"<html><table></table></html>",
        "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "pdf": b"%PDF-1.7\n%%EOF", "text": b"Dear Sir,\n\nYours\n",
        "words in windows": "Caf\xe9 \x80".encode("latin-1"), "two bytes a letter": "Ref,Date\nA,1".encode("utf-16"),
        "surrogates": b"Ref\xed\xa0\x80,Date\n", "comma": b",,,\n", "quotes": b'"' * 99, "zip": packed({"a.txt": "a"}),
        "no parts": packed({}), "start of a zip": b"PK\x03\x04" + b"x" * 50, "chance": random.Random(1).randbytes(4000),
    }  # fmt: skip
    for name, content in others.items():
        for ending in (".xlsx", ".docx", ".csv", ".xls", ".ods"):
            yield f"{name}{ending}", content


@cache
def real() -> bytes:
    return (ROOT / "templates" / "best-value-board" / "template.docx").read_bytes()


def commands_for(path: Path) -> list[str]:
    return ["check-template"] if path.suffix.lower() in DOCUMENTS else ["inspect"]


def look(command: str, path: Path) -> tuple[int, str]:
    """The exit code and all that is said; any other exception than a list of problems is the program's fault."""
    before = hashlib.sha256(path.read_bytes()).digest()
    started = time.process_time()
    result = CliRunner().invoke(commands, [command, str(path)], standalone_mode=False)
    took = time.process_time() - started
    assert hashlib.sha256(path.read_bytes()).digest() == before, f"{path} was changed"
    assert took < 30, f"{path} took {took:.0f} s"
    if result.exception is not None:
        if not isinstance(result.exception, PaperError):
            raise AssertionError(f"{command} fails on {path}") from result.exception
        refused = result.exception
        assert refused.problems
        return 3 if isinstance(refused, NeedsPerson) else refused.exit_code, str(refused)
    return int(result.return_value or 0), result.output


def well_ended(command: str, path: Path) -> int:
    """The exit code, 0 or 1, of a command whose words name the file and nothing of the machinery."""
    code, said = look(command, path)
    assert code in (0, 1), (path, said)
    assert path.name in said, (path, said)
    plain = said.replace(f"{path.parent.name}/{path.name}", "").replace(path.name, "")
    assert not MACHINERY.search(re.sub(r"“[^”]*”", "", plain)) or code == 0, (path, said)
    return code


@pytest.mark.parametrize("most", [4, pytest.param(40, marks=pytest.mark.deep)])
def test_files_of_other_programs_are_read_or_refused_by_name(most: int) -> None:
    paths = found(most)
    endings = [well_ended(command, path) for path in paths for command in commands_for(path)]
    assert endings.count(0) > 0, "no file on this machine can be read, so nothing is shown"


@pytest.mark.parametrize(
    "start", [n if n % 120 == 0 else pytest.param(n, marks=pytest.mark.deep) for n in range(0, 240, 30)]
)
def test_damaged_and_foreign_files_are_read_or_refused_by_name(start: int, tmp_path: Path) -> None:
    for name, content in made()[start : start + 30]:
        path = tmp_path / name
        path.write_bytes(content)
        for command in ("inspect", "check-template"):
            well_ended(command, path)


def test_enough_files_are_tried() -> None:
    assert len(made()) + len(found()) >= 200
    assert len(made()) <= 240, "the last of them would not be tried"


def test_both_endings_occur(tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.xlsx", tmp_path / "broken.xlsx"
    sound.write_bytes(BOOK)
    broken.write_bytes(BOOK[:200])
    assert (well_ended("inspect", sound), well_ended("inspect", broken)) == (0, 1)


def test_a_fault_of_the_program_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("column")

    monkeypatch.setattr("pipeline.read.profile.profile_of", fail)
    path = tmp_path / "sound.xlsx"
    path.write_bytes(BOOK)
    with pytest.raises(AssertionError, match="inspect fails"):
        well_ended("inspect", path)


@pytest.mark.skipif(not DOCXTPL.is_dir(), reason="docxtpl's own templates are not kept beside this repository")
def test_docxtpls_own_templates_are_read_and_only_the_broken_one_is_faulted() -> None:
    paths = sorted(DOCXTPL.glob("*_tpl.docx"))
    assert paths
    wrong = {path.name for path in paths if well_ended("check-template", path)}
    assert "template_error_tpl.docx" in wrong


def test_sound_workbooks_are_not_refused(tmp_path: Path) -> None:
    """Of workbooks that openpyxl, an independent reader, finds sound, 98 in 100 are read."""
    import warnings

    import openpyxl

    read, refused = 0, []
    for path in (each for each in found() if each.suffix.lower() in (".xlsx", ".xlsm")):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                openpyxl.load_workbook(path, read_only=True).close()
        except Exception:  # whatever the other reader raises, the file is not sound to it
            continue
        if well_ended("inspect", path) == 0:
            read += 1
        else:
            refused.append(path)
    assert read
    assert len(refused) * 49 <= read, refused


def test_a_word_package_with_any_part_gone_is_answered(tmp_path: Path) -> None:
    parts = parts_of(real())
    for name in parts:
        path = tmp_path / "template.docx"
        path.write_bytes(packed({each: content for each, content in parts.items() if each != name}))
        well_ended("check-template", path)
