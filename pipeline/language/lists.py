"""Filters on lists of records: narrowed, put in order, one of them, a field of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jinja2 import nodes

from pipeline.bounds import fitting
from pipeline.formats import Formats, percent
from pipeline.language.choices import folded, one_of, ready, text_of
from pipeline.language.compiler import BROKEN, Compiler, Scope
from pipeline.language.operations import (
    ANYTHING,
    DEFINING,
    RECORDS,
    builds,
    constant_words,
    counted,
    outside,
    values_of,
)
from pipeline.language.parsing import shown
from pipeline.language.types import (
    NUMBER,
    REFERENCE,
    TEXT,
    Code,
    Frame,
    Type,
    constant,
    is_nothing,
    reads_of,
)
from pipeline.language.world import Asked

IN_PATTERN = re.compile(r"\[([a-z]\w*)\]")
EACH, FILL = "Write it as in “each('date')”.", "Write it as in “fill('[name] ([position])')”."
WHERE, SORTED = "Write it as in “where(kind == 'Report')”.", "Write it as in “sorted(date)”."
WRITES = ("text", "number", "reference", "day", "when")


@builds("where", "`where(kind == 'Report')` | those of a list for which it holds", RECORDS, shape="many",
        arguments=(1, 1), example=WHERE)  # fmt: skip
def where(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """Those of a list for which something holds."""
    return narrowed(compiler, node.args[0], value, scope)


def narrowed(compiler: Compiler, condition: nodes.Expr, value: Code, scope: Scope | None) -> Code:
    """Those of a list for which a condition holds."""
    if value.type is None:
        return value
    of = compiler.inside(value.type, scope)
    test = compiler.of(condition, of)
    if is_nothing(value) or (test.fixed and not test.run([])):
        return constant(value.type, [])
    if quick := by_index(compiler, condition, value, of):
        return quick
    source, tested = value.run, values_of(test, of.slot)

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        return [one for one, holds in zip(items, tested(frame, items), strict=True) if holds]

    return Code(value.type, run, outside(value, test, of.slot).reads)


def by_index(compiler: Compiler, condition: nodes.Expr, value: Code, of: Scope) -> Code | None:
    """`column == something from outside`, of a list by its name: looked up, so that links between rows are quick."""
    if not (value.name and isinstance(condition, nodes.Compare) and [each.op for each in condition.ops] == ["eq"]):
        return None
    left, right = compiler.of(condition.expr, of), compiler.of(condition.ops[0].expr, of)
    alike = left.type is not None and right.type is not None and left.type.is_date == right.type.is_date
    if left.slot != of.slot or not left.column or right.of(of.slot) or right.fixed or not alike:
        return None
    source, wanted, values, column = value.run, right.run, values_of(left, of.slot), left.of(of.slot)
    is_key = compiler.vocabulary.kinds[of.kind].key == left.column

    def run(frame: Frame) -> list[Any]:
        items, world = source(frame), frame[0]
        sought = ready(world.untraced(lambda: wanted(frame)))
        if sought is None or sought == "":
            return []
        known = world.indexes.get((id(items), column))
        if known is None:
            world.spend(len(items))
            known = (items, dict[Any, list[Any]]())
            for one, each in zip(items, values(frame, items), strict=True):
                known[1].setdefault(ready(each), []).append(one)
            world.indexes[id(items), column] = known
        found: list[Any] = known[1].get(sought, [])
        if world.trace is not None and not is_key:  # a key says which record it is, and nothing of it
            world.trace.extend(Asked(one, name) for one in found for name in column)
        return found

    return Code(value.type, run, outside(value, right, of.slot).reads)


@builds("sorted", "`sorted(date)` | a list in the order of a field; blanks come last", RECORDS, shape="many",
        arguments=(1, 1), example=SORTED)  # fmt: skip
def ordered(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """A list in the order of a field, what is blank last."""
    if value.type is None:
        return value
    of = compiler.inside(value.type, scope)
    by, source = compiler.of(node.args[0], of), value.run
    if by.type is None or by.type.many or by.type.what not in WRITES:
        return compiler.wrong("W116", f"“sorted” cannot order by “{shown(node.args[0])}”.", SORTED)
    values = values_of(by, of.slot)

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        order = [(sortable(each), n) for n, each in enumerate(values(frame, items))]
        return [items[n] for _, n in sorted(order, key=lambda each: each[0])]

    return Code(value.type, run, outside(value, by, of.slot).reads)


def sortable(value: Any) -> tuple[bool, Any]:
    """A value that can be put in order, what is blank last."""
    first = getattr(value, "first", value)
    blank = first is None or first == ""
    return blank, "" if blank else folded(first) if isinstance(first, str) else first


@builds("each", "`each('date')` | that field of every item of a list", RECORDS, shape="many", arguments=(1, 1),
        example=EACH)  # fmt: skip
def each_of(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """One field of every item of a list."""
    name = constant_words(node)
    if name is None:
        compiler.of(node.args[0], scope)
        return compiler.wrong("W118", f"“{shown(node)}” does not name a field in quotation marks.", EACH)
    if value.type is None:
        return value
    of = compiler.inside(value.type, scope)
    field = compiler.its_field(compiler.variable(of), name, node.node)
    if field.type is None:
        return BROKEN
    source, run_one, slot = value.run, field.run, of.slot

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        return [run_one(frame) for frame[slot] in items]

    return Code(Type("lists" if field.type.many else field.type.what, many=True), run, value.reads)


FILLED = (
    "`fill('[name] ([position])')` | the pattern for every item of a list; dates are written as `day` does, and "
    "brackets with nothing in them are left out"
)


@builds("fill", FILLED, RECORDS, shape="many", arguments=(1, 1), example=FILL)
def fill(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """A pattern for every item of a list, with its `[field]`s; brackets in which nothing is filled in are left out."""
    pattern = constant_words(node)
    if pattern is None:
        compiler.of(node.args[0], scope)
        return compiler.wrong("W118", f"“{shown(node)}” has no pattern in quotation marks.", FILL)
    if value.type is None:
        return value
    of = compiler.inside(value.type, scope)
    own, names = IN_PATTERN.split(pattern)[::2], IN_PATTERN.findall(pattern)
    fields = [compiler.its_field(compiler.variable(of), name, node.node) for name in names]
    for name, field in zip(names, fields, strict=True):
        if field.type and (field.type.what not in WRITES or field.type.many):
            message = f"“[{name}]” is {field.type}, which “fill” cannot write."
            compiler.wrong("W116", message, "Use a field of words, a number or a date.")
    source, slot, runs = value.run, of.slot, [each.run for each in fields]

    def run(frame: Frame) -> list[str]:
        items, style = source(frame), frame[0].formats
        frame[0].spend(len(items))
        return fitting(patterned(own, [each(frame) for each in runs], style) for frame[slot] in items)

    return Code(Type("text", many=True), run, value.reads)


def patterned(own: Sequence[str], values: Sequence[Any], style: Formats) -> str:
    """A pattern's own words with values between them; brackets in which nothing is filled in are left out."""
    texts = ["" if each is None else text_of(each, style) for each in values]
    return "".join(part for pair in zip(own, [*texts, ""], strict=True) for part in pair).replace(" ()", "")


@builds("first", "`first` | the first of a list", ANYTHING, shape="many")
def first(_: Compiler, __: nodes.Filter, value: Code, ___: Scope | None) -> Code:
    """The first of a list; nothing where it is empty."""
    return one_of(value, 0)


@builds("last", "`last` | the last of a list", ANYTHING, shape="many")
def last(_: Compiler, __: nodes.Filter, value: Code, ___: Scope | None) -> Code:
    """The last of a list; nothing where it is empty."""
    return one_of(value, -1)


def length(compiler: Compiler, _: nodes.Filter, value: Code, __: Scope | None) -> Code:
    """How many a list holds."""
    return counted(compiler, value)


builds("count", "`count` | how many a list holds, in figures", ANYTHING, shape="many", gives="number")(length)
builds("length", "`length` | the same", ANYTHING, shape="many", gives="number")(length)


# for derived fields


def place(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """The place of a record in a list: it rests on the order of all before it."""
    items = compiler.of(node.args[0], scope)
    one, all_of = value.run, items.run
    order = compiler.vocabulary.kinds[value.type.what if value.type else ""].order

    def run(frame: Frame) -> int | None:
        record, rows, world = one(frame), all_of(frame), frame[0]
        known = world.indexes.get((id(rows), "place"))
        if known is None:
            known = world.indexes[id(rows), "place"] = (rows, {id(each): n for n, each in enumerate(rows, 1)})
        number: int | None = known[1].get(id(record))
        if world.trace is not None:
            world.trace.append(Asked(rows[:number], order))
        return number

    return Code(NUMBER, run, reads_of((value, items)))


def share_of(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """`complete | share_of(actions)`: a percentage; 100% only when all are, and how it was worked out."""
    whole = compiler.of(node.args[0], scope)
    a, b = value.run, whole.run

    def run(frame: Frame) -> str:
        part, all_of = a(frame) or 0, b(frame) or 0
        text = f"{percent(part, all_of)}%"
        if frame[0].trace is not None:
            exact = 100 * part / all_of if all_of else 0.0
            frame[0].trace.append(f"{part} of {all_of} = {exact:.2f}%, written {text} (100% only when all are)")
        return text

    return Code(TEXT, run, reads_of((value, whole)))


def reference(_: Compiler, node: nodes.Filter, value: Code, __: Scope | None) -> Code:
    """`ref | reference('appendix/')`: the mark that becomes the name of an appendix once they are numbered."""
    run, start = value.run, constant_words(node)
    return Code(REFERENCE, lambda frame: f"\ufdd0{start}{run(frame)}\ufdd1", value.reads)


DEFINING.update({"place": place, "share_of": share_of, "reference": reference})
