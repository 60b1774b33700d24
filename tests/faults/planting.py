"""What faults are planted with: an edit of a workbook, of a part inside one, of a Word file, of a text file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.documents import packed, parts_of
from tests.office import Office, with_workbook
from tests.read.making import word_file

TRACKER, LOG, CALENDAR = "tracker.xlsx", "correspondence.xlsx", "calendar.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def actions(desk: Office, **cells: Any) -> None:
    desk.put(TRACKER, "Actions", **cells)


def progress(desk: Office, **cells: Any) -> None:
    desk.put(TRACKER, "Progress", **cells)


def log(desk: Office, **cells: Any) -> None:
    desk.put(LOG, "Log", **cells)


def calendar(desk: Office, sheet: str, **cells: Any) -> None:
    desk.put(CALENDAR, sheet, **cells)


def sheet(desk: Office, file: str, name: str, change: Callable[[Any], None]) -> None:
    """Anything else done to a sheet in Excel."""
    with_workbook(desk.inputs / file, name, change)


def wording(desk: Office, **cells: Any) -> None:
    with_workbook(wording_of(desk), "Wording", lambda page: [page.__setitem__(*each) for each in cells.items()])


def sentence(desk: Office, text: str, *, section: str = "Background", **more: str) -> None:
    """A row added to the wording sheet, in a section that the paper prints."""
    row = [more.get("name", "added"), section, more.get("joins"), more.get("each"), more.get("when", "always"), text]
    with_workbook(wording_of(desk), "Wording", lambda page: page.append(row))


def wording_of(desk: Office) -> Path:
    return desk.folder / "templates" / desk.report / "wording.xlsx"


def template_of(desk: Office) -> Path:
    return desk.folder / "templates" / desk.report / "template.docx"


def settings_of(desk: Office) -> Path:
    return desk.folder / "templates" / desk.report / "report.toml"


def settings(desk: Office, old: str, new: str) -> None:
    """A change made to report.toml in Notepad."""
    path = settings_of(desk)
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the settings have changed: there is no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def part(path: Path, name: str, old: str, new: str) -> None:
    """A change inside a packed file that no Office program would offer."""
    parts = parts_of(path.read_bytes())
    text = parts[name].decode()
    assert old in text, f"{path.name} has changed: there is no {old!r} in {name}"
    path.write_bytes(packed(parts | {name: text.replace(old, new, 1).encode()}))


def spelt(desk: Office, text: str, old: str, new: str) -> None:
    """A text of the tracker's sheet of actions written as other programs write it."""
    path = desk.inputs / TRACKER
    name = next(name for name, each in parts_of(path.read_bytes()).items() if text.encode() in each)
    part(path, name, old, new)


def comment(desk: Office, body: str, **parts: str) -> None:
    """The finance comment, sent as a Word file of this body."""
    (desk.inputs / "comments" / "finance.docx").write_bytes(word_file(body, **parts))


def paragraph(text: str, *, look: str = "", inside: str = "") -> str:
    """A paragraph in Word's own notation; `look` are properties of its run, `inside` what follows the run."""
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>{inside}</w:p>"


def old_office(stream: str) -> bytes:
    """The start of an old Office file that holds this stream."""
    return OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    return packed(parts)


def text_export(desk: Office, content: str | bytes, encoding: str = "utf-8") -> None:
    """The log of letters as another system exports it, in place of the workbook."""
    settings(desk, 'file = "correspondence.xlsx"\nsheet = "Log"', 'file = "correspondence.csv"')
    (desk.inputs / LOG).unlink()
    data = content if isinstance(content, bytes) else content.encode(encoding)
    (desk.inputs / "correspondence.csv").write_bytes(data)


def export_of(desk: Office) -> str:
    """The rows of the log as comma-separated text."""
    import csv

    page = openpyxl.load_workbook(desk.inputs / LOG)["Log"]
    stream = io.StringIO()
    writer = csv.writer(stream)
    for row in page.iter_rows(values_only=True):
        writer.writerow([f"{each:%d/%m/%Y}" if hasattr(each, "year") else each for each in row])
    return stream.getvalue()
