"""A tag as Jinja's parser reads it, and what is wrong with one that cannot be read, or holds what no tag may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import nodes

from pipeline.catalogue import problem, shortened
from pipeline.language import OPERATIONS, parse_field, parse_step, shown, too_deep
from pipeline.nearest import nearest
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Problem
from pipeline.render.tags import Tag

STEPS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
FOREIGN_STEPS = frozenset({
    "macro", "endmacro", "call", "endcall", "filter", "endfilter", "block", "endblock", "extends", "include",
    "import", "from", "with", "endwith", "autoescape", "endautoescape", "raw", "endraw", "do", "break",
    "continue", "trans", "endtrans", "pluralize", "debug", "endset",
})  # fmt: skip
CELL_WORDS = frozenset({"cellbg", "colspan", "vm", "hm"})
"""What docxtpl does to a table's cell by itself."""
_QUOTED = 200
_BRACKETS = 60
"""More inside one another than anybody types."""
TEXT = Pattern(r"'[^']*'|\"[^\"]*\"")
GROWS = (nodes.Mul, nodes.Pow, nodes.Mod, nodes.Div, nodes.FloorDiv)
HELD = (
    nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.List, nodes.Tuple,
)  # fmt: skip
"""All that an expression may be made of."""


class Parsed(NamedTuple):
    """A tag as a tree, none where it opens nothing or cannot be read, and what is wrong with it."""

    tree: nodes.Node | None
    problems: tuple[Problem, ...] = ()


def parsed(tag: Tag) -> Parsed:
    """What a tag says."""
    if tag.kind == "{%" and tag.word not in STEPS:
        return Parsed(None) if tag.word in CELL_WORDS else Parsed(None, (unknown_step(tag),))
    if tag.word in ("else", "endif", "endfor"):
        return Parsed(None) if tag.code == tag.word else Parsed(None, (unreadable(tag),))
    try:
        tree = parse_step(tag.code) if tag.kind == "{%" else parse_field(tag.code)
    except (RecursionError, ValueError, OverflowError):
        return Parsed(None, (fault(tag, "T048", "brackets", tag=tag.raw[:40]),))
    if tree is None:
        return Parsed(None, (unreadable(tag),))
    return Parsed(*refused(tag, tree))


def fault(tag: Tag, code: str, way: str = "", /, **words: object) -> Problem:
    """A problem of a tag, not yet placed."""
    return problem(code, NOWHERE, way, **{"tag": shortened(tag.raw, _QUOTED), **words})


def refused(tag: Tag, tree: nodes.Node) -> tuple[nodes.Node | None, tuple[Problem, ...]]:
    """The tree, and what in it no tag may hold: then there is nothing to be typed."""
    if any(map(too_deep, _expressions(tree))):
        return None, (fault(tag, "T048", "brackets", tag=tag.raw[:40]),)
    if isinstance(tree, nodes.For) and tree.recursive:
        return None, (fault(tag, "T017", "recursive"),)
    found = [each for node in (tree, *tree.find_all(nodes.Expr)) if (each := _held(tag, node))]
    grave = [each for each in found if each.code == "T017"][:1]
    return None if found else tree, tuple(grave or found)


def _expressions(tree: nodes.Node) -> list[nodes.Node]:
    """The expressions of a tag: itself where it prints one."""
    if isinstance(tree, nodes.Expr):
        return [tree]
    return [each for each in tree.iter_child_nodes() if isinstance(each, nodes.Expr)]


def _held(tag: Tag, node: nodes.Node) -> Problem | None:
    """What is wrong with one part of an expression."""
    if name_of(node).startswith("_"):
        return fault(tag, "T017", "name", name=name_of(node))
    if isinstance(node, nodes.Call):
        return fault(tag, "T017", "call", name=name_of(node.node))
    if isinstance(node, nodes.Test):
        return fault(tag, "T013", name=node.name)
    if isinstance(node, nodes.Filter) and node.name not in OPERATIONS:
        return fault(tag, "T012", name=node.name, near=nearest(node.name, sorted(OPERATIONS)))
    if isinstance(node, HELD) or not isinstance(node, nodes.Expr):
        return None
    return fault(tag, "T017") if isinstance(node, GROWS) else fault(tag, "T017", "more", part=shown(node))


def name_of(node: nodes.Node) -> str:
    """What a part of an expression names."""
    return node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""


def unknown_step(tag: Tag) -> Problem:
    """T015 or T016 for a step that there is not."""
    if tag.word in FOREIGN_STEPS:
        return fault(tag, "T016")
    word = tag.word or tag.code
    return fault(tag, "T015", "step", word=word, near=nearest(tag.word, sorted(STEPS)))


def unreadable(tag: Tag) -> Problem:
    """T015 or T031 for a tag that cannot be read, by its likeliest cause."""
    return next(_causes(tag, TEXT.sub("", tag.code)))


def _causes(tag: Tag, outside: str) -> Iterator[Problem]:
    if max(map(outside.count, "([{")) > _BRACKETS:
        yield fault(tag, "T048", "brackets", tag=tag.raw[:40])
    if "&" in outside:
        yield fault(tag, "T015", "ampersand")
    if mark := re.match(r"[?#@+*/^=>!&]", tag.code):
        yield fault(tag, "T031", "mark", mark=mark[0])
    if odd := next(filter(_is_odd, outside), ""):
        yield fault(tag, "T015", "odd", odd=odd if odd.isprintable() else "an invisible character")
    if not tag.code:
        yield fault(tag, "T015", "empty")
    if outside.count("'") % 2 or outside.count('"') % 2:
        yield fault(tag, "T015", "quotes")
    yield fault(tag, "T015")


def _is_odd(char: str) -> bool:
    return not (char.isalnum() or char in "_ .,|()[]{}<>=!+-*/%~:\"'\t\n\xa0")
