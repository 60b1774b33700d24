"""Rules on what a paper must have: its sections, its header, no text that only keeps a place (R19, R21)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.blocks import Fact
from pipeline.problems import NOWHERE, Place, Problem, error, note, warning
from pipeline.rules.kept_place import kept_places
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import shortened

WORDED = ("area", "activity", "heading")
SURE = ("title", "board", "date")
OPEN_ITEM = ("to be confirmed", "tbc", "to follow", "")


def required(paper: Paper) -> Iterator[Problem]:
    """P101: a section that the settings require says nothing."""
    place = Place(f"{paper.report.name}/report.toml", near="[checks]")
    for name in paper.report.required_sections:
        if not paper.context.sections.get(name):
            yield error(
                "P101",
                place,
                f"The section “{name}” is required, but nothing stands in it.",
                "Add a sentence to the wording sheet that is said for it, or take it out of “required_sections”.",
            )


def header(paper: Paper) -> Iterator[Problem]:
    """P102, P103, P104: blank fields of the header, and an item number that is not set."""
    for name, text in paper.context.fields.items():
        fact = paper.context.field_facts.get(name)
        place = fact.sources[0] if fact and fact.sources else NOWHERE
        if name == "item" and text.strip().casefold() in OPEN_ITEM:
            yield note("P104", place, "The paper has no item number yet.", "Enter it once the agenda is set.")
        elif not text.strip() and name in SURE:
            yield error("P102", place, f"The header has no “{name}”.", "Fill it in.")
        elif not text.strip() and name in paper.report.fields:
            yield warning("P103", place, f"The field “{name}” is blank.", "Fill it in, or take it out of the settings.")


def placeholders(paper: Paper) -> Iterator[Problem]:
    """P105: words that only keep a place. A comment that has not come is told of when the files are read."""
    for passage in paper.passages:
        for found in () if passage.waits else kept_places(passage.text):
            yield keeping(found, passage.place(found))


def placeholders_in_rows(paper: Paper) -> Iterator[Problem]:
    """P105 again, in what officers typed into rows that a table prints; each cell once."""
    cells = dict.fromkeys((fact.sources[0], fact.text) for fact in worded(paper))
    for place, text in cells:
        for found in kept_places(text):
            yield keeping(found, place)


def keeping(words: str, place: Place) -> Problem:
    """P105 for some words."""
    told = f"“{shortened(words)}” only keeps a place."
    return error("P105", place, told, "Write what belongs there, or take it out.")


def worded(paper: Paper) -> Iterator[Fact]:
    """The words of tables' rows that officers chose, where they may keep a place."""
    cells = ((row, name) for row, names in paper.cells for name in names if name in WORDED)
    found = (row.facts.get(name) for row, name in cells if kept_places(row.values[name]))
    return (fact for fact in found if fact is not None and fact.sources)


OF_THE_PAPER, OF_WORDS = (required, header, placeholders_in_rows), (placeholders,)
