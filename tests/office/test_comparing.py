"""What changed since the last paper, and the copy that names its sources."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.office import diff, standing_of
from pipeline.store import current_draft
from tests.office import asked, build, check, explain, office
from tests.test_months import february


def test_each_change_since_the_last_meeting_has_its_reason(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.build("2017-01-23")
    february(desk)
    desk.build("2017-02-27")
    compared = diff(desk.report, **asked(desk.order("2017-02-27")))
    reasons = {change.old.split()[0]: change.reason for change in compared.changes if change.kind == "removed"}
    assert reasons["Grants"] == (
        "action BV-202 was completed on 31 January 2017; "
        "tracker.xlsx, sheet Actions, action BV-202, column “Date completed” (G11)"
    )
    assert compared.since == "23 January 2017"
    with zipfile.ZipFile(compared.redline) as parts:
        document = parts.read("word/document.xml")
    assert b"<w:ins " in document
    assert b"<w:del " in document


def test_a_comparison_of_two_drafts_is_never_taken_for_a_draft(tmp_path: Path) -> None:
    desk = office(tmp_path)
    first = desk.build("2017-01-23")
    second = first.path.with_name(first.path.name.replace("draft 1", "draft 2"))
    second.write_bytes(first.path.read_bytes())
    compared = diff(desk.report, old=first.path, new=second, **asked(desk.order("2017-01-23")))
    assert compared.redline.parent == first.path.parent
    newest = current_draft(first.path.parent)
    assert newest is not None
    assert newest.path == second


def test_the_review_copy_has_a_comment_that_names_the_cells(tmp_path: Path) -> None:
    desk = office(tmp_path)
    built = build(desk.order("2017-01-23"), review=True)
    assert built.review
    with zipfile.ZipFile(built.review) as parts:
        comments = parts.read("word/comments.xml").decode()
    area = "tracker.xlsx, sheet Progress, area Communications of update 3, columns “Complete” (E6) and “Actions” (D6)"
    assert f"percent: “97%”: {area} (32 of 33 = 96.97%" in comments
    assert "correspondence.xlsx, sheet Log, letter COR-041, column “Date” (B5)" in comments
    assert ">letter COR-036 came on 11 October 2016<" in comments
    assert "tracker.xlsx, sheet Progress, column “Update” (A4 to A9)" in comments
    assert "wording.xlsx, sheet Wording, sentence “directions”, column “Wording” (F5)" in comments
    assert (
        "sheet Directions, column “Date” of direction 17 December 2014 (A2), direction 29 April 2015 (A3)" in comments
    )
    assert ">“Carrying out the Best Value Action Plan" in comments
    assert "comments/finance.docx, paragraph 1<" in comments
    assert built.review != built.path


def test_what_a_sentence_leaves_out_is_no_line_of_the_comment(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("calendar.xlsx", "Updates", D5="No")
    built = build(desk.order("2017-01-23"), review=True)
    assert built.review
    with zipfile.ZipFile(built.review) as parts:
        comments = parts.read("word/comments.xml").decode()
    assert "“fourth”: calendar.xlsx, sheet Updates, update 4, column “No” (A5)" in comments
    assert "“”" not in comments


def test_a_figure_is_explained_down_to_its_counts(tmp_path: Path) -> None:
    (answer,) = explain(office(tmp_path).order("2017-01-23"), "97%")
    assert [(str(each.place), each.value) for each in answer.sources] == [
        ("tracker.xlsx, sheet Progress, cell E6", "32"),
        ("tracker.xlsx, sheet Progress, cell D6", "33"),
    ]
    assert answer.how == "32 of 33 = 96.97%, written 97% (100% only when all are)"


def test_words_of_a_sentence_come_from_the_wording_and_stand_beside_what_it_rests_on(tmp_path: Path) -> None:
    (answer,) = explain(office(tmp_path).order("2017-01-23"), "has not yet had a reply")
    assert [str(source.place) for source in answer.sources] == ["wording.xlsx, sheet Wording, cell F20"]
    assert "correspondence.xlsx, sheet Log, cell K5" in [str(source.place) for source in answer.beside]


def test_a_word_that_stands_twice_is_told_with_each_sentence_and_never_by_a_wrong_cell(tmp_path: Path) -> None:
    wording, figure = explain(office(tmp_path).order("2017-01-23"), "six")
    assert (wording.text, wording.where.partition(": ")[2][:48]) == (
        "six", "The Council sent its third six monthly update to")  # fmt: skip
    assert [str(source.place) for source in wording.sources] == ["wording.xlsx, sheet Wording, cell F12"]
    assert (figure.text, figure.where) == (
        "each of the six areas",
        "Background: The share of actions complete in each of the six areas was then:",
    )
    assert {(source.place.file, source.place.sheet) for source in figure.sources} == {("tracker.xlsx", "Progress")}
    assert [source.place.cell for source in figure.sources] == ["A4", "A5", "A6", "A7", "A8", "A9"]


def test_every_figure_date_and_name_of_the_paper_has_a_source(tmp_path: Path) -> None:
    import re

    from tests.reader import read_paper

    desk = office(tmp_path)
    built, standing = desk.build("2017-01-23"), standing_of(desk.order("2017-01-23"))
    told = " ".join(fact.text for block in standing.rendered.baseline.blocks for fact in block.facts)
    comments = " ".join(
        run.text for each in standing.material.inputs.records.comments for p in each.paragraphs for run in p.runs
    )
    text = read_paper(built.path.read_bytes())
    found = set(re.findall(r"\d+%|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}", text))
    assert len(found) > 12
    assert {each for each in found if each not in told and each not in comments} == set()


def test_check_writes_nothing(tmp_path: Path) -> None:
    desk = office(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    problems = check(desk.order("2017-01-23"))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [each for each in problems if str(each.level) == "error"] == []
