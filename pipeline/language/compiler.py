"""Expressions typed and made ready to run, in one pass over what Jinja's parser makes of them.

What compiles runs: names, fields, filters and the types that each takes are known from the kinds of record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from jinja2 import nodes

from pipeline.language.parsing import TOO_DEEP, shown, too_deep
from pipeline.language.types import TEXT, Code, Finding, Frame, Kind, Type, constant, is_nothing
from pipeline.language.world import Asked, Derived, Rule
from pipeline.nearest import did_you_mean

OF_LIST = "list "
"""Begins the name by which a definition names a list as officers write it, which nobody can type."""
BROKEN = Code(None, lambda _: None)
"""What stands for a part with which something is wrong."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A variable of an expression: a record of a kind, by the name it goes by, in a slot of the frame.

    Where it is `bare`, its fields may be named without it. `within` is the derived field of it that is being compiled,
    whose own name means what stands in the cell.
    """

    name: str
    kind: str
    slot: int = 1
    outer: Scope | None = None
    bare: bool = True
    within: str = ""

    @property
    def variable(self) -> Code:
        """The variable itself."""
        slot = self.slot
        return Code(Type(self.kind), lambda frame: frame[slot])


class Terms(Protocol):
    """What an expression may name, as a vocabulary knows it."""

    kinds: dict[str, Kind]
    rules: Mapping[str, Mapping[str, Rule]]
    public: Mapping[str, str]
    behind: Mapping[str, str]

    @property
    def lists(self) -> Collection[str]:
        """Every list by the name that officers write."""
        ...

    def kind_of(self, name: str) -> str:
        """The kind of a list's items."""
        ...

    def type_of(self, key: str) -> Type | None:
        """The type of what a name stands for."""
        ...

    def field_type(self, kind: str, name: str) -> Type | None:
        """The type of a field."""
        ...

    def printed_fields(self, kind: str) -> list[str]:
        """The fields of a kind that can be printed."""
        ...

    def grouped(self, kind: str) -> str:
        """The kind of groups of a kind."""
        ...

    def holds_nothing(self, key: str) -> bool:
        """Is what a name stands for certain to hold nothing?"""
        ...

    def derived(self, kind: str, name: str) -> Derived:
        """A field that follows from a record."""
        ...


class Compiler:
    """One pass over one expression. `findings` fill as it goes, and `slots` counts the variables it has given out.

    `reaches` says that the expression asks more than one record's own fields.
    """

    def __init__(self, vocabulary: Terms, *, defining: bool = False) -> None:
        self.vocabulary, self.defining = vocabulary, defining
        self.findings: list[Finding] = []
        self.slots, self.reaches = 1, False

    def whole(self, node: nodes.Expr, scope: Scope | None = None) -> Code:
        """An expression, unless it is too deep to be followed."""
        if too_deep(node):
            self.findings.append(TOO_DEEP)
            return BROKEN
        return self.of(node, scope)

    def of(self, node: nodes.Node | None, scope: Scope | None) -> Code:
        """One part of an expression."""
        if make := WAYS.get(type(node)):
            return make(self, node, scope)
        cure = "Use a field, a filter, or “… if … else …”."
        return self.wrong("W112", f"“{shown(node)}” is more than wording may hold.", cure)

    def wrong(self, code: str, message: str, cure: str) -> Code:
        """Notes a finding."""
        self.findings.append(Finding(code, message, cure))
        return BROKEN

    def inside(self, value: Code, outer: Scope | None) -> Scope:
        """The variable that stands for one of a list while the brackets of an operation are worked out.

        Its fields stand bare there. Its name means it only where nothing outside goes by that name.
        """
        self.slots += 1
        kind, at = value.type.what if value.type else "", outer
        while at is not None and at.name != kind:
            at = at.outer
        return Scope("" if at else kind, kind, self.slots, outer)

    def name(self, node: nodes.Name, scope: Scope | None) -> Code:
        """A field of the nearest variable that has it bare, a variable, or a name of the paper."""
        name, at = node.name, scope
        if name.startswith("_"):
            return self.not_to_be_named(name)
        while at is not None:
            if at.bare and name in self.fields(at.kind):
                return self.field(at.variable, name, own_cell=at.within == name)
            if at.name == name:
                return at.variable
            at = at.outer
        if name.startswith(OF_LIST):
            return self.of_paper(name.removeprefix(OF_LIST))
        names = self.vocabulary.behind if self.defining else self.vocabulary.public
        return self.of_paper(names[name]) if name in names else self.unknown(name, scope)

    def of_paper(self, key: str) -> Code:
        """A list, a record, a date or a single field of the paper."""
        its = self.vocabulary.type_of(key)
        if self.vocabulary.holds_nothing(key):
            return constant(its, [] if its and its.many else None)
        self.reaches = self.reaches or its is None or its.what not in ("day", "text")

        def named(frame: Frame) -> Any:
            world = frame[0]
            if world.trace is not None:
                world.trace.extend(world.places.get(key, ()))
            return world.name(key)

        return Code(its, named)

    def not_to_be_named(self, name: str) -> Code:
        """A name of the program's own."""
        return self.wrong("W112", f"“{name}” may not be named in wording.", "Take it out.")

    def unknown(self, name: str, scope: Scope | None) -> Code:
        """A name that there is not."""
        if scope is not None and scope.bare:
            cure = did_you_mean(name, sorted(self.fields(scope.kind)), "Take it out, or use a field that there is.")
            article = "an" if scope.kind[:1] in "aeiou" else "a"
            return self.wrong("W109", f"“{name}” is no field of {article} {scope.kind}.", cure)
        lists = [each for each in self.vocabulary.lists if self.vocabulary.kind_of(each) == name]
        cure = f"Choose a list such as “{lists[0]}” under “For each”." if lists else "Use a field that there is."
        known = [*self.vocabulary.public, *([scope.name] if scope else [])]
        cure = cure if lists else did_you_mean(name, known, cure)
        return self.wrong("W113", f"There is no “{name}” to fill in.", cure)

    def part(self, node: nodes.Getattr, scope: Scope | None) -> Code:
        """A field of something: `letter.date`."""
        owner, name = self.of(node.node, scope), node.attr
        if name.startswith("_"):
            return self.not_to_be_named(name)
        whose = shown(node.node)
        if owner.type is None:
            message = f"“{whose}” may be things of two kinds, so “.{name}” means nothing."
            return owner if self.findings else self.wrong("W114", message, "Name the field of each.")
        if owner.type.many:
            cure = f"Write “{whose} | each('{name}') | listed”, or say the sentence “For each” of them."
            return self.wrong("W114", f"“{whose}” is {owner.type}, so “.{name}” means nothing.", cure)
        if self.defining and (owner.type.what, name) == ("when", "precision"):
            run = owner.run
            return Code(TEXT, lambda frame: getattr(run(frame), "precision", None))
        if owner.type.chosen and name == "meaning":
            run = owner.run
            return Code(TEXT, lambda frame: getattr(run(frame), "meaning", None))
        return self.its_field(owner, name, node.node)

    def its_field(self, owner: Code, name: str, whose: nodes.Node | None) -> Code:
        """One field of a record, `whose` being the part before it."""
        its = replace(owner.type, many=False) if owner.type else TEXT
        fields = self.fields(its.what)
        if name not in fields:
            return self.no_field(its, name, whose)
        if is_nothing(owner):
            return constant(self.vocabulary.field_type(its.what, name), None)
        return self.field(owner, name)

    def no_field(self, its: Type, name: str, whose: nodes.Node | None) -> Code:
        """A field that there is not."""
        fields = self.fields(its.what)
        otherwise = "Use one of its fields." if fields else "Take the full stop and the name out."
        message = f"“{shown(whose)}” is {its}, and has no field “{name}”."
        return self.wrong("W114", message, did_you_mean(name, fields, otherwise))

    def fields(self, kind: str) -> Collection[str]:
        """The fields of a kind that may be named here."""
        its = self.vocabulary.kinds.get(kind)
        return () if its is None else (*its.names, *(its.hidden if self.defining else ()))

    def field(self, owner: Code, name: str, *, own_cell: bool = False) -> Code:
        """A field that a record has: what follows from it, else what stands in its cell."""
        kind = owner.type.what if owner.type else ""
        if name in self.vocabulary.rules.get(kind, {}) and not own_cell:
            return self.derived(owner, kind, name)
        its = self.vocabulary.kinds[kind]
        rests = name not in its.hidden and not (its.fields[name].many and its.fields[name].is_record)
        cell, noted, run = its.cells.get(name, name), rests, owner.run

        def asked(frame: Frame) -> Any:
            record = run(frame)
            if record is None:
                return None
            value, trace = record.values.get(cell), frame[0].trace
            if trace is not None and noted:
                trace.append(Asked(record, name, value, None if name == cell else (Asked(record, cell),)))
            return value

        return Code(its.fields[name], asked)

    def derived(self, owner: Code, kind: str, name: str) -> Code:
        """What follows from a record: worked out on the spot where it asks its own fields alone, else once a record."""
        its, run = self.vocabulary.derived(kind, name), owner.run
        self.reaches = self.reaches or its.reaches
        if its.definition is not None and its.definition.code.fixed:
            return its.definition.code

        def asked(frame: Frame) -> Any:
            record = run(frame)
            if record is None:
                return None
            world = frame[0]
            if world.trace is None:
                return its.value(world, record)
            world.trace.append(found := its.answer(world, record))
            return found.value

        return Code(its.type, asked)


Way = Callable[[Compiler, Any, "Scope | None"], Code]
WAYS: dict[type[nodes.Node | None], Way] = {
    nodes.Name: lambda compiler, node, scope: compiler.name(node, scope),
    nodes.Getattr: lambda compiler, node, scope: compiler.part(node, scope),
}
"""How each part of an expression is compiled; `choices` and `operations` put theirs in."""


def way(*kinds: type[nodes.Node]) -> Callable[[Way], Way]:
    """Registers how parts of these kinds are compiled."""

    def registered(make: Way) -> Way:
        WAYS.update(dict.fromkeys(kinds, make))
        return make

    return registered
