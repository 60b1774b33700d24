"""What was withheld once is kept from the public for as long as nothing open says it, though its row is long gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline import cli
from pipeline.office import LetStand, let_stand
from pipeline.problems import PaperError
from pipeline.store import ACTS, KEY, Private, acts_on_record
from tests import hands
from tests.faults.letters import letter
from tests.office import Office, asked, build, check, day, office, publish, status, without_pdf

MEETING = "2017-01-23"
deep = pytest.mark.deep
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2017, 1, 12, 15, tzinfo=dt.UTC)
SAID = "an offer to buy back the lease of Wren Yard in full and for ever for £45,000"
SECRET = {
    "ref": "COR-077", "sender": "Kestrel Holdings", "subject": "Offer", "points": SAID, "exempt": "3",
    "date": day("2017-01-06"),
}  # fmt: skip
TYPED = (
    "The Mayor met Kestrel Holdings.", "See COR-077.", "It will cost £45,000.00.", "It will cost £0.045m.",
    "Members heard of the lease of Wren Yard in full or of more.",
)  # fmt: skip


ORDINARY = (
    "Members thanked the officers for their work on the lease.", "A sum of £46,000 was named.",
    "The Mayor met Kestrels.", "It was in full and for ever.",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose log had an exempt letter when the paper was drafted; the row is deleted since."""
    without_pdf(monkeypatch)
    made = office(tmp_path)
    log = (made.inputs / "correspondence.xlsx").read_bytes()
    letter(made, **SECRET)
    made.build(MEETING, now=NOW)
    (made.inputs / "correspondence.xlsx").write_bytes(log)
    return made


def outputs(desk: Office) -> Path:
    return desk.folder / "outputs" / desk.report


def typed(desk: Office, change: Callable[[Any], object]) -> None:
    path = desk.build(MEETING, now=NOW).path
    paper = docx.Document(str(path))
    change(paper)
    paper.save(str(path))


def paragraph(text: str) -> Callable[[Any], object]:
    return lambda paper: paper.add_paragraph(text)


def told(desk: Office) -> set[str]:
    """The codes of the fence, as `check` tells them, and of the same errors that `publish` stops at."""
    found = {each.code for each in check(desk.order(MEETING, now=LATER)) if each.code in ("C160", "C161", "C162")}
    with pytest.raises(PaperError) if found else nullcontext() as refused:
        publish(desk.order(MEETING, now=LATER))
    assert not found or found <= {each.code for each in refused.value.problems}
    return found


@pytest.mark.parametrize("text", [TYPED[0], TYPED[4], *(pytest.param(text, marks=deep) for text in TYPED[1:4])])
def test_a_value_of_a_row_that_was_deleted_is_told_at_build_check_and_publish(desk: Office, text: str) -> None:
    typed(desk, paragraph(text))
    assert [each.code for each in desk.build(MEETING, now=LATER).problems if each.code[:2] == "C1"] == ["C160"]
    assert told(desk) == {"C160"}
    [problem] = (each for each in check(desk.order(MEETING, now=LATER)) if each.code == "C160")
    assert "row 6 of the sheet “Log” in “correspondence.xlsx”, as it was on 12 January 2017," in str(problem)
    assert not any(word in str(problem) for word in ("Kestrel", "077", "45", "lease"))


def test_without_the_hashes_nobody_would_know_it(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(desk, lambda paper: [paper.add_paragraph(text) for text in TYPED])
    monkeypatch.setattr("pipeline.office.standing.private_in", lambda _: Private(b"", ()))
    desk.build(MEETING, now=LATER)
    assert told(desk) == set()


def in_header(paper: Any) -> None:
    paper.sections[0].header.paragraphs[0].text = "Kestrel Holdings"


def in_a_control(paper: Any) -> None:
    said = "<w:sdt><w:sdtContent><w:r><w:t>Kestrel Holdings</w:t></w:r></w:sdtContent></w:sdt>"
    paper.paragraphs[8]._p.append(parse_xml(said.replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1)))


def in_a_label(paper: Any) -> None:
    """In what Word prints before the paragraphs of a list: no paragraph says it, and the file as written does."""
    label = next(paper.part.numbering_part.element.iter(f"{W}lvlText"))
    label.set(f"{W}val", f"Kestrel Holdings {label.get(f'{W}val')}")


@deep
@pytest.mark.parametrize(("edit", "code"), [(in_header, "C160"), (in_a_control, "C160"), (in_a_label, "C161")])
def test_it_is_found_wherever_it_stands(desk: Office, edit: Any, code: str) -> None:
    typed(desk, edit)
    assert told(desk) == {code}


def test_ordinary_words_are_no_alarm(desk: Office) -> None:
    typed(desk, lambda paper: [paper.add_paragraph(text) for text in ORDINARY])
    assert told(desk) == set()


def test_what_stands_open_by_now_is_not_private(desk: Office) -> None:
    typed(desk, lambda paper: [paper.add_paragraph(text) for text in TYPED])
    assert told(desk) == {"C160"}
    letter(desk, **{**SECRET, "exempt": None})
    desk.build(MEETING, now=LATER)
    assert told(desk) == set()


def test_next_month_it_is_private_still(desk: Office) -> None:
    day_of_next = "2017-02-27"
    path = desk.build(day_of_next, now=LATER).path
    paper = docx.Document(str(path))
    paper.add_paragraph(TYPED[0])
    paper.save(str(path))
    found = check(desk.order(day_of_next, now=LATER))
    assert "C160" in {each.code for each in found}


@deep
def test_what_a_draft_printed_before_the_row_was_changed_and_withheld_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", C9="Sell the Wren Yard lease to Kestrel Holdings")
    hands.typed(desk.build(MEETING, now=NOW).path, "Clear up Team work completed", "Kestrel Holdings were heard")
    desk.put("tracker.xlsx", "Actions", C9="Another thing altogether", K5="Exempt", K9="3")
    assert "C160" in {each.code for each in desk.build(MEETING, now=LATER).problems}
    assert "C160" in told(desk)


def test_the_key_is_made_once_and_the_paper_has_no_hash(desk: Office) -> None:
    key = (outputs(desk) / KEY).read_bytes()
    acts = [act for act in acts_on_record(outputs(desk) / MEETING) if act.what == "withheld"]
    assert len(acts) == 1
    letter(desk, **{**SECRET, "ref": "COR-078", "sender": "Osprey Estates"})
    typed(desk, paragraph("Members asked."))
    letter(desk, ref="COR-079")
    path = desk.build(MEETING, now=LATER).path
    assert (outputs(desk) / KEY).read_bytes() == key
    hashes = {sign.rpartition("-")[2] for act in acts_on_record(path.parent) for sign in act.hashes}
    assert len(hashes) > 20
    content = "".join(str(part) for part in hands.open_paper(path.read_bytes(), path.name).parts.values())
    assert not any(sign in content for sign in hashes)
    record = (path.parent / "record" / "draft 2.json").read_text(encoding="utf-8")
    assert all(sign in record for sign in hashes)


@pytest.mark.parametrize("harm", ["lost", pytest.param("damaged", marks=deep)])
def test_a_lost_key_is_told_and_no_other_is_made(desk: Office, harm: str) -> None:
    key = outputs(desk) / KEY
    kept = key.read_bytes()
    key.unlink() if harm == "lost" else key.write_text("what is this")
    built = desk.build(MEETING, now=LATER)
    [problem] = (each for each in built.problems if each.code == "C162")
    assert "“withheld.key”, is gone or damaged" in problem.message
    assert told(desk) == {"C162"}
    assert not key.exists() or harm == "damaged"
    key.write_bytes(kept)
    assert told(desk) == set()


@deep
def test_two_offices_know_the_same_words_by_other_hashes(desk: Office, tmp_path: Path) -> None:
    other = office(tmp_path / "other")
    letter(other, **SECRET)
    other.build(MEETING, now=NOW)
    ours, theirs = (
        {sign for act in acts_on_record(outputs(each) / MEETING) for sign in act.hashes} for each in (desk, other)
    )
    assert len(ours) == len(theirs)
    assert not ours & theirs


def kept(desk: Office) -> dict[str, str]:
    """What `check` tells of the files of the paper's folder that say it."""
    return {each.place.file: str(each) for each in check(desk.order(MEETING, now=LATER)) if each.code == "C163"}


def test_the_files_of_the_folder_that_say_it_are_listed_and_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", C9="Sell the Wren Yard lease to Kestrel Holdings")
    path = build(desk.order(MEETING, now=NOW), review=True).path
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, all of it")
    hands.copied(path, "elsewhere/for JS.docx")
    assert kept(desk) == {}
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K9="3")
    made = desk.build(MEETING, now=LATER)
    listed = kept(desk)
    assert {
        f"{MEETING}/{path.name}", f"{MEETING}/elsewhere/for JS.docx", f"{MEETING}/record/draft 1.json",
    } <= set(listed)  # fmt: skip
    assert any(name.endswith(".version") for name in listed)
    assert any("review" in name for name in listed)
    assert f"{MEETING}/{made.path.name}" not in listed
    assert not any("Kestrel" in line or "lease" in line for line in listed.values())
    [look] = (line for line in status(desk.order(now=LATER)).papers[0].look if "exempt" in line)
    assert "“2017-01-23/record/draft 1.json”" in look


def stands(desk: Office, *named: str) -> LetStand:
    order = desk.order(MEETING, now=LATER)
    return let_stand(order.report, named=named, why="The Mayor said so in public.", by="Ann Lee", **asked(order))


def test_a_person_lets_one_match_stand_in_one_text_on_record(desk: Office) -> None:
    typed(desk, lambda paper: [paper.add_paragraph(text) for text in (TYPED[0], "Kestrel Holdings wrote.")])
    assert len(desk.build(MEETING, now=LATER).problems) >= 2
    done = stands(desk, "1")
    assert [(act.what, act.by, act.reason) for act in done.acts] == [
        ("let stand", "Ann Lee", "The Mayor said so in public.")
    ]
    assert len(done.withheld) == 1
    assert told(desk) == {"C160"}
    stands(desk, "1")
    assert told(desk) == set()
    line = (outputs(desk) / MEETING / ACTS).read_text(encoding="utf-8")
    assert "Kestrel" not in line


def test_it_counts_for_no_other_text_and_no_other_match(desk: Office) -> None:
    typed(desk, paragraph(TYPED[0]))
    stands(desk, "1")
    path = desk.build(MEETING, now=LATER).path
    before = path.read_bytes()
    for text in ("The Mayor met Kestrel Holdings twice.", "The Mayor met Kestrel Holdings. COR-077."):
        hands.typed(path, TYPED[0], text)
        assert told(desk) == {"C160"}
        path.write_bytes(before)
    assert told(desk) == set()


def test_an_acceptance_lets_nothing_stand(desk: Office) -> None:
    typed(desk, paragraph(TYPED[0]))
    desk.add("accepted.xlsx", "Accepted", ["C160", None, "The Mayor said so.", "Ann Lee", day("2027-01-01")])
    assert "C160" in told(desk)


def test_an_act_that_was_changed_by_hand_counts_no_longer(desk: Office) -> None:
    typed(desk, paragraph(TYPED[0]))
    stands(desk, "1")
    acts = outputs(desk) / MEETING / ACTS
    acts.write_text(acts.read_text(encoding="utf-8").replace('"before": "', '"before": "0'), encoding="utf-8")
    assert "C160" in {each.code for each in check(desk.order(MEETING, now=LATER))}


def test_on_the_command_line_a_reason_and_a_name_are_asked_for(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(desk, paragraph(TYPED[0]))
    folders = [f"--{name}={desk.folder / name}" for name in ("templates", "inputs", "outputs")]
    command = ["settle", desk.report, "--meeting", MEETING, "--today", "2017-01-12", *folders]
    assert cli.run([*command, "--let-stand", "1"]) == 2
    assert cli.run([*command, "--let-stand", "1", "--why", "It was said in public."]) == 2
    assert cli.run(command) == 3
    assert "--let-stand 1 --why" in capsys.readouterr().out
    assert cli.run([*command, "--let-stand", "1", "--why", "It was said in public.", "--by", "Ann Lee"]) == 0
    assert "On record, by Ann Lee" in capsys.readouterr().out
    assert cli.run(command) == 0
