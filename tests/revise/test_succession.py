"""A sentence whose record has another day by now is the same sentence, and is stated once, whatever hangs on it."""

from __future__ import annotations

import copy

from pipeline.problems import Place
from pipeline.revise import Revision, annotated, open_paper
from pipeline.word import Element, paragraphs, qn, seen
from tests.revise import resolve
from tests.revise.papers import Para, paper
from tests.revise.spots import WHEN, edited, redraft, typed

BEFORE = Para("background/plan", "The plan was agreed in autumn.")
AFTER = Para("background/leads", "Each strand has a lead officer who answers for its actions.")
LAST = Para("background/end", "The board meets again in spring.")
NOTE = "Is this right?"


def workshop(day: str) -> Para:
    return Para(
        f"background/workshop/{day}",
        f"A workshop is arranged for {day} to settle the rest.",
        sources=(Place("w.xlsx", "W", "A3"),),
    )


def made(*days: str) -> bytes:
    return paper([BEFORE, *map(workshop, days), AFTER, LAST])


def commented(*days: str, on: str) -> bytes:
    return annotated(made(*days), {f"background/workshop/{on}": NOTE}, when=WHEN, author="An officer")


def read(revision: Revision) -> list[str]:
    return resolve.flat(resolve.accepted(revision.content))


def test_a_sentence_that_was_only_commented_on_is_stated_once_with_the_new_facts_and_keeps_the_comment() -> None:
    revision = redraft(commented("3 May", on="3 May"), made("9 May"))
    assert read(revision) == resolve.flat(resolve.accepted(made("9 May")))
    assert resolve.comments(revision.content) == [NOTE]
    body = open_paper(revision.content, "x").body
    (held,) = [p for p in paragraphs(body) if next(p.iter(qn("w:commentReference")), None) is not None]
    assert "9 May" in seen(held).text
    assert [o.action for o in revision.outcomes if "workshop" in o.key] == ["updated"]


def test_the_sentence_that_took_its_place_is_known_as_such_in_the_draft_after() -> None:
    once = redraft(commented("3 May", on="3 May"), made("9 May"))
    twice = redraft(once.content, made("12 May"))
    assert read(twice) == resolve.flat(resolve.accepted(made("12 May")))


def test_two_sentences_much_alike_that_somebody_joined_are_both_still_known() -> None:
    opened = open_paper(made("3 May", "9 May"), "x")
    one, other = (p for p in paragraphs(opened.body) if "workshop" in seen(p).text)
    one.extend([run for run in other if run.tag == qn("w:r")])
    parent: Element = other.getparent()  # type: ignore[assignment]
    parent.remove(other)
    revision = redraft(opened.content(), made("3 May", "12 May"))
    assert any("12 May" in each.now for each in revision.differences) or any(
        "12 May" in each for each in read(revision)
    )


def test_a_copy_of_a_sentence_is_not_taken_for_it_once_the_facts_no_longer_call_for_it() -> None:
    edit = typed("A workshop for all is arranged for 3 May to settle the rest.")
    opened = open_paper(edited(made("3 May"), edit, text=workshop("3 May").text), "x")
    first = next(paragraphs(opened.body))
    pasted = copy.deepcopy(first)
    for run in pasted.iter(qn("w:t")):
        run.text = ""
    next(pasted.iter(qn("w:t"))).text = workshop("3 May").text
    first.addprevious(pasted)
    once = redraft(opened.content(), made())
    twice = redraft(once.content, made())
    assert read(twice) == read(once)
    assert read(once).count(workshop("3 May").text) == 1
    assert [each.there for each in twice.differences if "for all" in each.there]
