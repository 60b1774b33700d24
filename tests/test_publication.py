"""From draft to published, and news after it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from lxml import etree

from pipeline import office as functions
from pipeline.office import obstacles, standing_of
from pipeline.problems import NOWHERE, Level, NeedsPerson, PaperError, Problem, warning
from pipeline.publish import altered, libreoffice, sealed
from pipeline.store import history, load, was_published, withdraw
from pipeline.word import NAMESPACES
from tests.documents import letter_pdf
from tests.office import Office, asked, build, check, day, office, publish, supplement
from tests.often import each_time
from tests.reader import read_paper
from tests.test_months import february

MEETING = "2017-01-23"
BEFORE = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
AFTER = dt.datetime(2017, 1, 18, 9, tzinfo=dt.UTC)


def folder_of(desk: Office) -> Path:
    """The folder of the paper."""
    return desk.folder / "outputs" / desk.report / MEETING


def codes(found: PaperError) -> set[str]:
    return {each.code for each in found.problems if str(each.level) == "error"}


def test_the_public_copy_has_the_officers_words_and_none_of_the_programs_marks(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    paper = docx.Document(str(built.path))
    next(p for p in paper.paragraphs if "The Mayor answered" in p.text).add_run(" Members were told in December.")
    paper.save(str(built.path))
    made = publish(desk.order(MEETING, now=BEFORE))
    assert made.files == (
        "2017-01-23 Best Value Plan Update.docx",
        "Appendix 1 - Letter from Secretary of State.pdf",
        "Appendix 2 - Letter from Mayor John Biggs.pdf",
        "agenda item.json",
    )
    content = (made.folder / made.files[0]).read_bytes()
    assert "Members were told in December." in read_paper(content)
    assert b"_cp_" not in content
    assert was_published(load(built.path, built.number))
    assert altered(built.path.parent) == []


def test_a_missing_item_number_is_a_note_on_a_draft_and_a_warning_on_what_is_published(desk: Office) -> None:
    (desk.inputs / "accepted.xlsx").unlink()
    built = desk.build(MEETING, now=BEFORE)
    made = publish(desk.order(MEETING, now=BEFORE))
    assert (item_levels(built.problems), item_levels(made.problems)) == (["note"], ["warning"])


@pytest.mark.deep
def test_a_missing_item_number_that_was_accepted_stays_a_note(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    made = publish(desk.order(MEETING, now=BEFORE))
    assert (item_levels(built.problems), item_levels(made.problems)) == (["note"], ["note"])


def item_levels(problems: Iterable[Problem]) -> list[str]:
    return [str(each.level) for each in problems if each.code == "P104"]


def test_the_agenda_item_has_the_recommendations_as_an_officer_left_them(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    paper = docx.Document(str(built.path))
    next(p for p in paper.paragraphs if p.text.startswith("Note and comment")).add_run(" And agree to meet in March.")
    paper.save(str(built.path))
    made = publish(desk.order(MEETING, now=BEFORE))
    item = json.loads((made.folder / "agenda item.json").read_text(encoding="utf-8"))
    assert item["recommendations"][1].endswith("And agree to meet in March.")
    assert [each["title"] for each in item["appendices"]] == [
        "Letter from Secretary of State",
        "Letter from Mayor John Biggs",
    ]


FORM = (
    '<w:r xmlns:w="{0}"><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="Choose"/><w:listEntry w:val="Approved"/></w:ddList></w:ffData></w:fldChar>'
    '<w:instrText> {1} </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
).format


def with_fields(desk: Office, *fields: tuple[str, str]) -> Path:
    """The draft with a paragraph for each field, by its code, and the words that an officer typed behind it."""
    built = desk.build(MEETING, now=BEFORE)
    paper = docx.Document(str(built.path))
    below = next(p for p in paper.paragraphs if "The Mayor answered" in p.text)
    for code, words in fields:
        added = below.insert_paragraph_before("")
        added._p.append(etree.fromstring(FORM(NAMESPACES["w"], code)))
        if words:
            added.add_run(words)
    paper.save(str(built.path))
    return built.path


def test_a_word_chosen_in_an_old_form_is_published_and_a_lone_mark_of_an_index_leaves_no_line(desk: Office) -> None:
    with_fields(desk, ("FORMDROPDOWN", " by Cabinet."), ("XE x", ""))
    made = publish(desk.order(MEETING, now=BEFORE))
    texts = [each.text for each in docx.Document(str(made.folder / made.files[0])).paragraphs]
    assert texts[texts.index("Approved by Cabinet.") + 1].startswith("The Mayor answered")


def test_a_field_that_holds_nothing_is_told_by_check_as_it_stops_publication(desk: Office) -> None:
    with_fields(desk, ("EQ x", " of the budget."))
    order = desk.order(MEETING, now=BEFORE)
    standing = standing_of(order)
    told = obstacles(standing, standing.draft_to_publish)
    with pytest.raises(PaperError) as refused:
        publish(order)
    assert {each.code for each in told if each.level is Level.ERROR} == codes(refused.value) == {"C190"}


@pytest.mark.deep
def test_a_pdf_that_lacks_something_is_told_each_time_and_makes_no_new_version(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = warning("C119", NOWHERE, "The PDF lacks “1. One”.", "Make the PDF in Word.")
    monkeypatch.setattr("pipeline.office.publication.with_pdf", lambda *_: ({}, [lacking]))
    monkeypatch.setattr("pipeline.office.publication.libreoffice", lambda: Path("soffice"))
    desk.build(MEETING, now=BEFORE)
    made = [publish(desk.order(MEETING, now=BEFORE)) for _ in range(2)]
    assert [each.version for each in made] == [1, 1]
    assert all(lacking in each.problems for each in made)
    assert not any(name.endswith("Update.pdf") for name in made[0].files)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda desk: (desk.inputs / "comments" / "legal.docx").unlink(), "I604"),
        (lambda desk: desk.put("comments/clearance.xlsx", "Clearance", C2=None), "C202"),
        (lambda desk: (desk.inputs / "appendices" / "COR-038 Secretary of State 2016-12-02.pdf").unlink(), "I448"),
    ],
)
def test_publishing_is_refused_while_an_error_stands(desk: Office, change: object, code: str) -> None:
    change(desk)  # type: ignore[operator]
    desk.build(MEETING, now=BEFORE)
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=BEFORE))
    assert code in codes(found.value), codes(found.value)
    assert not list(desk.folder.glob("outputs/**/published/v*"))


def test_publishing_is_refused_where_the_facts_have_moved_since_the_draft(desk: Office) -> None:
    desk.build(MEETING, now=BEFORE)
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-10"))
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=BEFORE))
    assert codes(found.value) == {"C151"}


def test_a_cleared_comment_that_changes_loses_its_clearance(desk: Office) -> None:
    desk.build(MEETING, now=BEFORE)
    path = desk.inputs / "comments" / "finance.docx"
    paper = docx.Document(str(path))
    paper.paragraphs[0].add_run(" There is no money left.")
    paper.save(str(path))
    desk.build(MEETING, now=BEFORE)
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=BEFORE))
    assert codes(found.value) == {"C203"}


def test_without_a_draft_there_is_nothing_to_publish(desk: Office) -> None:
    with pytest.raises(NeedsPerson, match="There is no draft"):
        publish(desk.order(MEETING, now=BEFORE))


def filed(folder: Path) -> None:
    """An officer types at the end of the draft."""
    (path,) = folder.glob("*(draft 1).docx")
    paper = docx.Document(str(path))
    paper.paragraphs[-1].add_run(" (as filed)")
    paper.save(str(path))


def test_publishing_again_keeps_the_first_version_and_withdrawing_deletes_nothing(published: Office) -> None:
    folder = folder_of(published)
    filed(folder)
    assert publish(published.order(MEETING, now=BEFORE)).version == 2
    withdraw(folder, at=BEFORE, reason="A name was wrong")
    assert [each.action for each in history(folder)] == ["published", "published", "withdrawn"]
    assert [path.name for path in (folder / "published" / "v1").glob("*.docx")] == [
        "2017-01-23 Best Value Plan Update.docx"
    ]
    assert altered(folder) == []


def test_publishing_what_stands_published_changes_nothing_on_another_day_either(published: Office) -> None:
    folder = folder_of(published)
    [first] = history(folder)
    again = publish(published.order(MEETING, now=BEFORE + dt.timedelta(days=1)))
    assert (again.version, again.fresh, again.seal) == (1, False, first.seal())
    assert sorted(again.files) == sorted(
        path.name for path in (folder / "published" / "v1").iterdir() if path.name != "manifest.json"
    )
    assert len(history(folder)) == 1
    withdraw(folder, at=BEFORE, reason="Too early")
    assert publish(published.order(MEETING, now=BEFORE)).version == 2


def bound_by_law(desk: Office) -> None:
    """The body is one that the Act binds."""
    settings = desk.folder / "templates" / desk.report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("statutory = false", "statutory = true"), "utf-8")


def the_chair_agreed(desk: Office) -> dict[str, str]:
    """The calendar says all that the law asks of a late item; what an agenda system is told of it."""
    urgency, chair = "The grant ends.", "Councillor A. Jones"
    desk.calendar_says(MEETING, Special_circumstances=urgency, Chair_who_agreed=chair, Agreed_on=day("2017-01-17"))
    return {"urgency": urgency, "chair": chair, "agreed_on": "2017-01-17"}


def test_a_paper_that_is_late_needs_its_reasons_where_the_law_asks_for_them(desk: Office) -> None:
    bound_by_law(desk)
    desk.build(MEETING, now=AFTER)
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=AFTER))
    assert codes(found.value) == {"C140"}
    reasons = the_chair_agreed(desk)
    desk.build(MEETING, now=AFTER)
    made = publish(desk.order(MEETING, now=AFTER))
    assert json.loads((made.folder / "agenda item.json").read_text(encoding="utf-8"))["late"] == reasons
    assert not publish(desk.order(MEETING, now=AFTER)).fresh, "they are not asked for again"
    about = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["about"]
    assert reasons.items() <= about.items()


def test_of_a_paper_that_is_out_in_time_no_reasons_are_told(desk: Office) -> None:
    the_chair_agreed(desk)
    desk.build(MEETING, now=BEFORE)
    made = publish(desk.order(MEETING, now=BEFORE))
    assert "late" not in json.loads((made.folder / "agenda item.json").read_text(encoding="utf-8"))


def test_a_body_that_follows_the_rule_by_choice_is_warned(desk: Office) -> None:
    desk.build(MEETING, now=AFTER)
    made = publish(desk.order(MEETING, now=AFTER))
    (told,) = (each for each in made.problems if each.code == "C141")
    assert told.message == "The last day to publish was Friday 13 January 2017, so the paper is a late item."


@pytest.mark.deep
def test_nothing_is_published_as_at_a_day_to_come(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order = desk.order(MEETING, now=BEFORE, as_at=BEFORE.date() + dt.timedelta(days=1))
    build(order)
    with pytest.raises(PaperError) as found:
        publish(order)
    assert codes(found.value) == {"C144"}
    assert "C144" in {each.code for each in check(order)}
    monkeypatch.setattr("pipeline.office.gate.facts_of_another_day", lambda *_: [])
    assert publish(order).fresh


@pytest.mark.deep
def test_a_new_version_of_a_paper_that_was_out_in_time_needs_them_too(desk: Office) -> None:
    bound_by_law(desk)
    built = desk.build(MEETING, now=BEFORE)
    publish(desk.order(MEETING, now=BEFORE))
    filed(built.path.parent)
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=AFTER))
    assert codes(found.value) == {"C140"}
    the_chair_agreed(desk)
    desk.build(MEETING, now=AFTER)
    made = publish(desk.order(MEETING, now=AFTER))
    assert made.version == 2
    assert [each.code for each in made.problems if each.code.startswith("C14")] == ["C142"]


@pytest.mark.deep
def test_a_late_item_that_is_out_with_its_reasons_is_not_asked_for_them_again(desk: Office) -> None:
    bound_by_law(desk)
    the_chair_agreed(desk)
    desk.build(MEETING, now=AFTER)
    publish(desk.order(MEETING, now=AFTER))
    assert "C140" not in {each.code for each in check(desk.order(MEETING, now=AFTER))}
    assert not publish(desk.order(MEETING, now=AFTER)).fresh


@pytest.mark.parametrize("drafted", each_time([True, False], [True]))
def test_a_check_on_a_late_day_asks_for_the_reasons_as_publishing_does(desk: Office, *, drafted: bool) -> None:
    bound_by_law(desk)
    if drafted:
        desk.build(MEETING, now=AFTER)
    order = desk.order(MEETING, now=AFTER)
    checked = functions.check(desk.report, **asked(order))
    found = [each for each in checked.problems if str(each.level) == "error"]
    way = "Type it into the row of this meeting, in a column “{}” (add the column if the calendar has none)."
    columns = ("Special circumstances", "Chair who agreed", "Agreed on")
    assert [(each.code, each.cure) for each in found] == [("C140", way.format(column)) for column in columns]
    assert checked.verdict == "The paper can be published only as a late item, with its reasons."


@pytest.mark.deep
def test_what_was_published_in_time_is_no_late_version_of_itself(published: Office) -> None:
    again = publish(published.order(MEETING, now=AFTER))
    checked = check(published.order(MEETING, now=AFTER))
    assert not again.fresh
    assert [each.code for each in (*again.problems, *checked) if each.code.startswith("C14")] == []


def test_an_appendix_changed_after_the_last_day_makes_another_version_and_is_told(published: Office) -> None:
    (published.inputs / "appendices" / "COR-038 Secretary of State 2016-12-02.pdf").write_bytes(letter_pdf("Another."))
    again = publish(published.order(MEETING, now=AFTER))
    assert (again.version, [each.code for each in again.problems if each.code.startswith("C14")]) == (2, ["C142"])


@pytest.mark.parametrize(
    ("signed", "saved", "code"),
    [("2017-01-13", "2017-01-11", "C208"), ("2017-01-11", "2017-01-12", "C209")],
)
def test_a_clearance_to_come_or_older_than_its_text_stops_publication(
    desk: Office, signed: str, saved: str, code: str
) -> None:
    desk.put("comments/clearance.xlsx", "Clearance", D2=day(signed))
    path = desk.inputs / "comments" / "finance.docx"
    paper = docx.Document(str(path))
    paper.core_properties.modified = day(saved)
    paper.save(str(path))
    desk.build(MEETING, now=BEFORE)
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=BEFORE))
    (told,) = (each for each in found.value.problems if str(each.level) == "error")
    assert (told.code, str(told.place)) == (code, "comments/clearance.xlsx, sheet Clearance, cell D2")


def test_a_seal_kept_elsewhere_tells_that_the_end_of_the_history_was_cut_off(published: Office) -> None:
    paper = folder_of(published)
    kept = withdraw(paper, at=BEFORE, reason="A name was wrong").seal()
    assert list(sealed(history(paper), kept[:32])) == []
    path = paper / "published" / "history.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())[:-1]), encoding="utf-8")
    assert altered(paper) == []
    assert [each.code for each in sealed(history(paper), kept[:32])] == ["C137"]
    assert [each.code for each in sealed(history(paper), kept[:4])] == ["C137"]


def test_an_altered_file_is_found_out(published: Office) -> None:
    paper = folder_of(published)
    assert altered(paper) == []
    next((paper / "published" / "v1").glob("*.docx")).write_bytes(b"something else")
    assert altered(paper) != []


def test_a_supplement_says_what_is_now_known_and_what_it_replaces(published: Office) -> None:
    february(published)
    published.calendar_says(MEETING, Why_late="The letter came on the 16th.")
    made = supplement(published.order(MEETING, now=AFTER))
    text = read_paper((made.folder / made.files[0]).read_bytes())
    assert " 3.4 | New, after this paragraph | The Secretary of State replied on 16 January 2017 (Appendix 3)." in text
    assert "published on 12 January 2017" in text
    assert "The letter came on the 16th." in text


@pytest.mark.deep
@pytest.mark.libreoffice
def test_the_pdf_is_published_beside_the_paper(tmp_path: Path) -> None:
    if libreoffice() is None:
        pytest.skip("LibreOffice is not on this machine")
    desk = office(tmp_path)
    desk.build(MEETING, now=BEFORE)
    made = publish(desk.order(MEETING, now=BEFORE))
    assert (made.folder / "2017-01-23 Best Value Plan Update.pdf").read_bytes().startswith(b"%PDF")
    again = publish(desk.order(MEETING, now=BEFORE + dt.timedelta(days=1)))
    assert (again.version, again.fresh) == (1, False)
