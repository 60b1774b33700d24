"""The PDF of a public copy: tagged, with bookmarks, title and language, made by LibreOffice and read back.

The export options and the order of tabs on each page are those with which LibreOffice's PDF meets PDF/UA-1.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline.catalogue import problem
from pipeline.problems import NOWHERE, BrokenInstallation, Level, PaperError, Place, Problem

TIMEOUT_SECONDS = 180
_OPTIONS = {
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportNotes": {"type": "boolean", "value": "false"},
}
_NAMES = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "/usr/lib/libreoffice/program",
)
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
</oor:items>
"""


def libreoffice() -> Path | None:
    """Where LibreOffice is on this computer, by its full name; None where it is not.

    One among papers is nobody's: whoever may write there could have put it there. `shutil.which` would find it, for it
    looks in the current folder where the search path has a gap, and on Windows always.
    """
    searched = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep) if Path(place).is_absolute()]
    found = (folder / name for folder in (*searched, *map(Path, _USUAL_PLACES)) for name in _NAMES)
    return next(
        (each for each in found if os.access(each, os.X_OK) and each.is_file() and not among_papers(each)), None
    )


def among_papers(program: Path) -> bool:
    """Does a program lie in the current folder, or anywhere in a folder that holds reports and their inputs?"""
    places = {program.parent, program.resolve().parent}
    folders = {folder for place in places for folder in (place, *place.parents)}
    return Path.cwd() in places or any((each / "templates").is_dir() and (each / "inputs").is_dir() for each in folders)


def pdf_of(docx: bytes, *, title: str, when: dt.datetime, program: Path | None = None) -> bytes:
    """The PDF of a Word file, proven to show its every paragraph in order.

    `program` is LibreOffice (None: wherever it is). Raises BrokenInstallation where it is missing (C116, with the way
    to do it in Word), does not finish (C117), the extra `pdf` is missing (C118), or paragraphs are lost (C119);
    PaperError where its pages hold words that nobody sees (C194).
    """
    found = program or libreoffice()
    if found is None:
        raise BrokenInstallation(problem("C116", NOWHERE))
    try:
        from pipeline.publish.pdf_tags import finished
        from pipeline.publish.pdf_unseen import unseen_in
        from pipeline.publish.pdf_words import missing_lines
    except ImportError:
        raise BrokenInstallation(problem("C118", NOWHERE)) from None
    made = finished(converted(docx, found), title, when)
    if lost := missing_lines(docx, made):
        shown = ", ".join(f"“{line}”" for line in lost[:3]) + (f" and {len(lost) - 3:,} more" if len(lost) > 3 else "")
        raise BrokenInstallation(problem("C119", NOWHERE, shown=shown))
    if unseen := unseen_in(made):
        raise PaperError(problem("C194", Place(title), unseen="; ".join(unseen)))
    return made


def with_pdf(name: str, paper: bytes, title: str, when: dt.datetime) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDF by its name where this machine can make one; else none, and the advice how to make it in Word: a note
    where it cannot, a warning where the one it made does not show all (C119).
    """
    try:
        return {name: pdf_of(paper, title=title, when=when)}, []
    except BrokenInstallation as found:
        return {}, [each if each.level is Level.WARNING else replace(each, level=Level.NOTE) for each in found.problems]


def converted(docx: bytes, program: Path) -> bytes:
    """The PDF that LibreOffice makes of a Word file. Raises BrokenInstallation (C117) where it makes none.

    It runs with a new profile, in a folder of its own: two runs on one profile fail, a person may have it open, and
    what stands in one could have been put there.
    """
    with tempfile.TemporaryDirectory(prefix="committee-papers-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(docx)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
        said = _run(
            [
                str(program),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}",
                "--outdir",
                str(folder),
                str(folder / "paper.docx"),
            ],
            folder,
        )
        if not (folder / "paper.pdf").is_file():
            raise _did_not_finish(said)
        return (folder / "paper.pdf").read_bytes()


def _run(command: list[str], folder: Path) -> str:
    """What the program said. It starts others, so past its time the whole group is ended."""
    try:
        run = subprocess.Popen(  # noqa: S603  a fixed command on files of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as reason:
        raise _did_not_finish(str(reason)) from reason
    try:
        return run.communicate(timeout=TIMEOUT_SECONDS)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        _end(run)
        raise _did_not_finish(f"no answer in {TIMEOUT_SECONDS} seconds") from None


def _end(run: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            run.kill()
        else:
            os.killpg(run.pid, signal.SIGKILL)
    run.communicate()


def _did_not_finish(said: str) -> BrokenInstallation:
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return BrokenInstallation(problem("C117", NOWHERE, said=last[:100]))
