"""One cell to one typed value: text, lines, yes or no, a word from a list. Dates: dates.py; numbers: numbers.py.

A reader takes a cell that holds something and gives a Reading: the value, or None where the cell cannot be relied on,
and what is wrong. What Excel shows decides, not only what it stores.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.nearest import did_you_mean
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Place, Problem, error, warning
from pipeline.sheets import EXCEL_TEXT, HASHES, Cell, Shown, is_blank, shown
from pipeline.text import clean, excerpt, match_key, without_edges

LONGEST_CELL = 100_000
"""Characters of one cell; Excel itself holds 32,767."""

OpenWords = Collection[str] | Mapping[str, Any]

_MARK = Pattern(r"^[•◦▪‣·●○■*–—-]\s+")
_YES = frozenset(("yes", "y", "true"))
_NO = frozenset(("no", "n", "false"))
_AS_TYPED = ("General", "@", "")
_FOR_TEXTS = frozenset("@;")


class Reading(NamedTuple):
    """What a cell gives: its value, and what is wrong with it (without a place: equal cells give equal readings)."""

    value: Any = None
    problems: tuple[Problem, ...] = ()

    def but(self, *problems: Problem) -> Reading:
        """The same without a value, and with more problems."""
        return Reading(None, (*self.problems, *problems))

    def at(self, place: Place) -> tuple[Problem, ...]:
        """The problems of the cell in this place."""
        return tuple(replace(problem, place=place) for problem in self.problems)


Reader = Callable[[Cell], Reading]
BLANK_TEXT = Reading("")


def wrong(code: str, message: str, cure: str) -> Reading:
    """No value, and the error that says why."""
    return Reading(None, (error(code, NOWHERE, message, cure),))


def read_cell(cell: Cell | None, reader: Reader, blank: Reading) -> Reading:
    """What the cell gives, `blank` where it shows nothing. Errors (I301), unsaved formulas
    (I302) and what is no text (I337) have no value."""
    if cell is None or is_blank(cell):
        return blank
    if cell.kind == "error":
        message = f"The cell shows the error “{excerpt(str(cell.value))}”."
        return Reading(blank.value, wrong("I301", message, "Correct the formula in this cell.").problems)
    if cell.kind == "uncalculated":
        message = "The cell holds a formula whose result was never saved."
        return Reading(blank.value, wrong("I302", message, "Open the workbook in Excel and save it.").problems)
    if cell.kind == "rich":
        message = "The cell holds what only newer versions of Excel show: a picture, a linked data type or an error."
        return Reading(blank.value, wrong("I337", message, "Type as text what Excel shows here.").problems)
    return reader(cell)


def cell_text(cell: Cell | None) -> Reading:
    """What Excel shows in a cell, cleaned by the rules of text.py; days and months in the house's words.

    Blank with a problem where it cannot be printed as it is shown: I333 a number cut to fit, I334 below nought by its
    colour alone, I335 thousands or millions that nothing tells, I336 a format that is not understood.
    """
    return read_cell(cell, as_text, BLANK_TEXT)


def as_text(cell: Cell) -> Reading:
    """The text of a cell that holds something, as `cell_text` tells."""
    value = cell.value
    as_typed = cell.kind == "text" and (cell.format in _AS_TYPED or not _FOR_TEXTS.intersection(cell.format))
    if as_typed and isinstance(value, str) and len(value) < EXCEL_TEXT and value.isprintable():
        return Reading(without_edges(value))
    found = cell.shown
    return Reading("", (_unprintable(cell, found),)) if found.doubt else _cleaned(found.text)


def _unprintable(cell: Cell, found: Shown) -> Problem:
    code, text, cure = _DOUBTS[found.doubt]
    full = shown("#,##0.##", cell.stored).text
    message = text.format(text=excerpt(found.text), full=full, shape=excerpt(cell.format, 80), why=found.why)
    return error(code, NOWHERE, message, cure)


_ANOTHER = "Give the cell another number format, or type it as text."
_DOUBTS = {
    "cut": (
        "I333",
        "Excel shows as much of this number as the cell has room for: “{text}”.",
        "Give the cell a number format that says how many decimals it shows, such as 0.00.",
    ),
    "sign": (
        "I334",
        "Excel shows “{text}” for a number below nought: at most its colour tells.",
        "Give the cell a number format with a minus, such as #,##0;-#,##0.",
    ),
    "scale": (
        "I335",
        "Excel shows “{text}” for {full}, and nothing beside it says that it is in thousands or millions.",
        'Write the unit into the number format, as in #,##0,"k", or show the number in full.',
    ),
    "hashes": ("I336", f"Excel shows “{HASHES}” here: its number format cannot show this number.", _ANOTHER),
    "format": (
        "I336",
        "What Excel shows here cannot be told from its number format “{shape}”: {why}.",
        _ANOTHER,
    ),
}


def _cleaned(text: str) -> Reading:
    if len(text) > LONGEST_CELL:
        message = f"The cell holds {len(text):,} characters; {LONGEST_CELL:,} are the most that are read."
        return Reading("", wrong("I306", message, "Shorten the text, or put it into a Word file.").problems)
    cleaned, again = clean(text), "Type the text again in this cell."
    if cleaned.half:
        return Reading("", wrong("I307", "The text holds half of a character.", again).problems)
    found = {
        "I303": ("characters that cannot be printed; each was read as a blank", cleaned.control),
        "I304": ("hidden marks that turn the direction of reading; they were left out", cleaned.direction),
        "I305": ("codes that stand for no character; they were left out", cleaned.no_character),
    }
    problems = [
        warning(code, NOWHERE, f"The text holds {what}.", again) for code, (what, there) in found.items() if there
    ]
    if len(text) == EXCEL_TEXT:
        message = f"The text is exactly {EXCEL_TEXT:,} characters long, the most that Excel holds."
        problems.append(warning("I308", NOWHERE, message, "Look at its end: it was probably cut off."))
    return Reading(cleaned.text, tuple(problems))


def as_lines(cell: Cell) -> Reading:
    """The lines of a cell, blank ones left out, and without the bullet or dash that a line may start with."""
    found = as_text(cell)
    lines = (_MARK.sub("", line.strip()).strip() for line in found.value.split("\n"))
    return found._replace(value=tuple(line for line in lines if line))


def as_yes_no(cell: Cell) -> Reading:
    """True or False. Yes, Y, True, 1, No, N, False, 0 are understood, nothing else (I340)."""
    if cell.kind == "yesno" or (cell.kind == "number" and cell.value in (0, 1)):
        return Reading(bool(cell.value))
    found = as_text(cell)
    if not found.value and cell.kind != "text":
        return found.but()
    key = match_key(found.value)
    if key in _YES or key in _NO:
        return found._replace(value=key in _YES)
    message = f"“{excerpt(found.value)}” is neither yes nor no."
    return found.but(error("I340", NOWHERE, message, "Type Yes or No."))


def as_choice(cell: Cell, choices: OpenWords) -> Reading:
    """The word of `choices` that the cell holds, spelt as the list spells it; with a mapping, what it is mapped to.

    Case, blanks and kinds of hyphen do not matter; any other word is a problem (I341) that names the nearest.
    """
    found = as_text(cell)
    if not found.value and cell.kind != "text":
        return found.but()
    known = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    for choice, meaning in known.items():
        if match_key(choice) == match_key(found.value):
            return found._replace(value=meaning)
    hint = did_you_mean(found.value, known, "", key=match_key)
    offered = ", ".join(f"“{word}”" for word in list(known)[:12])
    message = f"“{excerpt(found.value)}” is not one of the words for this column. {hint}".rstrip()
    return found.but(error("I341", NOWHERE, message, f"Use one of {offered}."))
