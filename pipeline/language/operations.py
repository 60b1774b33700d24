"""Filters: what may stand behind an upright stroke. Each is one function, and all known of it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple, TypeVar

from jinja2 import nodes

from pipeline.language.compiler import Compiler, Scope, way
from pipeline.language.parsing import shown
from pipeline.language.types import FIGURES, LEFT_OUT, NUMBER, VALUES, Code, Frame, Type, Unfilled
from pipeline.language.world import Asked
from pipeline.nearest import did_you_mean

DATES, WORDS, NUMBERS = frozenset(("day", "when")), frozenset(("text", "reference")) | FIGURES, frozenset(("number",))
DAYS = frozenset(("day",))
RECORDS, ANYTHING = frozenset(("record",)), frozenset((*VALUES, "record"))
F = TypeVar("F", bound=Callable[..., Any])


class Operation(NamedTuple):
    """A filter: `manual` says what it gives, `brackets` how what it needs in brackets is written.

    `takes` are the types of value, `shape` whether it wants one value, a list, or either; `counts` that it takes any
    list besides, for its length. `arguments` are the least and the most values in its brackets. `work` does it to plain
    values in a house style; where it `compiles`, it is given the compiler, the filter, the value and the scope instead.
    What it `makes` is a value of that type, words if nothing is said, of the same type as before for `same`.
    """

    name: str
    manual: str
    takes: frozenset[str]
    work: Callable[..., Any]
    shape: Literal["one", "many", "any"] = "any"
    arguments: tuple[int, int] = (0, 0)
    counts: bool = False
    brackets: str = ""
    compiles: bool = False
    makes: str = "text"

    @property
    def example(self) -> str:
        """How it is written: `each('date')`."""
        return self.name + self.brackets


OPERATIONS: dict[str, Operation] = {}
DEFINING: dict[str, Callable[[Compiler, nodes.Filter, Code, Scope | None], Code]] = {}
"""What may stand behind an upright stroke in the definitions of fields and lists alone."""


def operation(name: str, gives: str, takes: frozenset[str], **more: Any) -> Callable[[F], F]:
    """Registers a function as a filter; `gives` is what it gives in the words of the manual."""

    def registered(work: F) -> F:
        OPERATIONS[name] = Operation(name=name, manual=gives, takes=takes, work=work, **more)
        return work

    return registered


of_records = partial(operation, takes=RECORDS, shape="many", arguments=(1, 1), compiles=True)


@way(nodes.Filter)
def filtered(compiler: Compiler, node: nodes.Filter, scope: Scope | None) -> Code:
    """A value with a filter after it."""
    value = compiler.of(node.node, scope)
    if compiler.defining and node.name in DEFINING:
        return DEFINING[node.name](compiler, node, value, scope)
    known = OPERATIONS.get(node.name)
    if known is None:
        cure = did_you_mean(node.name, list(OPERATIONS), "Take it out, or use a filter that there is.")
        return compiler.wrong("W115", f"There is no filter “{node.name}”.", cure)
    low, high = known.arguments
    if not low <= len(node.args) <= high or node.kwargs or node.dyn_args or node.dyn_kwargs:
        cure = f"Write it as in “{known.example}”." if known.brackets else f"Write “{node.name}” without brackets."
        message = f"“{shown(node)}” does not have in brackets what “{node.name}” needs."
        return compiler.wrong("W118", message, cure)
    return applied(compiler, node, value, scope, known)


def applied(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None, known: Operation) -> Code:
    """A filter, once it is seen to suit what stands before it."""
    its = value.type
    if (its and not fits(known, its)) or (its is None and known.takes == RECORDS):
        what, cure = (
            (f"is {its}", misapplied(known, its)) if its else ("may be things of two kinds", "Name a list before it.")
        )
        message = f"“{node.name}” comes after “{shown(node.node)}”, which {what}."
        return compiler.wrong("W116", message, cure) if its or not compiler.findings else value
    if known.compiles:
        return known.work(compiler, node, value, scope)  # type: ignore[no-any-return]
    return worked(compiler, node, value, scope, known)


def fits(known: Operation, its: Type) -> bool:
    """Can the filter take a value of this type?"""
    shaped = known.shape == "any" or (known.shape == "many") == its.many
    return (known.counts and its.many) or (shaped and ("record" if its.is_record else its.what) in known.takes)


def misapplied(known: Operation, its: Type) -> str:
    """The cure for a filter after something that it cannot take."""
    if known.shape == "many" and not its.many:
        return f"Take “{known.name}” out, or name a list before it."
    if its.is_date and known.name in ("listed", "join"):
        return f"Write “day” before “{known.name}”."
    if its.many and its.is_record:
        return f"Write “each('…')” before “{known.name}”, with the name of a field."
    return f"Take “{known.name}” out, or use it after {wanted(known)}."


def wanted(known: Operation) -> str:
    """What a filter can come after."""
    if known.takes <= DATES:
        return "a date"
    if known.takes == NUMBERS:
        return "a number or a list"
    if known.takes == FIGURES:
        return "a figure"
    return "a list of records" if known.takes == RECORDS else "words"


def worked(compiler: Compiler, node: nodes.Filter, value: Code, scope: Scope | None, known: Operation) -> Code:
    """A filter that is no more than a function of values: a list is answered one by one, nothing by nothing."""
    arguments = [compiler.of(each, scope).run for each in node.args]
    if known.counts:
        value = counted(compiler, node, value, scope)
    run, many = value.run, known.shape == "any" and (value.type is None or value.type.many)

    def done(frame: Frame) -> Any:
        found = run(frame)
        if found is None or found is LEFT_OUT:
            return found
        return applied_to(found, partial(known.work, frame[0].formats), [each(frame) for each in arguments], many)

    return Code(made(known, value.type, many=many), done)


def made(known: Operation, its: Type | None, *, many: bool) -> Type:
    """The type of what a filter makes of a value."""
    if its is None:
        return Type("text")
    return Type(its.what if known.makes == "same" else known.makes, many=many)


def applied_to(value: Any, work: Callable[..., Any], arguments: Sequence[Any], many: bool) -> Any:
    """A filter's work on a value; on each of a list where it answers one by one. Raises Unfilled for a blank in it."""
    if isinstance(value, list | tuple):
        parts = [filled(each) for each in value]
        return [work(each, *arguments) for each in parts] if many else work(parts, *arguments)
    return work(value, *arguments)


def filled(value: object) -> object:
    """One of a list that is to be written. Raises Unfilled where nothing stands there."""
    if value is None:
        raise Unfilled("one of the list is blank")
    return value


def counted(compiler: Compiler, _: nodes.Filter, value: Code, __: Scope | None) -> Code:
    """How many a list holds: it rests on the first field of each. A number is left as it is."""
    its = value.type
    if its is not None and not its.many:
        return value
    run, kind = value.run, compiler.vocabulary.kinds.get(its.what) if its else None

    def count(frame: Frame) -> Any:
        items, trace = run(frame), frame[0].trace
        if not isinstance(items, list | tuple):
            return items
        if trace is not None and kind:
            trace.append(Asked(list(items), kind.counted))
        return len(items)

    return Code(NUMBER, count)


def for_each_of(code: Code, slot: int) -> Callable[[Frame, Iterable[Any]], Any]:
    """The values of an expression for every one of a list, without leaving a trace."""
    run = code.run

    def values(frame: Frame, items: Iterable[Any]) -> list[Any]:
        world, found = frame[0], list[Any]()
        outer, world.trace = world.trace, None
        try:
            for frame[slot] in items:
                found.append(run(frame))
        finally:
            world.trace = outer
        return found

    return values


def constant_words(node: nodes.Filter) -> str | None:
    """The words in the brackets of a filter, where they are words."""
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else None
