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
from pipeline.formats import Formats
from pipeline.language.compiler import BROKEN, Compiler, Scope, way
from pipeline.language.parsing import shown
from pipeline.language.types import FLAG, NUMBER, TEXT, Code, Frame, Type, Unfilled, constant, is_nothing

LITERALS = {str: TEXT, bool: FLAG, int: NUMBER, float: NUMBER}


class LeftOut(str):
    """What an “if” without an “else” comes to where it does not hold: it prints as nothing, and nothing is amiss."""


LEFT_OUT = LeftOut()


@way(nodes.Const)
def literal(compiler: Compiler, node: nodes.Const, _: Scope | None) -> Code:
    """Words in quotation marks, a number, true or false."""
    value, its = node.value, LITERALS.get(type(node.value))
    if its is None:
        return compiler.wrong("W112", "“none” is more than wording may hold.", "Write “not” before the field.")
    return constant(replace(its, words=(value,) if isinstance(value, str) else ()), value)


@way(nodes.List, nodes.Tuple)
def several(compiler: Compiler, node: nodes.List | nodes.Tuple, scope: Scope | None) -> Code:
    """Values in brackets, as after `in`; records one by one, those left out that are not there."""
    codes = [compiler.of(each, scope) for each in node.items]
    runs, types = [each.run for each in codes], {each.type for each in codes}
    only = types.pop() if len(types) == 1 else None
    if only and only.is_record and not only.many:
        its = replace(only, many=True)
        if all(is_nothing(each) for each in codes):
            return constant(its, [])
        return Code(its, lambda frame: [one for run in runs if (one := run(frame)) is not None])
    its = Type(only.what, many=True) if only and not only.many else Type("lists", many=True)
    return Code(its, lambda frame: [run(frame) for run in runs], all(each.fixed for each in codes))


@way(nodes.Getitem)
def item(compiler: Compiler, node: nodes.Getitem, scope: Scope | None) -> Code:
    """One of a list: `workshop_held[0]`; nothing where it holds no so many."""
    owner = compiler.of(node.node, scope)
    if not (isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)):
        cure = "Write a full stop before the field’s name."
        return compiler.wrong("W112", f"“{shown(node)}” is more than wording may hold.", cure)
    if owner.type and not owner.type.many:
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

    return Code(its, one)


@way(nodes.CondExpr)
def choice(compiler: Compiler, node: nodes.CondExpr, scope: Scope | None) -> Code:
    """`'and final ' if update.final else ''`; without an else nothing where it does not hold."""
    test, first = compiler.of(node.test, scope), compiler.of(node.expr1, scope)
    nothing = None if compiler.defining or (first.type and first.type.is_record) else LEFT_OUT
    other = compiler.of(node.expr2, scope) if node.expr2 is not None else constant(first.type, nothing)
    if test.fixed:
        return first if test.run([]) else other
    holds, yes, no = test.run, first.run, other.run
    return Code(of_two(first.type, other.type), lambda frame: yes(frame) if holds(frame) else no(frame))


def of_two(first: Type | None, other: Type | None) -> Type | None:
    """The type of a choice: what stands first, or second where that cannot be printed."""
    if first is None or (other and (other.many or other.is_record)):
        return other
    closed = first.words and other and other.words and first == other
    return replace(first, words=(*first.words, *other.words) if other and closed else ())


@way(nodes.And, nodes.Or)
def both(compiler: Compiler, node: nodes.BinExpr, scope: Scope | None) -> Code:
    """`a and b`; `letter.kind or letter.ref`, the first of them in which anything stands."""
    left, right, every = compiler.of(node.left, scope), compiler.of(node.right, scope), isinstance(node, nodes.And)
    if left.fixed:
        return right if bool(left.run([])) == every else left
    if right.fixed and every and not right.run([]):
        return constant(FLAG, False)
    a, b = left.run, right.run
    its = left.type if left.type == right.type or right.type is None else None if left.type else right.type
    its = its and replace(its, words=())
    if every:
        return Code(its, lambda frame: a(frame) and b(frame))
    return Code(its, lambda frame: a(frame) or b(frame))


@way(nodes.Not)
def turned(compiler: Compiler, node: nodes.Not, scope: Scope | None) -> Code:
    """`not update.final`: it is no, or there is none."""
    run, fixed = (value := compiler.of(node.node, scope)).run, value.fixed
    return Code(FLAG, lambda frame: not run(frame), fixed)


@way(nodes.Concat)
def joined(compiler: Compiler, node: nodes.Concat, scope: Scope | None) -> Code:
    """`a ~ b`: words side by side."""
    runs = [compiler.printable(each, scope).run for each in node.nodes]
    return Code(TEXT, lambda frame: "".join(fitting(text_of(run(frame), frame[0].formats) for run in runs)))


@way(nodes.Add, nodes.Sub)
def summed(compiler: Compiler, node: nodes.BinExpr, scope: Scope | None) -> Code:
    """`a + b`, `a - b` of numbers; nothing where one of them is nothing."""
    left, right = compiler.of(node.left, scope), compiler.of(node.right, scope)
    sign = operator.add if isinstance(node, nodes.Add) else operator.sub
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

    return Code(NUMBER, run)


# comparisons


@way(nodes.Compare)
def compared(compiler: Compiler, node: nodes.Compare, scope: Scope | None) -> Code:
    """`a == b`, `a < b`, `a in b`, and chains of them."""
    left, name, found = compiler.of(node.expr, scope), shown(node.expr), list[Code]()
    for operand in node.ops:
        right, other = compiler.of(operand.expr, scope), shown(operand.expr)
        if left.type and right.type:
            if not comparable(left.type, right.type, operand.op):
                cure = "Compare a date with a date, a number with a number, or words with words."
                compiler.wrong("W116", f"“{name}” is {left.type}, and “{other}” is {right.type}.", cure)
            neither(compiler, name, left, right.type)
            neither(compiler, other, right, left.type)
        found.append(comparison(operand.op, left, right))
        left, name = right, other
    runs = [each.run for each in found]
    return found[0] if len(found) == 1 else Code(FLAG, lambda frame: all(run(frame) for run in runs))


def comparable(first: Type, other: Type, sign: str) -> bool:
    """May the two be compared? More and less only of two dates or two numbers."""
    if sign in ("in", "notin"):
        return other.many or other.what == "text"
    dated = first.is_date and other.is_date and not (first.many or other.many)
    if sign in ("eq", "ne"):
        return dated or first == other or {first.what, other.what} == {"text", "reference"}
    return dated or first == other == NUMBER


def neither(compiler: Compiler, name: str, field: Code, given: Type) -> None:
    """W120: a yes or no that is compared with another word."""
    known = () if field.fixed or not field.type else field.type.words
    for word in given.words if known and set(known) <= {"yes", "no"} else ():
        if word and folded(word) not in known:
            compiler.wrong("W120", f"“{name}” is “{word}”, which is neither yes nor no.", 'Write "yes" or "no".')


def comparison(op: str, left: Code, right: Code) -> Code:
    """One comparison. What is nothing is neither equal to anything nor more nor less than it."""
    if op not in ("ne", "notin") and (is_nothing(left) or is_nothing(right)):
        return constant(FLAG, False)
    a, b, sign = left.run, right.run, SIGNS[op]
    return Code(FLAG, lambda frame: sign(a(frame), b(frame)), left.fixed and right.fixed)


def equal(one: object, other: object) -> bool:
    """Are two values the same, texts whatever their case and blanks?"""
    return one is not None and other is not None and ready(one) == ready(other)


def among(one: object, others: Any) -> bool:
    """Is a value one of a list, or a part of a text?"""
    if isinstance(others, str):
        return isinstance(one, str) and one in others
    return ready(one) in [ready(each) for each in others or ()]


def ordered(sign: Callable[[Any, Any], Any], mine: int, theirs: int) -> Callable[[Any, Any], bool]:
    """Numbers and dates compared, dates as surely as their precision allows: June is before July, not after 15 June.

    `mine` and `theirs` say which end of each is held against the other: 0 its least, 1 its most.
    """

    def run(left: Any, right: Any) -> bool:
        one, other = ends_of(left), ends_of(right)
        try:
            return one is not None and other is not None and sign(one[mine], other[theirs])
        except TypeError:
            raise Unfilled("what is compared is not alike") from None

    return run


SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": equal,
    "ne": lambda one, other: not equal(one, other),
    "in": among,
    "notin": lambda one, others: not among(one, others),
    "lt": ordered(operator.lt, 1, 0),
    "lteq": ordered(operator.le, 1, 1),
    "gt": ordered(operator.gt, 0, 1),
    "gteq": ordered(operator.ge, 0, 0),
}


def ready(value: Any) -> Any:
    """A value ready to be compared with another."""
    if isinstance(value, str):
        return folded(value)
    ends = ends_of(value)
    return ends if ends and ends[0].__class__ is dt.date else value


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text whatever its case and blanks."""
    return " ".join(text.split()).casefold()


def ends_of(value: Any) -> tuple[Any, Any] | None:
    """The least and the most that a number or a date may be; None for nothing, and for open words."""
    if hasattr(value, "precision"):
        return None if value.first is None else (value.first, value.last)
    return None if value is None else (value, value)


# texts


def text_of(value: Any, formats: Formats) -> str:
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
