"""How each comment stands with those who must clear it: by its file, and by what the draft has of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue import problem
from pipeline.office.material import Material
from pipeline.opc import write
from pipeline.problems import Place, Problem
from pipeline.publish.clearance import (
    Days,
    Demand,
    SectionClearance,
    clearance_problems,
    register_problems,
    section_clearances,
    to_remember,
)
from pipeline.report import Report
from pipeline.store import kept_texts, meeting_folders, put_json, records_in

if TYPE_CHECKING:
    from pipeline.baseline import Baseline

MEMORY = "clearances.json"
ABOVE, OTHER = "above", "other"
NOTES = ("footnoteReference", "endnoteReference")


def demands(report: Report) -> dict[str, Demand]:
    """What the report asks of each section that somebody must clear."""
    return {
        name: Demand(comment.title, comment.required, comment.cleared_within_days, comment.file)
        for name, comment in report.comments.items()
        if comment.clearance
    }


def clearances(material: Material) -> tuple[SectionClearance, ...]:
    """How each comment stands with those who must clear it."""
    records, days = material.inputs.records, Days(material.dates.as_at, material.order.today)
    wanted, known = demands(material.report), cleared_before(material.outputs)
    return section_clearances(wanted, records.comments, records.clearances, known, days)


def against_clearance(material: Material) -> list[Problem]:
    """What of the clearances stands in the way of publication."""
    wanted, report = demands(material.report), material.report
    free = {name.casefold() for name in report.comments if name not in wanted}
    registered = [each for each in material.inputs.records.clearances if each.section.strip().casefold() not in free]
    wrong = register_problems(registered, wanted, material.dates.meeting_on, material.order.today)
    return [*clearance_problems(clearances(material), wanted), *wrong]


def cleared_before(outputs: Path) -> dict[str, str]:
    """The words that were cleared, as first seen: the hash of each, by who cleared it and when. They stand in a file of
    their own; where that is lost, the records of the newest drafts have them too.
    """
    if known := kept_texts(outputs / MEMORY):
        return known
    records = ([*records_in(folder)] for folder in reversed(meeting_folders(outputs).values()))
    newest = next(filter(None, records), [{}])[-1].get("cleared")
    return {str(name): str(words) for name, words in newest.items()} if isinstance(newest, dict) else {}


def remember(material: Material) -> None:
    """Keeps the words of every clearance seen for the first time, so that a later change of them is noticed."""
    memory = material.outputs / MEMORY
    after = to_remember(clearances(material), cleared_before(material.outputs))
    if after != kept_texts(memory):
        put_json(memory, after)


class Said(NamedTuple):
    """A text of a section, as it is compared and as it is quoted, and where it stands."""

    words: str
    text: str
    place: Place


def said_in(content: bytes, name: str, base: Baseline, sections: Container[str]) -> Mapping[str, Sequence[Said]]:
    """What a reader sees in each of these sections: its blocks that were sent, and what people typed among and after
    them, or between them and the heading above.
    """
    from pipeline.publish.public_copy import as_read
    from pipeline.revise.match import find
    from pipeline.revise.outcome import NOTHING
    from pipeline.revise.paper import held_in, open_paper
    from pipeline.revise.revise import Spots
    from pipeline.revise.wordwise import normalised

    paper = open_paper(write(as_read(content, name).parts), name)
    found, spots = find(paper, base.blocks), Spots(paper, NOTHING)
    units = [unit for unit in found.units if unit.flat]
    owners = [owner_of(found.key_of.get(unit.number, ""), sections, heading=unit.is_heading) for unit in units]
    said: dict[str, list[Said]] = {}
    for unit, section in zip(units, sections_of(owners), strict=True):
        if section in sections:
            notes = (held.words for held in held_in(unit.element, paper) if held.name in NOTES)
            text = "\n".join([*unit.texts, *notes])
            place = Place(name, near=spots.spot(unit.first))
            said.setdefault(section, []).append(Said(normalised(text), text, place))
    return said


def owner_of(key: str, sections: Container[str], *, heading: bool) -> str:
    """Whose the block of a key is: a section's that a service sends, of what stands above, or another's; blank for what
    people put in.
    """
    section, _, rest = key.partition("/")
    if section in sections and (rest.partition("/")[0].isdigit() or rest == "to-follow"):
        return section
    return ABOVE if heading or section == "template" else OTHER if key else ""


def sections_of(owners: Sequence[str]) -> Iterator[str]:
    """Whose each text is: what people put in belongs to what stands before it, and below a heading to what follows."""
    before = accumulate(owners, lambda last, owner: owner or last, initial=ABOVE)
    after = [*accumulate(reversed(owners), lambda last, owner: owner or last, initial=OTHER)]
    for owner, last, following in zip(owners, before, reversed(after[:-1]), strict=False):
        yield owner or (following if last == ABOVE else last)


def parting(sent: Sequence[Said], there: Sequence[Said]) -> Iterator[tuple[Said | None, Said | None]]:
    """Where a section says otherwise what was sent: a text of either, None where it has none. Words that only stand in
    other paragraphs are the same.
    """
    if " ".join(each.words for each in sent) == " ".join(each.words for each in there):
        return
    same = SequenceMatcher(None, [each.words for each in sent], [each.words for each in there], autojunk=False)
    for tag, start, end, first, last in same.get_opcodes():
        if tag != "equal" and end - start == last - first:
            yield from zip(sent[start:end], there[first:last], strict=True)
        elif tag != "equal":
            yield together(sent[start:end]), together(there[first:last])


def together(said: Sequence[Said]) -> Said | None:
    """Some texts as one, where the first of them stands; None of none."""
    if not said:
        return None
    return Said(" ".join(each.words for each in said), " ".join(each.text for each in said), said[0].place)


def otherwise(demand: Demand, sent: Said | None, there: Said | None, draft: Place) -> Problem:
    """C210: what the draft says, and what the file, of which one may say nothing."""
    from pipeline.revise.outcome import excerpts

    old, new = excerpts(sent.text if sent else "", there.text if there else "")
    way = "" if sent and there else "added" if there else "lost"
    place = there.place if there else draft
    return problem("C210", place, way, title=demand.title, file=demand.file, sent=old, there=new)
