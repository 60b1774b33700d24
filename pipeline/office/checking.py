"""What is wrong before a paper is made or published: in a report's files, its template, its paper and the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from pipeline.check.template.check import check_template as check_content
from pipeline.office.fencing import fence_around
from pipeline.office.gate import against, without_a_paper
from pipeline.office.material import Asked, Material, order_of
from pipeline.office.standing import Standing, standing_of
from pipeline.office.supplement_offer import SUPPLEMENT, supplement_offer
from pipeline.office.templates import offer_of
from pipeline.problems import Level, NeedsPerson, PaperError, Problem
from pipeline.read import open_source, read_wording
from pipeline.render.names import Offer
from pipeline.report import PART, WORDING_FILE, is_part, load_report
from pipeline.revise.differences import is_unsettled
from pipeline.store import drafts_in, save_copy

LATE = "C140"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that stands between a report's files and its published paper, and whether there is a draft of that yet.

    `copies` are the workbooks with the problems on their cells, where they were asked for, `not_copied` says why there
    is none of others.
    """

    report: str
    problems: tuple[Problem, ...]
    copies: tuple[Path, ...] = ()
    not_copied: tuple[str, ...] = ()
    drafted: bool = False

    @property
    def code(self) -> int:
        """3 where a person must settle something, 1 where an error stands, else 0."""
        return 3 if is_unsettled(self.problems) else any_error(self.problems)

    @property
    def verdict(self) -> str:
        """What all of it means."""
        codes = [problem.code for problem in self.problems if problem.level is Level.ERROR]
        if set(codes) == {LATE}:
            return "The paper can be published only as a late item, with its reasons."
        if codes:
            return f"The paper cannot be published yet. Look one up: committee-papers rule {codes[0]}"
        if self.report.endswith(f"/{PART}"):
            return "The exempt part is complete. It goes to those who may read it, and is never published."
        if not self.drafted:
            return "Nothing stands against publication, once the paper is drafted, with: committee-papers build"
        return "Nothing stands against publication."


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """All that will go wrong in one Word template, and the annotated copy where one was asked for."""

    file: Path
    problems: tuple[Problem, ...]

    @property
    def code(self) -> int:
        """1 where an error stands, else 0."""
        return any_error(self.problems)


def any_error(problems: Sequence[Problem]) -> int:
    """1 where an error stands, else 0."""
    return int(any(problem.level is Level.ERROR for problem in problems))


def check(report: str | None = None, *, annotate: bool = False, **asked: Unpack[Asked]) -> Checked:
    """Every problem of the files, the wording, the template and the paper they make, and all that stands against
    publishing its newest draft. Nothing is written, but with `annotate` a copy of each workbook that has a problem at a
    cell. Raises PaperError where no meeting can be told.
    """
    standing = standing_of(order_of(report, **asked))
    problems = tuple(problems_of(standing))
    copies, refused = checked_copies(standing.material, problems) if annotate else ((), ())
    return Checked(
        report=standing.order.report,
        problems=problems,
        copies=copies,
        not_copied=refused,
        drafted=bool(drafts_in(standing.material.folder)),
    )


def problems_of(standing: Standing) -> Sequence[Problem]:
    """All that stands against publication. The template's problems go with the others, so that settings give their
    levels and officers let them stand; what cannot be filled at all makes no paper.
    """
    beside = template_problems(standing.report.template)
    broken = (problem.level is Level.ERROR and problem.place.file.endswith("template.docx") for problem in beside)
    return without_a_paper(standing, beside) if any(broken) else against(standing, beside)


def checked_copies(material: Material, problems: Sequence[Problem]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """A checked copy of each workbook with a problem at a cell, in the report's folder of outputs; and what to say
    of those that cannot be copied.
    """
    from pipeline.check.workbook_copy import NotCopied, checked_copy

    around, copies, refused = fence_around(material), list[Path](), list[str]()
    folder = material.order.outputs / material.report.name / "checked"
    for source, own in by_workbook(material, problems):
        file = own[0].place.file
        rows = {(row.source.sheet, row.row) for row in material.inputs.withheld if row.source.file == file}
        try:
            content = checked_copy(source.read_bytes(), own, rows, lambda text: bool(around.said_in(text)))
            copies.append(save_copy(folder, f"{source.stem} (checked).xlsx", content))
        except NotCopied as why:
            refused.append(f"There is no checked copy of “{file}”: {why}. Its problems are in the list above.")
    return tuple(copies), tuple(refused)


def by_workbook(material: Material, problems: Sequence[Problem]) -> Iterator[tuple[Path, list[Problem]]]:
    """The workbooks with a problem at a cell, each with its problems."""
    from pipeline.check.workbook_copy import by_cell

    for file in sorted({problem.place.file for problem in problems}):
        own = [problem for problem in problems if problem.place.file == file]
        source = (material.report.folder if file == WORDING_FILE else material.order.folder) / file
        if by_cell(own) and source.suffix.lower() in (".xlsx", ".xlsm") and source.is_file():
            yield source, own


def check_template(file: Path, *, annotate: Path | None = None) -> CheckedTemplate:
    """Every problem of a Word template; in a report's folder, against what that report gives it. With `annotate`, a
    copy of it is written there, with comments at the spots.
    """
    problems = tuple(template_problems(file))
    if annotate:
        from pipeline.check.template.annotate import annotated_copy
        from pipeline.store import write_new

        write_new(annotate, annotated_copy(file.read_bytes(), problems))
    return CheckedTemplate(file, problems)


def template_problems(path: Path) -> list[Problem]:
    """Every problem of a Word template; in a report's folder, against what that report gives it."""
    name = f"{path.parent.name}/{path.name}"
    known: Offer | None = None
    if (path.parent / "report.toml").is_file() or is_part(path.parent):
        report = load_report(path.parent)
        sentences, _, _ = read_wording(report)
        known = supplement_offer(report) if path.name == SUPPLEMENT else offer_of(report, sentences)
    try:
        opened = open_source(path, name)
    except NeedsPerson:
        raise
    except PaperError as refused:
        return list(refused.problems)
    return [*opened.problems, *check_content(opened.content, name, known)]
