"""Numbers as a section of a number format shows them: General, in figures, with a power of ten, as a fraction.

All take a number that is not below nought; whether a minus is put before the text is not theirs to say.
"""

from __future__ import annotations

import math
from decimal import Decimal

from pipeline.sheets.number_formats.sections import ROOM, Section, rounded

_LONGEST_GENERAL = 11
_SAME = 1e-13
_LARGEST_WITH_FRACTION = 10**15


def fifteen_digits(value: float) -> Decimal | None:
    """The number to the 15 digits that Excel keeps; None where it is none, or too large for Excel."""
    try:
        number = Decimal(f"{float(value):.15g}")
    except OverflowError:
        return None
    return number if number.is_finite() and number.adjusted() < 308 else None


def scaled(number: Decimal, power: int) -> Decimal:
    """The number times ten to a power, exactly."""
    return number.scaleb(power, ROOM)


def general(number: Decimal) -> str:
    """A number under General: in a wide cell at most 11 characters, else with a power of ten (`1.23457E+11`)."""
    if not number:
        return "0"
    place = number.adjusted()
    decimals = min(9, max(0, 9 - place))
    text = _trimmed(number if -_LONGEST_GENERAL < place < -4 else rounded(number, decimals))
    if -_LONGEST_GENERAL < place < _LONGEST_GENERAL and len(text) <= _LONGEST_GENERAL:
        return text
    mantissa = rounded(scaled(number, -place), 5)
    if mantissa >= 10:
        mantissa, place = mantissa / 10, place + 1
    return f"{_trimmed(mantissa)}E{'-' if place < 0 else '+'}{abs(place):02}"


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_figures(section: Section, number: Decimal) -> str:
    """A number under a section such as `£#,##0.00` or `0.0,,"m"`."""
    return _placed(section, rounded(scaled(number, section.power), len(section.places("decimal"))))


def is_nought(section: Section, number: Decimal) -> bool:
    """Is nothing but noughts shown of a number, so that Excel puts no minus before it?"""
    return section.kind == "number" and not rounded(scaled(number, section.power), len(section.places("decimal")))


def with_power(section: Section, number: Decimal) -> str:
    """A number under a section such as `0.00E+00`: several places before the point make the power go by as many."""
    places, decimals = len(section.places("whole")), len(section.places("decimal"))
    step = max(1, places)
    power = number.adjusted() // step * step + (not places) if number else 0
    if rounded(scaled(number, -power), decimals) >= 10**places:
        power += step
    return _placed(section, rounded(scaled(number, -power), decimals), power)


def _placed(section: Section, figures: Decimal, power: int = 0) -> str:
    """The digits of a rounded number put into the section's places, its words and signs between them."""
    whole, _, decimals = f"{figures:f}".partition(".")
    places = section.places("whole")
    if whole == "0":
        whole = "0" * len(places) if section.kind == "scientific" and not figures else ""
    wholes = iter(_before_the_point(places, whole, section.grouped))
    tenths = _after_the_point(section.places("decimal"), decimals)
    powers = iter(_before_the_point(section.places("power"), str(abs(power)), False))
    later = iter(tenths)
    shown = ""
    for kind, text in section.parts:
        if kind == "whole":
            shown += next(wholes)
        elif kind == "decimal":
            shown += next(later)
        elif kind == "power":
            shown += next(powers)
        elif kind == "point":
            shown += ("" if places else whole) + ("." if any(tenths) else "")
        elif kind == "exponent":
            shown += text[0] + ("-" if power < 0 else text[1].replace("-", ""))
        else:
            shown += text
    return shown


def _before_the_point(places: str, digits: str, grouped: bool) -> list[str]:
    """What stands at each place: the first takes all digits that there are no places for; 0 shows a nought."""
    more = max(0, len(digits) - len(places))
    each = [" "] * (len(places) - len(digits)) + [digits[: more + 1], *digits[more + 1 :]]
    filled = [
        "0" if (place, digit) == ("0", " ") else digit.strip() for place, digit in zip(places, each, strict=False)
    ]
    return [_with_commas(text, len(places) - at - 1) for at, text in enumerate(filled)] if grouped else filled


def _with_commas(digits: str, after: int) -> str:
    """The digits, each that stands before a full group of three (`after` more stand behind them) with a comma."""
    behind = range(after + len(digits) - 1, after - 1, -1)
    return "".join(f"{digit}," if n and n % 3 == 0 else digit for digit, n in zip(digits, behind, strict=True))


def _after_the_point(places: str, digits: str) -> list[str]:
    told = digits.rstrip("0")
    return [told[at : at + 1] or ("0" if place == "0" else "") for at, place in enumerate(places)]


# -- fractions --------------------------------------------------------------------------------------------------------


def as_fraction(section: Section, number: Decimal) -> str:
    """A number under a section such as `# ?/?` or `# ??/16`."""
    places = section.places("whole")
    above, below = section.places("above"), section.places("below")
    whole = math.floor(number)
    top, bottom = _parts_of_one(float(number) - whole if number < _LARGEST_WITH_FRACTION else 0.0, below)
    if not places:
        whole, top = 0, top + whole * bottom
    elif top == bottom:
        whole, top = whole + 1, 0
    blank = bool(places) and not top
    wholes = iter(_before_the_point(places, str(whole) if whole or blank else "", False))
    under = str(bottom).zfill(below.count("0") if below[0] == "0" else 0)
    shown = ""
    for kind, text in section.parts:
        if kind == "whole":
            shown += next(wholes)
        elif kind == "above" and not (blank and "0" not in above):
            shown += f"{''.join(_before_the_point(above, str(top), False))}/{under}"
        elif kind not in ("above", "below"):
            shown += text
    return shown


def _parts_of_one(rest: float, below: str) -> tuple[int, int]:
    if not below.strip("0#?"):
        return nearly(rest, 10 ** min(len(below), 15) - 1)
    bottom = max(1, int("".join(place if place.isdigit() else "0" for place in below)))
    return math.floor(rest * bottom + 0.5), bottom


def nearly(number: float, most: int) -> tuple[int, int]:
    """The last of the number's continued fractions whose lower part is at most `most`: Excel's, not the nearest one.

    In floats on purpose, as Excel reckons: 1.3 is 1 1/3, and 2.3 is 2 2/7, under `# ?/?`.
    """
    top, bottom, top_before, bottom_before = math.floor(number), 1, 1, 0
    rest = number - top
    while rest > _SAME and abs(number - top / bottom) > _SAME:
        step = math.floor(1 / rest)
        rest = 1 / rest - step
        if step * bottom + bottom_before > most:
            break
        top, top_before = step * top + top_before, top
        bottom, bottom_before = step * bottom + bottom_before, bottom
    return top, bottom
