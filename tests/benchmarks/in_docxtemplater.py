"""The sample's template in docxtemplater's tags: loops and conditions are `{#name}` … `{/name}`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docx import Document

from tests.benchmarks.sample import TEMPLATE, condition


def template(path: Path) -> None:
    """Writes the template."""
    document, open_tags = Document(str(TEMPLATE)), list[str]()
    for table in document.tables:
        rows_by_loop(table)
    for paragraph in [*document.paragraphs, *(p for t in document.tables for r in t.rows for c in r.cells
                                               for p in c.paragraphs)]:  # fmt: skip
        translated = in_its_tags(paragraph.text, open_tags)
        if translated != [paragraph.text]:
            for extra in translated[:-1]:
                paragraph.insert_paragraph_before(extra)
            for run in paragraph.runs[1:]:
                run.text = ""
            (paragraph.runs or [paragraph.add_run()])[0].text = translated[-1]
    document.save(str(path))


def rows_by_loop(table: Any) -> None:
    """Rows and cells that hold a loop's tags alone give way to tags in the row between them."""
    for row in list(table._tbl.tr_lst):
        cells = list(row.tc_lst)
        texts = ["".join(cell.itertext()) for cell in cells]
        if any("{%tr" in text for text in texts):
            table._tbl.remove(row)
        elif any("{%tc" in text for text in texts):
            for cell, text in zip(cells, texts, strict=True):
                if "{%tc" in text:
                    row.remove(cell)
            wrap(row.tc_lst[0], row.tc_lst[-1])
        elif any("row." in text for text in texts):
            wrap(cells[0], cells[-1])


def wrap(first: Any, last: Any) -> None:
    """`{#rows}` and `{/rows}` around what stands between two cells."""
    starts, ends = list(first.iter("{*}t")), list(last.iter("{*}t"))
    starts[0].text = "{#rows}" + (starts[0].text or "")
    ends[-1].text = (ends[-1].text or "") + "{/rows}"


def in_its_tags(text: str, open_tags: list[str]) -> list[str]:
    """A paragraph in docxtemplater's tags; two paragraphs where one condition ends and the next begins."""
    tag = re.fullmatch(r"\s*\{%p?\s*(\w+)\s*(.*?)\s*%\}\s*", text)
    if not tag:
        return [re.sub(r"\{\{r?\s*(?:block\.|row\.)?(\w+)\s*\}\}", r"{\1}", text)]
    word, rest = tag.groups()
    ended = [f"{{/{open_tags.pop()}}}"] if word.startswith(("end", "el")) else []
    if word.startswith("end"):
        return ended
    name = rest.rpartition(" ")[2] if word == "for" else condition(rest)
    open_tags.append(name)
    return [*ended, f"{{#{name}}}"]
