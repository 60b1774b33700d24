"""What people typed into a draft: every paragraph whose words are not those that the program wrote, judged like others.

What the program wrote was judged where it came from, and is not told twice: not of a paragraph that nobody touched, nor
of one in which somebody changed other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.baseline import Baseline, Written
from pipeline.blocks import MARK_PREFIX, Context, mark_name
from pipeline.dates import Dates
from pipeline.kinds import Records
from pipeline.problems import Place, Problem
from pipeline.report import Report
from pipeline.rules import Case, problems_of_words
from pipeline.rules.passages import MADE, Passage
from pipeline.rules.written_dates import sentences_of
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story
from pipeline.word.unseen import unseen_words
from pipeline.word.xml import ROW, marks_of, style_of

REFERENCE = re.compile(rf"\[\[{MARK_PREFIX}\w+\]\]")


@dataclass(frozen=True, slots=True)
class DraftStories:
    """A draft's stories, without hidden text; what the program wrote into it, and the stories that it would write now.

    `base` is None where nobody knows, and `fresh` empty where no paper can be made.
    """

    stories: Sequence[Story]
    base: Baseline | None
    fresh: Sequence[Story] = ()


@dataclass(slots=True)
class Typed:
    """The passages typed, what the program wrote in their places, and the other texts of the draft."""

    passages: list[Passage] = field(default_factory=list)
    before: list[Passage] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def check_draft(report: Report, records: Records, context: Context, dates: Dates, draft: DraftStories) -> list[Problem]:
    """All problems of what people typed into a draft, and of words in it that nobody can see, placed in the draft."""
    typed = typed_into(draft, context)

    def judged(passages: Sequence[Passage]) -> list[Problem]:
        case = Case(records, dates, report, context, typed=tuple(passages), others=tuple(typed.others))
        return problems_of_words(case)

    known = set(map(subject, judged(typed.before)))
    hidden = list(unseen(draft.stories))
    designed = {each.message for each in unseen(draft.fresh)} if hidden else set()
    return [
        *(each for each in judged(typed.passages) if subject(each) not in known),
        *(each for each in hidden if each.message not in designed),
    ]


def unseen(stories: Iterable[Story]) -> Iterator[Problem]:
    """The words of some stories that nobody can see."""
    return (problem for story in stories for problem in unseen_words(story))


def subject(problem: Problem) -> tuple[str, Place, str]:
    """What a problem is about: its code, its place and the words it quotes first."""
    words, closed, _ = problem.message.partition("“")[2].partition("”")
    return problem.code, problem.place, words if closed else problem.message


def typed_into(draft: DraftStories, context: Context) -> Typed:
    """The paragraphs of a draft that read otherwise than the program wrote them, and all others."""
    known = {*texts_of(draft.base), *(plain(p.kept) for each in draft.fresh for p in each.paragraphs.values())}
    former, found = Former(draft.base), Typed()
    for story, paragraph, text, section in in_sections(draft.stories, context):
        if not text:
            continue
        if plain(paragraph.kept) in known:
            found.others.append(text)
            continue
        element = paragraph.element
        row, number = next(element.iterancestors(ROW), None), str(len(found.passages))
        place, in_table = story.place_in_words(element), row is not None
        typed = typed_text(paragraph)
        found.passages.append(Passage(text, "draft", section, number, typed, stands=place, in_table=in_table))
        for block in former.blocks(text, marks_of(element if row is None else row)):
            for line in lines_of(block):
                was = REFERENCE.sub(MADE, line)
                found.before.append(Passage(was, "draft", section, number, was, stands=place, in_table=in_table))
    return found


class Former:
    """The blocks that the program wrote, to be found where somebody changed, split or joined them."""

    def __init__(self, base: Baseline | None) -> None:
        blocks = base.blocks if base else ()
        self.marked = {mark_name(each.key): each for each in blocks}
        self.said = {said: each for each in blocks for line in lines_of(each) for said in sentences_of(line)}

    def blocks(self, text: str, marks: Iterable[str]) -> list[Written]:
        """The blocks that a text has the marks of, or a whole sentence; each once."""
        found = [*map(self.marked.get, marks), *map(self.said.get, sentences_of(text))]
        return list(dict.fromkeys(each for each in found if each))


def in_sections(stories: Iterable[Story], context: Context) -> Iterator[tuple[Story, Paragraph, str, str]]:
    """Every paragraph with its story, its words as they are seen, and its section: that of its block, or of the one
    before it in the same style.
    """
    sections = {mark_name(each.key): name for name, blocks in context.sections.items() for each in blocks}
    for story in stories:
        section, style = "", ""
        for element, paragraph in story.paragraphs.items():
            own = next((sections[mark] for mark in paragraph.marks if mark in sections), "")
            if own or story.styles.is_heading(element):
                section, style = own, style_of(element)
            yield story, paragraph, paragraph.text.strip(), section if style_of(element) == style else ""


def texts_of(base: Baseline | None) -> Iterator[str]:
    """All that the program wrote, ready to be compared: each paragraph and cell, and the lines of either."""
    for block in base.blocks if base else ():
        yield from map(plain, (*block.texts, *lines_of(block)))


def lines_of(block: Written) -> list[str]:
    """The lines of a block."""
    return [line for text in block.texts for line in text.split("\n")]


def plain(text: str) -> str:
    """A text with one blank for many."""
    return " ".join(text.split())


def typed_text(paragraph: Paragraph) -> str:
    """What was typed: fields, which Word fills in, count as one character."""
    stretches = groupby(paragraph.pieces, key=lambda piece: piece.field)
    return "".join("".join([piece.text for piece in pieces]) if field is None else MADE for field, pieces in stretches)
