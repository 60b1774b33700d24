"""What went wrong while a template was filled, told to whoever keeps the template: the heading, the tag, one cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from pipeline.blocks import Context, Table
from pipeline.bounds import OutOfBounds
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.render import views
from pipeline.render.compile import Part, Template, cure_for, not_for_templates, out_of_bounds, place, shortened
from pipeline.render.environment import NotPrintable
from pipeline.render.text import NotInWord

_NAME = re.compile(r"'([^']+)' is undefined")
_FIELD = re.compile(r"has no attribute '([^']+)'")
_ROOT = re.compile(r"(?:\{\{-?\s*\(?|\bin\s+|\bif\s+(?:not\s+)?)([A-Za-z]\w*)")


def explained(reason: Exception, template: Template, part: Part, context: Context) -> PaperError:
    """The problem, or every name the template asks for in vain where a name is the trouble."""
    tag = part.near(_line(reason.__traceback__))
    where = place(template.name, tag)
    if isinstance(reason, KeyError) and _in_view(reason.__traceback__):
        known = sorted(_field_names(context))
        return PaperError(
            error("T151", where, f"No row has a field “{reason.args[0]}”.", cure_for(reason.args[0], known))
        )
    if isinstance(reason, UndefinedError):
        return PaperError(list(_missing(reason, template, tag, context)))
    return PaperError(_told(reason, where, tag))


def _told(reason: Exception, where: Place, tag: tuple[str, str]) -> Problem:
    """The problem of one tag, whose names and fields there are."""
    if isinstance(reason, OutOfBounds):
        return out_of_bounds(where, tag, str(reason))
    if isinstance(reason, SecurityError):
        return not_for_templates(where, tag)
    if isinstance(reason, NotInWord):
        message = f"The text “{_cut(reason.text)}” holds a character that no Word file can hold ({reason.character})."
        return error("T156", where, message, "Retype the text where it comes from.")
    if isinstance(reason, NotPrintable):
        return error(
            "T155", where, f"“{shortened(tag[0])}” has no text to print.", "Print a field of it, or loop over it."
        )
    return error(
        "T155",
        where,
        f"“{shortened(tag[0])}” cannot be filled in.",
        "Check that it is used as the field, section or filter that it is.",
    )


def _missing(reason: UndefinedError, template: Template, tag: tuple[str, str], context: Context) -> Iterator[Problem]:
    names = sorted({*context.fields, *context.sections})
    field = _FIELD.search(str(reason))
    if field:
        known = sorted(_field_names(context))
        yield error("T151", place(template.name, tag), f"No row has a field “{field[1]}”.", cure_for(field[1], known))
        return
    found = _NAME.search(str(reason))
    seen = set()
    for part in template.parts:
        for other in part.tags.values():
            for name in _ROOT.findall(other[0]):
                if name in part.printed.asked and name not in names and name not in seen:
                    seen.add(name)
                    yield error(
                        "T150", place(template.name, other), f"There is no field “{name}”.", cure_for(name, names)
                    )
    if not seen:
        name = found[1] if found else tag[0]
        yield error("T150", place(template.name, tag), f"There is no field “{name}”.", cure_for(name, names))


def _field_names(context: Context) -> set[str]:
    tables = (block for blocks in context.sections.values() for block in blocks if isinstance(block, Table))
    return {name for table in tables for row in table.rows for name in row.values} | {
        "text",
        "style",
        "list",
        "rows",
        "key",
    }


def _in_view(trace: TracebackType | None) -> bool:
    """Was it the template's own code, or a view, that missed a field, and not a filter?"""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    names = trace.tb_frame.f_globals if trace is not None else {}
    return "__jinja_template__" in names or names.get("__name__") == views.__name__


def _line(trace: TracebackType | None) -> int:
    """The line of the template's source that was being printed: that of the innermost frame of its own code."""
    line = 1
    while trace is not None:
        made: Any = trace.tb_frame.f_globals.get("__jinja_template__")
        if made is not None:
            line = made.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _cut(text: str) -> str:
    shown = "".join(character if character.isprintable() else "□" for character in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
