"""Accessibility of paragraphs: real headings in order, no blank lines, no numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problems import Place, Problem, error, warning
from pipeline.word.story import Story, is_in_table, shortened, words
from pipeline.word.styles import BODY_TEXT, is_on
from pipeline.word.xml import RUN, Element, paragraphs, qn

_BLANKS = re.compile(r"[ \u00a0]{3,}|\t{2,}|\n{2,}")
_TYPED = re.compile(
    r"(\(?\d{1,2}(\.\d{1,2})*[.)]|\(?[a-z]\)|\([ivx]+\)|[•●▪*–-])\s|\d{1,2}(\.\d{1,2})+\s+(?=[A-Z“\"‘'(])"
)
_SEEN = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldChar", "w:fldSimple", "w:sdt")))
_TITLE_STYLES = {"title", "subtitle"}
_LONGEST_HEADING = 10


def paragraph_problems(story: Story) -> Iterator[Problem]:
    """What is wrong with the paragraphs outside tables, and with blanks anywhere (P503-P505, P511-P513)."""
    outside = [each for each in paragraphs(story.root) if not is_in_table(each)]
    seen = {each: seen.text for each, seen in story.paragraphs.items()}
    texts = [seen[each] for each in outside]
    yield from heading_problems(story, outside, texts)
    for paragraph, text, before in zip(outside, texts, ["", *texts], strict=False):
        if text.strip():
            yield from worded(story, paragraph, text.strip())
        elif is_blank(story, paragraph):
            after = f"after “{shortened(before)}”" if before.strip() else "where nothing needs one"
            yield error("P511", story.place(paragraph), f"A blank line stands {after}.",
                        "Delete it, and set the space between paragraphs in the style.")  # fmt: skip
    for paragraph, text in seen.items():
        if _BLANKS.search(text):
            yield error("P512", story.place(paragraph), f"“{shortened(text)}” is laid out with repeated blanks.",
                        "Use a tab stop, an indent or a table in place of blanks, tabs and line breaks.")  # fmt: skip


def heading_problems(story: Story, outside: list[Element], texts: list[str]) -> Iterator[Problem]:
    """Headings: there are some, none is empty, and no level is left out (WCAG 1.3.1, 2.4.6)."""
    last, found = 0, False
    for paragraph, text in zip(outside, texts, strict=True):
        level = story.styles.level(paragraph)
        if level == BODY_TEXT:
            continue
        found = True
        if not text.strip():
            yield error("P503", story.place(paragraph), "A heading has no words.", "Delete it.")
        elif level > last + 1:
            after = f"one of level {last}" if last else "none at all"
            told = f"The heading “{shortened(text)}” is of level {level} after {after}."
            yield error("P504", story.place(paragraph), told, f"Give it the style Heading {last + 1}.")  # fmt: skip
        last = level if text.strip() else last
    if not found:
        yield error("P503", Place(story.file), "The paper has no headings to find one’s way by.",
                    "Give its headings the styles Heading 1, Heading 2 and so on.")  # fmt: skip


def worded(story: Story, paragraph: Element, text: str) -> Iterator[Problem]:
    """Text that only looks like a heading, and numbers that Word does not know of."""
    style = story.styles.names.get(story.styles.style(paragraph), "").casefold()
    is_known = story.styles.is_heading(paragraph) or style in _TITLE_STYLES
    if not is_known and len(text.split()) <= _LONGEST_HEADING and is_bold(story, paragraph):
        yield warning("P505", story.place(paragraph), f"“{shortened(text)}” looks like a heading and is not one.",
                      "Give it the style of a heading, or take the bold off.")  # fmt: skip
    if _TYPED.match(text) and not story.styles.is_numbered(paragraph):
        yield error("P513", story.place(paragraph), f"The number or bullet of “{shortened(text)}” was typed.",
                    "Delete it, and give the paragraph a style that Word numbers.")  # fmt: skip


def is_bold(story: Story, paragraph: Element) -> bool:
    """Is all its text bold, by its own formatting or its character styles?"""
    own = [story.styles.of_run(run, paragraph, "b") for run in paragraph.iter(RUN) if words(run)]
    return bool(own) and all(is_on(each) for each in own)


def is_blank(story: Story, paragraph: Element) -> bool:
    """Is there nothing to see in it? The paragraph that Word demands after a table at the very end is none such."""
    if story.styles.is_heading(paragraph) or next(paragraph.iter(*_SEEN), None) is not None:
        return False
    after, before = paragraph.getnext(), paragraph.getprevious()
    ends = after is not None and after.tag == qn("w:sectPr") and before is not None and before.tag == qn("w:tbl")
    return not ends
