"""A section that an officer deleted stays deleted: what is new in it is told of and not put among other sections."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.revise import open_paper
from pipeline.word import TABLE, blocks, seen
from tests.revise import resolve
from tests.revise.papers import Para, Tab, paper
from tests.revise.spots import redraft

START = [
    Para("template/1-introduction", "Introduction", "Heading 1"),
    Para("introduction/purpose", "This report tells how far the plan has come."),
]
HEADING = Para("template/2-decisions", "For the board to decide", "Heading 1")
ASKED = Para("decisions/note", "The board is asked to note the progress that was made.")
NEW = Para("decisions/agree/COR-1", "The board is asked to agree the answer to the letter.")
END = [
    Para("template/3-background", "Background", "Heading 1"),
    Para("background/plan", "The plan was agreed in autumn, after a long debate."),
]
TABLE_NEW = Tab("costs", ("Item", "Cost"), {"A": ("Training of officers", "£4")})


def without(content: bytes, words: Collection[str]) -> bytes:
    opened = open_paper(content, "x")
    for block in list(blocks(opened.body)):
        if block.tag != TABLE and seen(block).text in words:
            opened.body.remove(block)
    return opened.content()


def read(content: bytes) -> list[str]:
    return resolve.flat(resolve.accepted(content))


def test_new_text_of_a_deleted_section_is_told_of_and_lands_in_no_other_section() -> None:
    officer = without(paper([*START, HEADING, ASKED, *END]), {HEADING.text, ASKED.text})
    revision = redraft(officer, paper([*START, HEADING, ASKED, NEW, *END]))
    assert read(revision.content) == read(officer)
    (told,) = [o for o in revision.outcomes if o.key == NEW.key]
    assert (told.action, told.new) == ("gone", NEW.text)


def test_it_stays_out_of_the_draft_after_too() -> None:
    officer = without(paper([*START, HEADING, ASKED, *END]), {HEADING.text, ASKED.text})
    fresh = paper([*START, HEADING, ASKED, NEW, *END])
    again = redraft(redraft(officer, fresh).content, fresh)
    assert read(again.content) == read(officer)
    assert [o.action for o in again.outcomes if o.key == NEW.key] == ["gone"]


def test_a_new_table_of_a_deleted_section_stays_out_with_its_rows() -> None:
    officer = without(paper([*START, HEADING, ASKED, *END]), {HEADING.text, ASKED.text})
    revision = redraft(officer, paper([*START, HEADING, ASKED, TABLE_NEW, *END]))
    assert not list(open_paper(revision.content, "x").body.iter(TABLE))
    assert {o.action for o in revision.outcomes if o.key.startswith("costs/")} == {"gone"}


def test_where_only_the_heading_or_only_the_content_was_deleted_new_text_is_put_in() -> None:
    draft = paper([*START, HEADING, ASKED, *END])
    for deleted in (HEADING.text, ASKED.text):
        revision = redraft(without(draft, {deleted}), paper([*START, HEADING, ASKED, NEW, *END]))
        assert NEW.text in read(revision.content)


def test_a_section_that_is_new_as_a_whole_is_put_in() -> None:
    revision = redraft(without(paper([*START, *END]), {START[1].text}), paper([*START, HEADING, ASKED, *END]))
    texts = read(revision.content)
    assert texts.index(HEADING.text) + 1 == texts.index(ASKED.text)
