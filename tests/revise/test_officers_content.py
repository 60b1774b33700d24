"""What an officer puts in by other means than typing into a paragraph counts as theirs too."""

from __future__ import annotations

import copy

import pytest

from pipeline.problems import PaperError
from pipeline.revise import annotated, open_paper, prove_draft
from pipeline.word import PARAGRAPH, RUN, TABLE, TEXT, Element, make, qn, seen
from tests.revise import resolve
from tests.revise.papers import run
from tests.revise.spots import AUTHOR, SPOTS, WHEN, A, B, C, edited, redraft, typed

PARA, RECOMMENDATION, APPENDIX, ROW = SPOTS


def texts(content: bytes) -> list[str]:
    return resolve.flat(resolve.accepted(content))


def wrapped(name: str, *, content: bool = False) -> object:
    def edit(paragraph: Element) -> None:
        first = paragraph.find(RUN)
        assert first is not None
        outer = make(name)
        first.addprevious(outer)
        inner = outer
        if content:
            outer.append(make("w:sdtPr"))
            inner = make("w:sdtContent")
            outer.append(inner)
        inner.append(first)

    return edit


@pytest.mark.parametrize("control", [False, True], ids=["hyperlink", "content control"])
def test_words_inside_a_link_or_a_control_are_updated_there(control: bool) -> None:
    edit = wrapped("w:sdt", content=True) if control else wrapped("w:hyperlink")
    revision = redraft(edited(PARA.make(A), edit), PARA.make(B))
    assert texts(revision.content) == texts(PARA.make(B))
    name = "w:sdt" if control else "w:hyperlink"
    (around,) = open_paper(revision.content, "x").body.iter(qn(name))
    assert "27" in "".join(t.text or "" for t in around.iter(TEXT))


def test_a_block_inside_a_control_around_it_is_updated() -> None:
    def edit(paragraph: Element) -> None:
        outer, inner = make("w:sdt"), make("w:sdtContent")
        paragraph.addprevious(outer)
        outer.append(inner)
        inner.append(paragraph)

    revision = redraft(edited(PARA.make(A), edit), PARA.make(B))
    assert texts(revision.content) == texts(PARA.make(B))


def test_a_text_box_and_a_paragraph_in_it_stay() -> None:
    def edit(paragraph: Element) -> None:
        box = make("w:txbxContent")
        inner = make("w:p")
        inner.append(run("Members asked for a map."))
        box.append(inner)
        holder = make("w:r")
        picture = make("w:pict")
        holder.append(picture)
        picture.append(box)
        paragraph.append(holder)

    revision = redraft(edited(PARA.make(A), edit), PARA.make(B))
    body = open_paper(revision.content, "x").body
    assert "Members asked for a map." in [seen(p).text for p in body.iter(PARAGRAPH)]
    assert B in [seen(p).text for p in body.iter(PARAGRAPH)]


def test_an_unedited_paragraph_that_an_officer_commented_on_is_not_taken_out() -> None:
    commented = annotated(PARA.make(A), {"progress": "Is this right?"}, when=WHEN, author="An officer")
    revision = redraft(commented, PARA.make(None))
    assert A in texts(revision.content)
    assert resolve.comments(revision.content)[0] == "Is this right?"


def test_an_officers_own_field_is_never_cut() -> None:
    def edit(paragraph: Element) -> None:
        first = paragraph.find(RUN)
        assert first is not None
        before, after = A.split("24", 1)
        first[-1].text = before
        field = make("w:fldSimple", instr=" DOCPROPERTY done ")
        field.append(run("24"))
        first.addnext(run(after))
        first.addnext(field)

    officer = edited(PARA.make(A), edit)
    revision = redraft(officer, PARA.make(B))
    assert texts(revision.content) == texts(officer)
    assert [o.action for o in revision.outcomes if o.key == "progress"] == ["conflict"]


def test_a_column_taken_out_by_the_officer_leaves_the_table_with_one_comment() -> None:
    def edit(paragraph: Element) -> None:
        table = next(paragraph.iterancestors(TABLE))
        for row in table.iter(qn("w:tr")):
            row.remove(row[-1])

    officer = edited(ROW.make(A), edit)
    revision = redraft(officer, ROW.make(B))
    assert texts(revision.content) == texts(officer)
    (comment,) = resolve.comments(revision.content)
    assert B in comment
    assert "tracker.xlsx, sheet Actions, cell G11" in comment


def test_a_paragraph_split_in_two_keeps_both_halves_and_gets_a_comment() -> None:
    def edit(paragraph: Element) -> None:
        text = next(paragraph.iter(TEXT))
        first, second = A.split(" Officers", 1)
        text.text = first
        other = make("w:p")
        other.append(run("Officers" + second))
        paragraph.addnext(other)

    revision = redraft(edited(PARA.make(A), edit), PARA.make(B))
    (comment,) = resolve.comments(revision.content)
    assert B in comment
    assert "split" in comment


def test_a_row_added_by_the_officer_stays_where_it_is() -> None:
    def edit(paragraph: Element) -> None:
        row = ROW.unit(paragraph)
        twin = copy.deepcopy(row)
        for text in twin.iter(TEXT):
            text.text = "Ours to watch"
        row.addprevious(twin)

    officer = edited(ROW.make(A), edit)
    revision = redraft(officer, ROW.make(B), ROW.base(A))
    assert texts(revision.content) == [B if text == A else text for text in texts(officer)]


def test_a_reference_does_not_take_the_number_of_a_heading_that_its_appendix_was_joined_to() -> None:
    def join(paragraph: Element) -> None:
        heading = paragraph.getprevious()
        assert heading is not None
        heading.extend([child for child in paragraph if child.tag != qn("w:pPr")])
        paragraph.getparent().remove(paragraph)

    officer = edited(PARA.make(A), join, text="The plan as it was agreed")
    revision = redraft(officer, PARA.make(B))
    assert "The plan was agreed in autumn and is described in Appendix 1." in texts(revision.content)


def test_a_title_that_nobody_edited_follows_the_new_draft() -> None:
    from tests.revise.papers import paper

    old = paper(PARA.blocks(A), "Report of January")
    new = paper(PARA.blocks(B), "Report of February")
    assert b"Report of February" in open_paper(redraft(old, new).content, "x").parts["docProps/core.xml"]
    own = open_paper(old, "x")
    own.parts["docProps/core.xml"] = own.parts["docProps/core.xml"].replace(b"Report of January", b"My report")
    assert b"My report" in open_paper(redraft(own.content(), new).content, "x").parts["docProps/core.xml"]


def test_the_same_comment_is_not_made_twice() -> None:
    once = annotated(PARA.make(A), {"progress": "From Actions!G11."}, when=WHEN, author=AUTHOR)
    twice = annotated(once, {"progress": "From Actions!G11."}, when=WHEN, author=AUTHOR)
    assert once != PARA.make(A)
    assert twice == once
    assert resolve.comments(once) == ["From Actions!G11."]


def test_comments_stand_on_rows_too() -> None:
    content = annotated(ROW.make(A), {"tasks/T-2": "From Actions!G11."}, when=WHEN, author=AUTHOR)
    rows = open_paper(content, "x").body.iter(qn("w:tr"))
    row = next(row for row in rows if A in "".join(text.text or "" for text in row.iter(TEXT)))
    assert next(row.iter(qn("w:commentReference")), None) is not None


def test_a_draft_that_lost_a_word_is_refused_and_the_word_is_named() -> None:
    officer = edited(PARA.make(A), typed(C))
    with pytest.raises(PaperError, match="25 are complete") as caught:
        prove_draft(open_paper(officer, "x"), PARA.make(B), PARA.base(A).blocks, (), "the draft")
    assert {problem.code for problem in caught.value.problems} == {"R103"}


def test_a_draft_with_two_marks_of_one_name_is_refused() -> None:
    opened = open_paper(PARA.make(A), "x")
    start = next(opened.body.iter(qn("w:bookmarkStart")))
    twin = copy.deepcopy(start)
    twin.set(qn("w:id"), "999")
    start.addnext(twin)
    with pytest.raises(PaperError) as caught:
        prove_draft(open_paper(PARA.make(A), "x"), opened.content(), PARA.base(A).blocks, (), "the draft")
    assert {problem.code for problem in caught.value.problems} == {"R104"}
