"""What an officer copied out of a block, or a part of one, and may have typed over, does not move with the facts: it is
a difference until somebody settles it, unless it says nothing that is no longer so.
"""

from __future__ import annotations

import copy
import datetime as dt

import pytest

from pipeline.revise import AUTHOR, Revision, Terms, open_paper, revised, settled_by
from pipeline.store import Act
from pipeline.word import PARAGRAPH, TEXT
from tests.revise.papers import Para, paper

WHEN = dt.datetime(2017, 1, 20, 9, tzinfo=dt.UTC)
WORKSHOP = "A workshop with the Commissioners was held on 6 December 2016, and it agreed the plan of the next quarter."
ANOTHER = "A workshop with the residents was held on 8 December 2016, and it agreed nothing so far."
LATER = WORKSHOP.replace("6 December", "9 December")
PART = "and it agreed the plan of the next quarter."


def draft(text: str | None) -> bytes:
    return paper([Para("a", ANOTHER), *([Para("workshop", text)] if text else []), Para("last", "It is all well.")])


def with_own(content: bytes, text: str) -> bytes:
    """The draft with a paragraph of an officer's own at its end."""
    opened = open_paper(content, "a draft")
    last = opened.body.findall(PARAGRAPH)[-1]
    own = copy.deepcopy(last)
    for child in [child for child in own if child.find(TEXT) is None]:
        own.remove(child)
    next(own.iter(TEXT)).text = text
    last.addnext(own)
    return opened.content()


def revision(own: str, now: str | None, *acts: Act) -> Revision:
    return revised(with_own(draft(WORKSHOP), own), draft(now), None, Terms(WHEN, AUTHOR, settled=settled_by(acts)))


def copied(revision: Revision) -> list[str]:
    return [difference.there for difference in revision.differences if difference.reason == "copied"]


@pytest.mark.parametrize(
    ("own", "now"),
    [
        (WORKSHOP, LATER),
        # half of its words typed anew, and the day that is no longer so left standing
        (WORKSHOP.replace("the plan of the next quarter", "what comes next"), LATER),
        # the second half of a paragraph that the facts no longer call for
        (PART, None),
    ],
)
def test_what_repeats_a_block_and_is_no_longer_so_is_a_difference(own: str, now: str | None) -> None:
    first = revision(own, now)
    assert len(copied(first)) == 1
    again = revised(first.content, draft(now), None, Terms(WHEN, AUTHOR))
    assert (copied(again), again.content) == (copied(first), first.content)
    kept = Act(what="keep", by="Ann Lee", at=WHEN.isoformat(), draft=1, draft_sha256="", words=(own,))
    assert copied(revision(own, now, kept)) == []


@pytest.mark.parametrize(
    ("own", "now"),
    [
        (WORKSHOP, WORKSHOP),
        # everything that moved was typed anew
        (LATER.replace("the plan", "most"), LATER),
        # a part that the new paper says too
        (PART, LATER),
        # a copy of another block, of the same pattern
        (ANOTHER.replace("nothing", "little"), LATER),
        # words of their own
        ("The members of the board were thanked for what they did on 6 December 2016.", LATER),
    ],
)
def test_what_says_nothing_that_is_no_longer_so_is_an_officers_own(own: str, now: str) -> None:
    assert copied(revision(own, now)) == []
