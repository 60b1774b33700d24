"""What a paper could not show of a Word comment, as problems placed by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.catalogue import problem
from pipeline.problems import Place, Problem, error, warning
from pipeline.read.comment_data import Found, Line, Trouble
from pipeline.text import Cleaned, excerpt

_NAMED = 30


_CODES: Mapping[Trouble, str] = {
    "inserted": "I510",
    "deleted": "I511",
    "table": "I512",
    "comment": "I513",
    "footnote": "I514",
    "picture": "I515",
    "text box": "I516",
    "prompt": "I517",
    "hidden": "I518",
    "struck": "I519",
    "equation": "I520",
    "embedded": "I522",
    "heading": "I523",
    "symbol": "I524",
    "field": "I528",
    "highlighted": "I529",
    "label": "I530",
    "nested": "I532",
    "link": "I531",
}


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
        for found in line.all_found:
            if not _harmless(found):
                counts[found.what] += 1
                problems += [_trouble(found, place)] if counts[found.what] <= _NAMED else []
    return problems + [_more(what, count - _NAMED, name) for what, count in counts.items() if count > _NAMED]


def _harmless(found: Found) -> bool:
    return found.what in ("hidden", "struck", "prompt") and not found.text.strip()


def _trouble(found: Found, place: Place) -> Problem:
    return problem(_CODES[found.what], place, words=excerpt(found.text) or "a paragraph break")


def _more(what: Trouble, count: int, name: str) -> Problem:
    told = _trouble(Found(what), Place(name))
    return replace(told, message=f"{count:,} more of the same stand in the file.")


def text_problems(cleaned: Sequence[Cleaned], place: Place) -> Iterator[Problem]:
    """What the rules for text found in the runs of one paragraph."""
    if any(one.half for one in cleaned):
        yield error("I525", place, "The paragraph holds half of a character; it was left out.", "Type it again.")
    if any(one.control or one.direction or one.no_character for one in cleaned):
        yield warning("I526", place, "Characters that cannot be printed were left out.", "Type the words again.")
