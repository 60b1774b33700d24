"""Choices, comparisons and the little else that an expression may hold besides names and filters."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jinja2 import nodes

from pipeline.bounds import NUMBER as LARGEST
from pipeline.bounds import OutOfBounds, fitting
from pipeline.language.compiler import BROKEN, WAYS, Compiler, Scope, Way
from pipeline.language.parsing import shown
from pipeline.language.types import (
    FLAG,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Code,
    Frame,
    Run,
    Type,
    Unfilled,
    constant,
    is_nothing,
    reads_of,
)

Sign = Callable[[Any, Any], Any]
ORDER: Mapping[str, Sign] = {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}
SUMS: Mapping[type[nodes.Node], Sign] = {nodes.Add: operator.add, nodes.Sub: operator.sub}


class LeftOut(str):
    """What an “if” without an “else” comes to where it does not hold: it prints as nothing, and nothing is amiss."""


LEFT_OUT = LeftOut()


def way(*kinds: type[nodes.Node]) -> Callable[[Way], Way]:
    """Registers how parts of these kinds are compiled."""

    def registered(make: Way) -> Way:
        WAYS.update(dict.fromkeys(kinds, make))
        return make

    return registered


@way(nodes.Const)
def literal(compiler: Compiler, node: nodes.Const, _: Scope | None) -> Code:
    """Words in quotation marks, a number, true or false."""
    value = node.value
    if isinstance(value, str):
        return constant(replace(TEXT, words=(value,)), value)
    if isinstance(value, bool):
        return constant(FLAG, value)
    if isinstance(value, int | float):
        return constant(NUMBER, value)
    return compiler.wrong("W112", "“none” is more than wording may hold.", "Write “not” before the field.")


@way(nodes.List, nodes.Tuple)
def several(compiler: Compiler, node: nodes.List | nodes.Tuple, scope: Scope | None) -> Code:
    """Values in brackets, as after `in`; records one by one, those left out that are not there."""
    codes = [compiler.of(each, scope) for each in node.items]
    runs, kinds = [each.run for each in codes], {each.type for each in codes}
    only = kinds.pop() if len(kinds) == 1 else None
    if only and only.is_record and not only.many:
        if all(is_nothing(each) for each in codes):
            return constant(replace(only, many=True), [])
        return Code(
            replace(only, many=True),
            lambda frame: [one for run in runs if (one := run(frame)) is not None],
            reads_of(codes),
        )
    its = Type(only.what, many=True) if only and not only.many else Type("lists", many=True)
    fixed = all(each.fixed for each in codes)
    return Code(its, lambda frame: [run(frame) for run in runs], reads_of(codes), fixed=fixed)


@way(nodes.Getitem)
def item(compiler: Compiler, node: nodes.Getitem, scope: Scope | None) -> Code:
    """One of a list: `workshop_held[0]`; nothing where it holds no so many."""
    owner = compiler.of(node.node, scope)
    if not (isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)):
        cure = "Write a full stop before the field’s name."
        return compiler.wrong("W112", f"“{shown(node)}” is more than wording may hold.", cure)
    if owner.type is None:
        return owner
    if not owner.type.many:
        message = f"“{shown(node.node)}” is {owner.type}, not a list."
        return compiler.wrong("W116", message, "Take the square brackets out.")
    return one_of(owner, node.arg.value)


def one_of(owner: Code, position: int) -> Code:
    """The item of a list at a position; nothing where it holds no so many."""
    its = replace(owner.type, many=False) if owner.type and owner.type.what != "lists" else None
    if is_nothing(owner):
        return constant(its, None)
    run = owner.run

    def one(frame: Frame) -> Any:
        items = run(frame)
        return items[position] if items and -len(items) <= position < len(items) else None

    return Code(its, one, owner.reads)


@way(nodes.CondExpr)
def choice(compiler: Compiler, node: nodes.CondExpr, scope: Scope | None) -> Code:
    """`'and final ' if update.final else ''`; without an else nothing where it does not hold."""
    test, first = compiler.of(node.test, scope), compiler.of(node.expr1, scope)
    bare = not compiler.defining and not (first.type and first.type.is_record)
    other = (
        compiler.of(node.expr2, scope)
        if node.expr2 is not None
        else Code(first.type, lambda _: LEFT_OUT if bare else None, fixed=True)
    )
    if test.fixed:
        return first if test.run([]) else other
    holds, yes, no = test.run, first.run, other.run
    return Code(
        of_two(first.type, other.type),
        lambda frame: yes(frame) if holds(frame) else no(frame),
        reads_of((test, first, other)),
    )


def of_two(first: Type | None, other: Type | None) -> Type | None:
    """The type of a choice: what stands first, or second where that cannot be printed."""
    if first is None or (other and (other.many or other.is_record)):
        return other
    closed = bool(first.words and other and other.words and first == other)
    return replace(first, words=(*first.words, *(other.words if other else ())) if closed else ())


@way(nodes.And)
def both(compiler: Compiler, node: nodes.And, scope: Scope | None) -> Code:
    """`a and b`."""
    left, right = compiler.of(node.left, scope), compiler.of(node.right, scope)
    if left.fixed:
        return right if left.run([]) else left
    if right.fixed and not right.run([]):
        return constant(FLAG, False)
    a, b = left.run, right.run
    return Code(alike(left, right), lambda frame: a(frame) and b(frame), reads_of((left, right)))


@way(nodes.Or)
def either(compiler: Compiler, node: nodes.Or, scope: Scope | None) -> Code:
    """`letter.kind or letter.ref`: the first of them in which anything stands."""
    left, right = compiler.of(node.left, scope), compiler.of(node.right, scope)
    if left.fixed:
        return left if left.run([]) else right
    a, b = left.run, right.run
    return Code(alike(left, right), lambda frame: a(frame) or b(frame), reads_of((left, right)))


def alike(left: Code, right: Code) -> Type | None:
    """The type of both; None where they differ. In a field that leads back to itself one is not known yet."""
    if left.type == right.type or right.type is None:
        return replace(left.type, words=()) if left.type else None
    return right.type if left.type is None else None


@way(nodes.Not)
def turned(compiler: Compiler, node: nodes.Not, scope: Scope | None) -> Code:
    """`not update.final`: it is no, or there is none."""
    value = compiler.of(node.node, scope)
    run = value.run
    return Code(FLAG, lambda frame: not run(frame), value.reads, fixed=value.fixed)


@way(nodes.Concat)
def joined(compiler: Compiler, node: nodes.Concat, scope: Scope | None) -> Code:
    """`a ~ b`: words side by side."""
    codes = [compiler.printable(each, scope) for each in node.nodes]
    runs = [each.run for each in codes]

    def run(frame: Frame) -> str:
        return "".join(fitting(text_of(each(frame), frame[0].formats) for each in runs))

    return Code(TEXT, run, reads_of(codes))


@way(nodes.Add, nodes.Sub)
def summed(compiler: Compiler, node: nodes.BinExpr, scope: Scope | None) -> Code:
    """`a + b`, `a - b` of numbers; nothing where one of them is nothing."""
    left, right, sign = compiler.of(node.left, scope), compiler.of(node.right, scope), SUMS[type(node)]
    for each in (left, right):
        if each.type and each.type != NUMBER:
            cure = "Put words side by side, each field in brackets of its own."
            compiler.wrong("W116", f"“{shown(node)}” reckons with {each.type}.", cure)
            return Code(TEXT, BROKEN.run)
    a, b = left.run, right.run

    def run(frame: Frame) -> Any:
        x, y = a(frame), b(frame)
        if not isinstance(x, int | float) or not isinstance(y, int | float):
            return None
        if abs(found := sign(x, y)) > LARGEST:
            raise OutOfBounds(f"a number of more than {len(str(LARGEST)) - 1} figures would come of it")
        return found

    return Code(NUMBER, run, reads_of((left, right)))


# comparisons


@way(nodes.Compare)
def compared(compiler: Compiler, node: nodes.Compare, scope: Scope | None) -> Code:
    """`a == b`, `a < b`, `a in b`, and chains of them."""
    left, found = compiler.of(node.expr, scope), []
    for operand in node.ops:
        right = compiler.of(operand.expr, scope)
        if left.type and right.type and not comparable(left.type, right.type, operand.op):
            message = f"“{shown(node.expr)}” is {left.type}, and “{shown(operand.expr)}” is {right.type}."
            cure = "Compare a date with a date, a number with a number, or words with words."
            compiler.wrong("W116", message, cure)
        known_words(compiler, shown(node.expr), left, right)
        known_words(compiler, shown(operand.expr), right, left)
        found.append(comparison(operand.op, left, right))
        left = right
    if len(found) == 1:
        return found[0]
    runs = [each.run for each in found]
    return Code(FLAG, lambda frame: all(run(frame) for run in runs), reads_of(found))


def comparable(first: Type, other: Type, sign: str) -> bool:
    """May the two be compared? More and less only of two dates or two numbers."""
    if sign in ("in", "notin"):
        return other.many or other.what == "text"
    dated = first.is_date and other.is_date and not (first.many or other.many)
    if sign in ("eq", "ne"):
        return dated or first == other or {first.what, other.what} == {"text", "reference"}
    return dated or (first == other == NUMBER)


def known_words(compiler: Compiler, name: str, field: Code, given: Code) -> None:
    """W120: a yes or no that is compared with another word."""
    if field.fixed or not field.type or not set(field.type.words) <= set(YES_OR_NO) or not field.type.words:
        return
    for word in given.type.words if given.type and given.fixed else ():
        if folded(word) not in YES_OR_NO and word:
            compiler.wrong("W120", f"“{name}” is “{word}”, which is neither yes nor no.", 'Write "yes" or "no".')


def comparison(op: str, left: Code, right: Code) -> Code:
    """One comparison. What is nothing is neither equal to anything nor more nor less than it."""
    if op not in ("ne", "notin") and (is_nothing(left) or is_nothing(right)):
        return constant(FLAG, False)
    a, b = left.run, right.run
    return Code(FLAG, signed(op, a, b, right), reads_of((left, right)), fixed=left.fixed and right.fixed)


def signed(op: str, a: Run, b: Run, right: Code) -> Run:
    """How two values are compared."""
    if op in ("in", "notin"):
        wanted = op == "in"
        return lambda frame: among(a(frame), b(frame)) == wanted
    if op in ORDER:
        return ordered(op, a, b)
    wanted = op == "eq"
    if right.fixed and right.type and right.type.what == "text":
        fixed = ready(b([]))
        return lambda frame: (ready(a(frame)) == fixed) == wanted
    return lambda frame: equal(a(frame), b(frame)) == wanted


def equal(one: object, other: object) -> bool:
    """Are two values the same, texts whatever their case and blanks? Nothing equals nothing else, nor itself."""
    return one is not None and other is not None and ready(one) == ready(other)


def among(one: object, others: Any) -> bool:
    """Is a value one of a list, or a part of a text?"""
    if isinstance(others, str):
        return isinstance(one, str) and one in others
    return ready(one) in [ready(each) for each in others or ()]


def ready(value: Any) -> Any:
    """A value ready to be compared with another."""
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, dt.date):
        return (value, value)
    first = getattr(value, "first", None)
    return (first, value.last) if first is not None else value


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text whatever its case and blanks."""
    return " ".join(text.split()).casefold()


ENDS = {"lt": (1, 0), "lteq": (1, 1), "gt": (0, 1), "gteq": (0, 0)}
"""Which end of the left value is held against which of the right: June is before July, and not after 15 June."""


def ordered(op: str, a: Run, b: Run) -> Run:
    """Numbers and dates compared, dates as surely as their precision allows; nothing is neither more nor less."""
    sign, (mine, theirs) = ORDER[op], ENDS[op]

    def run(frame: Frame) -> bool:
        one, other = ends_of(a(frame)), ends_of(b(frame))
        try:
            return one is not None and other is not None and sign(one[mine], other[theirs])
        except TypeError:
            raise Unfilled("what is compared is not alike") from None

    return run


def ends_of(value: Any) -> tuple[Any, Any] | None:
    """The least and the most that a number or a date may be; None for nothing, and for open words."""
    if hasattr(value, "precision"):
        return None if value.first is None else (value.first, value.last)
    return None if value is None else (value, value)


# texts


def text_of(value: Any, formats: Any) -> str:
    """A value as a sentence says it: days and months in the house style, texts and whole numbers as they are.

    Raises Unfilled for what cannot be said.
    """
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    if isinstance(value, dt.date) or hasattr(value, "precision"):
        return str(formats.day(value))
    if value is None:
        raise Unfilled("is blank")
    if isinstance(value, float) and type(value) is not float:  # one that knows how its cell shows it
        return str(value)
    raise Unfilled("is a list: write “| listed” after it" if isinstance(value, list | tuple) else "is no text")
