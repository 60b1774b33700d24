"""Faults in the structure of a Word file that Word repairs, refuses or passes over, and that validators miss.

The validators (Open XML SDK and its Python port) check names, order and values of elements; little here repeats them.
The rules were found by breaking one paper in 35 ways, of which the validators together noticed 25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.problems import Problem, error, warning
from pipeline.word.story import seen, shortened
from pipeline.word.structure_index import Index, read_indexes, root_of
from pipeline.word.structure_package import is_date, package_problems
from pipeline.word.structure_references import reference_problems
from pipeline.word.structure_tables import table_problems
from pipeline.word.xml import NAMESPACES, TEXT, VAL, Element, qn

_TAG = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\[\[_cp_\w*(?:\]\])?", re.DOTALL)
_BRACKETS = re.compile(r"[{\[]")
_DATE = qn("w:date")
_RESTYLE = "Give the text a style from Word’s list, and save."


def structure_problems(parts: Mapping[str, bytes], name: str) -> list[Problem]:
    """Everything wrong in how the file is put together; empty for a sound one. Codes P551 to P576.

    `parts` as `read_parts` gives them; `name` is the file's, for messages.
    """
    indexes = read_indexes(parts, name)
    problems = [*package_problems(parts, name), *reference_problems(indexes), *missing_styles(indexes, parts)]
    problems += missing_numbers(indexes, parts)
    for index in indexes:
        for rule in (table_problems, tags_left, deletions, undated, sections):
            problems += rule(index)
    return problems


def missing_styles(indexes: Sequence[Index], parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Styles that the text uses and the file does not have; one problem a style, at its first use."""
    reported: set[str] = set()
    for index in indexes if "word/styles.xml" in parts else ():
        for element in index.all("w:pStyle", "w:rStyle", "w:tblStyle"):
            style = element.get(VAL, "")
            if style not in index.story.styles.by_id and style not in reported:
                reported.add(style)
                yield warning("P571", index.story.place(element), f"The style “{style}” is not in the file.", _RESTYLE)


def missing_numbers(indexes: Sequence[Index], parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Numbered text whose list is not in the file, so that its numbers are lost; one problem a list."""
    numbering = root_of(parts, "word/numbering.xml")
    designs = keys(numbering, "w:abstractNum", "w:abstractNumId")
    lists = {key for key, design in designs_of(numbering).items() if design in designs} | {"0", ""}
    uses = [(index.story, each) for index in indexes for each in index.all("w:numId")]
    if indexes and indexes[0].story.styles.root is not None:
        uses += [(indexes[0].story, each) for each in indexes[0].story.styles.root.iter(qn("w:numId"))]
    for story, element in uses:
        if element.get(VAL, "") not in lists:
            lists.add(element.get(VAL, ""))
            yield error("P572", story.place(element), "The list that numbers this text is not in the file.",
                        "Give the text its style again, so that Word numbers it.")  # fmt: skip


def keys(root: Element | None, tag: str, attribute: str) -> set[str]:
    """One attribute of all elements of a name."""
    return set() if root is None else {each.get(qn(attribute), "") for each in root.iter(qn(tag))}


def designs_of(numbering: Element | None) -> dict[str, str]:
    """The numbered lists of a file, and the design (`abstractNum`) of each."""
    found = () if numbering is None else numbering.iter(qn("w:num"))
    designs = {each.get(qn("w:numId"), ""): each.find(qn("w:abstractNumId")) for each in found}
    return {key: "" if each is None else each.get(VAL, "") for key, each in designs.items()}


def tags_left(index: Index) -> Iterator[Problem]:
    """Fields of the template that stand in the text unfilled."""
    if not any(_BRACKETS.search(each.text or "") for each in index.story.root.iter(TEXT)):
        return
    for paragraph in index.all("w:p"):
        for tag in _TAG.findall(seen(paragraph).text):
            yield error("P573", index.story.place(paragraph), f"“{shortened(tag)}” was left in the text.",
                        "Take it out, or fill in what it stands for.")  # fmt: skip


def deletions(index: Index) -> Iterator[Problem]:
    """Tracked deletions whose words are kept as ordinary text: programs differ in whether they show them."""
    for element in index.all("w:del"):
        kept = "".join(each.text or "" for each in element.iter(TEXT))
        if kept:
            yield error("P574", index.story.place(element), f"“{shortened(kept)}” is both deleted and not.",
                        "Accept or reject this change in Word.")  # fmt: skip


def undated(index: Index) -> Iterator[Problem]:
    """Tracked changes with a date that is none."""
    for element in index.all("w:ins", "w:del"):
        date = element.get(_DATE)
        if date is not None and not is_date(date):
            yield error("P575", index.story.place(element), f"A tracked change is dated “{date}”, which is no date.",
                        "Accept or reject this change in Word.")  # fmt: skip


def sections(index: Index) -> Iterator[Problem]:
    """Page settings that do not stand last in the text, where Word alone looks for them."""
    body = index.story.root.find(f"{{{NAMESPACES['w']}}}body")
    settings = [] if body is None else body.findall(qn("w:sectPr"))
    for element in settings:
        if element.getnext() is not None:
            yield error("P576", index.story.place(element), "Text stands after the settings of the last page.",
                        "Copy the whole text into a new document made from the template.")  # fmt: skip
