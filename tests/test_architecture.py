"""The architecture, held: imports run one way, one library a room, no words of a paper and no board in the program."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline.office import gather
from tests.office import ROOT, Office, office
from tests.reader import read_paper, tables_of

PIPELINE, TESTS = ROOT / "pipeline", ROOT / "tests"
NAMES = re.compile(
    r"best value|scrutiny|secretary of state|\bmayor\b|tower hamlets|commissioners|fairford|\bboard\b of", re.IGNORECASE
)


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_imports_run_one_way() -> None:
    result = contracts(ROOT)
    assert result.returncode == 0, result.stdout[-3000:]
    assert re.search(r"Contracts: \d+ kept, 0 broken", result.stdout)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("transform/world.py", "import pipeline.read.tables"),
        ("kinds/records.py", "import pipeline.report"),
        ("office/drafting.py", "import click"),
        ("transform/world.py", "import zipfile"),
    ],
)
def test_a_broken_contract_would_be_seen(module: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(PIPELINE, tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    changed = tmp_path / "pipeline" / module
    changed.write_text(changed.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert contracts(tmp_path).returncode != 0


def sources() -> list[Path]:
    found = [
        path for path in PIPELINE.rglob("*") if path.suffix in (".py", ".toml") and "__pycache__" not in path.parts
    ]
    assert len(found) > 50
    return found


def test_no_line_of_the_program_names_a_board_or_a_party() -> None:
    named = {path.relative_to(PIPELINE): NAMES.findall(path.read_text(encoding="utf-8")) for path in sources()}
    assert {path: names for path, names in named.items() if names} == {}


def test_a_board_in_the_program_would_be_seen() -> None:
    assert NAMES.search('if report == "Best Value Board":')


def offered(room: Path) -> set[str]:
    """The names in a room's `__all__`; where it has none, what is defined in its `__init__`."""
    defined = set()
    for statement in ast.parse((room / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            return set(ast.literal_eval(statement.value))
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            defined.add(statement.name)
    return defined


def not_offered(source: str) -> set[str]:
    """What a test takes from below a room, or by a name that the room does not offer: by import or by address."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "pipeline":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {f"{alias.name}.*" for alias in node.names if alias.name.startswith("pipeline.")}
        elif isinstance(node, ast.Call) and node.args and ast.unparse(node.func).endswith("setattr"):
            found |= set(re.findall(r"\A'(pipeline(?:\.\w+)+)'\Z", ast.unparse(node.args[0])))
    return {name for name in found if not is_offered(*name.split(".")[1:])}


def is_offered(room: str, name: str = "", *below: str) -> bool:
    """A room may be imported whole, and so may what it offers; of a single module everything may be."""
    if not (PIPELINE / room).is_dir():
        return not below
    return not below and (not name or name in offered(PIPELINE / room))


REACHING_PAST = {
    "benchmarks", "chance", "cli", "faults", "office", "publish", "read", "revise", "sheets", "store",
    "test_corpora.py", "test_damaged.py", "test_endless.py", "test_growth.py", "test_hostile.py",
    "test_interrupted.py", "test_nearest.py", "test_plain_drafts.py", "test_publication.py", "test_schedule.py",
    "test_sixty_months.py", "test_typed_into_the_draft.py", "unattended", "word",
}  # fmt: skip
"""Tests that do not yet keep to what the rooms offer. Nothing may be added here."""


def test_tests_import_only_what_a_room_offers() -> None:
    past: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("*.py")):
        folder = path.name if path.parent == TESTS else path.parent.relative_to(TESTS).as_posix()
        past[folder] = past.get(folder, set()) | not_offered(path.read_text(encoding="utf-8"))
    assert {folder: names for folder, names in past.items() if names and folder not in REACHING_PAST} == {}
    assert sorted(folder for folder in REACHING_PAST if not past.get(folder)) == [], "take these from the list"


@pytest.mark.parametrize(
    ("source", "past"),
    [
        ("from pipeline.render.layout import laid_out", {"pipeline.render.layout.laid_out"}),
        ("from pipeline.render import layout", {"pipeline.render.layout"}),
        ("import pipeline.render.layout", {"pipeline.render.layout.*"}),
        ('monkeypatch.setattr("pipeline.render.layout.laid_out", None)', {"pipeline.render.layout.laid_out"}),
        ("from pipeline.render import render\nfrom pipeline import render\nfrom pipeline.problems import Place", set()),
    ],
)
def test_a_test_that_reaches_past_a_room_would_be_seen(source: str, past: set[str]) -> None:
    assert not_offered(source) == past


def with_markers(desk: Office) -> set[str]:
    """Swaps every sentence of the wording sheet for a marker; returns the markers."""
    path = desk.folder / "templates" / desk.report / "wording.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Wording"]
    markers = set()
    for row in sheet.iter_rows(min_row=2):
        wording = row[5]
        if wording.value and not str(wording.value).startswith("Table:"):
            wording.value = f"Marker {wording.row}."
            markers.add(f"Marker {wording.row}.")
    workbook.save(path)
    return markers


def paragraphs(text: str) -> list[str]:
    """The paper's paragraphs without their numbers, tables left out."""
    lines = (line for line in text.splitlines() if not line.startswith("|"))
    return [re.sub(r"^(\d+(\.\d+)?\.?|\([a-z]\)|•|Appendix \d+ reads) ", "", line) for line in lines]


@pytest.mark.parametrize(
    ("report", "meeting"), [("best-value-board", "2017-01-23"), ("recommendation-tracker", "2027-01-19")]
)
def test_no_sentence_of_a_paper_is_in_the_program(report: str, meeting: str, tmp_path: Path) -> None:
    desk = office(tmp_path, report)
    markers = with_markers(desk)
    for comment in (desk.inputs / "comments").glob("*.docx"):
        comment.unlink()
    built = desk.build(meeting)
    content = built.path.read_bytes()
    template = (desk.folder / "templates" / report / "template.docx").read_bytes()
    static = {line for line in paragraphs(read_paper(template)) if "{" not in line}
    material = gather(desk.order(meeting))
    settings = set(material.report.fields.values()) | {each.to_follow for each in material.report.comments.values()}
    log = {each.appendix_title for each in material.inputs.records.letters}
    meeting_words = {each.body for each in material.inputs.records.meetings}
    told = [line for line in paragraphs(read_paper(content)) if line not in static | settings | log | meeting_words]
    words = re.findall(r"Marker \d+\.", " ".join(told))
    assert set(words) <= markers
    assert len(words) > 4
    assert re.sub(r"Marker \d+\.|\s", "", "".join(told)) == ""
    assert tables_of(content)
