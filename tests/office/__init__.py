"""An office in a test's folder: the shipped files, changed as officers change them, and papers built from them."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import office as functions
from pipeline.check import check_template
from pipeline.office import Asked, Built, Order, Published, ReportStatus
from pipeline.problems import Problem
from pipeline.render import Offer

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishing as on a machine without LibreOffice: the PDF has tests of its own, and takes seconds."""
    for act in ("publication", "supplementing"):
        monkeypatch.setattr(f"pipeline.office.{act}.with_pdf", lambda *_: ({}, []))
    monkeypatch.setattr("pipeline.office.publication.libreoffice", lambda: None)


def templates_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` looks through a template, which is half of its work, once for each template and report that it meets."""
    monkeypatch.setattr("pipeline.office.checking.check_content", _checked)


_CHECKED: list[tuple[tuple[bytes, str, Offer | None], list[Problem]]] = []


def _checked(content: bytes, name: str, offer: Offer | None = None) -> list[Problem]:
    for asked, answer in _CHECKED:
        if asked == (content, name, offer):
            return list(answer)
    answer = check_template(content, name, offer)
    _CHECKED.append(((content, name, offer), answer))
    return list(answer)


def asked(order: Order) -> Asked:
    """What an order asks for, as the functions of the office take it."""
    return {
        "templates": order.templates,
        "inputs": order.inputs,
        "outputs": order.outputs,
        "now": order.now,
        "meeting": order.meeting,
        "as_at": order.as_at,
        "draft": order.draft,
    }


def check(order: Order) -> tuple[Problem, ...]:
    """What `check` finds."""
    return functions.check(order.report, **asked(order)).problems


def explain(order: Order, text: str) -> tuple[Any, ...]:
    """Where a text of the paper comes from."""
    return functions.explain(text, order.report, **asked(order)).answers


def publish(order: Order) -> Published:
    """The public copy of the order's draft."""
    return functions.publish(order.report, **asked(order))


def supplement(order: Order) -> Any:
    """The supplement to the order's published paper."""
    return functions.supplement(order.report, **asked(order))


def status(order: Order) -> ReportStatus:
    """How the order's report stands on its day."""
    (found,) = functions.status(order.report, **asked(order)).reports
    return found


def build(order: Order, **more: Any) -> Built:
    """The next draft of the order's paper."""
    aside = {name: value for name in ("without", "by") if (value := getattr(order, name))}
    return functions.build(order.report, **aside, **more, **asked(order))


@dataclass
class Office:
    """Folders of templates, inputs and outputs of one report."""

    folder: Path
    report: str = "best-value-board"

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs" / self.report

    def order(self, meeting: str | None = None, **more: Any) -> Order:
        """An order for the paper of a meeting."""
        day = dt.date.fromisoformat(meeting) if meeting else None
        folders = {name: self.folder / name for name in ("templates", "inputs", "outputs")}
        return Order(report=self.report, meeting=day, now=more.pop("now", NOW), **folders, **more)

    def build(self, meeting: str | None = None, **more: Any) -> Built:
        """The next draft of a meeting's paper."""
        return build(self.order(meeting, **more))

    def paper(self, meeting: str | None = None, **more: Any) -> bytes:
        """The bytes of that draft."""
        return self.build(meeting, **more).path.read_bytes()

    def add(self, file: str, sheet: str, *rows: list[Any]) -> None:
        """Rows typed below a table."""
        with_workbook(self.inputs / file, sheet, lambda each: [each.append(row) for row in rows])

    def put(self, file: str, sheet: str, **cells: Any) -> None:
        """Values typed into cells: `put("tracker.xlsx", "Actions", E7="Complete")`."""

        def write(page: Any) -> None:
            for cell, value in cells.items():
                page[cell] = value

        with_workbook(self.inputs / file, sheet, write)

    def calendar_says(self, meeting: str, **columns: Any) -> None:
        """More columns of the calendar, filled in the row of one meeting: `calendar_says(meeting, Called_on=day)`."""

        def write(page: Any) -> None:
            (row,) = (cell.row for cell in page["C"] if str(cell.value).startswith(meeting))
            for heading, value in columns.items():
                name = heading.replace("_", " ")
                known = {cell.value: cell.column for cell in page[1] if cell.value}
                column = known.get(name, len(known) + 1)
                page.cell(1, column).value = name
                page.cell(row, column).value = value

        with_workbook(self.inputs / "calendar.xlsx", "Meetings", write)

    def clear(self, file: str, sheet: str, first_row: int) -> None:
        """Every row from one on, gone."""

        def delete(page: Any) -> None:
            for merged in list(page.merged_cells.ranges):
                if merged.min_row >= first_row:
                    page.unmerge_cells(str(merged))
            page.delete_rows(first_row, page.max_row)

        with_workbook(self.inputs / file, sheet, delete)


def with_workbook(path: Path, sheet: str, change: Any) -> None:
    """Opens a workbook, changes a sheet, and saves it, as an officer does."""
    workbook = openpyxl.load_workbook(path)
    change(workbook[sheet])
    workbook.save(path)


def office(folder: Path, report: str = "best-value-board") -> Office:
    """The shipped templates and inputs of a report in a folder of the test's own."""
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name / report, folder / name / report)
    return Office(folder, report)


def day(text: str) -> dt.datetime:
    """A day as Excel keeps it."""
    return dt.datetime.fromisoformat(text)
