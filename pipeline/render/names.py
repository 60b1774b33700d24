"""What a template may name: all that its report's wording may, the report's sections, and the variables of loops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jinja2 import nodes

from pipeline.language import FLAG, NUMBER, TEXT, Code, Kind, Scope, Type, Vocabulary, listed_name

BLOCK = Kind(fields=dict.fromkeys(("key", "list", "style", "text"), TEXT))
"""A paragraph or table of a section, of which `rows` may be asked besides."""
TURN = Kind(fields={**dict.fromkeys(("index", "index0", "revindex", "revindex0", "length"), NUMBER),
                    **dict.fromkeys(("first", "last"), FLAG)})  # fmt: skip
"""A turn of a loop, as `loop`."""


class Section(NamedTuple):
    """A section by name: the lists whose tables may stand in it, and the styles that its paragraphs may hint at."""

    name: str
    lists: tuple[str, ...] = ()
    styles: tuple[str, ...] = ("",)


class Offer(NamedTuple):
    """What a report offers its template: all that its wording may name, and its sections. Those that are `required`
    must have a place, and the `styles` must be there.
    """

    vocabulary: Vocabulary
    sections: tuple[Section, ...]
    required: tuple[str, ...] = ()
    styles: frozenset[str] = frozenset()

    @property
    def fields(self) -> list[str]:
        """The single names that are words: the header's, and those of the report's settings."""
        known = self.vocabulary
        return [name for name, key in known.public.items() if key == f"={name}" and known.given[key] == TEXT]


@dataclass(frozen=True, slots=True)
class Variable(Scope):
    """A name of a loop or of “set”, of any type. `view` is the slot of the view that it is seen through, 0 for none.

    `block` is that of the block whose row, or group of rows, it is; `lists` are those that a block may show; `asked`
    takes the fields that are asked of it.
    """

    its: Type | None = None
    view: int = 0
    block: int = 0
    lists: tuple[str, ...] = ()
    asked: dict[str, None] = field(default_factory=dict)

    @property
    def variable(self) -> Code:
        """The variable itself."""
        slot = self.slot
        return Code(self.its, lambda frame: frame[slot])

    @property
    def is_block(self) -> bool:
        """Is it a block of a section?"""
        return self.kind == "block" and bool(self.view)


def section_key(name: str) -> str:
    """By what key the world of a paper knows a section."""
    return f"section {name}"


def sees(offer: Offer | None) -> Vocabulary:
    """What the wording sees, and the sections."""
    known = offer.vocabulary if offer else Vocabulary(kinds={}, rules={}, lists={}, given={}, public={}, behind={})
    names = [each.name for each in offer.sections] if offer else []
    return replace(
        known,
        kinds={**known.kinds, "block": BLOCK, "loop": TURN},
        given={**known.given, **{section_key(name): Type("block", many=True) for name in names}},
        public={**known.public, **{name: section_key(name) for name in names}},
    )


def variable_of(node: nodes.Node | None, scope: Scope | None) -> Variable | None:
    """The variable that a name stands for, if it is one."""
    name = node.name if isinstance(node, nodes.Name) else None
    while scope is not None and scope.name != name:
        scope = scope.outer
    return scope if isinstance(scope, Variable) else None


def owner_of(node: nodes.Node | None, scope: Scope | None) -> Variable | None:
    """The variable of which a field is asked: `row` of `row.area`."""
    return variable_of(node.node, scope) if isinstance(node, nodes.Getattr) else None


def begins(node: nodes.Node) -> nodes.Node:
    """What an expression begins with, its filters aside."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return node


def demanded(test: nodes.Node) -> Iterator[tuple[nodes.Expr, list[str]]]:
    """Each `block`, with the names of lists of which one must be its own for the condition to hold."""
    if isinstance(test, nodes.And):
        yield from demanded(test.left)
        yield from demanded(test.right)
    elif isinstance(test, nodes.Compare) and test.ops[0].op in ("eq", "in") and (found := lists_named(test)):
        yield found


def lists_named(test: nodes.Compare) -> tuple[nodes.Expr, list[str]] | None:
    """A block, and the names of lists that `block.list` is compared with; None for any other comparison."""
    if not (isinstance(test.expr, nodes.Getattr) and test.expr.attr == "list"):
        return None
    given = test.ops[0].expr
    each = given.items if isinstance(given, nodes.Tuple | nodes.List) else [given]
    names = [one.value for one in each if isinstance(one, nodes.Const) and isinstance(one.value, str)]
    return test.expr.node, [listed_name(name) for name in names if name]
