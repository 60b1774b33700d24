"""Every kind of paper in Word's own terms: no validator and no accessibility rule finds anything in it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from pipeline.word import WordFile, accessibility_problems, read_parts
from tests.office import Office, day, office
from tests.reader import W, read_paper
from tests.test_months import april, bare, february, nothing
from tests.validators import audit_problems, lint_problems, sdk_problems


def forty(desk: Office) -> None:
    rows = [
        [f"BV-{300 + n}", f"Area {n // 8}", f"Finish task {n}", day("2017-03-31"), "In progress"] for n in range(40)
    ]
    desk.add("tracker.xlsx", "Actions", *rows)


def capitals(desk: Office) -> None:
    settings = desk.folder / "templates" / desk.report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    changed = text.replace('headings = "sentence"', 'headings = "capitals"').replace(
        'dates = "plain"', 'dates = "ordinal"'
    )
    settings.write_text(changed, encoding="utf-8")


def comments_missing(desk: Office) -> None:
    for name in ("finance", "legal"):
        (desk.inputs / "comments" / f"{name}.docx").unlink()


PAPERS: dict[str, tuple[str, str, Callable[[Office], None]]] = {
    "as published": ("best-value-board", "2017-01-23", nothing),
    "after the reply": ("best-value-board", "2017-02-27", february),
    "after the final update": ("best-value-board", "2017-04-24", april),
    "without letters": ("best-value-board", "2017-01-23", bare),
    "forty more actions": ("best-value-board", "2017-01-23", forty),
    "in capitals": ("best-value-board", "2017-01-23", capitals),
    "comments to follow": ("best-value-board", "2017-01-23", comments_missing),
    "recommendation tracker": ("recommendation-tracker", "2027-01-19", nothing),
    "budget monitoring": ("budget-monitoring", "2026-11-24", nothing),
    "scorecard": ("performance-scorecard", "2026-11-17", nothing),
    "enforcement": ("planning-enforcement", "2026-11-05", nothing),
    "risk register": ("risk-register", "2026-11-12", nothing),
}


OFTEN = ("after the reply", "in capitals", "recommendation tracker", "budget monitoring", "risk register")
"""Those that are put to all validators each time; the others are part of the long proof."""


@pytest.fixture(
    scope="module",
    params=[each if each in OFTEN else pytest.param(each, marks=pytest.mark.deep) for each in PAPERS],
)
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    report, meeting, change = PAPERS[request.param]
    desk = office(tmp_path_factory.mktemp("office"), report)
    change(desk)
    return request.param, desk.paper(meeting)


def test_our_own_lint_and_the_audit_find_nothing(paper: tuple[str, bytes]) -> None:
    assert lint_problems(paper[1]) == []
    assert audit_problems(paper[1]) == []


@pytest.mark.deep
@pytest.mark.sdk
def test_the_open_xml_sdk_finds_nothing_in_any(paper: tuple[str, bytes]) -> None:
    assert sdk_problems(paper[1]) == []


def test_the_accessibility_rules_find_nothing(paper: tuple[str, bytes]) -> None:
    name, content = paper
    found = accessibility_problems(WordFile(read_parts(content, "paper.docx"), "paper.docx"), published=True)
    by_choice = {"P518"} if name == "in capitals" else set()  # capitals and underlining are what that style is
    assert [str(each) for each in found if each.code not in by_choice] == []


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return office(tmp_path_factory.mktemp("office")).paper("2017-01-23")


@pytest.mark.sdk
def test_the_open_xml_sdk_finds_nothing(january: bytes) -> None:
    assert sdk_problems(january) == []


def test_a_paragraph_put_in_by_hand_renumbers_the_rest(january: bytes) -> None:
    paper = docx.Document(io.BytesIO(january))
    above = next(each for each in paper.paragraphs if each.text.startswith("In the letter that went with"))
    fresh = copy.deepcopy(above._p)
    above._p.addnext(fresh)
    out = io.BytesIO()
    paper.save(out)
    before, after = (re.findall(r"^3\.\d+", read_paper(each), re.MULTILINE) for each in (january, out.getvalue()))
    assert (len(before), len(after), after[-1]) == (7, 8, "3.8")


def test_appendix_references_are_fields_that_resolve(january: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(january)) as parts:
        document = parts.read("word/document.xml").decode()
        settings = parts.read("word/settings.xml").decode()
    wanted = re.findall(r"REF (_cp_[0-9a-f]{12}) \\r \\h", document)
    assert len(wanted) == 4
    assert all(f'w:name="{name}"' in document for name in wanted)
    assert "updateFields" not in settings


def test_no_number_is_typed(january: bytes) -> None:
    paper = docx.Document(io.BytesIO(january))
    assert [each.text for each in paper.paragraphs if re.match(r"(\d+\.|\([a-z]\)|•|Appendix \d)\s", each.text)] == []


def test_headers_repeat_rows_stay_whole_and_no_cell_is_merged_or_empty(january: bytes) -> None:
    paper = docx.Document(io.BytesIO(january))
    for table in paper.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(f"{W}tblHeader") is not None
        assert all(row.trPr.find(f"{W}cantSplit") is not None for row in rows)
        assert not list(table._tbl.iter(f"{W}vMerge", f"{W}gridSpan"))
        assert all(cell.text.strip() for row in table.rows for cell in row.cells)


def test_no_paragraph_is_blank_and_the_language_is_british(january: bytes) -> None:
    paper = docx.Document(io.BytesIO(january))
    assert [each for each in paper.paragraphs if not each.text.strip()] == []
    assert paper.core_properties.language == "en-GB"
    assert paper.core_properties.title == "Best Value Plan Update – Best Value Programme Board, 23 January 2017"


def test_ordinal_dates_and_capital_headings_are_settings(tmp_path: Path) -> None:
    desk = office(tmp_path)
    capitals(desk)
    content = desk.paper("2017-01-23")
    assert "| 23rd January 2017 |" in read_paper(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        heading = re.search(
            r'<w:style [^>]*w:styleId="Heading1".*?</w:style>', parts.read("word/styles.xml").decode(), re.DOTALL
        )
    assert heading
    assert "<w:caps/>" in heading[0]


def test_a_log_may_come_as_an_export_in_windows_letters(tmp_path: Path) -> None:
    import openpyxl

    desk = office(tmp_path)
    sheet = openpyxl.load_workbook(desk.inputs / "correspondence.xlsx")["Log"]
    lines = [
        ";".join(
            '"' + ("" if v is None else v.strftime("%d/%m/%Y") if hasattr(v, "strftime") else str(v)) + '"' for v in row
        )
        for row in sheet.iter_rows(values_only=True)
    ]
    (desk.inputs / "log.csv").write_bytes("\r\n".join(lines).replace("Mayor John", "Mayor “John”").encode("cp1252"))
    (desk.inputs / "correspondence.xlsx").unlink()
    settings = desk.folder / "templates" / desk.report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('file = "correspondence.xlsx"\nsheet = "Log"', 'file = "log.csv"'), encoding="utf-8"
    )
    assert "Appendix 2 reads Letter from Mayor “John” Biggs" in read_paper(desk.paper("2017-01-23"))
