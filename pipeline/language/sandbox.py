"""The language of wording and of templates, within its bounds: what a tag may hold, and what it may come to.

A tag is looked through before anything of it is run, or worked out beforehand; what only the data can tell is looked at
as it is worked out. So the checks and the filling refuse the same.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.bounds import DEPTH, LOOPS, NUMBER, PUT_TOGETHER, STEPS, TEXT, TURNS, OutOfBounds, too_long

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Name, nodes.Getattr,
    nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const,
    nodes.CondExpr, nodes.Concat, nodes.List, nodes.Tuple, nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.Div,
    nodes.FloorDiv, nodes.Mod, nodes.Slice, nodes.Keyword, nodes.Dict, nodes.Pair,
)  # fmt: skip
"""All that a tag may be made of. A call is looked at by itself."""

METHODS = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "get", "isalpha", "isdigit", "islower", "isnumeric",
    "isupper", "items", "keys", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit",
    "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "values",
})  # fmt: skip
"""What may be called of a text or a table of words: nothing of which more comes than there was."""
OF_A_LOOP = frozenset({"changed", "cycle"})

SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod,
}  # fmt: skip
_HELD = (nodes.List, nodes.Tuple, nodes.Dict)
_LONG = (list, tuple, dict, set, frozenset)


class Beyond(NamedTuple):
    """The part of a tag that is beyond what a tag may hold: `deep`, `loops`, `grows` or `step`."""

    node: nodes.Node
    why: str


REASONS: Mapping[str, str] = {
    "deep": "it has too many brackets inside one another",
    "loops": "it stands inside too many loops and conditions",
    "grows": "it does a calculation that could grow without end",
    "step": "it is a step that papers do not use",
}


def beyond(tree: nodes.Node) -> Iterator[Beyond]:
    """Every part of what was parsed that no tag may hold; what stands too deep is not gone into further."""
    stack = [(tree, 0, 0, 0)]
    while stack:
        node, depth, steps, loops = stack.pop()
        if isinstance(node, nodes.Stmt):
            depth, steps, loops = 0, steps + 1, loops + isinstance(node, nodes.For)
        if why := _beyond(node, depth, steps, loops):
            yield Beyond(node, why)
        if why not in ("deep", "loops"):
            stack.extend((child, depth + 1, steps, loops) for child in node.iter_child_nodes())


def _beyond(node: nodes.Node, depth: int, steps: int, loops: int) -> str:
    if depth > DEPTH:
        return "deep"
    if loops > LOOPS or steps > STEPS:
        return "loops"
    return "" if isinstance(node, nodes.Call) else grows(node)


def grows(node: nodes.Node) -> str:
    """Why a part by itself may not be: something without end may come of it, or it is no part of the language."""
    if not isinstance(node, ALLOWED):
        return "step" if isinstance(node, nodes.Stmt) else "grows"
    if isinstance(node, nodes.For) and node.recursive:
        return "step"
    if isinstance(node, nodes.Mod | nodes.Div | nodes.FloorDiv) and (_no_number(node.left) or _no_number(node.right)):
        return "grows"
    if isinstance(node, nodes.Assign) and _held(node.node):
        return "grows"  # `{% set a = [a, a] %}`, a few dozen times, is more than any computer holds
    return ""


def _no_number(node: nodes.Expr) -> bool:
    """Is it plain to see that this is no number?"""
    return isinstance(node, (*_HELD, nodes.Concat)) or (
        isinstance(node, nodes.Const) and not isinstance(node.value, int | float)
    )


def _held(node: nodes.Node) -> bool:
    """Does it put named things into a list?"""
    lists = (each for each in parts(node) if isinstance(each, _HELD))
    return any(isinstance(each, nodes.Name) for held in lists for each in parts(held))


def parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """A part and all that is in it, however deep."""
    stack = [node]
    while stack:
        yield (each := stack.pop())
        stack.extend(each.iter_child_nodes())


def reckon(sign: str, left: Any, right: Any) -> Any:
    """`left sign right`. Raises OutOfBounds for what is no sum of numbers, and for more than there may be."""
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return operator.add(left, right)  # which says what there is not
    if isinstance(left, int | float) and isinstance(right, int | float):
        if sign in SIGNS and isinstance(found := SIGNS[sign](left, right), int | float) and abs(found) <= NUMBER:
            return found
        if sign in SIGNS:
            raise OutOfBounds(f"a number of more than {len(str(NUMBER)) - 1} figures would come of it")
    elif sign == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        if len(left) + len(right) > TEXT:
            raise too_long()
        return left + right  # type: ignore[operator]
    elif sign in "+-":
        return SIGNS[sign](left, right)
    raise OutOfBounds(f"“{sign}” is for numbers only")


def together(values: Collection[Any]) -> Collection[Any]:
    """The values of `a ~ b`, which may stand side by side. Raises OutOfBounds for a list, and for too much."""
    size = 0
    for each in values:
        if isinstance(each, str):
            size += len(each)
        elif isinstance(each, _LONG):
            raise OutOfBounds("“~” is for words and numbers only")
    if size > TEXT:
        raise too_long()
    return values


class Generator(CodeGenerator):
    """Jinja's code generator, asking first whether what is put together with `~` is too much."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """`a ~ b`."""
        self.write("markup_join(" if frame.eval_ctx.autoescape else "str_join(")
        self.write("environment.together((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write(")))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing to reach and nothing that can grow. `left` is what one filling may still put together."""

    code_generator_class = Generator
    intercepted_binops = frozenset((*SIGNS, "**"))
    turns_left = TURNS
    left = PUT_TOGETHER

    def begin(self) -> None:
        """Begins a filling: nothing is used up."""
        self.turns_left, self.left = TURNS, PUT_TOGETHER

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`; see `reckon`."""
        found = reckon(operator, left, right)
        if isinstance(found, str | list | tuple):
            self.use(len(found))
        return found

    def together(self, values: Collection[Any]) -> Collection[Any]:
        """See `together`."""
        self.use(sum(len(each) for each in together(values) if isinstance(each, str)))
        return values

    def use(self, size: int) -> None:
        """Takes note of so many characters. Raises OutOfBounds where they are too many by now."""
        self.left -= size
        if self.left < 0:
            raise OutOfBounds(f"with it, more than {PUT_TOGETHER:,} characters would have been put together")

    def turns(self, values: Any) -> Any:
        """What a loop goes through, its turns counted. Raises OutOfBounds where they are too many by now."""
        if not hasattr(values, "__len__"):
            values = list(values)
        self.turns_left -= len(values) + 1
        if self.turns_left < 0:
            raise OutOfBounds(f"with it, loops would take more than {TURNS:,} turns")
        return values

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call of what can only take away. Raises SecurityError for any other."""
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        may = isinstance(obj, Undefined) or (isinstance(owner, str | dict) and name in METHODS)
        if may or (isinstance(owner, LoopContext) and name in OF_A_LOOP):
            return super().call(context, obj, *args, **kwargs)
        raise SecurityError(f"“{name}” may not be called")
