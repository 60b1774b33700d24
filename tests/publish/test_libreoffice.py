"""LibreOffice is started by its full name, and never one that somebody put among the papers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.problems import BrokenInstallation
from pipeline.publish import libreoffice, pdf_of
from tests.office import NOW


def program(folder: Path) -> Path:
    """A LibreOffice of somebody's own, which notes how it was started."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "soffice"
    made.write_text('#!/bin/sh\npwd > "$0.ran"\necho "$@" >> "$0.ran"\ncat "${1#*file://}"/user/* >> "$0.ran"\n')
    made.chmod(0o755)
    return made


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of papers, the one that a command is run in, on a computer without LibreOffice."""
    for name in ("templates", "inputs", "outputs"):
        (tmp_path / "papers" / name).mkdir(parents=True)
    monkeypatch.setattr("pipeline.publish.pdf._USUAL_PLACES", ())
    monkeypatch.chdir(tmp_path / "papers")
    return tmp_path / "papers"


@pytest.mark.parametrize("path", [":/nowhere", ".", "bin", "{papers}", "{papers}/outputs", "{papers}/inputs/board/bin"])
def test_one_among_the_papers_is_nobodys(papers: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("", "bin", "outputs", "inputs/board/bin"):
        program(papers / folder)
    monkeypatch.setenv("PATH", path.format(papers=papers))
    assert libreoffice() is None
    if not path.startswith("{papers}/"):
        assert shutil.which("soffice"), "the control: the library would have taken it"


def test_one_elsewhere_is_found_though_one_lies_among_the_papers(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(papers)
    own = program(tmp_path / "programs")
    monkeypatch.setenv("PATH", f":{papers}:{own.parent}")
    assert libreoffice() == own
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "soffice").symlink_to(papers / "soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "links"))
    assert libreoffice() is None


def test_it_is_started_in_a_folder_of_its_own_with_a_new_profile_that_runs_no_macros(
    papers: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pikepdf", reason="the extra `pdf` is not installed")
    own = program(tmp_path / "programs")
    with pytest.raises(BrokenInstallation):  # it makes no PDF
        pdf_of(b"", title="x", when=NOW, program=own)
    place, started, *profile = (own.parent / "soffice.ran").read_text().splitlines()
    assert not Path(place).exists()
    assert Path(place) not in (papers, *papers.parents)
    assert f"-env:UserInstallation=file://{place}/profile " in started
    assert any("DisableMacrosExecution" in line for line in profile)
