"""Fills templates as the product does, and looks at what came out without asking the check."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docxtpl
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from tests.check.template.faults.making import OFFER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = {"action open": ("area", "activity"), "letter": ("date", "sender")}
CONTENT_OF = {f"{W}tc": f"{W}p", f"{W}tbl": f"{W}tr", f"{W}tr": f"{W}tc", f"{W}hdr": f"{W}p", f"{W}ftr": f"{W}p"}


class Strict(docxtpl.DocxTemplate):
    """docxtpl repairs what is not well formed by dropping text; here that is an error."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)


def context(many: int, words: str) -> dict[str, Any]:
    """Sentinels for all that the vocabulary knows: lists of `many` items, single fields that read `words`."""
    blocks = [
        {
            "key": f"k{n}", "list": name, "style": "", "text": Markup("<w:r><w:t>words</w:t></w:r>"),
            "rows": [{key: f"{key} {n}" for key in (*FIELDS.get(name, ()), "key")} for n in range(many)],
        }
        for n, name in zip(range(many), ["", *FIELDS] * many, strict=False)
    ]  # fmt: skip
    letters = [{key: f"{key} {n}" for key in ("date", "sender", "key")} for n in range(many)]
    return (
        dict.fromkeys(OFFER.fields, words)
        | {"letter": letters}
        | dict.fromkeys([each.name for each in OFFER.sections], blocks)
    )


def filled(content: bytes, many: int, words: str) -> bytes:
    """The paper that the template gives; raises whatever the filling raises."""
    template = Strict(io.BytesIO(content))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters |= dict.fromkeys(("day", "listed", "start"), str)
    template.render(context(many, words), environment)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def roots(content: bytes) -> list[Any]:
    """The roots of the text, the headers and the footers."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [n for n in package.namelist() if re.match(r"word/(document|header\d*|footer\d*)\.xml$", n)]
        return [etree.fromstring(package.read(name)) for name in names]


def text_of(content: bytes) -> str:
    return "\n".join("".join(root.itertext(f"{W}t")) for root in roots(content))


def emptied(content: bytes) -> list[str]:
    """Cells without a line at their end, tables without rows, rows without cells: what Word calls unreadable."""
    bad = []
    for root in roots(content):
        for element in root.iter(*CONTENT_OF):
            if element.find(CONTENT_OF[element.tag]) is None:
                bad.append(f"{element.tag} holds nothing")
            elif element.tag == f"{W}tc" and element[-1].tag == f"{W}tbl":
                bad.append("a cell ends with a table")
    return bad


def sections(content: bytes) -> int:
    return sum(1 for root in roots(content) for _ in root.iter(f"{W}sectPr"))


def losses(content: bytes, kept: list[str]) -> list[str]:
    """What goes wrong when the template is filled with nothing, one and several of everything, conditions both ways."""
    found: list[str] = []
    for many in (0, 1, 3):
        for words in ("", "sentinel"):
            case = f"{many} of each, fields “{words}”: "
            try:
                paper = filled(content, many, words)
            except Exception as fault:
                found.append(f"{case}fails with {fault!r}")
                continue
            text = text_of(paper)
            found += [f"{case}“{part}” is lost" for part in kept if part not in text]
            found += [case + bad for bad in emptied(paper)]
            if sections(paper) != sections(content):
                found.append(f"{case}a section is lost or added")
    return found
