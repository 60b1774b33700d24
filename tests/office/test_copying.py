"""`copies` lists what lies beside the drafts, takes files in, and lets a person say which is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.office import Copies, add_copies, copies, not_ours
from pipeline.problems import PaperError
from pipeline.store import acts_on_record
from tests import hands
from tests.office import Office, asked
from tests.revise.gate import MEETING, built, codes

OLD, JS, ANNS = "Action Plan for Asset Rental Account", "Plan of JS for rents", "Plan of Ann for rents"
NOW = dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)


def listed(desk: Office) -> Copies:
    return copies(desk.report, **asked(desk.order(MEETING, now=NOW)))


def add(desk: Office, *files: Path, meeting: str | None = None) -> tuple[Copies, ...]:
    return add_copies(files, **by_ann(desk, meeting))


def by_ann(desk: Office, meeting: str | None = None) -> dict[str, object]:
    return {"by": "Ann Lee", **asked(desk.order(meeting, now=NOW))}


def mailed(desk: Office, name: str = "BV update.docx") -> Path:
    """A copy of the draft that somebody typed in and sent by mail: it lies among the downloads."""
    path = hands.copied(built(desk).path, f"../../../downloads/{name}")
    hands.typed(path, OLD, JS, by=hands.JS)
    return path


def without_part(path: Path) -> Path:
    hands.stripped(path)
    return path


def test_a_file_from_anywhere_is_kept_beside_the_draft_and_joined_by_the_next_build(desk: Office) -> None:
    path = mailed(desk)
    [found] = add(desk, path)
    [kept] = found.kept
    assert kept == desk.folder / "outputs" / desk.report / MEETING / "copies" / "BV update.docx"
    assert kept.read_bytes() == path.read_bytes()
    [file] = found.files
    assert (file.path, file.saved_by, file.draft, file.problem is not None) == (kept, "J Smith", 1, True)
    made = built(desk)
    assert (JS in hands.says(made.path), codes(desk)) == (True, set())
    [file] = listed(desk).files
    assert (file.became, file.problem) == ("its words are in the draft", None)
    assert [(act.what, act.by) for act in acts_on_record(kept.parents[1])] == [("handed in", "Ann Lee")]


def test_a_second_file_of_one_name_takes_nothings_place_and_the_same_one_is_kept_once(desk: Office) -> None:
    path = mailed(desk)
    add(desk, path)
    first = path.read_bytes()
    assert [each.name for each in add(desk, path)[0].kept] == ["BV update.docx"]
    hands.typed(path, JS, ANNS)
    [found] = add(desk, path)
    assert [each.name for each in found.kept] == ["BV update 2.docx"]
    assert found.kept[0].with_name("BV update.docx").read_bytes() == first


def test_a_file_that_lost_what_the_program_put_into_it_goes_to_its_paper_by_its_words(desk: Office) -> None:
    [found] = add(desk, without_part(mailed(desk)))
    assert found.meeting_on.isoformat() == MEETING
    assert JS in hands.says(built(desk).path)


def test_what_is_like_no_paper_is_not_taken_in(desk: Office) -> None:
    built(desk)
    path = desk.folder / "minutes.docx"
    path.write_bytes((desk.folder / "templates" / desk.report / "template.docx").read_bytes())
    with pytest.raises(PaperError) as told:
        add(desk, path)
    assert [each.code for each in told.value.problems] == ["F149"]
    assert not (desk.folder / "outputs" / desk.report / MEETING / "copies").exists()


def unsure(desk: Office) -> Path:
    """A file beside the draft with the words of the paper, in which another day stands."""
    path = without_part(hands.copied(built(desk).path, "notes.docx"))
    hands.typed(path, "23 January 2017", "Monday")
    hands.typed(path, OLD, JS, by=hands.JS)
    return path


def test_what_may_be_a_copy_stops_publication_until_a_person_says_what_it_is(desk: Office) -> None:
    path = unsure(desk)
    made = built(desk)
    assert [(each.code, each.place.file) for each in made.unsettled] == [("F147", f"{MEETING}/notes.docx")]
    assert (made.action, codes(desk)) == ("unchanged", {"F147"})
    assert not_ours([path], **by_ann(desk))[0].files[0].became == "called no copy by Ann Lee, 2017-01-12"
    assert (built(desk).action, codes(desk)) == ("unchanged", set())
    assert JS not in hands.says(made.path)


def test_what_may_be_a_copy_is_joined_once_a_person_says_that_it_is(desk: Office) -> None:
    path = unsure(desk)
    [found] = add(desk, path)
    assert (found.kept, [file.path for file in found.files]) == ((path,), [path])
    made = built(desk)
    assert (JS in hands.says(made.path), "F147" in codes(desk)) == (True, False)


def test_a_copy_that_carries_our_part_cannot_be_called_none(desk: Office) -> None:
    path = hands.copied(built(desk).path, "BV update.docx")
    with pytest.raises(PaperError) as told:
        not_ours([path], **by_ann(desk))
    assert [each.code for each in told.value.problems] == ["F149"]
    assert "build --without" in told.value.problems[0].cure


def test_a_copy_in_the_folder_of_another_meeting_is_named_and_goes_to_its_own(desk: Office) -> None:
    path = mailed(desk)
    later = desk.order("2017-02-27", now=NOW)
    folder = desk.build("2017-02-27", now=NOW).path.parent
    lost = Path(str(folder), "BV update.docx")
    lost.write_bytes(path.read_bytes())
    assert [each.code for each in desk.build("2017-02-27", now=NOW).unsettled] == ["F147"]
    [found] = add_copies([lost], by="Ann Lee", **asked(later))
    assert found.meeting_on.isoformat() == MEETING
    assert JS in hands.says(built(desk).path)
    assert desk.build("2017-02-27", now=NOW).unsettled == ()
