"""A report for a board that is new to the program, made from the council's own workbook: settings, sentences, a house
template and a calendar, from the files in `new/`. Every word that a paper prints stands there, or in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import tomli
from jinja2 import Environment, StrictUndefined

from pipeline.opc import Package, main_part, write
from pipeline.read.headings import without_aside
from pipeline.read.own_kinds import as_setting, field_name, kind_settings
from pipeline.starter.drop_downs import workbook_bytes
from pipeline.starter.questions import NewBoard, NewSheet

HERE = Path(__file__).parent / "new"
UPRIGHT, ACROSS, MOST_UPRIGHT = 9072, 14002, 6
"""How wide a table is on an upright page and on one that lies across, in twentieths of a point, and how many columns
an upright page takes."""
LETTER, MARGIN, SHORTEST = 135, 260, 6
"""How wide a letter of a heading is, and the blank beside it; the letters that a narrow column takes."""
LONGEST = {"money": 9, "when": 9, "day": 9}
"""The letters that a column takes by its type: of £4,500,000 and September none are broken off."""
SHARES = {"text": 5, "lines": 7, "choice": 2, "reference": 3, "when": 3, "day": 3, "money": 1}
"""How much of the width that is left a column takes by its type: figures, ratings, yes and no take none."""
FIGURES = frozenset(("money", "percent", "number", "whole"))
SECTIONS = ("recommendations", "introduction", "finance", "legal", "implications")
PLAIN = str.maketrans({"{": "(", "}": ")", "'": "’", '"': "”", "\\": "/"})
WORDING = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
CALENDARS = ("calendar.xlsx", "meetings.xlsx")
"""What the calendar is called: the first that the council's own workbook is not."""
CALENDAR = {"Meetings": ("Body", "Short name", "Date", "Time", "Venue", "Item no"), "Closed days": ("Date", "Reason")}
CLEARANCE = {"Clearance": ("Section", "File", "Cleared by", "Date cleared")}


def files_of(board: NewBoard, name: str, workbook: tuple[str, bytes], supplement: bytes) -> dict[PurePath, bytes]:
    """Every file of a new report, by its path in the folder that holds `templates` and `inputs`: its workbook as it was
    given, the others as they begin.
    """
    templates, inputs = PurePath("templates", name), PurePath("inputs", name)
    file, content = workbook
    calendar = next(each for each in CALENDARS if each != file.casefold())
    told = {"title": board.title, "calendar": calendar, "sheets": [told_of(sheet, file) for sheet in board.sheets]}
    row = (board.body, None, board.meeting, None, None, None)
    return {
        templates / "report.toml": filled("report.toml", told).encode(),
        templates / "wording.xlsx": book({"Wording": WORDING}, {"Wording": sentences(told)}),
        templates / "template.docx": template(told),
        templates / "supplement.docx": supplement,
        inputs / file: content,
        inputs / calendar: book(CALENDAR, {"Meetings": [row]}),
        inputs / "comments" / "clearance.xlsx": book(CLEARANCE, {}),
    }


def told_of(sheet: NewSheet, file: str) -> dict[str, Any]:
    """What the files in `new/` ask of a sheet."""
    kind, printed = sheet.kind, printed_of(sheet)
    types = [kind.types[name] for name in printed]
    across = len(printed) > MOST_UPRIGHT
    money = [name for name in printed if kind.types[name] == "money"]
    cells = {
        "headings": headings(sheet, printed),
        "styles": ["TableNumber" if each in FIGURES else "TableText" for each in types],
        "widths": widths(headings(sheet, printed), types, ACROSS if across else UPRIGHT),
        "of_row": [f"{{{{ row.{name} }}}}" for name in printed],
        "of_group": totals(printed, money, "{{ group.name }}", "group.rows"),
        "of_all": totals(printed, money, "All", "block.rows") if money else [],
    }
    return cells | {
        "title": title_of(sheet.several),
        "section": field_name(title_of(sheet.several)),
        "about": f"A row for each {sheet.one}: {', '.join(headings(sheet, printed))}.",
        "item": kind.item,
        "one": sheet.one,
        "several": sheet.several,
        "settings": kind_settings(file, kind),
        "group": kind.group,
        "group_words": plain(sheet, kind.group).lower() if kind.group else "",
        "money": [(name, plain(sheet, name)) for name in money],
        "rag": next((name for name in printed if kind.types[name] == "rag"), ""),
        "across": across,
    }


def title_of(several: str) -> str:
    """The heading above a sheet's table: none that the house template has for something else."""
    plain = several[:1].upper() + several[1:]
    return f"{plain} in full" if several in SECTIONS else plain


def printed_of(sheet: NewSheet) -> list[str]:
    """The fields that the paper prints of a row: that by which rows stand together is above them."""
    hidden = sheet.unprinted | {sheet.kind.group}
    return [name for name in sheet.kind.columns if name not in hidden] or [sheet.kind.key]


def plain(sheet: NewSheet, name: str) -> str:
    """A heading without its unit, and without marks that mean something in a template or a sentence."""
    return without_aside(sheet.kind.columns[name].heading).translate(PLAIN)


def headings(sheet: NewSheet, printed: Sequence[str]) -> list[str]:
    """The headings of columns, as the table prints them."""
    return [plain(sheet, name) for name in printed]


def widths(headings: Sequence[str], types: Sequence[str], width: int) -> list[int]:
    """The widths of columns of these types: no word of a heading is broken where that can be, and together they are the
    table's.
    """
    words = [max((len(word) for word in each.split()), default=0) for each in headings]
    longest = [max(each, LONGEST.get(its, SHORTEST)) for each, its in zip(words, types, strict=True)]
    least = fitted([MARGIN + LETTER * each for each in longest], width)
    shares = [SHARES.get(each, 0) for each in types]
    found = [
        each + (width - sum(least)) * share // (sum(shares) or 1) for each, share in zip(least, shares, strict=True)
    ]
    return [*found[:-1], width - sum(found[:-1])]


def fitted(wanted: Sequence[int], width: int) -> Sequence[int]:
    """Widths as they are wanted, or each the same part of it where they are more than there is."""
    return wanted if sum(wanted) <= width else [each * width // sum(wanted) for each in wanted]


def totals(printed: Sequence[str], money: Sequence[str], first: str, rows: str) -> list[str]:
    """The cells of a row that heads a group or ends the table: what it is, then the sums of money."""
    sums = [f"{{{{ {rows} | sum({name}) }}}}" if name in money else "–" for name in printed]
    return [first, *sums[1:]]


def filled(name: str, told: Mapping[str, Any]) -> str:
    """A file of `new/` with what was told put in."""
    made = Environment(
        undefined=StrictUndefined,
        autoescape=name.endswith(".xml"),
        keep_trailing_newline=True,
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="«%",
        block_end_string="%»",
    )
    made.filters["quoted"] = as_setting
    return made.from_string((HERE / name).read_text(encoding="utf-8")).render(told)


def sentences(told: Mapping[str, Any]) -> Iterator[tuple[str | None, ...]]:
    """The rows of the wording sheet."""
    for name, section, show, text in tomli.loads(filled("wording.toml", told))["rows"]:
        yield name, section, None, None, show, text


def template(told: Mapping[str, Any]) -> bytes:
    """The Word template: the house style with the sections and tables of the board."""
    parts = dict(Package((HERE / "house.docx").read_bytes()))
    return write(parts | {main_part(parts): filled("document.xml", told).encode()})


def book(sheets: Mapping[str, Sequence[str]], rows: Mapping[str, Any]) -> bytes:
    """A workbook: a sheet for each row of headings, with its rows."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for title, heads in sheets.items():
        page = made.create_sheet(title)
        page.append(heads)
        for row in rows.get(title, ()):
            page.append(row)
        dressed(page)
    return workbook_bytes(made, {})


def dressed(page: Any) -> None:
    """Headings in bold that stay in sight, columns wide enough, days as days."""
    from openpyxl.styles import Alignment, Font

    page.freeze_panes = "A2"
    for cell in page[1]:
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = (
            90 if cell.value == "Wording" else max(14, len(cell.value) + 4)
        )
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.is_date:
                cell.number_format = "dd/mm/yyyy"
