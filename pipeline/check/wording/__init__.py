"""Rules on the wording sheet: every row, whether or not it is said this month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from pipeline.check.wording import rows, style
from pipeline.check.wording.rows import Row, Sheet, rows_of
from pipeline.kinds import STANDARD, Kind, Sentence, name_of_check
from pipeline.language import Definition, Spoken, Vocabulary, sentence
from pipeline.nearest import nearest
from pipeline.problems import Place, Problem, error
from pipeline.report import Report


def check_wording(
    report: Report, sentences: Sequence[Sentence], vocabulary: Vocabulary, sections: Collection[str] | None = None
) -> list[Problem]:
    """All problems of a wording sheet, row by row; never raises PaperError, and runs nothing of what is written there.

    `vocabulary` is what the report's wording may use. `sections` are the names of the sections that the template has a
    place for (`background_papers`), None where that is not known.
    """
    sheet = Sheet(report, tuple(sentences), vocabulary, None if sections is None else frozenset(sections))
    return [
        *own_definitions(report, vocabulary),
        *(problem for row in rows_of(sheet) for rule in RULES for problem in rule(row)),
    ]


def own_definitions(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    """W109, W120 and what else keeps a list of the report's own from ever holding anything, or a field that follows
    from a row from ever being there.
    """
    for near, definition in _definitions(report, vocabulary).items():
        for each in definition.findings:
            yield error(each.code, Place(report.settings_file, near=near), each.message, each.cure)


def _own_derived(kind: Kind) -> dict[str, str]:
    """The derived fields that a report's table defines, and no standard one."""
    standard = {} if kind.own else STANDARD[kind.name].derived
    own = (name for name, text in kind.derived.items() if name not in standard and isinstance(text, str))
    return {f"derived] {name}": name for name in own}


def _definitions(report: Report, vocabulary: Vocabulary) -> dict[str, Definition]:
    """What the report defines itself, by where in `report.toml`."""
    found = {f"[lists.{name}]": vocabulary.definition(name) for name in report.lists}
    for kind in report.kinds.values():
        checks = {f"checks] {name}": name_of_check(name) for name in kind.checks}
        for near, name in (_own_derived(kind) | checks).items():
            if definition := vocabulary.derived(kind.item, name).definition:
                found[f"[kinds.{kind.name}.{near}"] = definition
    return found


def fields(row: Row) -> Iterator[Problem]:
    """W103, W110 to W118: what keeps a sentence from being written, in this month or another."""
    if row.table:
        return
    found = sentence(row.sentence.text, kind_of(row), row.sheet.vocabulary)
    for each in found.findings if isinstance(found, Spoken) else found:
        yield error(each.code, row.sentence.place("text"), each.message, each.cure)


def kind_of(row: Row) -> str:
    """What the row calls the item that it is said for; blank where it is said once.

    A misspelt list under For each is told of by itself, so the nearest one is taken here.
    """
    known, name = row.sheet.vocabulary, row.for_each
    if name and name not in known.lists:
        name = nearest(name, known.lists) or ""
    return known.kind_of(name) if name else ""


RULES: tuple[Callable[[Row], Iterator[Problem]], ...] = (*rows.RULES, fields, *style.RULES)
