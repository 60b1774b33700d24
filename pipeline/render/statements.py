"""A template's tags compiled: typed by the language of wording, in one pass, into what fills a part and what proves it.

A tag that cannot be filled in is a problem at that tag; the pass goes on without it, so that all are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from jinja2 import nodes

from pipeline.bounds import LOOPS
from pipeline.language import Run, Scope, Type, shown
from pipeline.nearest import nearest
from pipeline.patterns import Pattern
from pipeline.render import loops, printing, steps
from pipeline.render.expressions import KEPT, Expressions, what
from pipeline.render.names import Offer, Variable, begins, demanded, lists_named, owner_of, section_key, variable_of
from pipeline.render.nesting import Block, Branch, Nesting
from pipeline.render.output import PRINTED
from pipeline.render.steps import COUNT, NOTHING, Body, Statement, Step, body_of
from pipeline.render.tags import Tag
from pipeline.render.unreadable import fault
from pipeline.render.views import Numbers

OWN = re.compile(r'(\w+)[.|]_cp_(\w+)(?:\((\d+)(?:, "([^"]*)")?\))?$')
"""A tag that this package put into the template itself: an officer's name cannot start with an underscore."""
LAYOUT = re.compile(r"_cp_(\w+)(?:\((.*)\))?$")
"""A tag of this package's own that prints what stands around tables."""
FIRST, TARGET, QUOTED = Pattern(r"if (\w+)\._cp_first$"), Pattern(r"for\s+(\w+)"), Pattern(r"'(\w+)'")
TOP = (0, 0)
"""What stands in no branch."""


class Statements(Expressions):
    """One pass over the tags of a part."""

    def __init__(self, offer: Offer | None, numbers: Numbers, *, marks: bool) -> None:
        super().__init__(offer)
        self.numbers, self.marks, self.slots = numbers, marks, COUNT
        self.contents: dict[tuple[int, int], list[str | Tag | Block]] = {}
        self.loops, self.sections_open, self.set_here = 0, 0, dict[str, int]()

    def new_slot(self) -> int:
        """A slot of the frame."""
        self.slots += 1
        return self.slots

    def all_of(self, pieces: Iterable[str | Tag]) -> Body:
        """The whole part."""
        nesting = Nesting()
        for piece in pieces:
            if isinstance(piece, str):
                self.put(nesting.here, piece)
                continue
            blocks, around = len(nesting.blocks), nesting.meet(piece)
            if len(nesting.blocks) > blocks:
                self.put(around, nesting.blocks[-1])
            elif piece.word not in ("elif", "else", "endif", "endfor"):
                self.put(nesting.here, piece)
        body, _ = self.body(TOP, None)
        for block in nesting.unclosed:
            opener, what = block.opener, "loop" if block.kind == "for" else "condition"
            self.note(opener, fault(opener, "T003", what=what, prefix=opener.prefix, kind=block.kind))
        for tag in nesting.stray:
            self.note(tag, fault(tag, "T004"))
        return body

    def put(self, branch: Branch | None, piece: str | Tag | Block) -> None:
        """Something that stands in a branch."""
        at = (id(branch.block), branch.number) if branch else TOP
        self.contents.setdefault(at, []).append(piece)

    def body(self, branch: tuple[int, int], scope: Scope | None) -> tuple[Body, Scope | None]:
        """What stands in a branch, and the names that are known at its end."""
        found = list[Step]()
        for piece in self.contents.get(branch, ()):
            if isinstance(piece, str):
                found.append(piece.encode())
                continue
            made: Step | None
            if isinstance(piece, Block):
                made, scope = (self.loop(piece, scope), scope) if piece.kind == "for" else self.choice(piece, scope)
            elif piece.kind == "{%":
                made, scope = self.assign(piece, scope)
            else:
                made = self.printing(piece, scope)
            found += [made] if made else []
        return body_of(found), scope

    def assign(self, tag: Tag, scope: Scope | None) -> tuple[Step | None, Scope | None]:
        """`{% set a = b %}`: a name from here to the end of its loop."""
        tree = self.read(tag)
        if not isinstance(tree, nodes.Assign) or not isinstance(tree.target, nodes.Name):
            return None, scope
        code, name = self.of(tree.node, scope), tree.target.name
        slot = self.set_here[name] = self.set_here.get(name) or self.new_slot()
        kind = code.type.what if code.type else ""
        scope = Variable(name, kind, slot, scope, bare=False, its=code.type)
        return steps.assigned(tag, slot, code.run), scope

    def choice(self, block: Block, scope: Scope | None) -> tuple[Statement, Scope | None]:
        """A condition; inside `{% if block.list == 'action open' %}` the rows are those of that list."""
        branches, otherwise, after = list[tuple[Tag, Run, Body]](), NOTHING, scope
        for number, tag in enumerate(block.steps[: -1 if block.closed else None]):
            test, inner = self.test(tag, scope) if tag.word != "else" else (None, scope)
            body, end = self.body((id(block), number), inner)
            while isinstance(end, Variable) and end is not inner:
                after, end = replace(end, outer=after), end.outer
            if test:
                branches.append((tag, test, body))
            else:
                otherwise = body
        return steps.choice(branches, otherwise), after

    def test(self, tag: Tag, scope: Scope | None) -> tuple[Run, Scope | None]:
        """What a condition asks, and the names inside it."""
        if (own := FIRST.match(tag.code)) and (row := variable_of(nodes.Name(own[1], "load"), scope)):
            return (lambda frame: frame[row.view].first), scope
        tree = self.read(tag)
        if not isinstance(tree, nodes.If):
            return (lambda _: False), scope
        code = self.of(tree.test, scope)
        if self.offer:
            self.lists_known(tag, tree.test, scope)
        for of, names in demanded(tree.test):
            if (known := variable_of(of, scope)) and known.is_block:
                scope = replace(known, outer=scope, lists=tuple(names))
        return code.run, scope

    # loops

    def loop(self, block: Block, scope: Scope | None) -> Statement | None:
        """`{% for row in block.rows %}`; what is wrong inside one that cannot be read is told all the same."""
        tag, outer_sets = block.opener, self.set_here
        self.loops, self.set_here = self.loops + 1, {}
        if self.loops == LOOPS + 1:
            self.note(tag, fault(tag, "T048", number=self.loops))
        tree, made = self.read(tag), None
        if isinstance(tree, nodes.For):
            made = self.round(block, tree, scope)
            self.ended.update(dict.fromkeys(targets(tree), tag.raw))
        else:
            target = TARGET.match(tag.code)
            self.body((id(block), 0), Variable(target[1] if target else "", "", self.new_slot(), scope, bare=False))
        self.loops, self.set_here = self.loops - 1, outer_sets
        return made

    def lists_known(self, tag: Tag, test: nodes.Node, scope: Scope | None) -> None:
        """Notes the lists that a condition asks of a block and that there are not."""
        for compare in test.find_all(nodes.Compare) if not isinstance(test, nodes.Compare) else [test]:
            block, names = lists_named(compare) or (None, [])
            known, lists = variable_of(block, scope), self.vocabulary.lists
            for name in names if known and known.is_block else ():
                if name not in lists:
                    self.note(tag, fault(tag, "T046", name=name, near=nearest(name, sorted(lists))))

    def round(self, block: Block, tree: nodes.For, scope: Scope | None) -> Statement:
        """A loop once its tag is read."""
        tag, (items, variable, section) = block.opener, self.items(block.opener, tree, scope)
        turn = Variable("loop", "loop", self.new_slot(), scope, bare=False, its=Type("loop"))
        inner: Scope = replace(variable, outer=turn)
        for name in targets(tree)[1:]:
            inner = Variable(name, "", self.new_slot(), inner, bare=False)
        enter = loops.entering(variable.slot, variable.view, texts=is_text(variable.its))
        if tree.test is not None:
            self.tag = tag
            items = loops.chosen(items, enter, self.of(tree.test, inner).run)
        self.sections_open += bool(section)
        body, _ = self.body((id(block), 0), inner)
        body = loops.or_drawn(body, variable.view) if section and tag.way == "block" else body
        self.sections_open -= bool(section)
        other = [number for number, each in enumerate(block.steps) if each.word == "else"]
        otherwise = self.body((id(block), other[0]), scope)[0] if other else NOTHING
        begin = loops.turned(turn.slot, [*self.set_here.values()]) if turn.asked or self.set_here else None
        made = loops.Loop(tag, items, enter, begin, body, otherwise)
        if isinstance(tree.iter, nodes.Name) and section:
            return Statement(made.fill, loops.of_section(made, section_key(section), marks=self.marks))
        return Statement(made.fill, loops.of_rows(made, variable.block) if variable.block else made.tell)

    def items(self, tag: Tag, tree: nodes.For, scope: Scope | None) -> tuple[Run, Variable, str]:
        """What a loop goes through, the variable of it, and the section of which it is a block, if it is."""
        code, slot = self.of(tree.iter, scope), self.new_slot()
        if code.type and not code.type.many:
            self.amiss("T014", "no_list", said=shown(tree.iter), what=what(code.type))
        its = replace(code.type, many=False, words=()) if code.type else None
        variable = Variable(targets(tree)[0], its.what if its else "", slot, scope, bare=False, its=its)
        base = begins(tree.iter)
        if its == Type("block") and isinstance(base, nodes.Name):
            variable = replace(variable, view=self.new_slot(), lists=self.sections.get(base.name, ()))
            return code.run, variable, base.name
        rows = owner_of(base, scope) if isinstance(base, nodes.Getattr) and base.attr == "rows" else None
        if rows is None or not rows.view:
            return code.run, variable, ""
        variable = replace(variable, view=self.new_slot(), block=rows.block or rows.view)
        run = code.run if is_text(its) else loops.views_of(code.run, variable.block)
        if base is tree.iter and rows.is_block:
            at = rows.view
            run = lambda frame: frame[at].rows  # noqa: E731
        return (
            loops.kept(run, QUOTED.findall(KEPT.findall(tag.code)[0]) if "_cp_rows" in tag.code else ()),
            variable,
            "",
        )

    # what is printed

    def printing(self, tag: Tag, scope: Scope | None) -> Step | None:
        """A tag that prints."""
        if laid := LAYOUT.match(tag.code):
            return printing.layout(PRINTED[laid[1]], laid[2] or "")
        if own := OWN.match(tag.code):
            return self.own(tag, own, scope)
        tree = self.read(tag)
        code = self.of(tree, scope) if isinstance(tree, nodes.Expr) else None
        if tree is None or code is None or self.findings:
            return None
        owner = owner_of(tree, scope)
        field = tree.attr if isinstance(tree, nodes.Getattr) and owner and owner.view else ""
        if owner and owner.is_block and field == "text":
            if tag.way == "run":
                return printing.block_runs(tag, owner.view)
            if tag.way == "text":
                self.amiss("T014", "words", said=shown(tree))
        if code.type:
            self.unprintable(tag, tree, code.type, scope)
        if owner and owner.block and field:
            return printing.row_value(tag, owner.view, field, shown(tree))
        name = tree.name if isinstance(tree, nodes.Name) else ""
        return printing.any_value(tag, code.run, name, shown(tree), ordered=self.sections_open > 0)

    def own(self, tag: Tag, own: re.Match[str], scope: Scope | None) -> Step | None:
        """A tag of this package's own; what no section prints has no name that would last."""
        of = variable_of(nodes.Name(own[1], "load"), scope)
        if of is None or not of.view:
            return None
        return printing.own(tag, of.view, self.numbers, own[2], int(own[3] or 0), own[4] or "")


def is_text(its: Type | None) -> bool:
    """Is it a row of which no more is known than what is printed?"""
    return its is not None and its.what.startswith("row of ")


def targets(tree: nodes.For) -> list[str]:
    """The names of a loop's variables."""
    found = [tree.target] if isinstance(tree.target, nodes.Name) else tree.target.find_all(nodes.Name)
    return [each.name for each in found]
