"""What keeps a reader from a paper: Microsoft's accessibility rules, GOV.UK's guidance for documents, WCAG 2.2.

Each rule is a condition on the file, numbered P501 to P529; the Public Sector Bodies (Websites and Mobile Applications)
Accessibility Regulations 2018 ask for them of whatever a council publishes. What no program can tell: whether headings
and descriptions of pictures say the right thing, and plain English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.opc import Unsound, main_part, parse
from pipeline.problems import Place, Problem, error, warning
from pipeline.word.accessibility_tables import table_problems
from pipeline.word.accessibility_text import text_problems
from pipeline.word.story import Story, read_styles, seen, shortened
from pipeline.word.xml import DRAWING, VAL, Element, qn

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(r"\.do[ct]x?$|^(document ?\d*|word document|title|untitled)$|\{\{|\{%|&\w+;", re.IGNORECASE)
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)$|^(image|picture|logo|graphic)\W*\d*$", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"(click )?here|(read )?more|link|this (page|link)|(https?://|www\.)\S+", re.IGNORECASE)
_ONLY_PUBLISHED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:commentReference", "w:commentRangeStart")
_OFF = ("0", "false", "off")


def accessibility_problems(
    parts: Mapping[str, bytes], name: str, *, language: str = "en-GB", published: bool
) -> list[Problem]:
    """Everything in the main text that a reader with assistive technology would stumble over (P501 to P529).

    `parts` as `read_parts` gives them. With `published`, comments and tracked changes left in are errors; a
    draft is made for them. Empty where the main text cannot be read: the structure check says so.
    """
    main = main_part(parts)
    root = root_of(parts, main)
    if root is None:
        return []
    story = Story(root, read_styles(parts), main, name)
    problems = [*title_problems(parts, name), *language_problems(story, language)]
    for rule in (text_problems, table_problems, picture_problems, link_problems, note_problems):
        problems += rule(story)
    problems += [*protection(parts, name), *(unfinished(story) if published else ())]
    return problems


def root_of(parts: Mapping[str, bytes], part: str) -> Element | None:
    """The root of a part, None where it is missing or cannot be read."""
    try:
        return parse(parts[part], part)
    except (KeyError, Unsound):
        return None


def title_problems(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """The title among the file's properties, which screen readers speak first (WCAG 2.4.2)."""
    root = root_of(parts, "docProps/core.xml")
    found = None if root is None else root.find(_TITLE)
    title = "" if found is None else (found.text or "").strip()
    cure = "Give the title of the paper in Word under File, Info, Title."
    if not title:
        yield error("P501", Place(name), "The file has no title among its properties.", cure)
    elif _NO_TITLE.search(title):
        yield error("P501", Place(name), f"“{title}” is no title for a paper.", cure)


def language_problems(story: Story, language: str) -> Iterator[Problem]:
    """The language that a screen reader pronounces the words in (WCAG 3.1.1); one problem for each other language."""
    default = story.styles.defaults.get((qn("w:rPr"), "lang"))
    cure = "Select all the text in Word, choose Review, Language, Set Proofing Language, and the right one."
    if default is None or not default.value:
        yield error("P502", Place(story.file), f"The document names no language; it should be “{language}”.", cure)
    elif default.value != language:
        told = f"The document’s language is “{default.value}”; it should be “{language}”."
        yield error("P502", Place(story.file), told, cure)
    others: dict[str, Element] = {}
    styled = () if story.styles.root is None else story.styles.root.iterfind(f"{qn('w:style')}//{qn('w:lang')}")
    for each in (*story.root.iter(qn("w:lang")), *styled):
        others.setdefault(each.get(VAL) or language, each)
    for other in sorted(set(others) - {language}):
        yield error("P502", story.place(others[other]), f"Some of the text is marked as language “{other}”.", cure)


def undescribed_pictures(story: Story) -> Iterator[Problem]:
    """P514: pictures without words for those who cannot see them (WCAG 1.1.1), each with the paragraph it stands in."""
    for each in story.root.iter(f"{DRAWING}docPr"):
        words = (each.get("descr") or "").strip()
        decorative = next(each.iter(_DECORATIVE), None)
        if decorative is not None and decorative.get("val") not in _OFF:
            continue
        if not words or _FILE_NAME.search(words):
            told = f"only “{words}” as its description" if words else "no description"
            cure = "Right-click it in Word, choose View Alt Text, and say what it shows."
            yield error("P514", story.place_in_words(each), f"The picture “{each.get('name', '')}” has {told}.", cure)


def picture_problems(story: Story) -> Iterator[Problem]:
    """Pictures without words for those who cannot see them, and whatever floats over the text."""
    yield from undescribed_pictures(story)
    floating = next(story.root.iter(f"{DRAWING}anchor", qn("w:txbxContent"), qn("w:framePr")), None)
    if floating is not None:
        cure = "Choose Wrap Text, In Line with Text, or move its words into the text."
        yield error("P520", story.place(floating), "A picture, text box or frame floats over the text.", cure)


def link_problems(story: Story) -> Iterator[Problem]:
    """Links whose words do not say where they lead (WCAG 2.4.4)."""
    for each in story.root.iter(qn("w:hyperlink")):
        words = " ".join(seen(each).text.split()).strip(".")
        if _EMPTY_LINK.fullmatch(words):
            cure = "Let its words name the page or file that it opens."
            yield error("P515", story.place(each), f"The link “{shortened(words)}” does not say where it leads.", cure)


def note_problems(story: Story) -> Iterator[Problem]:
    """Footnotes, which break up what is read aloud, and controls without a name; one problem of each kind."""
    notes = list(story.root.iter(qn("w:footnoteReference"), qn("w:endnoteReference")))
    if notes:
        cure = "Put what they say into the text."
        yield warning("P523", story.place(notes[0]), "The paper has footnotes or endnotes.", cure)
    for each in story.root.iter(qn("w:sdt")):
        held = Counter(child.tag for child in each.iterfind(f"{qn('w:sdtPr')}/*"))
        if not held[qn("w:alias")] and not held[qn("w:docPartObj")]:
            cure = "Give it one in Word under Developer, Properties."
            yield warning("P524", story.place(each), "A content control has no title.", cure)


def protection(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """A locked document, which assistive technology may not be able to read."""
    settings = root_of(parts, "word/settings.xml")
    locked = None if settings is None else settings.find(qn("w:documentProtection"))
    if locked is not None and locked.get(qn("w:enforcement")) not in _OFF:
        cure = "Switch the protection off under Review, Restrict Editing."
        yield error("P522", Place(name), "The document is protected against changes.", cure)


def unfinished(story: Story) -> Iterator[Problem]:
    """Comments and tracked changes in a paper that is to be published."""
    left = list(story.root.iter(*map(qn, _ONLY_PUBLISHED)))
    if left:
        cure = "Accept or reject the changes and delete the comments, under Review."
        yield error("P525", story.place(left[0]), "Comments or tracked changes are left in the paper.", cure)
