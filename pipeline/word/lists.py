"""Lists put into a paper: each with a design of its own, so that no other list counts on with it."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from pipeline.blocks import ListLevel
from pipeline.word.xml import VAL, Element, make, qn

NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_DESIGN, _NUMBER, _LAST = map(qn, ("w:abstractNum", "w:num", "w:numIdMacAtCleanup"))
_DESIGN_ID, _NUMBER_ID, _OF_DESIGN = map(qn, ("w:abstractNumId", "w:numId", "w:abstractNumId"))
_SIGN = "C0DE"
"""How the number begins that Word tells the designs of lists apart by, where a list was carried into a paper."""
_BULLETS = "•–▪"
_EDGE, _STEP = 720, 567
"""Twips: where the text of a numbered paragraph begins, and how much further each level of a list."""


def no_lists() -> Element:
    """A numbering part without lists."""
    return make("w:numbering")


def add_list(numbering: Element, levels: Sequence[ListLevel]) -> int:
    """Puts a list with these levels into a numbering part; its number."""
    design = make("w:abstractNum")
    design.append(make("w:nsid"))
    design.append(make("w:multiLevelType", val="multilevel"))
    design.extend(_level(at, level) for at, level in enumerate(levels))
    return _put(numbering, design)


def is_carried(numbering: Element | None, number: str) -> bool:
    """Is it a list that was carried into the paper, and none of the template's own?"""
    design = None if numbering is None else _design_of(numbering, number)
    sign = None if design is None else design.find(qn("w:nsid"))
    return sign is not None and sign.get(VAL, "").startswith(_SIGN)


def copy_list(source: Element, number: str, numbering: Element) -> int:
    """Puts a list of one numbering part into another; its number there. The list must be in the source."""
    design = _design_of(source, number)
    if design is None:
        raise KeyError(number)
    return _put(numbering, copy.deepcopy(design))


def _design_of(numbering: Element, number: str) -> Element | None:
    of = next((each.find(_OF_DESIGN) for each in numbering.iter(_NUMBER) if each.get(_NUMBER_ID) == number), None)
    named = "" if of is None else of.get(VAL, "")
    return next((each for each in numbering.iter(_DESIGN) if each.get(_DESIGN_ID) == named), None)


def _put(numbering: Element, design: Element) -> int:
    """Puts a design, and a list of it, behind all others."""
    at = 1 + max([-1, *(_number(each.get(_DESIGN_ID)) for each in numbering.iter(_DESIGN))])
    number = 1 + max([0, *(_number(each.get(_NUMBER_ID)) for each in numbering.iter(_NUMBER))])
    design.set(_DESIGN_ID, str(at))
    for sign in design.iter(qn("w:nsid")):
        sign.set(VAL, f"{_SIGN}{at % 0x10000:04X}")
    first = next((each for each in numbering if each.tag in (_NUMBER, _LAST)), None)
    numbering.append(design) if first is None else first.addprevious(design)
    made, last = make("w:num", numId=number), numbering.find(_LAST)
    made.append(make("w:abstractNumId", val=at))
    numbering.append(made) if last is None else last.addprevious(made)
    return number


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() else 0


def _level(at: int, level: ListLevel) -> Element:
    made, look = make("w:lvl", ilvl=at), make("w:pPr")
    text = _BULLETS[at % len(_BULLETS)] if level.form == "bullet" else level.text
    look.append(make("w:ind", left=_EDGE + _STEP * (at + 1), hanging=_STEP))
    parts = (("start", level.start), ("numFmt", level.form), ("lvlText", text), ("lvlJc", "left"))
    made.extend([*(make(f"w:{name}", val=value) for name, value in parts), look])
    return made
