"""Reckoning with figures, exact: what is added, taken away, a part of another or changed, in their unit."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import partial
from typing import Any

from jinja2 import nodes

from pipeline.bounds import NUMBER as LARGEST
from pipeline.bounds import OutOfBounds
from pipeline.kinds import EXACT, Figure, Unit, unit_of, unit_of_all
from pipeline.language.compiler import BROKEN, Compiler, Scope, way
from pipeline.language.operations import operation
from pipeline.language.parsing import shown
from pipeline.language.types import FIGURES, NUMBER, TEXT, Code, Frame, Type
from pipeline.language.world import World

QUOTIENT = Context(prec=40)
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
