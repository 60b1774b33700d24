"""What went wrong while a template was filled, told to whoever keeps the template: the heading, the tag, one cure."""

from __future__ import annotations

from pipeline.bounds import OutOfBounds
from pipeline.problems import PaperError, error
from pipeline.render.compile import place, shortened
from pipeline.render.tags import Tag
from pipeline.render.text import NotInWord


def explained(reason: BaseException | None, tag: Tag, name: str) -> PaperError:
    """The problem of a tag whose names and fields there are."""
    where, said = place(name, tag), shortened(tag.raw)
    if isinstance(reason, OutOfBounds):
        return PaperError(error("T159", where, f"“{said}” cannot be filled in: {reason}.", "Write it more simply."))
    if isinstance(reason, NotInWord):
        message = f"The text “{_cut(reason.text)}” holds a character that no Word file can hold ({reason.character})."
        return PaperError(error("T156", where, message, "Retype the text where it comes from."))
    message, cure = (
        f"“{said}” cannot be filled in.",
        "Check that it is used as the field, section or filter that it is.",
    )
    return PaperError(error("T155", where, message, cure))


def _cut(text: str) -> str:
    shown = "".join(character if character.isprintable() else "□" for character in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
