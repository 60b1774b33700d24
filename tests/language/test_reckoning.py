"""Calculation: what pandas and decimal come to, comes out, and each figure rests on exactly the cells behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats import PLAIN, Formats
from pipeline.kinds import Figure, Unit
from pipeline.language import (
    Compiler,
    Kind,
    Listed,
    Said,
    Spoken,
    Type,
    Unsaid,
    Vocabulary,
    World,
    every,
    parse_field,
    sentence,
)  # fmt: skip
from pipeline.problems import Place

POUNDS, PER_CENT = Unit("money", "£"), Unit("percent")
FIELDS = {"code": Type("text"), "service": Type("text"), "budget": Type("money"), "forecast": Type("money"),
          "spent": Type("percent"), "staff": Type("number"), "rag": Type("text")}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A budget line."""

    key: str
    values: dict[str, Any]

    def place(self, name: str) -> Place:
        return Place("budget.xlsx", "Budget", f"{self.key}.{name}")


def line(key: str, budget: str | None = None, forecast: str | None = None, **more: Any) -> Line:
    """A line, its sums in pounds."""
    figures = {"budget": budget, "forecast": forecast}
    sums = {name: None if each is None else Figure(each, POUNDS) for name, each in figures.items()}
    return Line(key, dict.fromkeys(FIELDS) | {"code": key} | sums | more)


LINES = (
    line("A", "412000", "440000", service="Housing", rag="Red", staff=3, spent=Figure(40, PER_CENT)),
    line("B", "250000", "245000", service="Housing", rag="Green", staff=4, spent=Figure(60, PER_CENT)),
    line("C", "3000", None, service="Parks", rag="Green", staff=None, spent=None),
)


def vocabulary() -> Vocabulary:
    kind = Kind(fields=FIELDS, key="code", counted="code")
    return Vocabulary(
        kinds={"line": kind}, rules={}, lists={"line": Listed("lines")}, given={every("line"): Type("line", many=True)},
        public={"line": "line"}, behind={"lines": every("line")},
    )  # fmt: skip


KNOWN = vocabulary()


def say(text: str, lines: Sequence[Line] = LINES, formats: Formats = PLAIN, of: Line | None = None) -> Said:
    """A sentence of the lines, or of one of them."""
    spoken = sentence(text, "line" if of else "", KNOWN)
    assert isinstance(spoken, Spoken), spoken
    return spoken.say(World(formats, {every("line"): list(lines)}, KNOWN.definition), of)


def cells(said: Said) -> list[str]:
    """The cells that a sentence rests on."""
    return [each.cell for fact in said.facts for each in fact.sources]


def wrong(text: str) -> list[str]:
    found = sentence(text, "", KNOWN)
    return [f"{each.code} {each.message}" for each in (found.findings if isinstance(found, Spoken) else found)]


@pytest.mark.parametrize(("text", "said"), [
    ("{{ line | sum(budget) }}", "£665,000"),
    ("{{ line | sum(forecast - budget) | signed }}", "+£23,000"),
    ("{{ line | average(budget) }}", "£221,667"),
    ("{{ line | average(staff) }}", "3.5"),
    ("{{ line | smallest(budget) }} to {{ line | largest(budget) }}", "£3,000 to £412,000"),
    ("{{ line | average(spent) | percent(1) }}", "50.0%"),
    ("{{ line | share(rag == 'Green') }}", "2 of 3, 67%"),
    ("{{ line | share(rag == 'Green') | percent(1) }}", "66.7%"),
    ("{{ (line | where(rag == 'Red') | sum(budget)) | share_of(line | sum(budget)) }}", "62%"),
    ("{{ line | top(2, budget) | each('code') | listed }}", "A and B"),
    ("{{ line | sorted(-forecast) | each('code') | listed }}", "A, B and C"),
    ("{{ line | by(service) | each(name ~ ' ' ~ (rows | sum(budget))) | join('; ') }}",
     "Housing £662,000; Parks £3,000"),
    ("{{ line | sum(staff) | words }} {{ line | sum(staff) | plural('post', 'posts') }}", "seven posts"),
    ("{{ line | sum(budget) | money('m') }} {{ line | sum(budget) | money('m', 2) }}", "£0.7m £0.67m"),
    ("{{ line | sum(budget) | money('k') }} {{ line | sum(budget) | decimals(0, 'k') }}", "£665k 665"),
    ("{{ 'all' if line | adds_up(budget) else 'rounded' }}", "all"),
    ("{{ 'all' if line | adds_up(forecast | money('m')) else 'rounded' }}", "rounded"),
])  # fmt: skip
def test_figures_of_a_list(text: str, said: str) -> None:
    assert say(text).text == said


@pytest.mark.parametrize(("text", "said"), [
    ("{{ line.forecast | change(line.budget) }}", "up £28,000"),
    ("{{ line.budget | change(line.forecast) }}", "down £28,000"),
    ("{{ line.budget | change(line.budget) }}", "no change"),
    ("{{ (line.budget - line.forecast) | direction('over', 'under', 'on') }}", "under"),
    ("{{ line.budget - line.forecast }}", "-£28,000"),
    ("{{ -line.budget | unsigned }}, {{ line.budget | signed }}", "£412,000, +£412,000"),
    ("{{ (line.forecast - line.budget) | share_of(line.budget) | percent(1) }}", "6.8%"),
    ("{{ 'yes' if line.budget > 411999.5 and line.budget - 1 < 412000 }}", "yes"),
    ("{{ 'yes' if line.spent == 40 and line.spent == '40%' and line.spent in ('40%', '50%') }}", "yes"),
])  # fmt: skip
def test_figures_of_one_record(text: str, said: str) -> None:
    assert say(text, of=LINES[0]).text == said


def test_the_house_writes_what_is_below_nought_and_what_has_changed_in_its_own_way() -> None:
    house = Formats(negatives="brackets", change=("over by", "under by", "as budgeted"))
    text = "{{ line.budget - line.forecast }}: {{ line.budget | change(line.forecast) }}"
    assert say(text, formats=house, of=LINES[0]).text == "(£28,000): under by £28,000"


def test_what_excel_shows_is_said_until_a_filter_says_otherwise() -> None:
    shown = Line("A", LINES[0].values | {"budget": Figure(-5, POUNDS, "(£5)")})
    assert say("{{ line.budget }} {{ line.budget | money }}", of=shown).text == "(£5) -£5"


@pytest.mark.parametrize(("text", "rests"), [
    ("{{ line | sum(forecast) }}", ["A.forecast", "B.forecast"]),
    ("{{ line | sum(forecast - budget) }}", ["A.forecast", "A.budget", "B.forecast", "B.budget"]),
    ("{{ line | where(service == 'Parks') | sum(budget) }}", ["C.budget"]),
    ("{{ line | share(rag == 'Green') }}", ["A.rag", "B.rag", "C.rag"]),
    ("{{ line | largest(budget) }}", ["A.budget", "B.budget", "C.budget"]),
    ("{{ line | top(1, budget) | each('code') | listed }}", ["A.code"]),
])  # fmt: skip
def test_a_figure_rests_on_exactly_the_cells_that_it_reckons_with(text: str, rests: list[str]) -> None:
    assert cells(say(text)) == rests


def test_what_is_blank_is_left_out_and_said_and_never_counted_as_nought() -> None:
    (fact,) = say("{{ line | average(forecast) }}").facts
    assert (fact.text, fact.how) == ("£342,500", "average of forecast over 2 rows; 1 blank left out")
    with pytest.raises(Unsaid, match="there is no “line” to fill in this month"):
        say("{{ line | sum(forecast) }}", LINES[2:])
    assert say("{{ line | sum(forecast) }}", ()).text == "£0"
    with pytest.raises(Unsaid, match="there is no “line” to fill in this month"):
        say("{{ line | share(rag == 'Red') }}", ())
    with pytest.raises(Unsaid) as unsaid:
        say("{{ line.forecast - line.budget }}", of=LINES[2])
    assert [each.place.cell for each in unsaid.value.missing] == ["C.forecast"]


def test_a_hundred_per_cent_is_all_and_nought_is_none() -> None:
    many = [line(str(n), rag="Red") for n in range(1000)]
    one = [*many[1:], line("1000", rag="Green")]
    text = "{{ line | share(rag == 'Red') }}; {{ line | share(rag == 'Red') | percent(1) }}"
    assert say(text, many).text == "1,000 of 1,000, 100%; 100.0%"
    assert say(text, one).text == "999 of 1,000, 99%; 99.9%"
    assert say("{{ line | share(rag == 'Green') }}", one).text == "1 of 1,000, 1%"
    assert say("{{ line | share(rag == 'Blue') }}", one).text == "0 of 1,000, 0%"


@pytest.mark.parametrize(("text", "message"), [
    ("{{ line | sum(code) }}", "W116 “sum” is for figures, and “code” is words."),
    ("{{ line | sum(budgit) }}", "W109 “budgit” is no field of a line."),
    ("{{ line | sum(budget + spent) }}", "W116 “budget + spent” reckons a sum of money with a percentage."),
    ("{{ line | top('a', budget) | words }}", "W118 “line | top('a', budget)” does not say how many."),
    ("{{ line | top(0, budget) | words }}", "W118 “line | top(0, budget)” does not say how many."),
    ("{{ line | where(budget > spent) | words }}", "W116 “budget” is a sum of money, and “spent” is a percentage."),
    ("{{ -(line | each('code')) }}", "W116 “line | each('code')” is a list of words, which has no sign."),
    ("{{ line | adds_up(budget) }}", "W117 “line | adds_up(budget)” is a yes or no, and cannot be printed as it is."),
    ("{{ line | sum }}", "W118 “line | sum” does not have in brackets what “sum” needs."),
])  # fmt: skip
def test_what_cannot_be_reckoned_is_told_before_anything_is_made(text: str, message: str) -> None:
    assert message in wrong(text)


SUMS = st.none() | st.decimals(-(10**9), 10**9, places=2)
TABLES = st.lists(st.tuples(SUMS, SUMS, st.sampled_from(("Housing", "Parks", "Streets"))), min_size=1, max_size=40)


@given(TABLES)
def test_calculations_are_those_of_pandas_and_decimal(
    rows: list[tuple[Decimal | None, Decimal | None, str]],
) -> None:
    lines = [
        line(str(n), *(None if each is None else str(each) for each in (a, b)), service=service)
        for n, (a, b, service) in enumerate(rows)
    ]
    table = pd.DataFrame(rows, columns=["budget", "forecast", "service"])
    there = [each for each in table.budget if each is not None]
    for how, work in (("sum", sum), ("smallest", min), ("largest", max)):
        assert figure(lines, f"line | {how}(budget)") == (work(there) if there else None)
    average = figure(lines, "line | average(budget)")
    assert (None if average is None else round(average, 12)) == (round(sum(there) / len(there), 12) if there else None)
    both = [b - a for a, b, _ in rows if a is not None and b is not None]
    assert figure(lines, "line | sum(forecast - budget)") == (sum(both) if both else None)
    for name, group in table.groupby("service"):
        amounts = [each for each in group.budget if each is not None]
        found = figure(lines, f"line | where(service == '{name}') | sum(budget)")
        assert found == (sum(amounts) if amounts else None)
    tops = [lines.index(each) for each in value(lines, "line | top(3, budget)")]
    ranked = sorted((n for n, (a, *_) in enumerate(rows) if a is not None), key=lambda n: -rows[n][0])  # type: ignore[operator]
    assert tops == ranked[:3]


@given(TABLES)
def test_every_sum_names_exactly_the_cells_that_hold_something(
    rows: list[tuple[Decimal | None, Decimal | None, str]],
) -> None:
    lines = [line(str(n), None if a is None else str(a), service=service) for n, (a, _, service) in enumerate(rows)]
    world = World(Formats(), {every("line"): lines}, KNOWN.definition)
    filled = [f"{each.key}.budget" for each in lines if each.values["budget"] is not None]
    if filled:
        spoken = sentence("{{ line | sum(budget) }}", "", KNOWN)
        assert isinstance(spoken, Spoken)
        assert cells(spoken.say(world)) == filled


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_is_rounded_but_never_to_all_or_to_none(part: int, rest: int) -> None:
    lines = [line(str(n), rag="Red" if n < part else "Green") for n in range(part + rest)]
    if not lines:
        return
    whole = part + rest
    exact = (Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)
    wanted = exact if part in (0, whole) else min(max(exact, Decimal(1)), Decimal(99))
    assert say("{{ line | share(rag == 'Red') | percent }}", lines).text == f"{wanted}%"


def value(lines: Sequence[Line], text: str) -> Any:
    """What an expression comes to."""
    compiler = Compiler(KNOWN)
    tree = parse_field(text)
    assert tree is not None
    code = compiler.whole(tree)
    assert compiler.findings == []
    world = World(Formats(), {every("line"): list(lines)}, KNOWN.definition)
    return code.run([world, None, *[None] * compiler.slots])


def figure(lines: Sequence[Line], text: str) -> Decimal | None:
    """The same, a figure."""
    found = value(lines, text)
    return None if found is None else Decimal(found)
