"""What Excel shows of a stored value under a number format, on a computer set to English (United Kingdom).

`shown("£#,##0", 5000)` is £5,000. codes.py parses a code into sections, filling.py fills them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.patterns import Pattern
from pipeline.sheets.number_formats.codes import parse
from pipeline.sheets.number_formats.filling import (
    as_fraction,
    general,
    in_figures,
    is_nought,
    moment,
    serial,
    timed,
    with_power,
)
from pipeline.sheets.number_formats.sections import Choice, Section, Token, fifteen_digits

__all__ = ["BUILT_IN", "HASHES", "Shown", "date_letters", "fifteen_digits", "serial", "shown", "shows"]

Shows = Literal["number", "percent", "percent sign", "date", "month", "year", "time"]
Doubt = Literal["", "cut", "sign", "scale", "hashes", "format"]

HASHES = "########"
_SCALES = r"[kmbt]|[mbt]n|mln|thousands?|millions?|billions?|trillions?"
_SCALE = Pattern(rf"000|(?<![^\W_])(?i:{_SCALES}|kg|km)(?![^\W_])|\b[kM][A-Z]")
_TO_TWO_DECIMALS = Pattern(r"[0-9]+(?:\.[0-9]{1,2})?")


class Shown(NamedTuple):
    """What a cell shows, and why that may not be printed as it is; blank where it may.

    "cut": as many digits as the cell has room for. "sign": below nought, and shown like the number above. "scale":
    divided by thousands, and nothing beside it says so. "hashes": Excel fills the cell with #. "format": the code holds
    what is not known here, or what differs from computer to computer; `why` says what. `power` is that of ten by which
    the format multiplies a number: 2 for a percentage, -6 for millions.
    """

    text: str
    doubt: Doubt = ""
    why: str = ""
    power: int = 0


def shown(code: str, value: float | str) -> Shown:
    """What Excel shows of a stored number (a date: its day number) or text under a format code.

    Blanks that only line figures up are left out, as is a decimal point with no decimals behind it. Never raises.
    """
    if isinstance(value, str):
        return Shown(_text(code, value))
    number, form = fifteen_digits(value), parse(code)
    choice = None if number is None else form.choice(number)
    text = None if number is None or choice is None else _filled(choice.section, number)
    if number is None or choice is None or text is None:
        return Shown(HASHES, "hashes")
    found = f"{_minus(choice, number)}{text}".strip()
    if why := form.unsure or choice.section.unsure:
        return Shown(found, "format", why)
    return Shown(found, _doubt(choice.section, found, number, code), power=choice.section.power)


def _minus(choice: Choice, number: Decimal) -> str:
    """The minus that stands before a number."""
    return "-" if choice.minus and number < 0 and not is_nought(choice.section, abs(number)) else ""


@lru_cache(maxsize=4096)
def shows(code: str) -> Shows:
    """What numbers under a format look like, by its first section.

    "month" has a month but no day, "year" neither; "percent" multiplies by 100 as Excel does; "percent sign" is a
    format such as `0"%"` that only writes the sign after the number as it stands.
    """
    section = parse(code).choices[0].section
    if section.kind == "moment":
        letters = {part.text[0] for part in timed(section) if part.kind == "moment"}
        return "date" if "d" in letters else "month" if "m" in letters else "year" if letters & set("yeb") else "time"
    if section.power > 0:
        return "percent"
    return "percent sign" if "%" in section.words() else "number"


@lru_cache(maxsize=4096)
def date_letters(code: str) -> str:
    """What a date format shows, in this order: d the day's number, m the month, y the year, h a clock, w own words."""
    section = parse(code).choices[0].section
    letters = {*map(_letter, timed(section)), "w" if any(map(str.isalnum, section.words())) else ""}
    return "".join(letter for letter in "dmyhw" if letter in letters)


def _letter(part: Token) -> str:
    """What one part of a date or time shows; nothing for the name of a weekday."""
    letter = part.text[0]
    if part.kind != "moment" or letter in "hs":
        return "h"
    return "" if letter == "d" and len(part.text) > 2 else letter.replace("e", "y")


def _text(code: str, value: str) -> str:
    section = parse(code).text if "@" in code or ";" in code else None
    if section is None or not value:
        return value
    return "".join(value if part.kind == "text" else part.text for part in section.parts if part.kind != "pad")


def _filled(section: Section, number: Decimal) -> str | None:
    """What a section shows of a number; None for a day that Excel does not have."""
    if section.kind == "moment":
        return moment(section, number)
    if fill := _FILLS.get(section.kind):
        return fill(section, abs(number))
    figures = general(abs(number))
    return "".join(figures if part.kind in ("general", "text") else part.text for part in section.parts)


_FILLS = {"number": in_figures, "scientific": with_power, "fraction": as_fraction}


def _doubt(section: Section, text: str, number: Decimal, code: str) -> Doubt:
    if section.kind in ("general", "text") and _is_cut(abs(number)):
        return "cut"
    if section.power < 0 and number and not _SCALE.search(section.words()):
        return "scale"
    said = section.kind == "literal" or is_nought(section, abs(number))
    return "sign" if number < 0 and not said and text == shown(code, float(-number)).text else ""


def _is_cut(number: Decimal) -> bool:
    """Is a number under General not shown in full, nor as one that needs no more than two decimals?"""
    figures = general(number)
    return "E" in figures or (Decimal(figures) != number and not _TO_TWO_DECIMALS.fullmatch(figures))


_MONEY: dict[int, str] = {
    5: "£#,##0;-£#,##0",
    6: "£#,##0;[Red]-£#,##0",
    7: "£#,##0.00;-£#,##0.00",
    8: "£#,##0.00;[Red]-£#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-£* #,##0_-;-£* #,##0_-;_-£* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-',
}
_NUMBERS: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_MOMENTS: dict[int, str] = {
    14: "dd/mm/yyyy", 15: "dd-mmm-yy", 16: "dd-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm",
    21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
BUILT_IN: dict[int, str] = _MONEY | _NUMBERS | _MOMENTS
"""Formats that a file names by number only (ECMA-376 part 1, 18.8.30), as Excel on a computer set to English (United
Kingdom) shows them: 5 to 8, 14 to 22 and 37 to 44 follow the computer.
"""
