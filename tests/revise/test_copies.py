"""Copies of a draft that somebody typed in are joined to it. One of which nobody knows what it was made from is named
at every build until a person takes it in or sets it aside.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from pipeline.office import Built
from pipeline.problems import NeedsPerson, PaperError
from pipeline.revise import AUTHOR, Likely, annotated, left_out, open_paper
from pipeline.store import NO_ACTS, Draft, acts_on_record, current_draft, save, sha256_of
from pipeline.word import Element, make, qn
from tests import hands
from tests.office import Office, publish
from tests.office import status as standing
from tests.revise.gate import built, codes
from tests.revise.officer import strip_marks

MEETING = "2017-01-23"
OLD, ANNS, JS = "Action Plan for Asset Rental Account", "Plan of Ann for rents", "Plan of JS for rents"
NAMES = ("BV update JS.docx", "draft 1 final v2.docx", "BV.DOCX", "from JS/BV update.docx", "2017 (draft 1) JS.docx")
deep = pytest.mark.deep


def named(made: Built) -> list[str]:
    return [each.place.file for each in made.unsettled if each.code == "F140"]


def forgotten(folder: Path) -> None:
    """Nothing is known any more of how the drafts were handed out: 0.1.1 kept none, or a person took them away."""
    for version in (folder / "record").glob("*.version"):
        version.unlink()


def two(desk: Office, name: str, *, known: bool = False) -> tuple[Path, Path]:
    """Ann's draft, and a copy under another name in which J Smith typed. `known`: is it known how it was handed out?"""
    path = built(desk).path
    if not known:
        forgotten(path.parent)
    twin = hands.copied(path, name)
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    hands.typed(twin, OLD, JS, by=hands.JS)
    return path, twin


@pytest.mark.parametrize("name", [NAMES[3], *(pytest.param(each, marks=deep) for each in NAMES[:3])])
def test_an_edited_copy_is_named_at_every_build_and_stops_publication(desk: Office, name: str) -> None:
    _, twin = two(desk, name)
    command = f"committee-papers build best-value-board --meeting {MEETING}"
    for day in (12, 13):
        made = built(desk, day)
        assert named(made) == [f"{MEETING}/{name}"]
        assert "“J Smith” typed in this copy" in made.unsettled[0].message
        assert "without 1 paragraph of it" in made.unsettled[0].message
        assert f'{command} --without "{twin}" --by "YOUR NAME"' in made.unsettled[0].cure
        assert made.unsettled[0].cure.endswith(f'{command} --draft "{twin}"')
    with pytest.raises(NeedsPerson):
        publish(desk.order(MEETING, now=dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)))
    [paper] = standing(desk.order(now=dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC))).papers
    assert any(name in each for each in paper.look)


def test_without_the_look_for_copies_nothing_is_said(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.revise.copies.word_files", lambda _: ())
    two(desk, NAMES[0])
    assert named(built(desk)) == []


@deep
def test_of_two_edited_files_of_the_newest_number_the_draft_is_the_one_that_the_program_wrote(desk: Office) -> None:
    path, twin = two(desk, NAMES[4])
    assert named(built(desk)) == [f"{MEETING}/{twin.name}"]
    path.unlink()
    hands.copied(twin, "another (draft 1).docx")
    hands.typed(twin.with_name("another (draft 1).docx"), JS, ANNS)
    with pytest.raises(NeedsPerson) as told:
        built(desk)
    assert [each.code for each in told.value.problems] == ["F130"]


@pytest.mark.parametrize("name", [NAMES[3], *(pytest.param(each, marks=deep) for each in (*NAMES[:3], NAMES[4]))])
def test_an_edited_copy_is_joined_to_the_draft(desk: Office, name: str) -> None:
    path, twin = two(desk, name, known=True)
    before = path.read_bytes(), twin.read_bytes()
    assert "F140" in codes(desk)
    made = built(desk)
    assert (made.number, named(made), [copy.path for copy in made.joined]) == (2, [], [twin])
    assert JS in hands.says(made.path)
    assert "says Ann" in hands.says(made.path)
    assert (path.read_bytes(), twin.read_bytes()) == before
    assert (built(desk, 13).action, codes(desk)) == ("unchanged", set())


def test_what_is_typed_in_a_copy_after_it_was_joined_is_joined_too_and_what_was_taken_out_since_stays_out(
    desk: Office,
) -> None:
    _, twin = two(desk, NAMES[0], known=True)
    second = built(desk).path
    hands.typed(second, JS, OLD)
    hands.typed(twin, "Clear up Team work completed", "Clear up Team work, says JS", by=hands.JS)
    made = built(desk, 13)
    assert (made.number, named(made), [copy.path for copy in made.joined]) == (3, [], [twin])
    assert JS not in hands.says(made.path)
    assert "says Ann" in hands.says(made.path)
    assert [each.reason for each in made.differences] == ["people"]
    assert "C101" in codes(desk)


def test_a_copy_set_aside_is_on_record_and_named_again_when_it_is_saved_again(desk: Office) -> None:
    path, twin = two(desk, NAMES[0])
    made = built(desk, 13, without=twin, by="Ann Lee")
    assert (made.action, named(made)) == ("unchanged", [])
    assert [(each.what, each.file, each.by) for each in acts_on_record(path.parent)] == [
        ("set aside", twin.name, "Ann Lee")
    ]
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    made = built(desk, 14)
    assert (made.number, named(made)) == (2, [])
    assert codes(desk) == set()
    hands.typed(twin, JS, f"{JS}, once more", by=hands.JS)
    assert named(built(desk, 15)) == [f"{MEETING}/{twin.name}"]


@deep
def test_after_going_on_from_a_copy_the_draft_is_named_until_it_is_set_aside(desk: Office) -> None:
    path, twin = two(desk, NAMES[0])
    made = built(desk, 13, draft=twin)
    assert (made.number, named(made)) == (2, [f"{MEETING}/{path.name}"])
    assert JS in hands.says(made.path)
    assert named(built(desk, 14)) == [f"{MEETING}/{path.name}"]
    assert named(built(desk, 14, without=path, by="Ann Lee")) == []
    assert named(built(desk, 15)) == []


@deep
@pytest.mark.parametrize("spoken_for", [True, False])
def test_a_draft_that_another_one_took_in_is_not_named_beside_it(
    desk: Office, monkeypatch: pytest.MonkeyPatch, spoken_for: bool
) -> None:
    first = built(desk).path
    hands.typed(first, OLD, ANNS)
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    second = built(desk, 13).path
    hands.typed(second, ANNS, f"{OLD}, as Ann has it since")
    twin = hands.copied(second, NAMES[0])
    hands.typed(twin, "Clear up Team work completed", JS, by=hands.JS)
    hands.typed(second, "Clear up Team work completed", "Clear up Team work, says Ann")
    if not spoken_for:
        monkeypatch.setattr("pipeline.revise.copies._taken_by", lambda *_: ())
    forgotten(first.parent)
    made = built(desk, 14, draft=twin)
    assert named(made) == [f"{MEETING}/{each.name}" for each in ([second] if spoken_for else [first, second])]
    made = built(desk, 15, without=second, by="Ann Lee")
    assert named(made) == ([] if spoken_for else [f"{MEETING}/{first.name}"])


@deep
@pytest.mark.parametrize("known", [True, False])
def test_a_copy_of_an_older_draft_does_not_take_the_place_of_what_was_typed_since(desk: Office, known: bool) -> None:
    path = built(desk).path
    twin = hands.copied(path, NAMES[4])
    hands.typed(path, OLD, ANNS)
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    assert built(desk, 13, draft=path).number == 2
    hands.typed(twin, "Clear up Team work completed", "Clear up Team work, says JS", by=hands.JS)
    if not known:
        forgotten(path.parent)
    made = built(desk, 14)
    assert ANNS in hands.says(made.path)
    assert named(made) == ([] if known else [f"{MEETING}/{twin.name}"])
    assert ("says JS" in hands.says(made.path)) == known
    assert "Another plan for buildings" in hands.says(made.path)


@deep
def test_what_is_no_edited_copy_is_not_named(desk: Office) -> None:
    path = built(desk).path
    hands.copied(path, "as it was.docx")
    hands.changed(hands.copied(path, "only saved.docx"), lambda _: None)
    hands.typed(path, OLD, ANNS)
    hands.copied(path, "backup.docx")
    (path.parent / "~$update.docx").write_bytes(b"\x07Officer")
    (path.parent / "minutes.docx").write_bytes(b"PK no Word file")
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    assert named(built(desk)) == []
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    made = built(desk, 13)
    assert (made.number, named(made)) == (2, [])


@pytest.mark.parametrize("edited", [True, False])
def test_a_draft_that_was_renamed_is_not_forgotten_for_a_fresh_one(desk: Office, edited: bool) -> None:
    path = hands.renamed(built(desk).path, "BV update final.docx")
    if not edited:
        assert (built(desk).action, named(built(desk))) == ("first", [])
        return
    hands.typed(path, OLD, JS, by=hands.JS)
    with pytest.raises(NeedsPerson) as told:
        built(desk)
    assert [each.code for each in told.value.problems] == ["F145"]
    assert not list(path.parent.glob("*(draft 1)*"))
    made = built(desk, draft=path)
    assert JS in hands.says(made.path)
    assert named(made) == []


@deep
def test_only_a_copy_can_be_set_aside(desk: Office) -> None:
    path, _ = two(desk, NAMES[0])
    with pytest.raises(PaperError) as told:
        built(desk, without=path, by="Ann Lee")
    assert [each.code for each in told.value.problems] == ["F144"]


@deep
def test_a_meeting_that_moved_takes_its_draft_and_its_copies_along(desk: Office) -> None:
    _, twin = two(desk, NAMES[0])
    desk.put("calendar.xlsx", "Meetings", C3=dt.datetime(2017, 1, 30))
    order = desk.order("2017-01-30", now=dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC))
    made = desk.build("2017-01-30", now=order.now)
    assert "says Ann" in hands.says(made.path)
    assert made.came_from
    assert made.came_from.parent.name == MEETING
    assert named(made) == [f"{MEETING}/{twin.name}"]
    assert named(desk.build("2017-01-30", now=order.now)) == [f"{MEETING}/{twin.name}"]


def without_marks(path: Path) -> Path:
    """The file as an editor saves it that leaves out what tells it for a copy: parts of XML that no page shows."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.startswith("customXml")}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[name] = re.sub(rb"<(?:Override|Relationship) [^>]*customXml[^>]*/>", b"", parts[name])
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@deep
@pytest.mark.parametrize("name", ["stripped.docx", "stripped.docx.bak", "a/b/c/stripped"])
def test_a_copy_without_its_marks_is_known_by_its_text(
    desk: Office, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, twin = two(desk, name)
    without_marks(twin)
    assert named(built(desk)) == [f"{MEETING}/{name}"]
    made = built(desk, 13, draft=twin)
    assert JS in hands.says(made.path)
    monkeypatch.setattr("pipeline.revise.copy.recognised", lambda *_: Likely(None, 0.0, False))
    without_marks(hands.copied(made.path, "again.docx"))
    hands.typed(made.path.parent / "again.docx", "Clear up Team work", "Clear all up", by=hands.JS)
    assert f"{MEETING}/again.docx" not in named(built(desk, 13))


def test_a_comment_alone_in_a_copy_without_its_marks_is_not_forgotten(desk: Office) -> None:
    twin = without_marks(hands.copied(built(desk).path, "stripped.docx"))
    assert named(built(desk)) == []
    hands.commented(twin, OLD, "Is this so?", by=hands.JS)
    made = built(desk)
    assert [copy.path for copy in made.joined] == [twin]
    assert b"Is this so?" in open_paper(made.path.read_bytes(), "x").parts["word/comments.xml"]


@deep
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{\\rtf1 words}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99])
def test_a_file_that_cannot_be_read_is_named_until_it_is_set_aside(desk: Office, content: bytes) -> None:
    path = built(desk).path
    hands.typed(path, OLD, ANNS)
    closed = path.parent / "BV update JS.doc"
    closed.write_bytes(content)
    made = built(desk)
    assert [(each.code, each.place.file) for each in made.unsettled] == [("F146", f"{MEETING}/{closed.name}")]
    assert "F146" in codes(desk)
    assert built(desk, 13, without=closed, by="Ann Lee").unsettled == ()
    assert "F146" not in codes(desk)


@deep
def test_what_is_no_copy_of_this_paper_is_not_named(desk: Office) -> None:
    path = built(desk).path
    hands.typed(path, OLD, ANNS)
    minutes = Document()
    for number in range(40):
        minutes.add_paragraph(f"The board heard of item {number} at length, and said little of it.")
    minutes.save(str(path.parent / "minutes.docx"))
    (path.parent / "figures.xlsx").write_bytes((desk.inputs / "tracker.xlsx").read_bytes())
    publish(desk.order(MEETING, now=dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)))
    [public] = path.parent.glob("published/v1/*.docx")
    (path.parent / "as published.docx").write_bytes(public.read_bytes())
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    made = built(desk, 13)
    assert (made.number, made.unsettled) == (2, ())


@deep
def test_a_review_copy_that_was_only_saved_again_is_not_named(desk: Office) -> None:
    path = built(desk).path
    content = annotated(path.read_bytes(), {"introduction/purpose": "from the tracker"}, when=hands.WHEN, author=AUTHOR)
    review = path.parent / "review.docx"
    review.write_bytes(content)
    hands.changed(review, lambda _: None)
    assert named(built(desk)) == []
    hands.typed(review, OLD, JS, by=hands.JS)
    made = built(desk)
    assert (named(made), JS in hands.says(made.path)) == ([], True)
    parts = open_paper(made.path.read_bytes(), "x").parts
    assert b"from the tracker" not in parts.get("word/comments.xml", b"")


def test_a_hundred_copies_as_the_program_wrote_them_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only files that the records do not know are read."""
    known = [tmp_path / MEETING / f"{number}.docx" for number in range(100)]
    for each in known:
        each.parent.mkdir(exist_ok=True)
        each.write_bytes(b"PK as it was written")
    opened: list[Path] = []
    monkeypatch.setattr("pipeline.revise.copy.copy_at", lambda path, *_: opened.append(path))
    monkeypatch.setattr("pipeline.revise.copies.free_of_edits", lambda _: {sha256_of(b"PK as it was written")})
    other = tmp_path / MEETING / "other.docx"
    other.write_bytes(b"PK typed in")
    draft = Draft(tmp_path / MEETING / "draft", 1, b"draft", {})
    assert left_out(tmp_path / MEETING, "progress", draft, NO_ACTS) == ()
    assert opened == [other]


@deep
def test_a_comment_of_ours_does_not_stand_for_one_of_theirs(desk: Office) -> None:
    path = built(desk).path
    hands.typed(path, OLD, ANNS)
    twin = hands.copied(path, NAMES[0])
    hands.commented(twin, "Clear up Team work completed", "Is this right, Ann?", by=hands.JS)
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Asset Rents")
    forgotten(path.parent)
    made = built(desk, 13)
    assert "commentReference" in open_paper(made.path.read_bytes(), "x").parts["word/document.xml"].decode()
    assert named(made) == [f"{MEETING}/{twin.name}"]


@deep
def test_who_types_on_in_the_paper_of_a_day_that_is_no_longer_the_meetings_is_told_of(desk: Office) -> None:
    path = built(desk).path
    desk.put("calendar.xlsx", "Meetings", C3=dt.datetime(2017, 1, 30))
    now = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
    fresh = desk.build("2017-01-30", now=now)
    assert (fresh.action, named(fresh)) == ("first", [])
    hands.typed(path, OLD, JS, by=hands.JS)
    assert named(desk.build("2017-01-30", now=now)) == [f"{MEETING}/{path.name}"]
    made = desk.build("2017-01-30", now=now, draft=path)
    assert JS in hands.says(made.path)
    assert named(made) == []


def test_of_two_files_of_one_number_the_draft_is_the_one_that_the_program_named(tmp_path: Path) -> None:
    save(tmp_path, "Paper (draft 1).docx", 1, b"words", {}, None)
    (tmp_path / "A copy (draft 1).docx").write_bytes(b"words")
    found = current_draft(tmp_path)
    assert found
    assert found.path.name == "Paper (draft 1).docx"


@deep
@deep
def test_of_two_edited_drafts_one_that_is_set_aside_is_not_asked_about_again(desk: Office) -> None:
    first = built(desk).path
    hands.typed(first, OLD, ANNS)
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    second = built(desk, 13).path
    hands.typed(second, "Clear up Team work completed", "Clear up Team work, says Ann")
    hands.typed(first, ANNS, JS, by=hands.JS)
    forgotten(first.parent)
    with pytest.raises(NeedsPerson) as told:
        built(desk, 14)
    assert [each.code for each in told.value.problems] == ["F130"]
    assert named(built(desk, 14, without=first, by="Ann Lee")) == []
    assert (built(desk, 15).path, named(built(desk, 15))) == (second, [])


def test_an_older_draft_that_is_named_becomes_the_next_one(desk: Office) -> None:
    first, tracker = built(desk).path, desk.inputs / "tracker.xlsx"
    as_written, rows = first.read_bytes(), tracker.read_bytes()
    hands.typed(first, OLD, ANNS)
    desk.put("tracker.xlsx", "Actions", C7="Plan for the town hall")
    second = built(desk, 13)
    first.write_bytes(as_written)
    tracker.write_bytes(rows)
    again = built(desk, 14, draft=first)
    assert (again.action, again.number) == ("next", second.number + 1)
    assert built(desk, 15).path == again.path


def test_a_draft_with_words_of_theirs_that_is_passed_over_is_named_until_it_is_set_aside(desk: Office) -> None:
    first = built(desk).path
    untouched = hands.copied(first, "as it was.docx")
    hands.typed(first, OLD, ANNS)
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    second = built(desk, 13).path
    first.unlink()
    made = built(desk, 14, draft=untouched)
    assert ANNS not in hands.says(made.path)
    assert named(made) == named(built(desk, 15)) == [f"{MEETING}/{second.name}"]
    assert named(built(desk, 16, without=second, by="Ann Lee")) == []


def test_an_untouched_copy_that_is_named_becomes_the_next_draft_and_the_edited_one_is_not_forgotten(
    desk: Office,
) -> None:
    first = built(desk).path
    twin = hands.copied(first, "JS.docx")
    as_written = twin.read_bytes()
    hands.typed(first, OLD, ANNS)
    made = built(desk, 13, draft=twin)
    assert (made.action, made.number, twin.read_bytes()) == ("next", 2, as_written)
    assert named(made) == [f"{MEETING}/{first.name}"]
    made = built(desk, 14)
    assert (named(made), ANNS in hands.says(made.path)) == ([], True)


# Copies that carry nothing of ours, backups, and days that are no more.


def test_a_copy_without_our_part_and_marks_is_joined_by_its_words(desk: Office) -> None:
    path, twin = two(desk, NAMES[0], known=True)
    without_marks(twin)
    hands.changed(twin, lambda paper: strip_marks(paper.body), hands.JS)
    made = built(desk)
    assert (named(made), [copy.path for copy in made.joined]) == ([], [twin])
    assert JS in hands.says(made.path)
    assert "says Ann" in hands.says(made.path)
    assert hands.says(path).count("\n") == hands.says(made.path).count("\n")


@pytest.mark.parametrize("is_stripped", [True, False])
def test_words_that_somebody_typed_and_struck_out_again_are_not_forgotten(desk: Office, is_stripped: bool) -> None:
    path = built(desk).path
    twin = hands.copied(path, NAMES[0])
    hands.typed(twin, "Clear up Team work completed", "Clear up Team work all completed", by=hands.JS)
    hands.typed(twin, "Clear up Team work all completed", "Clear up Team work completed", by=hands.JS, tracked=True)
    if is_stripped:
        hands.stripped(twin)
    made = built(desk)
    assert [copy.path for copy in made.joined] == [twin]
    struck = open_paper(made.path.read_bytes(), "x").body.iter(qn("w:delText"))
    assert "".join(each.text or "" for each in struck).strip() == "all"


def test_what_a_copy_without_our_part_took_out_of_somebody_elses_words_is_taken_out(desk: Office) -> None:
    path = built(desk).path
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    path = built(desk, 13).path
    twin = hands.copied(path, NAMES[0])
    hands.typed(path, OLD, ANNS)
    hands.typed(twin, "Clear up Team work, says Ann", "Clear up Team work completed", by=hands.JS)
    hands.stripped(twin)
    made = built(desk, 14)
    assert [copy.path for copy in made.joined] == [twin]
    assert ("says Ann" in hands.says(made.path), ANNS in hands.says(made.path)) == (False, True)


def test_what_is_said_of_a_table_for_who_cannot_see_it_is_a_copys_own_edit(desk: Office) -> None:
    path = built(desk).path
    twin = hands.copied(path, NAMES[0])
    hands.changed(twin, lambda paper: described(next(paper.body.iter(qn("w:tbl"))), "How far each plan is"), hands.JS)
    made = built(desk)
    assert [copy.path for copy in made.joined] == [twin]
    [table] = [t for t in open_paper(made.path.read_bytes(), "x").body.iter(qn("w:tbl")) if "How far" in said_of(t)]
    assert table is not None


def described(table: Element, words: str) -> None:
    properties = table.find(qn("w:tblPr"))
    assert properties is not None
    for old in properties.findall(qn("w:tblDescription")):
        properties.remove(old)
    properties.append(make("w:tblDescription", val=words))


def said_of(table: Element) -> str:
    return "".join(each.get(qn("w:val"), "") for each in table.iter(qn("w:tblDescription")))


def test_a_copy_that_lacks_nothing_is_on_record_and_never_taken_for_an_edited_one(desk: Office) -> None:
    """The facts of a row that it holds are none of the paper's later on."""
    path = built(desk).path
    twin = hands.renamed(path, "final.docx")
    hands.stripped(twin)
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    first, second = built(desk, 13), built(desk, 14)
    assert (first.action, second.action, first.joined, second.unsettled) == ("first", "unchanged", (), ())


def test_of_a_copy_without_our_part_that_was_made_from_an_older_draft_no_old_fact_comes_back(desk: Office) -> None:
    _, twin = two(desk, NAMES[0], known=True)
    without_marks(twin)
    set_aside = twin.read_bytes()
    twin.unlink()
    desk.put("tracker.xlsx", "Actions", C8="Another plan for buildings")
    second = built(desk, 13)
    twin.write_bytes(set_aside)
    made = built(desk, 14)
    assert (second.number, made.number, [copy.path for copy in made.joined]) == (2, 3, [twin])
    assert "Another plan for buildings" in hands.says(made.path)
    assert (JS in hands.says(made.path), "says Ann" in hands.says(made.path), made.unsettled) == (True, True, ())


@pytest.mark.parametrize("name", ["Backup of {}.wbk", "{} - Copy.docx", "{} (Ann's conflicted copy 2017-01-12).docx"])
def test_an_older_state_of_a_persons_own_file_brings_nothing_back_that_they_took_out(desk: Office, name: str) -> None:
    path = built(desk).path
    hands.typed(path, OLD, ANNS)
    hands.copied(path, name.format(path.stem))
    hands.typed(path, ANNS, OLD)
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    made = built(desk)
    assert [each.code for each in made.unsettled] == ([] if name.endswith(".wbk") else ["F147"])
    assert (ANNS in hands.says(made.path), "says Ann" in hands.says(made.path)) == (False, True)


@pytest.mark.parametrize("of_its_own", [True, False])
def test_by_the_sessions_that_word_numbers_an_older_state_is_told_from_a_copy(desk: Office, of_its_own: bool) -> None:
    path = built(desk).path
    hands.typed(path, OLD, ANNS)
    hands.saved_in(path, "00AA0001")
    twin = hands.copied(path, "at home.docx")
    if of_its_own:
        hands.saved_in(twin, "00AA0003")
    hands.typed(path, ANNS, OLD)
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, says Ann")
    hands.saved_in(path, "00AA0002")
    made = built(desk)
    assert [each.code for each in made.unsettled] == ([] if of_its_own else ["F147"])
    assert (ANNS in hands.says(made.path)) == of_its_own


def test_words_in_the_folder_of_a_day_that_is_no_more_are_named_though_a_draft_that_is_gone_took_them_in(
    desk: Office,
) -> None:
    now = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
    first = built(desk).path
    hands.typed(first, OLD, ANNS)
    desk.put("calendar.xlsx", "Meetings", C3=dt.datetime(2017, 1, 30))
    second = desk.build("2017-01-30", now=now).path
    assert ANNS in hands.says(second)
    second.unlink()
    desk.put("calendar.xlsx", "Meetings", C3=dt.datetime(2017, 1, 31))
    untouched = hands.copied(first, "../old.docx")
    hands.typed(untouched, ANNS, OLD)
    made = desk.build("2017-01-31", now=now, draft=untouched)
    assert named(made) == [f"{MEETING}/{first.name}"]
