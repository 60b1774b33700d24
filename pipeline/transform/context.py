"""Records, wording and dates become the context of a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.blocks import Block, Context, Fact, Run, Table
from pipeline.dates import Dates
from pipeline.formats import Formats
from pipeline.kinds import Comment, Records, Sentence
from pipeline.problems import Place, Problem
from pipeline.report import Report
from pipeline.transform.appendices import appendix_list, background_papers, mentioned, numbered
from pipeline.transform.facts import Answer, Facts, Trace
from pipeline.transform.lazily import Lazily, Once
from pipeline.transform.lists import Lists, make_lists, slug
from pipeline.transform.names import header_facts, header_fields, names_for
from pipeline.transform.sections import Speaker
from pipeline.transform.views import View

APPENDICES = "appendices"
BACKGROUND_PAPERS = "background_papers"
BACKGROUND = "background paper"


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
    background: list[Facts] = []
    lists = lists_of(view, background)
    fields = header_fields(view, formats)
    speaker = Speaker(lists, names_of(view, fields, lists), formats, view.trace)

    spoken = by_section(sentences)
    names = dict.fromkeys(each for each in (*spoken, *report.comments) if each not in (APPENDICES, BACKGROUND_PAPERS))
    sections = {name: speak(speaker, name, report, records, spoken.get(name, ())) for name in names}
    appended = mentioned(sections)
    background.extend(background_papers(view, sections, appended, lists))
    sections[BACKGROUND_PAPERS] = speaker.section(spoken.get(BACKGROUND_PAPERS, ()))
    numbers, label = {key: number for number, key in enumerate(appended, 1)}, report.appendix_label
    done = {name: tuple(numbered(each, numbers, label) for each in blocks) for name, blocks in sections.items()}
    done[APPENDICES] = appendix_list(view, appended)
    context = Context(fields, done, header_facts(view, fields))
    return Transformed(context, tuple(speaker.problems), lists)


def lists_of(view: View, background: Sequence[Facts]) -> Lazily[Sequence[Facts]]:
    """Every list, the background papers among them, which are known only when the rest of the paper is."""
    comments = comment_lists(view.report, view.records, view.trace)
    return Lazily({**make_lists(view), **comments, BACKGROUND: Once(lambda: background)})


def names_of(view: View, fields: Mapping[str, str], lists: Lazily[Sequence[Facts]]) -> Mapping[str, object]:
    """What a sentence may name; as a name, the background papers stay empty."""
    return names_for(view, fields, Lazily({**lists.makers, BACKGROUND: Once(tuple)}))


def by_section(sentences: Sequence[Sentence]) -> Mapping[str, Sequence[Sentence]]:
    """The sentences of each section, sections in the sheet's order."""
    found: dict[str, list[Sentence]] = {}
    for each in sentences:
        found.setdefault(slug(each.section), []).append(each)
    return found


def speak(
    speaker: Speaker, name: str, report: Report, records: Records, sentences: Sequence[Sentence]
) -> tuple[Block | Table, ...]:
    """One section: what its sentences say, then the comment of that name."""
    said = speaker.section(sentences)
    return (*said, *comment_blocks(report, name, comment_of(records, name))) if name in report.comments else said


def comment_of(records: Records, name: str) -> Comment | None:
    """The comment of a section, if it has come."""
    return next((each for each in records.comments if each.section == name), None)


def comment_lists(report: Report, records: Records, trace: Trace) -> Lists:
    """`finance comment` and the like: the comment's paragraphs, so that wording can tell whether it has come."""
    return {
        f"{name} comment": Once(partial(paragraphs_of, comment_of(records, name), trace)) for name in report.comments
    }


def paragraphs_of(comment: Comment | None, trace: Trace) -> Sequence[Facts]:
    """A comment's paragraphs as facts."""
    paragraphs = comment.paragraphs if comment else ()
    answers = [Answer("".join(run.text for run in each.runs), (each.source,)) for each in paragraphs]
    return [Facts("comment", f"{n}", {"text": each}, trace) for n, each in enumerate(answers, 1)]


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
