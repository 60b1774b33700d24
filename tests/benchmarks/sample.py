"""The sample paper, for everyone alike: its folders, and the same words as plain values and for plain docxtpl."""

from __future__ import annotations

import datetime as dt
import io
import json
import pickle
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.blocks import Block, Context, Row, Table
from pipeline.office import Order, standing_of
from tests.benchmarks.measuring import ROOT

REPORT = "best-value-board"
MEETING = dt.date(2017, 1, 23)
NOW = dt.datetime(2017, 1, 12, 9, 0, tzinfo=dt.UTC)
TEMPLATE = ROOT / "templates" / REPORT / "template.docx"
LONG_TEXT = re.compile(rb"(?<=>)([^<>]{40,}?)(?<!\.pdf)(\.?</t>)")


def office(folder: Path, reports: Sequence[str] = (REPORT,), rows: int = 0) -> Path:
    """Copies of the sample report, under these names, with so many more rows in the tracker.

    Where there are several, the longer texts of each tracker and log say whose they are: no two boards send the same
    files, and what is remembered of one board's words must not help with another's. Wording and template are shared.
    """
    for name in reports:
        shutil.copytree(ROOT / "templates" / REPORT, folder / "templates" / name)
        shutil.copytree(ROOT / "inputs" / REPORT, folder / "inputs" / name)
        if rows:
            add_rows(folder / "inputs" / name / "tracker.xlsx", rows)
        if len(reports) > 1:
            for workbook in ("tracker.xlsx", "correspondence.xlsx"):
                name_the_board(folder / "inputs" / name / workbook, name)
    return folder


def name_the_board(workbook: Path, name: str) -> None:
    """Every text of more than forty characters, names of files apart, ends with the name."""
    with zipfile.ZipFile(workbook) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    named = rb"\1 (%b)\2" % name.encode()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, LONG_TEXT.sub(named, content))


def add_rows(tracker: Path, rows: int) -> None:
    """Rows as officers type them: areas of fifty, forty leads."""
    workbook = openpyxl.load_workbook(tracker)
    for n in range(rows):
        deadline = dt.datetime(2017, 3, 1) + dt.timedelta(days=n % 300)
        told = [f"N-{n}", f"Area {n // 50}", f"Do number {n} with care and in good time", deadline, "In progress"]
        workbook["Actions"].append([*told, None, None, f"Lead {n % 40}", "No", f"Note {n}"])
    workbook.save(tracker)


def order(folder: Path, outputs: str = "outputs", report: str = REPORT) -> Order:
    """The order for the sample's paper."""
    return Order(report=report, templates=folder / "templates", inputs=folder / "inputs", outputs=folder / outputs,
                 now=NOW, meeting=MEETING)  # fmt: skip


def names_of(made: Context) -> dict[str, Any]:
    """A context as plain values."""

    def plain(block: Any) -> dict[str, Any]:
        if isinstance(block, Block):
            return {"text": block.text, "list": "", "style": block.style, "rows": []}
        return {"text": "", "list": block.list, "style": "", "rows": [dict(row.values) for row in block.rows]}

    return {**made.fields, **{name: [plain(block) for block in blocks] for name, blocks in made.sections.items()}}


def prepare(folder: Path, rows: int) -> None:
    """The office, and the paper's words for those who begin with them: as plain names, and as a context of ours."""
    office(folder, rows=rows)
    context = standing_of(order(folder)).context
    (folder / "names.json").write_text(json.dumps(names_of(context)), encoding="utf-8")
    (folder / "context.pickle").write_bytes(pickle.dumps(ready(context)))


def ready(made: Context) -> Context:
    """A context with nothing left to be worked out, so that it can lie in a file."""

    def settled(block: Block | Table) -> Block | Table:
        if isinstance(block, Block):
            return block
        return block._replace(rows=tuple(Row(each.key, dict(each.values), dict(each.facts)) for each in block.rows))

    sections = {name: tuple(map(settled, blocks)) for name, blocks in made.sections.items()}
    return Context(dict(made.fields), sections, dict(made.field_facts))


def kept_ready(folder: Path) -> Context:
    """The context that lies ready in an office's folder."""
    found = pickle.loads((folder / "context.pickle").read_bytes())
    assert isinstance(found, Context)
    return found


def as_rich(names: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as docxtpl's manual has them for `{{r … }}`."""
    from docxtpl import RichText

    def rich(value: Any) -> Any:
        return [{**each, "text": RichText(each["text"])} for each in value] if isinstance(value, list) else value

    return {name: rich(value) for name, value in names.items()}


def by_docxtpl(names: Mapping[str, Any]) -> bytes:
    """The paper by plain docxtpl, as its manual says: a new DocxTemplate for each."""
    template = DocxTemplate(TEMPLATE)
    template.render(as_rich(names), jinja_env=ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def with_conditions(names: Mapping[str, Any]) -> dict[str, Any]:
    """The same words, with the conditions that the template asks for worked out beforehand, by their `condition`."""

    def told(block: dict[str, Any]) -> dict[str, Any]:
        known = {"progress", "action open", "bullet", "number", "placeholder"}
        is_one = block["list"] or block["style"]
        holds = {f"is_{each.replace(' ', '_')}": each == is_one for each in known}
        return {**block, **holds, "otherwise": not any(holds.values())}

    blocks = {name: [told(each) for each in value] for name, value in names.items() if isinstance(value, list)}
    return {**names, **blocks, **{f"any_{name}": bool(value) for name, value in blocks.items()}}


def condition(test: str) -> str:
    """A name for a condition: `block.list == 'action open'` is `is_action_open`; a section's own name asks for any."""
    value = re.search(r"'(.*)'", test)
    return f"is_{value[1].replace(' ', '_')}" if value else f"any_{test}" if test else "otherwise"
