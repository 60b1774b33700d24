"""What a draft that the program has made must not have, beyond what the program itself asks of a public copy.

Word puts up with most of it: a link that leads nowhere, a style that is not there, a row that does not fit its table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.opc import Element, Unsound, parse, relationships
from pipeline.word import (
    NAME,
    NAMESPACES,
    TEXT,
    VAL,
    W14,
    WordFile,
    cells,
    is_date,
    qn,
    rows,
    seen,
    story_names,
    structure_problems,
)

TAG = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\[\[_cp_\w*(?:\]\])?", re.DOTALL)
BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
USED = tuple(f"{{{NAMESPACES['r']}}}{name}" for name in ("id", "embed", "link", "pict"))


def lint(parts: Mapping[str, bytes]) -> list[str]:
    """Every fault of a Word file, one line each; those that the program knows begin with their code."""
    roots = dict(_stories(parts))
    found = [str(problem) for problem in structure_problems(WordFile(parts, "paper.docx"))]
    for name, root in roots.items():
        found += [f"{name}: {fault}" for rule in RULES for fault in rule(root)]
        found += [f"{name}: nothing is at “{used}”" for used in _loose_links(parts, name, root)]
    for what, keys in (("control", "w:sdt"), ("paragraph", "w:p")):
        numbers = Counter(number.lower() for root in roots.values() for number in _numbers(root, keys))
        found += [f"two of one number: {what} {number}" for number, times in numbers.items() if times > 1]
    found += [f"a link leads to “{anchor}”, which is not there" for anchor in _loose_anchors(roots)]
    return found + [f"the style “{style}” is not there" for style in _missing_styles(parts, roots)]


def _stories(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    for name in story_names(parts):
        try:
            root = parse(parts[name])
        except Unsound:
            continue
        for fallback in list(root.iter(qn("mc:Fallback"))):
            fallback.getparent().remove(fallback)  # type: ignore[union-attr]
        yield name, root


def _loose_links(parts: Mapping[str, bytes], name: str, root: Element) -> set[str]:
    known = {link.id for link in relationships(parts, name)}
    return {str(each.get(key)) for each in root.iter() for key in USED if each.get(key)} - known


def _numbers(root: Element, tag: str) -> Iterator[str]:
    for element in root.iter(qn(tag)):
        number = element.find(f"{qn('w:sdtPr')}/{qn('w:id')}") if tag == "w:sdt" else None
        yield from filter(None, [element.get(f"{W14}paraId") if number is None else number.get(VAL)])


def _loose_anchors(roots: Mapping[str, Element]) -> Iterator[str]:
    marks = {each.get(NAME, "").lower() for root in roots.values() for each in root.iter(qn("w:bookmarkStart"))}
    for element in (each for root in roots.values() for each in root.iter(qn("w:hyperlink"))):
        anchor = element.get(qn("w:anchor"), "")
        if anchor and not element.get(USED[0]) and anchor.lower() not in marks | {"_top"}:
            yield anchor


def _missing_styles(parts: Mapping[str, bytes], roots: Mapping[str, Element]) -> set[str]:
    if "word/styles.xml" not in parts:
        return set()
    there = {each.get(qn("w:styleId"), "") for each in parse(parts["word/styles.xml"]).iter(qn("w:style"))}
    tags = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))
    return {each.get(VAL, "") for root in roots.values() for each in root.iter(*tags)} - there


def bookmark_names(root: Element) -> list[str]:
    names = [each.get(NAME, "") for each in root.iter(qn("w:bookmarkStart"))]
    return [f"“{name}” is no name for a bookmark" for name in names if not BOOKMARK.fullmatch(name)]


def misfits(root: Element) -> Iterator[str]:
    """Rows whose cells do not add up to their table's columns."""
    for table in root.iter(qn("w:tbl")):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        for row in rows(table):
            spans = [_whole(cell, "w:tcPr/w:gridSpan", 1) for cell in cells(row)]
            skipped = _whole(row, "w:trPr/w:gridBefore", 0) + _whole(row, "w:trPr/w:gridAfter", 0)
            if spans and sum(spans) + skipped != columns:
                yield f"a row takes {sum(spans) + skipped} columns, its table has {columns}"


def _whole(element: Element, path: str, default: int) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    return default if found is None else int(found.get(VAL, ""))


def tags_left(root: Element) -> list[str]:
    """Fields of the template that stand in the text unfilled."""
    texts = [seen(each).text for each in root.iter(qn("w:p"))]
    return [f"“{tag}” was left in the text" for text in texts for tag in TAG.findall(text)]


def deletions(root: Element) -> list[str]:
    """Tracked deletions whose words are kept as ordinary text: programs differ in whether they show them."""
    kept = ["".join(each.text or "" for each in element.iter(TEXT)) for element in root.iter(qn("w:del"))]
    return [f"“{text}” is both deleted and not" for text in kept if text]


def undated(root: Element) -> list[str]:
    dates = [each.get(qn("w:date")) for each in root.iter(qn("w:ins"), qn("w:del"))]
    return [f"a tracked change is dated “{date}”" for date in dates if date is not None and not is_date(date)]


def after_the_settings(root: Element) -> list[str]:
    settings = root.findall(f"{qn('w:body')}/{qn('w:sectPr')}")
    return ["text stands after the settings of the last page" for each in settings if each.getnext() is not None]


RULES = (bookmark_names, misfits, tags_left, deletions, undated, after_the_settings)
