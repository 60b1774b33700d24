"""Sentences: what stands between double curly brackets compiled, said, and each value with the cells it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import nodes

from pipeline.blocks import Fact
from pipeline.bounds import OutOfBounds, fitting
from pipeline.language.choices import printable, text_of
from pipeline.language.compiler import Compiler, Scope
from pipeline.language.parsing import ALWAYS, listed_name, parts, taken_apart
from pipeline.language.types import LEFT_OUT, Code, Finding, Unfilled
from pipeline.language.vocabulary import Vocabulary
from pipeline.language.world import Trail, World, blanks, places
from pipeline.problems import Place

BLANKS, UNEVEN = re.compile(r"[ \t\n\r]+"), re.compile(r"  |[\t\n\r]")
OPTIONAL = re.compile(r"\(\[\w+\]\)")
"""In the pattern of “fill”, which leaves blank brackets out."""
NAMED = re.compile(r"\w+")
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
NOT_AS_IT_SHOULD_BE = "a field or bracket in it is not as it should be"
HEDGES = (nodes.CondExpr, nodes.And, nodes.Or, nodes.Not)


class Blank(NamedTuple):
    """A field that a sentence asks for, and its cell, in which nothing stands."""

    field: str
    place: Place


class Unsaid(Exception):
    """A sentence that cannot be said this month: why, as words without a full stop, and the blanks that it needs."""

    def __init__(self, reason: str, missing: Sequence[Blank] = ()) -> None:
        super().__init__(reason)
        self.reason, self.missing = reason, missing


@dataclass(frozen=True, slots=True)
class Piece:
    """A field of a sentence. `absent` is why it cannot be said when it is nothing, `says` what it asks without “if”."""

    code: Code
    slots: int
    absent: str
    says: frozenset[str]

    def said(self, world: World, record: Any) -> tuple[Fact, list[Blank]]:
        """What it prints, with its cells, and the blank cells that it prints. Raises Unsaid."""
        frame = [world, record, *[None] * self.slots]
        value: Any = ...
        world.trace = trace = list[Trail]()
        try:
            value = self.code.run(frame)
            text = text_of(value, world.formats)
        except (Unfilled, OutOfBounds) as fault:
            unfilled = isinstance(fault, Unfilled) and value is None and self.absent
            raise Unsaid(self.absent if unfilled else str(fault), nothing_in(trace)) from None
        except FAULTS:  # things of two kinds, of which only the records can tell which it is
            raise Unsaid(NOT_AS_IT_SHOULD_BE, nothing_in(trace)) from None
        finally:
            world.trace = None
        if value is LEFT_OUT:
            return Fact("", ()), []
        holes = [each for each in nothing_in(trace) if each.field in self.says]
        return Fact(text, *places(trace)), holes


def nothing_in(trace: Sequence[Trail]) -> list[Blank]:
    """The blank cells of a trace."""
    return [Blank(*each) for each in blanks(trace)]


def items_of(world: World, name: str) -> list[Any]:
    """The records of a list. Raises Unsaid where it cannot be made."""
    try:
        return list(world.name(name))
    except (Unfilled, OutOfBounds) as fault:
        raise Unsaid(str(fault)) from None
    except FAULTS:
        raise Unsaid(NOT_AS_IT_SHOULD_BE) from None


class Said(NamedTuple):
    """A sentence filled in, its facts in order, each where it stands in it, and the blank cells that it prints."""

    text: str
    facts: tuple[Fact, ...]
    holes: tuple[Blank, ...]


class Spoken(NamedTuple):
    """A sentence ready to be said: its own words and its fields in turn. It may be said whatever the `findings` are."""

    pieces: tuple[str | Piece, ...]
    findings: tuple[Finding, ...] = ()

    def say(self, world: World, record: Any = None) -> Said:
        """The sentence of a record, or of none. Raises Unsaid."""
        facts, holes = list[Fact](), list[Blank]()

        def texts() -> Iterator[str]:
            at = 0
            for each in self.pieces:
                if isinstance(each, Piece):
                    fact, blank = each.said(world, record)
                    holes.extend(blank)
                    facts.append(fact._replace(start=at))
                text = each if isinstance(each, str) else fact.text
                at += len(text)
                yield text

        try:
            text = "".join(fitting(texts()))
        except OutOfBounds as fault:
            raise Unsaid(str(fault)) from None
        return Said(in_one_line(text), tuple(standing(facts, text)), tuple(dict.fromkeys(holes)))


def sentence(text: str, kind: str, vocabulary: Vocabulary) -> Spoken | tuple[Finding, ...]:
    """A sentence that is said for each record of a kind (for none where it is blank), or all that is wrong with it."""
    found = vocabulary.sentences.get((text, kind))
    if found is None:
        found = vocabulary.sentences[text, kind] = compiled(text, kind, vocabulary)
    return found


def compiled(text: str, kind: str, vocabulary: Vocabulary) -> Spoken | tuple[Finding, ...]:
    """The same, compiled."""
    apart = taken_apart(text)
    if not apart.pieces and apart.finding:
        return (apart.finding,)
    scope = Scope(kind, kind, bare=False) if kind else None
    pieces, findings = list[str | Piece](), dict[Finding, None]()
    for each in apart.pieces:
        if isinstance(each, str):
            pieces.append(each)
            continue
        compiler = Compiler(vocabulary)
        code = printable(compiler, each, compiler.whole(each, scope))
        findings.update(dict.fromkeys(compiler.findings))
        pieces.append(Piece(code, compiler.slots, absence(each), names_said(each)))
    return tuple(findings) or Spoken(tuple(pieces), (apart.finding,) if apart.finding else ())


def absence(node: nodes.Node | None) -> str:
    """Why a field that is nothing cannot be said: there is no `due` of `update.due | day`, or its list is empty."""
    name = ""
    while isinstance(node, nodes.CondExpr | nodes.Filter | nodes.Getitem | nodes.Getattr):
        if isinstance(node, nodes.Getitem) or (isinstance(node, nodes.Filter) and node.name in ("first", "last")):
            return "the list is empty this month"
        name = name or (node.attr if isinstance(node, nodes.Getattr) else "")
        node = node.expr1 if isinstance(node, nodes.CondExpr) else node.node
    name = name or (node.name if isinstance(node, nodes.Name) else "")
    return f"there is no “{name}” to fill in this month" if name else ""


@lru_cache(maxsize=8192)
def names_said(node: nodes.Expr) -> frozenset[str]:
    """The names that a field prints come what may; none where it asks by an “if” or the like whether they are."""
    found: set[str] = set()
    for each in parts(node):
        if isinstance(each, HEDGES):
            return frozenset()
        if isinstance(each, nodes.Name | nodes.Getattr):
            found.add(each.name if isinstance(each, nodes.Name) else each.attr)
        elif isinstance(each, nodes.Const) and isinstance(each.value, str):
            found.update(NAMED.findall(OPTIONAL.sub("", each.value)))
    return frozenset(found)


def in_one_line(text: str) -> str:
    """A sentence with one plain blank between words; one that holds them together, or has a width of its own, stays."""
    return (BLANKS.sub(" ", text) if UNEVEN.search(text) else text).strip(" ")


def standing(facts: Iterable[Fact], text: str) -> Iterator[Fact]:
    """The facts that rest on anything, where they stand in a text once it is in one line; blanks at their ends are
    none of theirs.
    """
    even = not UNEVEN.search(text)
    for fact in facts:
        if fact.sources:
            start = fact.end - len(fact.text.lstrip(" \t\n\r"))
            before = text[:start] if even else BLANKS.sub(" ", text[:start])
            yield fact._replace(text=in_one_line(fact.text), start=len(before.lstrip(" ")))


def conditions(show_when: str, vocabulary: Vocabulary) -> list[tuple[str, bool]]:
    """The lists that must hold something, or nothing: `a and no b` is two conditions, unless a list is called so."""
    text = listed_name(show_when) or ALWAYS
    found = [text] if (text in vocabulary.lists) else text.split(" and ")
    return [condition(each, vocabulary) for each in found if each != ALWAYS]


def condition(text: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """A list, and whether it must hold something or nothing."""
    barred = text.startswith("no ") and text not in vocabulary.lists
    return (text.removeprefix("no "), False) if barred else (text, True)
