"""What people typed into the last meeting's paper is asked about once when the next one is made: it goes on in it, or
it stays behind, on record. Nothing of it is dropped without a word.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
from pathlib import Path

import pytest
from docx import Document

from pipeline import office as functions
from pipeline.office import Carried, Order
from pipeline.problems import PaperError, Problem
from pipeline.revise import Paper, open_paper
from pipeline.store import acts_on_record
from pipeline.word import PARAGRAPH, ROW, RUN, TEXT, Element, qn, seen
from tests import hands
from tests.office import Office, asked, build, check
from tests.publish.papers import png
from tests.validators import problems_of

JANUARY, FEBRUARY = "2017-01-23", "2017-02-27"
VISIT = "The Chair visits the depot in March."
ABOVE = "This report tells the Board"
WAS, OWN = "how far the Council has come", "how very far the Council has come"
LAST_ROW, NEW_ROW = "Clear up Team work completed", "Depot opened | on time | May 2017"


def january(desk: Office) -> Order:
    return desk.order(JANUARY, now=dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC))


def february(desk: Office) -> Order:
    return desk.order(FEBRUARY, now=dt.datetime(2017, 2, 16, 9, tzinfo=dt.UTC))


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [each.message for each in problems if each.code == "C175"]


def settle(desk: Office, **which: list[str]) -> Carried:
    return functions.carry(desk.report, by="Ann Lee", **which, **asked(february(desk)))


def comments_in(paper: Paper) -> list[Element]:
    tree = paper.tree("comments")
    return [] if tree is None else list(tree)


def words_in(comment: Element) -> str:
    return "".join(seen(each).text for each in comment.iter(PARAGRAPH))


def put_below(path: Path, words: str, *texts: str) -> None:
    """Somebody types a paragraph, or a row of these texts, below one that stands there."""

    def change(paper: Paper) -> None:
        there = hands.place(paper, words)
        twin = copy.deepcopy(there)
        for mark in [*twin.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        paragraphs = [*twin.iter(PARAGRAPH)] if there.tag == ROW else [twin]
        for paragraph, text in zip(paragraphs, texts, strict=True):
            first, *others = paragraph.iter(RUN)
            first.find(TEXT).text = text  # type: ignore[union-attr]
            for other in others:
                other.getparent().remove(other)  # type: ignore[union-attr]
        there.addnext(twin)

    hands.changed(path, change)


def says(path: Path) -> list[str]:
    return hands.says(path).split("\n")


@pytest.fixture
def typed(desk: Office) -> Office:
    """January's paper, in which somebody typed a paragraph of their own, words in one of the program's, and a row."""
    path = build(january(desk)).path
    put_below(path, ABOVE, VISIT)
    hands.typed(path, WAS, OWN)
    put_below(path, LAST_ROW, *NEW_ROW.split(" | "))
    return desk


def test_each_passage_of_the_last_paper_is_asked_about_and_the_build_goes_on(typed: Office) -> None:
    built = build(february(typed))
    assert built.number == 1
    assert not built.unsettled
    edited, own, row = told(built.problems)
    assert edited.startswith("Somebody had typed “This report tells the Board how very far the Council has come with")
    assert edited.endswith("…” into a passage of the paper of 23 January 2017, and this one does not say so.")
    assert own == f"“{VISIT}” was typed into the paper of 23 January 2017, and is not in this one."
    assert row == f"“{NEW_ROW}” was typed into the paper of 23 January 2017, and is not in this one."
    assert VISIT not in says(built.path)
    assert told(check(february(typed))) == [edited, own, row]


def test_what_is_carried_stands_where_it_stood_and_is_not_asked_again(typed: Office) -> None:
    build(february(typed))
    done = settle(typed, carry=["all"])
    text = says(done.path)
    assert (done.number, done.asked) == (2, ())
    assert text[text.index(VISIT) - 1].startswith("This report tells the Board how very far the Council has come")
    depot = text.index("Depot opened")
    assert text[depot - 2 : depot + 3] == [LAST_ROW, "March 2017", "Depot opened", "on time", "May 2017"]
    assert problems_of(done.path.read_bytes()) == []
    again = build(february(typed))
    assert (again.action, told(again.problems)) == ("unchanged", [])
    on_record = [(act.what, act.by, act.words[0]) for act in acts_on_record(done.path.parent)]
    assert [each[:2] for each in on_record] == [("carry", "Ann Lee")] * 3


def test_a_comment_that_nobody_settled_is_asked_about_and_carried_with_its_author(desk: Office) -> None:
    path = build(january(desk)).path
    hands.commented(path, ABOVE, "Is the date right?", "J Smith")
    built = build(february(desk))
    assert told(built.problems) == [
        "In a comment on the paper of 23 January 2017 “J Smith” said “Is the date right?”, and nobody settled it."
    ]
    done = settle(desk, carry=["1"])
    paper = open_paper(done.path.read_bytes(), done.path.name)
    (comment,) = comments_in(paper)
    assert (comment.get(qn("w:author")), words_in(comment)) == ("J Smith", "Is the date right?")
    (mark,) = paper.body.iter(qn("w:commentReference"))
    assert "how far the Council has come" in seen(next(mark.iterancestors(PARAGRAPH))).text
    assert problems_of(done.path.read_bytes()) == []
    assert told(build(february(desk)).problems) == []


def test_a_paragraph_comes_with_its_picture_its_note_and_what_was_said_of_it(typed: Office) -> None:
    (path,) = (typed.folder / "outputs" / typed.report / JANUARY).glob("*.docx")
    document = Document(str(path))
    paragraph = next(each for each in document.paragraphs if each.text == VISIT)
    picture = paragraph.add_run().add_picture(io.BytesIO(png()))
    picture._inline.docPr.set("descr", "The depot")
    document.save(str(path))
    hands.commented(path, VISIT, "By bus?", "J Smith")
    build(february(typed))
    done = settle(typed, carry=["2"], leave=["1", "3"])
    paper = open_paper(done.path.read_bytes(), done.path.name)
    (drawing,) = paper.body.iter(qn("w:drawing"))
    assert VISIT in seen(next(drawing.iterancestors(PARAGRAPH))).text
    assert [words_in(each) for each in comments_in(paper)] == ["By bus?"]
    assert [name for name in paper.parts if name.startswith("word/media/")] != []
    assert problems_of(done.path.read_bytes()) == []


def test_what_is_left_stays_behind_for_good(typed: Office) -> None:
    build(february(typed))
    done = settle(typed, leave=["1", "2"])
    assert told(done.asked) == [f"“{NEW_ROW}” was typed into the paper of 23 January 2017, and is not in this one."]
    again = build(february(typed))
    assert told(again.problems) == told(done.asked)
    assert VISIT not in says(again.path)
    assert WAS in hands.says(again.path)


def test_what_somebody_typed_again_or_nobody_typed_is_not_asked(typed: Office) -> None:
    path = build(february(typed)).path
    put_below(path, ABOVE, VISIT)
    assert VISIT not in " ".join(told(build(february(typed)).problems))
    assert told(build(january(typed)).problems) == []


def test_words_on_a_fact_that_moved_are_carried_as_somebodys_own(typed: Office) -> None:
    typed.put("calendar.xlsx", "Directions", A2=dt.datetime(2014, 12, 18))
    build(february(typed))
    done = settle(typed, carry=["1"], leave=["2", "3"])
    assert OWN in hands.says(done.path)
    assert "18 December 2014" in hands.says(done.path)
    typed.put("calendar.xlsx", "Directions", A2=dt.datetime(2014, 12, 19))
    after = build(february(typed))
    assert OWN in hands.says(after.path)
    assert "19 December 2014" in hands.says(after.path)


def test_words_on_the_very_fact_that_moved_are_not_carried_over_it(desk: Office) -> None:
    hands.typed(build(january(desk)).path, "dated 17 December 2014", "dated about 17 December 2014")
    desk.put("calendar.xlsx", "Directions", A2=dt.datetime(2014, 12, 18))
    path = build(february(desk)).path
    with pytest.raises(PaperError) as refused:
        settle(desk, carry=["1"])
    assert [each.code for each in refused.value.problems] == ["C173"]
    assert "18 December 2014" in hands.says(path)
    assert [*acts_on_record(path.parent)] == []


def test_what_may_not_be_public_by_now_is_neither_quoted_nor_carried(typed: Office) -> None:
    secret = "The sale of Poplar Baths to Acme Holdings Limited"
    (path,) = (typed.folder / "outputs" / typed.report / JANUARY).glob("*.docx")
    put_below(path, VISIT, f"{secret} goes on.")
    typed.put("tracker.xlsx", "Actions", C9=secret, K5="Exempt (Sch 12A para)", K9="3")
    built = build(february(typed))
    assert len(told(built.problems)) == 3
    assert "Acme" not in " ".join(told(built.problems))


@pytest.mark.parametrize("which", [{"carry": ["4"]}, {"leave": ["0"]}, {"carry": ["1"], "leave": ["all"]}])
def test_a_number_that_there_is_not_is_refused_and_nothing_put_on_record(
    typed: Office, which: dict[str, list[str]]
) -> None:
    path = build(february(typed)).path
    with pytest.raises(PaperError) as refused:
        settle(typed, **which)
    assert [each.code for each in refused.value.problems] == ["F143"]
    assert [*acts_on_record(path.parent)] == []


def test_settle_lists_them_with_the_commands(typed: Office) -> None:
    build(february(typed))
    listed = functions.settle(typed.report, **asked(february(typed)))
    assert (listed.code, len(listed.typed)) == (0, 3)
    assert listed.typed[1].cure == (
        "Say whether it goes on, with: committee-papers settle best-value-board --meeting 2017-02-27 --carry 2, "
        "or --leave 2"
    )
