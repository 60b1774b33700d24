"""The numbers that Word prints before paragraphs ("Appendix 2"), worked out as Word does, for references to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.revise.paper import Paper
from pipeline.revise.units import START, our_mark
from pipeline.word.numbering import labelled
from pipeline.word.story import seen
from pipeline.word.xml import Element


def labels(paper: Paper, marks: Collection[str]) -> dict[str, str]:
    """What a reference to each of `marks` shows: the number of the first paragraph under it, as the paper stands."""
    found = dict[str, str]()
    for paragraph, label, _ in _numbered(paper) if marks else ():
        for start in paragraph.iter(START) if label else ():
            if (mark := our_mark(start)) in marks:
                found.setdefault(mark, label)
    return found


def places(paper: Paper) -> dict[Element, str]:
    """Where a reader finds each paragraph: its own number, else the last one above it, as the paper stands.

    Paragraphs that somebody typed count, so a row is found by the number that is printed above it. An item of a list of
    its own is told from its like in other sections: item 1 of 2 is `2(1)`. Under a heading without a number, such as
    that of the background papers, it is the heading's words: a bullet is no number.
    """
    styles, found = paper.numbering.styles, dict[Element, str]()
    section = heading = place = ""
    for paragraph, label, is_outline in _numbered(paper):
        shown = label
        if is_outline:
            section, heading = label.partition(".")[0], ""
        elif (section or heading) and styles.is_heading(paragraph):
            shown = heading = label or seen(paragraph).text.strip()
            section = ""
        elif label.isalnum() and (section or heading):
            shown = f"{section}({label})" if section else f"{heading} ({label})"
        place = shown if any(map(str.isalnum, shown)) else place
        found[paragraph] = place
    return found


def _numbered(paper: Paper) -> Iterator[tuple[Element, str, bool]]:
    """Each paragraph, its number (`` without one), and whether that is one of the sections and their paragraphs."""
    numbering = paper.numbering
    for paragraph, label, place in labelled(paper.body, numbering):
        number = label.rstrip(".")
        yield paragraph, number, bool(number and place and numbering.lists[place[0]].is_outline)
