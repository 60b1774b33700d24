"""Names: are they fields of the report, do loops run over lists, is each thing printed in the way it can be?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from pipeline.check.template.blocks import Branch, Structure
from pipeline.check.template.expressions import fault, reading
from pipeline.check.template.parts import Places
from pipeline.check.template.tags import Tag
from pipeline.check.template.vocabulary import (
    ANYTHING,
    LOOP,
    Kind,
    Unknown,
    Vocabulary,
    block_of,
    kind_of,
    names_of,
    path,
)
from pipeline.nearest import nearest
from pipeline.problems import Level, Problem


@dataclass(slots=True)
class Names:
    """Looks up names tag by tag over all parts; `used` collects the single names that the template asks for."""

    vocabulary: Vocabulary
    places: Places
    used: set[str] = field(default_factory=set)
    _given: dict[str, Kind] = field(default_factory=dict)
    _bound: dict[Branch | None, dict[str, Kind]] = field(default_factory=dict)
    _scopes: dict[Branch | None, dict[str, Kind]] = field(default_factory=dict)
    _loops: dict[Tag, dict[str, Kind]] = field(default_factory=dict)
    _ended: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._given = names_of(self.vocabulary)

    def problems(self, found: Structure) -> Iterator[Problem]:
        """T011, T014, T046, T047 for one part, tag by tag in order."""
        self._bound, self._loops, self._ended, self._scopes = {}, {}, {}, {}
        for tag in found.tags:
            tree = reading(tag).tree
            if tree is None or any(
                finding.code == "T017" and finding.level is Level.ERROR for finding in reading(tag).findings
            ):
                continue
            here = found.branch.get(tag)
            for finding in self._tag(tag, tree, here):
                yield replace(finding, place=self.places.of(found.part, tag.node, tag.raw))

    def _tag(self, tag: Tag, tree: nodes.Template, here: Branch | None) -> Iterator[Problem]:
        scope, misses = self._scope(here), list[Unknown]()
        strict = self.vocabulary.knows_names
        if tag.kind == "field":
            for expression in _printed(tree):
                kind = kind_of(expression, scope, misses, strict=strict)
                yield from self._print(tag, kind, expression)
        elif tag.word in ("for", "set"):
            yield from self._bind(tag, tree, here, scope, misses)
        elif tag.word in ("if", "elif"):
            test = _test(tree, tag.word)
            kind_of(test, scope, misses, strict=strict)
            yield from self._list_names(tag, test, scope)
        self.used |= {name.name for name in tree.find_all(nodes.Name)}
        yield from (self._miss(tag, miss) for miss in misses)

    def _scope(self, here: Branch | None) -> dict[str, Kind]:
        if here in self._scopes:
            return self._scopes[here]
        scope = dict(self._given)
        chain = list(here.chain())[::-1] if here else []
        scope |= self._bound.get(None, {})
        for branch in chain:
            if branch.block.kind == "if":
                scope |= self._narrowed(branch, scope)
            elif branch.number == 0:
                scope |= self._loops.get(branch.block.opener, {})
            scope |= self._bound.get(branch, {})
        self._scopes[here] = scope
        return scope

    def _narrowed(self, branch: Branch, scope: dict[str, Kind]) -> dict[str, Kind]:
        """Inside `if block.list == 'name'` the rows are those of that list."""
        step = branch.block.steps[branch.number] if branch.number < len(branch.block.steps) else branch.block.opener
        tree = reading(step).tree
        if tree is None or step.word not in ("if", "elif"):
            return {}
        return {
            owner: block_of(self.vocabulary, name)
            for owner, name in _demanded(_test(tree, step.word))
            if scope.get(owner, ANYTHING).what == "block" and name in self.vocabulary.lists
        }

    def _bind(
        self, tag: Tag, tree: nodes.Template, here: Branch | None, scope: dict[str, Kind], misses: list[Unknown]
    ) -> Iterator[Problem]:
        step = tree.body[0]
        strict = self.vocabulary.knows_names
        if isinstance(step, nodes.Assign):
            value = kind_of(step.node, scope, misses, strict=strict)
            self._bound.setdefault(here, {}).update(dict.fromkeys(_targets(step.target), value))
            self._scopes = {}
        elif isinstance(step, nodes.For):
            listed = kind_of(step.iter, scope, misses, strict=strict)
            if listed.what not in ("list", "anything"):
                what = _ARTICLES[listed.what]
                yield fault("T014", "no_list", tag=tag.raw, said=_said(step.iter), what=what)
            item = listed.item or ANYTHING
            self._bound_by_loop(tag, step, item)

    def _bound_by_loop(self, tag: Tag, step: nodes.For, item: Kind) -> None:
        targets = _targets(step.target)
        bound = dict.fromkeys(targets, item if len(targets) == 1 else ANYTHING) | {"loop": LOOP}
        self._loops[tag] = bound
        self._ended.update(dict.fromkeys(targets, tag.raw))

    def _print(self, tag: Tag, kind: Kind, expression: nodes.Node) -> Iterator[Problem]:
        said = _said(expression)
        if kind.what in ("list", "row", "block"):
            way, what = "list" if kind.what == "list" else "", _ARTICLES[kind.what]
            first = next(iter(kind.fields), "name")
            yield fault("T014", way, tag=tag.raw, said=said, what=what, first=first)
        elif kind.what == "words" and tag.prefix != "r":
            yield fault("T014", "words", tag=tag.raw, said=said)
        elif kind.what in ("text", "number") and tag.prefix:
            yield fault("T014", "plain", tag=tag.raw, said=said, prefix=tag.prefix)

    def _list_names(self, tag: Tag, test: nodes.Node, scope: dict[str, Kind]) -> Iterator[Problem]:
        for owner, name in _compared(test):
            if scope.get(owner, ANYTHING).what == "block" and name and name not in self.vocabulary.lists:
                near = nearest(name, sorted(self.vocabulary.lists))
                yield fault("T046", tag=tag.raw, name=name, near=near)

    def _miss(self, tag: Tag, miss: Unknown) -> Problem:
        if not miss.owner and miss.name in self._ended:
            return fault("T047", name=miss.name, tag=tag.raw, loop=self._ended[miss.name])
        whole = f"{miss.owner}.{miss.name}" if miss.owner else miss.name
        known = {f"{miss.owner}.{name}" for name in miss.known} if miss.owner else miss.known
        return fault("T011", name=whole, tag=tag.raw, near=nearest(whole, sorted(known)))


_ARTICLES = {
    "list": "a list",
    "row": "a whole row",
    "block": "a whole paragraph or table",
    "text": "a text",
    "words": "a text",
    "number": "a number",
}


def _printed(tree: nodes.Template) -> Iterator[nodes.Node]:
    for output in tree.find_all(nodes.Output):
        yield from (node for node in output.nodes if not isinstance(node, nodes.TemplateData))


def _test(tree: nodes.Template, word: str) -> nodes.Node:
    condition = next(tree.find_all(nodes.If))
    return condition.elif_[0].test if word == "elif" and condition.elif_ else condition.test


def _targets(node: nodes.Node) -> list[str]:
    return [name.name for name in ([node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name))]


def _said(node: nodes.Node) -> str:
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return ".".join(path(node)) or "this"


def _demanded(test: nodes.Node) -> Iterator[tuple[str, str]]:
    """(`block`, name) for each `block.list == 'name'` that must hold for the condition to hold."""
    if isinstance(test, nodes.And):
        yield from _demanded(test.left)
        yield from _demanded(test.right)
    elif isinstance(test, nodes.Compare) and test.ops[0].op == "eq":
        yield from _one(test)


def _compared(test: nodes.Node) -> Iterator[tuple[str, str]]:
    """(`block`, name) for each comparison of `block.list` with a name, anywhere in a condition."""
    every = [test] if isinstance(test, nodes.Compare) else []
    for compare in (*every, *test.find_all(nodes.Compare)):
        yield from _one(compare)


def _one(compare: nodes.Compare) -> Iterator[tuple[str, str]]:
    owner, other = compare.expr, compare.ops[0].expr
    if not (isinstance(owner, nodes.Getattr) and owner.attr == "list" and isinstance(owner.node, nodes.Name)):
        return
    if isinstance(other, nodes.Const) and isinstance(other.value, str):
        yield owner.node.name, other.value
