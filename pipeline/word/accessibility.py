"""What keeps a reader from a paper: Microsoft's accessibility rules, GOV.UK's guidance for documents, WCAG 2.2.

Each rule is a condition on the file, numbered P501 to P529; the Public Sector Bodies (Websites and Mobile Applications)
Accessibility Regulations 2018 ask for them of whatever a council publishes. What no program can tell: whether headings
and descriptions of pictures say the right thing, and plain English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.problems import Place, Problem
from pipeline.word.accessibility_tables import table_problems
from pipeline.word.accessibility_text import text_problems
from pipeline.word.file import WordFile
from pipeline.word.story import Story, seen, shortened
from pipeline.word.xml import DRAWING, VAL, Element, qn

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(r"\.do[ct]x?$|^(document ?\d*|word document|title|untitled)$|\{\{|\{%|&\w+;", re.IGNORECASE)
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)$|^(image|picture|logo|graphic)\W*\d*$", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"(click )?here|(read )?more|link|this (page|link)|(https?://|www\.)\S+", re.IGNORECASE)
_ONLY_PUBLISHED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:commentReference", "w:commentRangeStart")
_OFF = ("0", "false", "off")


def accessibility_problems(file: WordFile, *, language: str = "en-GB", published: bool) -> list[Problem]:
    """Everything in the main text that a reader with assistive technology would stumble over (P501 to P529).

    With `published`, comments and tracked changes left in are errors; a draft is made for them. Empty where the main
    text cannot be read: the structure check says so.
    """
    if file.tree(file.main) is None:
        return []
    story = file.text
    problems = [*title_problems(file), *language_problems(story, language)]
    for rule in (text_problems, table_problems, picture_problems, link_problems, note_problems):
        problems += rule(story)
    return [*problems, *protection(file), *(unfinished(story) if published else ())]


def title_problems(file: WordFile) -> Iterator[Problem]:
    """The title among the file's properties, which screen readers speak first (WCAG 2.4.2)."""
    root = file.tree("docProps/core.xml")
    title = "" if root is None else root.findtext(_TITLE, "").strip()
    if not title:
        yield problem("P501", Place(file.name))
    elif _NO_TITLE.search(title):
        yield problem("P501", Place(file.name), "named", title=title)


def language_problems(story: Story, wanted: str) -> Iterator[Problem]:
    """The language that a screen reader pronounces the words in (WCAG 3.1.1); one problem for each other language."""
    default = story.styles.defaults.get((qn("w:rPr"), "lang"))
    language = default.value if default else ""
    if language != wanted:
        yield problem("P502", Place(story.file), "whole" if language else "", language=language, wanted=wanted)
    others: dict[str, Element] = {}
    styled = () if story.styles.root is None else story.styles.root.iterfind(f"{qn('w:style')}//{qn('w:lang')}")
    for marked in (*story.root.iter(qn("w:lang")), *styled):
        others.setdefault(marked.get(VAL) or wanted, marked)
    for other in sorted(set(others) - {wanted}):
        yield problem("P502", story.place(others[other]), "some", language=other)


def undescribed_pictures(story: Story) -> Iterator[Problem]:
    """P514: pictures without words for those who cannot see them (WCAG 1.1.1), each with the paragraph it stands in."""
    for picture in story.root.iter(f"{DRAWING}docPr"):
        words = (picture.get("descr") or "").strip()
        decorative = next(picture.iter(_DECORATIVE), None)
        is_shown = decorative is None or decorative.get("val") in _OFF
        if is_shown and (not words or _FILE_NAME.search(words)):
            place, name = story.place_in_words(picture), picture.get("name", "")
            yield problem("P514", place, "only" if words else "", name=name, words=words)


def picture_problems(story: Story) -> Iterator[Problem]:
    """Pictures without words for those who cannot see them, and whatever floats over the text."""
    yield from undescribed_pictures(story)
    floating = next(story.root.iter(f"{DRAWING}anchor", qn("w:txbxContent"), qn("w:framePr")), None)
    if floating is not None:
        yield problem("P520", story.place(floating))


def link_problems(story: Story) -> Iterator[Problem]:
    """Links whose words do not say where they lead (WCAG 2.4.4)."""
    for link in story.root.iter(qn("w:hyperlink")):
        words = " ".join(seen(link).text.split()).strip(".")
        if _EMPTY_LINK.fullmatch(words):
            yield problem("P515", story.place(link), words=shortened(words))


def note_problems(story: Story) -> Iterator[Problem]:
    """Footnotes, which break up what is read aloud, and controls without a name; one problem of each kind."""
    if (note := next(story.root.iter(qn("w:footnoteReference"), qn("w:endnoteReference")), None)) is not None:
        yield problem("P523", story.place(note))
    for control in story.root.iter(qn("w:sdt")):
        held = {child.tag for child in control.iterfind(f"{qn('w:sdtPr')}/*")}
        if held.isdisjoint((qn("w:alias"), qn("w:docPartObj"))):
            yield problem("P524", story.place(control))


def protection(file: WordFile) -> Iterator[Problem]:
    """A locked document, which assistive technology may not be able to read."""
    settings = file.tree("word/settings.xml")
    locked = None if settings is None else settings.find(qn("w:documentProtection"))
    if locked is not None and locked.get(qn("w:enforcement")) not in _OFF:
        yield problem("P522", Place(file.name))


def unfinished(story: Story) -> Iterator[Problem]:
    """Comments and tracked changes in a paper that is to be published."""
    if (left := next(story.root.iter(*map(qn, _ONLY_PUBLISHED)), None)) is not None:
        yield problem("P525", story.place(left))
