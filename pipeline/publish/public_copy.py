"""The public copy of a paper: the officer's edited draft without anything that is not for the public, and proven so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.problems import NOWHERE, BrokenInstallation, Level, PaperError, Problem, error
from pipeline.publish.cleaning.assembly import assembled, serialised
from pipeline.publish.cleaning.fields import codes_in, pointed_at, rewrite_fields
from pipeline.publish.cleaning.hidden import (
    remove_hidden,
    remove_hiding,
    remove_idle_headers,
    remove_unused_notes,
)
from pipeline.publish.cleaning.hiding import is_hidden
from pipeline.publish.cleaning.marks import bookmark_names, clean_links, rename_bookmarks, strip_marks
from pipeline.publish.cleaning.names import forget_list_marks, forget_theme_names, rename_styles, style_names
from pipeline.publish.cleaning.package import STORY_KINDS, Part, loaded
from pipeline.publish.cleaning.pictures import bare_picture
from pipeline.publish.cleaning.properties import core_properties, even_and_odd, forget_names, keep_public_settings
from pipeline.publish.cleaning.unready import unready
from pipeline.publish.privacy import privacy_problems
from pipeline.word.accessibility import accessibility_problems
from pipeline.word.package import read_parts, write_parts
from pipeline.word.structure import structure_problems
from pipeline.word.styles import Styles
from pipeline.word.xml import ID, Element, paragraphs, qn, visible_text

_NOT_THE_SAME = error(
    "C109", NOWHERE, "The public copy would not say the same as the draft.", "Report this to IT as a fault."
)


def unready_for_public(content: bytes, name: str = "the draft") -> list[Problem]:
    """What a person must settle in a draft before it may be published (C101-C107, P514), and what they may look at."""
    parts = read_parts(content, name)
    kept = loaded(parts)
    return unready(kept, parts, _styles(kept), name)


def public_copy(
    content: bytes, *, title: str, when: dt.datetime, language: str = "en-GB", name: str = "the draft"
) -> bytes:
    """The public copy of the draft in `content`: the same words, nothing private. Same input, same bytes.

    `title` becomes its title property and `when` its time of making. Raises PaperError with every error of
    `unready_for_public`; and BrokenInstallation should the copy made not say the same (C109), not be clean (C111-C114),
    or have a fault of structure or accessibility that the draft had not.
    """
    parts = read_parts(content, name)
    kept = loaded(parts)
    if errors := [each for each in unready(kept, parts, _styles(kept), name) if each.level is Level.ERROR]:
        raise PaperError(errors)
    said = _cleaned(kept)
    copy = assembled(kept, core_properties(title, when, language))
    written = write_parts(copy)
    _prove(written, said, _faults(parts, name, language), language, name)
    return written


def as_read(content: bytes, name: str = "the draft") -> bytes:
    """The draft without its hidden text, marks and all else kept: for whoever quotes what the public reads."""
    parts = read_parts(content, name)
    kept = loaded(parts)
    styles = _styles(kept)
    for part in kept:
        if part.root is not None and part.kind in STORY_KINDS:
            remove_hidden(part.root, styles)
            parts[part.name] = serialised(part.root)
    return write_parts(parts)


def _styles(kept: Sequence[Part]) -> Styles:
    return Styles(next((part.root for part in kept if part.kind == "styles"), None))


def _stories(kept: Sequence[Part]) -> list[Element]:
    return [part.root for part in kept if part.root is not None and part.kind in STORY_KINDS]


def _cleaned(kept: Sequence[Part]) -> list[str]:
    """Cleans every part in place; what the paper says once hidden text is out, paragraph by paragraph."""
    styles, stories = _styles(kept), _stories(kept)
    settings = next((part.root for part in kept if part.kind == "settings"), None)
    for root in stories:
        strip_marks(root)
    pointed = {pointed_at(code) for root in stories for code in codes_in(root)}
    pointed |= {each.get(qn("w:anchor"), "") for root in stories for each in root.iter(qn("w:hyperlink"))}
    names = bookmark_names(pointed, stories)
    for root in stories:
        before = [visible_text(each) for each in paragraphs(root)]
        rewrite_fields(root, lambda name: names.get(name, ""), lambda run: is_hidden(run, styles))
        after = [visible_text(each) for each in paragraphs(root)]
        if len(before) != len(after) or not all(map(str.__contains__, after, before)):
            raise BrokenInstallation(_NOT_THE_SAME)
        remove_hidden(root, styles)
    remove_idle_headers(kept[0].root_or_fail, even_and_odd=even_and_odd(settings))
    said = _said(kept[0].root_or_fail)
    neutral = style_names(next((part.root for part in kept if part.kind == "styles"), None))
    for part in kept:
        _clean_part(part, names, kept[0].root_or_fail)
        if part.root is not None:
            rename_styles(part.root, neutral)
    return said


def _clean_part(part: Part, names: dict[str, str], main: Element) -> None:
    """The rest of one part's cleaning, by its kind."""
    if part.root is None:
        part.content = bare_picture(part.content)
        return
    if part.kind in STORY_KINDS:
        rename_bookmarks(part.root, names)
        clean_links(part.root, part.relations, names)
    else:
        strip_marks(part.root)
        forget_names(part.root)
    if part.kind == "styles":
        remove_hiding(part.root)
    elif part.kind == "numbering":
        forget_list_marks(part.root)
    elif part.kind == "theme":
        forget_theme_names(part.root)
    elif part.kind == "settings":
        keep_public_settings(part.root)
    elif part.kind in {"footnotes", "endnotes"}:
        reference = qn("w:footnoteReference" if part.kind == "footnotes" else "w:endnoteReference")
        remove_unused_notes(part.root, (each.get(ID, "") for each in main.iter(reference)))


def _said(main: Element) -> list[str]:
    return [text for each in paragraphs(main) if (text := visible_text(each).strip())]


def _prove(written: bytes, said: list[str], known: list[Problem], language: str, name: str) -> None:
    """Reads the finished copy back: it says what the draft says, is clean, and has no fault that the draft had not."""
    parts = read_parts(written, name)
    found = privacy_problems(parts, name)
    if _said(loaded(parts)[0].root_or_fail) != said:
        found.append(_NOT_THE_SAME)
    codes = {each.code for each in known}
    found += [each for each in _faults(parts, name, language) if each.code not in codes]
    if found:
        raise BrokenInstallation(found)


def _faults(parts: dict[str, bytes], name: str, language: str) -> list[Problem]:
    """Errors in how a file is put together and in how it can be read aloud."""
    found = structure_problems(parts, name) + accessibility_problems(parts, name, language=language, published=False)
    return [each for each in found if each.level is Level.ERROR]
