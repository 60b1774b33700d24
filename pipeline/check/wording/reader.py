"""What type each part of a field has, found by reading it against the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from pipeline.check.wording.finding import Finding, said, shown
from pipeline.rules.near import did_you_mean
from pipeline.vocabulary import Type, Vocabulary

UNSAFE = "Take it out."


@dataclass(slots=True)
class Reader:
    """Reads the fields of one sentence; `findings` fill as it reads. A part whose type cannot be known is None."""

    vocabulary: Vocabulary
    scope: Mapping[str, Type]
    operations: Mapping[type[nodes.Node], Callable[[Reader, nodes.Expr], Type | None]]
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, message: str, cure: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, message, cure))

    def printed(self, node: nodes.Node) -> None:
        """Judge what stands between double curly brackets."""
        if isinstance(node, nodes.TemplateData):
            return
        its = self.type(node)
        if its is not None and (its.what == "flag" or its.is_record or its.many):
            name = shown(node)
            self.wrong("W117", f"“{name}” is {said(its)}, and cannot be printed as it is.", self.printable(its, name))

    def printable(self, its: Type, name: str) -> str:
        """How to print what cannot be printed as it is."""
        if its.what == "flag":
            return f"Write “'…' if {name} else '…'”."
        if its.what == "lists":
            return "Say the sentence “For each” of the list, and print the field of one."
        if its.many and its.is_record:
            return f"Write “{name} | words” for how many, or “{name} | each('…') | listed” for a field of each."
        if its.many:
            return f"Write “{name}{' | day' if its.is_date else ''} | listed”."
        known = [each for each, kind in self.vocabulary.kinds.get(its.what, {}).items() if not kind.is_record]
        return f"Name one of its fields, such as “{name}.{known[0]}”." if known else "Name one of its fields."

    def type(self, node: nodes.Node) -> Type | None:
        """The type of a part, None where it cannot be known."""
        if isinstance(node, nodes.Name):
            return self.name(node.name)
        if isinstance(node, nodes.Getattr):
            return self.part(node)
        operation = self.operations.get(type(node))
        if operation is not None and isinstance(node, nodes.Expr):
            return operation(self, node)
        self.wrong(
            "W112", f"“{shown(node)}” is more than wording may hold.", "Use a field, a filter, or “… if … else …”."
        )
        return None

    def name(self, name: str) -> Type | None:
        """A name on its own."""
        if name.startswith("_"):
            self.wrong("W112", f"“{name}” may not be named in wording.", UNSAFE)
        elif name not in self.scope:
            lists = [each for each, kind in self.vocabulary.lists.items() if kind == name]
            cure = f"Choose a list such as “{lists[0]}” under “For each”." if lists else "Use a field that there is."
            self.wrong(
                "W113", f"There is no “{name}” to fill in.", cure if lists else self.meant(name, self.scope, cure)
            )
        return self.scope.get(name)

    def part(self, node: nodes.Getattr) -> Type | None:
        """A field of something: `letter.date`."""
        owner = self.type(node.node)
        if node.attr.startswith("_"):
            self.wrong("W112", f"“{node.attr}” may not be named in wording.", UNSAFE)
        elif owner is not None and owner.many:
            whose = shown(node.node)
            cure = f"Write “{whose} | each('{node.attr}') | listed”, or say the sentence “For each” of them."
            self.wrong("W114", f"“{whose}” is {said(owner)}, so “.{node.attr}” means nothing.", cure)
        elif owner is not None:
            return self.its_field(owner, node.attr, node.node)
        return None

    def its_field(self, owner: Type, name: str, whose: nodes.Node | None) -> Type | None:
        """The type of one field of a record, `whose` being the part before it."""
        fields = self.vocabulary.kinds.get(owner.what, {})
        if name not in fields:
            cure = self.meant(
                name, fields, "Use one of its fields." if fields else "Take the full stop and the name out."
            )
            self.wrong("W114", f"“{shown(whose)}” is {said(owner)}, and has no field “{name}”.", cure)
        return fields.get(name)

    def meant(self, word: str, known: Mapping[str, object], otherwise: str) -> str:
        """The cure for a word that is not known."""
        return did_you_mean(word, list(known), otherwise)
