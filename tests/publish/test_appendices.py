# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from pipeline.problems import Place
from pipeline.publish import Appendix, Item, collected, metadata_of, text_of_pdf
from tests.documents import letter_pdf

CELL = Place("correspondence.xlsx", "Log", "K4")
PDF = letter_pdf()


def _codes(folder: Path, *appendices: Appendix) -> list[str]:
    return [each.code for each in collected(appendices, folder)[1]]


def test_appendices_are_collected_under_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "COR-038.pdf").write_bytes(PDF)
    (tmp_path / "COR-041.pdf").write_bytes(letter_pdf("The reply."))
    found, problems = collected(
        [Appendix(1, "Letter of 2/12: the plan", "COR-038.pdf"), Appendix(2, "Reply", "COR-041.pdf", label="Annex")],
        tmp_path,
    )
    assert problems == []
    assert {name: text_of_pdf(content).strip() for name, content in found.items()} == {
        "Appendix 1 - Letter of 2-12- the plan.pdf": "The letter.",
        "Annex 2 - Reply.pdf": "The reply.",
    }


def test_an_exempt_appendix_is_listed_by_its_title_and_its_file_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.mkdir()  # to open it would raise
    exempt = Appendix(1, "Advice", "secret.pdf", exempt="3", place=CELL)
    found, problems = collected([exempt], tmp_path)
    assert (found, problems) == ({}, [])
    assert exempt.about["listed_as"] == "Advice (exempt by virtue of paragraph 3)"
    told = metadata_of(
        Item(title="T", body="B", meeting=dt.date(2017, 1, 23), publish_by=dt.date(2017, 1, 13)), [exempt], found
    )
    assert b"secret" not in told


def test_one_kept_back_without_a_paragraph_is_asked_about_and_still_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    found, problems = collected([Appendix(1, "Advice", "a.pdf", exempt="?", place=CELL)], tmp_path)
    assert found == {}
    assert [(each.code, each.place) for each in problems] == [("C120", CELL)]


def test_what_cannot_be_published_is_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.pdf").write_bytes(PDF)
    appendices = (
        Appendix(1, "None", ""),
        Appendix(2, "Word", "a.docx"),
        Appendix(3, "Out", "../b.pdf"),
        Appendix(4, "Gone", "gone.pdf"),
    )
    assert _codes(tmp_path, *appendices) == ["C121", "C122", "F107", "F109"]


def test_two_of_one_name_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(PDF)
    assert _codes(tmp_path, Appendix(1, "Letter", "b.pdf"), Appendix(1, "LETTER", "b.pdf")) == ["C124"]


def test_the_agenda_system_gets_every_field_and_the_same_bytes_each_time() -> None:
    item = Item(
        title="Best practice", body="A Board", meeting=dt.date(2017, 1, 23), publish_by=dt.date(2017, 1, 13), item="5.1",
        recommendations=("That it is noted.",), background_papers=("The plan",),
    )  # fmt: skip
    made = metadata_of(item, [Appendix(1, "Letter", "x.pdf")], {"paper.docx": b"abc", "Appendix 1 - Letter.pdf": PDF})
    told = json.loads(made)
    assert told["date"] == "2017-01-23"
    assert told["recommendations"] == ["That it is noted."]
    assert told["appendices"] == [{"number": 1, "title": "Letter", "exempt": False, "file": "Appendix 1 - Letter.pdf"}]
    assert [each["name"] for each in told["files"]] == ["Appendix 1 - Letter.pdf", "paper.docx"]
    assert told["files"][1]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert made == metadata_of(
        item, [Appendix(1, "Letter", "x.pdf")], {"Appendix 1 - Letter.pdf": PDF, "paper.docx": b"abc"}
    )
