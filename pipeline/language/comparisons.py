"""Comparisons: texts whatever their case and blanks, dates as surely as their precision allows."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from pipeline.language.compiler import Compiler, Scope, way
from pipeline.language.parsing import shown
from pipeline.language.types import FLAG, TEXT, Code, Frame, Run, Type, Unfilled, constant, is_nothing, name_a_field
from pipeline.text import folded

AS_EXCEL_KNOWS = Decimal("1e-13")
"""Excel keeps 15 digits of a number, of which those of a sum may differ in the last."""


@way(nodes.Compare)
def compared(compiler: Compiler, node: nodes.Compare, scope: Scope | None) -> Code:
    """`a == b`, `a < b`, `a in b`, and chains of them."""
    left, name, found = compiler.of(node.expr, scope), shown(node.expr), list[Code]()
    for operand in node.ops:
        right, other = compiler.of(operand.expr, scope), shown(operand.expr)
        left, right = worded(left, right), worded(right, left)
        if left.type and right.type:
            if not comparable(left.type, right.type, operand.op):
                cure = "Compare a date with a date, a number with a number, or words with words."
                cure = name_a_field({name: left.type, other: right.type}, compiler.vocabulary.printed_fields, cure)
                compiler.wrong("W116", f"“{name}” is {left.type}, and “{other}” is {right.type}.", cure)
            neither(compiler, name, left, right.type)
            neither(compiler, other, right, left.type)
        found.append(comparison(operand.op, left, right))
        left, name = right, other
    runs = [each.run for each in found]
    return found[0] if len(found) == 1 else Code(FLAG, lambda frame: all(run(frame) for run in runs))


def worded(code: Code, other: Code) -> Code:
    """A percentage that is compared with words, as it is printed: `percent == '100%'`."""
    if not (code.type and other.type and code.type.what == "percent" and other.type.what == "text"):
        return code
    run = code.run
    return Code(TEXT, lambda frame: None if (found := run(frame)) is None else str(found), code.fixed)


def comparable(first: Type, other: Type, sign: str) -> bool:
    """May the two be compared? More and less only of two dates or two numbers."""
    if sign in ("in", "notin"):
        return other.many or other.what == "text"
    if first.is_more_or_less(other):
        return True
    return sign in ("eq", "ne") and (first == other or {first.what, other.what} == {"text", "reference"})


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
    if right.fixed and not left.fixed and op in ("eq", "ne") and isinstance(word := right.run([]), str):
        return against(left.run, word, wanted=op == "eq")
    a, b, sign = left.run, right.run, SIGNS[op]
    if left.fixed and right.fixed:
        with suppress(Unfilled, TypeError):
            return constant(FLAG, sign(a([]), b([])))
    return Code(FLAG, lambda frame: sign(a(frame), b(frame)))


def against(run: Run, word: str, *, wanted: bool) -> Code:
    """A value compared with one word: the comparison that is asked most often, of every row."""
    plain = folded(word)

    def same(frame: Frame) -> bool:
        found = run(frame)
        return (found == word or (bool(found) and ready(found) == plain)) == wanted

    return Code(FLAG, same)


def equal(one: object, other: object) -> bool:
    """Are two values the same, texts whatever their case and blanks, figures as far as Excel knows them?"""
    if isinstance(one, Decimal) and isinstance(other, Decimal | int):
        return abs(one - other) <= AS_EXCEL_KNOWS * abs(one)
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


def ends_of(value: Any) -> tuple[Any, Any] | None:
    """The least and the most that a number or a date may be; None for nothing, and for open words."""
    if hasattr(value, "precision"):
        return None if value.first is None else (value.first, value.last)
    return None if value is None else (value, value)
