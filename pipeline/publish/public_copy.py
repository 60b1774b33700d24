"""The public copy of a paper: the officer's edited draft without anything that is not for the public, and proven so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.opc import Element, Parts, serialise, write
from pipeline.problems import Level, PaperError, Problem
from pipeline.publish.cleaning.fields import pointed_at, rewrite_fields
from pipeline.publish.cleaning.hidden import (
    holds_something,
    remove_emptied,
    remove_hidden,
    remove_hiding,
    remove_idle_headers,
    remove_unused_notes,
)
from pipeline.publish.cleaning.marks import (
    bookmark_names,
    clean_links,
    keep_public_settings,
    rename_bookmarks,
    rename_styles,
    strip_marks,
    style_names,
)
from pipeline.publish.cleaning.parts import STORIES, Part, assembled, core_properties, loaded, root_of
from pipeline.publish.cleaning.unready import unready
from pipeline.publish.cleaning.written import write_out
from pipeline.publish.privacy import privacy_problems
from pipeline.publish.said import differences, lines_of
from pipeline.word.accessibility import accessibility_problems
from pipeline.word.hiding import is_hidden
from pipeline.word.package import read_parts
from pipeline.word.story import Story, refuse_damaged
from pipeline.word.structure import structure_problems
from pipeline.word.styles import Styles
from pipeline.word.xml import ID, paragraphs, qn

_ENGLISH, _ANY_TITLE = "en-GB", "A paper"
_LEFT = "Type what stands there afresh, or paste it as text only, and tell IT of it: it is nothing for the public."
_NOTES = {"footnotes": qn("w:footnoteReference"), "endnotes": qn("w:endnoteReference")}
_ANY_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def sound_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a Word file, sound. Raises PaperError as `read_parts`, and where one is damaged (F204)."""
    parts = read_parts(content, name)
    refuse_damaged(parts, name)
    return parts


def unready_for_public(content: bytes, name: str = "the draft") -> list[Problem]:
    """What a person must settle in a draft before it may be published, and what they may look at.

    C101-C108, C115, C190-C192, P514; and where nothing of that is an error, what its public copy would not say as the
    draft does (C109), would have left in it (C111-C114), or have as a fault that the draft has not.
    """
    parts = sound_parts(content, name)
    kept = loaded(parts)
    found = unready(kept, parts, Styles(root_of(kept, "styles")), name)
    if any(problem.level is Level.ERROR for problem in found):
        return found
    copy = _copy_of(kept, parts, core_properties(_ANY_TITLE, _ANY_TIME, _ENGLISH))
    return found + _worse(read_parts(copy, name), parts, name, _ENGLISH)


def public_copy_of(
    content: bytes, *, title: str, when: dt.datetime, language: str = "en-GB", name: str = "the draft"
) -> bytes:
    """The public copy of the draft in `content`: the same words, nothing private. Same input, same bytes.

    `title` becomes its title property and `when` its time of making. Raises PaperError with every error of
    `unready_for_public`.
    """
    parts = sound_parts(content, name)
    kept = loaded(parts)
    found = unready(kept, parts, Styles(root_of(kept, "styles")), name)
    if errors := [problem for problem in found if problem.level is Level.ERROR]:
        raise PaperError(errors)
    written = _copy_of(kept, parts, core_properties(title, when, language))
    if worse := _worse(read_parts(written, name), parts, name, language):
        raise PaperError(worse)
    return written


def as_read(content: bytes, name: str = "the draft") -> bytes:
    """The draft without its hidden text, what shows and is not stored written out, marks and all else kept: for whoever
    quotes what the public reads.
    """
    parts = sound_parts(content, name)
    kept = loaded(parts)
    styles = Styles(root_of(kept, "styles"))
    for part in kept:
        if part.kind in STORIES:
            write_out(part.root, styles)
            remove_hidden(part.root, styles)
            parts[part.name] = serialise(part.root)
    return write(parts)


def _copy_of(kept: Sequence[Part], parts: Parts, core: bytes) -> bytes:
    """The public copy of the parts, which are cleaned in place."""
    _clean(kept)
    return write(assembled(kept, parts, core))


def _clean(kept: Sequence[Part]) -> None:
    sheet, stories = root_of(kept, "styles"), [part.root for part in kept if part.kind in STORIES]
    names = _clean_stories(stories, Styles(sheet))
    remove_idle_headers(kept[0].root, root_of(kept, "settings"))
    neutral = style_names(sheet)
    for part in kept:
        _clean_part(part, names, kept[0].root)
        rename_styles(part.root, neutral)


def _clean_stories(stories: list[Element], styles: Styles) -> dict[str, str]:
    """Leaves of each story what is seen; the new names of the bookmarks that something points at, by their old ones."""
    held = {root: [each for each in paragraphs(root) if holds_something(each)] for root in stories}
    for root in stories:
        write_out(root, styles)
        strip_marks(root)
    pointed = {pointed_at(code) for root in stories for code in Story(root).codes}
    pointed |= {each.get(qn("w:anchor"), "") for root in stories for each in root.iter(qn("w:hyperlink"))}
    names = bookmark_names(pointed, stories)
    for root in stories:
        rewrite_fields(root, lambda name: names.get(name, ""), lambda run: is_hidden(run, styles))
        remove_hidden(root, styles)
        remove_emptied(root, held[root], styles)
    return names


def _clean_part(part: Part, names: dict[str, str], main: Element) -> None:
    """The rest of one part's cleaning, by its kind."""
    if part.kind in STORIES:
        rename_bookmarks(part.root, names)
        clean_links(part.root, part.links, names)
    else:
        strip_marks(part.root)
    if part.kind == "styles":
        remove_hiding(part.root)
    elif part.kind == "settings":
        keep_public_settings(part.root)
    elif part.kind in _NOTES:
        remove_unused_notes(part.root, (each.get(ID, "") for each in main.iter(_NOTES[part.kind])))


def _worse(copy: dict[str, bytes], draft: dict[str, bytes], name: str, language: str) -> list[Problem]:
    """Where a finished copy does not say what the draft says, still has something private (C111-C114), or has faults of
    structure or reading that the draft has not.
    """
    known = {each.code for each in _faults(draft, name, language)}
    faults = [each for each in _faults(copy, name, language) if each.code not in known]
    private = [replace(each, cure=_LEFT) for each in privacy_problems(copy, name)]
    return [*differences(lines_of(draft), lines_of(copy), name), *private, *faults]


def _faults(parts: dict[str, bytes], name: str, language: str) -> list[Problem]:
    """Errors in how a file is put together and in how it can be read aloud."""
    found = structure_problems(parts, name) + accessibility_problems(parts, name, language=language, published=False)
    return [each for each in found if each.level is Level.ERROR]
