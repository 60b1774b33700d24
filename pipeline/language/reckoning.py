"""Calculation: sums, averages, shares and changes, exact, each resting on the cells that it reckons with, no other.

What is blank is left out, and the way in which a figure was worked out says how many; nothing is never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from functools import partial, reduce
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.bounds import NUMBER as LARGEST
from pipeline.bounds import OutOfBounds
from pipeline.kinds import EXACT, Figure, Unit, unit_of, unit_of_all
from pipeline.language.compiler import BROKEN, Compiler, Scope, way
from pipeline.language.lists import of_records
from pipeline.language.operations import operation
from pipeline.language.parsing import shown
from pipeline.language.types import FIGURES, FLAG, NUMBER, TEXT, Code, Frame, Run, Type
from pipeline.language.world import World

QUOTIENT = Context(prec=40)
UNITS = {"money": Unit("money", "£"), "percent": Unit("percent"), "number": Unit()}
of_a_figure = partial(operation, takes=FIGURES, shape="one", arguments=(1, 1), compiles=True)
Number = Decimal | int


def bounded(number: Decimal) -> Decimal:
    """A number that came of reckoning. Raises OutOfBounds for one that no paper needs."""
    if abs(number) > LARGEST:
        raise OutOfBounds(f"a number of more than {len(str(LARGEST)) - 1} figures would come of it")
    return number


def added(one: Number, other: Number) -> Number:
    """Two figures together, in their unit."""
    total = bounded(EXACT.add(Decimal(one), Decimal(other)))
    if isinstance(one, int) and isinstance(other, int):
        return int(total)
    return Figure(total, unit_of_all((unit_of(one), unit_of(other))))


def negative(number: Number) -> Number:
    """A figure with the other sign, in its unit."""
    return -number if isinstance(number, int) else Figure(number.copy_negate(), unit_of(number))


@way(nodes.Add, nodes.Sub)
def summed(compiler: Compiler, node: nodes.BinExpr, scope: Scope | None) -> Code:
    """`a + b`, `a - b` of figures; nothing where one of them is nothing."""
    left, right = compiler.of(node.left, scope), compiler.of(node.right, scope)
    if (its := together(compiler, node, left, right)) is None:
        return Code(TEXT, BROKEN.run)
    a, b, turn = left.run, right.run, isinstance(node, nodes.Sub)

    def run(frame: Frame) -> Any:
        x, y = a(frame), b(frame)
        if not isinstance(x, int | Decimal) or not isinstance(y, int | Decimal):
            return None
        return added(x, negative(y) if turn else y)

    return Code(its, run)


def together(compiler: Compiler, node: nodes.Node, left: Code, right: Code) -> Type | None:
    """The type of what is reckoned of two figures; None, with a finding, where they are none or do not go together."""
    for each in (left, right):
        if each.type and not each.type.is_figure:
            cure = "Put words side by side, each field in brackets of its own."
            compiler.wrong("W116", f"“{shown(node)}” reckons with {each.type}.", cure)
            return None
    if left.type and right.type and not left.type.goes_with(right.type):
        cure = "Reckon with two sums of money, two percentages or two numbers."
        compiler.wrong("W116", f"“{shown(node)}” reckons {left.type} with {right.type}.", cure)
        return None
    return right.type if left.type == NUMBER else left.type or NUMBER


@way(nodes.Neg)
def turned(compiler: Compiler, node: nodes.Neg, scope: Scope | None) -> Code:
    """`-a`."""
    value = compiler.of(node.node, scope)
    if value.type and not value.type.is_figure:
        cure = "Take the minus out, or use a field that holds figures."
        return compiler.wrong("W116", f"“{shown(node.node)}” is {value.type}, which has no sign.", cure)
    run = value.run

    def other(frame: Frame) -> Any:
        return None if (found := run(frame)) is None else negative(found)

    return Code(value.type, other, value.fixed)


# one figure for a whole list


class Amounts(NamedTuple):
    """A figure for each record of a list: its `type`, its `name` as it was typed, and how its values are asked.

    Those that are nothing are None, and leave no cell in the trace.
    """

    type: Type
    name: str
    of_each: Callable[[Frame], list[Any]]


def amounts(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None, at: int = 0) -> Amounts | None:
    """The figure in the brackets of a calculation; None, with a finding, where it is none."""
    of = compiler.inside(value, scope)
    code, name = compiler.of(node.args[at], of), shown(node.args[at])
    if code.type is None or not code.type.is_figure:
        if code.type is not None:
            cure = "Name a field that holds numbers, money or percentages."
            compiler.wrong("W116", f"“{node.name}” is for figures, and “{name}” is {code.type}.", cure)
        return None
    return Amounts(code.type, name, of_each(value.run, code.run, of.slot))


def of_each(source: Run, one: Run, slot: int, *, blanks: bool = False) -> Callable[[Frame], list[Any]]:
    """The values of an expression for every one of a list, each with its cells; with those of `blanks` if wanted."""

    def values(frame: Frame) -> list[Any]:
        items, world, found = source(frame), frame[0], list[Any]()
        world.spend(len(items))
        for frame[slot] in items:
            value, asked = (one(frame), ()) if world.trace is None else world.traced(one, frame)
            if asked and (blanks or value is not None):
                world.trace.extend(asked)
            found.append(value)
        return found

    return values


def calculation(name: str, gives: str, work: Callable[[Sequence[Number], Unit], Any]) -> None:
    """Registers a calculation over a figure of every one of a list; `work` is given those that are there."""

    @of_records(name, gives, brackets="(budget)")
    def make(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
        """One figure for a whole list."""
        each = amounts(compiler, node, value, scope)
        if each is None:
            return BROKEN

        def run(frame: Frame) -> Any:
            values = each.of_each(frame)
            found = [one for one in values if one is not None]
            say(frame[0], f"{name} of {each.name} over {rows(len(found))}", len(values) - len(found))
            if values and not found:
                return None
            return work(found, unit_of_all(map(unit_of, found)) if found else UNITS[each.type.what])

        return Code(each.type, run)


def rows(number: int) -> str:
    """So many rows."""
    return f"{number:,} row{'' if number == 1 else 's'}"


def say(world: World, how: str, blank: int) -> None:
    """Notes how a figure was worked out, and how many blanks were left out."""
    if world.trace is not None:
        world.trace.append(f"{how}; {blank:,} blank left out" if blank else how)


def total(values: Sequence[Number], unit: Unit) -> Figure:
    """The sum of figures; nought of none."""
    return Figure(bounded(reduce(EXACT.add, map(Decimal, values), Decimal())), unit)


def average(values: Sequence[Number], unit: Unit) -> Figure | None:
    """The average of figures; one of whole numbers has a decimal where it is not whole."""
    if not values:
        return None
    found = QUOTIENT.divide(total(values, unit), Decimal(len(values)))
    whole = unit.kind != "number" or unit.decimals or found == found.to_integral_value()
    return Figure(found, unit if whole else unit._replace(decimals=1))


calculation("sum", "all figures of a list together. What is blank is left out", total)
calculation("average", "their average", average)
calculation("smallest", "the smallest of them", lambda values, _: min(values, default=None))
calculation("largest", "the largest of them", lambda values, _: max(values, default=None))


SHARE = "12 of 30, 40%: for how many of a list it holds. 100% only when for all, 0% only when for none"


@of_records("share", SHARE, brackets="(rag == 'Green')")
def share(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """For how many of a list something holds; it rests on what was asked of every one."""
    of = compiler.inside(value, scope)
    held = of_each(value.run, compiler.of(node.args[0], of).run, of.slot, blanks=True)

    def run(frame: Frame) -> Any:
        found = held(frame)
        part, whole = sum(map(bool, found)), len(found)
        if not whole:
            return None
        its = percentage(frame[0], part, whole)
        return Figure(its, its.unit, f"{part:,} of {whole:,}, {its}")

    return Code(Type("percent"), run)


def percentage(world: World, part: Number, whole: Number) -> Figure:
    """A part of a whole in percent, and how it was worked out."""
    exact = QUOTIENT.divide(100 * Decimal(part), Decimal(whole)) if whole else Decimal()
    found = Figure(exact, Unit("share" if 0 <= part <= whole else "percent"))
    if world.trace is not None:
        world.trace.append(f"{part} of {whole} = {exact:.2f}%, written {found} (100% only when all are)")
    return found


@of_a_figure("share_of", "40%: a figure as a part of another. 100% only when it is all of it", brackets="(budget)")
def share_of(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """`spent | share_of(budget)`; nothing of nought is nought, something of nought is nothing."""
    other = compiler.of(node.args[0], scope)
    if together(compiler, node, value, other) is None:
        return BROKEN
    a, b = value.run, other.run

    def run(frame: Frame) -> Any:
        part, whole = a(frame), b(frame)
        if part is None or whole is None or (part and not whole):
            return None
        return percentage(frame[0], part, whole)

    return Code(Type("percent"), run)


@of_a_figure("change", "up £5,000: how a figure has changed from another one, in the words of `report.toml`",
             brackets="(last_forecast)")  # fmt: skip
def change(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """`forecast | change(last_forecast)`: the difference, which prints with its direction."""
    other = compiler.of(node.args[0], scope)
    if (its := together(compiler, node, value, other)) is None:
        return BROKEN
    a, b = value.run, other.run

    def run(frame: Frame) -> Any:
        now, before = a(frame), b(frame)
        if now is None or before is None:
            return None
        difference = added(now, negative(before))
        unit = unit_of(difference)
        return Figure(difference, unit, frame[0].formats.changed(difference, unit))

    return Code(its, run)


@of_records("top", "so many of a list, those with the largest figures first; blanks are none of them",
            arguments=(2, 2), brackets="(3, variance)")  # fmt: skip
def top(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """The records with the largest figures."""
    number, each = compiler.of(node.args[0], scope), amounts(compiler, node, value, scope, at=1)
    if each is None or not number.fixed or not isinstance(most := number.run([]), int) or most < 1:
        return BROKEN if compiler.findings else compiler.wrong(
            "W118", f"“{shown(node)}” does not say how many.", "Write it as in “top(3, variance)”."
        )  # fmt: skip
    source = value.run

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        values = frame[0].untraced(lambda: each.of_each(frame))
        filled = (at for at, one in enumerate(values) if one is not None)
        return [items[at] for at in sorted(filled, key=lambda at: -values[at])[:most]]

    return Code(value.type, run)


@of_records("adds_up", "yes or no, after `if`: do the figures, each as it is printed, make the sum as it is printed?",
            brackets="(forecast)")  # fmt: skip
def adds_up(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """Do rounded figures make their rounded sum?"""
    each = amounts(compiler, node, value, scope)
    if each is None:
        return BROKEN

    def run(frame: Frame) -> bool:
        found = [one for one in each.of_each(frame) if one is not None]
        unit, printed = unit_of_all(map(unit_of, found)), (unit_of(one).rounded(Decimal(one)) for one in found)
        return unit.rounded(total(found, unit)) == total(list(printed), unit)

    return Code(FLAG, run)
