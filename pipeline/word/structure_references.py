"""Faults of bookmarks, fields, comments and other things that are told by a number or a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.problems import Problem, error, warning
from pipeline.word.story import Story
from pipeline.word.structure_index import Index
from pipeline.word.xml import ID, NAME, NAMESPACES, VAL, W14, Element, qn

_PARA_ID = f"{W14}paraId"
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
_REFERENCE = re.compile(r'\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)')
_UPDATE = "Press Ctrl+A and F9 in Word, and put right what then reads “Error!”."
_UNDO = "Take the last edits back (Ctrl+Z), or copy the text into a new document, and save."
_BUILT_IN = {"_top"}

Held = list[tuple[Story, Element]]


def held(indexes: Sequence[Index], *names: str) -> Held:
    """Elements of these names in all stories, each with its story."""
    return [(index.story, element) for index in indexes for element in index.all(*names)]


def repeated(found: Held, attribute: str) -> Iterator[tuple[Story, Element, str]]:
    """Every element whose attribute (capitals aside) an earlier one has had."""
    seen: set[str] = set()
    for story, element in found:
        value = element.get(attribute)
        if value is not None and value.casefold() in seen:
            yield story, element, value
        seen.add((value or "").casefold())


def reference_problems(indexes: Sequence[Index]) -> Iterator[Problem]:
    """Faults of what is told by a number or a name (P558 to P568)."""
    yield from doubled(indexes)
    yield from bookmark_problems(indexes)
    marks = {element.get(NAME, "").casefold() for _, element in held(indexes, "w:bookmarkStart")} | _BUILT_IN
    for index in indexes:
        yield from field_problems(index, marks)
        yield from anchor_problems(index, marks)
    yield from note_problems(indexes)


def doubled(indexes: Sequence[Index]) -> Iterator[Problem]:
    """Things that Word tells apart by a number that two of them share."""
    controls = [(story, each.find(f"{qn('w:sdtPr')}/{qn('w:id')}")) for story, each in held(indexes, "w:sdt")]
    numbered = [(story, each) for story, each in controls if each is not None]
    for story, element, value in repeated(numbered, VAL):
        yield error("P558", story.place(element), f"Two content controls have the same number, {value}.",
                    "Cut one of them out and paste it back: Word then gives it a number of its own.")  # fmt: skip
    for story, element, value in repeated(held(indexes, "w:p"), _PARA_ID):
        yield error("P559", story.place(element), f"Two paragraphs have the same hidden number, {value}.",
                    "Cut the second one out, paste it back as text only, and save.")  # fmt: skip


def bookmark_problems(indexes: Sequence[Index]) -> Iterator[Problem]:
    """Names and numbers given twice, names Word refuses, starts without end and ends without start."""
    starts, ends = held(indexes, "w:bookmarkStart"), held(indexes, "w:bookmarkEnd")
    for story, element, value in repeated(starts, NAME):
        yield error("P560", story.place(element), f"Two bookmarks are called “{value}”, and Word drops one of them.",
                    "Delete one of them under Insert, Bookmark.")  # fmt: skip
    for story, element, value in repeated(starts, ID):
        yield error("P561", story.place(element), f"Two bookmarks have the same number, {value}.",
                    f"Delete “{element.get(NAME, '')}” under Insert, Bookmark, and set it again.")  # fmt: skip
    for story, element in starts:
        if not _BOOKMARK.fullmatch(element.get(NAME, "")):
            yield warning("P562", story.place(element), f"“{element.get(NAME, '')}” is no name for a bookmark.",
                          "Use letters, digits and _ only, a letter first, 40 at most.")  # fmt: skip
    yield from unpaired(starts, ends)


def unpaired(starts: Held, ends: Held) -> Iterator[Problem]:
    """Bookmarks that begin and never end, or the reverse; Word drops them, and references to them break."""
    begun = Counter(element.get(ID, "") for _, element in starts)
    ended = Counter(element.get(ID, "") for _, element in ends)
    for story, element in starts:
        if not ended[element.get(ID, "")]:
            yield error("P563", story.place(element), f"The bookmark “{element.get(NAME, '')}” has no end.",
                        "Delete it under Insert, Bookmark, and set it again.")  # fmt: skip
    for story, element in ends:
        if not begun[element.get(ID, "")]:
            yield error("P563", story.place(element), "A bookmark ends here that begins nowhere.", _UNDO)


def field_problems(index: Index, marks: set[str]) -> Iterator[Problem]:
    """Fields that never end (all text after them is lost in other programs), and references to nothing."""
    story, open_fields = index.story, list[tuple[Element, str]]()
    for element in story.root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        kind = element.get(qn("w:fldCharType"))
        if element.tag == qn("w:fldSimple"):
            yield from dangling(story, element, element.get(qn("w:instr"), ""), marks)
        elif kind == "begin":
            open_fields.append((element, ""))
        elif kind == "end" and not open_fields:
            yield error("P565", story.place(element), "A field ends here that begins nowhere.", _UNDO)
        elif kind == "end":
            yield from dangling(story, *open_fields.pop(), marks)
        elif kind is None and open_fields:
            begin, code = open_fields[-1]
            open_fields[-1] = begin, code + (element.text or "")
    for begin, code in open_fields:
        yield error("P565", story.place(begin), f"The field “{code.strip()}” has no end: text after it may be lost.",
                    "Delete the field in Word and insert it again.")  # fmt: skip


def dangling(story: Story, element: Element, code: str, marks: set[str]) -> Iterator[Problem]:
    """A cross-reference to a bookmark that is not there: Word prints “Error! Reference source not found.”"""
    named = _REFERENCE.match(code)
    if named and named[1].casefold() not in marks:
        yield error("P564", story.place(element), f"A reference leads to “{named[1]}”, which is not there.", _UPDATE)


def anchor_problems(index: Index, marks: set[str]) -> Iterator[Problem]:
    """Links inside the paper that lead nowhere."""
    for element in index.all("w:hyperlink"):
        anchor = element.get(qn("w:anchor"), "")
        outside = element.get(f"{{{NAMESPACES['r']}}}id")
        if anchor and not outside and anchor.casefold() not in marks:
            yield warning("P564", index.story.place(element), f"A link leads to “{anchor}”, which is not there.",
                          "Remove the link in Word, or set it again.")  # fmt: skip


_NOTES: Mapping[str, tuple[str, str]] = {
    "w:commentReference": ("w:comment", "comment"),
    "w:footnoteReference": ("w:footnote", "footnote"),
    "w:endnoteReference": ("w:endnote", "endnote"),
}


def note_problems(indexes: Sequence[Index]) -> Iterator[Problem]:
    """Marks of comments and notes whose text is not there, and comments without a mark in the text."""
    for mark, (note, word) in _NOTES.items():
        there = {element.get(ID) for _, element in held(indexes, note)}
        for story, element in held(indexes, mark):
            if element.get(ID) not in there:
                yield error("P566", story.place(element), f"The text of a {word} is missing.",
                            f"Delete the mark of the {word} in Word.")  # fmt: skip
    for story, element, value in repeated(held(indexes, "w:comment"), ID):
        yield error("P566", story.place(element), f"Two comments have the same number, {value}.",
                    "Delete one of them, and write it again.")  # fmt: skip
