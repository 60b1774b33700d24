"""What an officer puts into a paragraph or row besides plain words: pictures, equations, notes, controls, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.revise.paper import Paper
from pipeline.word.xml import ID, MATH, NAMESPACES, Element, local, qn

# What the generator writes, and what editors add unasked. All else is somebody's: a list of the kinds of content that
# people put in would always lack one.
_PLAIN = frozenset(
    qn(f"w:{name}")
    for name in (
        *("p", "r", "t", "tab", "ptab", "br", "cr", "sym", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak"),
        *("fldChar", "instrText", "fldSimple", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("ins", "del", "delText", "delInstrText", "moveFrom", "moveTo", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd", "smartTag", "customXml", "dir", "bdo", "hyperlink"),
        *("tr", "tc", "tbl", "tblGrid"),
    )
)
_PROPERTIES = frozenset(
    qn(f"w:{name}")
    for name in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "smartTagPr", "customXmlPr", "fldData")
)
_LINK, _LINK_ID = map(qn, ("w:hyperlink", "r:id"))
_WORDS = (qn("w:t"), f"{MATH}t")
_BOX = qn("w:txbxContent")
_CONTROL = tuple(map(qn, ("w:sdt", "w:sdtContent")))
_NOT_COUNTED = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:sdtContent", "w:sdtPr", "w:sdtEndPr")))
_CALLED = {
    **dict.fromkeys(("oMath", "oMathPara"), "an equation"),
    **dict.fromkeys(("drawing", "pict", "AlternateContent"), "a picture or shape"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "a note"),
    "object": "an embedded object",
    "commentReference": "a comment",
    "sdt": "a content control",
    "ruby": "words with a reading aid",
}
_RELATED = f"{{{NAMESPACES['r']}}}"


def contents(element: Element) -> Iterator[Element]:
    """What stands in a paragraph, row or body that is not plain words: the outermost element of each."""
    for child in element:
        if child.tag in _PROPERTIES or not isinstance(child.tag, str):
            continue
        if child.tag in _PLAIN:
            yield from contents(child)
        else:
            yield child


def holds_content(element: Element) -> bool:
    """Whether a comment, note, picture, equation, control or the like is inside: an officer's, since we write none."""
    return next(contents(element), None) is not None


def links(element: Element, targets: Mapping[str, str]) -> set[str]:
    """Where the links inside lead, out of the paper. `targets` are addresses by the id of their relationship."""
    found = {link.get(_LINK_ID, "") for link in element.iter(_LINK)}
    return {targets[number] for number in found if number in targets}


def is_removable(element: Element, theirs: Paper, ours: Paper) -> bool:
    """Whether nothing of an officer's (a comment, a picture, a link) or of the layout (a section) would go with it."""
    own = links(element, theirs.addresses()) - set(ours.addresses().values())
    return not own and not holds_content(element) and next(element.iter(qn("w:sectPr")), None) is None


class Held(NamedTuple):
    """One thing that is not plain words: its name in Word's XML, the words it shows, and the parts it refers to."""

    name: str
    words: str = ""
    parts: str = ""

    def __str__(self) -> str:
        """What a person calls it, with its words."""
        return f"{_CALLED.get(self.name, 'a special element')} {self.words}".strip()


def inventory(paper: Paper) -> Counter[Held]:
    """All such content of a paper, for a proof that none is lost. Words in a control may change: it is only counted."""
    return Counter(_held(found) for found in _all(paper.body))


def _all(element: Element) -> Iterator[Element]:
    for found in contents(element):
        if found.tag not in _NOT_COUNTED:
            yield found
        if found.tag in _CONTROL:
            yield from _all(found)


def _held(found: Element) -> Held:
    name = local(found)
    if found.tag in _CONTROL:
        return Held(name)
    words = "".join(e.text or "" for e in found.iter(*_WORDS) if next(e.iterancestors(_BOX), None) is None)
    parts = [str(value) for e in found.iter() for key, value in e.attrib.items() if str(key).startswith(_RELATED)]
    return Held(name, words, " ".join([*parts, found.get(ID, "")]))
