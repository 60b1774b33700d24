"""Expressions of a template: those of wording, blocks and their rows beside; what is wrong is a problem at its tag."""

from __future__ import annotations

import re
from dataclasses import replace

from jinja2 import nodes

from pipeline.language import TEXT, Code, Compiler, Finding, Kind, Scope, Type, shown
from pipeline.nearest import nearest
from pipeline.problems import Problem
from pipeline.render.names import BLOCK, Offer, Variable, owner_of, sees, variable_of
from pipeline.render.tags import Tag
from pipeline.render.unreadable import fault, parsed

KEPT = re.compile(r"\|_cp_rows\(([^)]*)\)")
ARTICLES = {"text": "a text", "number": "a number", "block": "a whole paragraph or table"}
NOTED = Finding("", "", "")
ANYTHING = Code(None, lambda _: None)


class Expressions(Compiler):
    """What stands in the tags of a part. `problems` fill as it goes, each with its tag; `used` are all names met.

    `vague` says that something was met in the tag of which nothing is known: then nothing more is found in it.
    """

    def __init__(self, offer: Offer | None) -> None:
        super().__init__(sees(offer))
        self.offer, self.sections = offer, {each.name: each.lists for each in offer.sections} if offer else {}
        self.tag, self.vague = Tag("", "", ""), False
        self.problems = list[tuple[Tag, Problem]]()
        self.used, self.ended = set[str](), dict[str, str]()

    def note(self, tag: Tag, *problems: Problem) -> None:
        """Notes what is wrong with a tag."""
        self.problems += ((tag, each) for each in problems)

    def amiss(self, code: str, way: str = "", /, **words: object) -> Code:
        """Notes what is wrong with the expression that is being typed."""
        if not self.vague:
            self.note(self.tag, fault(self.tag, code, way, **words))
            self.findings.append(NOTED)
        return ANYTHING

    def read(self, tag: Tag) -> nodes.Node | None:
        """A tag as a tree; None where something is wrong with it."""
        self.tag, self.vague = tag, self.offer is None
        self.findings.clear()
        tree, problems = parsed(tag._replace(code=KEPT.sub("", tag.code)))
        self.note(tag, *problems)
        if tree is not None:
            self.used |= {each.name for each in (tree, *tree.find_all(nodes.Name)) if isinstance(each, nodes.Name)}
        return tree

    def wrong(self, code: str, message: str, cure: str) -> Code:
        """A finding of the language: things that do not go together."""
        return self.amiss("T055", found=message, better=cure)

    def name(self, node: nodes.Name, scope: Scope | None) -> Code:
        """A name; of one whose type is not known nothing more is asked."""
        code = super().name(node, scope)
        self.vague = self.vague or (code.type is None and not self.findings)
        return code

    def unknown(self, name: str, scope: Scope | None) -> Code:
        """A name that there is not."""
        if scope is not None and scope.bare:
            return super().unknown(name, scope)
        if name in self.ended:
            return self.amiss("T047", name=name, loop=self.ended[name])
        known, at = [*self.vocabulary.public], scope
        while at is not None:
            known, at = [at.name, *known], at.outer
        return self.amiss("T011", name=name, near=nearest(name, sorted(known)))

    def part(self, node: nodes.Getattr, scope: Scope | None) -> Code:
        """A field of something; the rows of a block are records of the kind that its lists hold."""
        if owner := owner_of(node, scope):
            owner.asked[node.attr] = None
            if owner.is_block and node.attr == "rows":
                return self.rows(owner)
            if owner.is_block and node.attr in BLOCK.fields:
                view, name = owner.view, node.attr
                return Code(TEXT, lambda frame: frame[view].values[name])
        return super().part(node, scope)

    def no_field(self, its: Type, name: str, whose: nodes.Node | None) -> Code:
        """A field that there is not."""
        said, fields = shown(whose), self.fields(its.what)
        near = nearest(f"{said}.{name}", sorted(f"{said}.{each}" for each in fields))
        return self.amiss("T011", name=f"{said}.{name}", near=near)

    def rows(self, block: Variable) -> Code:
        """The rows of a block: records where all are of one kind, else what is printed of them."""
        view = block.view
        if self.offer is None or not set(block.lists) <= set(self.vocabulary.lists):
            return Code(None, lambda frame: [row.record for row in frame[view].rows])
        lists = block.lists or tuple(self.vocabulary.lists)
        kinds = dict.fromkeys(kind for name in lists if (kind := self.vocabulary.kind_of(name)))
        if len(kinds) == 1:
            return Code(Type(next(iter(kinds)), many=True), lambda frame: [row.record for row in frame[view].rows])
        return Code(Type(self.row_of(tuple(kinds), any_=not block.lists), many=True), lambda frame: frame[view].rows)

    def row_of(self, kinds: tuple[str, ...], *, any_: bool) -> str:
        """The kind of rows of several kinds, with the fields that all of them have, or that `any_` has."""
        fields = [self.vocabulary.printed_fields(kind) for kind in kinds]
        known = {name for each in fields for name in each if any_ or all(name in other for other in fields)}
        name = f"row of {', '.join(kinds)}"
        self.vocabulary.kinds[name] = Kind(fields=dict.fromkeys(sorted(known), TEXT))
        return name

    def unprintable(self, tag: Tag, tree: nodes.Node, its: Type, scope: Scope | None) -> None:
        """T014: something cannot be printed as it is."""
        said, lines = shown(tree), its == replace(TEXT, many=True) and isinstance(tree, nodes.Getattr)
        if its.many and not lines:
            self.amiss("T014", "list", said=said, what="a list")
        elif its.is_record and not its.many:
            row, first = variable_of(tree, scope), next(iter(sorted(self.fields(its.what))), "name")
            self.amiss("T014", said=said, what="a whole row" if row and row.block else what(its), first=first)
        elif tag.way == "block":
            self.amiss("T014", "plain", said=said, prefix=tag.prefix or "p")


def what(its: Type) -> str:
    """A type, as problems name it."""
    return ARTICLES.get(its.what) or str(its)
