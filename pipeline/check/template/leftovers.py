"""What has been left in a template: tracked changes, comments, hidden text, other programs' tags, bound controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.template.parts import Part, Template
from pipeline.check.template.places import Places, own_text, paragraph_of, shorten
from pipeline.check.template.tags import Scan, Slip
from pipeline.problems import Problem, error, warning
from pipeline.word.xml import RUN, TEXT, VAL, Element, qn

_CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_DELETED = frozenset(map(qn, ("w:del", "w:moveFrom")))
_FOREIGN = (
    (re.compile(r"\+\+\+[^+]{1,200}\+\+\+"), "the “docx-templates” program"),
    (re.compile(r"<#[^#>]{1,200}#?>"), "another program (“<# … #>”)"),
    (re.compile(r"«[^»\n]{1,80}»"), "Word mail merge"),
    (re.compile(r"\$\{[^{}\n]{1,200}\}"), "another program (“${…}”)"),
    (re.compile(r"(?<![{$\w])\{\s*[#/^@?+*%&~]?\s*[A-Za-z_][\w.:\-]{0,60}(?:\([^{}]*\))?\s*\}(?!\})"),
     "another program (single curly brackets)"),
)  # fmt: skip
_FORM_FIELDS = re.compile(r"\s*FORM(TEXT|CHECKBOX|DROPDOWN)\b")
_MERGE = re.compile(r"\s*(?:MERGEFIELD|MERGEREC|NEXTIF|ADDRESSBLOCK|GREETINGLINE)\b\s*\"?([^\s\"\\]*)")


def unpaired(part: Part, slips: tuple[Slip, ...], places: Places) -> Iterator[Problem]:
    """T001 and T002: tags that never close, and closing marks without a tag."""
    for slip in slips:
        if slip.opened and (other := re.match(r"\{#\s*[\w.]+\s*\}", slip.quote)):
            yield error(
                "T031", places.of(part, slip.node, other[0]),
                f"“{other[0]}” looks like a tag of another program; here it starts a remark that never ends.",
                "Write it as “{% for … %}” or “{% if … %}”.",
            )  # fmt: skip
        elif slip.opened:
            opening = slip.quote[:2]
            closing = {"{{": "}}", "{%": "%}"}.get(opening, "#}")
            yield error(
                "T001", places.of(part, slip.node, slip.quote), f"The tag “{shorten(slip.quote, 40)}” is never closed.",
                f"Type “{closing}” where it should end.",
            )  # fmt: skip
        else:
            words = shorten(slip.quote.replace("\N{ZERO WIDTH SPACE}", " "), 40)
            yield error(
                "T002", places.of(part, slip.node, slip.quote),
                f"In “{words}” a tag is closed that was never opened, so its marks would be printed.",
                "Type the opening marks “{{” or “{%” before it, or take the closing marks out.",
            )  # fmt: skip


def changes(part: Part, places: Places) -> Iterator[Problem]:
    """T029: tracked changes; one line for each part, placed at the first, an error where the text is concerned."""
    marks = [mark for mark in part.root.iter(*_CHANGES) if next(mark.iter(TEXT, qn("w:delText")), None) is not None]
    if not marks:
        return
    there = "There is a tracked change" if len(marks) == 1 else f"There are {len(marks)} tracked changes"
    quote = "".join(node.text or "" for node in marks[0].iter(TEXT, qn("w:delText")))
    deleted = any(mark.tag in _DELETED for mark in marks)
    make = error if deleted else warning
    yield make(
        "T029", places.of(part, marks[0], quote),
        f"{there} in the template" + (", and deleted text would be filled in and kept." if deleted else "."),
        "Accept or reject all changes (Review > Accept > Accept All Changes), and save.",
    )  # fmt: skip


def comments(template: Template, places: Places) -> Iterator[Problem]:
    """T030: comments in the margin, which every paper would carry."""
    marks = list(template.body.root.iter(qn("w:commentReference")))
    if marks:
        many = "A comment stands" if len(marks) == 1 else f"{len(marks)} comments stand"
        yield warning(
            "T030", places.of(template.body, marks[0], _line(marks[0])),
            f"{many} in the margin of the template, and would be in every paper.",
            "Delete all comments (Review > Delete > Delete All Comments in Document), and save.",
        )  # fmt: skip


def _line(element: Element) -> str:
    paragraph = paragraph_of(element)
    return shorten(own_text(paragraph), 40) if paragraph is not None else ""


def hidden(part: Part, scan: Scan, places: Places) -> Iterator[Problem]:
    """T025 and T043: hidden text, with a tag in it or without."""
    tagged = {run for tag in scan.tags for run in tag.node.iterancestors(RUN)}
    for mark in part.root.iter(qn("w:vanish")):
        run = next(mark.iterancestors(RUN), None)
        words = "".join(node.text or "" for node in run.iter(TEXT)) if run is not None else ""
        if run is None or mark.get(VAL, "1") in ("0", "false", "off") or not words.strip():
            continue
        code, what = ("T025", "The tag") if run in tagged else ("T043", "The text")
        yield warning(
            code, places.of(part, run, words), f"{what} “{shorten(words, 40)}” is hidden; "
            "nobody sees it in the paper, and everybody can who opens the file.",
            "Delete it, or show it (select it, press Ctrl+D, clear “Hidden”).",
        )  # fmt: skip


def bound(part: Part, scan: Scan, places: Places, properties: frozenset[str]) -> Iterator[Problem]:
    """T028: content controls that Word fills from elsewhere, unless the property they show has the very same tag."""
    tagged = {control: tag for tag in scan.tags for control in tag.node.iterancestors(qn("w:sdt"))}
    for control, tag in tagged.items():
        binding = control.find(f"{qn('w:sdtPr')}/{qn('w:dataBinding')}")
        if binding is not None and tag.raw not in properties:
            yield error(
                "T028", places.of(part, tag.node, tag.raw),
                f"“{tag.raw}” stands in a content control that Word fills by itself from the document’s properties "
                "or data; what is filled in here is overwritten when the paper is opened.",
                "Remove the content control (right-click it > Remove Content Control), which keeps the text.",
            )  # fmt: skip


def foreign(part: Part, scan: Scan, places: Places, *, alone: bool) -> Iterator[Problem]:
    """T031 and T033: tags of other programs; errors where the template has none of ours (`alone`)."""
    make = error if alone else warning
    told: set[str] = set()
    for node, text in _lines(scan):
        for pattern, program in _FOREIGN:
            found = pattern.search(text)
            if found and program not in told:
                told.add(program)
                yield make(
                    "T031", places.of(part, node, found[0]),
                    f"“{shorten(found[0], 40)}” looks like a tag of {program}; it is not filled in here.",
                    "Write it as “{{ name }}” if it is a field.",
                )  # fmt: skip
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
    codes = [(node, node.text or "") for node in part.root.iter(qn("w:instrText"))]
    codes += [(node, node.get(qn("w:instr"), "")) for node in part.root.iter(qn("w:fldSimple"))]
    merges = [(node, found[1]) for node, code in codes if (found := _MERGE.match(code))]
    if merges and "Word mail merge" not in told:
        yield (error if alone else warning)(
            "T031", places.of(part, merges[0][0], merges[0][1] or _line(merges[0][0])),
            f"“{merges[0][1] or 'This'}” is a field of Word mail merge; it is not filled in here.",
            "Write it as “{{ name }}” if it is a field of the paper.",
        )  # fmt: skip
    form = next((node for node, code in codes if _FORM_FIELDS.match(code)), None)
    if form is not None:
        yield warning(
            "T033", places.of(part, form, _line(form)),
            "A form field for typing or ticking stands here; it is not filled in.",
            "Replace it by a field such as “{{ name }}”, or by plain text.",
        )  # fmt: skip


def no_fields(template: Template, places: Places) -> Problem:
    """T032: nothing in the template is ever filled in."""
    return warning(
        "T032", places.at_file(), f"“{template.name}” has no field at all; every paper made from it would be the same.",
        "Write “{{ name }}” where a field should stand.",
    )  # fmt: skip
