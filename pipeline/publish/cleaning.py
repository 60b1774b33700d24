"""The cleaning of a draft: what is left of its parts is what the public sees, and nothing hidden or private."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.publish.fields import pointed_at, rewrite_fields, write_out
from pipeline.publish.marks import (
    bookmark_names,
    clean_links,
    keep_public_settings,
    remove,
    rename_bookmarks,
    rename_styles,
    strip_marks,
    style_names,
)
from pipeline.publish.parts import STORIES, Part, root_of
from pipeline.word.file import WordFile
from pipeline.word.story import Story, shown_headers
from pipeline.word.styles import Styles, is_hidden, is_hidden_row, is_hidden_shape
from pipeline.word.xml import CELL, ID, MATH, PARAGRAPH, ROW, RUN, TABLE, Element, paragraphs, qn

_NOTES = {"footnotes": qn("w:footnoteReference"), "endnotes": qn("w:endnoteReference")}
_LINK, _ANCHOR = map(qn, ("w:hyperlink", "w:anchor"))
_HIDING = tuple(map(qn, ("w:vanish", "w:specVanish", "w:webHidden")))
_OF_AN_EQUATION = f"{MATH}r"
_HOLDS_SOMETHING = tuple(map(qn, ("w:r", "w:hyperlink", "w:fldSimple", "w:sectPr", "w:ins", "w:sdt", "w:smartTag")))


def clean(draft: WordFile, kept: Sequence[Part]) -> None:
    """Takes all that is not for the public out of the parts of a draft that may stay, in place."""
    main, neutral = kept[0].root, style_names(root_of(kept, "styles"))
    names = _clean_stories([draft.story(part.name) for part in kept if part.kind in STORIES], draft.styles)
    _remove_idle_headers(main, root_of(kept, "settings"))
    for part in kept:
        if part.kind in STORIES:
            rename_bookmarks(part.root, names)
            clean_links(part.root, part.links, names)
        else:
            strip_marks(part.root)
        if part.kind == "styles":
            _remove_hiding(part.root)
        elif part.kind == "settings":
            keep_public_settings(part.root)
        elif part.kind in _NOTES:
            _remove_unused_notes(part.root, (each.get(ID, "") for each in main.iter(_NOTES[part.kind])))
        rename_styles(part.root, neutral)


def _clean_stories(stories: Sequence[Story], styles: Styles) -> dict[str, str]:
    """Leaves of each story what is seen; the new names of the bookmarks that something points at, by their old ones."""
    held = [list(filter(_holds_something, paragraphs(story.root))) for story in stories]
    for story in stories:
        write_out(story)
        strip_marks(story.root)
    stripped = [Story(story.root) for story in stories]
    names = bookmark_names(_pointed_at(stripped), [story.root for story in stories])
    for story, before in zip(stripped, held, strict=True):
        rewrite_fields(story, names, styles)
        remove_hidden(story.root, styles)
        for paragraph in before:
            if not styles.is_numbered(paragraph):
                _remove_if_empty(paragraph)
    return names


def _pointed_at(stories: Sequence[Story]) -> set[str]:
    """The bookmarks that fields and links point at."""
    links = (link.get(_ANCHOR, "") for story in stories for link in story.root.iter(_LINK))
    return {*links, *(pointed_at(code) for story in stories for code in story.codes)}


def remove_hidden(root: Element, styles: Styles) -> None:
    """Takes everything hidden out of a story, in place."""
    runs = [run for run in root.iter(RUN, _OF_AN_EQUATION) if is_hidden(run, styles)]
    rows = filter(is_hidden_row, root.iter(ROW))
    shapes = filter(is_hidden_shape, root.iter(qn("w:drawing"), qn("w:pict")))
    around = dict.fromkeys(paragraph for run in runs for paragraph in run.iterancestors(PARAGRAPH))
    for element in [*runs, *rows, *shapes]:
        remove(element)
    for paragraph in around:
        _remove_if_empty(paragraph)
    for table in [table for table in root.iter(TABLE) if table.find(f".//{ROW}") is None]:
        remove(table)
    _remove_hiding(root)


def _remove_hiding(root: Element) -> None:
    """Takes the property of being hidden away from what is left: by now nothing that has it is hidden."""
    for mark in list(root.iter(*_HIDING)):
        remove(mark)


def _remove_unused_notes(root: Element, used: Iterable[str]) -> None:
    """Takes footnotes (or endnotes) out that nothing in the text refers to; those of type separator stay."""
    wanted = set(used)
    for note in list(root):
        if note.get(qn("w:type"), "normal") == "normal" and note.get(ID, "") not in wanted:
            root.remove(note)


def _remove_idle_headers(root: Element, settings: Element | None) -> None:
    """Takes away headers and footers that no page shows."""
    shown = set(shown_headers(root, settings))
    for reference in list(root.iter(qn("w:headerReference"), qn("w:footerReference"))):
        if reference not in shown:
            remove(reference)


def _holds_something(paragraph: Element) -> bool:
    """Is there anything in a paragraph but its look and marks?"""
    return next(paragraph.iter(*_HOLDS_SOMETHING), None) is not None


def _remove_if_empty(paragraph: Element) -> None:
    """Takes out a paragraph that held only what is gone, unless its cell or story would be left without one."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or _holds_something(paragraph):
        return
    last_in_cell = parent.tag == CELL and parent[-1] is paragraph
    if not last_in_cell and len(parent.findall(PARAGRAPH)) > 1:
        for child in list(paragraph):
            if child.tag in {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}:
                paragraph.addprevious(child)
        parent.remove(paragraph)
