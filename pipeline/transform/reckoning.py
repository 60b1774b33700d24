"""Reckoning: what a field comes to, worked out on its tree, without a program being written for it.

What is here does as the program does that Jinja writes for the same tree, where nothing is amiss. Whatever is unusual
(a call, a step, an unknown filter) or goes wrong is left to Jinja itself, whose word counts in all that may be refused.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment

from pipeline.language.sandbox import reckon, together
from pipeline.transform.facts import Facts

Names = Mapping[str, object]
Reckoned = Callable[[Names], object]
Sign = Callable[[Any, Any], object]

SIGNS: Mapping[str, Sign] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt,
    "gteq": operator.ge, "in": lambda a, b: a in b, "notin": lambda a, b: a not in b,
}  # fmt: skip
SUMS: Mapping[type[nodes.Node], str] = {nodes.Add: "+", nodes.Sub: "-"}
OWN_TO_JINJA = "self"


class Unusual(Exception):
    """Not to be reckoned here."""


@lru_cache(maxsize=8192)
def reckoned(node: nodes.Expr, language: SandboxedEnvironment) -> Reckoned | None:
    """How to work out a field in that language, None where it is left to Jinja. Trees are told apart by identity."""
    try:
        return way(node, language)
    except (Unusual, RecursionError):
        return None


def way(node: nodes.Node | None, language: SandboxedEnvironment) -> Reckoned:
    """How to work out one part; raises Unusual."""
    make = WAYS.get(type(node))
    if make is None:
        raise Unusual
    return make(node, language)


def name(node: nodes.Name, _: SandboxedEnvironment) -> Reckoned:
    """A name; one that there is not is Jinja's to tell of."""
    if node.name == OWN_TO_JINJA:
        raise Unusual
    return operator.itemgetter(node.name)


def part(node: nodes.Getattr, language: SandboxedEnvironment) -> Reckoned:
    """A field of a record at once, which has nothing else to be reached; of anything else as the sandbox has it."""
    owner, field = way(node.node, language), node.attr
    if field.startswith("_"):
        raise Unusual

    def asked(names: Names) -> object:
        whose = owner(names)
        return getattr(whose, field) if type(whose) is Facts else known(language.getattr(whose, field))

    return asked


def item(node: nodes.Getitem, language: SandboxedEnvironment) -> Reckoned:
    """One of a list."""
    owner, position = way(node.node, language), way(node.arg, language)
    return lambda names: known(language.getitem(owner(names), position(names)))


def known(value: object) -> object:
    """The value; raises Unusual for one that there is not."""
    if isinstance(value, Undefined):
        raise Unusual
    return value


def filtered(node: nodes.Filter, language: SandboxedEnvironment) -> Reckoned:
    """A value with one of the house's filters after it."""
    write = language.filters.get(node.name)
    if write is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise Unusual
    value, given = way(node.node, language), [way(each, language) for each in node.args]
    if not given:
        return lambda names: write(value(names))
    return lambda names: write(value(names), *[each(names) for each in given])


def choice(node: nodes.CondExpr, language: SandboxedEnvironment) -> Reckoned:
    """`… if … else …`; without an else what Jinja has for it, which prints as nothing."""
    test, first = way(node.test, language), way(node.expr1, language)
    other: Reckoned = way(node.expr2, language) if node.expr2 is not None else lambda _: Undefined()
    return lambda names: first(names) if test(names) else other(names)


def compared(node: nodes.Compare, language: SandboxedEnvironment) -> Reckoned:
    """`a == b`, `a in b`."""
    if len(node.ops) != 1:
        raise Unusual
    sign, left, right = SIGNS[node.ops[0].op], way(node.expr, language), way(node.ops[0].expr, language)
    return lambda names: sign(left(names), right(names))


def both(node: nodes.And, language: SandboxedEnvironment) -> Reckoned:
    """`a and b`."""
    left, right = way(node.left, language), way(node.right, language)
    return lambda names: left(names) and right(names)


def either(node: nodes.Or, language: SandboxedEnvironment) -> Reckoned:
    """`a or b`."""
    left, right = way(node.left, language), way(node.right, language)
    return lambda names: left(names) or right(names)


def turned(node: nodes.Not, language: SandboxedEnvironment) -> Reckoned:
    """`not a`."""
    value = way(node.node, language)
    return lambda names: not value(names)


def joined(node: nodes.Concat, language: SandboxedEnvironment) -> Reckoned:
    """`a ~ b`."""
    values = [way(each, language) for each in node.nodes]
    return lambda names: "".join(map(str, together([each(names) for each in values])))


def summed(node: nodes.BinExpr, language: SandboxedEnvironment) -> Reckoned:
    """`a + b`, `a - b`."""
    sign, left, right = SUMS[type(node)], way(node.left, language), way(node.right, language)
    return lambda names: reckon(sign, left(names), right(names))


def literal(node: nodes.Const, _: SandboxedEnvironment) -> Reckoned:
    """Words in quotation marks, a number, true or false."""
    value = node.value
    return lambda _: value


def several(node: nodes.List | nodes.Tuple, language: SandboxedEnvironment) -> Reckoned:
    """Values in brackets."""
    values, gathered = [way(each, language) for each in node.items], list if isinstance(node, nodes.List) else tuple
    return lambda names: gathered([each(names) for each in values])


WAYS: Mapping[type[nodes.Node | None], Callable[..., Reckoned]] = {
    nodes.Name: name, nodes.Getattr: part, nodes.Getitem: item, nodes.Filter: filtered, nodes.CondExpr: choice,
    nodes.Compare: compared, nodes.And: both, nodes.Or: either, nodes.Not: turned, nodes.Concat: joined,
    nodes.Add: summed, nodes.Sub: summed, nodes.Const: literal, nodes.List: several, nodes.Tuple: several,
}  # fmt: skip
