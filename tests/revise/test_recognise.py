"""A file that carries nothing of ours any more is known by its words: how much must stand in it, and what is asked."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document

from pipeline.revise import OURS, Known, known_drafts, normalised, open_paper, recognised
from pipeline.store import meeting_folders
from pipeline.word import CELL, NAME, PARAGRAPH, ROW, TABLE, Element, Story, qn, seen
from tests import hands
from tests.office import Office, office
from tests.revise.libreoffice import saved_again
from tests.revise.officer import Officer, strip_marks

BOARDS: Mapping[str, tuple[tuple[str, ...], str, Sequence[str]]] = {
    "best-value-board": (("2016-10-17", "2017-01-23", "2017-02-27", "2017-04-24"), "Actions", ("C8", "C9", "G7")),
    "recommendation-tracker": (
        *(("2026-09-15", "2026-11-10", "2027-01-19", "2027-03-16", "2027-06-15"), "Recommendations"),
        ("C6", "C7", "E8"),
    ),
}


class Made(NamedTuple):
    """A file made for a test: its kind, the meeting of whose paper it is a copy (blank: of none), its paragraphs, and
    the drafts among which it is looked for.
    """

    kind: str
    meeting: str
    content: bytes
    known: Sequence[Known]


def several_meetings(folder: Path, report: str) -> Office:
    """An office with two drafts of each of several meetings' papers: in the second somebody typed, and a fact moved."""
    made, (days, sheet, cells) = office(folder, report), BOARDS[report]
    for number, day in enumerate(days):
        now = dt.datetime.combine(dt.date.fromisoformat(day) - dt.timedelta(20), dt.time(9), dt.UTC)
        path = made.build(day, now=now).path
        hands.typed(path, long_words(path), f"{long_words(path)} now")
        made.put("tracker.xlsx", sheet, **dict.fromkeys(cells, f"Another plan for matter {number}"))
        made.build(day, now=now + dt.timedelta(5))
    return made


def long_words(path: Path) -> str:
    return next(line for line in hands.says(path).split("\n") if len(line) > 60)[:20].rsplit(" ", 1)[0]


def copies_of(made: Office, seeds: range) -> Iterator[Made]:
    """Copies of the office's drafts by people who typed in them, as other programs save them."""
    folders = [*meeting_folders(made.folder / "outputs" / made.report).values()]
    known = [*known_drafts(folders)]
    drafts = [path for folder in folders for path in sorted(folder.glob("*.docx"))]
    for seed in seeds:
        rng = random.Random(seed)
        path = rng.choice(drafts)
        paper = open_paper(path.read_bytes(), "a copy")
        officer = Officer(paper, seed, marks_of(paper.body))
        officer.work(rng.choice((2, 6, 12, 25)))
        strip_marks(paper.body)
        paper.parts = {name: part for name, part in paper.parts.items() if not name.startswith("customXml/")}
        content, meeting = paper.content(), path.parent.name
        yield Made("stripped", meeting, content, known)
        yield Made("pasted into a new document", meeting, pasted(paper.body), known)
        others = [each for each in known if each.folder != path.parent]
        yield Made("no draft of its meeting known", "", content, others)


def marks_of(body: Element) -> dict[str, str]:
    return {name: name for mark in body.iter(qn("w:bookmarkStart")) if (name := mark.get(NAME, "")).startswith("_")}


def pasted(body: Element) -> bytes:
    """All of it selected, copied, and pasted into a new document as text and tables: nothing of ours."""
    document = Document()
    for block in body:
        if block.tag == PARAGRAPH:
            document.add_paragraph(seen(block).kept)
        elif block.tag == TABLE:
            rows = [[seen(p).kept for cell in row.iter(CELL) for p in cell.iter(PARAGRAPH)] for row in block.iter(ROW)]
            table = document.add_table(len(rows), max(map(len, rows)))
            for made, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(made.cells, texts, strict=False):
                    cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(content: bytes) -> list[str]:
    said = (normalised(each.kept) for each in Story(open_paper(content, "x").body).paragraphs.values())
    return [*filter(None, said)]


class Score(NamedTuple):
    """Of files of one kind: the least and the greatest share of a draft's weight that stood in one, how many there
    were, of how many the meeting was told, how many would be taken in unasked, and of these for another meeting's.
    """

    least: float
    greatest: float
    files: int
    told: int
    unasked: int
    wrong: int


def measured(files: Sequence[Made]) -> dict[str, Score]:
    """By kind of file, what came of it."""
    return {kind: score([each for each in files if each.kind == kind]) for kind in {each.kind: 0 for each in files}}


def score(files: Sequence[Made]) -> Score:
    found = [(recognised(paragraphs(each.content), each.known), each.meeting) for each in files]
    told = [likely.draft is not None and likely.draft.folder.name == meeting for likely, meeting in found]
    sure = [likely.is_sure for likely, _ in found]
    shares = [likely.share for likely, _ in found]
    wrong = sum(is_sure and not right for is_sure, right in zip(sure, told, strict=True))
    return Score(min(shares), max(shares), len(files), sum(told), sum(sure), wrong)


def strangers(made: Office, known: Sequence[Known], others: Sequence[Made]) -> Iterator[Made]:
    """The report's own template, and papers of another report."""
    template = (made.folder / "templates" / made.report / "template.docx").read_bytes()
    yield Made("the template", "", template, known)
    yield from (Made("another report's paper", "", each.content, known) for each in others)


def all_kinds(folder: Path, seeds: range, *, libreoffice: bool = False) -> list[Made]:
    files, others = list[Made](), list[Made]()
    for report in BOARDS:
        (folder / report).mkdir()
        made = several_meetings(folder / report, report)
        mine = [*copies_of(made, seeds)]
        stripped = [each for each in mine if each.kind == "stripped"][:20]
        saved = saved_again([each.content for each in stripped]) if libreoffice else []
        files += [*mine, *strangers(made, stripped[0].known, others)]
        pairs = zip(stripped, saved, strict=False)
        files += [each._replace(kind="saved by LibreOffice", content=new) for each, new in pairs]
        others = stripped
    return files


OUR_KINDS = ("stripped", "pasted into a new document", "saved by LibreOffice")


def hold(scores: Mapping[str, Score]) -> None:
    for kind, found in scores.items():
        assert found.wrong == 0, (kind, found)
        if kind in OUR_KINDS:
            assert found.told >= 0.97 * found.files, (kind, found)
            assert found.least > OURS
            assert found.unasked >= 0.8 * found.files
        else:
            assert found.unasked == 0, (kind, found)
            assert kind == "no draft of its meeting known" or found.greatest < OURS / 2, (kind, found)


@pytest.fixture(scope="module")
def a_few(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    return all_kinds(tmp_path_factory.mktemp("few"), range(3))


def test_a_copy_is_known_by_its_words_and_never_taken_for_another_meetings(a_few: list[Made]) -> None:
    hold(measured(a_few))


def test_without_the_day_another_meetings_paper_would_be_taken(
    a_few: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: words alone do not tell two meetings' papers apart."""
    monkeypatch.setattr("pipeline.revise.recognise._forms", lambda _: ("",))
    assert score([each for each in a_few if each.kind == "no draft of its meeting known"]).wrong


@pytest.mark.deep
def test_many_copies_are_known_by_their_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = measured(all_kinds(tmp_path, range(1000, 1040), libreoffice=True))
    with capsys.disabled():
        for kind, found in scores.items():
            print(f"\n{kind:32}{found.least:6.2f}{found.greatest:6.2f}", *found[2:], end="")
    hold(scores)
