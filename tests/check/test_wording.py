"""Rules on the wording sheet: a row, and exactly the problems that it makes, whether or not it is said."""

from __future__ import annotations

import pytest

from pipeline.check import check_wording
from pipeline.kinds import changed
from pipeline.problems import Problem
from pipeline.rules import rules
from pipeline.transform import vocabulary
from tests.builders import sentence
from tests.rules.wordings import sentences, shipped

REPORT = shipped("best-value-board")
KNOWN = vocabulary(REPORT)
SECTIONS = ("introduction", "background", "background_papers")


def problems(text: str, **columns: object) -> list[Problem]:
    """Every problem of a sheet with this one row."""
    known = {"section": "Background", "show_when": "always"}
    row = changed(sentence("x", key="row", **(known | columns)), text=text)  # type: ignore[arg-type]
    return list(check_wording(REPORT, [row], KNOWN, SECTIONS))


def told(text: str, **columns: object) -> list[str]:
    """Code and message of each."""
    return [f"{each.code} {each.message}" for each in problems(text, **columns)]


def of_letters(text: str) -> list[str]:
    """The same for a row that is said for each letter received."""
    return told(text, for_each="letter received")


FIELDS: dict[str, list[str]] = {
    "{{ board }} met.": [],
    "{{ bord }} met.": ["W113 There is no “bord” to fill in."],
    "{{ workshop_held | words | start }} were held on {{ workshop_held | each('date') | day | listed }}.": [],
    "{{ workstream_live | fill('the [name] ([position])') | listed }}.": [],
    "{{ direction | fill('that of [date]') | listed }}.": [],
    "{{ workshop_held[0].date | day }} {{ (workshop_held | last).date | month }}.": [],
    "{{ 'Late' if action_overdue else 'Early' }}, {{ 'one' if action_open | length == 1 else 'more' }}.": [],
    "{{ title or board }}, {{ title ~ ' of ' ~ board }}, {{ 1 + 1 }}, {{ 'a' if board in ('a', 'b') else 'b' }}.": [],
    "{{ meeting.date | day }} at {{ meeting.venue }}, {{ as_at | day }}.": [],
    "{{ '{' }} and {{ '}' }}.": [],
    "The {{ board met.": ["W110 A curly bracket has no partner in “The {{ board met.”."],
    "The {board} met.": ["W110 A curly bracket has no partner in “The {board} met.”."],
    "The {{ board }}} met.": ["W110 A curly bracket has no partner in “The } met.”."],
    "{{ board | }} met.": ["W111 “board |” cannot be read."],
    "{{ }} met.": ["W111 Two pairs of curly brackets hold nothing."],
    "{{ board | plural(‘a’, ‘b’) }} met.": ["W111 “board | plural(‘a’, ‘b’)” cannot be read."],
    "{{ " + "(" * 900 + "1" + ")" * 900 + " }} met.": ["W111 “" + "(" * 70 + "” cannot be read."],
    "{{ " + "not " * 400 + "board }} met.": ["W111 A field in the sentence is too long to follow."],
    "word " * 5000 + ".": ["W111 The wording has 25,001 characters."],
    "{% for x in letter_received %}x{% endfor %}": [
        "W112 Steps in “{% … %}” and remarks in “{# … #}” have no place in wording."
    ],
    "{# later #}Met.": ["W112 Steps in “{% … %}” and remarks in “{# … #}” have no place in wording."],
    "{{ board.__class__ }}.": ["W112 “__class__” may not be named in wording."],
    "{{ _secret }}.": ["W112 “_secret” may not be named in wording."],
    "{{ board.upper() }}.": ["W112 “board.upper(…)” is more than wording may hold."],
    "{{ range(9) }}.": ["W112 “range(…)” is more than wording may hold."],
    "{{ 'a' * 999999999 }}.": ["W112 “'a' * 999999999” is more than wording may hold."],
    "{{ 9 ** 999999999 }}.": ["W112 “9 ** 999999999” is more than wording may hold."],
    "{{ meeting['date'] }}.": ["W112 “meeting['date']” is more than wording may hold."],
    "{{ letter.date | day }}.": ["W113 There is no “letter” to fill in."],
    "{{ meeting.dat | day }}.": ["W114 “meeting” is a whole meeting, and has no field “dat”."],
    "{{ as_at.year }}.": ["W114 “as_at” is a date, and has no field “year”."],
    "{{ letter_received.date }}.": ["W114 “letter_received” is a list of letters, so “.date” means nothing."],
    "{{ letter_received | each('dat') | listed }}.": [
        "W114 “letter_received” is a whole letter, and has no field “dat”."
    ],
    "{{ direction | fill('[nte]') | listed }}.": ["W114 “direction” is a whole direction, and has no field “nte”."],
    "{{ as_at | dya }}.": ["W115 There is no filter “dya”."],
    "{{ as_at | upper }}.": ["W115 There is no filter “upper”."],
    "{{ board | day }}.": ["W116 “day” comes after “board”, which is words."],
    "{{ as_at | nth }}.": ["W116 “nth” comes after “as_at”, which is a date."],
    "{{ board | listed }}.": ["W116 “listed” comes after “board”, which is words."],
    "{{ direction | listed }}.": ["W116 “listed” comes after “direction”, which is a list of directions."],
    "{{ direction | each('date') | listed }}.": [
        "W116 “listed” comes after “direction | each('date')”, which is a list of dates."
    ],
    "{{ update_submitted | fill('[final]') | listed }}.": ["W116 “[final]” is a yes or no, which “fill” cannot write."],
    "{{ 'a' if as_at == '2017' else 'b' }}.": ["W116 “as_at” is a date, and “'2017'” is words."],
    "{{ board + title }}.": ["W116 “board + title” reckons with words."],
    "{{ board[0] }}.": ["W116 “board” is words, not a list."],
    "{{ letter_received }}.": ["W117 “letter_received” is a list of letters, and cannot be printed as it is."],
    "{{ meeting }}.": ["W117 “meeting” is a whole meeting, and cannot be printed as it is."],
    "{{ direction | each('date') | day }}.": [
        "W117 “direction | each('date') | day” is a list of words, and cannot be printed as it is."
    ],
    "{{ not board }}.": ["W117 “not board” is a yes or no, and cannot be printed as it is."],
    "{{ 'a' if board }}.": [],
    "{{ direction | plural('a') }}.": [
        "W118 “direction | plural('a')” does not have in brackets what “plural” needs."
    ],
    "{{ direction | each(note) }}.": [
        "W117 “direction | each(note)” is a list of words, and cannot be printed as it is."
    ],
    "{{ direction | each(nite) | listed }}.": ["W109 “nite” is no field of a direction."],
    "   ": ["W103 The wording is blank."],
}  # fmt: skip


@pytest.mark.parametrize("text", FIELDS)
def test_the_fields_of_a_row_make_exactly_these_problems(text: str) -> None:
    assert told(text) == FIELDS[text]


@pytest.mark.parametrize(("text", "cure"), [
    ("{{ board | day }}.", "Take “day” out, or use it after a date."),
    ("{{ direction | listed }}.", "Write “each('…')” before “listed”, with the name of a field."),
    ("{{ direction | each('date') | listed }}.", "Write “day” before “listed”."),
    ("{{ action }}.", "Write “action | words” for how many, or “action | each('…') | listed” for a field of each."),
    ("{{ direction | each('date') | day }}.", "Write “direction | each('date') | day | listed”."),
    ("{{ direction | each('date') }}.", "Write “direction | each('date') | day | listed”."),
    ("{{ not board }}.", "Write “'…' if not board else '…'”."),
])  # fmt: skip
def test_the_cure_is_what_to_write_instead(text: str, cure: str) -> None:
    assert [each.cure for each in problems(text)] == [cure]


LETTERS: dict[str, list[str]] = {
    "{{ letter.sender }}, {{ letter.date | day }}, {{ letter.appendix }}, {{ letter.points | listed }}.": [],
    "{{ letter.update.number | nth }}, {{ letter.update.considered_at.date | month }}, {{ letter.reply.sender }}.": [],
    "{{ letter.kind or letter.ref }}.": [],
    "{{ letter.sendr }}.": ["W114 “letter” is a whole letter, and has no field “sendr”."],
    "{{ letter.update.nmber }}.": ["W114 “letter.update” is a whole update, and has no field “nmber”."],
    "{{ letter.points }}.": ["W117 “letter.points” is a list of words, and cannot be printed as it is."],
    "{{ letter }}.": ["W117 “letter” is a whole letter, and cannot be printed as it is."],
    "{{ letter.update.final }}.": ["W117 “letter.update.final” is a yes or no, and cannot be printed as it is."],
    "{{ letter_received | each('points') | listed }}.": [
        "W116 “listed” comes after “letter_received | each('points')”, which is a list of lists."
    ],
    "{{ 'a' if letter.date > as_at else 'b' }}.": [],
    "{{ 'a' if letter.date > 3 else 'b' }}.": ["W116 “letter.date” is a date, and “3” is a number."],
}


@pytest.mark.parametrize("text", LETTERS)
def test_a_row_for_each_letter_may_name_the_letters_fields(text: str) -> None:
    assert of_letters(text) == LETTERS[text]


ROWS: list[tuple[dict[str, object], str, list[str]]] = [
    ({"for_each": "letter recieved"}, "{{ letter.date | day }}.", ["W102 “letter recieved” is not a list."]),
    ({"show_when": "reply awaited and no leter sent"}, "Met.", ["W102 “leter sent” is not a list."]),
    ({"show_when": "Reply  awaited"}, "Met.", []),
    ({}, "Table: acton open", ["W102 “acton open” is not a list."]),
    ({}, "Table: action open", []),
    ({"section": "Backround"}, "Met.", ["W104 The template has no place for the section “Backround”."]),
    (
        {"show_when": "reply awaited and no reply awaited"},
        "Met.",
        ["W105 The row is never said: it needs something in “reply awaited”, and asks for “no reply awaited”."],
    ),
    (
        {"for_each": "first response answered", "show_when": "no letter received"},
        "Met.",
        ["W105 The row is never said: it needs something in “letter received”, and asks for “no letter received”."],
    ),
    ({"for_each": "letter received", "show_when": "no first response"}, "Met.", []),
    (
        {"for_each": "action open"},
        "Table: action open",
        ["W106 The table “action open” is shown once for each “action open”."],
    ),
    ({"joins": True}, "Met.", ["W107 The row joins the sentence before it, but is the first of its section."]),
    (
        {"show_when": "background paper"},
        "Met.",
        ["W108 The list “background paper” holds nothing yet when this section is written."],
    ),
    ({"show_when": "background paper", "section": "Background papers"}, "Met.", []),
    (
        {},
        "Due {{ next_update.due | day }}.",
        ["W119 In some months there is no “next_update”, and the sentence could not be written."],
    ),
    ({"show_when": "next update"}, "Due {{ next_update.due | day }}.", []),
    ({}, "Due {{ next_update.due | day if next_update else 'never' }}.", []),
    ({"show_when": "progress"}, "Sent {{ last_update.submitted | day }}.", []),
    ({}, "Due by January 2017.", ["W301 “January 2017” is typed, and will stand there every month."]),
    ({}, "Due on 17 March 2017.", ["W301 “17 March 2017” is typed, and will stand there every month."]),
    ({}, "It stands at 97%.", ["W302 “97%” is typed, and will stand there every month."]),
    ({}, "It is currently open.", ["W303 “currently” may no longer be true at the meeting."]),
    ({}, "It is currently (at {{ as_at | day }}) open.", []),
    ({}, "The  Board met.", ["W304 Two blanks stand side by side."]),
    ({}, "The Board has met and said so", ["W305 The sentence has no full stop at its end."]),
    ({}, "The Board has met and said:", []),
    ({}, "The Board has met and said “so.”", []),
    ({"for_each": "letter received"}, "{{ letter.kind }}, {{ letter.sender }} to {{ letter.recipient }}", []),
]


@pytest.mark.parametrize(("columns", "text", "expected"), ROWS)
def test_where_a_row_stands_and_how_it_reads(columns: dict[str, object], text: str, expected: list[str]) -> None:
    assert told(text, **columns) == expected


@pytest.mark.parametrize(("text", "cure"), [
    ("{{ bord }}.", "Did you mean “board”?"),
    ("{{ letter.date | day }}.", "Choose a list such as “letter received” under “For each”."),
    ("{{ as_at | dya }}.", "Did you mean “day”?"),
    ("{{ meeting.dat }}.", "Did you mean “date”?"),
    ("{{ letter_received }}.",
     "Write “letter_received | words” for how many, or “letter_received | each('…') | listed” for a field of each."),
    ("{{ direction | each('date') }}.", "Write “direction | each('date') | day | listed”."),
])  # fmt: skip
def test_the_cure_is_what_to_type(text: str, cure: str) -> None:
    row = sentence(text, show_when="always")
    assert [each.cure for each in check_wording(REPORT, [row], KNOWN)] == [cure]


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        ("always", "Choose “next update” under “Show when”."),
        ("action open", "Write “action open and next update” under “Show when”."),
    ],
)
def test_the_cure_for_nobody_keeps_what_the_row_asks_already(asked: str, cure: str) -> None:
    (told,) = check_wording(REPORT, [sentence("Due {{ next_update.due | day }}.", show_when=asked)], KNOWN)
    assert (told.code, told.cure) == ("W119", cure)


def test_a_row_that_runs_into_the_next_needs_its_full_stop() -> None:
    rows = [sentence("The Board met"), changed(sentence("It agreed."), joins=True)]
    assert [each.code for each in check_wording(REPORT, rows, KNOWN)] == ["W305"]
    assert check_wording(REPORT, [rows[0]], KNOWN) == []


@pytest.mark.parametrize("name", ["best-value-board", "recommendation-tracker"])
def test_the_shipped_sheets_have_no_false_alarm(name: str) -> None:
    report = shipped(name)
    assert check_wording(report, sentences(name), vocabulary(report)) == []


def test_no_message_speaks_of_the_machinery() -> None:
    messages = " ".join(message for each in (*FIELDS.values(), *LETTERS.values()) for message in each)
    assert not {"jinja", "none", "undefined", "syntax", "token", "template tag"} & set(messages.casefold().split())


def test_every_rule_on_wording_is_tried_here() -> None:
    tried = {line[:4] for told in (*FIELDS.values(), *LETTERS.values(), *(row[2] for row in ROWS)) for line in told}
    elsewhere = {"W101", "W109", "W120", "W201", "W202", "W203"}
    assert tried | elsewhere == {code for code in rules() if code.startswith("W")}
