"""What has been left in a template: tracked changes, comments, hidden text, other programs' tags, bound controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.parts import Part, Places, Template, own_text, paragraph_of, shorten
from pipeline.check.template.tags import Scan, Slip
from pipeline.problems import Problem
from pipeline.word.xml import RUN, TEXT, VAL, Element, qn

_CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_DELETED = frozenset(map(qn, ("w:del", "w:moveFrom")))
_FOREIGN = (
    (re.compile(r"\+\+\+[^+]{1,200}\+\+\+"), "the “docx-templates” program"),
    (re.compile(r"<#[^#>]{1,200}#?>"), "another program (“<# … #>”)"),
    (re.compile(r"«[^»\n]{1,80}»"), "Word mail merge"),
    (re.compile(r"\$\{[^{}\n]{1,200}\}"), "another program (“${…}”)"),
    (
        re.compile(r"(?<![{$\w])\{\s*[#/^@?+*%&~]?\s*[A-Za-z_][\w.:\-]{0,60}(?:\([^{}]*\))?\s*\}(?!\})"),
        "another program (single curly brackets)",
    ),
)
_FORM_FIELDS = re.compile(r"\s*FORM(TEXT|CHECKBOX|DROPDOWN)\b")
_MERGE = re.compile(r"\s*(?:MERGEFIELD|MERGEREC|NEXTIF|ADDRESSBLOCK|GREETINGLINE)\b\s*\"?([^\s\"\\]*)")


def unpaired(part: Part, slips: tuple[Slip, ...], places: Places) -> Iterator[Problem]:
    """T001 and T002: tags that never close, and closing marks without a tag."""
    for slip in slips:
        if slip.opened and (other := re.match(r"\{#\s*[\w.]+\s*\}", slip.quote)):
            yield problem("T031", places.of(part, slip.node, other[0]), "remark", tag=other[0])
        elif slip.opened:
            opening = slip.quote[:2]
            closing = {"{{": "}}", "{%": "%}"}.get(opening, "#}")
            tag = shorten(slip.quote, 40)
            yield problem("T001", places.of(part, slip.node, slip.quote), tag=tag, closing=closing)
        else:
            words = shorten(slip.quote.replace("\N{ZERO WIDTH SPACE}", " "), 40)
            yield problem("T002", places.of(part, slip.node, slip.quote), words=words)


def changes(part: Part, places: Places) -> Iterator[Problem]:
    """T029: tracked changes; one line for each part, placed at the first, an error where the text is concerned."""
    marks = [mark for mark in part.root.iter(*_CHANGES) if next(mark.iter(TEXT, qn("w:delText")), None) is not None]
    if not marks:
        return
    quote = "".join(node.text or "" for node in marks[0].iter(TEXT, qn("w:delText")))
    deleted = any(mark.tag in _DELETED for mark in marks)
    one = len(marks) == 1
    way = ("one_deleted" if one else "") if deleted else "one" if one else "many"
    yield problem("T029", places.of(part, marks[0], quote), way, count=len(marks))


def comments(template: Template, places: Places) -> Iterator[Problem]:
    """T030: comments in the margin, which every paper would carry."""
    marks = list(template.body.root.iter(qn("w:commentReference")))
    if marks:
        way = "one" if len(marks) == 1 else ""
        yield problem("T030", places.of(template.body, marks[0], _line(marks[0])), way, count=len(marks))


def _line(element: Element) -> str:
    paragraph = paragraph_of(element)
    return shorten(own_text(paragraph), 40) if paragraph is not None else ""


def hidden(part: Part, scan: Scan, places: Places) -> Iterator[Problem]:
    """T025 and T043: hidden text, with a tag in it or without."""
    tagged = {run for tag in scan.tags for run in tag.node.iterancestors(RUN)}
    for run in _hidden_runs(part):
        if (words := _words_of(run)).strip():
            code = "T025" if run in tagged else "T043"
            yield problem(code, places.of(part, run, words), words=shorten(words, 40))


def _words_of(run: Element) -> str:
    return "".join(node.text or "" for node in run.iter(TEXT))


def _hidden_runs(part: Part) -> Iterator[Element]:
    for mark in part.root.iter(qn("w:vanish")):
        run = next(mark.iterancestors(RUN), None)
        if run is not None and mark.get(VAL, "1") not in ("0", "false", "off"):
            yield run


def highlighted(part: Part, places: Places) -> Iterator[Problem]:
    """T056: words marked with a colour, once a paragraph; no paper made from them could be published."""
    marked: dict[Element, list[Element]] = {}
    for mark in part.root.iter(qn("w:highlight")):
        run, paragraph = next(mark.iterancestors(RUN), None), paragraph_of(mark)
        if run is not None and paragraph is not None and mark.get(VAL) != "none" and _words_of(run).strip():
            marked.setdefault(paragraph, []).append(run)
    for runs in marked.values():
        words = "".join(map(_words_of, runs)).strip()
        yield problem("T056", places.of(part, runs[0], words), words=shorten(words, 40))


def bound(part: Part, scan: Scan, places: Places) -> Iterator[Problem]:
    """T028: content controls that Word fills from elsewhere."""
    tagged = {control: tag for tag in scan.tags for control in tag.node.iterancestors(qn("w:sdt"))}
    for control, tag in tagged.items():
        binding = control.find(f"{qn('w:sdtPr')}/{qn('w:dataBinding')}")
        if binding is not None:
            yield problem("T028", places.of(part, tag.node, tag.raw), tag=tag.raw)


def foreign(part: Part, scan: Scan, places: Places, *, alone: bool) -> Iterator[Problem]:
    """T031 and T033: tags of other programs; errors where the template has none of ours (`alone`)."""
    told: set[str] = set()
    for node, text in _lines(scan):
        for pattern, program in _FOREIGN:
            found = pattern.search(text)
            if found and program not in told:
                told.add(program)
                way, tag = "" if alone else "foreign_beside", shorten(found[0], 40)
                yield problem("T031", places.of(part, node, found[0]), way, tag=tag, program=program)
    yield from _word_fields(part, places, alone=alone, told=told)


def _lines(scan: Scan) -> Iterator[tuple[Element, str]]:
    """The text outside tags, a paragraph at a time, with a node of it."""
    lines: dict[Element, list[str]] = {}
    for node, text in scan.loose:
        if node.tag == TEXT:
            paragraph = paragraph_of(node)
            lines.setdefault(paragraph if paragraph is not None else node, []).append(text)
    for line, texts in lines.items():
        yield line, "".join(texts)


def _word_fields(part: Part, places: Places, *, alone: bool, told: set[str]) -> Iterator[Problem]:
    codes = _field_codes(part)
    merge = next(((node, found[1]) for node, code in codes if (found := _MERGE.match(code))), None)
    if merge and "Word mail merge" not in told:
        node, words = merge
        way = "merge" if alone else "merge_beside"
        yield problem("T031", places.of(part, node, words or _line(node)), way, words=words or "This")
    form = next((node for node, code in codes if _FORM_FIELDS.match(code)), None)
    if form is not None:
        yield problem("T033", places.of(part, form, _line(form)))


def _field_codes(part: Part) -> list[tuple[Element, str]]:
    """What Word's fields do (ECMA-376, 17.16): of those in several runs, then of those in one element."""
    in_runs = [(node, node.text or "") for node in part.root.iter(qn("w:instrText"))]
    return in_runs + [(node, node.get(qn("w:instr"), "")) for node in part.root.iter(qn("w:fldSimple"))]


def no_fields(template: Template, places: Places) -> Problem:
    """T032: nothing in the template is ever filled in."""
    return problem("T032", places.at_file(), name=template.name)
