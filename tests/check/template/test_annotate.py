from __future__ import annotations

import io

import docx
import pytest

from pipeline.check import annotated_copy, check_template
from pipeline.problems import PaperError
from tests.check.template.faults import leftovers, structure, tags
from tests.check.template.faults.listing import FAULTS
from tests.check.template.faults.making import OFFER, saved, sound

LISTED = (leftovers, structure, tags)


def comments(content: bytes) -> list[str]:
    return [
        comment.text for comment in docx.Document(io.BytesIO(content)).comments if comment.author == "Template check"
    ]


def copy(name: str) -> tuple[bytes, bytes]:
    content = FAULTS[name].make()
    return content, annotated_copy(content, check_template(content, "template.docx", OFFER))


def test_the_comment_stands_at_the_line_of_the_problem() -> None:
    _, marked = copy("unknown_filter")
    line = next(p for p in docx.Document(io.BytesIO(marked)).paragraphs if "dya" in p.text)
    assert line._p.xpath("w:commentRangeStart")
    assert len(comments(marked)) == 1
    assert "“dya”, which is not known" in comments(marked)[0]


def test_a_problem_outside_the_text_is_told_at_the_first_line_with_its_place() -> None:
    _, marked = copy("tag_in_the_endnotes")
    assert "in the endnotes" in comments(marked)[0]


def test_comments_that_were_there_stay() -> None:
    _, marked = copy("comment_in_the_margin")
    assert len(list(docx.Document(io.BytesIO(marked)).comments)) == 2


@pytest.mark.parametrize("name", ["cell_left_empty", "text_beside_a_row_tag", "tracked_deletion", "mail_merge"])
def test_the_copy_has_all_the_text_of_the_template(name: str) -> None:
    content, marked = copy(name)
    before, after = (docx.Document(io.BytesIO(c)).element.body for c in (content, marked))
    assert "".join(after.itertext("{*}t")) == "".join(before.itertext("{*}t"))
    assert comments(marked)


def test_a_template_without_problems_comes_back_as_it_is() -> None:
    content = saved(sound())
    assert annotated_copy(content, []) == content


def test_a_file_that_cannot_be_opened_has_no_copy() -> None:
    with pytest.raises(PaperError):
        annotated_copy(b"no Word file", check_template(b"no Word file", "x.docx"))
