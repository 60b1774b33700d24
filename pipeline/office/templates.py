"""A report's Word templates, ready to be filled: what each may name is what the report's settings and wording say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.kinds import Sentence
from pipeline.language import listed_name, slug, table_of
from pipeline.read import open_source
from pipeline.render.compile import Template, compile_template
from pipeline.render.names import Offer
from pipeline.report import Report
from pipeline.transform import APPENDICES, BACKGROUND_PAPERS, vocabulary


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
    return replace(compiled(TemplateFile(content, offer, name)), name=name)


@lru_cache(maxsize=64)
def compiled(template: TemplateFile) -> Template:
    """A template's content, ready to be filled."""
    return compile_template(template.content, template.name, template.offer)


def offer_of(report: Report, sentences: Sequence[Sentence]) -> Offer:
    """What a report offers its template: all that its wording may name, and the sections, each with its tables."""
    tables: dict[str, list[str]] = {name: [] for name in (() if sentences else report.required_sections)}
    for each in sentences:
        tables.setdefault(slug(each.section), []).append(listed_name(table_of(each.text)))
    for name in (*report.comments, APPENDICES, BACKGROUND_PAPERS):
        tables.setdefault(name, [])
    sections = tuple((name, tuple(dict.fromkeys(filter(None, each)))) for name, each in sorted(tables.items()))
    return Offer(vocabulary(report), sections, tuple(name for name in report.required_sections if name in tables))
