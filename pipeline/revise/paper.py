"""A paper opened for editing: its parts, the document as a tree, and what people put into it besides plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.opc import (
    OFFICE,
    Element,
    Relationship,
    Unsound,
    linked,
    main_part,
    parse,
    related,
    relationships,
    serialise,
    write,
)
from pipeline.problems import PaperError, Place, error
from pipeline.store import sha256_of
from pipeline.word.file import WordFile, read_parts
from pipeline.word.numbering import Numbering
from pipeline.word.styles import Styles
from pipeline.word.xml import DRAWING, ID, MATH, NAMESPACES, VAL, local, qn

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
_WORDS, _SHOWN = (qn("w:t"), f"{MATH}t"), ("t", "v")
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_BOX, _CONTROL_NAME, _TABLE = qn("w:txbxContent"), "sdt", "tbl"
DESCRIBED = tuple(map(qn, ("w:tblCaption", "w:tblDescription")))
"""What a table has of words for those who cannot see it: its title and its description."""
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
    _TABLE: "the description of a table",
}
_RELATED = f"{{{NAMESPACES['r']}}}"
_CORE = "docProps/core.xml"
_SAVED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(slots=True)
class Paper:
    """`parts` by name; `main` is the document's part and `root` its tree, which `content` writes back."""

    parts: dict[str, bytes]
    main: str
    root: Element
    trees: dict[str, tuple[bytes, Element]] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The `w:body`."""
        found = self.root.find(qn("w:body"))
        if found is None:
            raise ValueError("a document without a body")
        return found

    def related(self, kind: str) -> list[str]:
        """The parts that the document refers to as `kind` (`comments`, `styles`, `numbering`, `customXml`)."""
        return related(self.parts, self.main, kind)

    def tree(self, kind: str) -> Element | None:
        """The tree of the first part of a kind, to be read only; None where there is none."""
        name = next(iter(self.related(kind)), "")
        if not name:
            return None
        content, tree = self.trees.get(name, (b"", None))
        if tree is None or content is not self.parts[name]:
            tree = parse(self.parts[name], name)
            self.trees[name] = self.parts[name], tree
        return tree

    @property
    def styles(self) -> Styles:
        """The styles of the paper."""
        return Styles(self.tree("styles"))

    @property
    def numbering(self) -> Numbering:
        """The lists of the paper, with its styles."""
        return Numbering(self.tree("numbering"), self.styles)

    def addresses(self) -> dict[str, str]:
        """Where the links of the document lead, out of the paper, by the id of the relationship."""
        return {link.id: link.target for link in relationships(self.parts, self.main) if link.external}

    def relate(self, kind: str, name: str, content: bytes, content_type: str = "") -> None:
        """Adds a part that the document refers to as `kind`."""
        self.parts = {**linked(self.parts, self.main, f"{OFFICE}{kind}", name, content_type), name: content}

    def content(self) -> bytes:
        """The file. The same parts give the same bytes."""
        self.parts[self.main] = serialise(self.root)
        return write(self.parts)


def open_paper(content: bytes, name: str) -> Paper:
    """A paper from a file's bytes; `name` is the file's, for messages. Raises PaperError for no sound Word file."""
    parts = read_parts(content, name)
    main = main_part(parts)
    try:
        paper = Paper(parts, main, parse(parts[main], main))
        paper.body  # noqa: B018
    except (Unsound, ValueError) as reason:
        problem = error(
            "R102",
            Place(file=name),
            f"“{name}” cannot be read: its text is damaged.",
            "Open it in Word, let Word repair it, and save it.",
        )
        raise PaperError(problem) from reason
    WordFile({part: each for part, each in parts.items() if part != main}, name).refuse_damaged()
    return paper


def title_of(paper: Paper) -> str:
    """The title property."""
    core = paper.parts.get(_CORE)
    return "" if core is None else parse(core).findtext(_TITLE, "")


def saved_by(paper: Paper) -> str:
    """Who saved the file last, by its own account; blank where that is not told."""
    try:
        return (parse(paper.parts[_CORE]).findtext(_SAVED_BY) or "").strip() if _CORE in paper.parts else ""
    except Unsound:
        return ""


def set_title(paper: Paper, title: str) -> None:
    """Sets the title property, if the paper has one."""
    core = parse(paper.parts[_CORE]) if _CORE in paper.parts else None
    found = None if core is None else core.find(_TITLE)
    if core is not None and found is not None and found.text != title:
        found.text = title
        paper.parts[_CORE] = serialise(core)


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
    """One thing that is not plain words: its name in Word's XML; the words that it shows, those of its note or chart
    too, and its description; and what tells it from others of these words: the hashes of parts to which it refers, a
    comment's number.
    """

    name: str
    words: str = ""
    parts: str = ""

    def __str__(self) -> str:
        """What a person calls it, with its words."""
        return f"{_CALLED.get(self.name, 'a special element')} {self.words}".strip()


def inventory(paper: Paper) -> Counter[Held]:
    """All such content of a paper, for a proof that none is lost. Words in a control may change: it is only counted."""
    held = held_in(paper.body, paper)
    return Counter(Held(each.name) if each.name == _CONTROL_NAME else each for each in held)


def descriptions(paper: Paper) -> Counter[Held]:
    """What is said of each table for those who cannot see it."""
    said = (each.get(VAL, "").strip() for each in paper.body.iter(*DESCRIBED))
    return Counter(Held(_TABLE, words) for words in said if words)


def held_in(element: Element, paper: Paper) -> list[Held]:
    """All such content of an element of a paper."""
    return [_held(found, paper) for found in _all(element)]


def _all(element: Element) -> Iterator[Element]:
    for found in contents(element):
        if found.tag not in _NOT_COUNTED:
            yield found
        if found.tag in _CONTROL:
            yield from _all(found)


def _held(found: Element, paper: Paper) -> Held:
    if kind := _NOTES.get(str(found.tag)):
        return Held(local(found), _words_of_note(paper.tree(kind), found.get(ID)))
    links = _links_of(found, paper)
    shown = [each for each in links if not each.external and each.target.endswith(".xml")]
    said = [_words_of(found), *_described(found), *(_shown_in(paper.parts[each.target]) for each in shown)]
    digests = [found.get(ID, ""), *(_digest_of(each, paper) for each in links if each not in shown)]
    return Held(local(found), " ".join(filter(None, said)), " ".join(sorted(filter(None, digests))))


def _words_of_note(notes: Element | None, number: str | None) -> str:
    note = next((each for each in (() if notes is None else notes) if each.get(ID) == number), None)
    return "" if note is None else _words_of(note)


def _links_of(found: Element, paper: Paper) -> list[Relationship]:
    used = {str(value) for e in found.iter() for key, value in e.attrib.items() if str(key).startswith(_RELATED)}
    return [each for each in (relationships(paper.parts, paper.main) if used else ()) if each.id in used]


def _described(found: Element) -> list[str]:
    """What is said of pictures inside for those who cannot see them: their titles and descriptions."""
    return [each.get(name, "") for each in found.iter(f"{DRAWING}docPr") for name in ("title", "descr")]


def _shown_in(part: bytes) -> str:
    return " ".join(each.text or "" for each in parse(part).iter() if local(each) in _SHOWN)


def _digest_of(link: Relationship, paper: Paper) -> str:
    return link.target if link.external else sha256_of(paper.parts.get(link.target, b""))


def _words_of(element: Element) -> str:
    """The words in an element, but for those in a box, which are paragraphs of their own."""
    leaves = (each for each in element.iter(*_WORDS) if next(each.iterancestors(_BOX), None) is None)
    return "".join(each.text or "" for each in leaves)
