"""Accessibility of text: real headings in order, no blank lines, no numbers typed by hand, and a look that can be read.

A fault of the look that a style makes is told once, where the style is first used; one made by hand once a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.opc import Element
from pipeline.problems import Place, Problem
from pipeline.word.contrast import ENOUGH_CONTRAST, Shading
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story, shortened
from pipeline.word.styles import DEFAULTS, Styles, is_on, points_of
from pipeline.word.xml import is_in_table, qn

SMALLEST = 12  # points
_SERIF = re.compile(
    r"times|roman|georgia|garamond|cambria|palatino|book ?(antiqua|man)|century(?! gothic)|courier|comic|script|"
    r"baskerville|bodoni|rockwell|liberation serif|caladea|papyrus",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \u00a0]{3,}|\t{2,}|\n{2,}")
_TYPED = re.compile(
    r"(\(?\d{1,2}(\.\d{1,2})*[.)]|\(?[a-z]\)|\([ivx]+\)|[•●▪*–-])\s|\d{1,2}(\.\d{1,2})+\s+(?=[A-Z“\"‘'(])"
)
_SEEN = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldChar", "w:fldSimple", "w:sdt")))
_LONGEST_HEADING, _LONG_ITALICS, _SHOUT = 10, 8, 10  # words, words, letters


def text_problems(story: Story) -> Iterator[Problem]:
    """What is wrong with the text of a story: P503 to P505 and P511 to P513, then its look (P516 to P519)."""
    texts = {paragraph: seen.text for paragraph, seen in story.paragraphs.items()}
    outside = [(paragraph, text.strip()) for paragraph, text in texts.items() if not is_in_table(paragraph)]
    yield from _headings(story, outside)
    before = ""
    for paragraph, text in outside:
        if text:
            yield from _worded(story, paragraph, text)
        elif _is_blank(story, paragraph):
            yield problem("P511", story.place(paragraph), "after" if before else "", words=shortened(before))
        before = text
    for paragraph, text in texts.items():
        if _BLANKS.search(text):
            yield problem("P512", story.place(paragraph), words=shortened(text))
    yield from look_problems(story)


def _headings(story: Story, outside: Sequence[tuple[Element, str]]) -> Iterator[Problem]:
    """Headings: there are some, none is empty, and no level is left out (WCAG 1.3.1, 2.4.6)."""
    headings = [(paragraph, text) for paragraph, text in outside if story.styles.is_heading(paragraph)]
    last = 0
    for paragraph, text in headings:
        level = story.styles.level(paragraph)
        if not text:
            yield problem("P503", story.place(paragraph), "empty")
        elif level > last + 1:
            place, way = story.place(paragraph), "" if last else "first"
            yield problem("P504", place, way, words=shortened(text), level=level, last=last, wanted=last + 1)
        last = level if text else last
    if not headings:
        yield problem("P503", Place(story.file))


def _worded(story: Story, paragraph: Element, text: str) -> Iterator[Problem]:
    """Text that only looks like a heading, and numbers that Word does not know of."""
    style = story.styles.names.get(story.styles.style(paragraph), "").casefold()
    is_known = story.styles.is_heading(paragraph) or style in {"title", "subtitle"}
    if not is_known and len(text.split()) <= _LONGEST_HEADING and _is_bold(story, paragraph):
        yield problem("P505", story.place(paragraph), words=shortened(text))
    if _TYPED.match(text) and not story.styles.is_numbered(paragraph):
        yield problem("P513", story.place(paragraph), words=shortened(text))


def _is_bold(story: Story, paragraph: Element) -> bool:
    """Is all its text bold, by its own formatting or its character styles?"""
    shown = story.paragraphs[paragraph].runs
    own = [story.styles.of_run(run, paragraph, "b") for run, text in shown.items() if text.strip()]
    return bool(own) and all(map(is_on, own))


def _is_blank(story: Story, paragraph: Element) -> bool:
    """Is there nothing to see in it? The paragraph that Word demands after a table at the very end is none such."""
    if story.styles.is_heading(paragraph) or next(paragraph.iter(*_SEEN), None) is not None:
        return False
    after, before = paragraph.getnext(), paragraph.getprevious()
    return after is None or after.tag != qn("w:sectPr") or before is None or before.tag != qn("w:tbl")


class _Flaw(NamedTuple):
    """Something in the look of text: it is said of the style that makes it so, or else of the paragraph."""

    code: str
    spot: Element
    style: str = ""
    way: str = ""
    words: Mapping[str, object] = {}


def look_problems(story: Story) -> Iterator[Problem]:
    """What is wrong with the look of a story (P516 to P519)."""
    shading, told = Shading(story.styles), set[tuple[object, ...]]()
    for paragraph, seen in story.paragraphs.items():
        for flaw in _flaws(shading, seen):
            key = (flaw.code, flaw.way, *flaw.words.values(), flaw.style or paragraph)
            if key not in told:
                told.add(key)
                subjects = {"": f"“{shortened(seen.text)}”", DEFAULTS: "Ordinary text"}
                subject = subjects.get(flaw.style, f"The style “{flaw.style}”")
                yield problem(flaw.code, story.place(flaw.spot), flaw.way, subject=subject, **flaw.words)


def _flaws(shading: Shading, seen: Paragraph) -> Iterator[_Flaw]:
    """Those of one paragraph, then of each of its runs."""
    runs = {run: text for run, text in seen.runs.items() if text.strip()}
    if runs:
        yield from _of_paragraph(shading.styles, seen, runs)
    in_fields = {piece.run for piece in seen.pieces if piece.field is not None}  # each of which may be a link
    for run in runs:
        yield from _marked(shading.styles, seen.element, run, is_link=run in in_fields)
        yield from _sized(shading.styles, seen.element, run)
        look = shading.letters(seen.element, run)
        if look and look.contrast < ENOUGH_CONTRAST:  # WCAG 1.4.3
            told = {"ink": look.ink, "paper": look.paper, "contrast": look.contrast}
            yield _Flaw("P519", run, look.style, words=told)


def _of_paragraph(styles: Styles, seen: Paragraph, runs: Mapping[Element, str]) -> Iterator[_Flaw]:
    """Uneven gaps, capitals and italics that go on, which are hard to read for many (GOV.UK)."""
    paragraph = seen.element
    aligned = styles.of_paragraph(paragraph, "jc")
    if aligned and aligned.value in ("both", "distribute"):
        yield _Flaw("P517", paragraph, aligned.style)
    letters = "".join(filter(str.isalpha, seen.text))
    if len(letters) >= _SHOUT and letters.isupper():
        yield _Flaw("P518", paragraph, way="typed")
    looks = {run: found for run in runs if (found := styles.of_run(run, paragraph, "i")) and is_on(found)}
    if sum(len(runs[run].split()) for run in looks) > _LONG_ITALICS:
        run, found = next(iter(looks.items()))
        yield _Flaw("P518", run, found.style, "slanted")


def _marked(styles: Styles, paragraph: Element, run: Element, *, is_link: bool) -> Iterator[_Flaw]:
    """Underlining outside links, and text shown in capitals (GOV.UK)."""
    underline, capitals = (styles.of_run(run, paragraph, name) for name in ("u", "caps"))
    linked = is_link or next(run.iterancestors(qn("w:hyperlink")), None) is not None
    if underline and is_on(underline) and not linked:
        yield _Flaw("P518", run, underline.style)
    if capitals and is_on(capitals):
        yield _Flaw("P518", run, capitals.style, "shown")


def _sized(styles: Styles, paragraph: Element, run: Element) -> Iterator[_Flaw]:
    """Text below 12 points, and letters with serifs (GOV.UK)."""
    size, fonts = (styles.of_run(run, paragraph, name) for name in ("sz", "rFonts"))
    points = points_of(size)
    if points < SMALLEST:
        yield _Flaw("P516", run, size.style if size else DEFAULTS, words={"points": points})
    face = fonts.element.get(qn("w:ascii"), "") if fonts and not fonts.element.get(qn("w:asciiTheme")) else ""
    if fonts and _SERIF.search(face):
        yield _Flaw("P516", run, fonts.style, "serif", {"face": face})
