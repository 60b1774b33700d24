"""The manuals name everything an officer may use, so that a new list or field arrives with its explanation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.kinds import BLANKS, EXEMPT_HEADINGS, STANDARD
from pipeline.language import OPERATIONS, Spoken, sentence
from pipeline.report import load_report
from pipeline.transform import vocabulary
from tests.builders import report
from tests.kinds.budgets import budget_board
from tests.small_report import small_report

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
INPUTS = (ROOT / "inputs" / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", MANUAL))


KNOWN = vocabulary(report())


@pytest.mark.parametrize("name", KNOWN.lists)
def test_every_list_is_in_the_manual(name: str) -> None:
    assert name in NAMED


def test_the_table_of_filters_is_what_each_filter_says_of_itself() -> None:
    table = MANUAL.split("### Filters")[1].split("\n\n")[1].splitlines()[2:]
    assert table == [f"| `{each.example}` | {each.manual} |" for each in OPERATIONS.values()]


@pytest.mark.parametrize(
    "kind", ["letter", "workshop", "update", "area", "action", "direction", "workstream", "meeting"]
)
def test_every_field_is_in_the_manual_on_its_own_line(kind: str) -> None:
    fields = MANUAL.split("### Fields")[1].split("### Filters")[0]
    (line,) = (line for line in fields.splitlines() if line.startswith(f"| `{kind}`"))
    told = set(re.findall(r"`(\w+)`", line.split("|")[2]))
    assert told == set(KNOWN.kinds[kind].names)


def test_a_list_that_the_manual_lacks_would_be_seen() -> None:
    assert "letter burnt" not in NAMED


SAMPLES = [load_report(path.parent) for path in sorted(ROOT.glob("templates/*/report.toml"))]
SHEETS = {"actions": "**Actions**", "progress": "**Progress**", "letters": "## correspondence.xlsx, sheet Log"}
CALENDAR = ("meetings", "workshops", "updates", "directions", "workstreams", "closed_days")


def headings_of(kind: str) -> list[set[str]]:
    """The headings that officers may meet for each column of a kind: the plain ones, and the samples' own."""
    own = [report.sources[kind].headings for report in SAMPLES if kind in report.sources]
    return [
        {plain(each) for each in (*field.headings, *(heading for known in own for heading in known.get(name, ())))}
        for name, field in STANDARD[kind].columns.items()
    ]


def plain(heading: str) -> str:
    return " ".join(re.sub(r"[“”*]", "", heading).casefold().split())


def told_under(start: str) -> list[str]:
    """The headings in the first column of the table below a line, and in its first row."""
    table = INPUTS.split(start)[1].split("\n\n|")[1].split("\n\n")[0].splitlines()
    return [cell for line in table for cell in line.strip("|").split("|")[0].split("·")]


@pytest.mark.parametrize("kind", ["actions", "progress", "letters"])
def test_a_sheets_table_in_the_manual_has_every_column_and_no_other(kind: str) -> None:
    rows = told_under(SHEETS[kind])
    told = [{plain(each) for each in re.split(r"[()]", row) if each.strip()} | {plain(row)} for row in rows[2:]]
    wanted = headings_of(kind)
    assert [row for row in told if not any(row & column for column in wanted)] == []
    missing = [column for column in wanted if not any(row & column for row in told)]
    assert missing in ([], [{plain(each) for each in EXEMPT_HEADINGS}]), missing


@pytest.mark.parametrize("kind", CALENDAR)
def test_the_calendars_sheets_in_the_manual_have_every_column(kind: str) -> None:
    name = kind.replace("_", " ").capitalize()
    (line,) = (each for each in INPUTS.splitlines() if each.startswith(f"| {name} |"))
    told = [plain(each) for each in line.split("|")[2].split(",")]
    assert [each for each in told if not any(each in column for column in headings_of(kind))] == []
    assert len(told) == len(STANDARD[kind].columns)


def test_every_type_of_column_is_in_the_manual() -> None:
    assert set(BLANKS) <= NAMED


def examples(heading: str) -> list[list[str]]:
    """The examples below a heading: the lines of each."""
    part = re.split(r"\n##", MANUAL.split(f"### {heading}\n")[1])[0]
    blocks = re.findall(r"(?:^    .*\n)+", part, re.MULTILINE)
    return [[line[4:] for line in block.splitlines()] for block in blocks]


def test_the_examples_of_kinds_can_be_pasted_into_report_toml(tmp_path: Path) -> None:
    board = small_report(tmp_path)
    folder = tmp_path / "templates" / board.name
    with (folder / "report.toml").open("a", encoding="utf-8") as settings:
        settings.writelines(f"{line}\n" for block in examples("Columns and kinds of your own") for line in block)
    known = vocabulary(load_report(folder))
    assert [each for kind in ("budget", "service") for each in known.columns(kind)] != []
    assert [known.derived("budget", name).definition.findings for name in known.rules["budget"]] == [()] * 5


def test_the_example_of_a_section_that_is_written_in_word_can_be_pasted_too(tmp_path: Path) -> None:
    board = small_report(tmp_path)
    folder = tmp_path / "templates" / board.name
    with (folder / "report.toml").open("a", encoding="utf-8") as settings:
        settings.writelines(f"{line}\n" for block in examples("A section that is written in Word") for line in block)
    settings_of_it = load_report(folder).comments["progress"]
    assert (settings_of_it.file, settings_of_it.clearance) == ("progress.docx", False)


def test_the_examples_of_figures_are_sentences(tmp_path: Path) -> None:
    known = vocabulary(load_report(budget_board(tmp_path).folder / "templates" / "budget"))
    ((*lines,),) = examples("Figures")
    spoken = {line: sentence(line, "", known) for line in lines}
    assert {line: each for line, each in spoken.items() if not isinstance(each, Spoken) or each.findings} == {}
    assert len(spoken) == 7
