"""Faults in how a Word file is put together, for which Word refuses it, repairs it or drops what hangs on it.

Asked of a public copy before it is handed over: none may be in it that was not in the draft. Validators check names,
order and values of elements; nothing here repeats them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.opc import TYPES_PART, Element, Parts, content_types, relationships, relationships_part
from pipeline.problems import Place, Problem
from pipeline.word.file import WordFile
from pipeline.word.numbering import Numbering
from pipeline.word.story import Story, story_names
from pipeline.word.xml import CELL, ID, NAME, PARAGRAPH, ROW, TABLE, VAL, cells, qn, rows

_CORE = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_DECLARED = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*["']([^"']+)["']""")
_IGNORABLE = re.compile(rb"""\s[\w.-]+:(?:Ignorable|MustUnderstand)\s*=\s*["']([^"']*)["']""")
_REQUIRES = re.compile(rb"""\sRequires\s*=\s*["']([^"']*)["']""")
_WORD_EXTENSION = re.compile(rb"http://schemas\.microsoft\.com/office/word/20\d\d/wordml(/\w+)*")
_REFERENCE = re.compile(r'\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)')
_FIELD, _CODE, _SIMPLE = map(qn, ("w:fldChar", "w:instrText", "w:fldSimple"))
_START, _END, _LIST = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:numId"))
_NOTES = {name: (qn(f"w:{name}"), qn(f"w:{name}Reference")) for name in ("comment", "footnote", "endnote")}
_CONTENT = frozenset((PARAGRAPH, TABLE, qn("w:sdt"), qn("w:customXml")))


def structure_problems(file: WordFile) -> list[Problem]:
    """Everything wrong in how a file is put together (errors, P551 to P572); empty for a sound one."""
    place, parts = Place(file.name), file.parts
    sound = [part for part in parts if _is_xml(part) and file.tree(part) is not None]
    held = _Elements(file.story(part) for part in story_names(parts) if part in sound)
    found = [*_of_parts(file, sound, place), *_of_values(file, sound, place), *_of_ties(parts, sound, place)]
    for rule in (_bookmarks, _references, _notes, _tables):
        found += rule(held)
    return [*found, *_missing_lists(held, file)]


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))


class _Elements:
    """The elements of all stories by their tag. What stands in the fallback of a drawing is there twice, and counts
    once.
    """

    def __init__(self, stories: Iterable[Story]) -> None:
        self.stories = {story.root: story for story in stories}
        self.by_tag: dict[str, list[Element]] = {}
        for root in self.stories:
            twice = {element for fallback in root.iter(qn("mc:Fallback")) for element in fallback.iter()}
            for element in root.iter():
                if element not in twice:
                    self.by_tag.setdefault(str(element.tag), []).append(element)

    def of(self, *tags: str) -> list[Element]:
        """Those of some tags."""
        return [element for tag in tags for element in self.by_tag.get(tag, ())]

    def place(self, element: Element) -> Place:
        """Where one of them stands."""
        return self.stories[element.getroottree().getroot()].place(element)


def is_date(text: str) -> bool:
    """Is it a date as file properties want it, such as `2017-01-13T09:00:00Z`?"""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.datetime.fromisoformat(text.replace("Z", "+00:00") if "T" in text else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _of_parts(file: WordFile, sound: Collection[str], place: Place) -> Iterator[Problem]:
    """Parts that cannot be read, or stand there twice (P551, P554)."""
    seen: set[str] = set()
    for part in file.parts:
        if _is_xml(part) and part not in sound:
            yield problem("P551", place, part=part)
        if part.casefold() in seen:
            yield problem("P554", place, part=part)
        seen.add(part.casefold())


def _of_values(file: WordFile, sound: Collection[str], place: Place) -> Iterator[Problem]:
    """Dates and prefixes that Word cannot do with (P555, P556)."""
    for date in _dates(file):
        if not is_date(date):
            yield problem("P555", place, date=date)
    for part in sound:
        for prefix, way in _undeclared(file.parts[part]).items() if part.startswith("word/") else ():
            yield problem("P556", place, way, part=part, prefix=prefix.decode())


def _of_ties(parts: Parts, sound: Collection[str], place: Place) -> Iterator[Problem]:
    """Relationships that lead to parts that are not there (P552), and parts of a kind that is not told (P553)."""
    names = {part.casefold() for part in parts}
    for source in ("", *parts):
        for link in relationships(parts, source) if relationships_part(source) in sound else ():
            if not link.external and "#" not in link.target and link.target.casefold() not in names:
                yield problem("P552", place, part=link.target)
    for part in _unnamed(parts) if TYPES_PART in sound else ():
        yield problem("P553", place, part=part)


def _unnamed(parts: Parts) -> Iterator[str]:
    """Parts whose kind the list of contents does not tell. Word says that such a file is corrupt."""
    types = content_types(parts)
    named = {part.casefold() for part in types.overrides}
    for part in parts:
        kind = types.of(part)
        is_told = kind not in ("", "application/xml") or (kind and not part.startswith(("word/", "docProps/")))
        if part != TYPES_PART and part.casefold() not in named and not is_told:
            yield part


def _dates(file: WordFile) -> list[str]:
    """The dates among the file's properties. Word calls the whole file corrupt for one that is none."""
    core = file.tree(_CORE)
    dates = () if core is None else core.iter(f"{_TERMS}created", f"{_TERMS}modified")
    return [(date.text or "").strip() for date in dates]


def _undeclared(content: bytes) -> dict[bytes, str]:
    """Prefixes that stand for nothing, and those of newer Words (`extension`) that older ones are not told to pass
    over.
    """
    prefixes: dict[bytes, bytes] = dict(_DECLARED.findall(content))
    ignorable = set(b" ".join(_IGNORABLE.findall(content)).split())
    passed_over = {prefixes.get(prefix) for prefix in ignorable.union(b" ".join(_REQUIRES.findall(content)).split())}
    newer = [prefix for prefix, uri in sorted(prefixes.items()) if _WORD_EXTENSION.fullmatch(uri)]
    used = [prefix for prefix in newer if re.search(rb"[<\s]" + re.escape(prefix) + rb":", content)]
    extensions = {prefix: "extension" for prefix in used if prefixes[prefix] not in passed_over}
    return {**dict.fromkeys(sorted(ignorable - set(prefixes)), ""), **extensions}


def _repeated(found: Iterable[Element], attribute: str) -> Iterator[tuple[Element, str]]:
    """Every element whose attribute (capitals aside) an earlier one has had."""
    seen: set[str] = set()
    for element in found:
        value = element.get(attribute)
        if value is not None and value.casefold() in seen:
            yield element, value
        seen.add((value or "").casefold())


def _bookmarks(held: _Elements) -> Iterator[Problem]:
    """Names and numbers given twice, starts without end and ends without start, which Word drops (P560, P561, P563)."""
    starts, ends = held.of(_START), held.of(_END)
    for element, name in _repeated(starts, NAME):
        yield problem("P560", held.place(element), name=name)
    for element, number in _repeated(starts, ID):
        yield problem("P561", held.place(element), number=number, name=element.get(NAME, ""))
    begun, ended = ({element.get(ID, "") for element in found} for found in (starts, ends))
    for element in starts:
        if element.get(ID, "") not in ended:
            yield problem("P563", held.place(element), name=element.get(NAME, ""))
    for element in ends:
        if element.get(ID, "") not in begun:
            yield problem("P563", held.place(element), "end")


class _Fields(NamedTuple):
    """The fields of a story: their codes, those that have no end, with their codes, and ends that begin nowhere."""

    codes: list[tuple[Element, str]]
    unended: list[tuple[Element, str]]
    unbegun: list[Element]


def _fields(root: Element) -> _Fields:
    fields = _Fields([], [], [])
    for element in root.iter(_FIELD, _CODE, _SIMPLE):
        kind = element.get(qn("w:fldCharType"))
        if element.tag == _SIMPLE:
            fields.codes.append((element, element.get(qn("w:instr"), "")))
        elif kind == "begin":
            fields.unended.append((element, ""))
        elif kind == "end" and fields.unended:
            fields.codes.append(fields.unended.pop())
        elif kind == "end":
            fields.unbegun.append(element)
        elif kind is None and fields.unended:
            begin, code = fields.unended[-1]
            fields.unended[-1] = begin, code + (element.text or "")
    return fields


def _references(held: _Elements) -> Iterator[Problem]:
    """References to bookmarks that are not there (P564), and fields without an end or a beginning (P565)."""
    marks = {element.get(NAME, "").casefold() for element in held.of(_START)}
    for fields in map(_fields, held.stories):
        for element in fields.unbegun:
            yield problem("P565", held.place(element), "end")
        for element, code in fields.unended:
            yield problem("P565", held.place(element), code=code.strip())
        for element, code in fields.codes:
            if (named := _REFERENCE.match(code)) and named[1].casefold() not in marks:
                yield problem("P564", held.place(element), name=named[1])


def _notes(held: _Elements) -> Iterator[Problem]:
    """Marks of comments and notes whose text is not there, and two comments of one number (P566)."""
    for name, (note, reference) in _NOTES.items():
        there = {element.get(ID) for element in held.of(note)}
        for element in held.of(reference):
            if element.get(ID) not in there:
                yield problem("P566", held.place(element), note=name)
    for element, number in _repeated(held.of(_NOTES["comment"][0]), ID):
        yield problem("P566", held.place(element), "twice", number=number)


def _tables(held: _Elements) -> Iterator[Problem]:
    """Cells without a paragraph at their end, rows without cells, tables without rows (P567 to P569)."""
    for table in held.of(TABLE):
        if next(rows(table), None) is None:
            yield problem("P569", held.place(table))
    for row in held.of(ROW):
        if next(cells(row), None) is None:
            yield problem("P568", held.place(row))
    for cell in held.of(CELL):
        last = next((child for child in reversed(cell) if child.tag in _CONTENT), None)
        if last is None or last.tag == TABLE:
            yield problem("P567", held.place(cell))


def _missing_lists(held: _Elements, file: WordFile) -> Iterator[Problem]:
    """P572: numbered text whose list is not in the file, so that its numbers are lost; one problem a list."""
    styled = () if file.styles.root is None else file.styles.root.iter(_LIST)
    places = {element: held.place(element) for element in held.of(_LIST)} | dict.fromkeys(styled, Place(file.name))
    known = {*Numbering(file.related("numbering"), file.styles).lists, "0", ""}
    for element, place in places.items():
        if (number := element.get(VAL, "")) not in known:
            known.add(number)
            yield problem("P572", place)
