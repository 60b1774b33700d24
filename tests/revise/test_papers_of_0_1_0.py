"""Papers that version 0.1.0 made are drafted again: no untouched paragraph counts as edited, and no edit is lost.

`made_by_0_1_0` is the folder of outputs as that version left it, of the report below as it is at first: each of its
lines holds something that the reader of that version did not see, or saw otherwise, beside a fact.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.office import Built
from pipeline.word import Story, as_read_today, seen
from tests.documents import new_document
from tests.office import build
from tests.small_report import SmallReport, small_report, workbook

MEETING, NOW = dt.date(2026, 3, 10), dt.datetime(2026, 2, 20, 9, tzinfo=dt.UTC)
MADE = Path(__file__).parent / "made_by_0_1_0"
TICK = (
    '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
    '<w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText><w:fldChar w:fldCharType="end"/>'
)
LINES = {
    "a hyphen that does not break": ("The well", "<w:noBreakHyphen/>", "being of members is spoken of in {{ venue }}."),
    "a sign of a symbol font": ("", '<w:sym w:font="Wingdings" w:char="F0FC"/>', " Agreed with those of {{ venue }}."),
    "an aligned tab": (
        "The room is",
        '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>',
        "booked in {{ venue }}.",
    ),
    "a page break": ("What stands first in {{ venue }}.", '<w:br w:type="page"/>', "What stands on the next page."),
    "a soft hyphen": ("An under", "<w:softHyphen/>", "standing was reached in {{ venue }}."),
    "a blank that does not break": ("On 10\u00a0March the board", "<w:tab/>", "meets in {{ venue }}."),
    "a ticked box": ("It is settled ", TICK, " that {{ venue }} is open."),
}
ROW = ("Well", "<w:noBreakHyphen/>", "being"), ("Asked of ", "<w:noBreakHyphen/>", "{{ venue }}")


def line(before: str, sign: str, after: str) -> str:
    """A paragraph of a template."""
    first, last = (f'<w:t xml:space="preserve">{text}</w:t>' for text in (before, after))
    return f"<w:p {nsdecls('w')}><w:r>{first}{sign}</w:r><w:r>{last}</w:r></w:p>"


def report(folder: Path, more: str = "") -> SmallReport:
    """The report as version 0.1.0 had it; with one more line in its template."""
    made = small_report(folder)
    template = new_document()
    for text in ("{{ title }}", "{{ board }}, {{ date }}", *filter(None, [more])):
        template.add_paragraph(text)
    body = template.element.body
    for one in LINES.values():
        body.insert(len(body) - 1, parse_xml(line(*one)))
    table = template.add_table(1, 2)
    for cell, one in zip(table.rows[0].cells, ROW, strict=True):
        cell._tc.replace(cell.paragraphs[0]._p, parse_xml(line(*one)))
    for text in ("{%p for block in background %}", "{{r block.text }}", "{%p endfor %}"):
        template.add_paragraph(text)
    template.save(str(folder / "templates" / made.name / "template.docx"))
    settings = folder / "templates" / made.name / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("[comments.finance]")[0], encoding="utf-8")
    held_in(made, "Committee Room 1")
    return made


def held_in(made: SmallReport, venue: str) -> None:
    """The calendar, with where the board meets."""
    sheets = {
        "Meetings": [("Body", "Date", "Venue"), ("The Board", MEETING, venue)],
        "Closed days": [("Date", "Reason")],
    }
    workbook(made.inputs / "calendar.xlsx", sheets)


def nothing(_: SmallReport) -> None:
    """Everything is as it was."""


def moved(made: SmallReport) -> None:
    held_in(made, "the Town Hall")
    made.tracker(5)


def worded(made: SmallReport) -> None:
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    rows = [
        ("steady", "Background", None, None, "always", "The board follows all work that it has asked for."),
        ("count", "Background", None, None, "always", "The tracker lists {{ action_open | words }} open actions."),
    ]
    workbook(made.folder / "templates" / made.name / "wording.xlsx", {"Wording": [head, *rows]})


CHANGES: dict[str, Callable[[SmallReport], None]] = {
    "the same facts": nothing,
    "other facts": moved,
    "other wording": worded,
}


def again(folder: Path, change: Callable[[SmallReport], None], edit: Callable[[Paper], None] | None = None,
          template: str = "") -> Built:  # fmt: skip
    """The paper of version 0.1.0, edited and drafted again."""
    made = report(folder, template)
    shutil.copytree(MADE, made.outputs)
    if edit is not None:
        (path,) = made.papers(MEETING)
        paper = Document(str(path))
        edit(paper)
        out = io.BytesIO()
        paper.save(out)
        path.write_bytes(out.getvalue())
    change(made)
    return build(made.order(NOW))


def lines_of(built: Built) -> list[str]:
    """What a reader sees in the body, cells too."""
    body = Document(str(built.path)).element.body
    return [each.text for each in Story(body).paragraphs.values()]


def fresh(folder: Path, change: Callable[[SmallReport], None], template: str = "") -> list[str]:
    """The same of a paper that nobody has drafted before."""
    made = report(folder, template)
    change(made)
    return lines_of(build(made.order(NOW)))


def actions(built: Built) -> set[str]:
    return {each.action for each in built.outcomes}


def remark(paper: Paper) -> None:
    """An officer types a paragraph of their own at the start, so that the paper holds edits."""
    paper.paragraphs[0].insert_paragraph_before("A remark.")


def typed(paper: Paper) -> None:
    """An officer types at the start of every line that holds a sign, and into the table."""
    for each in (*paper.paragraphs, *paper.tables[0].rows[0].cells[1].paragraphs):
        if seen(each._p).text.strip() and any(sign in each._p.xml for sign in SIGNS):
            each.runs[0]._r.addprevious(each.add_run("Members asked for it. ")._r)


SIGNS = ("w:noBreakHyphen", "w:sym ", "w:ptab", 'w:type="page"', "w:softHyphen", "\u00a0", "w:checkBox", "w:tab/")


@pytest.mark.parametrize("name", CHANGES)
def test_a_paper_that_nobody_touched_reads_as_a_fresh_one(name: str, tmp_path: Path) -> None:
    wanted = fresh(tmp_path / "fresh", CHANGES[name])
    built = again(tmp_path / "old", CHANGES[name])
    assert lines_of(built) == wanted
    built = again(tmp_path / "remark", CHANGES[name], remark)
    assert lines_of(built) == ["A remark.", *wanted]
    assert actions(built) <= {"unchanged", "updated", "officer"}


def unmarked(paper: Paper) -> None:
    """An editor that keeps no bookmarks saves it, with a paragraph of an officer's own."""
    remark(paper)
    for mark in [mark for mark in paper.element.body.iter() if mark.tag.endswith(("}bookmarkStart", "}bookmarkEnd"))]:
        mark.getparent().remove(mark)


def test_without_its_marks_a_paper_is_known_by_its_words(tmp_path: Path) -> None:
    built = again(tmp_path / "old", nothing, unmarked)
    assert lines_of(built) == ["A remark.", *fresh(tmp_path / "fresh", nothing)]
    assert actions(built) <= {"unchanged", "officer"}


def test_a_line_more_in_the_template_comes_in(tmp_path: Path) -> None:
    more = "The public may come to {{ venue }}."
    built = again(tmp_path / "old", moved, remark, more)
    assert lines_of(built) == ["A remark.", *fresh(tmp_path / "fresh", moved, more)]


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_typed_beside_a_sign_stays_and_the_fact_is_brought_up_to_date(name: str, tmp_path: Path) -> None:
    before = fresh(tmp_path / "before", CHANGES[name])
    built = again(tmp_path / "old", CHANGES[name], typed)
    after = lines_of(built)
    assert sum("Members asked for it. " in text for text in after) == len(LINES) + 1
    assert [text.replace("Members asked for it. ", "") for text in after] == before
    assert "conflict" not in actions(built)


def signed(paper: Paper) -> None:
    """An officer puts a tick before one paragraph, and a hyphen that does not break into another."""
    tick, hyphen = '<w:sym w:font="Wingdings" w:char="F0FE"/>', "<w:noBreakHyphen/><w:t>wide</w:t>"
    for words, sign in (("The tracker lists", tick), ("An under", hyphen)):
        held = next(each for each in paper.paragraphs if seen(each._p).text.startswith(words))
        run = parse_xml(f"<w:r {nsdecls('w')}>{sign}</w:r>")
        held.runs[0]._r.addprevious(run) if sign == tick else held.runs[0]._r.addnext(run)


@pytest.mark.parametrize("name", CHANGES)
def test_a_sign_that_an_officer_put_in_is_an_edit_and_stays(name: str, tmp_path: Path) -> None:
    text = "\n".join(lines_of(again(tmp_path, CHANGES[name], signed)))
    assert ("☑The tracker lists" in text, "under\u2011wide" in text or "standing\u2011wide" in text) == (True, True)


def test_told_by_the_edited_paper_itself_an_officers_sign_would_be_the_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pipeline.revise.revise.as_read_today", lambda baseline, body, _: as_read_today(baseline, body, body)
    )
    assert "☑The tracker lists" not in "\n".join(lines_of(again(tmp_path, moved, signed)))


def test_a_reader_that_did_not_know_how_it_was_read_then_would_take_lines_for_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.revise.revise.as_read_today", lambda baseline, *_: baseline)
    built = again(tmp_path, moved, remark)
    assert {"kept", "offered", "conflict"} & actions(built)
