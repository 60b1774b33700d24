"""The sample's template in carbone's tags: a loop is written as its first and its second turn, `[i]` and `[i+1]`.

Conditions are `{d.…:ifEQ(true):showBegin}` … `{d.…:showEnd}`. The second turn says only where the first one ends.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from tests.benchmarks.sample import TEMPLATE, condition

LOOP, TEST = re.compile(r"\{%p for (\w+) in (\w+) %\}"), re.compile(r"\{%p (if|elif|else)\s*(.*?)\s*%\}")
FIELD = re.compile(r"\{\{r?\s*([\w.]+)\s*\}\}")
CELLS_LOOP, ROWS_LOOP = re.compile(r"\{%tc"), re.compile(r"\{%tr")


def template(path: Path) -> None:
    """Writes the template."""
    document = Document(str(TEMPLATE))
    within, tests = "d", list[str]()
    for element in list(document.element.body):
        said = text_of(element)
        if element.tag == qn("w:tbl"):
            for row in list(element.tr_lst):
                in_row(row, within)
        elif loop := LOOP.fullmatch(said):
            within = f"d.{loop[2]}[i]"
            element.getparent().remove(element)
        elif said == "{%p endfor %}":
            say(element, f"{{{within.replace('[i]', '[i+1]')}.text}}")
            within = "d"
        elif said == "{%p endif %}":
            say(element, f"{{{tests.pop()}:showEnd}}")
        elif test := TEST.fullmatch(said):
            if test[1] != "if":
                ended = deepcopy(element)
                element.addprevious(ended)
                say(ended, f"{{{tests.pop()}:showEnd}}")
            tests.append(f"{within}.{condition(test[2])}")
            say(element, f"{{{tests[-1]}:ifEQ(true):showBegin}}")
        elif "{{" in said:
            say(element, in_its_tags(said, within))
    document.save(str(path))


def in_row(row: Any, within: str) -> None:
    """A row or its cells, followed by the second turn where they are a loop."""
    if ROWS_LOOP.search(text_of(row)):
        row.getparent().remove(row)
        return
    across = bool(CELLS_LOOP.search(text_of(row)))
    for cell in list(row.tc_lst):
        said = text_of(cell)
        if CELLS_LOOP.search(said):
            row.remove(cell)
        elif "{{" in said:
            say(cell, in_its_tags(said, within))
    if "rows[i]" in text_of(row):
        turn = list(row.tc_lst)[-1] if across else row
        second = deepcopy(turn)
        turn.addnext(second)
        for each in second.iter(qn("w:t")):
            each.text = (each.text or "").replace("rows[i]", "rows[i+1]")


def in_its_tags(said: str, within: str) -> str:
    """`{{ row.area }}` as `{d.background[i].rows[i].area}`."""

    def tag(found: re.Match[str]) -> str:
        owner, _, name = found[1].rpartition(".")
        return (
            f"{{{within}.rows[i].{name}}}" if owner == "row" else f"{{{within}.{name}}}" if owner else f"{{d.{name}}}"
        )

    return FIELD.sub(tag, said)


def text_of(element: Any) -> str:
    """All that an element says."""
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def say(element: Any, text: str) -> None:
    """Puts a text in place of what an element says; it has a first run."""
    first, *others = element.iter(qn("w:t"))
    first.text = text
    for each in others:
        each.text = ""
