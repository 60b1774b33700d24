"""Figures: the tracker counted by area, ready to be typed into the next update. Here pandas does the counting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.formats import percent
from pipeline.kinds import Records
from pipeline.position import Position

if TYPE_CHECKING:
    from pipeline.dates import Dates

COLUMNS = ("actions", "complete", "open", "overdue", "percent")


def tracker_frame(records: Records, dates: Dates) -> pd.DataFrame:
    """One row an action of the plan, its index Excel's own row number: reference, area, state as at `as_at`, overdue.

    Withdrawn actions, and those that stand outside the plan, are left out.
    """
    position = Position(records, dates)
    rows = {
        row_number(action.source.cell, number): {
            "ref": action.ref,
            "area": action.area,
            "complete": position.state_of(action) == "complete",
            "overdue": position.is_overdue(action),
        }
        for number, action in enumerate(records.actions, 1)
        if action.in_plan is not False and position.state_of(action) != "withdrawn"
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["ref", "area", "complete", "overdue"])


def row_number(cell: str, position: int) -> int:
    """The row of a cell's address; the record's position where it has none."""
    digits = re.search(r"\d+", cell)
    return int(digits.group()) if digits else position


def figures(frame: pd.DataFrame) -> pd.DataFrame:
    """One row an area, in the tracker's order: actions, complete, open, overdue, and the percentage complete.

    The percentage is rounded half up, and 100 only where every action is complete.
    """
    grouped = frame.groupby("area", sort=False)
    counted = pd.DataFrame(
        {"actions": grouped.size(), "complete": grouped["complete"].sum(), "overdue": grouped["overdue"].sum()}
    ).astype(int)
    counted["open"] = counted["actions"] - counted["complete"]
    counted["percent"] = [
        percent(done, all_) for done, all_ in zip(counted["complete"], counted["actions"], strict=True)
    ]
    return counted[list(COLUMNS)]
