"""A starter folder: the sample's templates and inputs, lists that follow its settings, and files to double-click."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.report import Report
from pipeline.starter.columns import columns_of
from pipeline.starter.drop_downs import add_drop_downs
from pipeline.starter.launchers import launchers
from pipeline.starter.shipped import MANUALS, PACKAGE, files_of, shipped_folder, shipped_reports
from pipeline.store import write_new
from pipeline.store.faults import told_plainly

GUIDE = "Start here.docx"


def make_starter(folder: Path, report: str | None = None) -> tuple[Path, ...]:
    """Writes a starter folder with one report of the sample, or all of them; the paths of the files written.

    A file that is there already with the same content stays and is not counted, so a run that was stopped can be
    repeated. Raises NeedsPerson (F123), before anything is written, with every file that stands in the way;
    PaperError (F122) for an unknown report; BrokenInstallation where the disk or the installation is at fault.
    """
    plan = {folder / name: content for name, content in starter_files(report)}
    refuse_if_in_the_way(folder, plan)
    missing = {path: content for path, content in plan.items() if not os.path.lexists(path)}
    for path, content in missing.items():
        write_new(path, content)
    with told_plainly(folder / "outputs"):
        (folder / "outputs").mkdir(exist_ok=True)
    return tuple(missing)


def starter_files(report: str | None) -> Iterator[tuple[PurePath, bytes]]:
    """Every file of a starter folder: its path within the folder, and its content."""
    sample = shipped_folder()
    for settings in shipped_reports(sample, report):
        for name in files_of(sample, settings.name):
            yield name, as_kept(settings, name, (sample / name).read_bytes())
    for manual in MANUALS:
        if (sample / manual).is_file():
            yield PurePath(manual), (sample / manual).read_bytes()
    yield PurePath(GUIDE), (PACKAGE / GUIDE).read_bytes()
    for launcher, content in launchers().items():
        yield PurePath(launcher), content


def as_kept(report: Report, name: PurePath, content: bytes) -> bytes:
    """A file of the sample as an officer gets it: workbooks of the inputs with the lists of this report's settings."""
    top, _, *rest = name.parts
    if top != "inputs" or name.suffix.lower() != ".xlsx":
        return content
    return add_drop_downs(content, columns_of(report, "/".join(rest)))


def refuse_if_in_the_way(folder: Path, plan: Mapping[Path, bytes]) -> None:
    """Raises NeedsPerson (F123) with each path of the plan where something else stands."""
    with told_plainly(folder):
        taken = [path for path, content in plan.items() if os.path.lexists(path) and not same(path, content)]
    if taken:
        raise NeedsPerson(in_the_way(folder, path) for path in taken)


def same(path: Path, content: bytes) -> bool:
    """Does the file hold exactly this already?"""
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def in_the_way(folder: Path, path: Path) -> Problem:
    """The problem that names one file standing in the way."""
    name = path.relative_to(folder).as_posix()
    return error(
        "F123",
        Place(file=name),
        f"“{name}” is already in the folder “{folder.resolve().name}”, and is never written over.",
        "Choose an empty folder, or move the file away.",
    )
