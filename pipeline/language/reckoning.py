"""Figures for a whole list: sums, averages and shares, exact, each resting on the cells it reckons with, and no other.

What is blank is left out, and the way in which a figure was worked out says how many; nothing is never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.kinds import EXACT, Figure, Unit, unit_of, unit_of_all
from pipeline.language.arithmetic import QUOTIENT, Number, bounded, percentage
from pipeline.language.compiler import BROKEN, Compiler, Scope
from pipeline.language.operations import of_records
from pipeline.language.parsing import shown
from pipeline.language.types import FLAG, Code, Frame, Run, Type
from pipeline.language.world import World

UNITS = {"money": Unit("money", "£"), "percent": Unit("percent"), "number": Unit()}


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
        if not compiler.findings:
            its = f"is {code.type}" if code.type else "may be things of two kinds"
            cure = "Name a field that holds numbers, money or percentages."
            compiler.wrong("W116", f"“{node.name}” is for figures, and “{name}” {its}.", cure)
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
