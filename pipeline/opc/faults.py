"""Why a packed file, or a part of one, is not read."""

from __future__ import annotations

from typing import Literal

Fault = Literal["damaged", "too large", "unsafe", "locked", "twice"]


class Unsound(Exception):
    """A packed file that is not read. Each room says so in its own words, by the fault and the part (`` for the file).

    damaged: no whole zip file, or a part that does not hold what it says, or is not well-formed XML. too large: past
    the limits. unsafe: XML with a document type, or in an encoding that could hide one. locked: a password lies on a
    part. twice: two parts have this name.
    """

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault}: {part or 'the file'}")
        self.fault, self.part = fault, part
