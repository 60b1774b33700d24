"""One cell to one typed value: text, lines, yes or no, a word from a list. Dates: days.py; numbers: numbers.py.

Every reader takes the cell (None for a blank one), its place, and the list to which it adds what is wrong; it returns
the value, or None (text: "") where the cell is blank or cannot be relied on. A blank cell is never a problem here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pipeline.nearest import nearest
from pipeline.problems import Place, Problem, error, warning
from pipeline.read import limits
from pipeline.sheets import EXCEL_TEXT, HASHES, Cell, Shown, shown
from pipeline.text import clean, excerpt, is_blank, match_key, without_edges

_MARK = re.compile(r"^[•◦▪‣·●○■*–—-]\s+")
_YES = frozenset(("yes", "y", "true"))
_NO = frozenset(("no", "n", "false"))
_AS_TYPED = ("General", "@", "")
_FOR_TEXTS = frozenset("@;")


def unusable(cell: Cell | None, place: Place, problems: list[Problem]) -> bool:
    """Is there no value to read? Error cells (I301) and unsaved formulas (I302) are problems, blank cells none."""
    if cell is None:
        return True
    if cell.kind == "error":
        problems.append(_error_cell(cell, place))
        return True
    if cell.kind == "uncalculated":
        problems.append(_uncalculated(place))
        return True
    return isinstance(cell.value, str) and is_blank(cell.value)


def as_text(cell: Cell | None, place: Place, problems: list[Problem]) -> str:
    """What Excel shows in a cell, cleaned by the rules of text.py; days and months in the house's words.

    Blank with a problem where it cannot be printed as it is shown: I333 a number cut to fit, I334 below nought by its
    colour alone, I335 thousands or millions that nothing tells, I336 a format that is not understood.
    """
    if cell is None:
        return ""
    value = cell.value
    as_typed = cell.kind == "text" and (cell.format in _AS_TYPED or not _FOR_TEXTS.intersection(cell.format))
    if as_typed and isinstance(value, str) and len(value) < EXCEL_TEXT and value.isprintable():
        return without_edges(value)
    if unusable(cell, place, problems):
        return ""
    told = cell.shown
    if told.doubt:
        problems.append(unprintable(cell, told, place))
        return ""
    return _cleaned_text(told.text, place, problems)


def unprintable(cell: Cell, told: Shown, place: Place) -> Problem:
    """I333 to I336: what the cell shows is not what may be printed."""
    text = excerpt(told.text)
    if told.doubt == "cut":
        return error(
            "I333",
            place,
            f"Excel shows as much of this number as the cell has room for: “{text}”.",
            "Give the cell a number format that says how many decimals it shows, such as 0.00.",
        )
    if told.doubt == "sign":
        return error(
            "I334",
            place,
            f"Excel shows “{text}” for a number below nought: at most its colour tells.",
            "Give the cell a number format with a minus, such as #,##0;-#,##0.",
        )
    if told.doubt == "scale":
        return error(
            "I335",
            place,
            f"Excel shows “{text}” for {shown('#,##0.##', cell.stored).text}, and nothing "
            "beside it says that it is in thousands or millions.",
            'Write the unit into the number format, as in #,##0,"k", or show the number in full.',
        )
    why = f"Excel shows “{HASHES}” here: its number format cannot show this number"
    if told.doubt == "format":
        why = f"What Excel shows here cannot be told from its number format “{excerpt(cell.format, 80)}”: {told.why}"
    return error("I336", place, f"{why}.", "Give the cell another number format, or type it as text.")


def _cleaned_text(text: str, place: Place, problems: list[Problem]) -> str:
    if len(text) > limits.CELL_TEXT:
        problems.append(_too_long(place, len(text)))
        return ""
    cleaned = clean(text)
    if cleaned.half:
        problems.append(_half(place))
        return ""
    if cleaned.control or cleaned.direction or cleaned.no_character:
        problems.extend(_cleaned(place, cleaned.control, cleaned.direction, cleaned.no_character))
    if len(text) == EXCEL_TEXT:
        problems.append(_cut_off(place))
    return cleaned.text


def as_lines(cell: Cell | None, place: Place, problems: list[Problem]) -> tuple[str, ...]:
    """The lines of a cell, blank ones left out, and without the bullet or dash that a line may start with."""
    lines = (_MARK.sub("", line.strip()).strip() for line in as_text(cell, place, problems).split("\n"))
    return tuple(line for line in lines if line)


def as_yes_no(cell: Cell | None, place: Place, problems: list[Problem]) -> bool | None:
    """True, False, or None for a blank cell. Yes, Y, True, 1, No, N, False, 0 are understood, nothing else (I340)."""
    if cell is None or unusable(cell, place, problems):
        return None
    if cell.kind == "yesno" or (cell.kind == "number" and cell.value in (0, 1)):
        return bool(cell.value)
    text = as_text(cell, place, problems)
    if not text and cell.kind != "text":
        return None
    key = match_key(text)
    if key in _YES or key in _NO:
        return key in _YES
    problems.append(error("I340", place, f"“{excerpt(text)}” is neither yes nor no.", "Type Yes or No."))
    return None


def as_choice(
    cell: Cell | None, place: Place, problems: list[Problem], choices: Collection[str] | Mapping[str, str]
) -> str | None:
    """The word of `choices` that the cell holds, spelt as the list spells it; None for a blank cell.

    With a mapping, the word that the cell's word is mapped to. Case, blanks and kinds of hyphen do not matter; any
    other word is a problem (I341) that names the nearest.
    """
    if cell is None or unusable(cell, place, problems):
        return None
    text = as_text(cell, place, problems)
    if not text and cell.kind != "text":
        return None
    known = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    for choice, meaning in known.items():
        if match_key(choice) == match_key(text):
            return meaning
    problems.append(_unknown(text, place, list(known)))
    return None


def _unknown(text: str, place: Place, words: list[str]) -> Problem:
    near = nearest(text, words, key=match_key)
    hint = f" Did you mean “{near}”?" if near else ""
    offered = ", ".join(f"“{word}”" for word in words[:12])
    return error(
        "I341", place, f"“{excerpt(text)}” is not one of the words for this column.{hint}", f"Use one of {offered}."
    )


def _error_cell(cell: Cell, place: Place) -> Problem:
    return error(
        "I301", place, f"The cell shows the error “{excerpt(str(cell.value))}”.", "Correct the formula in this cell."
    )


def _uncalculated(place: Place) -> Problem:
    return error(
        "I302", place, "The cell holds a formula whose result was never saved.",
        "Open the workbook in Excel and save it.",
    )  # fmt: skip


def _too_long(place: Place, length: int) -> Problem:
    return error(
        "I306", place, f"The cell holds {length:,} characters; {limits.CELL_TEXT:,} are the most that are read.",
        "Shorten the text, or put it into a Word file.",
    )  # fmt: skip


def _cut_off(place: Place) -> Problem:
    return warning(
        "I308", place, f"The text is exactly {EXCEL_TEXT:,} characters long, the most that Excel holds.",
        "Look at its end: it was probably cut off.",
    )  # fmt: skip


def _half(place: Place) -> Problem:
    return error("I307", place, "The text holds half of a character.", "Type the text again in this cell.")


def _cleaned(place: Place, control: bool, direction: bool, no_character: bool) -> list[Problem]:
    found = {
        "I303": ("characters that cannot be printed; each was read as a blank", control),
        "I304": ("hidden marks that turn the direction of reading; they were left out", direction),
        "I305": ("codes that stand for no character; they were left out", no_character),
    }
    return [
        warning(code, place, f"The text holds {what}.", "Type the text again in this cell.")
        for code, (what, there) in found.items()
        if there
    ]
