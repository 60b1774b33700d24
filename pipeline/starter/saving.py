"""Saving an officer's workbook again with nothing lost: formulas keep the value that was saved with them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl import Workbook

SavedValues = Mapping[str, Mapping[str, object]]

_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>(?: s="\d+")?)[^>]*>(?P<formula><f\b.*?(?:</f>|/>))<v\s*/?>(?:</v>)?</c>',
    re.DOTALL,
)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_PROGRAM = re.compile(rb"<(Application|AppVersion)>[^<]*</\1>")
_ERROR = re.compile(r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FIRST_PART = "[Content_Types].xml"


def saved_values(workbook: bytes) -> dict[str, dict[str, object]]:
    """What Excel last worked out for each formula of a workbook: sheet title, then cell address, then the value.

    openpyxl gives either a formula or its value, and writes only the former, so the values are kept aside here.
    """
    from openpyxl import load_workbook

    formulas = load_workbook(io.BytesIO(workbook))
    values = load_workbook(io.BytesIO(workbook), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: values[sheet.title][cell.coordinate].value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for sheet in formulas.worksheets
    }


def workbook_bytes(book: Workbook, values: SavedValues) -> bytes:
    """The workbook as a file, each formula with its value of `values`; same workbook, same bytes.

    Its properties stay as they are: neither the time of saving nor the name of a program is put in.
    """
    modified = book.properties.modified
    titles = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(book.worksheets, 1)}
    written, kept = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(kept, "w") as new:
        for name, content in parts_of(old):
            if name in titles:
                new.writestr(part_info(name), with_values(content, values.get(titles[name], {})))
            else:
                new.writestr(part_info(name), without_traces(name, content, modified))
    return kept.getvalue()


def parts_of(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts of an Office file, the list of content types first, as programs like to find it."""
    for name in (_FIRST_PART, *sorted(part for part in package.namelist() if part != _FIRST_PART)):
        yield name, package.read(name)


def part_info(name: str) -> zipfile.ZipInfo:
    """A part's entry in the file, at the one time that all parts carry."""
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info


def without_traces(name: str, content: bytes, modified: dt.datetime | None) -> bytes:
    """A part without what the writing of it left there: the time of saving and the name of the program."""
    if name == "docProps/core.xml" and modified is not None:
        moment = modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
    return _PROGRAM.sub(b"", content) if name == "docProps/app.xml" else content


def with_values(sheet: bytes, values: Mapping[str, object]) -> bytes:
    """A sheet's text with the value of each formula written beside it; formulas without one stay as they are."""

    def written(match: re.Match[str]) -> str:
        value = values.get(match["cell"])
        if value is None:
            return match[0]
        kind, text = as_written(value)
        return f'<c r="{match["cell"]}"{match["style"]}{kind}>{match["formula"]}<v>{escape(text)}</v></c>'

    return _FORMULA.sub(written, sheet.decode("utf-8")).encode("utf-8") if values else sheet


def as_written(value: object) -> tuple[str, str]:
    """The type attribute of a formula's cell, and its value as a workbook holds it."""
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return "", repr(to_excel(value))  # type: ignore[no-untyped-call]
    text = str(value)
    return (' t="e"' if _ERROR.fullmatch(text) else ' t="str"'), text
