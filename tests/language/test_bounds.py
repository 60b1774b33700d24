"""Whatever is written between curly brackets, it is refused with a cure or said, soon, and never does harm."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import Spoken, Unsaid, sentence
from tests.language.library import BOOKS, Book, said, unsaid, vocabulary, world, wrong

KNOWN = vocabulary()
ATOMS = st.sampled_from(
    ["name", "today", "newest", "newest.title", "newest.pages", "newest.due", "newest.before.title", "book",
     "book_lent", "book[0]", "book[9].title", "(book | last).pages", "book.writer", "book.subjects", "newest.late",
     "nobody", "self",
     "book._key", "name.upper()", "''.__class__", "'x'", "3", "0.5", "true", "none", "[]", "[1, 'a']", "('a', 'b')",
     "-1", "name is defined", "{'a': 1}", "name[0]", "name[1:]", "range(9)", "9 ** 9", "'a' * 99"]
)  # fmt: skip
BETWEEN = st.sampled_from(["==", "!=", "<", ">=", "in", "not in", "and", "or", "~", "+", "-", "*", "**", "/", "%"])
AFTER = st.sampled_from(
    ["day", "month", "nth", "words", "listed", "start", "first", "last", "length", "join", "each('bought')", "nobody",
     "each('key')", "fill('[key] ([due])')", "plural('one', 'more')", "plural('one')", "join(between='/')", "count",
     "where(lent)", "where(due < today)", "where(before.title == 'Emma')", "sorted(pages)", "sorted(before)",
     "where(x)"]
)  # fmt: skip
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, BETWEEN, inner),
        st.builds("({} | {})".format, inner, AFTER),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} if {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("(book | where({}))".format, inner),
        st.builds("({} < {} < {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
SENTENCES = st.lists(st.one_of(EXPRESSIONS.map("{{{{ {} }}}}".format), st.text("ab {}%#-'\n", max_size=6))).map("".join)


@given(SENTENCES)
def test_any_sentence_is_refused_with_a_cure_or_said_or_wants_something(text: str) -> None:
    spoken = sentence(text, "book", KNOWN)
    if not isinstance(spoken, Spoken):
        assert all(each.message.endswith((".", "”.")) and each.cure for each in spoken)
        return
    with suppress(Unsaid):
        assert "None" not in spoken.say(world(KNOWN), BOOKS[0]).text


@given(st.text(max_size=80) | st.text("{}%#|.'()[]=~ abnw", max_size=40))
def test_any_text_at_all_is_judged(text: str) -> None:
    assert sentence(text, "book", KNOWN) is not None


FULL = tuple(replace(BOOKS[0], key=key, title=f"T {key}", after="A", shelf="top") for key in ("A", "B", "C"))
WANTING = ("the list is empty this month", "is no text", "what is compared is not alike", "blank", "no “", "a list")


@given(EXPRESSIONS)
def test_what_is_not_refused_is_said_where_every_cell_is_filled(text: str) -> None:
    spoken = sentence(f"{{{{ {text} }}}}", "book", KNOWN)
    reason = ""
    if isinstance(spoken, Spoken):
        try:
            spoken.say(world(KNOWN, FULL), FULL[0])
        except Unsaid as fault:
            reason = fault.reason
    assert not reason or any(each in reason for each in WANTING)


HOSTILE = (
    "'a' * 10**9", "9 ** 9 ** 9", "'%999999999d' % 1", "(1,) * 999999999", "'a'.zfill(999999999)",
    "range(10**9) | join", "(" * 500 + "1" + ")" * 500, "[" * 500 + "]" * 500, "not " * 500 + "1",
    " + ".join("1" * 500), "9" * 5000,
    "''.__class__.__mro__", "book.__init__.__globals__", "self", "lipsum", "cycler()", "newest.others", "newest.place",
    "newest.key.format", "book | each('place') | listed", "book | map('x')", "name | attr('upper')",
)  # fmt: skip


@pytest.mark.parametrize("expression", HOSTILE, ids=lambda each: each[:30])
def test_what_could_reach_out_or_grow_is_refused_before_anything_is_run(expression: str) -> None:
    began = time.process_time()
    assert {each[:4] for each in wrong(f"{{{{ {expression} }}}}")} <= {"W110", "W111", "W112", "W113", "W114", "W115"}
    assert wrong(f"{{{{ {expression} }}}}")
    assert time.process_time() - began < 2


def test_what_only_the_records_can_tell_is_bounded_as_it_is_worked_out() -> None:
    long = tuple(Book(key=f"K{n}", title="plan " * 6000, pages=n) for n in range(1000))
    joined = "{{ " + " ~ ".join(["book.title"] * 9) + " }}"
    listed = ("{{ long_book | each('title') | join }}", "{{ long_book | fill('[title]') | listed }}")
    for text in (*listed, "{{ book.title }}" * 9, joined):
        assert unsaid(text, long[0], long) == "more than 200,000 characters would come of it"
    many = tuple(Book(key=f"K{n}", title="t", pages=n) for n in range(3000))
    text = "{{ long_book | where(pages < book.pages) | words }}"
    beside = "{{ long_book | where((long_book | where(lent) | length) == 1) | words }}"
    assert said(text, many[308], many).text == "seven"
    began = time.process_time()
    assert unsaid(beside, many[308], many) == "with it, more rows would be looked at than a paper may"
    assert time.process_time() - began < 10
