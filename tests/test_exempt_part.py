"""The part of a paper that the public may not read: the rows that are marked exempt and nothing else, in a folder of
its own, from which no road leads to the public.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.office import check as check_paper
from pipeline.office import settle
from pipeline.problems import PaperError
from tests import hands, validators
from tests.office import Office, asked, build, check, office, publish, supplement, without_pdf
from tests.reader import read_paper

MEETING, NOW = "2026-11-24", dt.datetime(2026, 11, 13, 9, tzinfo=dt.UTC)
SECRET, PART = "Kestrel", "budget-monitoring/exempt"
GOLDEN = (Path(__file__).parent / "golden" / "2026-11-24 budget monitoring exempt.txt").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    without_pdf(monkeypatch)
    return office(tmp_path, "budget-monitoring")


def part(desk: Office) -> Office:
    """The same folders, asked for the exempt part."""
    return Office(desk.folder, PART)


def says(path: Path, words: str) -> bool:
    """Does a file say it, packed or not?"""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return words.encode() in content or words in path.name


def saying(desk: Office, words: str = SECRET) -> set[str]:
    """The folders of the outputs in which a file says it."""
    outputs = desk.folder / "outputs"
    found = [path for path in outputs.rglob("*") if path.is_file() and says(path, words)]
    return {path.relative_to(outputs).parts[1] for path in found}


def codes(problems: object) -> set[str]:
    return {each.code for each in problems if str(each.level) == "error"}  # type: ignore[attr-defined]


def test_it_has_the_exempt_rows_and_the_public_paper_says_that_they_are_left_out(desk: Office) -> None:
    assert read_paper(part(desk).paper(MEETING, now=NOW)) == GOLDEN
    text = read_paper(desk.paper(MEETING, now=NOW))
    assert SECRET not in text
    assert "Figures that are exempt by virtue of paragraph 3 of Part 1 of Schedule 12A" in text


def test_it_is_a_sound_word_file(desk: Office) -> None:
    assert validators.audit_problems(part(desk).paper(MEETING, now=NOW)) == []


def test_outside_its_own_folder_nothing_says_a_word_of_it(desk: Office) -> None:
    """Draft, record, acts, log and publication of the public paper, with the exempt part made before and after."""
    build(part(desk).order(MEETING, now=NOW))
    desk.build(MEETING, now=NOW)
    made = publish(desk.order(MEETING, now=NOW))
    build(part(desk).order(MEETING, now=NOW))
    assert saying(desk) == {"exempt"}
    assert not any(says(made.folder / name, SECRET) for name in made.files)
    told = json.loads((made.folder / "agenda item.json").read_text(encoding="utf-8"))
    assert SECRET not in json.dumps(told)
    assert [each["paragraph"] for each in told["exempt_information"]] == ["3"]


def test_a_leak_would_be_seen(desk: Office) -> None:
    desk.build(MEETING, now=NOW)
    build(part(desk).order(MEETING, now=NOW))
    (draft,) = (desk.folder / "outputs" / "budget-monitoring" / "exempt").rglob("*(draft 1).docx")
    shutil.copy(draft, desk.folder / "outputs" / "budget-monitoring" / MEETING / "copy.docx")
    assert saying(desk) == {"exempt", MEETING}


def test_a_word_of_it_typed_into_the_public_draft_stops_publication(desk: Office) -> None:
    draft = desk.build(MEETING, now=NOW).path
    hands.typed(draft, "Four of the twelve", f"Purchase of {SECRET} House is one. Four of the twelve")
    with pytest.raises(PaperError) as found:
        publish(desk.order(MEETING, now=NOW))
    assert "C160" in codes(found.value.problems)


@pytest.mark.parametrize("road", [publish, supplement])
def test_no_road_leads_from_it_to_the_public(road: object, desk: Office) -> None:
    part(desk).build(MEETING, now=NOW)
    with pytest.raises(PaperError) as found:
        road(part(desk).order(MEETING, now=NOW))  # type: ignore[operator]
    assert codes(found.value.problems) == {"C148"}
    assert not list((desk.folder / "outputs").rglob("published"))


def test_words_typed_into_it_are_kept_as_in_any_draft(desk: Office) -> None:
    draft = part(desk).build(MEETING, now=NOW).path
    hands.typed(draft, "Kestrel House: The seller", "Kestrel House (see plan): The seller")
    desk.put("budget.xlsx", "Monitoring", F18=999)
    text = read_paper(part(desk).paper(MEETING, now=NOW))
    assert "£999k | +£99k" in text
    assert "Kestrel House (see plan): The seller asked" in text
    assert saying(desk) == {"exempt"}


def test_differences_in_it_are_settled_in_it(desk: Office) -> None:
    draft = part(desk).build(MEETING, now=NOW).path
    hands.typed(draft, "stands until December", "stands until January")
    desk.put("budget.xlsx", "Monitoring", H18="The offer stands until February.")
    made = part(desk).build(MEETING, now=NOW)
    assert [each.code for each in made.problems if each.code == "C170"] == ["C170"]
    order = part(desk).order(MEETING, now=NOW)
    settle(order.report, take=["all"], by="Ann", **asked(order))
    assert "until February" in read_paper(part(desk).paper(MEETING, now=NOW))
    assert saying(desk, "until January") <= {"exempt"}


def test_it_must_say_why_that_is_better_for_the_public(desk: Office) -> None:
    desk.put("calendar.xlsx", "Meetings", G3=None)
    part(desk).build(MEETING, now=NOW)
    assert codes(check(part(desk).order(MEETING, now=NOW))) == {"C149"}


def test_where_nothing_is_exempt_there_is_nothing_for_it(desk: Office) -> None:
    desk.put("budget.xlsx", "Monitoring", J18=None)
    part(desk).build(MEETING, now=NOW)
    assert codes(check(part(desk).order(MEETING, now=NOW))) == {"C149"}
    assert "left out here" not in read_paper(desk.paper(MEETING, now=NOW))


def test_a_row_in_doubt_is_in_neither_until_somebody_says(desk: Office) -> None:
    desk.put("budget.xlsx", "Monitoring", J18="see Jane")
    order = part(desk).order(MEETING, now=NOW)
    assert SECRET not in read_paper(build(order).path.read_bytes())
    assert "I602" in codes(check(order))


def test_the_nightly_task_leaves_it_to_a_person(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    assert run(["due", "--today", "2026-11-13", "-q"]) in (0, 1)
    assert saying(desk) == set()


def test_check_says_that_it_is_complete_and_never_published(desk: Office) -> None:
    part(desk).build(MEETING, now=NOW)
    order = part(desk).order(MEETING, now=NOW)
    verdict = check_paper(order.report, **asked(order)).verdict
    assert verdict == "The exempt part is complete. It goes to those who may read it, and is never published."
