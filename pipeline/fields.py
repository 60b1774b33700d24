"""Fields of a sentence: what stands between double curly brackets, taken apart once for all who read it.

The language is Jinja's and so is the parser. A field is parsed by itself, whatever the words around it: the same fields
stand in the sentences of every board, so most of a sheet is known once another one was read. A sentence in which this
could differ from parsing it whole (brackets within quotation marks, a sign that takes blanks away) is left to Jinja.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, TemplateError, nodes

FIELD = re.compile(r"\{\{([^{}]*)\}\}")
PARSER = Environment(autoescape=True)
FAULTS = (TemplateError, RecursionError, ValueError, OverflowError)


def pieces(text: str) -> tuple[str | nodes.Expr, ...] | None:
    """A sentence's own words and its fields in turn; None where only the whole sentence can be parsed, or nothing."""
    parts = FIELD.split(text)
    if "{" in (own := "".join(parts[::2])) or "}" in own:
        return None
    fields = [field(inner) for inner in parts[1::2]]
    if any(each is None for each in fields):
        return None
    return tuple(piece for pair in zip(parts[::2], [*fields, ""], strict=True) for piece in pair if piece)


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
