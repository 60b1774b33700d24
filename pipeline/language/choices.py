"""Choices, comparisons and the little else that an expression may hold besides names and filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import nodes

from pipeline.bounds import fitting
from pipeline.formats import Formats
from pipeline.language.compiler import Compiler, Scope, way
from pipeline.language.parsing import shown
from pipeline.language.types import (
    FLAG,
    LEFT_OUT,
    NUMBER,
    TEXT,
    Code,
    Frame,
    Run,
    Type,
    Unfilled,
    constant,
    how_to_print,
    is_nothing,
)  # fmt: skip

BLANK = "–"
"""What stands where there is nothing to print."""
LITERALS = {str: TEXT, bool: FLAG, int: NUMBER, Decimal: NUMBER}


@way(nodes.Const)
def literal(compiler: Compiler, node: nodes.Const, _: Scope | None) -> Code:
    """Words in quotation marks, a number, true or false."""
    value = Decimal(str(node.value)) if isinstance(node.value, float) else node.value
    its = LITERALS.get(type(value))
    if its is None:
        return compiler.wrong("W112", "“none” is more than wording may hold.", "Write “not” before the field.")
    return constant(replace(its, words=(value,) if isinstance(value, str) else ()), value)


@way(nodes.List, nodes.Tuple)
def several(compiler: Compiler, node: nodes.List | nodes.Tuple, scope: Scope | None) -> Code:
    """Values in brackets, as after `in`; records one by one, those left out that are not there."""
    codes = [compiler.of(each, scope) for each in node.items]
    its, runs = Type(_what_of_all(codes), many=True), [each.run for each in codes]
    if its.is_record:
        return constant(its, []) if all(map(is_nothing, codes)) else Code(its, partial(those_there, runs))
    return Code(its, lambda frame: [run(frame) for run in runs], all(each.fixed for each in codes))


def _what_of_all(codes: Sequence[Code]) -> str:
    """What single values all are, `lists` where they are not of one type."""
    first = codes[0].type if codes else None
    alike = first is not None and not first.many and all(each.type == first for each in codes)
    return first.what if first and alike else "lists"


def those_there(runs: Sequence[Run], frame: Frame) -> list[Any]:
    """The records of several that are there."""
    return [one for run in runs if (one := run(frame)) is not None]


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
    if test.fixed and compiler.defining:
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
    if compiler.defining and (settled := settled_by(left, right, every)):
        return settled
    a, b = left.run, right.run
    alike = left.type == right.type or (compiler.defining and right.type is None)  # not known yet where it leads back
    its = replace(left.type, words=()) if alike and left.type else None
    return Code(its, (lambda frame: a(frame) and b(frame)) if every else lambda frame: a(frame) or b(frame))


def settled_by(left: Code, right: Code, every: bool) -> Code | None:
    """What `and` (`every`) or `or` comes to whatever the records are; None where it depends on them."""
    if left.fixed:
        return right if bool(left.run([])) == every else left
    return constant(FLAG, False) if every and right.fixed and not right.run([]) else None


@way(nodes.Not)
def turned(compiler: Compiler, node: nodes.Not, scope: Scope | None) -> Code:
    """`not update.final`: it is no, or there is none."""
    run, fixed = (value := compiler.of(node.node, scope)).run, value.fixed
    return Code(FLAG, lambda frame: not run(frame), fixed)


@way(nodes.Concat)
def joined(compiler: Compiler, node: nodes.Concat, scope: Scope | None) -> Code:
    """`a ~ b`: words side by side."""
    runs = [printable(compiler, each, compiler.of(each, scope)).run for each in node.nodes]
    return Code(TEXT, lambda frame: "".join(fitting(text_of(run(frame), frame[0].formats) for run in runs)))


# what is printed


def printable(compiler: Compiler, node: nodes.Node, code: Code) -> Code:
    """A part that is to be printed; W117 for one that cannot be as it is."""
    its = code.type
    if its is not None and (its.what == "flag" or its.is_record or its.many):
        name = shown(node)
        compiler.wrong(
            "W117",
            f"“{name}” is {its}, and cannot be printed as it is.",
            how_to_print(its, name, compiler.vocabulary.printed_fields),
        )
    return code


def text_of(value: Any, formats: Formats) -> str:
    """A value as a sentence says it: days, months and figures in the house style, texts as they are.

    Raises Unfilled for what cannot be said.
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return formats.number(value)
    if isinstance(value, dt.date) or hasattr(value, "precision"):
        return str(formats.day(value))
    if value is None:
        raise Unfilled("is blank")
    raise Unfilled("is a list: write “| listed” after it" if isinstance(value, list | tuple) else "is no text")


def cell_text(value: Any, formats: Formats) -> str:
    """A value as it stands in a table's cell, or wherever a template prints it: a dash where it is blank."""
    if value is LEFT_OUT:
        return ""
    if value is None or value in ("", ()):
        return BLANK
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    if isinstance(value, int | Decimal):
        return formats.number(value)
    return str(value if isinstance(value, str) else formats.day(value))
