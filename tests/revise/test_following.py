"""What follows on a draft: nothing, itself brought up to date, or the next one with every edit in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.office import Built
from pipeline.problems import NeedsPerson, PaperError
from pipeline.store import keep, load
from tests.office import build
from tests.small_report import SmallReport, morning, small_report, typed_into, words_of

MEETING = dt.date(2027, 1, 19)
FIRST = dt.date(2027, 1, 4)


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([MEETING])
    return made


def on(report: SmallReport, day: int, draft: Path | None = None) -> Built:
    """The build of the so manieth day from the first."""
    return build(report.order(morning(FIRST + dt.timedelta(days=day)), draft=draft))


def test_a_new_day_alone_writes_nothing(report: SmallReport) -> None:
    before = on(report, 0).path.read_bytes()
    assert on(report, 1).action == "unchanged"
    assert on(report, 1).path.read_bytes() == before


def test_new_facts_are_written_over_a_draft_nobody_typed_in(report: SmallReport) -> None:
    on(report, 0)
    report.tracker(4)
    built = on(report, 1)
    assert (built.action, built.number) == ("replaced", 1)
    assert "four open actions" in words_of(built.path)


def test_an_edited_draft_stays_the_newest_until_there_is_something_new(report: SmallReport) -> None:
    typed_into(on(report, 0).path, "Typed.")
    assert on(report, 1).action == "unchanged"
    report.tracker(4)
    built = on(report, 2)
    assert (built.action, built.number) == ("next", 2)
    assert "Typed." in words_of(built.path)
    assert "four open actions" in words_of(built.path)


def published(built: Built) -> bytes:
    """The draft, which was published: it is kept as it was, and stays where it is."""
    draft = load(built.path, built.number)
    keep(built.path.parent, draft)
    return draft.content


def test_a_draft_that_was_published_is_never_replaced_under_its_name(report: SmallReport) -> None:
    first = on(report, 0)
    content = published(first)
    report.tracker(4)
    built = on(report, 1)
    assert (built.action, built.number) == ("next", 2)
    assert first.path.read_bytes() == content
    report.tracker(5)
    assert [(each.action, each.number) for each in (on(report, 2), on(report, 3))] == [
        ("replaced", 2),
        ("unchanged", 2),
    ]


def test_a_published_draft_is_not_made_again_from_the_one_before_it_either(report: SmallReport) -> None:
    first = on(report, 0).path
    typed_into(first, "Typed.")
    report.tracker(4)
    second = on(report, 1)
    content = published(second)
    typed_into(first, "Typed later.")
    built = on(report, 2)
    assert (built.action, built.number) == ("next", 3)
    assert second.path.read_bytes() == content
    assert "Typed later." in words_of(built.path)


def test_a_published_draft_taken_for_any_other_would_be_replaced(
    report: SmallReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(on(report, 0))
    report.tracker(4)
    monkeypatch.setattr("pipeline.revise.following.was_published", lambda _: False)
    assert on(report, 1).action == "replaced"


def test_typing_in_the_draft_before_goes_into_the_newer_one(report: SmallReport) -> None:
    first = on(report, 0).path
    typed_into(first, "Typed.")
    report.tracker(4)
    second = on(report, 1).path
    typed_into(first, "Typed later.")
    built = on(report, 2)
    assert (built.action, built.path) == ("replaced", second)
    assert "Typed. Typed later." in words_of(second)
    assert on(report, 3).action == "unchanged"


def typed_in_both(report: SmallReport) -> tuple[Path, Path]:
    """Two drafts, in each of which somebody typed after the second was made."""
    first = on(report, 0).path
    typed_into(first, "Typed.")
    report.tracker(4)
    second = on(report, 1).path
    typed_into(first, "In the first.")
    typed_into(second, "In the second.")
    return first, second


def test_typing_in_both_is_for_a_person_to_settle(report: SmallReport) -> None:
    first, _second = typed_in_both(report)
    for version in (first.parent / "record").glob("*.version"):
        version.unlink()  # else the first is joined to the second: it is known how that was handed out
    before = [path.read_bytes() for path in report.papers(MEETING)]
    with pytest.raises(NeedsPerson) as told:
        on(report, 2)
    assert told.value.problems[0].code == "F130"
    assert [path.read_bytes() for path in report.papers(MEETING)] == before
    settled = on(report, 2, draft=first)
    assert (settled.action, settled.number) == ("next", 3)
    assert "In the first." in words_of(settled.path)
    report.tracker(5)
    assert on(report, 3).number == 3


def test_what_is_typed_in_two_drafts_is_joined(report: SmallReport) -> None:
    first, _ = typed_in_both(report)
    made = on(report, 2)
    assert (made.action, made.number, [copy.path for copy in made.joined]) == ("next", 3, [first])
    assert all(words in words_of(made.path) for words in ("In the first.", "In the second."))
    assert on(report, 3).action == "unchanged"


def test_no_draft_follows_on_one_that_is_open_in_word(report: SmallReport) -> None:
    first = on(report, 0).path
    typed_into(first, "Typed.")
    owner = first.with_name("~$" + first.name[2:])
    owner.write_bytes(b"\x07Officer")
    assert on(report, 1).action == "unchanged"
    report.tracker(4)
    with pytest.raises(NeedsPerson) as told:
        on(report, 2)
    assert told.value.problems[0].code == "F103"
    owner.unlink()
    assert on(report, 2).number == 2


@pytest.mark.parametrize("name", ["{}", "{} - Ann", "Ann final"])
def test_an_officers_copy_from_before_the_draft_was_made_anew_brings_no_old_facts_back(
    report: SmallReport, name: str
) -> None:
    first = on(report, 0).path
    copy = first.read_bytes()
    report.tracker(4)
    assert (on(report, 1).action, words_of(first).count("four open actions")) == ("replaced", 1)
    theirs = first.with_name(f"{name.format(first.stem)}.docx")
    theirs.write_bytes(copy)
    typed_into(theirs, "Typed at home.")
    built = on(report, 2, draft=theirs if name == "Ann final" else None)
    assert (built.action, built.number) == ("next", 2)
    assert "Typed at home." in words_of(built.path)
    assert "four open actions" in words_of(built.path)
    assert on(report, 3).action == "unchanged"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04 half a file", "F204"), (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "F203"), (b"", "F201")],
)
@pytest.mark.parametrize("bring_news", [True, False])
def test_a_damaged_draft_is_named_by_its_file_and_meeting(
    report: SmallReport, content: bytes, code: str, bring_news: bool
) -> None:
    path = on(report, 0).path
    path.write_bytes(content)
    if bring_news:
        report.tracker(4)
    with pytest.raises(PaperError) as told:
        on(report, 1)
    [problem] = told.value.problems
    assert problem.code == code
    assert problem.place.file == f"2027-01-19/{path.name}"
    assert f"“2027-01-19/{path.name}”" in problem.message
