"""What a paper must hold: what its template says it prints, by its tags, and all of that from the context.

Worked out from the template and the context alone, so that the proof can ask the finished paper for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from pipeline.blocks import Block, Context, Fact, Table, moved
from pipeline.render.text import name_of, row_key

OWN = "_cp_"


@dataclass(frozen=True, slots=True)
class RowLoop:
    """A loop over a table's rows: fields printed for each row in order; `rows` where each is a row of its own.

    `list` is the list that the tags around it ask for (`{% if block.list == 'open' %}`), empty where they do not ask;
    `asked` are all fields that are named in the loop, printed or in a condition.
    """

    list: str
    fields: tuple[str, ...]
    rows: bool
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """Single names, sections in the order of their loops with the loops over rows in each, and all names asked for."""

    fields: tuple[str, ...]
    sections: tuple[tuple[str, tuple[RowLoop, ...]], ...]
    asked: frozenset[str] = frozenset()


def printed_by(tree: nodes.Template) -> Printed:
    """What a part prints whatever the data: things inside a condition of the author's own are left out."""
    walk = _Walk()
    walk.visit(tree, ())
    return Printed(
        tuple(dict.fromkeys(walk.fields)),
        tuple((name, tuple(loops)) for name, loops in walk.sections),
        frozenset(find_undeclared_variables(tree)),
    )


class _Walk:
    def __init__(self) -> None:
        self.fields: list[str] = []
        self.sections: list[tuple[str, list[RowLoop]]] = []

    def visit(self, node: nodes.Node, section: tuple[str, ...]) -> None:
        """`section` is empty outside loops; else the loop's variable, and `*` or the list that is asked for."""
        if isinstance(node, nodes.Output):
            if not section:
                self.fields += [_plain_name(child) for child in node.nodes if _plain_name(child)]
        elif isinstance(node, nodes.For):
            self._loop(node, section)
        elif isinstance(node, nodes.If):
            self._choice(node, section)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, section)

    def _loop(self, node: nodes.For, section: tuple[str, ...]) -> None:
        if node.test is not None or not isinstance(node.target, nodes.Name):
            return
        if isinstance(node.iter, nodes.Name) and not section:
            self.sections.append((node.iter.name, []))
            for child in node.body:
                self.visit(child, (node.target.name, ""))
        elif section and _rows_of(node.iter, section[0]):
            variable = node.target.name
            asked = (found.attr for found in node.find_all(nodes.Getattr) if _is(found.node, variable))
            named = tuple(dict.fromkeys(name for name in asked if not name.startswith(OWN)))
            fields = tuple(_fields(node.body, variable))
            self.sections[-1][1].append(RowLoop(section[1], fields, isinstance(node.iter, nodes.Filter), named))

    def _choice(self, node: nodes.If, section: tuple[str, ...]) -> None:
        if not section:
            if isinstance(node.test, nodes.Name):  # {%p if finance %}: a section shown where there is one
                self._bodies([node], section, node.test.name)
            return
        for branch in (node, *node.elif_):
            for wanted in _lists(branch.test, section[0]) or (
                [section[1]] if _asks_style(branch.test, section[0]) else []
            ):
                for child in branch.body:
                    self.visit(child, (section[0], wanted))

    def _bodies(self, branches: list[nodes.If], section: tuple[str, ...], name: str) -> None:
        before = len(self.sections), len(self.fields)
        for branch in branches:
            for child in branch.body:
                self.visit(child, section)
        self.fields[before[1] :] = []
        self.sections[before[0] :] = [found for found in self.sections[before[0] :] if found[0] == name]


def _plain_name(node: nodes.Node) -> str:
    while isinstance(node, nodes.Filter) and node.name.startswith(OWN) and node.node is not None:
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _rows_of(node: nodes.Node, variable: str) -> bool:
    if isinstance(node, nodes.Filter) and node.name.startswith(OWN) and node.node is not None:
        node = node.node
    return isinstance(node, nodes.Getattr) and node.attr == "rows" and _is(node.node, variable)


def _is(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _fields(body: list[nodes.Node], variable: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, nodes.Output):
            continue
        for child in node.nodes:
            found = child
            while isinstance(found, nodes.Filter) and found.name.startswith(OWN) and found.node is not None:
                found = found.node
            if isinstance(found, nodes.Getattr) and _is(found.node, variable) and not found.attr.startswith(OWN):
                yield found.attr


def _lists(test: nodes.Node, variable: str) -> list[str]:
    """The names that `block.list == 'a'` or `block.list in ('a', 'b')` asks for."""
    if not (isinstance(test, nodes.Compare) and _asks(test.expr, variable, "list") and len(test.ops) == 1):
        return []
    wanted = test.ops[0].expr
    if test.ops[0].op == "eq" and isinstance(wanted, nodes.Const):
        return [str(wanted.value)]
    if test.ops[0].op == "in" and isinstance(wanted, (nodes.Tuple, nodes.List)):
        return [str(item.value) for item in wanted.items if isinstance(item, nodes.Const)]
    return []


def _asks_style(test: nodes.Node, variable: str) -> bool:
    return isinstance(test, nodes.Compare) and _asks(test.expr, variable, "style")


def _asks(node: nodes.Node, variable: str, name: str) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == name and _is(node.node, variable)


class Known(NamedTuple):
    """A mark's key, the table it is a row of, the whole text that a paragraph must hold, and the facts behind it."""

    key: str
    table: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(slots=True)
class Required:
    """`known` by mark name; the marks that must be there; the texts in the order they must be found in."""

    known: dict[str, Known] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unshown: list[Table] = field(default_factory=list)


def required_by(context: Context, printed: Printed, *, marks: bool) -> Required:
    """What the document must hold of this context, given what its template says it prints."""
    wanted = Required()
    for name, loops in printed.sections:
        for block in context.sections.get(name, ()):
            if isinstance(block, Block):
                _expect_paragraph(wanted, block, marks=marks)
            elif block.rows:
                _expect_table(wanted, block, [loop for loop in loops if loop.list in ("", block.list)], marks=marks)
    return wanted


def canonical(block: Block) -> tuple[str, tuple[Fact, ...]]:
    """The block's text with each reference as `[[bookmark name]]`, as it is read back from the paper, and its facts."""
    if not any(run.appendix for run in block.runs):
        return block.text, block.facts
    runs = [(run.text, f"[[{name_of(run.appendix)}]]" if run.appendix else run.text) for run in block.runs]
    return "".join([text for _, text in runs]), tuple(moved(block.facts, runs))


def _expect_paragraph(wanted: Required, block: Block, *, marks: bool) -> None:
    name, (text, facts) = name_of(block.key), canonical(block)
    wanted.known[name] = Known(block.key, "", text, facts)
    wanted.texts.append(text)
    if marks:
        wanted.marks.append(name)


def _expect_table(wanted: Required, table: Table, loops: list[RowLoop], *, marks: bool) -> None:
    if not loops:
        wanted.unshown.append(table)
    for loop in loops:
        for row in table.rows:
            texts = row.values
            wanted.texts += [text for name in loop.fields if (text := texts.get(name)) is not None]
    by_row = [loop for loop in loops if loop.rows]
    asked = tuple(dict.fromkeys([name for loop in by_row for name in loop.asked]))
    for row in table.rows:
        key = row_key(table.key, row.key)
        name, facts = name_of(key), row.facts
        said = tuple([fact for field in asked if (fact := facts.get(field)) is not None])
        wanted.known[name] = Known(key, table.key, "", said)
        if marks and by_row:
            wanted.marks.append(name)


def known_in_template(keys: tuple[str, ...]) -> dict[str, Known]:
    """The marks of what the template itself says, by name."""
    return {name_of(key): Known(key) for key in keys}
