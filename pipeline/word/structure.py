"""Faults in how a Word file is put together, for which Word refuses it, repairs it or drops what hangs on it.

Asked of a public copy before it is handed over: none may be in it that was not in the draft. Validators check names,
order and values of elements; nothing here repeats them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.opc import (
    TYPES_PART,
    Element,
    Parts,
    Unsound,
    content_types,
    parse,
    relationships,
    relationships_part,
)
from pipeline.problems import Place, Problem
from pipeline.word.numbering import Numbering
from pipeline.word.story import Story, read_styles, story_names
from pipeline.word.xml import ID, NAME, PARAGRAPH, TABLE, VAL, cells, qn, rows

_CORE = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_DECLARED = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*["']([^"']+)["']""")
_IGNORABLE = re.compile(rb"""\s[\w.-]+:(?:Ignorable|MustUnderstand)\s*=\s*["']([^"']*)["']""")
_REQUIRES = re.compile(rb"""\sRequires\s*=\s*["']([^"']*)["']""")
_WORD_EXTENSION = re.compile(rb"http://schemas\.microsoft\.com/office/word/20\d\d/wordml(/\w+)*")
_REFERENCE = re.compile(r'\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)')
_FIELD, _CODE, _SIMPLE = map(qn, ("w:fldChar", "w:instrText", "w:fldSimple"))
_CONTENT = frozenset((PARAGRAPH, TABLE, qn("w:sdt"), qn("w:customXml")))

Held = Sequence[tuple[Story, Element]]


def structure_problems(parts: Parts, name: str) -> list[Problem]:
    """Everything wrong in how the file `name` is put together (errors, P551 to P572); empty for a sound one."""
    roots = dict(_roots(parts))
    styles = read_styles(parts)
    stories = [Story(roots[part], styles, part, name) for part in story_names(parts) if part in roots]
    for story in stories:
        _drop_fallbacks(story.root)
    found = [*_of_parts(parts, roots, Place(name)), *_of_ties(parts, roots, Place(name))]
    found += [*_bookmarks(stories), *_references(stories)]
    return [*found, *_notes(stories), *_tables(stories), *_missing_lists(stories, roots.get("word/numbering.xml"))]


def is_date(text: str) -> bool:
    """Is it a date as file properties want it, such as `2017-01-13T09:00:00Z`?"""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.datetime.fromisoformat(text.replace("Z", "+00:00") if "T" in text else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _roots(parts: Parts) -> Iterator[tuple[str, Element]]:
    """The parts of XML that can be read."""
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            try:
                yield part, parse(content, part)
            except Unsound:
                continue


def _drop_fallbacks(root: Element) -> None:
    """What stands in the fallback of a drawing is there twice, and counts once."""
    for element in list(root.iter(qn("mc:Fallback"))):
        if (parent := element.getparent()) is not None:
            parent.remove(element)


def _all(stories: Sequence[Story], *names: str) -> Held:
    """The elements of these names (`w:p`) in all stories, each with its story."""
    return [(story, element) for story in stories for element in story.root.iter(*map(qn, names))]


def _of_parts(parts: Parts, sound: Collection[str], place: Place) -> Iterator[Problem]:
    """Parts that cannot be read, stand there twice, or hold what Word cannot do with (P551, P554 to P556)."""
    seen: set[str] = set()
    for part in parts:
        if part.endswith((".xml", ".rels")) and part not in sound:
            yield problem("P551", place, part=part)
        if part.casefold() in seen:
            yield problem("P554", place, part=part)
        seen.add(part.casefold())
    for date in _dates(parts[_CORE]) if _CORE in sound else ():
        if not is_date(date):
            yield problem("P555", place, date=date)
    for part in (part for part in sound if part.startswith("word/")):
        unknown, extensions = _undeclared(parts[part])
        yield from (problem("P556", place, part=part, prefix=prefix.decode()) for prefix in unknown)
        yield from (problem("P556", place, "extension", part=part, prefix=prefix.decode()) for prefix in extensions)


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


def _dates(core: bytes) -> list[str]:
    """The dates among the file's properties. Word calls the whole file corrupt for one that is none."""
    return [(each.text or "").strip() for each in parse(core).iter(f"{_TERMS}created", f"{_TERMS}modified")]


def _undeclared(content: bytes) -> tuple[list[bytes], list[bytes]]:
    """Prefixes that stand for nothing, and those of newer Words that older ones are not told to pass over."""
    prefixes: dict[bytes, bytes] = dict(_DECLARED.findall(content))
    ignorable = set(b" ".join(_IGNORABLE.findall(content)).split())
    passed_over = {prefixes.get(prefix) for prefix in ignorable.union(b" ".join(_REQUIRES.findall(content)).split())}
    newer = [prefix for prefix, uri in sorted(prefixes.items()) if _WORD_EXTENSION.fullmatch(uri)]
    used = [prefix for prefix in newer if re.search(rb"[<\s]" + re.escape(prefix) + rb":", content)]
    return sorted(ignorable - set(prefixes)), [prefix for prefix in used if prefixes[prefix] not in passed_over]


def _repeated(found: Held, attribute: str) -> Iterator[tuple[Story, Element, str]]:
    """Every element whose attribute (capitals aside) an earlier one has had."""
    seen: set[str] = set()
    for story, element in found:
        value = element.get(attribute)
        if value is not None and value.casefold() in seen:
            yield story, element, value
        seen.add((value or "").casefold())


def _bookmarks(stories: Sequence[Story]) -> Iterator[Problem]:
    """Names and numbers given twice, starts without end and ends without start, which Word drops (P560, P561, P563)."""
    starts, ends = _all(stories, "w:bookmarkStart"), _all(stories, "w:bookmarkEnd")
    for story, element, name in _repeated(starts, NAME):
        yield problem("P560", story.place(element), name=name)
    for story, element, number in _repeated(starts, ID):
        yield problem("P561", story.place(element), number=number, name=element.get(NAME, ""))
    begun, ended = ({element.get(ID, "") for _, element in found} for found in (starts, ends))
    for story, element in starts:
        if element.get(ID, "") not in ended:
            yield problem("P563", story.place(element), name=element.get(NAME, ""))
    for story, element in ends:
        if element.get(ID, "") not in begun:
            yield problem("P563", story.place(element), "end")


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


def _references(stories: Sequence[Story]) -> Iterator[Problem]:
    """References to bookmarks that are not there (P564), and fields without an end or a beginning (P565)."""
    marks = {element.get(NAME, "").casefold() for _, element in _all(stories, "w:bookmarkStart")}
    for story, fields in ((story, _fields(story.root)) for story in stories):
        for element in fields.unbegun:
            yield problem("P565", story.place(element), "end")
        for element, code in fields.unended:
            yield problem("P565", story.place(element), code=code.strip())
        for element, named in ((element, _REFERENCE.match(code)) for element, code in fields.codes):
            if named and named[1].casefold() not in marks:
                yield problem("P564", story.place(element), name=named[1])


def _notes(stories: Sequence[Story]) -> Iterator[Problem]:
    """Marks of comments and notes whose text is not there, and two comments of one number (P566)."""
    for note in ("comment", "footnote", "endnote"):
        there = {element.get(ID) for _, element in _all(stories, f"w:{note}")}
        for story, element in _all(stories, f"w:{note}Reference"):
            if element.get(ID) not in there:
                yield problem("P566", story.place(element), note=note)
    for story, element, number in _repeated(_all(stories, "w:comment"), ID):
        yield problem("P566", story.place(element), "twice", number=number)


def _tables(stories: Sequence[Story]) -> Iterator[Problem]:
    """Cells without a paragraph at their end, rows without cells, tables without rows (P567 to P569)."""
    for story, table in _all(stories, "w:tbl"):
        if next(rows(table), None) is None:
            yield problem("P569", story.place(table))
    for story, row in _all(stories, "w:tr"):
        if next(cells(row), None) is None:
            yield problem("P568", story.place(row))
    for story, cell in _all(stories, "w:tc"):
        last = next((child for child in reversed(cell) if child.tag in _CONTENT), None)
        if last is None or last.tag == TABLE:
            yield problem("P567", story.place(cell))


def _missing_lists(stories: Sequence[Story], numbering: Element | None) -> Iterator[Problem]:
    """P572: numbered text whose list is not in the file, so that its numbers are lost; one problem a list."""
    uses = list(_all(stories, "w:numId"))
    for story in stories[:1]:
        root = story.styles.root
        uses += [] if root is None else [(story, element) for element in root.iter(qn("w:numId"))]
        told = {*Numbering(numbering, story.styles).lists, "0", ""}
        for used, element in uses:
            if element.get(VAL, "") not in told:
                told.add(element.get(VAL, ""))
                yield problem("P572", used.place(element))
