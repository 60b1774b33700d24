"""Findings in a field, and how a field and its type are called in a message."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import nodes

from pipeline.vocabulary import Type

SAID = {"text": "words", "number": "a number", "day": "a date", "when": "a date", "flag": "a yes or no",
        "reference": "an appendix", "lists": "a list of lists"}  # fmt: skip
MANY = {"day": "dates", "when": "dates", "text": "words", "lists": "lists"}
SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
BETWEEN = {nodes.And: "and", nodes.Or: "or", nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/",
           nodes.FloorDiv: "//", nodes.Mod: "%", nodes.Pow: "**"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a field: code, what, one cure."""

    code: str
    message: str
    cure: str


def said(its: Type) -> str:
    """A type in an officer's words: `a date`, `a list of letters`."""
    if its.many:
        return "a list of " + (MANY.get(its.what) or f"{its.what}s")
    return SAID.get(its.what) or f"a whole {its.what}"


def shown(node: nodes.Node | None) -> str:
    """A part of a field as an officer would type it, at most 60 characters."""
    text = written(node)
    return text if len(text) <= 60 else text[:59] + "…"


def written(node: nodes.Node | None) -> str:
    """A part of a field, written out; “…” for what wording may not hold anyway."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Const):
        return f"'{node.value}'" if isinstance(node.value, str) else str(node.value)
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{written(node.node)}[{written(node.arg)}]"
    if isinstance(node, nodes.Filter):
        inside = ", ".join(written(each) for each in node.args)
        return f"{written(node.node)} | {node.name}" + (f"({inside})" if inside else "")
    return written_operation(node)


def written_operation(node: nodes.Node | None) -> str:
    """A choice, comparison, sum or call, written out."""
    if isinstance(node, nodes.CondExpr):
        other = f" else {written(node.expr2)}" if node.expr2 else ""
        return f"{written(node.expr1)} if {written(node.test)}{other}"
    if isinstance(node, nodes.Compare):
        return written(node.expr) + "".join(f" {SIGNS[each.op]} {written(each.expr)}" for each in node.ops)
    if isinstance(node, nodes.BinExpr):
        return f"{written(node.left)} {BETWEEN.get(type(node), '?')} {written(node.right)}"
    if isinstance(node, nodes.Not):
        return f"not {written(node.node)}"
    if isinstance(node, nodes.Call):
        return f"{written(node.node)}(…)"
    return "…"
