"""Records, wording and dates become the context of a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.blocks import Block, Context, Fact, Run, Table
from pipeline.dates import Dates
from pipeline.formats import Formats
from pipeline.problems import Place, Problem
from pipeline.records import Comment, Records, Sentence
from pipeline.report import Report
from pipeline.transform.appendices import appendix_list, background_papers, mentioned, numbered
from pipeline.transform.facts import Answer, Facts, Trace
from pipeline.transform.lists import make_lists, slug
from pipeline.transform.names import header_facts, header_fields, names_for
from pipeline.transform.sections import Speaker
from pipeline.transform.views import View

APPENDICES = "appendices"
BACKGROUND_PAPERS = "background_papers"


@dataclass(frozen=True, slots=True)
class Transformed:
    """The context, what went wrong on the way, and every list as it was drawn on."""

    context: Context
    problems: tuple[Problem, ...]
    lists: Mapping[str, Sequence[Facts]]


def transform(report: Report, records: Records, sentences: Sequence[Sentence], dates: Dates) -> Transformed:
    """The context of one paper, all problems of wording met on the way, and the lists drawn on.

    Raises PaperError where the report's own lists hang in the air.
    """
    view, formats = View(report, records, dates), Formats(report.date_style)
    lists: dict[str, Sequence[Facts]] = {**make_lists(view), **comment_lists(report, records, view.trace)}
    lists["background paper"] = ()
    fields = header_fields(view, formats)
    speaker = Speaker(lists, names_for(view, fields, lists), formats, view.trace)

    sections = {name: speak(speaker, name, report, records, sentences) for name in section_names(report, sentences)}
    appended = mentioned(sections)
    lists["background paper"] = background_papers(view, sections, appended)
    sections[BACKGROUND_PAPERS] = speaker.section(of_section(sentences, BACKGROUND_PAPERS))
    numbers, label = {key: number for number, key in enumerate(appended, 1)}, report.appendix_label
    done = {name: tuple(numbered(each, numbers, label) for each in blocks) for name, blocks in sections.items()}
    done[APPENDICES] = appendix_list(view, appended)
    context = Context(fields, done, header_facts(view, fields))
    return Transformed(context, tuple(speaker.problems), lists)


def section_names(report: Report, sentences: Sequence[Sentence]) -> list[str]:
    """Sections in the wording sheet's order, then the comments; not those that depend on what the others say."""
    named = dict.fromkeys([*(slug(each.section) for each in sentences), *report.comments])
    return [name for name in named if name not in (APPENDICES, BACKGROUND_PAPERS)]


def of_section(sentences: Sequence[Sentence], name: str) -> list[Sentence]:
    """The sentences of one section."""
    return [each for each in sentences if slug(each.section) == name]


def speak(
    speaker: Speaker, name: str, report: Report, records: Records, sentences: Sequence[Sentence]
) -> tuple[Block | Table, ...]:
    """One section: what its sentences say, then the comment of that name."""
    said = speaker.section(of_section(sentences, name))
    return (*said, *comment_blocks(report, name, comment_of(records, name))) if name in report.comments else said


def comment_of(records: Records, name: str) -> Comment | None:
    """The comment of a section, if it has come."""
    return next((each for each in records.comments if each.section == name), None)


def comment_lists(report: Report, records: Records, trace: Trace) -> dict[str, Sequence[Facts]]:
    """`finance comment` and the like: the comment's paragraphs, so that wording can tell whether it has come."""
    lists: dict[str, Sequence[Facts]] = {}
    for name in report.comments:
        found = comment_of(records, name)
        paragraphs = found.paragraphs if found else ()
        answers = [Answer("".join(run.text for run in each.runs), (each.source,)) for each in paragraphs]
        lists[f"{name} comment"] = [
            Facts("comment", f"{n}", {"text": each}, trace) for n, each in enumerate(answers, 1)
        ]
    return lists


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
