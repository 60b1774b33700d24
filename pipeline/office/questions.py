"""Questions asked of a report: what stands against its paper, where a statement came from. Nothing is written."""

from __future__ import annotations

from pathlib import Path

from pipeline.check.template.check import check_template
from pipeline.check.template.vocabulary import Vocabulary
from pipeline.formats import Formats
from pipeline.language import filters, slug
from pipeline.office import explaining
from pipeline.office.checking import Gathered, found_in, settled, typed_problems
from pipeline.office.drafting import Order, gather, make
from pipeline.office.explaining import answers_as_data
from pipeline.office.obstacles import late, obstacles
from pipeline.problems import Level, NeedsPerson, PaperError, Problem
from pipeline.publish.late import LATE_REASONS, of_what_stands, reasons_held
from pipeline.publish.public_copy import unready_for_public
from pipeline.publish.supplement import REPLACEMENTS
from pipeline.read import Lookup, open_source, read_wording
from pipeline.report import Report, load_report
from pipeline.revise.copies import instead_of_a_draft, left_out
from pipeline.store import Draft, current_draft
from pipeline.store.publications import published_from
from pipeline.store.records import decisions_in
from pipeline.transform import APPENDICES, BACKGROUND_PAPERS, CALENDAR_FIELDS, transform, vocabulary


def explain(order: Order, text: str) -> list[dict[str, object]]:
    """Where `text` of the paper came from: each place it stands, with its cells and what they hold. Writes nothing."""
    gathered = gather(order)
    report, inputs = gathered.report, gathered.inputs
    context = transform(report, inputs.records, inputs.sentences, gathered.dates).context
    lookup = Lookup(order.inputs / order.report, report.folder)
    return answers_as_data(explaining.explain(context, text), lookup.value)


def check(order: Order) -> tuple[Gathered, list[Problem]]:
    """Every problem of the files, the wording, the template and the paper they make, and all that stands against
    publishing its newest draft; nothing is written.
    """
    gathered = gather(order)
    report, inputs = gathered.report, gathered.inputs
    told = transform(report, inputs.records, inputs.sentences, gathered.dates)
    # The template's problems go with the others, so that settings give their levels and officers let them stand.
    beside = check_template_file(report.template)
    draft, others = newest_draft(order, gathered)
    if not any(each.level is Level.ERROR and each.place.file.endswith("template.docx") for each in beside):
        try:
            made = make(gathered)
            if draft:
                found = obstacles(order, gathered, made, draft, reasons_held(gathered.drafts, draft), beside)
                return gathered, of_what_stands(found) if published_from(gathered.drafts, draft) else found
        except PaperError as refused:
            others = [*refused.problems, *others]
    typed = typed_problems(gathered, told.context, draft) if draft else []
    problems = settled(gathered, found_in(gathered, told.context, [*told.problems, *beside, *typed]))
    return gathered, [*problems, *(each for each in others if each not in problems)]


def newest_draft(order: Order, gathered: Gathered) -> tuple[Draft | None, list[Problem]]:
    """The newest draft, and what is wrong with the file; without one, what copies there are, and whether it is late."""
    folder = gathered.drafts
    try:
        draft = current_draft(folder, order.draft)
        if draft:
            return draft, unready_for_public(draft.content, draft.path.name)
        copies = left_out(folder, order.report, None, decisions_in(folder))
        return None, [*(instead_of_a_draft(each, folder) for each in copies), *late(gathered)]
    except PaperError as refused:
        return None, list(refused.problems)


def check_template_file(path: Path) -> list[Problem]:
    """Every problem of a Word template; in a report's folder, against what that report gives it."""
    name = f"{path.parent.name}/{path.name}"
    known = None
    if (path.parent / "report.toml").is_file():
        report = load_report(path.parent)
        known = supplement_vocabulary(report) if path.name == "supplement.docx" else template_vocabulary(report)
    try:
        opened = open_source(path, name)
    except NeedsPerson:
        raise
    except PaperError as refused:
        return list(refused.problems)
    return [*opened.problems, *check_template(opened.content, name, known)]


def template_vocabulary(report: Report) -> Vocabulary:
    """What a report gives its template: single fields, sections, the fields of each list's rows, the house filters."""
    sentences, _, _ = read_wording(report)
    known = vocabulary(report)
    said = {slug(each.section) for each in sentences} or set(report.required_sections)
    sections = {*said, *report.comments, APPENDICES, BACKGROUND_PAPERS}
    return Vocabulary(
        fields=frozenset({*report.fields, *CALENDAR_FIELDS}),
        sections=frozenset(sections),
        lists={name: frozenset(known.printed_fields(known.kind_of(name))) for name in known.lists},
        filters=frozenset(filters(Formats())),
        required_sections=tuple(name for name in report.required_sections if name in sections),
    )


def supplement_vocabulary(report: Report) -> Vocabulary:
    """What a supplement's template may print: the header's fields, what is replaced, the reasons of a late item."""
    return Vocabulary(
        fields=frozenset({*report.fields, *CALENDAR_FIELDS, "published_on"}),
        sections=frozenset({REPLACEMENTS, *LATE_REASONS}),
        lists={REPLACEMENTS: frozenset({"number", "kind", "where", "old", "new", "status", "sources"})},
        filters=frozenset(filters(Formats())),
        required_sections=(REPLACEMENTS,),
    )
