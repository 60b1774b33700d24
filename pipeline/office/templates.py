"""A report's Word templates, ready to be filled: what each may name is what the report's settings and wording say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.kinds import Sentence
from pipeline.language import listed_name, slug, table_of
from pipeline.read import open_source
from pipeline.render.compile import Template, compile_template
from pipeline.render.names import Offer, Section
from pipeline.report import Report
from pipeline.transform import APPENDICES, BACKGROUND_PAPERS, vocabulary

OF_COMMENTS = ("", "bullet", "number", "placeholder")
"""How the paragraphs of a service's own words may be meant to look."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template by what it holds and what its tags may name, whatever its own name: reports often share one."""

    content: bytes
    offer: Offer
    name: str = field(compare=False)


def template_of(report: Report, offer: Offer, file: str = "template.docx") -> Template:
    """One of the report's templates, ready to be filled. Raises PaperError where it cannot be."""
    name = f"{report.name}/{file}"
    content = open_source(report.folder / file, name).content
    return compiled(TemplateFile(content, offer, name))._replace(name=name)


@lru_cache(maxsize=64)
def compiled(template: TemplateFile) -> Template:
    """A template's content, ready to be filled."""
    return compile_template(template.content, template.name, template.offer)


def offer_of(report: Report, sentences: Sequence[Sentence]) -> Offer:
    """What a report offers its template: all that its wording may name, and the sections, each with its tables."""
    comments, required = dict.fromkeys(report.comments, OF_COMMENTS), () if sentences else report.required_sections
    styles = dict.fromkeys((*required, APPENDICES, BACKGROUND_PAPERS), ("",)) | {APPENDICES: ("appendix",)} | comments
    lists: dict[str, list[str]] = {name: [] for name in styles}
    for sentence in sentences:
        lists.setdefault(name := slug(sentence.section), [])
        if table := listed_name(table_of(sentence.text)):
            lists[name].append(table)
        else:
            styles.setdefault(name, ("",))
    sections = (Section(name, tuple(dict.fromkeys(each)), styles.get(name, ())) for name, each in lists.items())
    return Offer(
        vocabulary(report), tuple(sorted(sections)), tuple(name for name in report.required_sections if name in lists)
    )
