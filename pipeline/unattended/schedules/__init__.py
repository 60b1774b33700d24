"""The daily task as the operating system wants it written: missed runs are made up for, none runs twice at once."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import tomli

from pipeline.office.failed_nights import LOGS, SAID
from pipeline.problems import BrokenInstallation, PaperError, Place, error
from pipeline.store import write_new

UNIT = "committee-papers-due"
FOLDERS = ("templates", "inputs", "outputs")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Task:
    """What to run, for which folder of papers, at what time of day; `start` is a past day.

    `program` is Python by its full name, isolated from where it is started, and what to run of it. Whoever may write
    among the papers could put a program there: so nothing is looked for in that folder, or run in it.
    """

    program: tuple[str, ...]
    folder: PurePath
    at: dt.time
    start: dt.date

    @property
    def command(self) -> tuple[str, ...]:
        """The whole command, every folder by its full name."""
        named = [word for name in FOLDERS for word in (f"--{name}", str(self.folder / name))]
        return (*self.program, "due", *named, "--log", str(self.log))

    @property
    def log(self) -> PurePath:
        """The file in which the task keeps what it says."""
        return self.folder / "outputs" / LOGS / SAID

    @property
    def place(self) -> PurePath:
        """The folder that the task is run in: that of the program."""
        return type(self.folder)(self.program[0]).parent

    @property
    def name(self) -> str:
        """A name for the task list, which tells one folder's task from another's."""
        folder = re.sub(r'[<>:"/\\|?*&%]', "-", self.folder.name)
        return f"Committee papers ({folder})" if folder else "Committee papers"


def units(kind: str, task: Task) -> Mapping[str, str]:
    """The texts of a task by the ending of their files: one for Windows and cron, service and timer for systemd."""
    return KINDS[kind](task)


def windows(task: Task) -> Mapping[str, str]:
    """A task for Windows Task Scheduler, to be saved as UTF-16."""
    values = {
        "NAME": task.name,
        "DAY": task.start.isoformat(),
        "AT": f"{task.at:%H:%M}",
        "COMMAND": task.command[0],
        "ARGUMENTS": subprocess.list2cmdline(task.command[1:]),
        "FOLDER": str(task.place),
    }
    return {".xml": filled("task.xml", {name: escape(value, quote=False) for name, value in values.items()})}


def systemd(task: Task) -> Mapping[str, str]:
    """A service and its timer."""
    values = {
        "FOLDER": str(task.place).replace("%", "%%"),
        "COMMAND": " ".join(quoted_for_systemd(word, first=not at) for at, word in enumerate(task.command)),
        "AT": f"{task.at:%H:%M}",
    }
    return {".service": filled("due.service", values), ".timer": filled("due.timer", values)}


def cron(task: Task) -> Mapping[str, str]:
    """Lines for a crontab. A percent sign would end the command, so it is escaped."""
    held = ("flock", "-n", str(task.folder), *task.command)
    command = f"cd {shlex.quote(str(task.place))} && {shlex.join(held)}".replace("%", r"\%")
    values = {"MINUTE": str(task.at.minute), "HOUR": str(task.at.hour), "COMMAND": command}
    return {".cron": filled("due.cron", values)}


KINDS = {"windows": windows, "systemd": systemd, "cron": cron}
"""By the name of a system's scheduler, what writes a task for it."""


def quoted_for_systemd(word: str, *, first: bool) -> str:
    """One word of ExecStart, with what systemd would expand made plain; it takes a $ in the first word as it is."""
    if re.fullmatch(r"[\w/.,:+=-]+", word, re.ASCII):
        return word
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain if first else plain.replace("$", "$$")}"'


def filled(name: str, values: Mapping[str, str]) -> str:
    """A text that comes with the program, its @NAMES@ replaced, all at once."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda found: values.get(found[1], found[0]), text)


def steps(kind: str, task: Task) -> Sequence[str]:
    """How to set the task up: a title, then one step a line."""
    notes = tomli.loads((_HERE / "notes.toml").read_text(encoding="utf-8"))[kind]
    lines = [notes["title"], *notes["steps"]]
    values = {"@NAME@": task.name, "@UNIT@": UNIT, "@LOG@": str(task.log)}
    return [re.sub("|".join(values), lambda found: values[found[0]], line) for line in lines]


def encoded(ending: str, text: str) -> bytes:
    """The bytes of a file: UTF-16 with its mark and Windows line ends for Task Scheduler, else UTF-8."""
    return text.replace("\n", "\r\n").encode("utf-16") if ending == ".xml" else text.encode()


def task_of(kind: str, folder: str | None, at: dt.time, start: dt.date) -> Task:
    """The task for a folder of papers, by default the one that the program runs in.

    Raises PaperError (F142) for a folder that cannot be written into it, BrokenInstallation (F152) where a task would
    not find the program, ValueError for a name that only Windows could complete.
    """
    task = Task(program(), place_of(folder, kind), at, start)
    if holds := unfit(str(task.folder), kind):
        raise PaperError(error("F142", Place(), f"The folder's name holds {holds}.", "Rename the folder."))
    return task


def program() -> tuple[str, ...]:
    """The program as a task can start it, with nothing from where it is started: neither modules nor settings.

    Raises BrokenInstallation (F152) where it would not be found so.
    """
    words = (sys.executable, "-I", "-m", "pipeline")
    folder = Path(words[0]).parent
    asked = subprocess.run([*words, "--version"], cwd=folder, capture_output=True, check=False)  # noqa: S603
    if asked.returncode:
        cure = "Install it in an environment of its own, as the README has it, and run that one."
        place = Place(sys.executable)
        raise BrokenInstallation(error("F152", place, "A task would not find the program with this Python.", cure))
    return words


def place_of(folder: str | None, kind: str) -> PurePath:
    """The folder of papers by its full name, written as the system that the task is for writes it.

    Raises ValueError for a name that only Windows could complete, on another system.
    """
    if folder is None or (kind == "windows" and sys.platform == "win32"):
        return Path(folder or "").absolute()
    place = PureWindowsPath(folder) if kind == "windows" else PurePosixPath(Path(folder).absolute())
    if not place.is_absolute():
        raise ValueError(f"“{folder}” is not the full name of a folder. Type it as \\\\server\\share\\papers.")
    return place


def unfit(folder: str, kind: str) -> str:
    """What in a folder's name cannot be written into the task, however it is quoted; blank for nothing."""
    if "\n" in folder or "\r" in folder:
        return "a line break"
    named = re.search(r"%[^%]+%", folder) if kind == "windows" else None
    return f"“{named[0]}”, which Windows would take for one of its own settings" if named else ""


def saved(made: Mapping[str, str], path: Path) -> Iterator[Path]:
    """Writes each text to a new file, and tells which: the one named, or of several, one of each ending."""
    for ending, text in made.items():
        name = path.with_name(path.name.removesuffix(path.suffix if path.suffix in made else "") + ending)
        target = name if len(made) > 1 else path
        write_new(target, encoded(ending, text))
        yield target
