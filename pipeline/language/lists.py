"""Filters on lists of records: narrowed, put in order, one of them, a field of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.bounds import fitting
from pipeline.formats import Formats
from pipeline.language.choices import cell_text, one_of, text_of
from pipeline.language.comparisons import ready
from pipeline.language.compiler import BROKEN, Compiler, Scope
from pipeline.language.operations import (
    ANYTHING,
    DEFINING,
    constant_words,
    counted,
    for_each_of,
    of_records,
    operation,
)  # fmt: skip
from pipeline.language.parsing import shown
from pipeline.language.types import FIGURES, NUMBER, REFERENCE, Code, Frame, Type, constant, is_nothing, name_a_field
from pipeline.language.world import Asked
from pipeline.problems import Place
from pipeline.text import folded

IN_PATTERN = re.compile(r"\[([a-z]\w*)\]")
WRITES = ("text", "reference", "day", "when", *FIGURES)
of_a_list = partial(operation, takes=ANYTHING, shape="many", compiles=True)


@of_records("where", "those of a list for which it holds", brackets="(kind == 'Report')")
def where(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """Those of a list for which something holds."""
    of = compiler.inside(value, scope)
    test = compiler.of(node.args[0], of)
    if is_nothing(value) or (test.fixed and not test.run([])):
        return constant(value.type, [])
    source, tested = value.run, for_each_of(test, of.slot)

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        return [one for one, holds in zip(items, tested(frame, items), strict=True) if holds]

    return Code(value.type, run)


SORTED = "a list in the order of a field, with a minus the other way round: `sorted(-date)`; blanks come last"


@of_records("sorted", SORTED, brackets="(date)")
def ordered(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """A list in the order of a field, or against it, what is blank last."""
    of, key = compiler.inside(value, scope), node.args[0]
    down = isinstance(key, nodes.Neg)
    by, source = compiler.of(key.node if isinstance(key, nodes.Neg) else key, of), value.run
    if by.type is None or by.type.many or by.type.what not in WRITES:
        cure = "Write it as in “sorted(date)”."
        return compiler.wrong("W116", f"“sorted” cannot order by “{shown(key)}”.", cure)
    values = for_each_of(by, of.slot)

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        return [items[at] for at in places_in_order([sortable(each) for each in values(frame, items)], down=down)]

    return Code(value.type, run)


def places_in_order(keys: Sequence[Any], *, down: bool) -> list[int]:
    """The places of keys in their order, or against it, those that are None last."""
    filled = [at for at, one in enumerate(keys) if one is not None]
    blank = (at for at, one in enumerate(keys) if one is None)
    return [*sorted(filled, key=keys.__getitem__, reverse=down), *blank]


def sortable(value: Any) -> Any:
    """A value that can be put in order; None for a blank."""
    first = getattr(value, "first", value)
    return (folded(first) or None) if isinstance(first, str) else first


@of_records("each", "that field of every item of a list, or what is in the brackets of each", brackets="('date')")
def each_of(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """One field of every item of a list, or what an expression gives of each."""
    name, of = constant_words(node), compiler.inside(value, scope)
    field = compiler.its_field(of.variable, name, node.node) if name else compiler.of(node.args[0], of)
    if field.type is None:
        return BROKEN
    source, run_one, slot = value.run, field.run, of.slot

    def run(frame: Frame) -> list[Any]:
        items = source(frame)
        frame[0].spend(len(items))
        return [run_one(frame) for frame[slot] in items]

    return Code(Type("lists" if field.type.many else field.type.what, many=True), run)


def unnamed(compiler: Compiler, node: nodes.Filter, scope: Scope | None, message: str, example: str) -> Code:
    """W118: brackets that do not hold words in quotation marks."""
    compiler.of(node.args[0], scope)
    return compiler.wrong("W118", f"“{shown(node)}” {message}.", f"Write it as in “{example}”.")


class Group(NamedTuple):
    """Records of a list that are alike in one field: `name` as it is printed, and the record of which it is told."""

    name: str
    rows: list[Any]
    field: str

    @property
    def values(self) -> Mapping[str, Any]:
        """What may be asked of it."""
        return {"name": self.name, "rows": self.rows}

    def place(self, _: str) -> Place:
        """The cell from which its name comes."""
        return self.rows[0].place(self.field)  # type: ignore[no-any-return]


GROUPED = "a list in groups that are alike in a field; of each can be asked its `name` and its `rows`"


@of_records("by", GROUPED, brackets="(area)")
def by(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """The records of a list in groups, in the order in which each first appears."""
    of = compiler.inside(value, scope)
    field, source = compiler.of(node.args[0], of), value.run
    if field.type is None or field.type.many or field.type.what not in (*WRITES, "flag") or value.type is None:
        fields = compiler.vocabulary.printed_fields
        cure = name_a_field({shown(node.args[0]): field.type}, fields, "Write it as in “by(area)”.")
        return compiler.wrong("W116", f"“by” cannot group by “{shown(node.args[0])}”.", cure)
    asked, named = for_each_of(field, of.slot), node.args[0]
    while isinstance(named, nodes.Getattr):
        named = named.node
    cells = compiler.vocabulary.kinds[value.type.what].cells
    cell = cells.get(named.name, named.name) if isinstance(named, nodes.Name) else ""

    def run(frame: Frame) -> list[Group]:
        items, found = source(frame), dict[str, Group]()
        frame[0].spend(len(items))
        for one, its in zip(items, asked(frame, items), strict=True):
            name = cell_text(its, frame[0].formats)
            found.setdefault(name, Group(name, [], cell)).rows.append(one)
        return list(found.values())

    return Code(Type(compiler.vocabulary.grouped(value.type.what), many=True), run)


FILLED = "the pattern for every item; dates are written as `day` does, and brackets with nothing in them are left out"


@of_records("fill", FILLED, brackets="('[name] ([position])')")
def fill(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """A pattern for every item of a list, with its `[field]`s; brackets in which nothing is filled in are left out."""
    pattern = constant_words(node)
    if pattern is None:
        return unnamed(compiler, node, scope, "has no pattern in quotation marks", "fill('[name] ([position])')")
    of = compiler.inside(value, scope)
    own, names = IN_PATTERN.split(pattern)[::2], IN_PATTERN.findall(pattern)
    fields = [compiler.its_field(of.variable, name, node.node) for name in names]
    for name, field in zip(names, fields, strict=True):
        if field.type and (field.type.what not in WRITES or field.type.many):
            message = f"“[{name}]” is {field.type}, which “fill” cannot write."
            compiler.wrong("W116", message, "Use a field of words, a number or a date.")
    source, slot, runs = value.run, of.slot, [each.run for each in fields]

    def run(frame: Frame) -> list[str]:
        items, style = source(frame), frame[0].formats
        frame[0].spend(len(items))
        return fitting(patterned(own, [each(frame) for each in runs], style) for frame[slot] in items)

    return Code(Type("text", many=True), run)


def patterned(own: Sequence[str], values: Sequence[Any], style: Formats) -> str:
    """A pattern's own words with values between them; brackets in which nothing is filled in are left out."""
    texts = ["" if each is None else text_of(each, style) for each in values]
    return "".join(part for pair in zip(own, [*texts, ""], strict=True) for part in pair).replace(" ()", "")


@of_a_list("first", "the first of a list")
def first(_: Compiler, __: nodes.Filter, value: Code, ___: Scope | None) -> Code:
    """The first of a list; nothing where it is empty."""
    return one_of(value, 0)


@of_a_list("last", "the last of a list")
def last(_: Compiler, __: nodes.Filter, value: Code, ___: Scope | None) -> Code:
    """The last of a list; nothing where it is empty."""
    return one_of(value, -1)


of_a_list("count", "how many a list holds, in figures")(counted)
of_a_list("length", "the same")(counted)


# for derived fields


def having(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """`letters | having('reply_to', letter.ref)`: those whose cell holds a value, looked up. It rests on these cells,
    but not on a key, which says which record it is and nothing of it.
    """
    column, wanted, source = constant_words(node) or "", compiler.of(node.args[1], scope).run, value.run
    kind = compiler.vocabulary.kinds[value.type.what if value.type else ""]
    cell, is_key = kind.cells.get(column, column), column == kind.key

    def run(frame: Frame) -> list[Any]:
        items, world = source(frame), frame[0]
        sought = ready(world.untraced(lambda: wanted(frame)))
        index = world.index(items, lambda each: ready(each.values[cell]), cell)
        found = [items[at] for at in index.get(sought, ())] if sought not in (None, "") else []
        if world.trace is not None and not is_key:
            world.trace.extend(Asked(one, cell) for one in found)
        return found

    return Code(value.type, run)


def place(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None) -> Code:
    """The place of a record in a list: it rests on the order of all before it."""
    one, source = value.run, compiler.of(node.args[0], scope).run
    order = compiler.vocabulary.kinds[value.type.what if value.type else ""].order

    def run(frame: Frame) -> int:
        record, rows, world = one(frame), source(frame), frame[0]
        number = int(world.index(rows, id, "place")[id(record)][0]) + 1
        if world.trace is not None:
            world.trace.append(Asked(rows[:number], order))
        return number

    return Code(NUMBER, run)


def reference(_: Compiler, node: nodes.Filter, value: Code, __: Scope | None) -> Code:
    """`ref | reference('appendix/')`: the mark that becomes the name of an appendix once they are numbered."""
    run, start = value.run, constant_words(node)
    return Code(REFERENCE, lambda frame: f"\ufdd0{start}{run(frame)}\ufdd1")


DEFINING.update({"having": having, "place": place, "reference": reference})
