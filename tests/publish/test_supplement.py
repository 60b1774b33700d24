from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.baseline import Baseline, Written
from pipeline.blocks import Fact, Table
from pipeline.problems import Place
from pipeline.publish import Published, Replacement, joined, replacements, supplement_context, undecided

THEN = Baseline((
    Written("background/a", ("The plan has six parts.",)),
    Written("background/b", ("No reply has come.",)),
    Written("background/c", ("It ends in May.",)),
    Written("actions/1", ("Audit", "Open"), "actions"),
))  # fmt: skip
REPLY = Fact("", (Place("log.xlsx", "Log", "B9"),))
NOW = Baseline((
    Written("background/a", ("The plan has six parts.",)),
    Written("background/b", ("A reply came on 12 January 2017.",), facts=(REPLY,)),
    Written("background/new", ("It asks for a seventh part.",)),
    Written("actions/1", ("Audit", "Complete"), "actions"),
))  # fmt: skip
NUMBERS = {"background/a": "3.1", "background/b": "3.2", "background/c": "3.3"}


def published_blocks(
    baseline: Baseline, numbers: Mapping[str, str], edited: Mapping[str, tuple[str, ...]]
) -> tuple[Published, ...]:
    """The baseline as it was published; `edited` has the words of officers."""
    return tuple(
        Published(each.key, edited.get(each.key, each.texts), numbers.get(each.key, ""), each.table)
        for each in baseline.blocks
    )


def test_what_is_now_known_is_told_paragraph_by_paragraph() -> None:
    before = published_blocks(THEN, NUMBERS, {})
    found = [(each.kind, each.number, each.old, each.new) for each in replacements(before, THEN, NOW)]
    assert found == [
        ("replaced", "3.2", ("No reply has come.",), ("A reply came on 12 January 2017.",)),
        ("withdrawn", "3.3", ("It ends in May.",), ()),
        ("added", "3.3", (), ("It asks for a seventh part.",)),
        ("replaced", "3.3", ("Audit", "Open"), ("Audit", "Complete")),
    ]


def test_nothing_new_gives_nothing() -> None:
    assert replacements(published_blocks(THEN, NUMBERS, {}), THEN, THEN) == ()


def test_an_officers_edit_of_the_published_text_is_no_news_and_is_quoted_where_there_is() -> None:
    edited = {"background/a": ("The plan has six good parts.",), "background/b": ("There is no reply yet.",)}
    found = replacements(published_blocks(THEN, NUMBERS, edited), THEN, NOW)
    assert found[0].key == "background/b"
    assert found[0].old == ("There is no reply yet.",)
    assert "background/a" not in {each.key for each in found}


def test_news_that_the_officer_had_already_written_in_is_no_news() -> None:
    edited = {"background/b": ("A reply came on 12 January 2017.",)}
    found = replacements(published_blocks(THEN, NUMBERS, edited), THEN, NOW)
    assert "background/b" not in {each.key for each in found}


def test_news_for_which_the_published_paper_has_no_paragraph_alone_is_left_to_a_person() -> None:
    every = published_blocks(THEN, NUMBERS, {})
    before = [replace(each, alone=each.key != "background/c") for each in every if each.key != "background/b"]
    assert [each.key for each in undecided(before, THEN, NOW)] == ["background/b", "background/c"]
    assert [each.key for each in replacements(before, THEN, NOW)] == ["background/new", "actions/1"]


def test_the_context_has_a_row_for_each_change_and_the_reasons_only_where_they_are_given() -> None:
    changes = replacements(published_blocks(THEN, NUMBERS, {}), THEN, NOW)
    late = {"urgency": "The reply changes the advice.", "lateness": "It came on 12 January."}
    context = supplement_context(changes, {"title": "T"}, late, {})
    (table,) = context.sections["replacements"]
    assert isinstance(table, Table)
    assert [row.values["number"] for row in table.rows] == ["3.2", "3.3", "3.3"]
    assert table.rows[0].values["sources"] == "log.xlsx, sheet Log, cell B9"
    printed = [block for name in ("urgency", "lateness") for block in context.sections[name]]
    assert [block.text for block in printed if not isinstance(block, Table)] == list(late.values())
    in_time = supplement_context(changes, {}, {}, {})
    assert in_time.sections["urgency"] == in_time.sections["lateness"] == ()


def test_references_read_as_they_are_printed() -> None:
    now = Baseline((Written("background/a", ("See [[_cp_0a]] and [[_cp_0b]].",)),))
    changes = replacements((), Baseline(()), now)
    (table,) = supplement_context(changes, {}, {}, {"_cp_0a": "Appendix 2"}).sections["replacements"]
    assert isinstance(table, Table)
    assert table.rows[0].values["new"] == "See Appendix 2 and ."


def test_what_went_and_what_came_in_its_place_are_told_as_one_change() -> None:
    found = list(joined(replacements(published_blocks(THEN, NUMBERS, {}), THEN, NOW)))
    assert [(each.kind, each.number, each.old, each.new) for each in found] == [
        ("replaced", "3.2", ("No reply has come.",), ("A reply came on 12 January 2017.",)),
        ("replaced", "3.3", ("It ends in May.",), ("It asks for a seventh part.",)),
        ("replaced", "3.3", ("Audit", "Open"), ("Audit", "Complete")),
    ]


def test_what_came_elsewhere_or_in_a_table_takes_the_place_of_nothing() -> None:
    gone = Replacement("withdrawn", "background/a", "3.1", ("Old.",), ())
    for other in (
        Replacement("added", "background/b", "3.2", (), ("New.",)),
        Replacement("added", "legal/b", "3.1", (), ("New.",)),
        Replacement("added", "background/b", "3.1", (), ("New.",), table="actions"),
    ):
        assert list(joined((gone, other))) == [gone, other]


KEYS = st.lists(st.sampled_from("abcdefg"), unique=True)
PAPERS = KEYS.flatmap(lambda keys: st.lists(st.sampled_from(["x", "y"]), min_size=len(keys), max_size=len(keys)).map(
    lambda texts: Baseline(tuple(Written(key, (text,)) for key, text in zip(keys, texts, strict=True)))))  # fmt: skip


@given(PAPERS, PAPERS)
def test_the_published_paper_with_its_supplement_says_what_is_known_now(then: Baseline, now: Baseline) -> None:
    before = tuple(Published(each.key, each.texts) for each in then.blocks)
    said = {each.key: each.texts for each in before}
    for change in replacements(before, then, now):
        assert said.pop(change.key, ()) == change.old
        if change.new:
            said[change.key] = change.new
    assert said == {each.key: each.texts for each in now.blocks}
