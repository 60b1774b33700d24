"""Fields worked out on their trees: what they come to, and what is wrong with them, is what Jinja itself has to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields import pieces
from pipeline.formats import Formats
from pipeline.kinds import Records
from pipeline.transform import wording
from pipeline.transform.facts import Trace
from pipeline.transform.wording import environment, parts_of, say
from tests.builders import action, in_month, letter, meetings, sentence, told, update, workshop

RECORDS = Records(
    actions=(action("A1", "Grants"), action("A2", "", deadline=in_month("2016-11"))),
    letters=(letter("L1", "2016-12-02", "in", "Mayor", ""), letter("L2", "2016-12-09", "out", "", "Mayor")),
    workshops=(workshop("2016-12-06"), workshop("2017-01-17")),
    updates=(update(1, "2016-09-19"), update(2, due="2017-03-01")),
    meetings=meetings("2016-12-01", "2017-01-23"),
)
ATOMS = st.sampled_from(
    ["title", "as_at", "meeting", "meeting.date", "meeting.item", "meeting.nobody", "workshop", "workshop_held[0]",
     "workshop[5]", "(workshop | last).number", "action | first", "letter.sender", "last_update.final", "next_meeting",
     "nobody", "self", "action._key", "title.upper()", "title.upper", "''.__class__", "'x'", "3", "0.5",
     "true", "none", "[]", "[1, 'a']", "('a', 'b')", "-1", "title is defined", "{'a': 1}", "title[0]", "title[1:]"]
)  # fmt: skip
BETWEEN = st.sampled_from(["==", "!=", "<", ">=", "in", "not in", "and", "or", "~", "+", "-", "*", "**", "/", "%"])
AFTER = st.sampled_from(
    ["day", "month", "nth", "words", "listed", "start", "first", "last", "length", "join", "each('date')", "nobody",
     "each('area')", "fill('[ref] ([deadline])')", "plural('one', 'more')", "plural('one')", "join(between='/')"]
)  # fmt: skip
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, BETWEEN, inner),
        st.builds("({} | {})".format, inner, AFTER),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} if {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("({} < {} < {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
SENTENCES = st.lists(st.one_of(EXPRESSIONS.map("{{{{ {} }}}}".format), st.text("ab {}%#-'\n", max_size=6))).map("".join)


def names() -> tuple[dict[str, object], Trace]:
    """Everything that a sentence may name, said for a letter."""
    seen: dict[str, object] = {}

    def kept(_: object, known: dict[str, object], __: Formats, trace: Trace) -> wording.Said:
        seen.update({**known, "trace": trace})
        return wording.Said("", ())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.transform.sections.say", kept)
        told(RECORDS, sentence("x", for_each="letter received"))
    trace = seen.pop("trace")
    assert isinstance(trace, Trace)
    return seen, trace


NAMES, TRACE = names()


def said_both_ways(text: str) -> tuple[object, object]:
    """What is said of a sentence, and what would be if all were left to Jinja."""
    row = sentence("x" + text, key="x")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "parts_of", lambda *_: None)
        by_jinja = say(row, NAMES, Formats(), TRACE)
    return say(row, NAMES, Formats(), TRACE), by_jinja


@given(SENTENCES)
def test_a_sentence_reads_as_jinja_has_it(text: str) -> None:
    ours, by_jinja = said_both_ways(text)
    assert ours == by_jinja


@pytest.mark.parametrize(
    "text",
    ["a {{- title -}} b", "{{ _recorder }}",
     "{{ '}}' }}", "{{ 'a }} {{ b' }}", "{{ title, title }}", "{{}}", "{{ }}", "{ {{ title }}",
     "{{ title }} }", "{# x #}{{ title }}", "{{ 'x' if next_meeting }}{{ meeting.date }}", "{{ title", "{{+ title }}",
     "{{ 'x' if meeting.date < as_at }} {{ last_update.number }}", "{{ 'x' if none }}{{ letter.date | day }}"],
)  # fmt: skip
def test_unusual_brackets_read_as_jinja_has_them(text: str) -> None:
    ours, by_jinja = said_both_ways(text)
    assert ours == by_jinja


def test_no_program_is_written_for_the_usual_fields() -> None:
    text = (
        "{{ letter.sender | start }} {{ 'x' if workshop_held else title ~ 'y' }} on {{ workshop | each('date') | day }}"
    )
    assert parts_of(text, Formats()) is not None
    assert parts_of("{{ title.upper() }}", Formats()) is None


def test_fields_in_no_words_are_one_piece_each() -> None:
    found = pieces("A {{ title }}{{ title }} b")
    assert found is not None
    assert [each if isinstance(each, str) else "" for each in found] == ["A ", "", "", " b"]
    assert found[1] is found[2]


def test_the_language_is_the_sandbox() -> None:
    assert environment(Formats()).sandboxed
