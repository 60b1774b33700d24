"""What a copy of a draft holds, carried into the draft with all that hangs on it: parts such as pictures and charts,
comments and their answers, notes, lists, looks. Numbers are given anew, because every editor counts for itself.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.opc import (
    TYPES_PART,
    Relationship,
    content_types,
    content_types_xml,
    parse,
    relationships,
    relationships_part,
    relationships_xml,
    serialise,
)
from pipeline.revise.edit_comments import COMMENT_MARKS, Comment
from pipeline.revise.edit_marks import END, START, our_mark
from pipeline.revise.join_frame import SECTION
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Paper
from pipeline.store import sha256_of
from pipeline.word.xml import ID, NAME, NAMESPACES, PARAGRAPH, VAL, W14, Element, make, qn, remove

_RELATED = f"{{{NAMESPACES['r']}}}"
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange")))
_NOTE_MARKS = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_SWITCHES = tuple(map(qn, ("w:cantSplit", "w:tblHeader")))
_THREADS = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_NAMED = f"{_THREADS}author"
_PARAGRAPH_ID = f"{W14}paraId"


@dataclass(slots=True)
class Host:
    """The draft into which copies are carried; `ids` gives numbers that it does not use yet, `handed_out` are the
    comments that it had, `comments` all that it has by now, by their numbers.
    """

    paper: Paper
    ids: Iterator[int]
    handed_out: frozenset[Comment] = frozenset()
    comments: dict[Comment, str] = field(default_factory=dict)
    bookmarks: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Carrier:
    """Carries what stands in one copy into the host. `dress` gives it the host's styles and lists, `known` are the
    copy's comments by their numbers, and `sections` those that end in it and not in the host.
    """

    host: Host
    source: Paper
    dress: Callable[[Element], None]
    known: Mapping[str, Comment]
    sections: frozenset[Element] = frozenset()

    def carry(self, element: Element) -> Element:
        """A paragraph, row or table of the copy, as it can stand in the host."""
        twin = copy.deepcopy(element)
        twin.tail = None
        self._marks(twin)
        for inner in (each for each in twin.iter() if isinstance(each.tag, str)):
            self._numbers(inner)
        for theirs, section in zip(element.iter(SECTION), list(twin.iter(SECTION)), strict=True):
            if theirs not in self.sections:
                remove([section])
        self.dress(twin)
        self._comments(twin)
        self._notes(twin)
        self._links(twin)
        return twin

    def _numbers(self, element: Element) -> None:
        for name in [name for name in element.attrib if str(name).startswith(W14)]:
            del element.attrib[name]
        if element.tag in _TRACKED and element.get(ID) is not None:
            element.set(ID, str(next(self.host.ids)))
        if element.tag in _SWITCHES and element.get(VAL) == "true":  # LibreOffice's; the schema knows on and off here
            del element.attrib[VAL]
        if element.tag == qn("w:rPr"):
            for look in list(element)[::-1]:
                if element.find(look.tag) is not look:
                    element.remove(look)  # LibreOffice writes a look twice

    def _marks(self, twin: Element) -> None:
        """Bookmarks with numbers of the host's; without our own, which are put in afresh, and those that it has."""
        starts, ends = ({each.get(ID): each for each in twin.iter(tag)} for tag in (START, END))
        for number in {*starts, *ends}:
            start, end = starts.get(number), ends.get(number)
            name = "" if start is None else start.get(NAME, "")
            if start is None or end is None or our_mark(start) or name in self.host.bookmarks:
                remove(each for each in (start, end) if each is not None)
                continue
            self.host.bookmarks.add(name)
            fresh = str(next(self.host.ids))
            start.set(ID, fresh)
            end.set(ID, fresh)

    def _comments(self, twin: Element) -> None:
        for mark in list(twin.iter(*COMMENT_MARKS)):
            number = self.comment(mark.get(ID, ""))
            if number:
                mark.set(ID, number)
            else:
                remove([mark])

    def comment(self, number: str) -> str:
        """The host's number for a comment of the copy, which is taken over under its author's name if it lacks it; not
        what the program says in a copy for review.
        """
        name = self.known.get(number)
        if name is not None and name not in self.host.comments and name[0] != AUTHOR:
            self.host.comments[name] = self._side("comments", number)
            self._person(name[0])
            self._answers(number, self.host.comments[name])
        return self.host.comments.get(name, "") if name is not None else ""

    def _answers(self, number: str, fresh: str) -> None:
        """Whether the comment answers another, or was settled, as the copy has it."""
        threads = self.source.tree("commentsExtended")
        theirs, ours = (_paragraph_id(paper, n) for paper, n in ((self.source, number), (self.host.paper, fresh)))
        entry = (
            next((e for e in threads if e.get(f"{_THREADS}paraId") == theirs), None) if threads is not None else None
        )
        if entry is None or not ours:
            return
        twin = copy.deepcopy(entry)
        twin.set(f"{_THREADS}paraId", ours)
        parent = twin.get(f"{_THREADS}paraIdParent")
        if parent:
            first = next((n for n in self.known if _paragraph_id(self.source, n) == parent), "")
            twin.set(f"{_THREADS}paraIdParent", _paragraph_id(self.host.paper, self.comment(first)))
        part, root = self._side_part("commentsExtended")
        root.append(twin)
        self.host.paper.parts[part] = serialise(root)

    def _person(self, author: str) -> None:
        """By what account an author is known, as the copy has it: Word shows their picture by it."""
        people = self.source.tree("people")
        entry = next((each for each in (() if people is None else people) if each.get(_NAMED) == author), None)
        if entry is not None:
            part, root = self._side_part("people")
            if author not in {each.get(_NAMED) for each in root}:
                root.append(copy.deepcopy(entry))
                self.host.paper.parts[part] = serialise(root)

    def _notes(self, twin: Element) -> None:
        for mark in list(twin.iter(*_NOTE_MARKS)):
            mark.set(ID, self._side(_NOTE_MARKS[str(mark.tag)], mark.get(ID, "")))

    def _side(self, kind: str, number: str) -> str:
        """Takes over what stands under a number in a part beside the text, and returns its number in the host's."""
        tree = self.source.tree(kind)
        found = next(each for each in tree if each.get(ID) == number) if tree is not None else make("w:p")
        part, root = self._side_part(kind)
        used = [int(n) for each in root if (n := each.get(ID, "")).lstrip("-").isdigit()]
        twin = copy.deepcopy(found)
        self.dress(twin)
        twin.set(ID, str(max([0, *used]) + 1))
        taken = {p.get(_PARAGRAPH_ID) for p in root.iter(PARAGRAPH)}
        for paragraph in twin.iter(PARAGRAPH):
            if (old := paragraph.get(_PARAGRAPH_ID)) and old in taken:
                paragraph.set(_PARAGRAPH_ID, f"{(int(old, 16) + len(taken)) % 0x7FFFFFFF or 1:08X}")
        self._links(twin, self.source.related(kind)[0], part)
        root.append(twin)
        self.host.paper.parts[part] = serialise(root)
        return twin.get(ID, "")

    def _side_part(self, kind: str) -> tuple[str, Element]:
        """The host's part of that kind and its tree, made like the copy's if it has none."""
        paper = self.host.paper
        there = paper.related(kind)
        if there:
            return there[0], parse(paper.parts[there[0]])
        theirs = self.source.related(kind)[0]
        root = parse(self.source.parts[theirs])
        for entry in [each for each in root if each.get(qn("w:type")) is None]:
            root.remove(entry)
        link = next(each for each in relationships(self.source.parts, self.source.main) if each.target == theirs)
        self._relate(paper.main, Relationship("", link.type, theirs))
        self._declare(theirs)
        paper.parts[theirs] = serialise(root)
        return theirs, root

    def _links(self, twin: Element, source: str = "", target: str = "") -> None:
        """The links of an element to pictures, charts, addresses, led from the host's part to what it now has too."""
        source, target = source or self.source.main, target or self.host.paper.main
        known = {link.id: link for link in relationships(self.source.parts, source)}
        for element in twin.iter():
            for name, value in element.attrib.items():
                if str(name).startswith(_RELATED) and value in known:
                    link = known[str(value)]
                    there = link if link.external else link._replace(target=self._part(link.target))
                    element.set(name, self._relate(target, there))

    def _part(self, name: str) -> str:
        """The host's name for a part of the copy, which is taken over with all to which it refers."""
        parts, theirs = self.host.paper.parts, self.source.parts
        links = [
            link if link.external else link._replace(target=self._part(link.target))
            for link in relationships(theirs, name)
        ]
        folder, file = posixpath.split(name)
        digest = sha256_of(theirs[name] + repr(links).encode())[:16]
        ours = posixpath.join(folder, digest + posixpath.splitext(file)[1])
        if ours not in parts:
            parts[ours] = theirs[name]
            if links:
                parts[relationships_part(ours)] = relationships_xml(ours, links)
            self._declare(name, ours)
        return ours

    def _relate(self, part: str, link: Relationship) -> str:
        """The id under which a part of the host refers to what the link leads to; it is added if it is not there."""
        paper = self.host.paper
        links = relationships(paper.parts, part)
        known = next((each.id for each in links if each[1:] == link[1:]), "")
        if known:
            return known
        taken = {each.id for each in links}
        free = next(f"rId{n}" for n in range(1, len(links) + 2) if f"rId{n}" not in taken)
        paper.parts[relationships_part(part)] = relationships_xml(part, [*links, link._replace(id=free)])
        return free

    def _declare(self, theirs: str, ours: str = "") -> None:
        """Says of a part that was taken over what it holds, as the copy does."""
        kind, paper = content_types(self.source.parts).of(theirs), self.host.paper
        types = content_types(paper.parts)
        if kind and types.of(ours or theirs) != kind:
            overrides = {**types.overrides, ours or theirs: kind}
            paper.parts[TYPES_PART] = content_types_xml(types._replace(overrides=overrides))


def _paragraph_id(paper: Paper, number: str) -> str:
    """The id of the last paragraph of a comment, by which other parts know it."""
    names = paper.related("comments")
    tree = parse(paper.parts[names[0]]) if names else ()
    comment = next((each for each in tree if each.get(ID) == number), None)
    found = [] if comment is None else [p.get(_PARAGRAPH_ID, "") for p in comment.iter(PARAGRAPH)]
    return found[-1] if found else ""
