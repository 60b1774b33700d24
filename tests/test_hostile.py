"""Files meant to do harm: bombs end soon and small, tags run nothing, and what is exempt is told to nobody."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipeline.problems import PaperError
from tests import bounded
from tests.bounded import run
from tests.documents import packed, parts_of
from tests.faults.letters import letter
from tests.faults.planting import comment, log, paragraph, part, sentence, template_of, text_export, wording_of
from tests.office import Office, check, day, office, publish
from tests.read.making import MAIN, raw_workbook, word_file, workbook_parts
from tests.reader import read_paper

ENTITIES = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


def blown_up(part_name: str, parts: dict[str, str | bytes], megabytes: int) -> bytes:
    """A packed file, one part of which unpacks to so many megabytes of blanks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            if name != part_name:
                archive.writestr(name, content)
        with archive.open(part_name, "w", force_zip64=True) as file:
            for _ in range(megabytes):
                file.write(b" " * 1_000_000)
    return stream.getvalue()


def lying(content: bytes) -> bytes:
    """The same packed file, whose directory says that every part is ten bytes long."""
    at = content.index(b"PK\x01\x02")
    out = bytearray(content)
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at += 4
    return bytes(out)


BOOK = workbook_parts('<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c></row>')
PAPER = dict(parts_of(word_file(paragraph("Dear all"))))
WORDS = PAPER["word/document.xml"].decode()
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def with_words(words: str) -> bytes:
    return packed(PAPER | {"word/document.xml": words})


def of_entities() -> bytes:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>&i;</v></c></row></sheetData></worksheet>'
    return packed(BOOK | {"xl/worksheets/sheet1.xml": ENTITIES + sheet})


def from_outside() -> bytes:
    return with_words('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + WORDS.replace("Dear all", "&x;"))


def shared_by_many() -> bytes:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return raw_workbook(cells, strings=["x" * 100_000])


def blank_tail() -> bytes:
    return raw_workbook(FAR[:39] + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_000)))


def merged() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, 1_000_000, 10))
    return raw_workbook(FAR, after=f"<mergeCells>{ranges}</mergeCells>")


BOMBS: dict[str, Callable[[], bytes]] = {
    "sheet of blanks.xlsx": lambda: blown_up("xl/worksheets/sheet1.xml", BOOK, 250),
    "strings of blanks.xlsx": lambda: blown_up("xl/sharedStrings.xml", BOOK, 250),
    "document of blanks.docx": lambda: blown_up("word/document.xml", PAPER, 250),
    "lying.xlsx": lambda: lying(blown_up("xl/worksheets/sheet1.xml", BOOK, 250)),
    "many parts.xlsx": lambda: packed(BOOK | {f"xl/x{n}.xml": "" for n in range(30_000)}),
    "entities.xlsx": of_entities,
    "entities.docx": lambda: with_words(ENTITIES + WORDS.replace("Dear all", "&i;")),
    "outside.docx": from_outside,
    "one string in many cells.xlsx": shared_by_many,
    "far cell.xlsx": lambda: raw_workbook(FAR),
    "blank tail.xlsx": blank_tail,
    "merged without end.xlsx": merged,
    "deep tables.docx": lambda: word_file("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000),
    "brackets.docx": lambda: word_file(paragraph("{{ " + "(" * 50_000 + " }}")),
    "one long line.csv": lambda: b"Ref,Date\n" + b"x" * 40_000_000,
    "many values.csv": lambda: b"," * 20_000_000,
    "many lines.csv": lambda: b"a,b\n" * 3_000_000,
    "open quote.csv": lambda: b'Ref,Date\n"' + b"x,\n" * 5_000_000,
}  # fmt: skip


FEW = ("document of blanks.docx", "lying.xlsx", "entities.xlsx", "outside.docx", "one string in many cells.xlsx",
       "far cell.xlsx", "deep tables.docx", "brackets.docx", "many values.csv", "open quote.csv")  # fmt: skip
"""One of each kind; the others, which cost seconds to make and to refuse, are part of the long proof."""


@pytest.mark.parametrize(
    "name", [each if each in FEW else pytest.param(each, marks=pytest.mark.deep) for each in BOMBS]
)
def test_a_bomb_ends_soon_and_small_with_a_line_that_names_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    ended = run("check-template" if name.endswith("docx") else "inspect", path, folder=tmp_path)
    assert ended.code in (0, 1), ended.said[-2000:]
    assert name in ended.said
    assert "Traceback" not in ended.said


def test_a_program_past_its_limits_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        bounded, "LIMITED", bounded.LIMITED.replace("from pipeline", "x = bytes({memory})\nfrom pipeline")
    )
    assert "MemoryError" in run("--version", folder=tmp_path).said


PAYLOADS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ lipsum.__globals__['os'].popen('touch pwned').read() }}",
    "{{ cycler.__init__.__globals__.os.system('touch pwned') }}",
    "{{ board | attr('__class__') }}",
    "{{ '{0.__class__}'.format(board) }}",
    "{{ 'x' * 200000000 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "{% import 'os' as os %}{{ os }}",
    "{% include '/etc/passwd' %}",
    "{{ board.__class__.__base__ }}",
    "{{ 7*7 }}",
)  # fmt: skip


def said(desk: Office) -> list[str]:
    try:
        return [str(each) for each in check(desk.order("2017-01-23"))]
    except PaperError as refused:
        return [str(each) for each in refused.problems]


def test_a_tag_in_wording_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    desk = office(tmp_path)
    first = rows_of(desk) + 1
    for number, payload in enumerate(PAYLOADS):
        sentence(desk, f"Said: {payload}.", name=f"said {number}")
    errors = " ".join(line for line in said(desk) if line.startswith("error W"))
    assert [each for row, each in enumerate(PAYLOADS, first) if f"cell F{row}:" not in errors] == []
    assert not (tmp_path / "pwned").exists()


def rows_of(desk: Office) -> int:
    """How many rows the wording has."""
    return int(openpyxl.load_workbook(wording_of(desk))["Wording"].max_row)


ONES = (PAYLOADS[1], PAYLOADS[3], PAYLOADS[6])


@pytest.mark.parametrize(
    "payload", [each if each in ONES else pytest.param(each, marks=pytest.mark.deep) for each in PAYLOADS]
)
def test_a_tag_in_a_template_runs_nothing(payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    desk = office(tmp_path)
    part(template_of(desk), "word/document.xml", "{{ service }}", payload.replace("<", "&lt;"))
    assert [line for line in said(desk) if line.startswith("error T")]
    assert not (tmp_path / "pwned").exists()


def test_a_tag_in_a_cell_an_export_or_a_comment_is_only_text(tmp_path: Path) -> None:
    desk = office(tmp_path)
    rows = [[f"P-{n}", "Grants", f"Plan {each}", "TBC", "In progress"] for n, each in enumerate(PAYLOADS)]
    desk.add("tracker.xlsx", "Actions", *rows)
    comment(desk, "".join(paragraph(f"Cost {each}") for each in PAYLOADS))
    lines = [f'C{n},19/09/2016,In,A,B,3,"{each}"\r\n' for n, each in enumerate(PAYLOADS)]
    text_export(desk, "Ref,Date,Direction,From,To,Update,Key points\r\n" + "".join(lines))
    paper = read_paper(desk.paper("2017-01-23"))
    assert [each for each in PAYLOADS if f"Plan {each}" not in paper or f"Cost {each}" not in paper] == []


CANARY = {
    "ref": "Canaryref", "sender": "Canarysender", "kind": "Canarykind", "points": "canarypoint", "subject": "Canary",
    "title": "Canarytitle", "file": "canaryfile.pdf", "reply_to": "COR-041", "expected": "canaryday",
}  # fmt: skip
ODD = ("3", 3, "Yes", "yes", "Y", True, "TRUE", 1, "Exempt", "exempt (para 3)", "\u00a0Yes", "#REF!", "x", "?",
       "Part 2", "confidential", "3 and 5", "No!", "not exempt", "N/A", "none yet", 0, 9, 14, "para. 3")  # fmt: skip


@pytest.mark.parametrize("marks", [ODD, *(pytest.param((mark,), marks=pytest.mark.deep) for mark in ODD)])
def test_an_exempt_letter_is_told_to_nobody(marks: tuple[object, ...], tmp_path: Path) -> None:
    desk = office(tmp_path)
    for number, mark in enumerate(marks):  # each with words of its own, so that no letter's words hide another's
        own = {name: text.replace("anary", f"anary{number}") for name, text in CANARY.items()}
        letter(desk, exempt=mark, date=day("2017-01-06"), **own)
    problems = " ".join(said(desk))
    built = desk.build("2017-01-23")
    written = [path for path in (tmp_path / "outputs").rglob("*") if path.is_file()]
    assert written
    assert "anary" not in problems
    assert "anary" not in " ".join(map(str, built.problems))
    assert [path for path in written if b"anary" in whole(path)] == []


@pytest.mark.parametrize(
    ("nation", "paragraph"), [pytest.param("england", "3", marks=pytest.mark.deep), ("wales", "14")]
)
def test_the_agenda_system_learns_by_which_paragraph_something_is_exempt_and_no_more(
    nation: str, paragraph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.office.publication.with_pdf", lambda *_: ({}, []))
    desk = office(tmp_path)
    settings = tmp_path / "templates" / desk.report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace('nation = "england"', f'nation = "{nation}"'), "utf-8")
    letter(desk, exempt=paragraph, date=day("2017-01-06"), **{**CANARY, "title": None})
    (desk.inputs / "appendices" / "canaryfile.pdf").write_bytes(b"%PDF-1.4 canarycontent")
    now = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
    desk.build("2017-01-23", now=now)
    made = publish(desk.order("2017-01-23", now=now))
    told = json.loads((made.folder / "agenda item.json").read_text(encoding="utf-8"))
    about = "Information relating to the financial or business affairs of any particular person"
    assert [(each["paragraph"], each["description"][: len(about)]) for each in told["exempt_information"]] == [
        (paragraph, about)
    ]
    assert len(told["appendices"]) == 2
    assert [each.code for each in made.problems if each.code == "C125"] == ["C125"]
    assert "anary" not in " ".join(map(str, made.problems))
    assert [path for path in (tmp_path / "outputs").rglob("*") if path.is_file() and b"anary" in whole(path)] == []


def whole(path: Path) -> bytes:
    """All that a file holds, unpacked, with its name."""
    content = path.read_bytes()
    parts = parts_of(content).values() if content.startswith(b"PK") else [content]
    return path.name.encode() + b" ".join(parts)


def test_the_same_letter_is_told_of_where_it_is_open(tmp_path: Path) -> None:
    desk = office(tmp_path)
    letter(desk, exempt=None, date=day("2017-01-06"), **CANARY)
    desk.build("2017-01-23")
    assert [path for path in (tmp_path / "outputs").rglob("*") if path.is_file() and b"anary" in whole(path)]
    assert "anary" in " ".join(said(desk))


def test_an_exempt_row_of_the_tracker_is_told_to_nobody(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K7="3", A7="Canaryref", C7="canary activity", H7="Canarylead")
    problems = " ".join(said(desk))
    desk.build("2017-01-23")
    assert "anary" not in problems
    assert [path for path in (tmp_path / "outputs").rglob("*") if path.is_file() and b"anary" in whole(path)] == []


def test_a_letter_about_to_be_exempt_by_an_unread_cell_stays_in_the_log(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, N4='=IF(A4="","","3")', K4="canary")
    assert "canary" not in read_paper(desk.paper("2017-01-23"))
