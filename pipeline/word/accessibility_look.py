"""Accessibility of how text looks: large enough, plain, left-aligned, and dark enough on its background.

A fault that a style makes is told once, where the style is first used; one made by hand is told once a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.problems import Level, Problem
from pipeline.word.accessibility_colour import ENOUGH_CONTRAST, Shading
from pipeline.word.story import Story, first_of, seen, shortened, words
from pipeline.word.styles import DEFAULTS, Found, is_on
from pipeline.word.xml import PARAGRAPH, RUN, Element, paragraphs, qn

SMALLEST = 12  # points
_UNSET = 10  # Word's own size where nobody sets one
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")
_SERIF = re.compile(
    r"times|roman|georgia|garamond|cambria|palatino|book ?(antiqua|man)|century(?! gothic)|courier|comic|script|"
    r"baskerville|bodoni|rockwell|liberation serif|caladea|papyrus",
    re.IGNORECASE,
)
_SHOUT = 10
_LONG_ITALICS = 8


@dataclass
class Findings:
    """Problems as they are met, each fault of a style or paragraph once."""

    story: Story
    problems: list[Problem] = field(default_factory=list)
    told: set[tuple[str, str, object]] = field(default_factory=set)

    def add(self, code: str, level: Level, what: str, cure: str, spot: Element, style: str = "") -> None:
        """`what` is said of the style that makes it so, or else of the paragraph, quoted."""
        paragraph = first_of(spot, PARAGRAPH)
        key = (code, what, style or paragraph)
        if key not in self.told:
            self.told.add(key)
            text = "" if paragraph is None else shortened(seen(paragraph).text)
            subject = {"": f"“{text}”", DEFAULTS: "Ordinary text"}.get(style, f"The style “{style}”")
            self.problems.append(Problem(code, f"{subject} {what}.", cure, self.story.place(spot), level))


def look_problems(story: Story) -> list[Problem]:
    """What is wrong with the look of the main text (P516-P519)."""
    findings, shading = Findings(story), Shading(story)
    for paragraph in paragraphs(story.root):
        runs = [run for run in paragraph.iter(RUN) if words(run) and first_of(run, PARAGRAPH) is paragraph]
        if runs:
            aligned(findings, paragraph)
            plain(findings, paragraph, runs)
            for run in runs:
                sized(findings, paragraph, run)
                contrasted(findings, shading, paragraph, run)
    return findings.problems


def aligned(findings: Findings, paragraph: Element) -> None:
    """Justified text, whose uneven gaps are hard to read for many (GOV.UK)."""
    found = findings.story.styles.of_paragraph(paragraph, "jc")
    if found and found.value in ("both", "distribute"):
        findings.add("P517", Level.WARNING, "is justified", "Align it left.", paragraph, found.style)


def sized(findings: Findings, paragraph: Element, run: Element) -> None:
    """Text below 12 points, and letters with serifs (GOV.UK)."""
    size = findings.story.styles.of_run(run, paragraph, "sz")
    points = points_of(size)
    if points < SMALLEST:
        made_by = size.style if size else DEFAULTS
        findings.add("P516", Level.ERROR, f"is set in {points:g} points", "Use 12 points or more.", run, made_by)
    fonts = findings.story.styles.of_run(run, paragraph, "rFonts")
    face = fonts.element.get(qn("w:ascii"), "") if fonts and not fonts.element.get(qn("w:asciiTheme")) else ""
    if fonts and _SERIF.search(face):
        cure = "Use a font without serifs, such as Arial."
        findings.add("P516", Level.WARNING, f"is set in {face}", cure, run, fonts.style)


def points_of(size: Found | None) -> float:
    """A size in points: kept as half-points, or written with its unit (`10.5pt`)."""
    if size is None:
        return _UNSET
    written = _POINTS.fullmatch(size.value)
    if written:
        return float(written[1])
    return int(size.value) / 2 if size.value.isdecimal() else SMALLEST


def plain(findings: Findings, paragraph: Element, runs: list[Element]) -> None:
    """Underlining outside links, capitals, and italics that go on (GOV.UK)."""
    styles, add, linked = findings.story.styles, findings.add, linked_runs(paragraph)
    for run in runs:
        underline, capitals = (styles.of_run(run, paragraph, name) for name in ("u", "caps"))
        if underline and is_on(underline) and run not in linked:
            add("P518", Level.WARNING, "is underlined, as if it were a link", "Use bold instead.", run, underline.style)
        if capitals and is_on(capitals):
            add("P518", Level.WARNING, "is shown in capitals", "Use ordinary letters.", run, capitals.style)
    letters = [letter for letter in seen(paragraph).text if letter.isalpha()]
    if len(letters) >= _SHOUT and all(letter.isupper() for letter in letters):
        add("P518", Level.WARNING, "is typed in capitals", "Type it in ordinary letters.", paragraph)
    slanted = [run for run in runs if is_on(styles.of_run(run, paragraph, "i"))]
    if sum(len(words(run).split()) for run in slanted) > _LONG_ITALICS:
        made_by = styles.of_run(slanted[0], paragraph, "i")
        add(
            "P518",
            Level.WARNING,
            "is long for italics",
            "Use ordinary letters.",
            slanted[0],
            made_by.style if made_by else "",
        )


def linked_runs(paragraph: Element) -> set[Element]:
    """The runs that stand in a link, or in a field, which may be one."""
    depth, linked = 0, set[Element]()
    for run in paragraph.iter(RUN):
        kind = run.find(qn("w:fldChar"))
        depth += 0 if kind is None else {"end": -1, "begin": 1}.get(kind.get(qn("w:fldCharType"), ""), 0)
        if depth > 0 or next(run.iterancestors(qn("w:hyperlink"), qn("w:fldSimple")), None) is not None:
            linked.add(run)
    return linked


def contrasted(findings: Findings, shading: Shading, paragraph: Element, run: Element) -> None:
    """Letters too pale for what lies behind them (WCAG 1.4.3)."""
    letters = shading.letters(paragraph, run)
    if letters and letters.contrast < ENOUGH_CONTRAST:
        told = f"is too pale to read: colour {letters.ink} on {letters.paper}, contrast {letters.contrast:.1f} to 1"
        findings.add("P519", Level.ERROR, told, "Use black or another dark colour.", run, letters.style)
