"""`[kinds]` of a report: its own kinds, the columns that it adds, and what is said of a faulty table."""

from __future__ import annotations

import tomllib
import typing
from pathlib import Path

import pytest

from pipeline.kinds import BLANKS, STANDARD, FieldType, checked_kinds
from pipeline.problems import PaperError, Place
from pipeline.report import Report, load_report
from pipeline.settings import Settings

OWN = """
[kinds.budgets]
key = ["code"]
group = "service"
[kinds.budgets.fields]
code = { type = "text", unique = true }
service = { type = "text", required = true, fill_down = true }
budget = { type = "money", headings = ["Budget", "Approved budget"] }
spent = "percent"
rag = { type = "choice", words = "rag", headings = "RAG" }
[kinds.budgets.notes]
spent = "Of the year's budget."
[words.rag]
red = ["Red", "At risk"]
"""


def kinds_of(text: str) -> list[str]:
    """What is said of `[kinds]` in these settings."""
    settings = Settings(tomllib.loads(text), Place("board/report.toml"))
    checked_kinds(settings)
    return [f"{each.place.near} {each.message} {each.cure}" for each in settings.found]


def test_the_standard_kinds_are_written_as_a_report_writes_its_own() -> None:
    text = (Path(__file__).parents[2] / "pipeline" / "kinds" / "standard.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["kinds"]) == set(STANDARD)


def test_every_type_of_field_has_a_blank() -> None:
    assert set(typing.get_args(FieldType)) == set(BLANKS)


def test_a_kind_of_the_reports_own_follows_from_its_table() -> None:
    settings = Settings(tomllib.loads(OWN), Place("board/report.toml"))
    kind = checked_kinds(settings)["budgets"]
    assert settings.found == []
    assert (kind.item, kind.key, kind.needs, kind.group, kind.own) == ("budget", ("code",), ("code",), "service", True)
    assert list(kind.columns) == ["code", "service", "budget", "spent", "rag", "exempt"]
    assert kind.fields["code"].required
    assert kind.fields["spent"].headings == ("Spent",)
    assert kind.fields["spent"].note == "Of the year's budget."
    assert kind.fields["rag"].headings == ("RAG",)


def test_a_column_added_to_a_standard_kind_is_a_field_like_the_others() -> None:
    settings = Settings(tomllib.loads('[kinds.letters.fields]\nward = "text"'), Place("board/report.toml"))
    assert checked_kinds(settings)["letters"].columns["ward"].headings == ("Ward",)
    assert "ward" not in STANDARD["letters"].columns


def test_a_text_by_itself_is_a_list_of_one() -> None:
    table = '[kinds.policies]\nkey = "code"\n[kinds.policies.fields]\ncode = { type = "choice", choices = "Red" }'
    kind = checked_kinds(Settings(tomllib.loads(table), Place("board/report.toml")))["policies"]
    assert (kind.item, kind.key, dict(kind.fields["code"].choices)) == ("policy", ("code",), {"Red": "Red"})


FIELDS = 'key = ["code"]\n[kinds.budgets.fields]\ncode = "text"\n'


@pytest.mark.parametrize(("text", "told"), [
    (
        f'[kinds.budgets]\n{FIELDS}cost = "mony"',
        "[kinds.budgets.fields] “cost” is “mony”, which is no type of column. Did you mean “money”?",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}cost = {{ type = "mony" }}',
        "[kinds.budgets.fields.cost] “type” is “mony”, which is no type of column. Did you mean “money”?",
    ),
    (
        '[kinds.budgets]\nkey = ["cod"]\n[kinds.budgets.fields]\ncode = "text"',
        "[kinds.budgets] “key” names “cod”, which is no field. Did you mean “code”?",
    ),
    (
        '[kinds.budgets.fields]\ncode = "text"',
        '[kinds.budgets] “key” is missing. Say which fields name a row for good, such as key = ["code"].',
    ),
    (
        '[kinds.budgets]\nkey = ["cost"]\n[kinds.budgets.fields]\ncost = "money"',
        "[kinds.budgets] “key” names “cost”, whose type is “money”. "
        "Take a field of the type text, choice, whole or day.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}class = "text"',
        "[kinds.budgets.fields] “class” is a word of the language of sentences. "
        "Write “class_” and more, such as “class_of”.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}Cost = "money"',
        "[kinds.budgets.fields] “Cost” is not a name that wording can use. "
        "Write it in small letters, figures and underscores.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}exempt = "text"',
        "[kinds.budgets.fields] “exempt” is kept for rows that may not be public. "
        "Take it out: every sheet may have that column.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}name = {{ type = "text", headings = ["CODE"] }}',
        "[kinds.budgets.fields] “name” has the heading “CODE”, as “code” has. Give each column a heading of its own.",
    ),
    (
        '[kinds.letters.fields]\nplace = { type = "text", headings = ["Reply to"] }',
        "[kinds.letters.fields] “place” has the heading “Reply to”, as “in_reply_to” has. "
        "Give each column a heading of its own.",
    ),
    (
        '[kinds.letters.fields]\nsubject = "text"',
        "[kinds.letters.fields] “subject” is a field of letters already. "
        "Name its headings under [sources.letters.headings], or call the new column something else.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}rag = {{ type = "choice", words = "rga" }}\n[words.rag]\nred = ["Red"]',
        "[kinds.budgets.fields] “rag” takes its words from “rga”, and there is no such table of words. "
        "Did you mean “rag”?",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}rag = "choice"',
        "[kinds.budgets.fields] “rag” is “choice”, and nothing says which words may be chosen. "
        'Write rag = { type = "choice", choices = ["Red", "Green"] }.',
    ),
    (
        f'[kinds.budgets]\nitem = "letter"\n{FIELDS}',
        "[kinds.budgets] “item” is “letter”, which means something else. "
        'Add a line such as item = "budget".',
    ),
    (
        f'[kinds.boards]\n{FIELDS.replace("budgets", "boards")}',
        "[kinds.boards] “item” is “board”, which means something else. "
        'Add a line such as item = "own_board".',
    ),
    (
        f'[fields]\nbudget = "£4m"\n[kinds.budgets]\n{FIELDS}',
        "[kinds.budgets] “item” is “budget”, which means something else. "
        'Add a line such as item = "own_budget".',
    ),
    (
        f'[kinds.budgets]\n{FIELDS}[kinds.lines]\nitem = "budget"\n{FIELDS.replace("budgets", "lines")}',
        "[kinds.lines] “item” is “budget”, which means something else. "
        'Add a line such as item = "line".',
    ),
    (
        f'[kinds.budgets]\norder = "due"\n{FIELDS}due = "when"',
        "[kinds.budgets] “order” is “due”, whose type is “when”. "
        "Take a field that can be sorted, such as a day or a number.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}items = "whole"',
        "[kinds.budgets.fields] “items” means something else in a template. "
        "Write it another way, such as “items_of”.",
    ),
    (
        f'[kinds.budgets]\norder = "cost"\n{FIELDS}',
        "[kinds.budgets] “order” is “cost”, which is no field of budgets. Use one of: code.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}[kinds.budgets.notes]\ncost = "Words."',
        "[kinds.budgets.notes] “cost” is no field. Use one of: code.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}[kinds.budgets.derived]\ncode = "1"',
        "[kinds.budgets.derived] “code” is a field already. Call what follows from the row something else.",
    ),
    (
        '[kinds.actions.derived]\noverdue = "1"',
        "[kinds.actions.derived] “overdue” is a field already. Call what follows from the row something else.",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}[kinds.budgets.derived]\nlate = " "',
        "[kinds.budgets.derived] “late” is blank. Write what it is to be, as in late = \"'yes' if … else 'no'\".",
    ),
    (
        f'[kinds.budgets]\n{FIELDS}cost = {{ type = "money", headngs = ["Cost"] }}',
        "[kinds.budgets.fields.cost] “headngs” is not a setting. Did you mean “headings”?",
    ),
    ("[kinds.Budgets]", "[kinds] “Budgets” is not a name that wording can use. "
     "Write it in small letters, figures and underscores."),
])  # fmt: skip
def test_a_faulty_kind_is_told_with_its_place_and_cure(text: str, told: str) -> None:
    assert kinds_of(text) == [told]


def folder(path: Path, settings: str) -> Report:
    """A report of these settings."""
    path.mkdir()
    (path / "report.toml").write_text(f'[fields]\ntitle = "Board"\n{settings}', encoding="utf-8")
    return load_report(path)


def test_a_column_that_version_0_1_0_called_extra_is_read_like_any_other(tmp_path: Path) -> None:
    older = '[sources.letters]\nfile = "log.csv"\n[sources.letters.extra]\nward = ["Ward"]\nPlace = "Where"'
    fields = folder(tmp_path / "board", older).kinds["letters"].fields
    assert [(each.name, each.type, each.headings) for each in fields.values() if each.added] == [
        ("ward", "text", ("Ward",)), ("Place", "text", ("Where",)),
    ]  # fmt: skip


def test_the_sources_of_a_reports_own_kind_are_known(tmp_path: Path) -> None:
    report = folder(tmp_path / "board", OWN + '[sources.budgets]\nfile = "budget.csv"\n')
    assert report.sources["budgets"].file == "budget.csv"
    assert report.words["rag"] == {"red": ("Red", "At risk")}
    with pytest.raises(PaperError, match=r"“budgets” is not known here"):
        folder(tmp_path / "other", '[sources.budgets]\nfile = "budget.csv"\n')


def test_no_list_takes_the_name_of_all_of_a_kind(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=r"makes a list “budget”, which has all “budgets” already"):
        folder(tmp_path / "board", OWN + '[lists.budget]\nfrom = "budget"\nwhere = "spent"\n')
