from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.problems import Place, Problem
from pipeline.store import existing, inside, safe_name

CELL = Place(file="correspondence.xlsx", sheet="Log", cell="K4")

HOSTILE = [
    "",
    " ",
    ".",
    "..",
    "...",
    ". .",
    "../x.pdf",
    "..\\x.pdf",
    "/etc/passwd",
    "\\\\server\\share\\x.pdf",
    "//server/share/x.pdf",
    "C:x.pdf",
    "C:\\x.pdf",
    "c:/x.pdf",
    "file:x.pdf",
    "file:///x.pdf",
    "~",
    "~root",
    "~$tter.docx",
    "LETTER~1.DOC",
    "x.pdf:hidden",
    "a/b.pdf",
    "a\\b.pdf",
    "./x.pdf",
    "x.pdf/",
    "x.pdf\\",
    "x\x00.pdf",
    "\x00",
    "x\n.pdf",
    "x\r.pdf",
    "x\t.pdf",
    "x\x1b.pdf",
    "x\x7f.pdf",
    "x\u202efdp.exe",
    "x\u200b.pdf",
    "x\ufeff.pdf",
    "\ud800.pdf",
    "x\u2028.pdf",
    "x\ue000.pdf",
    "CON",
    "con",
    "con.pdf",
    "PRN.docx",
    "AUX",
    "nul",
    "NUL.pdf",
    "nul .pdf",
    "COM1",
    "com9.pdf",
    "COM\xb9.pdf",
    "LPT1.pdf",
    "LPT0",
    "CONIN$",
    "conout$.pdf",
    "NUL.tar.gz",
    "x.pdf ",
    " x.pdf",
    "x.pdf.",
    "x.",
    "x. ",
    "\xa0x.pdf",
    "x.pdf\xa0",
    "x\u3000",
    "a<b.pdf",
    "a>b.pdf",
    'a"b.pdf',
    "a|b.pdf",
    "a?b.pdf",
    "a*b.pdf",
    "\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9.pdf",
    "..%2f\\x",
    "http://x.org/y.pdf",
    "x.pdf::$DATA",
    "a~b.pdf",
    "\\x",
    "/",
    "\\",
    ":",
    "*",
    "?",
    "x" * 256,
    "\xe9" * 128 + ".pdf",
]


@pytest.mark.parametrize("name", HOSTILE, ids=[repr(name)[:24] for name in HOSTILE])
def test_a_hostile_name_is_no_file_name(tmp_path: Path, name: str) -> None:
    found = inside(tmp_path, name, CELL)
    assert isinstance(found, Problem)
    assert (found.code, found.place) == ("F107", CELL)


@pytest.mark.parametrize(
    "name",
    [
        "letter.docx",
        "2017-01-12 Letter (final).pdf",
        "O’Connor.docx",
        "report..docx",
        "console.pdf",
        "Über – Bürger.pdf",
        "a" * 250,
        ".hidden",
        "com10.pdf",
        "naïve £5 & more; 100%.pdf",
        "conx",
        "x.con",
    ],
)
def test_an_ordinary_name_is_one_control_for_the_above(tmp_path: Path, name: str) -> None:
    assert inside(tmp_path, name) == tmp_path / name


def test_a_link_that_leaves_the_folder_is_refused_and_one_that_stays_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (tmp_path / "private.pdf").write_bytes(b"private")
    (folder / "kept.pdf").write_bytes(b"public")
    (folder / "out.pdf").symlink_to(tmp_path / "private.pdf")
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    (folder / "in.pdf").symlink_to(folder / "kept.pdf")
    told = inside(folder, "out.pdf")
    assert isinstance(told, Problem)
    assert told.code == "F108"
    assert isinstance(existing(folder, "loop.pdf"), Problem)
    assert inside(folder, "in.pdf") == folder / "in.pdf"


def test_a_folder_reached_by_a_link_is_still_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "letters").symlink_to(tmp_path / "real")
    (tmp_path / "letters" / "a.pdf").write_bytes(b"")
    assert existing(tmp_path / "letters", "a.pdf") == tmp_path / "letters" / "a.pdf"


@pytest.mark.parametrize(
    "asked",
    [
        "Letter 3 Febuary.pdf",
        "letter 3 February.pdf",
        "Letter 3\u00a0February.pdf",
        "Letter 3 February.PDF",
        "Letter 3 February",
    ],
)
def test_a_missing_file_is_named_with_its_nearest_and_never_guessed(tmp_path: Path, asked: str) -> None:
    (tmp_path / "Letter 3 February.pdf").write_bytes(b"")
    told = existing(tmp_path, asked, CELL)
    assert isinstance(told, Problem)
    assert (told.code, told.place) == ("F109", CELL)
    assert told.message.endswith("Did you mean “Letter 3 February.pdf”?")


def test_a_missing_file_with_nothing_near_it_is_asked_for(tmp_path: Path) -> None:
    told = existing(tmp_path / "none", "letter.pdf")
    assert isinstance(told, Problem)
    assert told.cure == "Put the file there."


def test_a_decomposed_name_on_disk_is_not_taken_for_a_composed_one(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Café.pdf")).write_bytes(b"")
    assert isinstance(existing(tmp_path, "Café.pdf"), Problem)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Best practice and culture", "Best practice and culture"),
        ("Audit 2016/17: update?", "Audit 2016-17- update"),
        ("CON", "CON_"),
        ("nul.pdf", "nul_.pdf"),
        ("  ..trailing dots. . ", "trailing dots"),
        ("a\tb\nc", "a b c"),
        ('The "Plan" <draft>', "The Plan -draft-"),
        ("", "untitled"),
        ("???", "untitled"),
        ("\u202etxt.exe", "txt.exe"),
        ("Cafe\u0301", "Café"),
        ("~$x", "-$x"),
    ],
)
def test_a_title_makes_the_name_an_officer_expects(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_a_long_title_is_cut_at_a_word_and_keeps_its_ending() -> None:
    title = "A long title of very many words " * 20
    name = safe_name(title, suffix=" (draft 12).docx")
    assert title.startswith(name.removesuffix("(draft 12).docx"))
    assert 60 < len(name) <= 120
    assert "  " not in name


@given(st.text(), st.sampled_from(["", ".docx", " (draft 1).docx", ".ics"]))
def test_every_title_makes_a_name_that_every_system_takes(title: str, suffix: str) -> None:
    name = safe_name(title, suffix)
    assert inside(Path("nowhere"), name) == Path("nowhere") / name
    assert name.endswith(suffix)
    assert len(name) <= 120
    assert len(name.encode()) <= 230
    assert unicodedata.is_normalized("NFC", name)


@given(st.text(alphabet=st.sampled_from("ab./\\:~ C\x00*con1"), max_size=12))
def test_no_name_at_all_leads_out_of_its_folder(name: str) -> None:
    found = inside(Path("/council/letters"), name)
    assert isinstance(found, Problem) or (found.parent == Path("/council/letters") and found.name == name)
