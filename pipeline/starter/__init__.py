"""The folder that a new office begins with: the sample's templates and inputs, with lists that follow its settings, and
files to double-click.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from pipeline.kinds import Field
from pipeline.nearest import did_you_mean
from pipeline.problems import BrokenInstallation, NeedsPerson, PaperError, Place, Problem, error
from pipeline.read import columns_for
from pipeline.report import Report, load_report, reports_in
from pipeline.starter.drop_downs import Column, add_drop_downs
from pipeline.store import write_new
from pipeline.store.faults import told_plainly

__all__ = ["Column", "add_drop_downs", "columns_of", "make_starter", "put_down", "shipped_folder", "shipped_supplement"]
GUIDE = "Start here.docx"
YES_NO = ("Yes", "No")
COMMANDS = {"Make the paper.cmd": "build --open", "Check the files.cmd": "check"}
PACKAGE = Path(__file__).parent
MANUALS = ("templates/README.md", "inputs/README.md")


def make_starter(folder: Path, report: str | None = None) -> tuple[Path, ...]:
    """Writes a starter folder with one report of the sample, or all of them; the paths of the files written.

    A file that is there already with the same content stays and is not counted, so a run that was stopped can be
    repeated. Raises NeedsPerson (F123), before anything is written, with every file that stands in the way;
    PaperError (F122) for an unknown report; BrokenInstallation where the disk or the installation is at fault.
    """
    written = put_down(folder, starter_files(report))
    with told_plainly(folder / "outputs"):
        (folder / "outputs").mkdir(exist_ok=True)
    return written


def put_down(folder: Path, files: Iterable[tuple[PurePath, bytes]]) -> tuple[Path, ...]:
    """Writes files, by their paths within a folder, where they are not there yet; the paths of those written. Raises
    NeedsPerson (F123), before anything is written, with every file that stands in the way.
    """
    plan = {folder / name: content for name, content in files}
    refuse_if_in_the_way(folder, plan)
    missing = {path: content for path, content in plan.items() if not os.path.lexists(path)}
    for path, content in missing.items():
        write_new(path, content)
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


def columns_of(report: Report, file: str) -> tuple[Column, ...]:
    """The columns of one workbook of a report, `file` being its path within the inputs folder (`comments/….xlsx`)."""
    return tuple(
        Column(
            sheet=source.sheet,
            headings=field.headings,
            note=field.note,
            words=tuple(words_to_choose(report, field)),
            strict=field.type in ("choice", "yes_no"),
            add_used=isinstance(field.suggest, str),
        )
        for kind, source in report.sources.items()
        if source.file == file
        for field in columns_for(report, kind)
    )


def words_to_choose(report: Report, field: Field) -> Iterable[str]:
    """What may be chosen in a column: the words that the reader takes, or those that are suggested."""
    if field.type == "yes_no":
        return YES_NO
    if isinstance(field.suggest, str):
        return (word for words in report.words.get(field.suggest, {}).values() for word in words)
    words = field.choices
    return field.suggest or (word for word, kept in words.items() if kept == word or kept not in words)


def launchers() -> Mapping[str, bytes]:
    """Name and content of each launcher: ASCII, with the line ends that Windows needs, whatever a checkout has."""
    lines = (PACKAGE / "launcher.cmd").read_text(encoding="ascii").splitlines()
    return {
        name: "".join(f"{line}\r\n" for line in filled(lines, name.removesuffix(".cmd"), command)).encode("ascii")
        for name, command in COMMANDS.items()
    }


def filled(lines: list[str], title: str, command: str) -> list[str]:
    """The lines of a launcher with its title and its command put in."""
    return [line.replace("@TITLE@", title).replace("@COMMAND@", command) for line in lines]


def shipped_folder(places: tuple[Path, ...] = (PACKAGE, PACKAGE.parents[1])) -> Path:
    """The folder that holds the sample's `templates` and `inputs`: the first of `places` that has a report.

    Raises BrokenInstallation (F121) where none has.
    """
    for place in places:
        if reports_in(place / "templates"):
            return place
    raise BrokenInstallation(
        error(
            "F121",
            Place(),
            "The sample that comes with the program is missing from this installation.",
            "Ask IT to install it again.",
        )
    )


def shipped_supplement() -> bytes:
    """The template for supplements, which is alike for every board."""
    sample = shipped_folder()
    return (sample / "templates" / reports_in(sample / "templates")[0] / "supplement.docx").read_bytes()


def shipped_reports(sample: Path, report: str | None) -> tuple[Report, ...]:
    """The settings of one report of the sample, or of all; raises PaperError (F122) for one that is not in it."""
    known = reports_in(sample / "templates")
    if report is not None and report not in known:
        raise PaperError(
            error("F122", Place(), f"“{report}” is not a report of the sample.", did_you_mean(report, known))
        )
    return tuple(load_report(sample / "templates" / name) for name in ((report,) if report else known))


def files_of(sample: Path, report: str) -> Iterator[Path]:
    """Every file of one report, as paths within the sample, in one fixed order."""
    for top in ("templates", "inputs"):
        for path in sorted((sample / top / report).rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~")):
                yield path.relative_to(sample)
