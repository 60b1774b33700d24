"""A comment that a service sends as a Word file: its paragraphs as they read, and what a paper could not show of it.

Nothing is dropped without a word: what cannot be printed as it stands is a problem that quotes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pipeline.blocks import Run
from pipeline.file_kinds import identify, word_refusal
from pipeline.kinds import Comment, Paragraph
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.read.comment_problems import headers_left, places_of, text_problems, troubles
from pipeline.read.packages import open_package
from pipeline.read.relationships import links_of, main_part, part_of
from pipeline.read.saved import saved_on
from pipeline.read.word_found import Words
from pipeline.read.word_styles import read_styles
from pipeline.read.word_text import read_text
from pipeline.text import scrub


def read_comment(content: bytes, name: str, section: str) -> tuple[Comment, list[Problem]]:
    """The comment in a Word file, and everything in it that somebody should look at (I5xx), placed by paragraph.

    Text inserted by a tracked change is in the comment, deleted, hidden and struck-out text is not; each is a problem.
    Raises PaperError where the file is no Word file or cannot be read (I1xx, I501, I502).
    """
    kind = identify(content)
    if kind != "docx":
        raise PaperError(word_refusal(kind, name))
    package = open_package(content, name)
    main = main_part(package, "word/document.xml")
    links = links_of(package, main)
    styles = read_styles(package, part_of(links, "styles"), part_of(links, "numbering"))
    words, found = read_text(package, main, styles)
    shown = [one for one in words if one.text.strip()]
    places = places_of(words, name)
    problems = [*troubles(found, places, name), *headers_left(package, links)]
    paragraphs = tuple(_paragraphs(shown, places, problems))
    if not paragraphs:
        problems.append(_nothing(name))
    return Comment(section, paragraphs, Place(name), text_hash(paragraphs), saved_on(package)), problems


def cleared_text(paragraphs: Iterable[Paragraph]) -> str:
    """The exact text that somebody clears: a line a paragraph, with its list mark, and bold and italic marked.

    Text that reads and looks the same gives the same, however Word has cut it into runs.
    """
    return "\n".join(f"{one.style}\x1d{''.join(map(_marked, one.runs))}" for one in paragraphs)


def text_hash(paragraphs: Iterable[Paragraph]) -> str:
    """The SHA-256 of `cleared_text`, in hexadecimal: what a clearance is held to."""
    return hashlib.sha256(cleared_text(paragraphs).encode()).hexdigest()


def _marked(run: Run) -> str:
    return f"{'b' if run.bold else ''}{'i' if run.italic else ''}\x1f{run.text}\x1e"


def _paragraphs(words: Iterable[Words], places: dict[int, Place], problems: list[Problem]) -> Iterator[Paragraph]:
    for one in words:
        place = places[id(one)]
        cleaned = [(scrub(run.text), run) for run in one.runs]
        problems.extend(text_problems([found for found, _ in cleaned], place))
        runs = trimmed(joined(Run(found.text, run.bold, run.italic) for found, run in cleaned))
        if runs and not any(found.half for found, _ in cleaned):
            yield Paragraph(runs, one.listed, place)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one look made one, and empty ones left out."""
    result: list[Run] = []
    for run in runs:
        if result and (result[-1].bold, result[-1].italic) == (run.bold, run.italic):
            result[-1] = Run(result[-1].text + run.text, run.bold, run.italic)
        elif run.text:
            result.append(run)
    return tuple(result)


def trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without blanks at the start and end of the paragraph."""
    left = list(runs)
    while left and not left[0].text.strip():
        left.pop(0)
    while left and not left[-1].text.strip():
        left.pop()
    if left:
        left[0] = Run(left[0].text.lstrip(), left[0].bold, left[0].italic)
        left[-1] = Run(left[-1].text.rstrip(), left[-1].bold, left[-1].italic)
    return tuple(left)


def _nothing(name: str) -> Problem:
    return error(
        "I503", Place(name), f"“{name}” has no text.", "Ask the service for its comment, or for “no comment” in words."
    )
