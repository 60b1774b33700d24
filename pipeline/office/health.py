"""The installation and every report looked over. Each finding is a line with at most one cure."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Literal, Unpack

from pipeline import VERSION
from pipeline.formats import long_day
from pipeline.office.diary import Diary, failures, read_diary
from pipeline.office.failed_nights import LOGS, SAID
from pipeline.office.material import Asked, Order
from pipeline.office.templates import offer_of, template_of
from pipeline.problems import BrokenInstallation, PaperError, Problem
from pipeline.publish.pdf import libreoffice as soffice
from pipeline.read import read_wording
from pipeline.render.cache import cache_folder
from pipeline.report import Report, meant_as_reports
from pipeline.store import only_one

Verdict = Literal["ok", "look", "wrong"]
_PROBE = ".committee-papers-doctor.tmp"
_OWNERS = ("~$*", ".~lock.*#")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, what was seen, one cure, and the exit code that it asks for where it is wrong."""

    verdict: Verdict
    about: str
    seen: str
    cure: str = ""
    code: int = 0


def ok(about: str, seen: str) -> Finding:
    """Nothing to do."""
    return Finding("ok", about, seen)


def look(about: str, seen: str, cure: str) -> Finding:
    """Works, but a person should know."""
    return Finding("look", about, seen, cure)


def wrong(about: str, seen: str, cure: str, code: int = 4) -> Finding:
    """Does not work: the machine's fault (4) or that of the report's files (1)."""
    return Finding("wrong", about, seen, cure, code)


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything looked at, in order of what must work first."""

    findings: tuple[Finding, ...]

    @property
    def code(self) -> int:
        """4 where the machine is at fault, 1 where a report's files are, else 0."""
        return max((finding.code for finding in self.findings), default=0)


def doctor(**asked: Unpack[Asked]) -> Examined:
    """Looks over the installation, the folders, the reports and their next meetings."""
    order = Order(report="", **asked)
    found = (
        *programs(),
        console(getattr(sys.stdout, "encoding", None)),
        *clock(order.now, order.outputs),
        outputs_folder(order.outputs),
        cache(),
        libreoffice(),
        *open_files(order.inputs, order.templates, order.outputs),
        *daily_task(order),
        *reports(order),
    )
    return Examined(found)


def programs() -> Iterator[Finding]:
    """The program, Python, and the packages that the program asks for, against what is installed."""
    yield ok("program", f"committee-papers {VERSION}, Python {platform.python_version()}")
    yield packages(metadata.requires("committee-papers") or () if installed("committee-papers") else NEEDED)


NEEDED = (
    *("click", "docxtpl", "filelock", "holidays", "jinja2"),
    *("lxml", "openpyxl", "pandas", "python-docx", "rapidfuzz"),
)


def installed(package: str) -> str:
    """The version that is installed; empty where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def packages(wanted: Iterable[str]) -> Finding:
    """One line on all packages; extras (`isal; extra == "fast"`) are nobody's need."""
    names = [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in wanted if "extra ==" not in each]
    missing = [name for name in names if not installed(name)]
    if missing:
        return wrong("packages", f"missing: {', '.join(missing)}", "Ask IT to install committee-papers again.")
    return ok("packages", ", ".join(f"{name} {installed(name)}" for name in names))


def libreoffice() -> Finding:
    """Whether a PDF can be made here."""
    found = soffice()
    if found and not installed("pikepdf"):
        return look("LibreOffice", "it is here; the part that finishes PDFs is not", "Install “committee-papers[pdf]”.")
    if found:
        return ok("LibreOffice", str(found))
    cure = "Install LibreOffice to have PDFs made here, or save them from Word: publish tells how."
    return look("LibreOffice", "not on this computer", cure)


def outputs_folder(outputs: Path) -> Finding:
    """Whether papers can be written: a file is written and removed again, under the lock of a run."""
    try:
        with only_one(outputs, "doctor"):
            (outputs / _PROBE).write_bytes(b"")
            (outputs / _PROBE).unlink()
    except PaperError as found:
        return of_problem("outputs", found.problems[0], found.exit_code)
    except OSError:
        return wrong("outputs", f"“{outputs}” may not be written to", "Ask IT for the right to write there.")
    return ok("outputs", f"“{outputs}” can be written to")


def daily_task(order: Order) -> Iterator[Finding]:
    """What the daily task could not do, and where it keeps what it says; nothing where none has run yet."""
    said = order.outputs / LOGS / SAID
    if said.is_file():
        yield ok("daily task", f"what it said is kept in “{said}”")
    for report in meant_as_reports(order.templates):
        try:
            failed = list(failures(replace(order, report=report)))
        except PaperError:
            continue  # its history cannot be read, which is told of the report
        cure = "Put it right: the next run drafts the paper."
        yield from (wrong(report, text, cure, 1) for text in failed)


def of_problem(about: str, problem: Problem, code: int = 1) -> Finding:
    """A finding out of a problem; another run in hand is only worth a look."""
    if code == 3:
        return look(about, problem.message, problem.cure)
    return wrong(
        about, f"{problem.code} {problem.message}", problem.cure, BrokenInstallation.exit_code if code == 4 else 1
    )


def open_files(*folders: Path) -> Iterator[Finding]:
    """Files that Word, Excel or LibreOffice say they have open."""
    owners = sorted(path for folder in folders for pattern in _OWNERS for path in folder.rglob(pattern))
    if owners:
        names = ", ".join(path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#") for path in owners)
        yield look("open files", names, "Save and close them; what is not saved is not read.")
    else:
        yield ok("open files", "none")


def cache() -> Finding:
    """Whether prepared templates can be kept from one run to the next."""
    try:
        folder = cache_folder()
    except RuntimeError:
        return look("cache", "there is no home folder", "Set COMMITTEE_PAPERS_CACHE to a folder of your own.")
    place = next(path for path in (folder, *folder.parents) if path.exists())
    if place.is_dir() and os.access(place, os.W_OK):
        return ok("cache", str(folder))
    cure = "Set COMMITTEE_PAPERS_CACHE to a folder of your own; until then every run takes a little longer."
    return look("cache", f"“{folder}” may not be written to", cure)


def clock(now: dt.datetime, outputs: Path) -> Iterator[Finding]:
    """Whether today can be believed: not before anything that was written, and with a time zone."""
    zone = now.strftime("%z")
    newest = max((path.stat().st_mtime for path in outputs.rglob("*.json")), default=0.0)
    if now.timestamp() < newest - 86400:
        last = dt.datetime.fromtimestamp(newest, now.tzinfo)
        yield wrong("clock", f"it says {now:%Y-%m-%d %H:%M}, and drafts were made on {last:%Y-%m-%d}", "Set the clock.")
    elif os.environ.get("SOURCE_DATE_EPOCH"):
        yield look("clock", f"SOURCE_DATE_EPOCH fixes it at {now:%Y-%m-%d %H:%M}", "Take that setting away.")
    else:
        yield ok("clock", f"{now:%Y-%m-%d %H:%M} ({now.tzname()}, {zone[:3]}:{zone[3:5]} from Greenwich)")


def console(encoding: str | None) -> Finding:
    """Whether the screen can show an officer's ordinary punctuation."""
    try:
        "“–”".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return look("screen", f"it cannot show “ ” – ({encoding})", "Set PYTHONUTF8=1, or use Windows Terminal.")
    return ok("screen", f"{encoding}")


def reports(order: Order) -> Iterator[Finding]:
    """Whether each report is fit to be drafted; one line where there is none."""
    names = meant_as_reports(order.templates)
    if not names:
        cure = "Go to the folder that holds “templates”, or make one with: committee-papers init"
        yield look("reports", f"none in “{order.templates}”", cure)
    for name in names:
        own = replace(order, report=name)
        try:
            diary = read_diary(own)
        except PaperError as found:
            yield from (of_problem(name, problem) for problem in found.problems)
            continue
        yield template(diary.report)
        yield from calendar(diary, order.today)


def template(report: Report) -> Finding:
    """Whether the report's template can be filled; `check-template` tells more."""
    try:
        template_of(report, offer_of(report, read_wording(report)[0]))
    except PaperError as found:
        return of_problem(report.name, found.problems[0])
    return ok(report.name, "settings and template can be used")


def calendar(diary: Diary, today: dt.date) -> Iterator[Finding]:
    """The calendar's errors, and the next meeting."""
    report = diary.report
    yield from (of_problem(report.name, problem) for problem in diary.errors)
    if plans := diary.to_come(today):
        meeting, publish = long_day(plans[0].meeting.date), long_day(plans[0].publish_on)
        yield ok(report.name, f"next meeting {meeting}, to be published by {publish}")
    elif not diary.errors:
        yield look(report.name, "no meeting to come", "Add the next meetings to the calendar.")
