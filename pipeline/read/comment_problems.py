"""What a paper could not show of a Word comment, as problems: each quotes the words and says where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.problems import Level, Place, Problem, warning
from pipeline.read.comment_lines import Found, Line, Trouble
from pipeline.text import Cleaned, excerpt

_NAMED = 30
_ORDINALS = ("st", "nd", "rd", "th")


class _Kind(NamedTuple):
    code: str
    level: Level
    says: str
    cure: str


_REVIEW = "Accept or reject all changes (Review > Accept > Accept All Changes) and save the file."
_KINDS: dict[Trouble, _Kind] = {
    "inserted": _Kind("I510", Level.ERROR, "“{}” was inserted by a tracked change that nobody has accepted.", _REVIEW),
    "deleted": _Kind("I511", Level.ERROR, "“{}” was deleted by a tracked change that nobody has accepted.", _REVIEW),
    "table": _Kind("I512", Level.ERROR, "“{}” stands in a table; a comment is printed as paragraphs only.",
                   "Write it as sentences or as a list, or send the table as an appendix."),
    "comment": _Kind("I513", Level.WARNING, "A remark of a reviewer was left in the file; it is not printed.",
                     "Deal with the remark and delete it."),
    "footnote": _Kind("I514", Level.ERROR, "A note at the foot of the page hangs here; it is not printed.",
                      "Put what it says into the paragraph itself."),
    "picture": _Kind("I515", Level.ERROR, "A picture or drawing stands here; it is not printed.",
                     "Say in words what it shows, or send it as an appendix."),
    "text box": _Kind("I516", Level.ERROR, "“{}” stands in a text box; it was read as a paragraph of its own.",
                      "Move it out of the box to where it belongs."),
    "prompt": _Kind("I517", Level.ERROR, "“{}” is the prompt of a form field that nobody has filled in.",
                    "Fill in the field or remove it."),
    "hidden": _Kind("I518", Level.ERROR, "“{}” is hidden text; it is not printed.",
                    "Delete it, or make it visible (Home > Font > Hidden)."),
    "struck": _Kind("I519", Level.ERROR, "“{}” is struck through; it is not printed.",
                    "Delete it, or remove the line through it."),
    "equation": _Kind("I520", Level.ERROR, "An equation stands here; only its letters were read.",
                      "Say in words what it says."),
    "raised": _Kind("I521", Level.WARNING, "“{}” is raised or lowered; it is printed on the line.",
                    "Look whether it still reads right, as in “m2”."),
    "embedded": _Kind("I522", Level.ERROR, "Another document is embedded here; it is not printed.",
                      "Copy its text into the file."),
    "heading": _Kind("I523", Level.WARNING, "“{}” is a heading; the paper has a heading of its own for this comment.",
                     "Delete it, unless it belongs inside the comment."),
    "symbol": _Kind("I524", Level.ERROR, "A character of a symbol font stands here; it is not printed.",
                    "Type the character itself (Insert > Symbol, with the paper's own font)."),
    "field": _Kind("I528", Level.ERROR, "What the field “{}” prints is not in the file.",
                   "Type in its place what it shows in Word."),
}  # fmt: skip


def places_of(lines: Iterable[Line], name: str) -> Iterator[Place]:
    """Each line's place: its number among those with text and its first words, or the line it follows."""
    number, after = 0, "the start"
    for line in lines:
        if line.text.strip():
            number += 1
            after = f"paragraph {number} (“{excerpt(line.text, 30)}”)"
            yield Place(name, near=after)
        else:
            yield Place(name, near=f"after {after}")


def troubles(lines: Sequence[Line], places: Sequence[Place], name: str) -> list[Problem]:
    """A problem for each thing found; of one kind no more than thirty, and then how many more."""
    counts: Counter[Trouble] = Counter()
    problems: list[Problem] = []
    for line, place in zip(lines, places, strict=True):
        for found in line.found:
            if not _harmless(found):
                counts[found.what] += 1
                problems += [_trouble(found, place)] if counts[found.what] <= _NAMED else []
    return problems + [_more(_KINDS[what], count - _NAMED, name) for what, count in counts.items() if count > _NAMED]


def _harmless(one: Found) -> bool:
    if one.what == "raised":
        return one.text.strip().lower() in _ORDINALS
    return one.what in ("hidden", "struck", "prompt") and not one.text.strip()


def _trouble(one: Found, place: Place) -> Problem:
    kind = _KINDS[one.what]
    words = excerpt(one.text) or "a paragraph break"
    return Problem(kind.code, kind.says.format(words), kind.cure, place, kind.level)


def _more(kind: _Kind, count: int, name: str) -> Problem:
    return Problem(kind.code, f"{count:,} more of the same stand in the file.", kind.cure, Place(name), kind.level)


def text_problems(cleaned: Sequence[Cleaned], place: Place) -> list[Problem]:
    """What the rules for text found in the runs of one paragraph."""
    found = []
    if any(one.half for one in cleaned):
        found.append(
            Problem("I525", "The paragraph holds half of a character; it was left out.", "Type it again.", place)
        )
    if any(one.control or one.direction or one.no_character for one in cleaned):
        found.append(
            warning("I526", place, "Characters that cannot be printed were left out.", "Type the words again.")
        )
    return found
