"""The starter folder: whole, never over a file, and with lists that follow the report's settings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.problems import BrokenInstallation, NeedsPerson, PaperError
from pipeline.report import load_report, reports_in
from pipeline.starter import add_drop_downs, columns_of, make_starter, shipped_folder

Starter = tuple[Path, tuple[Path, ...]]
SAMPLE = shipped_folder()
REPORTS = reports_in(SAMPLE / "templates")


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def sample_files(report: str) -> set[str]:
    tops = ("templates", "inputs")
    return {
        f"{top}/{report}/{name}" for top in tops for name in files_in(SAMPLE / top / report) if name[:1] not in ".~"
    }


@pytest.fixture
def starter(made_once: Starter, tmp_path: Path) -> Starter:
    """The same in the test's own folder."""
    folder, written = made_once
    shutil.copytree(folder, tmp_path / "papers")
    return tmp_path / "papers", tuple(tmp_path / "papers" / path.relative_to(folder) for path in written)


def test_the_sample_has_reports() -> None:
    assert len(REPORTS) >= 2


def test_a_starter_folder_holds_the_whole_sample_the_manuals_the_guide_and_the_launchers(made_once: Starter) -> None:
    folder, written = made_once
    whole = {name for report in REPORTS for name in sample_files(report)}
    extras = {"Start here.docx", "Make the paper.cmd", "Check the files.cmd"}
    manuals = {name for name in ("templates/README.md", "inputs/README.md") if (SAMPLE / name).is_file()}
    assert files_in(folder) == whole | extras | manuals
    assert {path.relative_to(folder).as_posix() for path in written} == files_in(folder)
    assert (folder / "outputs").is_dir()


def test_its_reports_load(made_once: Starter) -> None:
    folder, _ = made_once
    assert reports_in(folder / "templates") == REPORTS
    for name in REPORTS:
        assert load_report(folder / "templates" / name).name == name


def test_one_report_alone_comes_without_the_others(tmp_path: Path) -> None:
    make_starter(tmp_path, REPORTS[0])
    assert reports_in(tmp_path / "templates") == REPORTS[:1]
    assert [path.name for path in (tmp_path / "inputs").iterdir() if path.is_dir()] == [REPORTS[0]]


def test_a_second_report_joins_the_first(tmp_path: Path) -> None:
    make_starter(tmp_path, REPORTS[0])
    written = make_starter(tmp_path, REPORTS[1])
    assert reports_in(tmp_path / "templates") == REPORTS[:2]
    assert not any(REPORTS[0] in path.parts for path in written)


@pytest.mark.parametrize("report", REPORTS)
def test_every_workbook_opens_and_its_cells_are_the_samples(made_once: Starter, report: str) -> None:
    folder, _ = made_once
    workbooks = sorted((folder / "inputs" / report).rglob("*.xlsx"))
    assert workbooks
    for workbook in workbooks:
        sample = SAMPLE / workbook.relative_to(folder)
        for values in (False, True):
            assert cells_of(workbook, values=values) == cells_of(sample, values=values)


def cells_of(path: Path, *, values: bool) -> dict[str, tuple[object, str]]:
    book = load_workbook(path, data_only=values)
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_saved_values_of_formulas_come_through(made_once: Starter) -> None:
    folder, _ = made_once
    formulas = 0
    for path in (folder / "inputs").rglob("*.xlsx"):
        shown = cells_of(path, values=True)
        for name, (value, _) in cells_of(path, values=False).items():
            if str(value).startswith("="):
                formulas += 1
                assert isinstance(shown[name][0], int | float)
    assert formulas == 6


def test_nothing_is_written_where_one_file_stands_in_the_way_and_every_such_file_is_named(tmp_path: Path) -> None:
    report = REPORTS[0]
    mine = [tmp_path / "inputs" / report / "tracker.xlsx", tmp_path / "Start here.docx"]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"an officer's own")
    before = files_in(tmp_path)
    with pytest.raises(NeedsPerson) as stopped:
        make_starter(tmp_path, report)
    assert {problem.place.file for problem in stopped.value.problems} == {
        f"inputs/{report}/tracker.xlsx",
        "Start here.docx",
    }
    assert {problem.code for problem in stopped.value.problems} == {"F123"}
    assert files_in(tmp_path) == before
    assert all(path.read_bytes() == b"an officer's own" for path in mine)


def test_a_folder_where_a_file_should_be_stands_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "Start here.docx").mkdir()
    with pytest.raises(NeedsPerson, match="Start here"):
        make_starter(tmp_path, REPORTS[0])
    assert files_in(tmp_path) == set()


def test_a_second_run_changes_nothing(starter: Starter) -> None:
    folder, _ = starter
    before = {name: (folder / name).stat().st_mtime_ns for name in files_in(folder)}
    assert make_starter(folder) == ()
    assert {name: (folder / name).stat().st_mtime_ns for name in files_in(folder)} == before


def test_a_run_that_was_stopped_can_be_finished(starter: Starter) -> None:
    folder, written = starter
    for path in written[::2]:
        path.unlink()
    assert set(make_starter(folder)) == set(written[::2])


def test_two_starter_folders_are_the_same_byte_for_byte(made_once: Starter, tmp_path: Path) -> None:
    folder, _ = made_once
    make_starter(tmp_path / "b")
    for name in files_in(folder):
        assert (folder / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_unknown_report_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=f"Did you mean “{REPORTS[0]}”") as stopped:
        make_starter(tmp_path / "papers", REPORTS[0][:-1])
    assert stopped.value.problems[0].code == "F122"
    assert not (tmp_path / "papers").exists()


def test_a_file_in_place_of_the_folder_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("not a folder")
    with pytest.raises(BrokenInstallation) as stopped:
        make_starter(tmp_path / "papers")
    assert stopped.value.problems[0].code == "F112"


def test_status_lists_follow_the_settings(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "minutes"
    templates.mkdir(parents=True)
    (templates / "report.toml").write_text(
        '[fields]\ntitle = "Minutes"\n[words.status]\nopen = ["Afoot"]\ncomplete = ["Put to bed"]\n'
        '[sources.actions]\nfile = "tracker.xlsx"\nsheet = "Actions"\n',
        encoding="utf-8",
    )
    sample = SAMPLE / "inputs" / "best-value-board" / "tracker.xlsx"
    kept = tmp_path / "tracker.xlsx"
    kept.write_bytes(add_drop_downs(sample.read_bytes(), columns_of(load_report(templates), "tracker.xlsx")))
    rules = load_workbook(kept)["Actions"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules if "E7" in rule.sqref] == ['"Afoot,Put to bed"']


def test_the_samples_own_lists_are_those_of_its_settings() -> None:
    for report in REPORTS:
        settings = load_report(SAMPLE / "templates" / report)
        folder = SAMPLE / "inputs" / report
        for path in sorted(folder.rglob("*.xlsx")):
            columns = columns_of(settings, path.relative_to(folder).as_posix())
            assert add_drop_downs(path.read_bytes(), columns) == path.read_bytes(), path


def test_an_installed_package_is_looked_in_before_a_checkout(tmp_path: Path) -> None:
    for place in ("package", "checkout"):
        shutil.copytree(SAMPLE / "templates", tmp_path / place / "templates")
    assert shipped_folder((tmp_path / "package", tmp_path / "checkout")) == tmp_path / "package"
    shutil.rmtree(tmp_path / "package")
    assert shipped_folder((tmp_path / "package", tmp_path / "checkout")) == tmp_path / "checkout"


def test_an_installation_without_its_sample_says_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenInstallation, match="missing from this installation") as stopped:
        shipped_folder((tmp_path,))
    assert stopped.value.problems[0].code == "F121"
