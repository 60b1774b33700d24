"""A session at a real word processor's keyboard, then the next draft."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.revise import Revision
from tests.revise import resolve
from tests.revise.board import FEBRUARY, JANUARY
from tests.revise.libreoffice import typed_by_hand
from tests.revise.papers import paper
from tests.revise.spots import redraft

pytestmark = [pytest.mark.libreoffice, pytest.mark.deep]

EDITS = (
    ("replace", "This report tells", "have come", "have got"),
    ("retype", "The cost to date", "Finance has no comment to make."),
    ("append", "Of the 31 actions", " Members asked for more detail."),
    ("enter after", "Progress is reviewed", "A paragraph typed after by an officer."),
    ("enter before", "A workshop for members", "A paragraph typed before by an officer."),
    ("bold", "A workshop for members", "town hall"),
    ("retype", "March 2017", "Slipped"),
    ("retype", "April 2017", "5 April 2017"),
    ("split", "The Council must keep", "There are no other"),
    ("delete", "To note the progress"),
)


@cache
def session() -> tuple[bytes, Revision]:
    edited = typed_by_hand(paper(JANUARY), EDITS)
    return edited, redraft(edited, paper(FEBRUARY))


def texts() -> list[str]:
    return resolve.flat(resolve.accepted(session()[1].content))


def action(key: str) -> list[str]:
    return [o.action for o in session()[1].outcomes if o.key == key]


def test_what_was_typed_stays() -> None:
    found = texts()
    assert any("the improvement plan have got" in text for text in found)
    assert "A paragraph typed after by an officer." in found
    following = found[found.index("A paragraph typed before by an officer.") + 1]
    assert following.startswith("A workshop for members was held")
    assert "5 April 2017" in found
    assert "There are no other legal implications." in found


def test_what_was_retyped_where_the_facts_moved_is_kept_with_a_comment() -> None:
    assert "Finance has no comment to make." in texts()
    assert "Slipped" in texts()
    comments = resolve.comments(session()[1].content)
    assert any("£118,500" in comment and "finance.docx" in comment for comment in comments)
    assert any("May 2017" in comment for comment in comments)


def test_new_facts_elsewhere_in_an_edited_paragraph_are_offered() -> None:
    (text,) = [text for text in texts() if text.startswith("Of the 31 actions")]
    assert "27 are complete" in text
    assert text.endswith("Members asked for more detail.")
    assert action("progress") == ["offered"]


def test_what_was_deleted_stays_deleted() -> None:
    assert not any(text.startswith("To note the progress") for text in texts())
    assert action("rec-note") == ["gone"]


def test_bold_stays_where_the_words_around_it_were_updated() -> None:
    body = resolve.document(session()[1].content)
    bold = [r for r in body.iter(f"{resolve.W}r") if r.find(f"{resolve.W}rPr/{resolve.W}b") is not None]
    assert "town hall" in "".join(t.text or "" for r in bold for t in r.iter(f"{resolve.W}t"))


def test_the_rest_is_as_in_the_new_paper_and_references_follow() -> None:
    found = texts()
    assert "Results of the survey of residents" in found
    assert any("should be read with the letter in Appendix 2." in text for text in found)
    assert "Review the polling stations" in found
    assert "Agree the new grants policy" not in found


def test_drafting_once_more_changes_nothing() -> None:
    content = session()[1].content
    assert redraft(content, paper(FEBRUARY)).content == content
