"""The installation looked over: programs, folders, reports, the clock. Each finding is a line with at most one cure."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from pipeline import VERSION
from pipeline.office.standing import failures
from pipeline.problems import BrokenInstallation, PaperError, Problem
from pipeline.store import only_one
from pipeline.store.undone import LOGS, SAID

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
    from pipeline.publish.pdf import libreoffice as program

    found = program()
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


def daily_task(outputs: Path, reports: Iterable[str], today: dt.date) -> Iterator[Finding]:
    """What the daily task could not do, and where it keeps what it says; nothing where none has run yet."""
    said = outputs / LOGS / SAID
    if said.is_file():
        yield ok("daily task", f"what it said is kept in “{said}”")
    for report in reports:
        try:
            failed = list(failures(outputs, report, today))
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
    from pipeline.render.cache import cache_folder

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
