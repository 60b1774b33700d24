"""Filters: known, with what they need in brackets, after something that they can take."""

from __future__ import annotations

import re

from jinja2 import nodes

from pipeline.check.wording.finding import said, shown
from pipeline.check.wording.reader import Reader
from pipeline.vocabulary import Filter, Type

EXAMPLES = {"each": "Write it as in “each('date')”.", "fill": "Write it as in “fill('[name] ([position])')”.",
            "plural": "Write it as in “plural('is', 'are')”."}  # fmt: skip


def filtered(reader: Reader, node: nodes.Expr) -> Type | None:
    """The type of a value with a filter after it."""
    assert isinstance(node, nodes.Filter)  # noqa: S101
    its = reader.type(node.node) if node.node else None
    given = [reader.type(each) for each in node.args]
    known = reader.vocabulary.filters.get(node.name)
    if known is None:
        cure = reader.meant(node.name, reader.vocabulary.filters, "Take it out, or use a filter that there is.")
        reader.wrong("W115", f"There is no filter “{node.name}”.", cure)
        return None
    low, high = known.arguments
    if not low <= len(given) <= high or node.kwargs or node.dyn_args or node.dyn_kwargs:
        cure = EXAMPLES.get(node.name, f"Write “{node.name}” without brackets.")
        reader.wrong("W118", f"“{shown(node)}” does not have in brackets what “{node.name}” needs.", cure)
        return None
    return applied(reader, node, known, its) if its else outcome(reader, node, known, None)


def applied(reader: Reader, node: nodes.Filter, known: Filter, its: Type) -> Type | None:
    """The type of what the filter gives, once it is seen to suit what stands before it."""
    what = "record" if its.is_record else its.what
    fits = known.shape == "any" or (known.shape == "many") == its.many
    if (known.counts and its.many) or (fits and what in known.takes):
        return outcome(reader, node, known, its)
    message = f"“{node.name}” comes after “{shown(node.node)}”, which is {said(its)}."
    reader.wrong("W116", message, misapplied(node.name, known, its))
    return None


def misapplied(name: str, known: Filter, its: Type) -> str:
    """The cure for a filter after something that it cannot take."""
    if known.shape == "many" and not its.many:
        return f"Take “{name}” out, or name a list before it."
    if its.is_date and name in ("listed", "join"):
        return f"Write “day” before “{name}”."
    if its.many and its.is_record:
        return f"Write “each('…')” before “{name}”, with the name of a field."
    return f"Take “{name}” out, or use it after {wanted(known)}."


def wanted(known: Filter) -> str:
    """What a filter can come after."""
    if known.takes <= {"day", "when"}:
        return "a date"
    if known.takes == {"number"}:
        return "a number or a list"
    return "a list of records" if known.takes == {"record"} else "words"


def outcome(reader: Reader, node: nodes.Filter, known: Filter, its: Type | None) -> Type | None:
    """What the filter gives."""
    if known.gives == "item":
        return Type(its.what) if its and its.what != "lists" else None
    if known.gives == "field":
        return field_of_each(reader, node, its)
    if known.lists:
        judge_pattern(reader, node, its)
    return Type(known.gives, many=known.lists or bool(known.shape == "any" and its and its.many))


def constant(node: nodes.Filter) -> str | None:
    """The words in brackets, where they are words."""
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else None


def field_of_each(reader: Reader, node: nodes.Filter, its: Type | None) -> Type | None:
    """The type of `| each('date')`: a list of that field."""
    name = constant(node)
    if name is None:
        reader.wrong("W118", f"“{shown(node)}” does not name a field in quotation marks.", EXAMPLES["each"])
    if its is None or name is None:
        return None
    found = reader.its_field(Type(its.what), name, node.node)
    return Type("lists" if found.many else found.what, many=True) if found else None


def judge_pattern(reader: Reader, node: nodes.Filter, its: Type | None) -> None:
    """Judge the fields in square brackets of `| fill('[name] ([position])')`."""
    for name in re.findall(r"\[([a-z]\w*)\]", constant(node) or ""):
        found = reader.its_field(Type(its.what), name, node.node) if its else None
        if found and (found.what not in ("text", "number", "reference", "day", "when") or found.many):
            message = f"“[{name}]” is {said(found)}, which “fill” cannot write."
            reader.wrong("W116", message, "Use a field of words, a number or a date.")
