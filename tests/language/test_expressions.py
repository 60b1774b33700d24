"""What an expression comes to, the cells it rests on, and what is wrong with one that cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.dates import When
from pipeline.language import OPERATIONS, Listed, Type
from tests.language.library import BOOKS, Book, said, unsaid, vocabulary, world, wrong


@pytest.mark.parametrize(("text", "comes_to"), [
    ("{{ book | where(writer == 'Austen') | each('title') | listed }}", "Emma and Persuasion"),
    ("{{ book | where(writer == ' austen ') | count }}", "2"),
    ("{{ book | where(writer in ('Austen', 'Dickens')) | words }}", "three"),
    ("{{ book | where(not writer) | each('key') | listed }}", "C"),
    ("{{ book | where(pages) | sorted(pages) | each('key') | join('/') }}", "C/A/B"),
    ("{{ book | sorted(pages) | each('key') | join('/') }}", "C/A/B/D"),
    ("{{ (book | where(bought < today) | last).title }}", "Bleak House"),
    ("{{ book | where(due < today) | each('key') | listed }}", "A"),
    ("{{ book | where(due >= today) | each('key') | listed }}", "D"),
    ("{{ book | where(due) | count }}", "3"),
    ("{{ book | fill('[key] ([due])') | listed }}", "A (December 2016), B (On-going), C and D (1 February 2017)"),
    ("{{ newest.before.before.title }}", "Emma"),
    ("{{ newest.first }}", "Emma"),
    ("{{ book[2].shelf }}", "top"),
    ("{{ book[0].pages + 1 - 2 }}", "473"),
    ("{{ 'a' if book_lent else 'b' }}{{ 'c' if not book_lent }}", "a"),
    ("{{ 'x' ~ ('y' if name == 'nobody') ~ 'z' }}", "xz"),
    ("{{ newest.writer or newest.title }}", "Austen"),
    ("{{ 'Town' in name and 'y' or 'n' }}", "y"),
    ("{{ 'y' if 1 < 2 < 3 else 'n' }}", "y"),
    ("a {{- name -}} b {{ '}' }}", "aTown Libraryb }"),
])  # fmt: skip
def test_an_expression_comes_to(text: str, comes_to: str) -> None:
    assert said(text).text == comes_to


def test_a_record_is_named_by_what_it_is() -> None:
    assert said("{{ book.title }} ({{ book.called | lower_start }})", BOOKS[0]).text == "Emma (emma)"
    assert wrong("{{ book.titel }}", "book") == ["W114 “book” is a whole book, and has no field “titel”."]


@pytest.mark.parametrize(("text", "cells", "how"), [
    ("{{ book | count }}", ["A.key", "B.key", "C.key", "D.key"], ""),
    ("{{ book | where(pages > 300) | each('title') | listed }}", ["A.title", "B.title"], ""),
    ("{{ newest.called }}", ["D.title"], "its title"),
    ("{{ book[0].late }}", ["A.due"], ""),
    ("{{ newest.before.title }}", ["D.after", "C.title"], ""),
    ("{{ newest.first }}", ["D.after", "C.after", "A.after", "A.title"], ""),
])  # fmt: skip
def test_a_value_rests_on_the_cells_that_were_asked_for_it(text: str, cells: list[str], how: str) -> None:
    (value,) = said(text).facts
    assert ([place.cell for place in value.sources], value.how) == (cells, how)


def test_what_is_fixed_rests_on_nothing_and_what_an_if_leaves_out_is_no_value() -> None:
    assert said("{{ 'word' }} {{ newest.title if not newest }}").facts == ()


@pytest.mark.parametrize(("text", "why"), [
    ("{{ newest.pages | words }}", "there is no “pages” to fill in this month"),
    ("{{ (long_book | where(after) | first).title }}", "the list is empty this month"),
    ("{{ book[9].title }}", "the list is empty this month"),
    ("{{ book | each('pages') | join }}", "one of the list is blank"),
    ("{{ book[0].pages + 999999999999999 }}", "a number of more than 15 figures would come of it"),
    ("{{ newest.pages + 1 }}", "is blank"), ("{{ 1 + newest.pages }}", "is blank"),
])  # fmt: skip
def test_a_sentence_cannot_be_said_without_what_it_prints(text: str, why: str) -> None:
    assert unsaid(text) == why


def test_a_blank_that_is_printed_is_told_of_and_one_that_is_asked_after_is_not() -> None:
    assert [each.place.cell for each in said("By {{ book.writer }}.", BOOKS[2]).holes] == ["C.writer"]
    assert said("{{ 'by ' ~ book.writer if book.writer }}", BOOKS[2]).holes == ()
    assert said("{{ book | fill('[title] ([writer])') | listed }}").holes == ()
    assert [each.field for each in said("{{ book | fill('[title] by [writer]') | listed }}").holes] == ["writer"]


def test_nothing_is_neither_more_nor_less_nor_equal_and_open_words_are_no_date() -> None:
    for sign in ("<", "<=", ">", ">=", "=="):
        assert said(f"{{{{ book | where(bought {sign} newest.bought) | each('key') | join }}}}").text.count("C") == 0
        assert "B" not in said(f"{{{{ book | where(due {sign} today) | each('key') | join }}}}").text


def test_a_month_is_compared_as_surely_as_it_is_known() -> None:
    june = When("month", dt.date(2017, 6, 1), dt.date(2017, 6, 30))
    for day, before, after in (("2017-07-01", True, False), ("2017-06-15", False, False), ("2017-05-31", False, True)):
        book = replace(BOOKS[0], due=june, bought=dt.date.fromisoformat(day))
        text = "{{ 'y' if book.due < book.bought else 'n' }}{{ 'y' if book.due > book.bought else 'n' }}"
        assert said(text, book).text == ("y" if before else "n") + ("y" if after else "n")


def test_lists_of_the_reports_own_are_narrowed_and_those_that_cannot_be_hold_nothing() -> None:
    own = {
        "austen": Listed('writer == "Austen"', "book"),
        "late": Listed("late == 'yes'", "austen"),
        "odd": Listed("colour", "book"),
    }
    assert said("{{ late | each('title') | listed }}, {{ odd | words }}", **own).text == "Emma, no"
    known = vocabulary(**own, never=Listed("long == 'maybe'", "book"))
    assert [f"{each.code} {each.message}" for each in known.definition("odd").findings] == [
        "W109 “colour” is no field of a book."
    ]
    assert [each.code for each in known.definition("never").findings] == ["W120"]
    assert (known.kind_of("late"), known.type_of("late")) == ("book", Type("book", many=True))


def test_a_list_that_surely_needs_somebody_is_known_whatever_the_records_are() -> None:
    known = vocabulary(
        by_it=Listed("writer == newest.writer and pages > 1", "book"),
        as_long=Listed("pages", "by_it"),
        old=Listed("lent", "book"),
    )
    lists = ("newest", "by_it", "as_long", "old", "book")
    assert [each for each in lists if known.surely("newest", each)] == ["newest", "by_it", "as_long"]


def test_links_are_looked_up_and_long_chains_come_to_an_end() -> None:
    many = tuple(Book(key=f"K{n}", title=f"T{n}", after=f"K{n - 1}" if n else "") for n in range(2000))
    assert said("{{ book.first }}", many[-1], many).text == "T0"
    circle = (Book(key="A", title="a", after="B"), Book(key="B", title="b", after="A"))
    assert unsaid("{{ book.first }}", circle[0], circle) == "there is no “first” to fill in this month"
    backwards = tuple(reversed(many))
    assert said("{{ book.first }}", many[-1], backwards).text == "T0"
    ring = (replace(many[0], after="K1999"), *many[1:])
    assert unsaid("{{ book.first }}", many[-1], ring) == "there is no “first” to fill in this month"


def test_what_may_be_of_two_kinds_is_told_where_it_matters_and_never_ends_the_program() -> None:
    assert wrong("{{ (name or book) | each('title') | listed }}")[0].startswith(
        "W116 “each” comes after “name or book”"
    )
    assert wrong("{{ (name or newest).title }}") == [
        "W114 “name or newest” may be things of two kinds, so “.title” means nothing."
    ]
    assert unsaid("{{ (book if newest.lent else name) | words }}") == "a field or bracket in it is not as it should be"
    assert unsaid("{{ name or book }}") == "said: Town Library"
    assert [each[:4] for each in wrong("{{ 'x' if 'a' < 1 and 3 not in 0.5 }}")] == ["W116", "W116"]
    assert (
        said("{{ (book if newest else name) | words }} {{ (name and newest.pages or 7) | words }}").text == "four seven"
    )


def test_a_definition_may_name_what_a_sentence_may_not() -> None:
    assert wrong("{{ books | words }}") == ["W113 There is no “books” to fill in."]
    assert wrong("{{ book | place(book) }}") == ["W115 There is no filter “place”."]


VALUES = {"text": "name", "number": "book[0].pages", "day": "today", "when": "book[0].due", "flag": "book[0].lent",
          "record": "newest", "reference": "name"}  # fmt: skip
LISTS = {"text": "book[0].subjects", "record": "book"}
BRACKETS = {
    "plural": "('a', 'b')",
    "each": "('title')",
    "fill": "('[title]')",
    "where": "(lent)",
    "sorted": "(title)",
    "by": "(writer)",
    "decimals": "(1)",
    "direction": "('a', 'b', 'c')",
    "share": "(lent)",
    "share_of": "(7)",
    "change": "(7)",
    "top": "(1, pages)",
    **dict.fromkeys(("sum", "average", "smallest", "largest", "adds_up"), "(pages)"),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_filter_takes_what_it_says_and_refuses_all_else(name: str) -> None:
    its = OPERATIONS[name]
    for what, value in VALUES.items():
        refused = any("comes after" in each for each in wrong(f"{{{{ ({value}) | {name}{BRACKETS.get(name, '')} }}}}"))
        assert refused == (its.shape == "many" or what not in its.takes)
    for what in ("text", "record"):
        refused = any(
            "comes after" in each for each in wrong(f"{{{{ ({LISTS[what]}) | {name}{BRACKETS.get(name, '')} }}}}")
        )
        assert refused == (not its.counts and (its.shape == "one" or what not in its.takes))


def test_rows_have_every_field_that_can_be_printed() -> None:
    known = vocabulary()
    columns = known.columns("book")
    assert "before" not in columns
    assert {"title", "due", "subjects", "shelf", "long", "first", "called"} < set(columns)
    assert columns["long"].run(world(known), BOOKS[0]) == "yes"
