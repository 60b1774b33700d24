"""Records, wording and dates become the context of a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.blocks import Block, Context, Fact, Run, Table
from pipeline.dates import Dates
from pipeline.formats import Formats
from pipeline.kinds import Comment, Records, Sentence
from pipeline.language import World, slug
from pipeline.position import Position
from pipeline.problems import Place, Problem
from pipeline.report import Report
from pipeline.transform.appendices import appendix_list, background_papers, mentioned, numbered
from pipeline.transform.sections import Speaker
from pipeline.transform.vocabulary import BACKGROUND, CALENDAR_FIELDS, vocabulary
from pipeline.transform.world import comment_of, header_fields, meeting_of, world_of

APPENDICES = "appendices"
BACKGROUND_PAPERS = "background_papers"


@dataclass(frozen=True, slots=True)
class Transformed:
    """The context, what went wrong on the way, and the world in which it was said."""

    context: Context
    problems: tuple[Problem, ...]
    world: World


def transform(report: Report, records: Records, sentences: Sequence[Sentence], dates: Dates) -> Transformed:
    """The context of one paper, and all problems of wording met on the way.

    Raises PaperError where the report's own lists hang in the air.
    """
    position, formats, known = Position(records, dates), Formats(report.date_style), vocabulary(report)
    world = world_of(report, position, known, formats)
    speaker = Speaker(known, world)

    spoken = by_section(sentences)
    names = dict.fromkeys(each for each in (*spoken, *report.comments) if each not in (APPENDICES, BACKGROUND_PAPERS))
    sections = {name: speak(speaker, name, report, position, spoken.get(name, ())) for name in names}
    appended = mentioned(sections)
    world.names[BACKGROUND] = background_papers(report, known, world, sections, appended)
    sections[BACKGROUND_PAPERS] = speaker.section(spoken.get(BACKGROUND_PAPERS, ()))
    numbers, label = {key: number for number, key in enumerate(appended, 1)}, report.appendix_label
    done = {name: tuple(numbered(each, numbers, label) for each in blocks) for name, blocks in sections.items()}
    done[APPENDICES] = appendix_list(world, appended)
    fields = header_fields(report, meeting_of(position), formats)
    return Transformed(Context(fields, done, header_facts(report, position, fields)), tuple(speaker.problems), world)


def header_facts(report: Report, position: Position, fields: Mapping[str, str]) -> dict[str, Fact]:
    """Where each single field comes from: the calendar's row, else the report's settings."""
    meeting = meeting_of(position)
    settings = Place(f"{report.name}/report.toml", near="[fields]")

    def source(name: str) -> Place:
        return meeting.place(CALENDAR_FIELDS[name]) if name in CALENDAR_FIELDS else settings

    return {name: Fact(text, (source(name),)) for name, text in fields.items()}


def by_section(sentences: Sequence[Sentence]) -> Mapping[str, Sequence[Sentence]]:
    """The sentences of each section, sections in the sheet's order."""
    found: dict[str, list[Sentence]] = {}
    for each in sentences:
        found.setdefault(slug(each.section), []).append(each)
    return found


def speak(
    speaker: Speaker, name: str, report: Report, position: Position, sentences: Sequence[Sentence]
) -> tuple[Block | Table, ...]:
    """One section: what its sentences say, then the comment of that name."""
    said = speaker.section(sentences)
    comment = comment_of(position, name)
    return (*said, *comment_blocks(report, name, comment)) if name in report.comments else said


def comment_blocks(report: Report, name: str, comment: Comment | None) -> tuple[Block, ...]:
    """A service's own words, as sent; until they come, what the settings say stands in their place."""
    if comment is None:
        place = Place(f"{report.name}/report.toml", near=f"[comments.{name}]")
        to_follow = report.comments[name].to_follow
        return (Block(f"{name}/to-follow", (Run(to_follow),), "placeholder", (Fact("", (place,)),)),)
    return tuple(
        Block(
            f"{name}/{number}", each.runs, each.style, (Fact("".join(run.text for run in each.runs), (each.source,)),)
        )
        for number, each in enumerate(comment.paragraphs, 1)
    )
