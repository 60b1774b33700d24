"""What an Excel number format shows: a date, a month, a time, a percentage or a plain number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Shows = Literal["number", "percent", "percent sign", "date", "month", "year", "time"]

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a file names by number only (ECMA-376 part 1, 18.8.30); 14 and 22 as a UK machine shows them."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_MINUTES = re.compile(r"(?<=h)[^a-z]*m+|m+(?=[^a-z]*s)")


@lru_cache(maxsize=4096)
def shows(code: str) -> Shows:
    """What a number under format `code` looks like to the person at the screen.

    "month" has a month but no day, "year" neither; "percent" multiplies by 100 as Excel does; "percent sign" is a
    format such as `0"%"` that only writes the sign after the number as it stands.
    """
    section = code.split(";", maxsplit=1)[0]
    tokens = _LITERAL.sub("", _ELAPSED.sub("h", section)).lower().replace("general", "").replace("am/pm", "h")
    dates = re.sub(r"a/p", "h", tokens)
    if not re.search(r"[dmyhs]", dates):
        return _number(section, tokens)
    return _date(_MINUTES.sub("", dates))


@lru_cache(maxsize=4096)
def hides(code: str, *, text: bool) -> bool:
    """Does format `code` show nothing of a text, or of a number above nought (a date too), however it is filled?

    Its sections are for numbers above nought, below it, nought, and texts; `;;;` is the usual way to hide a cell.
    """
    sections = code.split(";")
    shown = sections[3:4] if text else sections[:1]
    return len(sections) > 1 and shown == [""]


def _number(section: str, tokens: str) -> Shows:
    if "%" in tokens:
        return "percent"
    return "percent sign" if "%" in section else "number"


def _date(tokens: str) -> Shows:
    if "d" in tokens:
        return "date"
    if "m" in tokens:
        return "month"
    return "year" if "y" in tokens else "time"
