"""Accessibility of text: real headings in order, no blank lines, no numbers typed by hand, and a look that can be read.

A fault of the look that a style makes is told once, where the style is first used; one made by hand once a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.opc import Element
from pipeline.problems import Level, Place, Problem, error, warning
from pipeline.word.contrast import ENOUGH_CONTRAST, Shading
from pipeline.word.story import Story, first_of, is_in_table, shortened, words
from pipeline.word.styles import DEFAULTS, Found, is_on
from pipeline.word.xml import PARAGRAPH, RUN, paragraphs, qn

SMALLEST = 12  # points
_UNSET = 10  # Word's own size where nobody sets one
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")
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
_ORDINARY = "Use ordinary letters."


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
            after = f"after “{shortened(before)}”" if before else "where nothing needs one"
            cure = "Delete it, and set the space between paragraphs in the style."
            yield error("P511", story.place(paragraph), f"A blank line stands {after}.", cure)
        before = text
    for paragraph, text in texts.items():
        if _BLANKS.search(text):
            cure = "Use a tab stop, an indent or a table in place of blanks, tabs and line breaks."
            told = f"“{shortened(text)}” is laid out with repeated blanks."
            yield error("P512", story.place(paragraph), told, cure)
    yield from look_problems(story)


def _headings(story: Story, outside: Sequence[tuple[Element, str]]) -> Iterator[Problem]:
    """Headings: there are some, none is empty, and no level is left out (WCAG 1.3.1, 2.4.6)."""
    headings = [(paragraph, text) for paragraph, text in outside if story.styles.is_heading(paragraph)]
    last = 0
    for paragraph, text in headings:
        level = story.styles.level(paragraph)
        if not text:
            yield error("P503", story.place(paragraph), "A heading has no words.", "Delete it.")
        elif level > last + 1:
            after = f"one of level {last}" if last else "none at all"
            told = f"The heading “{shortened(text)}” is of level {level} after {after}."
            yield error("P504", story.place(paragraph), told, f"Give it the style Heading {last + 1}.")
        last = level if text else last
    if not headings:
        cure = "Give its headings the styles Heading 1, Heading 2 and so on."
        yield error("P503", Place(story.file), "The paper has no headings to find one’s way by.", cure)


def _worded(story: Story, paragraph: Element, text: str) -> Iterator[Problem]:
    """Text that only looks like a heading, and numbers that Word does not know of."""
    style = story.styles.names.get(story.styles.style(paragraph), "").casefold()
    is_known = story.styles.is_heading(paragraph) or style in {"title", "subtitle"}
    if not is_known and len(text.split()) <= _LONGEST_HEADING and _is_bold(story, paragraph):
        cure = "Give it the style of a heading, or take the bold off."
        told = f"“{shortened(text)}” looks like a heading and is not one."
        yield warning("P505", story.place(paragraph), told, cure)
    if _TYPED.match(text) and not story.styles.is_numbered(paragraph):
        cure = "Delete it, and give the paragraph a style that Word numbers."
        yield error("P513", story.place(paragraph), f"The number or bullet of “{shortened(text)}” was typed.", cure)


def _is_bold(story: Story, paragraph: Element) -> bool:
    """Is all its text bold, by its own formatting or its character styles?"""
    own = [story.styles.of_run(run, paragraph, "b") for run in paragraph.iter(RUN) if words(run)]
    return bool(own) and all(map(is_on, own))


def _is_blank(story: Story, paragraph: Element) -> bool:
    """Is there nothing to see in it? The paragraph that Word demands after a table at the very end is none such."""
    if story.styles.is_heading(paragraph) or next(paragraph.iter(*_SEEN), None) is not None:
        return False
    after, before = paragraph.getnext(), paragraph.getprevious()
    return after is None or after.tag != qn("w:sectPr") or before is None or before.tag != qn("w:tbl")


class _Flaw(NamedTuple):
    """Something in the look of text: `what` is said of the style that makes it so, or else of the paragraph."""

    code: str
    level: Level
    what: str
    cure: str
    spot: Element
    style: str = ""


def look_problems(story: Story) -> Iterator[Problem]:
    """What is wrong with the look of a story (P516 to P519)."""
    shading, told = Shading(story), set[tuple[str, str, object]]()
    for paragraph in paragraphs(story.root):
        text = story.paragraphs[paragraph].text
        for flaw in _flaws(shading, paragraph, text):
            key = (flaw.code, flaw.what, flaw.style or paragraph)
            if key not in told:
                told.add(key)
                subjects = {"": f"“{shortened(text)}”", DEFAULTS: "Ordinary text"}
                subject = subjects.get(flaw.style, f"The style “{flaw.style}”")
                place = story.place(flaw.spot)
                yield Problem(flaw.code, f"{subject} {flaw.what}.", flaw.cure, place, flaw.level)


def _flaws(shading: Shading, paragraph: Element, text: str) -> Iterator[_Flaw]:
    styles = shading.story.styles
    runs = [run for run in paragraph.iter(RUN) if words(run) and first_of(run, PARAGRAPH) is paragraph]
    if not runs:
        return
    aligned = styles.of_paragraph(paragraph, "jc")
    if aligned and aligned.value in ("both", "distribute"):  # its uneven gaps are hard to read for many (GOV.UK)
        yield _Flaw("P517", Level.WARNING, "is justified", "Align it left.", paragraph, aligned.style)
    yield from _plain(shading.story, paragraph, runs, text)
    for run in runs:
        yield from _sized(shading.story, paragraph, run)
        letters = shading.letters(paragraph, run)
        if letters and letters.contrast < ENOUGH_CONTRAST:  # WCAG 1.4.3
            what = f"is too pale to read: colour {letters.ink} on {letters.paper}, contrast {letters.contrast:.1f} to 1"
            yield _Flaw("P519", Level.ERROR, what, "Use black or another dark colour.", run, letters.style)


def _sized(story: Story, paragraph: Element, run: Element) -> Iterator[_Flaw]:
    """Text below 12 points, and letters with serifs (GOV.UK)."""
    size = story.styles.of_run(run, paragraph, "sz")
    points = points_of(size)
    if points < SMALLEST:
        what, made_by = f"is set in {points:g} points", size.style if size else DEFAULTS
        yield _Flaw("P516", Level.ERROR, what, "Use 12 points or more.", run, made_by)
    fonts = story.styles.of_run(run, paragraph, "rFonts")
    face = fonts.element.get(qn("w:ascii"), "") if fonts and not fonts.element.get(qn("w:asciiTheme")) else ""
    if fonts and _SERIF.search(face):
        cure = "Use a font without serifs, such as Arial."
        yield _Flaw("P516", Level.WARNING, f"is set in {face}", cure, run, fonts.style)


def points_of(size: Found | None) -> float:
    """A size in points: kept as half-points, or written with its unit (`10.5pt`)."""
    if size is None:
        return _UNSET
    written = _POINTS.fullmatch(size.value)
    if written:
        return float(written[1])
    return int(size.value) / 2 if size.value.isdecimal() else SMALLEST


def _plain(story: Story, paragraph: Element, runs: list[Element], text: str) -> Iterator[_Flaw]:
    """Underlining outside links, capitals, and italics that go on (GOV.UK)."""
    styles, linked = story.styles, _linked_runs(paragraph)
    for run in runs:
        underline, capitals = (styles.of_run(run, paragraph, name) for name in ("u", "caps"))
        if underline and is_on(underline) and run not in linked:
            what = "is underlined, as if it were a link"
            yield _Flaw("P518", Level.WARNING, what, "Use bold instead.", run, underline.style)
        if capitals and is_on(capitals):
            yield _Flaw("P518", Level.WARNING, "is shown in capitals", _ORDINARY, run, capitals.style)
    letters = "".join(filter(str.isalpha, text))
    if len(letters) >= _SHOUT and letters.isupper():
        yield _Flaw("P518", Level.WARNING, "is typed in capitals", "Type it in ordinary letters.", paragraph)
    yield from _slanted(story, paragraph, runs)


def _slanted(story: Story, paragraph: Element, runs: list[Element]) -> Iterator[_Flaw]:
    looks = ((run, story.styles.of_run(run, paragraph, "i")) for run in runs)
    slanted = [(run, found) for run, found in looks if found and is_on(found)]
    if sum(len(words(run).split()) for run, _ in slanted) > _LONG_ITALICS:
        run, found = slanted[0]
        yield _Flaw("P518", Level.WARNING, "is long for italics", _ORDINARY, run, found.style)


def _linked_runs(paragraph: Element) -> set[Element]:
    """The runs that stand in a link, or in a field, which may be one."""
    depth, linked = 0, set[Element]()
    for run in paragraph.iter(RUN):
        kind = run.find(qn("w:fldChar"))
        depth += 0 if kind is None else {"end": -1, "begin": 1}.get(kind.get(qn("w:fldCharType"), ""), 0)
        if depth > 0 or next(run.iterancestors(qn("w:hyperlink"), qn("w:fldSimple")), None) is not None:
            linked.add(run)
    return linked
