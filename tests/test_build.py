"""The journey as an officer lives it: draft, edit, draft again."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
from pathlib import Path

import docx
import pytest

from pipeline.office import gather
from pipeline.problems import PaperError
from pipeline.store import previous_paper
from tests.office import Office, check, day, publish
from tests.reader import read_paper, tables_of

MEETING = "2017-02-27"


def edited(path: Path, old: str, new: str) -> None:
    """Retypes some words of a draft, as an officer does in Word."""
    paper = docx.Document(str(path))
    for paragraph in [
        *paper.paragraphs,
        *(p for t in paper.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
                paper.save(str(path))
                return
    raise AssertionError(f"{old} is not in the draft")


def test_an_unedited_draft_is_brought_up_to_date_in_its_place(desk: Office) -> None:
    first = desk.build(MEETING)
    desk.put("tracker.xlsx", "Actions", E11="Complete", G11=day("2017-01-31"))
    second = desk.build(MEETING)
    assert (second.action, second.path, second.number) == ("replaced", first.path, 1)
    assert "grants decision making" not in read_paper(second.path.read_bytes())


def test_nothing_is_written_when_nothing_changed(desk: Office) -> None:
    first = desk.build(MEETING)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in desk.folder.rglob("*") if path.is_file()}
    assert desk.build(MEETING).action == "unchanged"
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in desk.folder.rglob("*") if path.is_file()}
    assert after == before
    assert first.path in before


def test_an_edited_draft_is_never_altered_and_the_next_one_keeps_the_edits(desk: Office) -> None:
    first = desk.build(MEETING, as_at=day("2017-01-13").date())
    edited(first.path, "To be confirmed", "7.2")
    edited(first.path, "Carrying out", "As members know, carrying out")
    mine = first.path.read_bytes()
    desk.put("tracker.xlsx", "Actions", E11="Complete", G11=day("2017-01-31"))
    second = desk.build(MEETING)
    text = read_paper(second.path.read_bytes())
    assert (second.action, second.number) == ("next", 2)
    assert first.path.read_bytes() == mine
    assert "As members know, carrying out" in text
    assert tables_of(second.path.read_bytes())[0][1][2] == "7.2"
    assert "grants decision making" not in text


def test_facts_that_move_where_an_officer_typed_are_offered_and_theirs_stays(desk: Office) -> None:
    first = desk.build(MEETING, as_at=day("2017-01-13").date())
    paper = docx.Document(str(first.path))
    paper.tables[2].rows[1].cells[2].paragraphs[0].runs[0].text = "the end of January 2017"
    paper.save(str(first.path))
    desk.put("tracker.xlsx", "Actions", D6=day("2017-04-30"))
    second = desk.build(MEETING, as_at=day("2017-01-13").date())
    assert "the end of January 2017" in read_paper(second.path.read_bytes())
    (conflict,) = (each for each in second.outcomes if each.action == "conflict")
    assert "April 2017" in conflict.new
    assert any("D6" in source for source in conflict.sources)
    assert second.note is not None
    told = re.sub("<[^>]+>", "", second.note.read_text(encoding="utf-8"))
    assert told.index("Look at these") < told.index("the end of January 2017") < told.index("April 2017")


def test_edits_kept_once_are_kept_again(desk: Office) -> None:
    first = desk.build(MEETING)
    edited(first.path, "Carrying out", "As members know, carrying out")
    desk.put("tracker.xlsx", "Actions", E11="Complete", G11=day("2017-01-31"))
    desk.build(MEETING)
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-31"))
    third = desk.build(MEETING)
    assert "As members know, carrying out" in read_paper(third.path.read_bytes())
    assert "Communication Strategy" not in read_paper(third.path.read_bytes())


def test_the_record_tells_what_each_draft_was_made_from(desk: Office) -> None:
    built = desk.build(MEETING)
    record = json.loads((built.path.parent / "record" / "draft 1.json").read_text(encoding="utf-8"))
    assert set(record["inputs"]) >= {"tracker.xlsx", "correspondence.xlsx", "calendar.xlsx", "comments/finance.docx"}
    assert record["paper"] == built.path.name
    printed = {fact["text"]: fact for block in record["blocks"] for fact in block["facts"]}
    assert printed["97%"]["sources"] == [["tracker.xlsx", "Progress", "E6", ""], ["tracker.xlsx", "Progress", "D6", ""]]


def test_a_missing_comment_leaves_a_visible_place_and_the_draft_is_made(desk: Office) -> None:
    (desk.inputs / "comments" / "finance.docx").unlink()
    built = desk.build(MEETING)
    assert "[The comments of the Chief Finance Officer are to follow.]" in read_paper(built.path.read_bytes())
    assert "I604" in {each.code for each in built.problems}


@pytest.mark.parametrize(("today", "meeting"), [("2017-01-30", "2017-02-27"), ("2017-04-24", "2017-04-24")])
def test_the_next_meeting_is_the_default(desk: Office, today: str, meeting: str) -> None:
    assert desk.build(now=day(today).astimezone()).meeting_on.isoformat() == meeting


def test_where_every_meeting_is_over_its_date_is_asked_for_and_nothing_drafted(desk: Office) -> None:
    with pytest.raises(PaperError) as found:
        desk.build(now=day("2017-04-25").astimezone())
    assert [f"{each.code}  {each.place}: {each.message} {each.cure}" for each in found.value.problems] == [
        "F141  calendar.xlsx: The calendar has no meeting to come. Add it, or give its date with --meeting."
    ]
    assert not list(desk.folder.rglob("outputs/*/*"))
    for other in (check, publish):
        with pytest.raises(PaperError, match="The calendar has no meeting to come"):
            other(desk.order(now=day("2017-04-25").astimezone()))
    assert desk.build("2017-04-24", now=day("2017-04-25").astimezone()).number == 1


def test_what_may_hide_a_meeting_to_come_is_told_with_it(desk: Office) -> None:
    desk.put("calendar.xlsx", "Meetings", C5="24/44/2017")
    with pytest.raises(PaperError) as found:
        desk.build(now=day("2017-04-20").astimezone())
    assert [each.code for each in found.value.problems] == ["I311", "F141"]


def test_a_calendar_without_meetings_says_so(desk: Office) -> None:
    desk.clear("calendar.xlsx", "Meetings", 2)
    with pytest.raises(PaperError, match="There is no meeting in the calendar"):
        desk.build()


def test_what_two_people_wrote_in_one_place_both_stands_the_second_tracked(desk: Office) -> None:
    first = desk.build(MEETING)
    copy = first.path.with_name(first.path.name.replace(").docx", ") JS.docx"))
    copy.write_bytes(first.path.read_bytes())
    edited(first.path, "Carrying out", "Now carrying out")
    edited(copy, "Carrying out", "Then carrying out")
    desk.put("tracker.xlsx", "Actions", E11="Complete", G11=day("2017-01-31"))
    made = desk.build(MEETING)
    assert [each.reason for each in made.differences] == ["people"]
    text = read_paper(made.path.read_bytes())
    assert "Now carrying out" in text.replace("Then ", "") or "Then carrying out" in text.replace("Now ", "")
    chosen = desk.build(MEETING, draft=copy)
    assert "Then carrying out" in read_paper(chosen.path.read_bytes())


def test_a_template_that_cannot_be_filled_leaves_no_paper(desk: Office) -> None:
    template = desk.folder / "templates" / desk.report / "template.docx"
    paper = docx.Document(str(template))
    paper.add_paragraph("{{ nobody_knows_this }}")
    content = io.BytesIO()
    paper.save(content)
    template.write_bytes(content.getvalue())
    with pytest.raises(PaperError, match="nobody_knows_this"):
        desk.build(MEETING)
    assert list(desk.folder.glob("outputs/**/*.docx")) == []


def test_a_day_that_is_no_meeting_gets_no_paper_and_the_nearest_meetings_are_named(desk: Office) -> None:
    with pytest.raises(PaperError) as refused:
        desk.build("2017-02-20")
    (told,) = refused.value.problems
    assert told.code == "I460"
    assert told.message == (
        "The calendar has no meeting on 20 February 2017; "
        "the nearest to it are on 23 January 2017 and 27 February 2017."
    )
    assert not list(desk.folder.rglob("outputs/*/*"))


def test_a_report_without_a_calendar_is_drafted_for_the_day_that_is_asked_for(desk: Office) -> None:
    desk.clear("calendar.xlsx", "Meetings", 2)
    assert desk.build("2017-02-20").path.exists()


def test_a_report_may_be_drafted_for_other_days_where_its_settings_say_so(desk: Office) -> None:
    settings = desk.folder / "templates" / desk.report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[checks.levels]\nI460 = "warning"\n', encoding="utf-8")
    assert desk.build("2017-02-20").path.exists()


def test_a_draft_for_a_day_that_is_no_meeting_is_not_the_last_paper(desk: Office) -> None:
    outputs, report = desk.folder / "outputs", desk.report
    desk.build("2017-01-23")
    met = gather(desk.order("2017-01-23")).inputs.records.meetings
    shutil.copytree(outputs / report / "2017-01-23", outputs / report / "2017-02-20")
    days = {each.date for each in met}
    before = dt.date.fromisoformat(MEETING)
    found = previous_paper(outputs, report, before, days)
    assert found is not None
    assert found[0] == dt.date(2017, 1, 23)
    kept = previous_paper(outputs, report, before, {before})
    assert kept is not None, "a calendar that no longer reaches back takes no paper away"
    assert kept[0] == dt.date(2017, 2, 20)
