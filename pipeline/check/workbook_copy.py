"""A checked copy of a workbook: each cell with a problem coloured, and on it a comment with the cure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from pipeline.problems import Level, Problem

FILLS: Mapping[Level, str] = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.NOTE: "DDEBF7"}
ORDER = list(Level)


def checked_copy(content: bytes, problems: Iterable[Problem]) -> bytes | None:
    """The workbook with its problems on their cells; None where it cannot be copied. The original is not touched."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:
        return None
    for (sheet, cell), found in by_cell(problems).items():
        if sheet in workbook.sheetnames:
            worst = min((each.level for each in found), key=ORDER.index)
            target = workbook[sheet][cell]
            if type(target).__name__ != "MergedCell":
                target.fill = PatternFill("solid", fgColor=FILLS[worst])
                target.comment = Comment(words(found, target.comment), "Committee papers", height=140, width=320)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def by_cell(problems: Iterable[Problem]) -> dict[tuple[str, str], list[Problem]]:
    """The problems that stand at a cell, by sheet and cell."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for each in problems:
        if each.place.sheet and each.place.cell and ":" not in each.place.cell:
            found.setdefault((each.place.sheet, each.place.cell), []).append(each)
    return found


def words(found: Iterable[Problem], own: object) -> str:
    """What the comment says; an officer's own comment on the cell stays at its end."""
    lines = [f"{each.level} {each.code}: {each.message}\n{each.cure}".strip() for each in found]
    text = getattr(own, "text", "")
    return "\n\n".join([*lines, text] if text else lines)
