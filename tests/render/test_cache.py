"""A patched template kept on disk: the same paper with and without it, and nothing from a cache that is not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

from pipeline.render import Template, render
from tests.documents import new_document
from tests.render.made import PROPERTIES, board, context, saved
from tests.render.made import compiled as ready

CONTENT = saved(board())
posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMITTEE_PAPERS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def compiled() -> Template:
    return ready(CONTENT, cached=True)


def patches(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Was the template patched afresh? (The result is the same either way.)"""
    calls = []
    real = DocxTemplate.patch_xml
    with monkeypatch.context() as patch:
        patch.setattr(DocxTemplate, "patch_xml", lambda *given, **named: calls.append(1) or real(*given, **named))
        made = compiled()
    assert render(made, context(), PROPERTIES) == render(ready(CONTENT), context(), PROPERTIES)
    return bool(calls)


def test_a_template_is_patched_once_and_the_paper_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert patches(monkeypatch)
    assert not patches(monkeypatch)


def test_a_second_process_loads_neither_docxtpl_nor_python_docx(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("For {{ title }}")
    ready(saved(document), cached=True)
    (tmp_path / "t.docx").write_bytes(saved(document))
    code = (
        "import sys, pathlib; from pipeline.language import Type, Vocabulary; "
        "from pipeline.render import Offer, compile_template; known = {'title': '=title'}; "
        "words = Vocabulary(kinds={}, rules={}, lists={}, given={'=title': Type('text')}, public=known, behind={}); "
        "compile_template(pathlib.Path(sys.argv[1]).read_bytes(), 't.docx', Offer(words, ())); "
        "print([name for name in ('docxtpl', 'docx', 'importlib.metadata') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "t.docx")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_that_others_may_write_to_is_not_trusted(
    folder: Path, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled()
    folder.chmod(mode)
    assert patches(monkeypatch)


@posix
def test_an_entry_that_others_may_write_to_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    (entry,) = folder.iterdir()
    entry.chmod(0o666)
    assert patches(monkeypatch)


@posix
def test_a_link_is_not_followed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    (entry,) = folder.iterdir()
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert patches(monkeypatch)


def test_a_changed_byte_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    (entry,) = folder.iterdir()
    content = bytearray(entry.read_bytes())
    content[len(content) // 2] ^= 1
    entry.write_bytes(content)
    assert patches(monkeypatch)
    assert not patches(monkeypatch)


def test_half_an_entry_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-100])
    assert patches(monkeypatch)


def test_an_entry_that_is_not_the_templates_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    (entry,) = folder.iterdir()
    entry.write_bytes(b"committee-papers template 3\n" + b"\0" * 99)
    assert patches(monkeypatch)


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COMMITTEE_PAPERS_CACHE", str(tmp_path / "file" / "cache"))
    assert patches(monkeypatch)


def test_nothing_but_data_is_kept_and_for_its_owner_alone(folder: Path) -> None:
    compiled()
    (entry,) = folder.iterdir()
    assert entry.read_bytes().startswith(b"committee-papers template 3\n")
    if sys.platform != "win32":
        assert entry.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_change_of_the_template_or_of_a_library_is_another_entry(folder: Path) -> None:
    compiled()
    other = board()
    other.add_paragraph("More")
    ready(saved(other), cached=True)
    assert len(list(folder.iterdir())) == 2


def test_another_version_of_a_library_is_another_entry(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled()
    (tmp_path / "site" / "docxtpl-0.1.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    compiled()
    assert len(list(folder.iterdir())) == 2


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COMMITTEE_PAPERS_CACHE")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    compiled()
    assert len(list((tmp_path / "committee-papers").iterdir())) == 1
