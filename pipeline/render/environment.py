"""Jinja as templates meet it: sandboxed, strict, escaping always, and printing bytes instead of text.

Bytes because a paper is mostly the template's own XML: encoded once when the template is compiled, it is never
widened, escaped or encoded again. The generated code is Jinja's own but for what is written around a printed value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import Frame

from pipeline.language import sandbox
from pipeline.render.text import (
    Ready,
    attribute_bytes,
    mark_end,
    mark_start,
    repeated_key,
    run_bytes,
    runs_bytes,
    text_bytes,
)
from pipeline.render.views import BlockText, Numbers, View, grouped

DIRECT = {"_cp_start": "start", "_cp_end": "end", "_cp_keep": "keep", "_cp_first": "first", "_cp_runs": "runs"}

TURNS = "_cp_turns"
MANY = 1024  # pieces, of about a hundred bytes each
_TYPED_BRACKETS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # docxtpl's way to write a bracket


class NotPrintable(TypeError):
    """A value that is neither text nor a whole number: printed, it would read `None` or worse."""


def printed(value: Any) -> bytes:
    """A value of any kind inside `<w:t>`. Raises NotInWord, NotPrintable, and UndefinedError for a missing field."""
    if type(value) is str:
        return text_bytes(value)
    return value if type(value) is Ready else _other(value, text_bytes)


def _other(value: Any, write: Callable[[str], bytes]) -> bytes:
    if isinstance(value, Undefined):
        return str(value).encode()  # raises, naming the field
    if hasattr(value, "__html__"):
        return str(value.__html__()).encode()
    if isinstance(value, str):
        return write(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value).encode()
    raise NotPrintable(type(value).__name__)


def _in_attribute(value: Any) -> Ready:
    return Ready(attribute_bytes(value) if type(value) is str else _other(value, attribute_bytes))


def _as_runs(value: Any) -> Ready:
    if isinstance(value, BlockText):
        return Ready(runs_bytes(value.runs))
    return Ready(run_bytes(value) if type(value) is str else _other(value, run_bytes))


class Generator(sandbox.Generator):
    """Jinja's code generator, writing bytes; our own attributes (`DIRECT`) skip the sandbox and the escaping.

    A field of a loop's block or row is looked up in the view at once: there is nothing behind it to be guarded.
    """

    viewed: tuple[str, ...] = ()
    asking = False
    turns: tuple[list[nodes.Node], ...] = ()
    collected: str | None = None

    def write_commons(self) -> None:
        """Jinja's own local names, and `printed`."""
        super().write_commons()
        self.writeline("printed = environment.printed")

    def enter_frame(self, frame: Frame) -> None:
        """As Jinja enters it; the template's own collects what it prints, which is quicker than yielding each piece."""
        super().enter_frame(frame)
        if frame.toplevel:
            self.buffer(frame)
            self.collected = frame.buffer

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """As Jinja visits it; a turn of a loop ends with handing over what was collected, once that is much."""
        super().blockvisit(body, frame)
        if frame.buffer == self.collected and any(body is each for each in self.turns):
            self.writeline(f"if len({frame.buffer}) > {MANY}:")
            self.indent()
            self.writeline(f"yield b''.join({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
            self.outdent()

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """As Jinja leaves it; the template's own hands over all that it collected."""
        super().leave_frame(frame, with_python_scope)
        if frame.toplevel:
            self.writeline(f"yield b''.join({frame.buffer})")

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        return repr("".join(group).encode())

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        text = str(node.as_const(frame.eval_ctx))
        for typed, meant in _TYPED_BRACKETS:
            text = text.replace(typed, meant)
        return text

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(" if _is_direct(node) else "printed(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """A loop as Jinja writes it; inside, its variable is known to be a view where it runs over views."""
        outer = self.viewed
        if isinstance(node.target, nodes.Name):
            name = node.target.name
            kept = tuple(known for known in outer if known != name)
            self.viewed = (
                (*kept, name) if getattr(self.environment, "views", False) and self._over_views(node) else kept
            )
        self.turns = (*self.turns, node.body)
        super().visit_For(node, frame)
        self.viewed = outer

    def _over_views(self, node: nodes.For) -> bool:
        over = node.iter
        while isinstance(over, nodes.Filter) and over.name in ("_cp_rows", TURNS) and over.node is not None:
            over = over.node
        if isinstance(over, nodes.Getattr):
            return over.attr == "rows" and isinstance(over.node, nodes.Name) and over.node.name in self.viewed
        return isinstance(over, nodes.Name) and over.name not in self.viewed and not node.recursive

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """`row.field is defined` asks, and must not fail."""
        before, self.asking = self.asking, True
        super().visit_Test(node, frame)
        self.asking = before

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """A field through the sandbox, as Jinja does; a view's own straight from the view."""
        if _is_direct(node):
            self.visit(node.node, frame)
            self.write(f".{DIRECT[node.attr]}")
        elif isinstance(node.node, nodes.Name) and node.node.name in self.viewed and not self.asking:
            self.visit(node.node, frame)
            self.write(f".fields[{node.attr!r}]")
        else:
            super().visit_Getattr(node, frame)


def _is_direct(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.attr in DIRECT


class Environment(sandbox.Sandbox):
    """The sandbox, with no filter, test or global but those handed in: a template is a form, not a program."""

    code_generator_class = Generator
    printed = staticmethod(printed)
    concat = staticmethod(lambda parts: b"".join(parts).decode())

    def __init__(self, filters: Mapping[str, Callable[..., Any]], numbers: Numbers, *, views: bool = True) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.views = views
        self.globals.clear()
        self.filters.clear()
        self.filters.update(filters)
        self.filters.update(_own_filters(numbers))
        self.filters[TURNS] = self.turns

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a view; of anything else what the sandbox allows. A missing one is Jinja's undefined."""
        if isinstance(obj, View):
            try:
                return obj.fields[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`row['field']` is `row.field`."""
        return self.getattr(obj, str(argument)) if isinstance(obj, View) else super().getitem(obj, argument)


def _own_filters(numbers: Numbers) -> dict[str, Callable[..., Any]]:
    """Filters that only the compiler writes into a template: an officer's name cannot start with an underscore."""

    def start(view: View, repeated: int, key: str) -> Ready:
        return Ready(mark_start(numbers.mark(view.number, repeated), repeated_key(key, view.key)))

    def end(view: View, repeated: int) -> Ready:
        return Ready(mark_end(numbers.mark(view.number, repeated)))

    return {
        "_cp_attribute": _in_attribute,
        "_cp_run": _as_runs,
        "_cp_rows": grouped,
        "_cp_start": start,
        "_cp_end": end,
    }
