"""A template's tags compiled: typed by the language of wording, in one pass, into what fills a part and what proves it.

A tag that cannot be filled in is a problem at that tag; the pass goes on without it, so that all are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.blocks import Fact, Row
from pipeline.bounds import LOOPS
from pipeline.language import TEXT, Frame, Run, Scope, Type, cell_text, places, shown
from pipeline.nearest import nearest
from pipeline.patterns import Pattern
from pipeline.problems import Problem
from pipeline.render import steps
from pipeline.render.expressions import KEPT, Expressions
from pipeline.render.names import Offer, Variable, demanded, lists_named, owner_of, rows_in, section_key, variable_of
from pipeline.render.nesting import Block, Branch, Nesting
from pipeline.render.steps import COUNT, SIGNS, Body, Loop, Statement, Step, body_of, guarded
from pipeline.render.tags import Tag
from pipeline.render.unreadable import fault
from pipeline.render.views import Numbers, Shown, View
from pipeline.render.wanted import Wanted

OWN = re.compile(r'(\w+)[.|]_cp_(\w+)(?:\((\d+)(?:, "([^"]*)")?\))?$')
"""A tag that this package put into the template itself: an officer's name cannot start with an underscore."""
FIRST, TARGET, QUOTED = Pattern(r"if (\w+)\._cp_first$"), Pattern(r"for\s+(\w+)"), Pattern(r"'(\w+)'")
TOP = (0, 0)
"""The slot of a frame that counts views; what stands in no branch."""
ARTICLES = {"text": "a text", "number": "a number", "block": "a whole paragraph or table"}


class Compiled(NamedTuple):
    """A part ready to be filled: its statements, the slots they need, every name it asks for, and what is wrong."""

    body: Body
    slots: int
    used: frozenset[str]
    problems: tuple[tuple[Tag, Problem], ...]


def compile_part(pieces: Iterable[str | Tag], offer: Offer | None, numbers: Numbers, *, marks: bool = True) -> Compiled:
    """A part's own text and its tags, compiled. Without an offer no name can be called unknown."""
    compiler = Statements(offer, numbers, marks=marks)
    body = compiler.all_of(pieces)
    return Compiled(body, compiler.slots, frozenset(compiler.used), tuple(compiler.problems))


class Statements(Expressions):
    """One pass over the tags of a part."""

    def __init__(self, offer: Offer | None, numbers: Numbers, *, marks: bool) -> None:
        super().__init__(offer)
        self.numbers, self.marks, self.slots = numbers, marks, SIGNS
        self.contents: dict[tuple[int, int], list[str | Tag | Block[Tag]]] = {}
        self.loops, self.sections_open, self.set_here = 0, 0, dict[str, int]()

    def new_slot(self) -> int:
        """A slot of the frame."""
        self.slots += 1
        return self.slots

    def all_of(self, pieces: Iterable[str | Tag]) -> Body:
        """The whole part."""
        nesting = Nesting[Tag]()
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

    def put(self, branch: Branch[Tag] | None, piece: str | Tag | Block[Tag]) -> None:
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
        return steps.assigned(slot, guarded(tag, code.run)), Variable(
            name, kind, slot, scope, bare=False, its=code.type
        )

    def choice(self, block: Block[Tag], scope: Scope | None) -> tuple[Statement, Scope | None]:
        """A condition; inside `{% if block.list == 'action open' %}` the rows are those of that list."""
        branches, otherwise, after = list[tuple[Run, Body]](), Body((), ()), scope
        for number, tag in enumerate(block.steps[: -1 if block.closed else None]):
            test, inner = self.test(tag, scope) if tag.word != "else" else (None, scope)
            body, end = self.body((id(block), number), inner)
            while isinstance(end, Variable) and end is not inner:
                after, end = replace(end, outer=after), end.outer
            if test:
                branches.append((test, body))
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
        code, lists = self.of(tree.test, scope), self.vocabulary.lists
        for compare in tree.test.find_all(nodes.Compare) if not isinstance(tree.test, nodes.Compare) else [tree.test]:
            block, names = lists_named(compare) or (None, [])
            for name in names if self.offer and (known := variable_of(block, scope)) and known.is_block else ():
                if name not in lists:
                    self.note(tag, fault(tag, "T046", name=name, near=nearest(name, sorted(lists))))
        for of, names in demanded(tree.test):
            if (known := variable_of(of, scope)) and known.is_block:
                scope = replace(known, outer=scope, lists=tuple(names))
        return guarded(tag, code.run), scope

    # loops

    def loop(self, block: Block[Tag], scope: Scope | None) -> Statement | None:
        """`{% for row in block.rows %}`; what is wrong inside one that cannot be read is told all the same."""
        tag, outer_sets = block.opener, self.set_here
        self.loops, self.set_here = self.loops + 1, {}
        if self.loops == LOOPS + 1:
            self.note(tag, fault(tag, "T048", number=self.loops))
        made = self.round(block, tag, self.read(tag), scope)
        self.loops, self.set_here = self.loops - 1, outer_sets
        return made

    def round(self, block: Block[Tag], tag: Tag, tree: nodes.Node | None, scope: Scope | None) -> Statement | None:
        """A loop once its tag is read."""
        if not isinstance(tree, nodes.For):
            target = TARGET.match(tag.code)
            self.body((id(block), 0), Variable(target[1] if target else "", "", self.new_slot(), scope, bare=False))
            return None
        items, variable, section = self.items(tag, tree, scope)
        turn = Variable("loop", "loop", self.new_slot(), scope, bare=False, its=Type("loop"))
        inner: Scope = replace(variable, outer=turn)
        for name in targets(tree)[1:]:
            inner = Variable(name, "", self.new_slot(), inner, bare=False)
        enter = steps.entering(variable.slot, variable.view, texts=self.is_text(variable))
        if tree.test is not None:
            self.tag = tag
            items = chosen(items, enter, guarded(tag, self.of(tree.test, inner).run))
        self.sections_open += bool(section)
        body, _ = self.body((id(block), 0), inner)
        self.sections_open -= bool(section)
        other = next((n for n, each in enumerate(block.steps) if each.word == "else"), None)
        otherwise = Body((), ()) if other is None else self.body((id(block), other), scope)[0]
        self.ended.update(dict.fromkeys(targets(tree), tag.raw))
        turns, unset = turn.slot if turn.asked else 0, [*self.set_here.values()]
        made = Loop(tag, guarded(tag, bounded(items)), enter, turns, unset, body, otherwise)
        return Statement(made.fill, self.told(made, variable, section))

    def items(self, tag: Tag, tree: nodes.For, scope: Scope | None) -> tuple[Run, Variable, str]:
        """What a loop goes through, the variable of it, and the section where it is one."""
        code, name, slot = self.of(tree.iter, scope), targets(tree)[0], self.new_slot()
        if code.type and not code.type.many:
            self.amiss("T014", "no_list", said=shown(tree.iter), what=self.what(code.type))
        its = replace(code.type, many=False, words=()) if code.type else None
        variable = Variable(name, its.what if its else "", slot, scope, bare=False, its=its)
        if its and its.what == "block":
            base = next(
                (each for each in (tree.iter, *tree.iter.find_all(nodes.Name)) if isinstance(each, nodes.Name)), None
            )
            section, lists = (base.name, self.sections.get(base.name, ())) if base else ("", ())
            return code.run, replace(variable, view=self.new_slot(), lists=lists), section if base is tree.iter else "*"
        rows, plain = rows_in(tree.iter, scope)
        if rows is None:
            return code.run, variable, ""
        of_block = rows if rows.is_block else rows.of_block
        variable = replace(variable, view=self.new_slot(), of_block=of_block)
        run = views_of(code.run, rows, of_block, plain=plain, texts=self.is_text(variable))
        kept = QUOTED.findall(found[1]) if (found := KEPT.search(tag.code)) else []
        return (steps.kept(run, kept) if kept else run), variable, ""

    def is_text(self, variable: Variable) -> bool:
        """Is it a row of which no more is known than what is printed?"""
        return variable.kind.startswith("row of ")

    def told(self, loop: Loop, variable: Variable, section: str) -> Callable[[Frame, Wanted], None]:
        """What the paper must hold of a loop: every block of a section, and some row of each table that it shows."""
        key, marks, block = section_key(section), self.marks, variable.of_block

        def of_section(frame: Frame, wanted: Wanted) -> None:
            loop.tell(frame, wanted)
            wanted.section(frame[0].name(key), marks=marks)

        def of_rows(frame: Frame, wanted: Wanted) -> None:
            wanted.shown.add(frame[block.view].key if block else "")
            loop.tell(frame, wanted)

        return of_section if section not in ("", "*") else of_rows if block else loop.tell

    # what is printed

    def printing(self, tag: Tag, scope: Scope | None) -> Step | None:
        """A tag that prints."""
        if own := OWN.match(tag.code):
            return self.own(variable_of(nodes.Name(own[1], "load"), scope), own[2], int(own[3] or 0), own[4] or "")
        tree = self.read(tag)
        code = self.of(tree, scope) if isinstance(tree, nodes.Expr) else None
        if tree is None or code is None or self.findings:
            return None
        owner = owner_of(tree, scope)
        if owner and owner.is_block and isinstance(tree, nodes.Getattr) and tree.attr == "text":
            if tag.way == "run":
                return steps.block_runs(tag, owner.view, signed=self.marks)
            if tag.way == "text":
                self.amiss("T014", "words", said=shown(tree))
        self.unprintable(tag, tree, code.type, scope)
        field = tree.attr if owner and owner.of_block and isinstance(tree, nodes.Getattr) else ""
        text = row_text(owner.view, field) if owner and field else text_of(code.run)
        if tag.way in steps.PLAIN:
            return steps.hidden_value(tag, text)
        name = tree.name if isinstance(tree, nodes.Name) else ""
        fact = row_fact(owner.view, field) if owner and field else fact_of(text, name)
        ordered = bool(field) or self.sections_open > 0
        return steps.value(tag, text, fact, shown(tree), ordered=ordered, signed=self.marks)

    def own(self, of: Variable | None, what: str, repeated: int, key: str) -> Step | None:
        """A tag of this package's own: a mark, or what keeps a row with the next."""
        if of is None or not of.view:  # what no section prints has no name that would last
            return None
        if what == "start":
            return steps.mark_start(of.view, self.numbers, repeated, key)
        return steps.mark_end(of.view, self.numbers, repeated) if what == "end" else steps.keep(of.view)

    def unprintable(self, tag: Tag, tree: nodes.Node, its: Type | None, scope: Scope | None) -> None:
        """T014: something cannot be printed as it is."""
        said = shown(tree)
        if its and its.many and not (its == replace(TEXT, many=True) and isinstance(tree, nodes.Getattr)):
            self.amiss("T014", "list", said=said, what="a list")
        elif its and its.is_record and not its.many:
            row, first = variable_of(tree, scope), next(iter(sorted(self.fields(its.what))), "name")
            what = "a whole row" if row and row.of_block else self.what(its)
            self.amiss("T014", said=said, what=what, first=first)
        elif its and tag.way == "block":
            self.amiss("T014", "plain", said=said, prefix=tag.prefix or "p")

    def what(self, its: Type) -> str:
        """A type, as problems name it."""
        return ARTICLES.get(its.what) or str(its)


def targets(tree: nodes.For) -> list[str]:
    """The names of a loop's variables."""
    found = [tree.target] if isinstance(tree.target, nodes.Name) else tree.target.find_all(nodes.Name)
    return [each.name for each in found]


def first_name(node: nodes.Node) -> tuple[str, bool]:
    """The name that an expression begins with, and whether that is all of it."""
    base = node
    while isinstance(base, nodes.Filter) and base.node is not None:
        base = base.node
    return base.name if isinstance(base, nodes.Name) else "", base is node


def text_of(run: Run) -> Callable[[Frame], str]:
    """How a value is printed."""

    def text(frame: Frame) -> str:
        value = run(frame)
        return value if isinstance(value, str) else cell_text(value, frame[0].formats)

    return text


def row_text(view: int, name: str) -> Callable[[Frame], str]:
    """What a table's row prints of one of its fields."""
    return lambda frame: frame[view].values[name]


def fact_of(text: Callable[[Frame], str], name: str) -> Callable[[Frame], Fact]:
    """A text with the cells that were asked for it."""

    def fact(frame: Frame) -> Fact:
        said, trace = frame[0].traced(text, frame)
        return Fact(said, *places(trace), name=name)

    return fact


def row_fact(view: int, name: str) -> Callable[[Frame], Fact]:
    """What a table's row, or a group of rows, prints of one of its fields, with its cells."""

    def fact(frame: Frame) -> Fact:
        of = frame[view].of
        if isinstance(of, Row):
            return of.facts.get(name) or Fact(of.values[name], ())
        return Fact(of.values[name], (of.place(name),), name=name)

    return fact


def bounded(items: Run) -> Run:
    """What a loop goes through, its turns counted."""

    def run(frame: Frame) -> Any:
        found = items(frame)
        frame[0].spend(len(found) + 1)
        return found

    return run


def chosen(items: Run, enter: Callable[[Frame, Any], None], test: Run) -> Run:
    """Those of a loop's items for which its “if” holds."""

    def holds(frame: Frame, item: Any) -> bool:
        enter(frame, item)
        return bool(test(frame))

    return lambda frame: [item for item in items(frame) if holds(frame, item)]


def views_of(run: Run, rows: Variable, block: Variable | None, *, plain: bool, texts: bool) -> Run:
    """The views of a block's rows, of a group's, or of groups of them."""
    at = block.view if block else rows.view
    if texts or (plain and rows is block):
        return run if texts else lambda frame: frame[at].rows
    return lambda frame: [view_of(frame, frame[at], each) for each in run(frame)]


def view_of(frame: Frame, block: Shown, item: Any) -> View:
    """The view of a record of a block, or a new one of a group."""
    if (known := block.by_record.get(id(item))) is not None:
        return known
    frame[COUNT] += 1
    return View(item, f"group {item.name}", frame[COUNT], item.values, record=item, table=block.key)
