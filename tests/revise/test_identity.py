"""A correction that gives a block another name leaves it the same block: what people did to it stands, once.

Each kind of correction meets each thing that people do; the right value is stated for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pytest
from docx.oxml import parse_xml

from pipeline.blocks import mark_name
from pipeline.problems import Place
from pipeline.revise import Revision, Terms, annotated, open_paper, revised, settled_by
from pipeline.store import Act, sha256_of
from pipeline.word import ROW, TEXT, Element, make, paragraphs, qn, seen
from tests.revise import resolve
from tests.revise.papers import Para, Tab, W, paper
from tests.revise.spots import AUTHOR, WHEN, redraft, typed

Blocks = Sequence[Para | Tab]
NOTE, WORD = "Is this right?", "certainly"
TITLE = Para("template/1-report", "Report on the plan", "Title")
HEADING = Para("template/2-background", "Background", "Heading 1")
OTHER = Para("background/plan", "The plan was agreed in autumn and goes on.")
OTHER_EDITED = "The plan was agreed in late autumn and goes on."
LAST = Para("background/end", "The board meets again when spring is near.")
HEAD = ("Ref", "Task", "Lead", "Due")


def at(row: int, sheet: str = "Actions") -> tuple[Place, ...]:
    return (Place("tracker.xlsx", sheet, f"C{row}"),)


def said(*more: Para | Tab) -> Blocks:
    return [TITLE, HEADING, OTHER, *more, LAST]


def one(key: str, text: str, row: int = 3) -> Para:
    return Para(key, text, sources=at(row))


def tasks(rows: Mapping[str, tuple[str, ...]], key: str = "tasks", head: tuple[str, ...] = HEAD) -> Tab:
    return Tab(key, head, rows, at(7))


FIRST = ("T-1", "Agree the policy for grants", "Finance", "March")
SECOND = ("T-2", "Recruit a head of communications", "Director", "April")
THIRD = ("T-3", "Train the presiding officers", "Elections", "May")
ROWS = {"T-1": FIRST, "T-2": SECOND, "T-3": THIRD}
SURVEY = "A survey of residents was carried out in the autumn and is summarised below."
WORKSHOP = "A workshop for members is arranged for 3 May at the town hall."
MOVED = "A workshop for members is arranged for 9 May at the town hall."
COST = "The cost to date is £112,000 and is met from existing budgets."
RISK = "There is a risk that the costs of agency staff go on into the new year."


@dataclass(frozen=True)
class Correction:
    """What is corrected in the files: the paper before and after, and the text that people work on, before and after.
    `moved` is what it changes in that text.
    """

    before: Blocks
    after: Blocks
    old: str
    new: str


PARAGRAPHS = {
    "Name": Correction(
        said(one("background/survey", SURVEY)), said(one("background/residents", SURVEY)), SURVEY, SURVEY
    ),
    "Name and figure": Correction(
        said(one("background/cost", COST)),
        said(one("background/spending", COST.replace("112", "118"))),
        COST,
        COST.replace("112", "118"),
    ),
    "date": Correction(
        said(one("background/workshop/3 May", WORKSHOP)), said(one("background/workshop/9 May", MOVED)), WORKSHOP, MOVED
    ),
    "title": Correction(
        said(one("background/survey", SURVEY)),
        said(one("background/survey", SURVEY.replace("residents", "households"))),
        SURVEY,
        SURVEY.replace("residents", "households"),
    ),
    "order": Correction(
        said(one("background/survey", SURVEY), one("background/cost", COST)),
        said(one("background/cost", COST), one("background/survey", SURVEY)),
        SURVEY,
        SURVEY,
    ),
    "paragraph put in front": Correction(
        said(Para("finance/1", COST), Para("finance/2", RISK)),
        said(Para("finance/1", "The chief finance officer has read this report."), *map(Para, *zip(
            ("finance/2", COST), ("finance/3", RISK), strict=True,
        ))),
        COST,
        COST,
    ),
    "paragraph put in front, and a figure": Correction(
        said(Para("finance/1", COST), Para("finance/2", RISK)),
        said(
            Para("finance/1", "The chief finance officer has read this report."),
            Para("finance/2", COST.replace("112", "118")),
            Para("finance/3", RISK),
        ),
        COST,
        COST.replace("112", "118"),
    ),
    "first paragraph taken out": Correction(
        said(Para("finance/1", RISK), Para("finance/2", COST)), said(Para("finance/1", COST)), COST, COST
    ),
    "section": Correction(
        said(one("background/survey", SURVEY), one("background/cost", COST)),
        [
            TITLE,
            Para("template/2-context", "Context", "Heading 1"),
            Para("context/plan", OTHER.text),
            one("context/survey", SURVEY),
            one("context/cost", COST),
            Para("context/end", LAST.text),
        ],
        SURVEY,
        SURVEY,
    ),
    "template": Correction(
        said(Para("template/3-note", SURVEY)),
        [
            Para("template/1-new", "Not for publication before the meeting", "Title"),
            Para("template/2-report", TITLE.text, "Title"),
            Para("template/3-background", HEADING.text, "Heading 1"),
            OTHER,
            Para("template/4-notes-on-this", SURVEY),
            LAST,
        ],
        SURVEY,
        SURVEY,
    ),
}  # fmt: skip

REF = ("T-02", *SECOND[1:])
LATE = ("T-02", *SECOND[1:3], "June")
TABLES = {
    "Ref": Correction(said(tasks(ROWS)), said(tasks({"T-1": FIRST, "T-02": REF, "T-3": THIRD})), SECOND[1], SECOND[1]),
    "Ref and date": Correction(
        said(tasks(ROWS)), said(tasks({"T-1": FIRST, "T-02": LATE, "T-3": THIRD})), SECOND[1], SECOND[1]
    ),
    "title": Correction(
        said(tasks(ROWS)),
        said(tasks({**ROWS, "T-2": ("T-2", "Recruit a chief of communications", *SECOND[2:])})),
        SECOND[1],
        "Recruit a chief of communications",
    ),
    "order": Correction(
        said(tasks(ROWS)), said(tasks({"T-3": THIRD, "T-2": SECOND, "T-1": FIRST})), SECOND[1], SECOND[1]
    ),
    "Name of the table": Correction(said(tasks(ROWS)), said(tasks(ROWS, "work")), SECOND[1], SECOND[1]),
    "every Ref": Correction(
        said(tasks(ROWS)),
        said(tasks({key.replace("T", "BV"): (key.replace("T", "BV"), *row[1:]) for key, row in ROWS.items()})),
        SECOND[1],
        SECOND[1],
    ),
}

CASES = [
    pytest.param(correction, is_row, id=f"{'row' if is_row else 'paragraph'}: {name}")
    for is_row, found in ((False, PARAGRAPHS), (True, TABLES))
    for name, correction in found.items()
]
every_correction = pytest.mark.parametrize(("correction", "is_row"), CASES)


def worked_on(content: bytes, text: str, edit: Callable[[Element], None] | None) -> bytes:
    """The draft in which somebody typed elsewhere, and did this to the paragraph of that text, or in its row."""
    opened = open_paper(content, "the draft")
    there = {seen(each).text: each for each in paragraphs(opened.body)}
    there |= {seen(each).text: each for row in opened.body.iter(ROW) for each in row.iter(qn("w:p"))}
    typed(OTHER_EDITED)(there[OTHER.text])
    if edit:
        edit(there[text])
    return opened.content()


def with_word(text: str) -> str:
    """The text as somebody edited it: one word at its end, far from what is corrected."""
    return f"{text} {WORD}" if not text.endswith(".") else f"{text[:-1]} {WORD}."


def removed(is_row: bool) -> Callable[[Element], None]:
    def edit(paragraph: Element) -> None:
        unit = next(paragraph.iterancestors(ROW)) if is_row else paragraph
        unit.getparent().remove(unit)  # type: ignore[union-attr]

    return edit


def tracked(paragraph: Element) -> None:
    change = make("w:ins", id=900, author="An officer", date="2017-01-20T09:00:00Z")
    change.append(make("w:r"))
    text = make("w:t")
    text.text = f" {WORD}"
    change[0].append(text)
    list(paragraph.iter(TEXT))[-1].getparent().addnext(change)  # type: ignore[union-attr]


def read(content: bytes) -> list[object]:
    """What a reader sees once all is accepted, a table as its rows."""
    return resolve.accepted(content)


def expected(correction: Correction, text: str | None) -> list[object]:
    """The new paper with what somebody typed elsewhere, and this in place of the text that was worked on; None: it is
    not there, nor its row.
    """

    def put(part: object) -> object:
        if isinstance(part, tuple):
            kept = [each for each in part if text is not None or correction.new not in resolve.flat(each)]
            return tuple(map(put, kept))
        return {OTHER.text: OTHER_EDITED, correction.new: text}.get(part, part)  # type: ignore[arg-type, call-overload]

    found = [put(part) for part in resolve.accepted(paper(correction.after))]
    return [part for part in found if part is not None]


def again(revision: Revision, correction: Correction) -> None:
    """The same files once more change nothing."""
    assert redraft(revision.content, paper(correction.after)).content == revision.content


@every_correction
def test_what_nobody_touched_stands_once_as_the_files_have_it_now(correction: Correction, is_row: bool) -> None:
    revision = redraft(worked_on(paper(correction.before), correction.old, None), paper(correction.after))
    assert read(revision.content) == expected(correction, correction.new)
    assert revision.differences == ()
    again(revision, correction)


@every_correction
def test_an_edit_stands_once_with_the_correction_offered_in_it(correction: Correction, is_row: bool) -> None:
    edit = typed(with_word(correction.old))
    revision = redraft(worked_on(paper(correction.before), correction.old, edit), paper(correction.after))
    assert read(revision.content) == expected(correction, with_word(correction.new))
    assert revision.differences == ()
    again(revision, correction)


@every_correction
def test_what_was_deleted_stays_out(correction: Correction, is_row: bool) -> None:
    officer = worked_on(paper(correction.before), correction.old, removed(is_row))
    revision = redraft(officer, paper(correction.after))
    assert read(revision.content) == expected(correction, None)
    assert revision.differences == ()
    again(revision, correction)


@every_correction
def test_a_comment_stays_on_it(correction: Correction, is_row: bool) -> None:
    draft = paper(correction.before)
    opened = open_paper(worked_on(draft, correction.old, None), "x")
    key = next(key for key, texts in _texts(correction.before).items() if correction.old in texts)
    officer = annotated(opened.content(), {key: NOTE}, when=WHEN, author="An officer")
    revision = redraft(officer, paper(correction.after))
    assert read(revision.content) == expected(correction, correction.new)
    assert resolve.comments(revision.content) == [NOTE]
    body = open_paper(revision.content, "x").body
    (held,) = [p for p in body.iter(qn("w:p")) if next(p.iter(qn("w:commentReference")), None) is not None]
    row = next(held.iterancestors(ROW), held)
    assert correction.new in [seen(each).text for each in row.iter(qn("w:p"))]
    again(revision, correction)


def _texts(blocks: Blocks) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for block in blocks:
        if isinstance(block, Para):
            found[block.key] = (block.text,)
        else:
            found |= {f"{block.key}/{key}": row for key, row in block.rows.items()}
    return found


@every_correction
def test_where_a_tracked_change_waits_it_stands_and_a_person_is_asked(correction: Correction, is_row: bool) -> None:
    revision = redraft(worked_on(paper(correction.before), correction.old, tracked), paper(correction.after))
    assert read(revision.content) == expected(correction, f"{correction.old} {WORD}")
    assert [each.reason for each in revision.differences] == ["tracked changes"] * (correction.old != correction.new)
    again(revision, correction)


# What is not sure: another record may be told of in the same sentence.

WORKSHOPS = "A workshop for members is arranged for {} at the {}."
OF_MAY = [one(f"background/workshop/{day}", WORKSHOPS.format(day, "town hall")) for day in ("3 May", "4 May")]
OF_JUNE = [one(f"background/workshop/{day}", WORKSHOPS.format(day, "library"), row=9) for day in ("9 June", "10 June")]
ANOTHER = (said(OF_MAY[0]), said(OF_JUNE[0]))
SEVERAL = (said(*OF_MAY), said(*OF_JUNE))
not_sure = pytest.mark.parametrize(
    ("before", "after"), [ANOTHER, SEVERAL], ids=["another row of the sheet", "two that went and two that came"]
)


@not_sure
def test_what_nobody_touched_goes_and_what_is_like_it_comes(before: Blocks, after: Blocks) -> None:
    revision = redraft(worked_on(paper(before), OF_MAY[0].text, None), paper(after))
    assert resolve.flat(read(revision.content)) == lines(after, {OTHER.text: OTHER_EDITED})
    assert revision.differences == ()


@not_sure
def test_where_somebody_edited_a_person_is_asked_and_sees_both_texts(before: Blocks, after: Blocks) -> None:
    edited = with_word(OF_MAY[0].text)
    draft = worked_on(paper(before), OF_MAY[0].text, typed(edited))
    revision = redraft(draft, paper(after))
    (difference,) = revision.differences
    assert (difference.there, difference.now) == (edited, OF_JUNE[0].text)
    assert difference.reason == "alike"
    there = resolve.flat(read(revision.content))
    assert there == lines(after, {OTHER.text: OTHER_EDITED, OF_JUNE[0].text: edited})
    assert redraft(revision.content, paper(after)).content == revision.content
    assert [each.sign for each in redraft(revision.content, paper(after)).differences] == [difference.sign]


@not_sure
def test_where_somebody_deleted_a_person_is_asked_and_nothing_comes_back(before: Blocks, after: Blocks) -> None:
    draft = worked_on(paper(before), OF_MAY[0].text, removed(is_row=False))
    revision = redraft(draft, paper(after))
    (difference,) = revision.differences
    assert (difference.before, difference.there, difference.now) == ((OF_MAY[0].text,), "", OF_JUNE[0].text)
    assert resolve.flat(read(revision.content)) == lines(after, {OTHER.text: OTHER_EDITED}, without=OF_JUNE[0].text)
    twice = redraft(revision.content, paper(after))
    assert twice.content == revision.content
    assert [each.sign for each in twice.differences] == [difference.sign]


def lines(blocks: Blocks, put: Mapping[str, str], without: str = "") -> list[str]:
    return [put.get(text, text) for text in resolve.flat(resolve.accepted(paper(blocks))) if text != without]


@pytest.mark.parametrize("deleted", [True, False])
@pytest.mark.parametrize("way", ["keep", "take"])
def test_a_person_who_was_asked_has_the_last_word(way: Literal["keep", "take"], deleted: bool) -> None:
    before, after = ANOTHER
    words = with_word(OF_MAY[0].text)
    edit = removed(is_row=False) if deleted else typed(words)
    asked = redraft(worked_on(paper(before), OF_MAY[0].text, edit), paper(after))
    (difference,) = asked.differences
    content = asked.content
    digest = sha256_of(content)
    act = Act(what=way, by="J", at="", draft=2, draft_sha256=digest, facts=difference.facts, words=difference.words)
    terms = Terms(WHEN, AUTHOR, settled=settled_by([act], digest))
    done = revised(content, paper(after), None, terms)
    stands = OF_JUNE[0].text if way == "take" else None if deleted else words
    there = [text for text in resolve.flat(read(done.content)) if "workshop" in text]
    assert there == ([stands] if stands else [])
    assert done.differences == ()
    later = Terms(WHEN, AUTHOR, settled=settled_by([act], ""))
    assert revised(done.content, paper(after), None, later).differences == ()


# What points at a block goes with it.

LETTER = "Letter of the Mayor to the department, with the answers that it asked for"
REFERS = "See what the department was told: "
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def pointing(content: bytes, key: str) -> bytes:
    """A draft in which somebody refers to a block of that key, in the ways that Word has."""
    opened, mark = open_paper(content, "x"), mark_name(key)
    fields = "".join(FIELD.format(code) for code in (f"REF {mark} \\r \\h", f"PAGEREF {mark} \\h"))
    link = f'<w:hyperlink w:anchor="{mark}"><w:r><w:t>{REFERS}</w:t></w:r></w:hyperlink>'
    next(paragraphs(opened.body)).addnext(parse_xml(f'<w:p xmlns:w="{W}">{fields}{link}</w:p>'))
    return opened.content()


def pointed_at(content: bytes) -> list[str]:
    """The texts of the paragraphs that those references lead to; blank where one leads nowhere."""
    body = open_paper(content, "x").body
    places = {start.get(qn("w:name")): start.getparent() for start in body.iter(qn("w:bookmarkStart"))}
    names = [re.findall(r"_cp_\w+", code.text or "") for code in body.iter(qn("w:instrText"))]
    marks = [*chain.from_iterable(names), *(link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")))]
    return [seen(there).text if (there := places.get(mark)) is not None else "" for mark in marks]


@pytest.mark.parametrize("typed_in", [True, False])
def test_references_of_an_officers_own_lead_to_a_block_under_its_new_name(typed_in: bool) -> None:
    draft = pointing(paper(said(one("appendix/COR-1", LETTER))), "appendix/COR-1")
    draft = worked_on(draft, LETTER, typed(with_word(LETTER)) if typed_in else None)
    revision = redraft(draft, paper(said(one("appendix/COR-001", LETTER))))
    there = with_word(LETTER) if typed_in else LETTER
    assert pointed_at(revision.content) == [there] * 3


def test_the_test_would_see_a_reference_that_leads_nowhere() -> None:
    draft = pointing(paper(said(one("appendix/COR-1", LETTER))), "appendix/COR-2")
    assert pointed_at(draft) == [""] * 3
