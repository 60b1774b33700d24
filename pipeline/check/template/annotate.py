"""A copy of a template with a Word comment at the spot of each problem: for reading, never for making papers."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.check.template.parts import Places, Template, open_template, own_text, shorten
from pipeline.opc import OFFICE, Element, linked, parse, serialise, write
from pipeline.problems import Problem
from pipeline.word.xml import ID, PARAGRAPH, make, qn

AUTHOR = "Template check"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def annotated_copy(content: bytes, problems: Iterable[Problem]) -> bytes:
    """The template with a comment in the margin for each problem; those with no spot in the text at its first line.

    Raises PaperError where the file cannot be opened: then there is nothing to write a comment on.
    """
    told = list(problems)
    template = open_template(content, told[0].place.file if told else "")
    lines = list(template.body.root.iter(PARAGRAPH))
    if not told or not lines:
        return content
    parts = dict(template.parts)
    name = template.related("comments") or "word/comments.xml"
    remarks = parse(parts[name]) if name in parts else make("w:comments")
    number = _first_free(template.body.root, remarks)
    for count, (line, texts) in enumerate(_by_line(template, told, lines), number):
        remarks.append(_remark(count, texts))
        _anchor(line, count)
    if name not in parts:
        parts = linked(parts, template.body.name, f"{OFFICE}comments", name, _TYPE)
    return write({**parts, name: serialise(remarks), template.body.name: serialise(template.body.root)})


def _by_line(template: Template, problems: list[Problem], lines: list[Element]) -> list[tuple[Element, list[str]]]:
    places = Places(template)
    spots: dict[str, list[Element]] = {}
    for line in lines:
        spots.setdefault(places.of(template.body, line).near, []).append(line)
    found: dict[Element, list[str]] = {}
    for problem in problems:
        spot = _line_of(problem, spots)
        where = f"{problem.place.near}: " if spot is None and problem.place.near else ""
        said = f"{problem.level.value.capitalize()} {problem.code}. {where}{problem.message} {problem.cure}"
        found.setdefault(lines[0] if spot is None else spot, []).append(said)
    return [(line, found[line]) for line in lines if line in found]


def _line_of(problem: Problem, spots: dict[str, list[Element]]) -> Element | None:
    near, _, quoted = problem.place.near.rpartition("at “")
    wanted = quoted.removesuffix("”").rstrip("…")
    candidates = spots.get(near.rstrip(", ")) if quoted else None
    return next((line for line in candidates or () if wanted in shorten(own_text(line), 10_000)), None)


def _first_free(body: Element, remarks: Element) -> int:
    marks = (qn("w:comment"), qn("w:commentReference"))
    used = [node.get(ID, "") for root in (body, remarks) for node in root.iter(*marks)]
    return max((int(number) for number in used if number.isdecimal() and len(number) < 10), default=-1) + 1


def _remark(number: int, texts: list[str]) -> Element:
    remark = make("w:comment", id=number, author=AUTHOR, initials="TC")
    for said in texts:
        text = etree.SubElement(etree.SubElement(etree.SubElement(remark, PARAGRAPH), qn("w:r")), qn("w:t"))
        text.text = said
        text.set(qn("xml:space"), "preserve")
    return remark


def _anchor(line: Element, number: int) -> None:
    properties = line.find(qn("w:pPr"))
    line.insert(0 if properties is None else line.index(properties) + 1, make("w:commentRangeStart", id=number))
    line.append(make("w:commentRangeEnd", id=number))
    run = make("w:r")
    run.append(make("w:commentReference", id=number))
    line.append(run)
