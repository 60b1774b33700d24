"""Choices, comparisons and the little else that a field may hold besides names and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import nodes

from pipeline.check.wording.filters import filtered
from pipeline.check.wording.finding import said, shown
from pipeline.check.wording.reader import Reader
from pipeline.vocabulary import NUMBER, TEXT, Type

FLAG = Type("flag")


def item(reader: Reader, node: nodes.Expr) -> Type | None:
    """One of a list: `workshop_held[0]`."""
    assert isinstance(node, nodes.Getitem)  # noqa: S101
    owner = reader.type(node.node)
    if not (isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)):
        cure = "Write a full stop before the field’s name."
        reader.wrong("W112", f"“{shown(node)}” is more than wording may hold.", cure)
    elif owner is not None and not owner.many:
        reader.wrong("W116", f"“{shown(node.node)}” is {said(owner)}, not a list.", "Take the square brackets out.")
    elif owner is not None and owner.what != "lists":
        return Type(owner.what)
    return None


def choice(reader: Reader, node: nodes.Expr) -> Type | None:
    """`'and final ' if update.final else ''`: what stands first, or second where that cannot be printed."""
    assert isinstance(node, nodes.CondExpr)  # noqa: S101
    reader.type(node.test)
    first = reader.type(node.expr1)
    if node.expr2 is None:
        return first
    other = reader.type(node.expr2)
    return other if first is None or (other and (other.many or other.is_record)) else first


def compared(reader: Reader, node: nodes.Expr) -> Type:
    """`a == b`, `a < b`."""
    assert isinstance(node, nodes.Compare)  # noqa: S101
    first = reader.type(node.expr)
    for operand in node.ops:
        other = reader.type(operand.expr)
        if first and other and not comparable(first, other, operand.op):
            message = f"“{shown(node.expr)}” is {said(first)}, and “{shown(operand.expr)}” is {said(other)}."
            cure = "Compare a full date with a full date, a number with a number, or words with words."
            reader.wrong("W116", message, cure)
    return FLAG


def comparable(first: Type, other: Type, sign: str) -> bool:
    """May the two be compared? More and less only of two full dates or two numbers."""
    if sign in ("in", "notin"):
        return other.many or other.what == "text"
    if sign in ("eq", "ne"):
        return first == other or {first.what, other.what} == {"text", "reference"}
    return first == other and first in (NUMBER, Type("day"))


def either(reader: Reader, node: nodes.Expr) -> Type | None:
    """`letter.kind or letter.ref`: their type, where both are alike."""
    assert isinstance(node, nodes.BinExpr)  # noqa: S101
    first, other = reader.type(node.left), reader.type(node.right)
    return first if first == other else None


def turned(reader: Reader, node: nodes.Expr) -> Type:
    """`not update.final`."""
    assert isinstance(node, nodes.Not)  # noqa: S101
    reader.type(node.node)
    return FLAG


def joined(reader: Reader, node: nodes.Expr) -> Type:
    """`a ~ b`: words."""
    assert isinstance(node, nodes.Concat)  # noqa: S101
    for each in node.nodes:
        reader.printed(each)
    return TEXT


def reckoned(reader: Reader, node: nodes.Expr) -> Type:
    """A sum of numbers; words and dates are not added up."""
    assert isinstance(node, nodes.BinExpr)  # noqa: S101
    for each in (reader.type(node.left), reader.type(node.right)):
        if each and each != NUMBER:
            cure = "Put words side by side, each field in brackets of its own."
            reader.wrong("W116", f"“{shown(node)}” reckons with {said(each)}.", cure)
            return TEXT
    return NUMBER


def literal(_: Reader, node: nodes.Expr) -> Type | None:
    """Words in quotation marks, a number, true or false."""
    assert isinstance(node, nodes.Const)  # noqa: S101
    return {str: TEXT, int: NUMBER, float: NUMBER, bool: FLAG}.get(type(node.value))


def several(reader: Reader, node: nodes.Expr) -> Type | None:
    """Words in brackets, as after `in`."""
    assert isinstance(node, nodes.List | nodes.Tuple)  # noqa: S101
    kinds = {reader.type(each) for each in node.items}
    only = kinds.pop() if len(kinds) == 1 else None
    return Type(only.what, many=True) if only and not only.many else Type("lists", many=True)


OPERATIONS: Mapping[type[nodes.Node], Callable[[Reader, nodes.Expr], Type | None]] = {
    nodes.Filter: filtered, nodes.Getitem: item, nodes.CondExpr: choice, nodes.Compare: compared, nodes.And: either,
    nodes.Or: either, nodes.Not: turned, nodes.Concat: joined, nodes.Add: reckoned, nodes.Sub: reckoned,
    nodes.Const: literal, nodes.List: several, nodes.Tuple: several,
}  # fmt: skip
