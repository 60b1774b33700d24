"""What the wording of one report may name: lists, records, single fields, and what follows from each record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.language.compiler import BROKEN, Compiler, Known, Scope, Within
from pipeline.language.lists import narrowed
from pipeline.language.parsing import field as parsed
from pipeline.language.types import Code, Finding, Kind, Type, constant, is_nothing
from pipeline.language.world import Asked, Definition, World


class Rule(NamedTuple):
    """How a field follows from a record: as an expression, or by a function of a world and the record, of type `gives`.

    `rests` are the cells it rests on, where they are not those that the expression asks; `how` is how it is worked out.
    """

    text: str = ""
    rests: tuple[str, ...] = ()
    how: str = ""
    by: Callable[[World, Any], Any] | None = None
    gives: Type | None = None


class Own(NamedTuple):
    """A list of the report's own: those of another list for which an expression holds, all where it is blank."""

    of: str
    where: str = ""


@dataclass(slots=True)
class Derived:
    """A derived field, compiled; `definition` is None while it is. `reads` are the stored fields that it may ask.

    `reaches` says that it asks more than its record's own fields, `chained` that it leads to itself in another record.
    """

    kind: str
    name: str
    rule: Rule
    type: Type | None = None
    definition: Definition | None = None
    reads: tuple[str, ...] = ()
    reaches: bool = True
    chained: bool = False

    def value(self, world: World, record: Any) -> Any:
        """The value alone, where nobody wants to know its cells."""
        return self.answer(world, record).value if self.reaches else self.run(world, record)

    def run(self, world: World, record: Any) -> Any:
        """The value worked out anew. Raises OutOfBounds."""
        if self.rule.by:
            return self.rule.by(world, record)
        return self.definition.run(world, record) if self.definition else None

    def answer(self, world: World, record: Any) -> Asked:
        """The value and the cells it rests on, worked out once where more than its record's own fields are asked."""
        if not self.reaches:
            return self.worked_out(world, record)
        key = (self.kind, self.name)
        if self.chained and not world.is_begun(key):  # those first that come first, or Python's stack would end
            for each in world.name(every(self.kind)):
                world.kept(key, each, lambda one: self.worked_out(world, one))
        return world.kept(key, record, lambda one: self.worked_out(world, one))

    def worked_out(self, world: World, record: Any) -> Asked:
        """The value and the cells it rests on."""
        value, trace = world.traced(lambda: self.run(world, record))
        if self.rule.rests:
            said = (how for how in trace if isinstance(how, str))
            trace = [*(Asked(record, name) for name in self.rule.rests), *said]
        elif not trace:
            trace = [Asked(record, name) for name in self.reads]
        return Asked(record, self.name, value, (*trace, *([self.rule.how] if self.rule.how else [])))


def every(kind: str) -> str:
    """By what key the world knows all records of a kind, in their order."""
    return f"every {kind}"


@lru_cache(maxsize=1024)
def slug(name: str) -> str:
    """A list's or section's name as a field: `letter received` is `letter_received`."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


@dataclass(slots=True, kw_only=True, eq=False)
class Vocabulary:
    """What one report's wording may use, each compiled when it is first asked for.

    `kinds` by what a sentence calls one; `rules` the derived fields of each; `standard` and `own` the lists by the name
    that officers write, `listed` those of which the records are handed in. `given` are the keys of all that is handed
    to a world, with their types. `public` and `behind` are names, each with its key: those of sentences, and those that
    definitions may use. A list's key is its name. `nobody` are keys that are taken to hold nothing.
    """

    kinds: Mapping[str, Kind]
    rules: Mapping[str, Mapping[str, Rule]]
    standard: Mapping[str, str]
    own: Mapping[str, Own]
    listed: tuple[str, ...]
    given: Mapping[str, Type]
    public: Mapping[str, str]
    behind: Mapping[str, str]
    nobody: frozenset[str] = frozenset()
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What is wrong with lists of the report's own, by list: those that were asked for."""
    sentences: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Sentences as compiled, by their text and the kind of record that they are said for."""
    _derived: dict[tuple[str, str], Derived] = field(default_factory=dict)
    _defined: dict[str, Definition] = field(default_factory=dict)
    _columns: dict[str, Mapping[str, Definition]] = field(default_factory=dict)
    _without: dict[frozenset[str], Vocabulary] = field(default_factory=dict)

    @property
    def list_names(self) -> tuple[str, ...]:
        """Every list by the name that officers write."""
        return tuple(dict.fromkeys((*self.standard, *self.own, *self.listed)))

    def kind_of(self, name: str) -> str:
        """The kind of a list's items; blank where there is no such list."""
        its = self.type_of(name) if self.is_list(name) else None
        return its.what if its else ""

    def is_list(self, name: str) -> bool:
        """Is there a list of that name?"""
        return name in self.standard or name in self.own or name in self.listed

    def lists_of(self, kind: str) -> list[str]:
        """The lists whose items are of a kind."""
        return [name for name in self.list_names if self.kind_of(name) == kind]

    def known(self, name: str, *, defining: bool = False) -> Known | None:
        """What a name means in a sentence, or in a definition; None where it means nothing."""
        key = (self.behind if defining else self.public).get(name)
        return Known(self.type_of(key), key) if key is not None else None

    def type_of(self, key: str) -> Type | None:
        """The type of what is handed in, or of a list."""
        return self.given[key] if key in self.given else self.definition(key).code.type

    def field_type(self, kind: str, name: str) -> Type | None:
        """The type of a field that a kind has."""
        if name in self.rules.get(kind, {}):
            return self.derived(kind, name).type
        return self.kinds[kind].fields[name]

    def row_fields(self, name: str) -> frozenset[str]:
        """The fields that a table of a list can print: all but those that lead on to other records."""
        return frozenset(self.printed_fields(self.kind_of(name)))

    def printed_fields(self, kind: str) -> list[str]:
        """The fields of a kind that can be printed as they are."""
        named = self.kinds[kind].names if kind in self.kinds else ()
        types = ((each, self.field_type(kind, each)) for each in named)
        return [each for each, its in types if its is None or not its.is_record]

    def columns(self, kind: str) -> Mapping[str, Definition]:
        """What can be printed of each record of a kind, ready to be worked out."""
        found = self._columns.get(kind)
        if found is None:
            compiler, scope = Compiler(self), Scope(kind, kind, 1)
            codes = {name: compiler.field(compiler.variable(scope), name) for name in self.printed_fields(kind)}
            found = self._columns[kind] = {name: Definition(code, 0) for name, code in codes.items()}
        return found

    def derived(self, kind: str, name: str) -> Derived:
        """A derived field, compiled once. Of one that leads back to itself the type is not known before."""
        found = self._derived.get((kind, name))
        if found is None:
            rule = self.rules[kind][name]
            found = self._derived[kind, name] = Derived(kind, name, rule, rule.gives)
            if rule.by is None:
                self.compile(found)
            else:
                found.reaches = False
        elif found.definition is None and found.rule.by is None:
            found.chained = True
        return found

    def compile(self, derived: Derived) -> None:
        """Compiles a derived field; raises ValueError where the expression of a kind's own table cannot be."""
        compiler = Compiler(self, Within(derived.kind, derived.name), defining=True)
        code = compiler.whole(tree(derived.rule.text), Scope(derived.kind, derived.kind, 1))
        if compiler.findings:
            raise ValueError(f"{derived.kind}.{derived.name}: {compiler.findings[0]}")
        derived.type, derived.reads, derived.reaches = code.type, code.of(1), compiler.reaches
        derived.definition = Definition(code, compiler.slots)

    def definition(self, name: str) -> Definition:
        """A list, compiled once. One of the report's own that cannot be holds nothing, and `findings` say why."""
        chain, at = list[str](), name
        while at in self.own and at not in self._defined:
            chain, at = [*chain, at], self.own[at].of
        for each in reversed(chain):  # a list of a list of a list would else be as deep as Python goes
            compiler = Compiler(self, defining=True)
            code = self.own_list(compiler, each)
            self._defined[each] = Definition(code, compiler.slots, self.own[each].of)
        if name not in self._defined:
            compiler = Compiler(self, defining=True)
            code = self.standard_list(compiler, name)
            self._defined[name] = Definition(code, compiler.slots)
        return self._defined[name]

    def findings_of(self, name: str) -> tuple[Finding, ...]:
        """What is wrong with a list of the report's own."""
        self.definition(name)
        return self.findings.get(name, ())

    def standard_list(self, compiler: Compiler, name: str) -> Code:
        """A list that every report has; raises ValueError where its expression cannot be."""
        code = compiler.whole(tree(self.standard[name]), None)
        if compiler.findings:
            raise ValueError(f"{name}: {compiler.findings[0]}")
        return code

    def own_list(self, compiler: Compiler, name: str) -> Code:
        """A list of the report's own."""
        own = self.own[name]
        source = compiler.of_paper(Known(self.type_of(own.of), own.of))
        condition = parsed(own.where) if own.where else nodes.Const(True)
        code = narrowed(compiler, condition, source, None) if condition else BROKEN
        if condition is None:
            compiler.wrong("W111", f"“{own.where}” cannot be read.", "Write it as in where = \"kind == 'Report'\".")
        if compiler.findings:
            self.findings[name] = tuple(dict.fromkeys(compiler.findings))
            return constant(source.type, [])
        return code

    def holds_nothing(self, key: str) -> bool:
        """Is a list certain to hold nothing, whatever the records are?"""
        return bool(self.nobody) and key not in self.given and is_nothing(self.definition(key).code)

    def surely(self, single: str, name: str) -> bool:
        """Is there somebody by a single name wherever a list holds anything?"""
        key = self.public[single]
        nobody = frozenset((key, *NO_MORE_THAN.get(key, ())))
        if nobody not in self._without:
            self._without[nobody] = replace(
                self, nobody=nobody, findings={}, sentences={}, _derived={}, _defined={}, _columns={}, _without={}
            )
        if name in nobody or name not in (*self.standard, *self.own):
            return name in nobody
        return is_nothing(self._without[nobody].definition(name).code)


@lru_cache(maxsize=1024)
def tree(text: str) -> nodes.Expr:
    """An expression of a kind's own table as a tree; raises ValueError where it cannot be read."""
    found = parsed(text)
    if found is None:
        raise ValueError(f"“{text}” cannot be read")
    return found


NO_MORE_THAN: Mapping[str, tuple[str, ...]] = {
    "the last_update": ("update submitted",), "the next_meeting": ("later meeting",),
    "the last_meeting": ("earlier meeting", "last update considered"),
}  # fmt: skip
"""The lists that hold nothing where a record of the paper is nobody, for it is one of theirs or follows on one."""
