"""The shipped sample: every fact of the record it is built on, kept as officers keep them, in words of its own."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[1]
BOARD = ROOT / "inputs" / "best-value-board"
TRACKER = ROOT / "inputs" / "recommendation-tracker"
RECORD = ROOT.parent / "shared" / "reference" / "paper.txt"
LONGEST_RUN = 13


def sheet(path: Path, title: str) -> Worksheet:
    return load_workbook(path, data_only=True)[title]


def rows(path: Path, title: str, heading_row: int = 1) -> list[dict[str, object]]:
    """The rows below a heading row, by heading; dates without their time; blank ones left out."""
    head, *body = sheet(path, title).iter_rows(min_row=heading_row, values_only=True)
    names = [str(name) for name in head]
    return [dict(zip(names, map(plain, row), strict=True)) for row in body if any(value is not None for value in row)]


def plain(value: object) -> object:
    return value.date() if isinstance(value, dt.datetime) else value


def actions() -> list[dict[str, object]]:
    return rows(BOARD / "tracker.xlsx", "Actions", 5)


def test_the_nine_actions_stand_in_the_records_order_with_its_deadlines() -> None:
    january, march = dt.date(2017, 1, 31), dt.date(2017, 3, 31)
    assert [(row["Ref"], row["Activities"], row["Deadline"]) for row in actions()] == [
        ("BV-201", "Agree process for appointment of Statutory Monitoring Officer", january),
        ("BV-131", "Communication Strategy & Action Plan", january),
        ("BV-140", "Action Plan for Community Buildings Policy", january),
        ("BV-141", "Action Plan for Asset Rental Account", "January 2017"),
        ("BV-142", "Property portfolio validation of occupancy", "On-going"),
        ("BV-202", "Implement new grants decision making process", january),
        ("BV-169", "Publish the staff whistleblowing guide", dt.date(2016, 11, 30)),
        ("BV-170", "Clear up Team work completed", march),
        ("BV-171", "Governance Review Working Group leading on governance issues", march),
    ]


def test_eight_of_them_are_open_in_five_areas() -> None:
    open_rows = [row for row in actions() if str(row["Status"]).strip().lower() == "in progress"]
    areas: list[object] = []
    for row in actions():
        areas.append(row["Area of\nFocus"] or areas[-1])
    assert len(open_rows) == 8
    assert list(dict.fromkeys(areas)) == [
        "Statutory Monitoring Officer",
        "Communications",
        "Property",
        "Grants",
        "Organisational Culture",
    ]


def test_the_tracker_is_as_untidy_as_trackers_are() -> None:
    page = sheet(BOARD / "tracker.xlsx", "Actions")
    assert page["A1"].value == "London Borough of Tower Hamlets"
    assert (page["A3"].value, page["B3"].value) == ("Position at", dt.datetime(2017, 1, 12))
    assert {str(span) for span in page.merged_cells.ranges} == {"B8:B10", "B12:B14"}
    assert page["B5"].value == "Area of\nFocus"
    assert (page["D9"].value, page["D9"].data_type) == ("January 2017", "s")
    assert page["D6"].number_format == "mmmm\\ yyyy"
    assert page["E8"].value == "In progress "
    assert page["D10"].comment is not None
    completed = [row["Date completed"] for row in actions() if row["Status"] == "Complete"]
    assert completed == [dt.date(2016, 11, 25)]


def test_205_actions_over_six_areas_give_the_published_percentages() -> None:
    progress = rows(BOARD / "tracker.xlsx", "Progress", 3)
    assert sum(int(str(row["Actions"])) for row in progress) == 205
    assert [(row["Heading in table"], row["Actions"], row["Complete"]) for row in progress] == [
        ("Grants", 34, 34),
        ("Procurement", 38, 38),
        ("Comms", 33, 32),
        ("Property", 39, 36),
        ("Org Culture", 43, 40),
        ("Elections", 18, 18),
    ]
    assert {row["Update"] for row in progress} == {3}
    shown = [round(100 * float(str(row["% complete"]))) for row in progress]
    assert shown == [100, 100, 97, 92, 93, 100]


def test_the_percentages_are_formulas_with_their_values_saved() -> None:
    formulas = load_workbook(BOARD / "tracker.xlsx")["Progress"]
    assert [cell.value for (cell,) in formulas["F4:F9"]] == [f"=E{row}/D{row}" for row in range(4, 10)]
    assert {cell.number_format for (cell,) in formulas["F4:F9"]} == {"0%"}


def test_the_log_holds_the_four_letters() -> None:
    log = rows(BOARD / "correspondence.xlsx", "Log")
    facts = ("Ref", "Date", "Direction", "From", "To", "Kind", "Update", "In reply to", "Appendix title")
    assert [tuple(row[fact] for fact in facts) for row in log] == [
        ("COR-031", dt.date(2016, 9, 19), "Out", "Mayor", "Secretary of State", "Covering letter", 3, None, None),
        ("COR-036", dt.date(2016, 10, 11), "In", "Commissioners", "Mayor", "Commissioners' response", 3, None, None),
        ("COR-038", dt.date(2016, 12, 2), "In", "Secretary of State", "Mayor", "Minded to letter", 3, None,
         "Letter from Secretary of State"),
        ("COR-041", dt.date(2016, 12, 15), "Out", "Mayor", "Secretary of State", "Response", 3, "COR-038",
         "Letter from Mayor John Biggs"),
    ]  # fmt: skip
    assert [row["Reply expected"] for row in log] == [None, None, None, "imminently"]
    assert len(str(log[2]["Key points (one a line)"]).splitlines()) == 4
    assert not any(row["Exempt (Sch 12A para)"] for row in log)


def test_the_calendar_holds_the_records_dates() -> None:
    def days(title: str) -> list[object]:
        return [row["Date"] for row in rows(BOARD / "calendar.xlsx", title)]

    assert days("Meetings") == [dt.date(2016, 10, 17), dt.date(2017, 1, 23), dt.date(2017, 2, 27), dt.date(2017, 4, 24)]
    assert days("Workshops") == [dt.date(2016, 12, 6), dt.date(2017, 1, 17)]
    assert days("Directions") == [dt.date(2014, 12, 17), dt.date(2015, 4, 29), dt.date(2015, 5, 6)]
    updates = rows(BOARD / "calendar.xlsx", "Updates")
    assert [(row["No"], row["Submitted"], row["Final?"]) for row in updates[2:]] == [
        (3, dt.date(2016, 9, 19), "No"),
        (4, None, "Yes"),
    ]
    assert updates[3]["Due"] == dt.date(2017, 3, 17)
    assert len([row for row in rows(BOARD / "calendar.xlsx", "Workstreams") if row["Live?"] == "Yes"]) == 3


def test_the_comments_are_one_paragraph_and_four_and_cleared() -> None:
    assert [len(paragraphs(BOARD / "comments" / name)) for name in ("finance.docx", "legal.docx")] == [1, 4]
    legal = " ".join(paragraphs(BOARD / "comments" / "legal.docx"))
    for fact in ("section 149", "17 December 2014", "29 April 2015", "6 May 2015", "Local Government Act 1999"):
        assert fact in legal
    cleared = rows(BOARD / "comments" / "clearance.xlsx", "Clearance")
    assert [(row["Section"], row["Date cleared"]) for row in cleared] == [
        ("Finance", dt.date(2017, 1, 11)),
        ("Legal", dt.date(2017, 1, 12)),
    ]


def test_the_second_tracker_has_its_own_headings_and_status_words() -> None:
    recommendations = rows(TRACKER / "tracker.xlsx", "Recommendations", 5)
    assert list(recommendations[0]) == [
        "Reference", "Origin", "Recommendation", "Lead officer", "Action taken", "Due", "Status",
    ]  # fmt: skip
    assert len(recommendations) == 9
    assert len({row["Origin"] for row in recommendations if row["Origin"]}) == 4
    assert {str(row["Status"]).strip().capitalize() for row in recommendations} == {"Complete", "Ongoing", "Paused"}
    assert any("\n" in str(row["Action taken"]) for row in recommendations)
    assert any(" / " in str(row["Lead officer"]) for row in recommendations)
    assert any(re.fullmatch(r"\d\d/\d\d/\d\d", str(row["Due"])) for row in recommendations)


@pytest.mark.parametrize("report", [BOARD, TRACKER])
def test_every_letter_that_is_appended_is_there(report: Path) -> None:
    named = {row["File"] for row in rows(report / "correspondence.xlsx", "Log") if row["File"]}
    assert named == {path.name for path in (report / "appendices").iterdir()}
    assert named


def sample_files(*endings: str) -> list[Path]:
    found = [path for top in ("inputs", "templates") for path in sorted((ROOT / top).rglob("*"))]
    return [path for path in found if path.suffix in endings and not path.name.startswith("~")]


def test_the_files_are_small_and_their_properties_name_an_office_and_no_program() -> None:
    assert sample_files(".pdf")
    for path in (path for path in sample_files(".xlsx", ".docx", ".pdf") if "inputs" in path.parts):
        assert path.stat().st_size < 20_000, path
        content = path.read_bytes()
        if path.suffix != ".pdf":
            with zipfile.ZipFile(path) as package:
                content = b"".join(package.read(name) for name in package.namelist() if name.startswith("docProps/"))
                assert b"<dc:creator" in content
                assert b"Committee services<" in content
        assert not re.search(rb"openpyxl|python-docx|libreoffice", content, re.IGNORECASE), path


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs if paragraph.text.strip()]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text that the sample holds, notes on cells included."""
    for path in sample_files(".xlsx"):
        for page in load_workbook(path).worksheets:
            for cell in (cell for row in page.iter_rows() for cell in row):
                yield from (
                    (path, text) for text in (cell.value, cell.comment and cell.comment.text) if isinstance(text, str)
                )
    for path in sample_files(".docx"):
        yield from ((path, text) for text in paragraphs(path))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", re.sub("['’]", "", text).lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


@pytest.mark.skipif(not RECORD.is_file(), reason="the published paper is not beside this checkout")
def test_no_sentence_of_the_published_paper_is_in_the_sample() -> None:
    published = runs(RECORD.read_text(encoding="utf-8"), LONGEST_RUN + 1)
    assert published
    shared = [(path.name, text) for path, text in texts() if runs(text, LONGEST_RUN + 1) & published]
    assert shared == []


def test_a_borrowed_sentence_would_be_found() -> None:
    sentence = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    assert runs(f"And {sentence}.", LONGEST_RUN + 1) & runs(sentence.upper(), LONGEST_RUN + 1)
    assert not runs(sentence.replace("seven", "7"), LONGEST_RUN + 1) & runs(sentence, LONGEST_RUN + 1)
