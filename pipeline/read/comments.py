"""A comment that a service sends as a Word file: its paragraphs as they read, and what a paper could not show of it.

Nothing is dropped without a word: what cannot be printed as it stands is a problem that quotes it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from typing import Literal

from pipeline.blocks import Cell, Drawn, Run
from pipeline.file_kinds import opened, refused, word_refusal
from pipeline.kinds import Comment, Paragraph
from pipeline.opc import Element, Limits, Package, Relationship, Unsound, main_part, parse, related, relationships
from pipeline.problems import PaperError, Place, Problem, error, note
from pipeline.read.comment_data import Found, Line, LineCell
from pipeline.read.comment_headings import with_depths
from pipeline.read.comment_lines import EMBEDDED, Text, lines_in
from pipeline.read.comment_lists import with_labels
from pipeline.read.comment_runs import joined, trimmed
from pipeline.read.comment_troubles import places_of, text_problems, troubles
from pipeline.text import excerpt, scrub
from pipeline.word.numbering import Numbering
from pipeline.word.story import Story, words_in
from pipeline.word.styles import Styles

_KNOWN_BYTES = 1 << 18
NOTES = ("footnotes", "endnotes")
_LIMITS = Limits(part_bytes=100_000_000, ratio=200)
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_USUAL = b"http://schemas.openxmlformats.org/"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _USUAL + b"wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": _USUAL + b"officeDocument/2006/math",
}
"""Namespaces of files that were saved as “Strict Open XML Document”, and those of all others."""


def read_comment(content: bytes, name: str, section: str) -> tuple[Comment, list[Problem]]:
    """The comment in a Word file, and everything in it that somebody should look at (I5xx), placed by paragraph.

    Text inserted by a tracked change is in the comment, deleted, hidden and struck-out text is not; each is a problem.
    Raises PaperError where the file is no Word file or cannot be read (I1xx, I501, I502).
    """
    comment, problems = (_known_comment if len(content) <= _KNOWN_BYTES else _comment)(content, name, section)
    return comment, list(problems)


def _comment(content: bytes, name: str, section: str) -> tuple[Comment, tuple[Problem, ...]]:
    kind, package = opened(content)
    if kind != "docx" or package is None:
        raise PaperError(word_refusal(kind, name))
    with refused(name):
        return _read(package.within(_LIMITS), name, section)


_known_comment = lru_cache(maxsize=64)(_comment)
"""Read once while its bytes stay: two comments are a twentieth of a build of files that have not changed."""


def _read(package: Package, name: str, section: str) -> tuple[Comment, tuple[Problem, ...]]:
    main = main_part(package)
    if not main:
        raise Unsound("damaged")
    links = relationships(package, main)
    addresses = {link.id: link.target for link in links if link.external}
    links = tuple(link for link in links if link.target in package)
    numbering = _numbering_of(package, links)
    story = Story(_parsed(package[main]), numbering.styles)
    beside = {link.kind: _text(package, link.target, numbering.styles) for link in links if link.kind in NOTES}
    lines = list(lines_in(Text(story, addresses), numbering, beside))
    lines = with_depths(with_labels(lines, story.root, numbering))
    places = [*places_of(lines, name), Place(name)]
    lines.append(Line((), tuple(Found("embedded") for _ in story.root.iter(*EMBEDDED))))
    cleaned = list(map(_cleaned, lines, places))
    read = tuple(
        Paragraph(runs, _style(line), at, line.heading, line.item, _row(line))
        for (runs, _), line, at in zip(cleaned, lines, places, strict=True)
        if runs
    )
    problems = [*troubles(lines, places, name), *_headers_left(package, links, name)]
    problems += chain.from_iterable(wrong for _, wrong in cleaned)
    comment = Comment(section, read, Place(name), text_hash(read), _saved_on(package))
    return comment, (*problems, *(() if read else [_nothing(name)]))


def _text(package: Package, part: str, styles: Styles) -> Text:
    """A part beside the text, with its own links."""
    addresses = {link.id: link.target for link in relationships(package, part) if link.external}
    return Text(Story(_parsed(package[part]), styles), addresses)


def _style(line: Line) -> Literal["", "bullet", "number", "heading", "note"]:
    return "note" if line.is_note else "heading" if line.heading else line.listed


def _numbering_of(package: Package, links: Iterable[Relationship]) -> Numbering:
    """The styles and lists of a file; small parts are known again."""
    named = {link.kind: link.target for link in links}
    parts = [package[named[kind]] if kind in named else b"" for kind in ("styles", "numbering")]
    return (_known if sum(map(len, parts)) <= _KNOWN_BYTES else _numbering)(*parts)


def _parsed(content: bytes) -> Element:
    """The tree of a part, in the namespaces that all but strict files have. Raises Unsound."""
    if b"purl.oclc.org" in content:
        for strict, usual in _STRICT.items():
            content = content.replace(strict, usual)
    return parse(content)


def _numbering(styles: bytes, numbering: bytes) -> Numbering:
    """The styles and lists that two parts tell of, either of which may be missing. Raises Unsound."""
    return Numbering(_parsed(numbering) if numbering else None, Styles(_parsed(styles) if styles else None))


_known = lru_cache(maxsize=16)(_numbering)
"""Worked out once: Word gives most of its files the same styles, and half the time of a comment goes into them."""


def _headers_left(package: Package, links: Iterable[Relationship], name: str) -> Iterator[Problem]:
    """A note (I527) where the file's headers or footers hold text: a paper has its own."""
    for link in links:
        is_beside = link.kind in ("header", "footer")
        if is_beside and (words := words_in(_parsed(package[link.target]), "").strip()):
            yield note("I527", Place(name), f"“{excerpt(words)}” stands in the {link.kind} and is not printed.")
            return


def _saved_on(package: Package) -> dt.date | None:
    """The day of the file's property “modified”; None where it has none that can be read."""
    with suppress(Unsound, ValueError):
        for part in related(package, "", "core-properties"):
            said = parse(package[part], part).findtext(_MODIFIED) or ""
            return dt.date.fromisoformat(said.strip()[:10])
    return None


def _cleaned(line: Line, place: Place) -> tuple[tuple[Run, ...], list[Problem]]:
    """The runs of a line as they are printed (none with half a character in them), and what is wrong with its text."""
    if not line.text.strip():
        return (), []
    cleaned = [scrub(run.text) for run in line.runs]
    problems = list(text_problems(cleaned, place))
    return () if any(found.half for found in cleaned) else _printed(line), problems


def _printed(line: Line) -> tuple[Run, ...]:
    return trimmed(joined(run._replace(text=scrub(run.text).text) for run in line.runs))


def _row(line: Line) -> Drawn | None:
    """A line that is a row of a table, with its cells as they are printed."""
    return line.drawn and line.drawn._replace(cells=tuple(map(_cell, line.cells)))


def _cell(of: LineCell) -> Cell:
    texts = [
        text._replace(runs=_printed(line), listed=line.item)
        for line, text in zip(of.lines, of.cell.texts, strict=True)
        if line.text.strip()
    ]
    return of.cell._replace(texts=tuple(texts))


def cleared_text(paragraphs: Iterable[Paragraph]) -> str:
    """The exact text that somebody clears: a line a paragraph, with its list mark, and bold and italic marked.

    Text that reads and looks the same gives the same, however Word has cut it into runs.
    """
    return "\n".join(f"{_kind(one)}\x1d{''.join(map(_marked, one.runs))}" for one in paragraphs)


def text_hash(paragraphs: Iterable[Paragraph]) -> str:
    """The SHA-256 of `cleared_text`, in hexadecimal: what a clearance is held to."""
    return hashlib.sha256(cleared_text(paragraphs).encode()).hexdigest()


def _kind(one: Paragraph) -> str:
    """What a paragraph is. A heading counts as the paragraph that it was to versions before 0.2.0."""
    deeper = f"{one.listed.level}" if one.listed and one.listed.level else ""
    return ("" if one.style == "heading" else one.style) + deeper


def _marked(run: Run) -> str:
    looks = f"{'b' * run.bold}{'i' * run.italic}{'u' * run.underline}{run.raised}{run.link}"
    return f"{looks}\x1f{run.text}\x1e"


def _nothing(name: str) -> Problem:
    return error(
        "I503", Place(name), f"“{name}” has no text.", "Ask the service for its comment, or for “no comment” in words."
    )
