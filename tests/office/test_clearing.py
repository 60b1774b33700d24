"""Clearance is of exact words: what the draft says in a section that a service sent is what its file says, or nothing
is published, and it is said how to put it right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from pipeline.office import settle
from pipeline.problems import Level, PaperError, Problem
from tests import hands
from tests.office import Office, asked, check, publish

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
SENT = "makes the Council a best value authority"
LAST = "Whatever the Council does under the Directions"
TYPED = "makes the Council no best value authority"


def order(desk: Office) -> Any:
    return desk.order(MEETING, now=NOW, as_at=NOW.date())


def drafted(desk: Office) -> Path:
    return desk.build(MEETING, now=NOW, as_at=NOW.date()).path


def told(desk: Office) -> list[Problem]:
    return [problem for problem in check(order(desk)) if problem.code == "C210"]


def refused(desk: Office) -> set[str]:
    with pytest.raises(PaperError) as found:
        publish(order(desk))
    return {problem.code for problem in found.value.problems if problem.level is Level.ERROR}


def in_word(path: Path, words: str, change: Callable[[Any], None]) -> None:
    """Somebody changes the paragraph that says these words."""
    document = Document(str(path))
    change(next(each for each in document.paragraphs if words in each.text))
    document.save(str(path))


def put_in(path: Path, after: str, text: str) -> None:
    """Somebody types a paragraph of their own below one that stands there."""

    def below(paragraph: Any) -> None:
        paragraph._p.addnext(paragraph.insert_paragraph_before(text)._p)

    in_word(path, after, below)


def test_words_typed_over_what_legal_sent_are_not_published(desk: Office) -> None:
    path = drafted(desk)
    hands.typed(path, SENT, TYPED)
    (found,) = told(desk)
    assert (found.place.file, found.level) == (path.name, Level.ERROR)
    assert found.place.near == "paragraph 5.1, under “Legal comments”"
    assert f"“Legal comments” says “Part 1 of the Local Government Act 1999 {TYPED}. Section" in found.message
    assert f"and “Part 1 of the Local Government Act 1999 {SENT}. Section" in found.message
    assert "“comments/legal.docx”, which is what somebody clears." in found.message
    assert found.cure == "Put the words of the file back, or put yours into the file and have it cleared again."
    assert refused(desk) == {"C210"}


def test_a_paragraph_typed_into_the_section_is_not_published(desk: Office) -> None:
    path = drafted(desk)
    put_in(path, LAST, "The Monitoring Officer agrees.")
    put_in(path, "Legal comments", "This is the advice of counsel.")
    assert [found.message for found in told(desk)] == [
        "“Legal comments” has words in the draft that are not in “comments/legal.docx”, so that nobody has cleared "
        f"them: “{words}”."
        for words in ("This is the advice of counsel.", "The Monitoring Officer agrees.")
    ]
    assert refused(desk) == {"C210"}


def test_nor_is_the_section_without_a_paragraph_of_it(desk: Office) -> None:
    hands.deleted(drafted(desk), LAST)
    (found,) = told(desk)
    assert found.message.startswith(
        "“Legal comments” lacks words in the draft that are in “comments/legal.docx”: “Whatever"
    )
    assert refused(desk) == {"C210"}


def hidden(paragraph: Any) -> None:
    paragraph.runs[0].font.hidden = True


def test_nor_with_words_that_the_public_would_not_see(desk: Office) -> None:
    in_word(drafted(desk), SENT, hidden)
    assert len(told(desk)) == 1


def made_bold(paragraph: Any) -> None:
    paragraph.runs[0].bold = True


def bold(path: Path) -> None:
    in_word(path, SENT, made_bold)


def parted(paragraph: Any) -> None:
    """A paragraph is made two, in the middle of its words."""
    first, rest = paragraph.text.split("Section 3 ")
    paragraph._p.addnext(paragraph.insert_paragraph_before(f"Section 3 {rest}")._p)
    paragraph.runs[0].text = first
    for run in paragraph.runs[1:]:
        run.text = ""


def split(path: Path) -> None:
    in_word(path, SENT, parted)


def accepted(path: Path) -> None:
    for old, new in (("makes", "has made"), ("has made", "makes")):
        hands.typed(path, f"1999 {old}", f"1999 {new}", tracked=True)
        hands.resolved(path, "accept")
        in_word(path, f"1999 {new}", one_run)


def one_run(paragraph: Any) -> None:
    paragraph.runs[0].text = paragraph.text
    for run in paragraph.runs[1:]:
        run.text = ""


def elsewhere(path: Path) -> None:
    hands.typed(path, "Action Plan for Asset Rental Account", "Plan for renting out assets")
    put_in(path, "Background papers", "None that is not listed.")


def heading(path: Path) -> None:
    hands.typed(path, "Legal comments", "Comments of the Director of Law")


CHANGES = [bold, split, accepted, elsewhere, heading, hands.stripped]


@pytest.mark.parametrize("change", CHANGES, ids=[each.__name__ for each in CHANGES])
def test_where_no_word_of_the_section_is_changed_the_clearance_holds(desk: Office, change: Any) -> None:
    path = drafted(desk)
    hands.typed(path, "Action Plan for Community Buildings Policy", "Plan for the halls")
    change(path)
    assert told(desk) == []
    hands.typed(path, "best value authority", "best value council")
    assert [found.code for found in told(desk)] == ["C210"]


def replaced(desk: Office, old: str, new: str) -> None:
    file = desk.inputs / "comments" / "legal.docx"
    document = Document(str(file))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    document.save(str(file))


def test_once_the_file_says_so_and_is_cleared_again_it_is_published(desk: Office) -> None:
    hands.typed(drafted(desk), SENT, TYPED)
    replaced(desk, SENT, TYPED)
    assert {problem.code for problem in check(order(desk)) if problem.level is Level.ERROR} == {"C203"}
    desk.put("comments/clearance.xlsx", "Clearance", D3=dt.datetime(2017, 1, 13))
    drafted(desk)
    assert told(desk) == []
    assert publish(order(desk)).version == 1


def test_words_that_a_person_kept_against_a_newer_file_are_not_cleared_by_that(desk: Office) -> None:
    hands.typed(drafted(desk), SENT, TYPED)
    replaced(desk, SENT, "makes the Council, by law, a best value authority")
    desk.put("comments/clearance.xlsx", "Clearance", D3=dt.datetime(2017, 1, 13))
    drafted(desk)
    assert settle(desk.report, keep=["all"], by="Ann Lee", **asked(order(desk))).code == 0
    assert refused(desk) == {"C210"}
