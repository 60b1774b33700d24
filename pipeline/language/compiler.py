"""Expressions typed and made ready to run, in one pass over what Jinja's parser makes of them.

What compiles runs: names, fields, filters and the types that each takes are known from the kinds of record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes

from pipeline.language.parsing import TOO_DEEP, shown, too_deep
from pipeline.language.types import (
    TEXT,
    Code,
    Finding,
    Frame,
    Type,
    constant,
    did_you_mean,
    is_nothing,
)
from pipeline.language.world import Asked

if TYPE_CHECKING:
    from pipeline.language.vocabulary import Vocabulary

TAKE_IT_OUT = "Take it out."
BROKEN = Code(None, lambda _: None)
"""What stands for a part with which something is wrong."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A variable of an expression: a record of a kind, by the name it goes by, in a slot of the frame.

    Where it is `bare`, its fields may be named without it.
    """

    name: str
    kind: str
    slot: int
    outer: Scope | None = None
    bare: bool = True


class Known(NamedTuple):
    """A name of the paper: its type, and by what it is known in the world."""

    type: Type | None
    key: str


class Within(NamedTuple):
    """The derived field that is being compiled: its own name means there what stands in the cell."""

    kind: str
    name: str


class Compiler:
    """One pass over one expression. `findings` fill as it goes, and `slots` counts the variables it has given out.

    `reaches` says that the expression asks more than one record's own fields.
    """

    def __init__(self, vocabulary: Vocabulary, within: Within | None = None, *, defining: bool = False) -> None:
        self.vocabulary, self.within, self.defining = vocabulary, within, defining
        self.findings: list[Finding] = []
        self.slots, self.reaches = 1, False

    def whole(self, node: nodes.Expr, scope: Scope | None) -> Code:
        """An expression, unless it is too deep to be followed."""
        if too_deep(node):
            self.findings.append(TOO_DEEP)
            return BROKEN
        return self.of(node, scope)

    def field_of_sentence(self, node: nodes.Expr, scope: Scope | None) -> Code:
        """What stands between double curly brackets of a sentence, to be printed."""
        if too_deep(node):
            self.findings.append(TOO_DEEP)
            return BROKEN
        return self.printable(node, scope)

    def of(self, node: nodes.Node | None, scope: Scope | None) -> Code:
        """One part of an expression."""
        if isinstance(node, nodes.Name):
            return self.name(node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self.part(node, scope)
        make = WAYS.get(type(node))
        if make is not None:
            return make(self, node, scope)
        cure = "Use a field, a filter, or “… if … else …”."
        return self.wrong("W112", f"“{shown(node)}” is more than wording may hold.", cure)

    def printable(self, node: nodes.Node | None, scope: Scope | None) -> Code:
        """A part that is to be printed."""
        code = self.of(node, scope)
        its = code.type
        if its is not None and (its.what == "flag" or its.is_record or its.many):
            name = shown(node)
            self.wrong("W117", f"“{name}” is {its}, and cannot be printed as it is.", self.how_to_print(its, name))
        return code

    def how_to_print(self, its: Type, name: str) -> str:
        """The cure for what cannot be printed as it is."""
        if its.what == "flag":
            return f"Write “'…' if {name} else '…'”."
        if its.what == "lists":
            return "Say the sentence “For each” of the list, and print the field of one."
        if its.many and its.is_record:
            return f"Write “{name} | words” for how many, or “{name} | each('…') | listed” for a field of each."
        if its.many:
            return f"Write “{name}{' | day' if its.is_date else ''} | listed”."
        known = self.vocabulary.printed_fields(its.what)
        return f"Name one of its fields, such as “{name}.{known[0]}”." if known else "Name one of its fields."

    def wrong(self, code: str, message: str, cure: str) -> Code:
        """Notes a finding."""
        self.findings.append(Finding(code, message, cure))
        return BROKEN

    def inside(self, its: Type, outer: Scope | None) -> Scope:
        """The variable that stands for one of a list while the brackets of an operation are worked out.

        Its fields stand bare there. Its name means it only where nothing outside goes by that name: in a letter's own
        field, `letters | where(reply_to == letter.ref)` looks for letters that answer this one.
        """
        self.slots += 1
        at = outer
        while at is not None and at.name != its.what:
            at = at.outer
        return Scope("" if at else its.what, its.what, self.slots, outer)

    # names

    def name(self, name: str, scope: Scope | None) -> Code:
        """A field of the nearest variable that has it bare, a variable, or a name of the paper."""
        if name.startswith("_"):
            return self.wrong("W112", f"“{name}” may not be named in wording.", TAKE_IT_OUT)
        at = scope
        while at is not None:
            if at.bare and name in self.fields(at.kind):
                return self.field(self.variable(at), name)
            if at.name == name:
                return self.variable(at)
            at = at.outer
        known = self.vocabulary.known(name, defining=self.defining)
        return self.of_paper(known) if known else self.unknown(name, scope)

    def variable(self, scope: Scope) -> Code:
        """The variable itself."""
        slot = scope.slot
        return Code(Type(scope.kind), lambda frame: frame[slot], slot=slot)

    def of_paper(self, known: Known) -> Code:
        """A list, a record, a date or a single field of the paper."""
        key, its = known.key, known.type
        if key in self.vocabulary.nobody:
            return constant(its, [] if its and its.many else None)
        if self.vocabulary.holds_nothing(key):
            return constant(its, [])
        self.reaches = self.reaches or its is None or its.what not in ("day", "text")
        return Code(its, lambda frame: frame[0].name(key), name=key)

    def unknown(self, name: str, scope: Scope | None) -> Code:
        """A name that there is not."""
        if scope is not None and scope.bare:
            kind = scope.kind
            cure = did_you_mean(name, sorted(self.fields(kind)), "Take it out, or use a field that there is.")
            return self.wrong("W109", f"“{name}” is no field of {article(kind)} {kind}.", cure)
        lists = self.vocabulary.lists_of(name)
        cure = f"Choose a list such as “{lists[0]}” under “For each”." if lists else "Use a field that there is."
        known = [*self.vocabulary.public, *([scope.name] if scope else [])]
        return self.wrong(
            "W113", f"There is no “{name}” to fill in.", cure if lists else did_you_mean(name, known, cure)
        )

    # fields

    def part(self, node: nodes.Getattr, scope: Scope | None) -> Code:
        """A field of something: `letter.date`."""
        owner = self.of(node.node, scope)
        if node.attr.startswith("_"):
            return self.wrong("W112", f"“{node.attr}” may not be named in wording.", TAKE_IT_OUT)
        if owner.type is None:
            return owner if self.findings else self.of_two_kinds(node)
        if owner.type.many:
            whose = shown(node.node)
            cure = f"Write “{whose} | each('{node.attr}') | listed”, or say the sentence “For each” of them."
            return self.wrong("W114", f"“{whose}” is {owner.type}, so “.{node.attr}” means nothing.", cure)
        if self.defining and owner.type.what == "when" and node.attr == "precision":
            return replaced(owner, TEXT, attrgetter("precision"))
        return self.its_field(owner, node.attr, node.node)

    def of_two_kinds(self, node: nodes.Getattr) -> Code:
        """W114: a field of what may be one thing or another."""
        message = f"“{shown(node.node)}” may be things of two kinds, so “.{node.attr}” means nothing."
        return self.wrong("W114", message, "Name the field of each.")

    def its_field(self, owner: Code, name: str, whose: nodes.Node | None) -> Code:
        """One field of a record, `whose` being the part before it."""
        kind = owner.type.what if owner.type else ""
        fields = self.fields(kind)
        if name not in fields:
            otherwise = "Use one of its fields." if fields else "Take the full stop and the name out."
            its = owner.type and replace(owner.type, many=False)
            message = f"“{shown(whose)}” is {its}, and has no field “{name}”."
            return self.wrong("W114", message, did_you_mean(name, fields, otherwise))
        if is_nothing(owner):
            return constant(self.field(replaced_run(owner), name).type, None)
        return self.field(owner, name)

    def fields(self, kind: str) -> Collection[str]:
        """The fields of a kind that may be named here."""
        its = self.vocabulary.kinds.get(kind)
        if its is None:
            return ()
        return (*its.names, *its.hidden) if self.defining else its.names

    def field(self, owner: Code, name: str) -> Code:
        """A field that a record has: what follows from it, else what stands in its cell."""
        kind = owner.type.what if owner.type else ""
        own_cell = self.within == (kind, name) and owner.slot == 1
        if name in self.vocabulary.rules.get(kind, {}) and not own_cell:
            return self.derived(owner, kind, name)
        return self.stored(owner, name)

    def stored(self, owner: Code, name: str) -> Code:
        """A column: read straight from the record, and noted."""
        kind = self.vocabulary.kinds[owner.type.what if owner.type else ""]
        cell, run, noted = kind.cells.get(name, name), owner.run, name not in kind.hidden

        def asked(frame: Frame) -> Any:
            record = run(frame)
            if record is None:
                return None
            value, trace = record.values.get(cell), frame[0].trace
            if trace is not None and noted:
                trace.append(Asked(record, name, value, None if name == cell else (Asked(record, cell),)))
            return value

        reads = ((owner.slot, cell),) if owner.slot else owner.reads
        return Code(kind.fields[name], asked, reads if noted else (), owner.slot, name if owner.slot else "")

    def derived(self, owner: Code, kind: str, name: str) -> Code:
        """What follows from a record: worked out on the spot where it asks its own fields alone, else once a record."""
        its = self.vocabulary.derived(kind, name)
        self.reaches = self.reaches or its.reaches
        if its.definition is not None and its.definition.code.fixed:
            return its.definition.code
        run, answer = owner.run, its.answer

        def asked(frame: Frame) -> Any:
            record = run(frame)
            if record is None:
                return None
            world = frame[0]
            if world.trace is None:
                return its.value(world, record)
            found = answer(world, record)
            world.trace.append(found)
            return found.value

        reads = tuple((owner.slot, each) for each in its.reads) if owner.slot else owner.reads
        return Code(its.type, asked, reads)


def replaced(code: Code, its: Type, get: Callable[[Any], Any]) -> Code:
    """A part of a value that may be nothing."""
    run = code.run
    return Code(its, lambda frame: None if (value := run(frame)) is None else get(value), code.reads)


def replaced_run(code: Code) -> Code:
    """A value of the same type of which nothing is known."""
    return Code(code.type, lambda _: None)


def article(word: str) -> str:
    """`a`, or `an` before a vowel."""
    return "an" if word[:1] in "aeiou" else "a"


Way = Callable[[Compiler, Any, "Scope | None"], Code]
WAYS: dict[type[nodes.Node | None], Way] = {}
"""How each other part of an expression is compiled; `choices` and `operations` put theirs in."""
