"""Faults of the package around the text: parts that are missing, unnamed, doubled or unreadable, and bad dates."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from pipeline.opc import Unsound, parse
from pipeline.problems import Place, Problem, error, warning
from pipeline.word.xml import NAMESPACES, Element

_TERMS = "{http://purl.org/dc/terms/}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_DECLARED = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*["']([^"']+)["']""")
_IGNORABLE = re.compile(rb"""\s[\w.-]+:(?:Ignorable|MustUnderstand)\s*=\s*["']([^"']*)["']""")
_REQUIRES = re.compile(rb"""\sRequires\s*=\s*["']([^"']*)["']""")
_WORD_EXTENSION = re.compile(rb"http://schemas\.microsoft\.com/office/word/20\d\d/wordml(/\w+)*")
_USED = etree.XPath("//@r:id | //@r:embed | //@r:link | //@r:pict", namespaces={"r": NAMESPACES["r"]})
_RESAVE = "Open the file in Word, save it under the same name, and try again."


def package_problems(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """Faults of the parts and of what ties them together (P551 to P557)."""
    place, roots = Place(name), {}
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")):
            try:
                roots[part] = parse(content, part)
            except Unsound:
                yield error("P551", place, f"A part of the file, “{part}”, is damaged and cannot be read.", _RESAVE)
    yield from doubled_names(parts, place)
    yield from missing_targets(parts, roots, place)
    yield from unnamed_types(parts, roots, place)
    yield from bad_dates(roots.get("docProps/core.xml"), place)
    for part in roots:
        if part.startswith("word/"):
            yield from undeclared(part, parts[part], place)
            yield from unknown_links(part, roots, place)


def doubled_names(parts: Mapping[str, bytes], place: Place) -> Iterator[Problem]:
    """Parts whose names differ in capitals only: one part, for Windows and for Word."""
    seen: set[str] = set()
    for part in parts:
        if part.casefold() in seen:
            yield error("P554", place, f"The file holds the part “{part}” twice, and Word may show either.", _RESAVE)
        seen.add(part.casefold())


def target_of(rels: str, relationship: Element) -> str:
    """The name of the part a relationship leads to; relative ones start from the folder of the part they belong to."""
    target = unquote(relationship.get("Target", "")).split("#")[0]
    folder = posixpath.dirname(posixpath.dirname(rels))
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def missing_targets(parts: Mapping[str, bytes], roots: Mapping[str, Element], place: Place) -> Iterator[Problem]:
    """Relationships that lead to parts that are not there. Word refuses such a file, or drops what hangs on it."""
    names = {part.casefold() for part in parts}
    for rels, root in roots.items():
        if rels.endswith(".rels"):
            for each in root.iter(_RELATIONSHIP):
                inside = each.get("TargetMode") != "External" and not each.get("Target", "").startswith("#")
                if inside and (target := target_of(rels, each)).casefold() not in names:
                    yield error("P552", place, f"A part of the file is missing: “{target}”.", _RESAVE)


def unnamed_types(parts: Mapping[str, bytes], roots: Mapping[str, Element], place: Place) -> Iterator[Problem]:
    """Parts whose kind the list of contents does not tell. Word says that such a file is corrupt."""
    root = roots.get("[Content_Types].xml")
    if root is None:
        return
    named = {each.get("PartName", "").lstrip("/").casefold() for each in root}
    kinds = {each.get("Extension", "").casefold(): each.get("ContentType", "") for each in root}
    for part in parts:
        kind = kinds.get(part.rpartition(".")[2].casefold(), "")
        told = kind not in ("", "application/xml") or (kind and not part.startswith(("word/", "docProps/")))
        if part != "[Content_Types].xml" and part.casefold() not in named and not told:
            yield error("P553", place, f"The file does not say what kind of part “{part}” is.", _RESAVE)


def bad_dates(core: Element | None, place: Place) -> Iterator[Problem]:
    """Dates among the file's properties that are none. Word calls the whole file corrupt for one."""
    for each in () if core is None else core.iter(f"{_TERMS}created", f"{_TERMS}modified"):
        text = (each.text or "").strip()
        if not is_date(text):
            yield error("P555", place, f"“{text}” among the properties of the file is no date.",
                        "Open the file in Word and save it: Word then writes the dates afresh.")  # fmt: skip


def is_date(text: str) -> bool:
    """Is it a date as file properties and tracked changes want it, such as `2017-01-13T09:00:00Z`?"""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.datetime.fromisoformat(text.replace("Z", "+00:00") if "T" in text else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def undeclared(part: str, content: bytes, place: Place) -> Iterator[Problem]:
    """Markup of newer Words that older ones are not told to pass over, and prefixes that stand for nothing."""
    prefixes: dict[bytes, bytes] = dict(_DECLARED.findall(content))
    ignorable = {each for found in _IGNORABLE.findall(content) for each in found.split()}
    required = {each for found in _REQUIRES.findall(content) for each in found.split()}
    for prefix in sorted(ignorable - set(prefixes)):
        yield error("P556", place, f"“{part}” names what it does not describe: “{prefix.decode()}”.", _RESAVE)
    for prefix, uri in sorted(prefixes.items()):
        is_extension = _WORD_EXTENSION.fullmatch(uri) and uri not in {
            prefixes.get(each) for each in ignorable | required
        }
        if is_extension and re.search(rb"[<\s]" + re.escape(prefix) + rb":", content):
            yield error("P556", place, f"“{part}” holds what older Words refuse: “{prefix.decode()}”.", _RESAVE)


def unknown_links(part: str, roots: Mapping[str, Element], place: Place) -> Iterator[Problem]:
    """Pictures and links that name a relationship which is not there."""
    folder, _, leaf = part.rpartition("/")
    rels = roots.get(f"{folder}/_rels/{leaf}.rels")
    known = set() if rels is None else {each.get("Id", "") for each in rels.iter(_RELATIONSHIP)}
    used = _USED(roots[part])
    for missing in sorted({str(each) for each in used if each} - known if isinstance(used, list) else ()):
        yield warning("P557", place, f"A picture or link in “{part}” leads nowhere (“{missing}”).",
                      "Delete the picture or link in Word, and put it in again.")  # fmt: skip
