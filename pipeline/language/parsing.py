"""Sentences and expressions taken apart by Jinja's parser, and written out again as an officer would type them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, TemplateError, nodes

from pipeline.bounds import DEPTH
from pipeline.language.types import Finding
from pipeline.text import folded

PARSER = Environment(autoescape=True)
FAULTS = (TemplateError, RecursionError, ValueError, OverflowError)
LONGEST, SHORT = 20_000, 2000
FIELD = re.compile(r"\{\{(.{0,2000}?)\}\}", re.DOTALL)
PLAIN_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
BETWEEN = {
    nodes.And: "and",
    nodes.Or: "or",
    nodes.Add: "+",
    nodes.Sub: "-",
    nodes.Mul: "*",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.Pow: "**",
}


class Apart(NamedTuple):
    """A sentence's own words and its fields in turn, none where it cannot be read, and what is wrong with it."""

    pieces: Sequence[str | nodes.Expr]
    finding: Finding | None = None


@lru_cache(maxsize=4096)
def taken_apart(text: str) -> Apart:
    """A sentence taken apart. One that is blank, or too long, or has a bracket among its own words, can still be read.

    The same fields stand in the sentences of every board, so each is parsed by itself, once. A sentence in which this
    could differ from parsing it whole (brackets within quotation marks, a sign that takes blanks away) is parsed whole.
    """
    if len(text) <= SHORT and text.strip() and (found := field_by_field(text)) is not None:
        return Apart(found)
    wrong = brackets(text)
    if "{%" in text:
        return Apart((), wrong)
    try:
        tree = PARSER.parse(text)
    except FAULTS:
        return Apart((), wrong or unreadable(text))
    return Apart([as_piece(part) for output in tree.find_all(nodes.Output) for part in output.nodes], wrong)


def as_piece(part: nodes.Expr) -> str | nodes.Expr:
    """Own words as text, a field as it is."""
    return str(part.data) if isinstance(part, nodes.TemplateData) else part


def field_by_field(text: str) -> Sequence[str | nodes.Expr] | None:
    """A sentence whose fields can each be parsed by itself; None where they cannot, or are not to be read at all."""
    parts = PLAIN_FIELD.split(text)
    if "{" in (own := "".join(parts[::2])) or "}" in own:
        return None
    fields = [field(inner) for inner in parts[1::2]]
    if any(each is None for each in fields):
        return None
    return [piece for pair in zip(parts[::2], [*fields, ""], strict=True) for piece in pair if piece]


@lru_cache(maxsize=8192)
def field(inner: str) -> nodes.Expr | None:
    """What stands in one pair of brackets, as a tree; None where it cannot be read by itself."""
    if inner.startswith(("-", "+")) or inner.endswith("-"):  # these take away the blanks around the field
        return None
    try:
        body = PARSER.parse("{{" + inner + "}}").body
    except FAULTS:
        return None
    printed = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    return printed[0] if len(printed) == 1 and isinstance(printed[0], nodes.Expr) else None


@lru_cache(maxsize=4096)
def step(code: str) -> nodes.Stmt | None:
    """A step of a template that opens something, or sets a name, as a tree; None where it cannot be read.

    `elif` is read as the `if` that it is. Raises RecursionError, ValueError where it is too deep or too long.
    """
    code = code.removeprefix("el") if code.startswith("elif") else code
    word = re.match(r"\w+", code)
    end = f"{{% end{word[0]} %}}" if word and word[0] in ("if", "for") else ""
    try:
        body = PARSER.parse(f"{{% {code} %}}{end}").body
    except TemplateError:
        return None
    return body[0] if len(body) == 1 and isinstance(body[0], nodes.If | nodes.For | nodes.Assign) else None


def brackets(text: str) -> Finding | None:
    """What is wrong with the brackets themselves; where anything is, the fields cannot be read."""
    if not text.strip():
        return Finding("W103", "The wording is blank.", "Write the sentence, or take the row out.")
    if len(text) > LONGEST:
        return Finding("W111", f"The wording has {len(text):,} characters.", "Split it into several rows.")
    if "{%" in text or "%}" in text or "{#" in text:
        return Finding(
            "W112",
            "Steps in “{% … %}” and remarks in “{# … #}” have no place in wording.",
            "Use “For each” and “Show when”, or an “if” within double curly brackets.",
        )
    rest = FIELD.sub("", text)
    return unpaired(rest) if "{" in rest or "}" in rest else None


def unpaired(rest: str) -> Finding:
    """W110: a curly bracket that is left when all fields are taken out."""
    at = rest.index("{" if "{" in rest else "}")
    start = rest.rfind(" ", 0, max(0, at - 20)) + 1 if at > 20 else 0
    near = " ".join(rest[start : at + 30].split())
    return Finding(
        "W110",
        f"A curly bracket has no partner in “{'…' if start else ''}{near}{'…' if at + 30 < len(rest) else ''}”.",
        "Begin each field with “{{” and end it with “}}”.",
    )


def unreadable(text: str) -> Finding:
    """W111: the first field that cannot be read, with the likeliest cure."""
    inner = next((found for found in FIELD.findall(text) if not reads(found)), text)
    quoted = " ".join(inner.split())[:70]
    if not inner.strip():
        return Finding("W111", "Two pairs of curly brackets hold nothing.", "Name a field between them.")
    if re.search("[‘’“”]", inner):
        return Finding("W111", f"“{quoted}” cannot be read.", "Use straight quotation marks within curly brackets.")
    return Finding("W111", f"“{quoted}” cannot be read.", "Write it as in “{{ update.due | day }}”.")


def reads(inner: str) -> bool:
    """Can one field be read by itself?"""
    try:
        PARSER.parse("{{" + inner + "}}")
    except FAULTS:
        return False
    return True


@lru_cache(maxsize=8192)
def too_deep(node: nodes.Expr) -> bool:
    """Does a field go too deep to be followed? The sentence and its list of fields are two levels above it."""
    deepest, level = 0, list[nodes.Node]([node])
    while level and deepest < DEPTH - 2:
        deepest, level = deepest + 1, [child for each in level for child in each.iter_child_nodes()]
    return deepest >= DEPTH - 2


TOO_DEEP = Finding("W111", "A field in the sentence is too long to follow.", "Split it into several rows.")


def parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """A part and all that is in it."""
    yield node
    yield from node.find_all(nodes.Node)


def shown(node: nodes.Node | None) -> str:
    """A part of a field as an officer would type it, at most 60 characters."""
    text = written(node)
    return text if len(text) <= 60 else text[:59] + "…"


def written(node: nodes.Node | None) -> str:
    """A part of a field, written out; “…” for what wording may not hold anyway."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Const():
            return f"'{node.value}'" if isinstance(node.value, str) else str(node.value)
        case nodes.Getattr():
            return f"{written(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{written(node.node)}[{written(node.arg)}]"
        case nodes.Filter():
            inside = ", ".join(written(each) for each in node.args)
            return f"{written(node.node)} | {node.name}" + (f"({inside})" if inside else "")
    return written_operation(node)


def written_operation(node: nodes.Node | None) -> str:
    """A choice, comparison, sum or call, written out."""
    match node:
        case nodes.CondExpr():
            other = f" else {written(node.expr2)}" if node.expr2 else ""
            return f"{written(node.expr1)} if {written(node.test)}{other}"
        case nodes.Compare():
            return written(node.expr) + "".join(f" {SIGNS[each.op]} {written(each.expr)}" for each in node.ops)
        case nodes.BinExpr():
            return f"{written(node.left)} {BETWEEN.get(type(node), '?')} {written(node.right)}"
        case nodes.Not() | nodes.Neg():
            return f"{'-' if isinstance(node, nodes.Neg) else 'not '}{written(node.node)}"
        case nodes.Call():
            return f"{written(node.node)}(…)"
    return "…"


# Show when and tables

ALWAYS = "always"
TABLE = re.compile(r"Table:\s*(.+)", re.IGNORECASE)


def table_of(text: str) -> str:
    """The list that a row of the wording sheet shows as a table, as it is written; blank for none."""
    found = TABLE.fullmatch(text.strip())
    return found[1].strip() if found else ""


def listed_name(name: str) -> str:
    """A list's name as it is looked up."""
    return folded(name)
