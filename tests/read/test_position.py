"""“Position at” above the tracker's headings: the day on which it was last gone through, whatever the tracker is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.read import Inputs, read_inputs
from pipeline.report import load_report
from tests.small_report import small_report, workbook

HEAD, ROW = ("Ref", "Area", "Activity", "Status"), ("A-1", "Works", "Mend it", "Open")


def read(folder: Path, file: str, sheet: str, *above: tuple[object, ...]) -> Inputs:
    """A report whose tracker is this file, with these rows above its headings."""
    made = small_report(folder)
    settings = folder / "templates" / made.name
    text = (settings / "report.toml").read_text(encoding="utf-8")
    source = f'file = "{file}"\n' + (f'sheet = "{sheet}"\n' if sheet else "")
    text = text.replace('file = "tracker.xlsx"\nsheet = "Actions"\n', source)
    (settings / "report.toml").write_text(text, encoding="utf-8")
    rows = [*above, HEAD, ROW]
    if file.endswith(".csv"):
        lines = (",".join(map(str, row)) for row in rows)
        (made.inputs / file).write_text("\n".join(lines), encoding="utf-8")
    else:
        workbook(made.inputs / file, {"Actions": rows})
    return read_inputs(load_report(settings), made.inputs)


@pytest.mark.parametrize(
    ("file", "sheet"), [("tracker.xlsx", "Actions"), ("tracker.xlsx", ""), ("tracker.csv", ""), ("tracker.csv", "Any")]
)
def test_the_day_is_found_wherever_the_tracker_is_read_from(tmp_path: Path, file: str, sheet: str) -> None:
    inputs = read(tmp_path, file, sheet, ("Position at", "12 January 2017"))
    assert [action.ref for action in inputs.records.actions] == ["A-1"]
    assert inputs.records.position_at == dt.date(2017, 1, 12)
    assert "I479" not in {problem.code for problem in inputs.problems}


@pytest.mark.parametrize(("file", "sheet"), [("tracker.xlsx", "Actions"), ("tracker.csv", "")])
def test_a_tracker_that_does_not_say_its_day_is_told_of(tmp_path: Path, file: str, sheet: str) -> None:
    inputs = read(tmp_path, file, sheet)
    assert inputs.records.position_at is None
    assert [problem.place.file for problem in inputs.problems if problem.code == "I479"] == [file]
