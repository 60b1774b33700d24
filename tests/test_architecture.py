"""The architecture, held: imports run one way, one library a room, no words of a paper and no board in the program."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
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
    """What a test imports from below a room, or by a name that the room does not offer."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "pipeline":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {f"{alias.name}.*" for alias in node.names if alias.name.startswith("pipeline.")}
    return {name for name in found if not is_offered(*name.split(".")[1:])}


def switched_off(source: str) -> set[str]:
    """The addresses below a room at which a test puts something else in the place of what is there."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    named = (ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func).endswith("setattr"))
    found = {address for name in named for address in re.findall(r"\A'pipeline((?:\.\w+)+)'\Z", name)}
    return {address[1:] for address in found if not is_offered(*address[1:].split("."))}


def is_offered(room: str, name: str = "", *below: str) -> bool:
    """A room may be imported whole, and so may what it offers; of a single module everything may be."""
    if not (PIPELINE / room).is_dir():
        return not below
    return not below and (not name or name in offered(PIPELINE / room))


REACHING_PAST = {
    "benchmarks/measuring.py",
    "benchmarks/render_speed.py",
    "office/test_doctor.py",
    "sheets/test_number_formats.py",
}
"""Tests that look below a room: figures of one step alone, each finding of `doctor`, what is no format's business."""


SWITCHED_OFF = {
    "check.draft.check_draft", "check.workbook_copy.SHEETS", "office.checking.check_content",
    "office.recording.OF_THE_DISK", "office.gate.facts_of_another_day", "office.gate.publishing_late",
    "office.gate.withheld_words",
    "office.standing.private_in", "office.moved.refuse_if_lost", "revise.carry_out._is_whole", "revise.carry_out.shade",
    "office.publication.leaks", "office.publication.libreoffice", "office.publication.with_pdf",
    "office.standing.fence_around", "office.standing.hidden", "office.standing.transform",
    "office.standing.typed_problems", "office.supplementing.leaks", "office.supplementing.with_pdf",
    "publish.cleaning.strip_marks", "publish.cleaning.write_out", "publish.late.out_in_time",
    "publish.pdf.TIMEOUT_SECONDS", "publish.pdf._USUAL_PLACES", "publish.pdf.converted",
    "publish.pdf_tags.finished", "publish.pdf_words.missing_lines", "publish.public_copy.differences",
    "read.copies.is_mark", "read.files.FILE_BYTES", "read.files._PAUSE", "read.inputs.read_table",
    "read.profile.profile_of", "render.paper.PART", "revise.copies._taken_by",
    "revise.copies.free_of_edits", "revise.copies.word_files", "revise.copy.copy_at", "revise.copy.recognised",
    "revise.following.was_published", "revise.ledger.Settled.keeps", "revise.ledger.rests_on",
    "revise.ledger.says_what_was", "revise.match_blocks.with_forgotten",
    "revise.merge.Merge.is_kept", "revise.merge.Merge.left", "revise.recognise._forms",
    "revise.revise.as_read_today", "rules.near.all_near",
    "store.acts._content", "store.drafts.read_record", "store.drafts.replace_own",
    "unattended.attempts.drafted", "unattended.runs.workers",
    "unattended.schedules.program", "unattended.schedules.sys.platform", "word.file.LIMITS", "word.unseen.LEGIBLE",
    "word.unseen._VISIBLE_CONTRAST",
}  # fmt: skip
"""Guards and limits that a test takes away, to show that it would be missed, and steps that it makes fail."""


def python_of_tests() -> Iterator[tuple[str, str]]:
    """Each file of the tests by its path below them, and its text."""
    for path in sorted(TESTS.rglob("*.py")):
        yield path.relative_to(TESTS).as_posix(), path.read_text(encoding="utf-8")


def test_tests_import_only_what_a_room_offers() -> None:
    past = {file: names for file, source in python_of_tests() if (names := not_offered(source))}
    assert {file: names for file, names in past.items() if file not in REACHING_PAST} == {}
    assert sorted(REACHING_PAST - set(past)) == [], "take these from the list"


def test_what_tests_switch_off_below_a_room_is_known_here() -> None:
    assert set().union(*(switched_off(source) for _, source in python_of_tests())) == SWITCHED_OFF


@pytest.mark.parametrize(
    ("source", "past"),
    [
        ("from pipeline.render.layout import laid_out", {"pipeline.render.layout.laid_out"}),
        ("from pipeline.render import layout", {"pipeline.render.layout"}),
        ("import pipeline.render.layout", {"pipeline.render.layout.*"}),
        ("from pipeline.render import render\nfrom pipeline import render\nfrom pipeline.problems import Place", set()),
    ],
)
def test_a_test_that_reaches_past_a_room_would_be_seen(source: str, past: set[str]) -> None:
    assert not_offered(source) == past


def test_a_guard_that_a_test_switches_off_would_be_seen() -> None:
    assert switched_off('patch.setattr("pipeline.render.layout.laid_out", None)') == {"render.layout.laid_out"}
    assert switched_off('patch.setattr("pipeline.render.render", None)') == set()


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
