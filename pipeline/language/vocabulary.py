"""What the wording of one report may name: lists, records, single fields, and what follows from each record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.language.compiler import OF_LIST, Compiler, Scope
from pipeline.language.parsing import field as parsed
from pipeline.language.types import Code, Kind, Type, constant, is_nothing
from pipeline.language.world import Definition, Derived, Rule


class Listed(NamedTuple):
    """A list: an expression, or those of another list (`of`) for which it holds, all where it is blank."""

    text: str
    of: str = ""


@lru_cache(maxsize=1024)
def slug(name: str) -> str:
    """A list's or section's name as a field: `letter received` is `letter_received`."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


@dataclass(slots=True, kw_only=True, eq=False)
class Vocabulary:
    """What one report's wording may use, each compiled when it is first asked for.

    `kinds` by what a sentence calls one; `rules` the derived fields of each; `lists` by the name that officers write,
    those with none of which the records are handed in. `given` are the keys of all that is handed to a world, with
    their types. `public` and `behind` are names, each with its key: those of sentences, and those that definitions may
    use. A list's key is its name. `nobody` are keys that are taken to hold nothing.
    """

    kinds: dict[str, Kind]
    rules: Mapping[str, Mapping[str, Rule]]
    lists: Mapping[str, Listed | None]
    given: Mapping[str, Type]
    public: Mapping[str, str]
    behind: Mapping[str, str]
    nobody: frozenset[str] = frozenset()
    sentences: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Sentences as compiled, by their text and the kind of record that they are said for."""
    _derived: dict[tuple[str, str], Derived] = field(default_factory=dict)
    _defined: dict[str, Definition] = field(default_factory=dict)
    _columns: dict[str, Mapping[str, Definition]] = field(default_factory=dict)
    _without: dict[str, Vocabulary] = field(default_factory=dict)

    def kind_of(self, name: str) -> str:
        """The kind of a list's items; blank where there is no such list."""
        its = self.type_of(name) if name in self.lists else None
        return its.what if its else ""

    def type_of(self, key: str) -> Type | None:
        """The type of what is handed in, or of a list."""
        return self.given[key] if key in self.given else self.definition(key).code.type

    def grouped(self, kind: str) -> str:
        """The kind of groups of a kind."""
        fields = {"name": Type("text"), "rows": Type(kind, many=True)}
        self.kinds.setdefault(name := f"{kind} group", Kind(fields=fields, counted="name"))
        return name

    def field_type(self, kind: str, name: str) -> Type | None:
        """The type of a field that a kind has."""
        follows = name in self.rules.get(kind, {})
        return self.derived(kind, name).type if follows else self.kinds[kind].fields[name]

    def printed_fields(self, kind: str) -> list[str]:
        """The fields of a kind that can be printed as they are: all but those that lead on to other records."""
        named = self.kinds[kind].names if kind in self.kinds else ()
        types = ((each, self.field_type(kind, each)) for each in named)
        return [each for each, its in types if its is None or not its.is_record]

    def columns(self, kind: str) -> Mapping[str, Definition]:
        """What can be printed of each record of a kind, ready to be worked out."""
        if kind not in self._columns:
            compiler, record = Compiler(self), Scope(kind, kind).variable
            fields = {name: Definition(compiler.field(record, name)) for name in self.printed_fields(kind)}
            self._columns[kind] = fields
        return self._columns[kind]

    def derived(self, kind: str, name: str) -> Derived:
        """A derived field, compiled once. Of one that leads back to itself the type is not known before.

        One that cannot be compiled is nothing, and the definition says why.
        """
        found = self._derived.get((kind, name))
        if found is None:
            rule = self.rules[kind][name]
            found = self._derived[kind, name] = Derived(kind, name, rule, self.kinds[kind].key, rule.gives)
            if work := rule.by:
                found.definition, found.reaches = Definition(Code(rule.gives, lambda frame: work(*frame[:2]))), False
            else:
                compiler = Compiler(self, defining=True)
                found.definition = self.compiled(compiler, rule.text, Scope(kind, kind, within=name))
                found.type, found.reaches = found.definition.code.type, compiler.reaches
        return found

    def compiled(self, compiler: Compiler, text: str, scope: Scope | None = None, of: str = "") -> Definition:
        """An expression of a table; one that cannot be is nothing, and the definition says why."""
        condition: nodes.Expr | None = parsed(text) if text else nodes.Const(True)
        if condition is None:
            compiler.wrong("W111", f"“{text}” cannot be read.", "Write it as in “kind == 'Report'”.")
            condition = nodes.Const(True)
        source = nodes.Name(OF_LIST + of, "load")
        tree = nodes.Filter(source, "where", [condition], [], None, None) if of else condition
        code = compiler.whole(tree, scope)
        if compiler.findings:
            code = constant(self.type_of(of) if of else None, [] if of else None)
        return Definition(code, compiler.slots, of, tuple(dict.fromkeys(compiler.findings)))

    def definition(self, name: str) -> Definition:
        """A list, compiled once. One that cannot be holds nothing, and the definition says why."""
        chain, at = list[str](), name
        while at not in self._defined and (its := self.lists.get(at)):
            chain, at = [*chain, at], its.of
        for each in reversed(chain):  # a list of a list of a list would else be as deep as Python goes
            its = self.lists[each] or Listed("")
            self._defined[each] = self.compiled(Compiler(self, defining=True), its.text, of=its.of)
        return self._defined[name]

    def holds_nothing(self, key: str) -> bool:
        """Is what goes by a key certain to hold nothing, whatever the records are?"""
        if not self.nobody or key in self.given:
            return key in self.nobody
        return key in self.nobody or is_nothing(self.definition(key).code)

    def surely(self, single: str, name: str) -> bool:
        """Is there somebody by a single name wherever a list holds anything?"""
        if single not in self._without:
            key = self.public[single]
            nobody = frozenset((key, *NO_MORE_THAN.get(key, ())))
            self._without[single] = replace(
                self, nobody=nobody, sentences={}, _derived={}, _defined={}, _columns={}, _without={}
            )
        return self._without[single].holds_nothing(name)


NO_MORE_THAN: Mapping[str, tuple[str, ...]] = {
    "the last_update": ("update submitted",),
    "the next_meeting": ("later meeting",),
    "the last_meeting": ("earlier meeting", "last update considered"),
}
"""The lists that hold nothing where a record of the paper is nobody, for it is one of theirs or follows on one."""
