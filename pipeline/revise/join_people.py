"""Whose words are joined: the draft as it was handed out, block by block, and each person's copy read against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.join_frame import SECTION, Frame
from pipeline.revise.match import Found
from pipeline.revise.match_units import Unit
from pipeline.revise.paper import Held
from pipeline.revise.wordwise import line
from pipeline.word.xml import Element

Holding = Callable[[Element], Sequence[Held]]


@dataclass(frozen=True, slots=True)
class Handed:
    """A block of the draft as it was handed out: its `unit`, what its cross-references show, by mark, and what `holds`
    tells that an element has besides words.
    """

    key: str
    unit: Unit
    shown: Mapping[str, str]
    holds: Holding


@dataclass(frozen=True, slots=True)
class Theirs:
    """One person's copy, read against the draft as it was handed out. `carry` gives what stands in it as it can stand
    in the draft, `comment` the draft's number for a comment of it (blank for none), and `commented` are the numbers of
    the comments that the draft was handed out without; `holds` tells what an element has besides words; `sections` end
    in it, and not in the draft. `newer`: it is the draft in hand, which went on from that one; its words stand, and the
    others' follow.
    """

    person: str
    found: Found
    carry: Callable[[Element], Element]
    comment: Callable[[str], str]
    commented: frozenset[str]
    holds: Holding
    revisions: Revisions
    frame: Frame
    sections: frozenset[Element] = frozenset()
    newer: bool = False

    def ends_section(self, element: Element) -> bool:
        """Does a section end in an element of the copy that the draft does not end there?"""
        return any(each in self.sections for each in element.iter(SECTION))

    def units_of(self, key: str) -> Sequence[Unit]:
        """What stands for a block in the copy."""
        return self.found.of.get(key, ())

    def text_of(self, key: str) -> str:
        """What the copy says of a block."""
        return "\n".join(line(unit.texts) for unit in self.units_of(key))

    def carried(self, key: str) -> list[Element]:
        """What stands for a block in the copy, as it can stand in the draft."""
        return [self.carry(unit.element) for unit in self.units_of(key)]
