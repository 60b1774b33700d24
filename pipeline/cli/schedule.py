"""`schedule`: the daily task for the operating system."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import click

from pipeline.cli import options
from pipeline.problems import BrokenInstallation, PaperError, Place, error


def time_of_day(ctx: click.Context, param: click.Parameter, value: str) -> dt.time:
    """A time of day typed as 06:30."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", value.strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return dt.time(int(found[1]), int(found[2]))
    raise click.BadParameter(f"“{value}” is not a time of day. Type it as 06:30.", ctx, param)


@click.command("schedule")
@click.option("--print", "kind", type=click.Choice(["windows", "systemd", "cron"]), required=True, help="For which.")
@click.option("--at", callback=time_of_day, default="06:30", show_default=True, help="The time of day.")
@click.option("--folder", help="The folder that holds templates, inputs and outputs. By default this one.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this new file instead.")
def command(kind: str, *, at: dt.time, folder: str | None, save: Path | None) -> int:
    """Print the task that runs `due` every day, makes up for missed runs, and never runs twice at once."""
    from pipeline.unattended.schedules import Task, steps, units

    task = Task(program(), place_of(folder, kind), at, options.now().date())
    if holds := unfit(str(task.folder), kind):
        raise PaperError(error("F142", Place(), f"The folder's name holds {holds}.", "Rename the folder."))
    made = units(kind, task)
    for text in steps(kind, task):
        if not (save and "--save" in text):
            click.echo(text, err=True)
    click.echo(err=True)
    if save:
        keep(save, made)
    else:
        for ending, text in made.items():
            click.echo(f"# {ending.removeprefix('.')}\n" if len(made) > 1 else "", nl=len(made) > 1)
            click.echo(text, nl=False)
    return 0


def program() -> tuple[str, ...]:
    """The program as a task can start it, with nothing from where it is started: neither modules nor settings.

    Raises BrokenInstallation (F152) where it would not be found so.
    """
    import subprocess

    words = (sys.executable, "-I", "-m", "pipeline")
    asked = subprocess.run([*words, "--version"], cwd=Path(words[0]).parent, capture_output=True, check=False)  # noqa: S603
    if asked.returncode:
        cure = "Install it in an environment of its own, as the README has it, and run that one."
        place = Place(sys.executable)
        raise BrokenInstallation(error("F152", place, "A task would not find the program with this Python.", cure))
    return words


def place_of(folder: str | None, kind: str) -> PurePath:
    """The folder of papers by its full name, written as the system that the task is for writes it.

    Raises UsageError for a name that only Windows could complete, on another system.
    """
    if folder is None or (kind == "windows" and sys.platform == "win32"):
        return Path(folder or "").absolute()
    place = PureWindowsPath(folder) if kind == "windows" else PurePosixPath(Path(folder).absolute())
    if not place.is_absolute():
        raise click.UsageError(f"“{folder}” is not the full name of a folder. Type it as \\\\server\\share\\papers.")
    return place


def unfit(folder: str, kind: str) -> str:
    """What in a folder's name cannot be written into the task, however it is quoted; blank for nothing."""
    if "\n" in folder or "\r" in folder:
        return "a line break"
    named = re.search(r"%[^%]+%", folder) if kind == "windows" else None
    return f"“{named[0]}”, which Windows would take for one of its own settings" if named else ""


def keep(path: Path, made: Mapping[str, str]) -> None:
    """Each text in a new file: the one named, or where there are several, one of each ending."""
    from pipeline.store import write_new
    from pipeline.unattended.schedules import encoded

    for ending, text in made.items():
        name = path.with_name(path.name.removesuffix(path.suffix if path.suffix in made else "") + ending)
        target = name if len(made) > 1 else path
        write_new(target, encoded(ending, text))
        click.echo(f"Written to {target}")
