"""What became of papers in an unattended run, as plain data, and its log: for IT and for audit, fit to be sent on.

The log holds no content of the officers' files: a problem at a cell is given by its code and place, since the cell may
be private; other messages quote at most 40 characters.
"""

from __future__ import annotations

import datetime as dt
import platform
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from pipeline import VERSION
from pipeline.office.failed_nights import LOGS, Undone, keep_undone, newest_of
from pipeline.problems import Level, PaperError, Problem
from pipeline.store import refusal, write_new

KEPT_DAYS = 400
SHOWN = 40
SHOWN_PROBLEMS = 3
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2}) \d{2}\.\d{2}\.\d{2} (?:due|build)(?: \d+)?\.log")
_QUOTED = re.compile(r"“([^“”]*)”")
_PACKAGES = ("docxtpl", "jinja2", "lxml", "openpyxl", "python-docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of one paper: `action` as in the build, `published` already, or `failed`; `code` is the exit code.

    `came_from` is the day that its meeting was moved from; `failed` says that the program itself went wrong, and
    `fault` where. `unsettled` is what a person is told to settle. `inputs` are the files that it was made from, with
    their hashes.
    """

    meeting_on: dt.date | None = None
    action: str = "failed"
    number: int | None = None
    path: str | None = None
    came_from: str | None = None
    code: int = 0
    failed: bool = False
    problems: tuple[Problem, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    unsettled: tuple[Problem, ...] = ()

    @property
    def silent(self) -> bool:
        """Is there nothing to tell?"""
        return self.action in ("unchanged", "published") and not self.code


@dataclass(frozen=True, slots=True)
class Result:
    """One report's papers."""

    report: str
    papers: tuple[Attempt, ...] = ()

    @property
    def code(self) -> int:
        """The worst exit code of its papers."""
        return max((paper.code for paper in self.papers), default=0)

    @property
    def strict_code(self) -> int:
        """The same, and 1 at least where an error stands in one: as `build` has it."""
        errors = (problem.level is Level.ERROR for paper in self.papers for problem in paper.problems)
        return max(self.code, int(any(errors)))


def failed(fault: BaseException, meeting_on: dt.date | None = None) -> Attempt:
    """A paper, or the report itself, that did not go through."""
    found = fault if isinstance(fault, PaperError) else refusal(fault)
    if found:
        return Attempt(meeting_on=meeting_on, problems=found.problems, code=found.exit_code)
    return Attempt(meeting_on=meeting_on, failed=True, fault=traced(fault), code=4)


def traced(fault: BaseException) -> str:
    """Where a fault of the program's own arose, without more of its message than may stand in a log."""
    steps = traceback.extract_tb(fault.__traceback__)
    lines = [f"{step.filename}, line {step.lineno}, in {step.name}" for step in steps]
    return "\n".join((*lines, f"{type(fault).__name__}: {str(fault)[:SHOWN]}"))


def write_log(
    outputs: Path, now: dt.datetime, results: Sequence[Result], command: str = "due", wanted: int = 0
) -> Path | None:
    """The log of one run under `outputs/logs`, named by its day, time and command; none where there is nothing to tell.

    `wanted` is how many reports the run was for: that it was stopped before it came to them all is told too. Logs of
    more than 400 days ago are removed. Raises PaperError where the folder cannot be written to.
    """
    papers = [(result.report, paper) for result in results for paper in result.papers if not paper.silent]
    stopped = [f"stopped   after {len(results)} of {wanted} reports"] if len(results) < wanted else []
    if not papers and not stopped:
        return None
    folder = outputs / LOGS
    prune(folder, now.date())
    path = free_name(folder, f"{now:%Y-%m-%d %H.%M.%S} {command}")
    lines = [*heading(now), *stopped, *(line for report, paper in papers for line in log_lines(report, paper))]
    write_new(path, "".join(f"{line}\n" for line in lines).encode())
    return path


def remember(outputs: Path, today: dt.date, results: Sequence[Result]) -> None:
    """Keeps what a run of `due` could not do until it is done, for `status` and `doctor` to tell."""
    failed = [
        Undone(
            report=result.report,
            meeting_on=paper.meeting_on,
            code=paper.code,
            since=today,
            problems=tuple(map(line_of, paper.problems[:SHOWN_PROBLEMS])) or ("the program itself failed",),
            stood=newest_of(outputs, result.report, paper.meeting_on),
        )
        for result in results
        for paper in result.papers
        if paper.action == "failed"
    ]
    keep_undone(outputs, [result.report for result in results], failed)


def free_name(folder: Path, stem: str) -> Path:
    """A name that no log has yet: clocks go back once a year, and two runs can fall into one second."""
    number = 1
    while (path := folder / (f"{stem}.log" if number == 1 else f"{stem} {number}.log")).exists():
        number += 1
    return path


def prune(folder: Path, today: dt.date) -> None:
    """Removes logs of more than 400 days ago, by the day in their name; other files are left alone."""
    for path in folder.glob("*.log"):
        named = _NAMED.fullmatch(path.name)
        if named and dt.date.fromisoformat(named[1]) < today - dt.timedelta(days=KEPT_DAYS):
            path.unlink(missing_ok=True)


def heading(now: dt.datetime) -> Iterator[str]:
    """When, and by what."""
    yield f"run       {now.isoformat(timespec='seconds')}"
    yield f"program   committee-papers {VERSION}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    yield "packages  " + ", ".join(f"{name} {version(name)}" for name in _PACKAGES)


def version(package: str) -> str:
    """The version that is installed, or `missing`."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def log_lines(report: str, attempt: Attempt) -> Iterator[str]:
    """One paper's lines: result, files it was made from, problems."""
    meeting = attempt.meeting_on.isoformat() if attempt.meeting_on else "none"
    yield ""
    yield f"report    {report}, meeting {meeting}"
    yield f"result    {attempt.action}, exit code {attempt.code}"
    if attempt.path:
        yield f"paper     {attempt.path} (draft {attempt.number})"
    if attempt.came_from:
        yield f"goes on   from the draft for {attempt.came_from}, a day that is no longer in the calendar"
    yield from (f"input     {digest}  {name}" for name, digest in sorted(attempt.inputs.items()))
    yield from (f"problem   {line_of(problem)}" for problem in attempt.problems)
    yield from (f"fault     {line}" for line in attempt.fault.splitlines())


def line_of(problem: Problem) -> str:
    """A problem without the content of any cell."""
    place = problem.place
    if place.cell:
        return f"{problem.level} {problem.code}  {place.file}, sheet {place.sheet}, cell {place.cell}"
    return f"{problem.level} {problem.code}  {place.file}: {_QUOTED.sub(short_quotation, problem.message)}"


def short_quotation(quoted: re.Match[str]) -> str:
    """A quotation of at most 40 characters."""
    text = quoted[1]
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"
