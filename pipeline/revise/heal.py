"""After a merge: marks put back cleanly, the numbers in cross-references, the title, and the new baseline."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from pipeline.baseline import mark_name
from pipeline.opc import parse, serialise
from pipeline.revise.numbering import labels
from pipeline.revise.paper import Paper
from pipeline.revise.units import END, START, our_mark
from pipeline.word.fields import reference
from pipeline.word.xml import ID, NAME, TEXT, Element, make, qn

_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CODE, _CHAR, _SIMPLE = map(qn, ("w:instrText", "w:fldChar", "w:fldSimple"))


def referred(body: Element) -> set[str]:
    """The marks that cross-references in the paper point at."""
    codes = [code.text or "" for code in body.iter(_CODE)] + [f.get(qn("w:instr"), "") for f in body.iter(_SIMPLE)]
    return {mark for code in codes if (mark := reference(code))}


def heal_marks(body: Element, places: Mapping[str, tuple[Element, Element]]) -> None:
    """Marks every block afresh, by key: from its first paragraph to its last. Editors copy, split and strand marks.

    A stray mark stays where a cross-reference still points at it.
    """
    names = {mark_name(key) for key in places}
    stray = referred(body) - names
    doomed = [start for start in body.iter(START) if (mark := our_mark(start)) and mark not in stray]
    numbers = {start.get(ID) for start in doomed}
    _drop([*doomed, *(end for end in body.iter(END) if end.get(ID) in numbers)])
    _drop_orphans(body)
    used = [int(n) for e in body.iter(START) if (n := e.get(ID, "")).isdigit()]
    fresh = itertools.count(max(used, default=0) + 1)
    for key, (first, last) in places.items():
        number = next(fresh)
        start = make("w:bookmarkStart", id=number, name=mark_name(key))
        first.insert(1 if first.find(qn("w:pPr")) is not None else 0, start)
        last.append(make("w:bookmarkEnd", id=number))


def _drop_orphans(body: Element) -> None:
    """Removes our stray second starts of one name, and ends whose start is gone."""
    ours = [start for start in body.iter(START) if our_mark(start)]
    first = {start.get(NAME, ""): start for start in reversed(ours)}
    _drop(start for start in ours if first[start.get(NAME, "")] is not start)
    started = {start.get(ID) for start in body.iter(START)}
    _drop([end for end in body.iter(END) if end.get(ID) not in started])


def _drop(elements: Iterable[Element]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def refresh_references(paper: Paper) -> None:
    """Writes the number that each cross-reference to one of our marks shows, as the paper now stands.

    Word itself does so only on F9 or in printing; asked to do it on opening, it puts a question to the officer.
    """
    numbers = labels(paper, referred(paper.body))
    for code in paper.body.iter(_CODE):
        if (number := numbers.get(reference(code.text or ""))) is not None:
            _show(_result_of(code), number)
    for simple in paper.body.iter(_SIMPLE):
        if (number := numbers.get(reference(simple.get(qn("w:instr"), "")))) is not None:
            _show(list(simple.iter(TEXT)), number)


def _result_of(code: Element) -> list[Element]:
    """The text elements of the result of the field that `code` belongs to, within its paragraph."""
    paragraph = next(code.iterancestors(qn("w:p")))
    following = itertools.dropwhile(lambda e: e is not code, paragraph.iter(_CODE, _CHAR, TEXT))
    result: list[Element] = []
    for element in following:
        if element.get(qn("w:fldCharType")) == "end":
            break
        if element.tag == TEXT:
            result.append(element)
    return result


def _show(result: list[Element], number: str) -> None:
    shown = "".join(text.text or "" for text in result)
    if shown != number and (not shown or kind_of(shown) == kind_of(number)):
        for n, text in enumerate(result):
            text.text = "" if n else number


def kind_of(number: str) -> str:
    """`Appendix` for "Appendix 2": a reference to an appendix never takes the number of a heading."""
    return number.rpartition(" ")[0]


def title_of(paper: Paper) -> str:
    """The title property."""
    core = paper.parts.get(_CORE)
    return "" if core is None else parse(core).findtext(_TITLE, "")


def set_title(paper: Paper, title: str) -> None:
    """Sets the title property, if the paper has one."""
    core = parse(paper.parts[_CORE]) if _CORE in paper.parts else None
    found = None if core is None else core.find(_TITLE)
    if core is not None and found is not None and found.text != title:
        found.text = title
        paper.parts[_CORE] = serialise(core)


def shown_numbers(body: Element) -> dict[str, str]:
    """What the cross-references of a paper show now, by the mark that they point at."""
    shown: dict[str, str] = {}
    for code in body.iter(_CODE):
        if mark := reference(code.text or ""):
            shown.setdefault(mark, "".join(text.text or "" for text in _result_of(code)))
    return shown
