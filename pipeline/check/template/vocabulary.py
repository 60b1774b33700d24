"""What a template may speak of: the names, lists, filters and styles of one report, and the kinds of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

BLOCK_WORDS = frozenset({"key", "list", "style"})

# Word-making filters of the template language itself that only read their value and cannot be made to run or swell.
PLAIN_FILTERS = frozenset({
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "int", "join", "last", "length", "list", "lower", "max", "min", "reverse", "round", "slice",
    "sort", "string", "striptags", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the caller knows of the report that the template is for.

    `fields`: single names that print as text. `sections`: names of lists of blocks (each block has `text`, `list`,
    `style`, `key`, `rows`). `lists`: each list's name (as `block.list` gives it) to the names of its row fields.
    `filters`: filters that the report adds. `required_sections`: sections that must have a place. `styles`: names of
    styles that the program uses. `fields=None` means that names are not known, so none is called unknown.
    """

    fields: frozenset[str] | None = None
    sections: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    filters: frozenset[str] = frozenset()
    required_sections: tuple[str, ...] = ()
    styles: frozenset[str] = frozenset()

    @property
    def knows_names(self) -> bool:
        """Can a name be called unknown?"""
        return self.fields is not None


@dataclass(frozen=True, slots=True)
class Kind:
    """`what` is text, words (formatted), number, list, row, block or anything; a row or block has `fields`."""

    what: str
    fields: Mapping[str, Kind] = field(default_factory=dict)
    item: Kind | None = None


ANYTHING, TEXT, WORDS, NUMBER = Kind("anything"), Kind("text"), Kind("words"), Kind("number")
LOOP = Kind("row", dict.fromkeys(("index", "index0", "revindex", "revindex0", "first", "last", "length"), NUMBER))


def list_of(item: Kind) -> Kind:
    """A list of such items."""
    return Kind("list", item=item)


def row_of(fields: frozenset[str]) -> Kind:
    """A row of a list: every field prints as text."""
    return Kind("row", dict.fromkeys((*sorted(fields), "key"), TEXT))


def block_of(vocabulary: Vocabulary, name: str | None = None) -> Kind:
    """A block of a section; its rows are those of list `name`, or could be of any list."""
    every = frozenset().union(*vocabulary.lists.values()) if vocabulary.lists else frozenset()
    fields = every if name is None else vocabulary.lists.get(name, frozenset())
    words = dict.fromkeys(sorted(BLOCK_WORDS), TEXT)
    return Kind("block", {**words, "text": WORDS, "rows": list_of(row_of(fields))})


def names_of(vocabulary: Vocabulary) -> dict[str, Kind]:
    """Every name that the report gives to its template."""
    section = list_of(block_of(vocabulary))
    return dict.fromkeys(vocabulary.fields or (), TEXT) | dict.fromkeys(vocabulary.sections, section)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that was looked up in vain: on its own (`owner` None) or as a field of something."""

    name: str
    owner: str
    known: frozenset[str]


def kind_of(node: nodes.Node, scope: Mapping[str, Kind], misses: list[Unknown], *, strict: bool) -> Kind:
    """The kind of an expression's value; names looked up in vain go to `misses`. Not `strict`: no name is unknown."""
    if isinstance(node, nodes.Name):
        if strict and node.name not in scope and node.name not in ("true", "false", "none"):
            misses.append(Unknown(node.name, "", frozenset(scope)))
        return scope.get(node.name, ANYTHING)
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        return _field(node, scope, misses, strict=strict)
    if isinstance(node, nodes.Filter):
        return _filtered(node, scope, misses, strict=strict)
    inner = [kind_of(child, scope, misses, strict=strict) for child in node.iter_child_nodes()]
    if isinstance(node, nodes.CondExpr):
        return inner[1] if len(inner) > 1 else ANYTHING
    return NUMBER if isinstance(node, (nodes.Compare, nodes.Not, nodes.Test)) else ANYTHING


def _field(
    node: nodes.Getattr | nodes.Getitem, scope: Mapping[str, Kind], misses: list[Unknown], *, strict: bool
) -> Kind:
    owner = kind_of(node.node, scope, misses, strict=strict)
    name = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
    if name is None:
        return (owner.item or ANYTHING) if owner.what == "list" else ANYTHING
    if owner.what in ("row", "block", "text", "words", "list") and name not in owner.fields:
        misses.append(Unknown(name, ".".join(path(node.node)), frozenset(owner.fields)))
    return owner.fields.get(name, ANYTHING)


def _constant(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _filtered(node: nodes.Filter, scope: Mapping[str, Kind], misses: list[Unknown], *, strict: bool) -> Kind:
    guarded = node.name in ("default", "d")
    kinds = [kind_of(child, scope, [] if guarded else misses, strict=strict) for child in node.iter_child_nodes()]
    value = kinds[0] if kinds else ANYTHING
    if node.name in ("first", "last") and value.item:
        return value.item
    if node.name in ("sort", "unique", "reverse", "list") and value.what == "list":
        return value
    if node.name in ("length", "count"):
        return NUMBER
    return TEXT if value.what in ("text", "words") else ANYTHING


def path(node: nodes.Node) -> Iterator[str]:
    """The names of a dotted expression: `block`, `rows`."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        yield from path(node.node)
        yield node.attr
