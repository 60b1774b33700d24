"""Paragraphs, rows and tables copied from a fresh paper into an officer's, in the officer's paper's own styles."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from pipeline.opc import parse, serialise
from pipeline.revise.edit_marks import END, START
from pipeline.revise.paper import Paper
from pipeline.word.lists import NUMBERING_TYPE, copy_list, is_carried, no_lists
from pipeline.word.xml import NAMESPACES, VAL, Element, qn, remove, unwrap

_STYLED = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_LEFT_OUT = tuple(
    qn(f"w:{name}")
    for name in (
        *("drawing", "pict", "object", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr"),
        *("footnoteReference", "endnoteReference", "sectPr", "lastRenderedPageBreak"),
    )
)
_HYPERLINK, _NUMBERED, _NUMBER = map(qn, ("w:hyperlink", "w:numPr", "w:numId"))
_NUMBERING_PART = "word/numbering.xml"
_OWN = tuple(f"{{{NAMESPACES[prefix]}}}" for prefix in ("w", "xml"))


def _names(paper: Paper) -> dict[str, str]:
    styles = paper.tree("styles")
    found = (
        {} if styles is None else {s.get(qn("w:styleId"), ""): s.find(qn("w:name")) for s in styles.iter(qn("w:style"))}
    )
    return {style: name.get(VAL, "").casefold() for style, name in found.items() if name is not None}


class Transplant:
    """Copies from `fresh` into `officer`. `peers` are paragraphs that stand for each other in the two papers.

    A style is found by its id and name, then by its name, then by what the officer's paper uses where the fresh one
    uses it: editors rename style ids and renumber lists on saving.
    """

    def __init__(self, officer: Paper, fresh: Paper, peers: Iterable[tuple[Element, Element]]) -> None:
        self.theirs, self.ours = _names(officer), _names(fresh)
        self.by_name = {name: style for style, name in reversed(self.theirs.items())}
        numbering = officer.tree("numbering")
        lists = () if numbering is None else numbering.iter(qn("w:num"))
        self.lists = {number.get(_NUMBER, "") for number in lists}
        self.officer, self.numbering = officer, fresh.tree("numbering")
        self.unlisted = set[str]()
        self.learned_style: dict[str, str] = {}
        self.learned_list: dict[str, str] = {}
        for old, new in peers:
            self._learn(old, new)

    def _learn(self, theirs: Element, ours: Element) -> None:
        for learned, path in (
            (self.learned_style, f"{qn('w:pPr')}/{qn('w:pStyle')}"),
            (self.learned_list, f"{qn('w:pPr')}/{_NUMBERED}/{_NUMBER}"),
        ):
            one, other = ours.find(path), theirs.find(path)
            if one is not None and other is not None:
                learned.setdefault(one.get(VAL, ""), other.get(VAL, ""))
            elif one is not None and learned is self.learned_list:
                self.unlisted.add(one.get(VAL, ""))

    def style(self, style: str) -> str:
        """The officer's style id for one of ours, `` where there is none."""
        name = self.ours.get(style, "")
        if name and self.theirs.get(style) == name:
            return style
        return self.by_name.get(name) or self.learned_style.get(style) or (style if style in self.theirs else "")

    def copy(self, element: Element) -> Element:
        """A copy to put into the officer's paper: without marks, pictures, or links that need other parts."""
        twin = copy.deepcopy(element)
        twin.tail = None
        remove(each for each in twin.iter() if not isinstance(each.tag, str) or not each.tag.startswith(_OWN[0]))
        remove(twin.iter(START, END, *_LEFT_OUT))
        for link in [link for link in twin.iter(_HYPERLINK) if link.get(qn("r:id")) is not None]:
            unwrap(link)
        for changed in twin.iter():
            _plain_attributes(changed)
        for styled in list(twin.iter(*_STYLED)):
            self._restyle(styled)
        for numbered in list(twin.iter(_NUMBERED)):
            self._renumber(numbered)
        return twin

    def _restyle(self, styled: Element) -> None:
        style = self.style(styled.get(VAL, ""))
        if style:
            styled.set(VAL, style)
        else:
            remove([styled])

    def _renumber(self, numbered: Element) -> None:
        number = numbered.find(_NUMBER)
        if number is None:
            return
        name = number.get(VAL, "")
        if name not in self.learned_list | dict.fromkeys(self.unlisted) and is_carried(self.numbering, name):
            self.learned_list[name] = self._bring(name)
        theirs = self.learned_list.get(name, "" if name in self.unlisted else name)
        if theirs in self.lists or theirs == "0":
            number.set(VAL, theirs)
        else:
            remove([numbered])

    def _bring(self, name: str) -> str:
        """Puts a list of the fresh paper's own into the officer's; its number there."""
        part = next(iter(self.officer.related("numbering")), "")
        theirs = parse(self.officer.parts[part]) if part else no_lists()
        number = str(copy_list(self.numbering, name, theirs)) if self.numbering is not None else name
        if part:
            self.officer.parts[part] = serialise(theirs)
        else:
            self.officer.relate("numbering", _NUMBERING_PART, serialise(theirs), NUMBERING_TYPE)
        self.lists.add(number)
        return number


def _plain_attributes(element: Element) -> None:
    for name in [name for name in element.attrib if not str(name).startswith(_OWN)]:
        del element.attrib[name]
