"""The daily task, as each operating system must have it: missed runs made up for, never two at once."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest

from pipeline.cli import run
from pipeline.unattended import KINDS, Task, encoded, steps, units
from tests.small_report import morning, small_report

T = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
SETTINGS_ORDER = (
    "MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "AllowHardTerminate",
    "StartWhenAvailable", "RunOnlyIfNetworkAvailable", "IdleSettings", "AllowStartOnDemand", "Enabled", "Hidden",
    "RunOnlyIfIdle", "WakeToRun", "ExecutionTimeLimit", "Priority",
)  # fmt: skip
SHARE = PureWindowsPath(r"\\server\share\Papers & <plans> 100%")
ODD = PurePosixPath('/srv/it\'s 100% $HOME "papers"')


def task(folder: PureWindowsPath | PurePosixPath, *program: str) -> Task:
    words = program or ("/opt/my tools/python", "-I", "-m", "pipeline")
    return Task(words, folder, dt.time(6, 5), dt.date(2027, 1, 4))


def xml(folder: PureWindowsPath = SHARE, *program: str) -> ET.Element:
    """The task as Windows reads it: from the bytes of its file."""
    (text,) = units("windows", task(folder, *program)).values()
    return ET.fromstring(encoded(".xml", text))


def value(root: ET.Element, path: str) -> str | None:
    return root.findtext("/".join(f"{T}{name}" for name in path.split("/")))


def test_windows_starts_what_was_missed_and_never_a_second_one() -> None:
    root = xml()
    assert value(root, "Settings/StartWhenAvailable") == "true"
    assert value(root, "Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert value(root, "Triggers/CalendarTrigger/ScheduleByDay/DaysInterval") == "1"
    assert value(root, "Triggers/CalendarTrigger/StartBoundary") == "2027-01-04T06:05:00"


def test_windows_runs_it_for_the_folder_however_that_is_named() -> None:
    root = xml(SHARE, r"C:\Program Files\Python\python.exe", "-I", "-m", "pipeline")
    assert value(root, "Actions/Exec/Command") == r"C:\Program Files\Python\python.exe"
    assert value(root, "Actions/Exec/Arguments") == (
        rf'-I -m pipeline due --templates "{SHARE}\templates" --inputs "{SHARE}\inputs" --outputs "{SHARE}\outputs"'
        rf' --log "{SHARE}\outputs\logs\daily task.txt"'
    )
    assert value(root, "Actions/Exec/WorkingDirectory") == r"C:\Program Files\Python"


def test_windows_finds_its_elements_in_the_order_of_the_schema() -> None:
    root = xml()
    order = [each.tag.removeprefix(T) for each in root]
    assert order == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    settings = [each.tag.removeprefix(T) for each in root.find(f"{T}Settings") or ()]
    assert settings == [each for each in SETTINGS_ORDER if each in settings]
    assert root.get("version") == "1.2"


def test_the_windows_file_is_utf_16_with_its_mark() -> None:
    (text,) = units("windows", task(SHARE)).values()
    content = encoded(".xml", text)
    assert content[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert "\r\n" in content.decode("utf-16")


def test_systemd_makes_up_for_missed_runs() -> None:
    made = units("systemd", task(PurePosixPath("/srv/papers")))
    assert list(made) == [".service", ".timer"]
    assert "Persistent=true" in made[".timer"].splitlines()
    assert "OnCalendar=*-*-* 06:05:00" in made[".timer"].splitlines()
    assert "Type=oneshot" in made[".service"].splitlines()
    assert "WorkingDirectory=/opt/my tools" in made[".service"].splitlines()
    assert (
        'ExecStart="/opt/my tools/python" -I -m pipeline due --templates /srv/papers/templates --inputs'
        ' /srv/papers/inputs --outputs /srv/papers/outputs --log "/srv/papers/outputs/logs/daily task.txt"'
    ) in made[".service"].splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this computer")
@pytest.mark.parametrize("name", ["papers", "100% $HOME papers"])
def test_systemd_takes_both_units_as_they_are(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "committee-papers"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    made = units("systemd", task(PurePosixPath(folder), str(program)))
    paths = [tmp_path / f"due{ending}" for ending in made]
    for path, text in zip(paths, made.values(), strict=True):
        path.write_text(text)
    assert verified(paths) == ""
    paths[1].write_text(made[".timer"].replace("06:05", "26:05"))
    assert "calendar specification" in verified(paths)


def verified(paths: list[Path]) -> str:
    """What systemd has against the units, of what concerns them."""
    ran = subprocess.run(["systemd-analyze", "verify", *map(str, paths)], capture_output=True, text=True, check=False)
    return "\n".join(line for line in ran.stderr.splitlines() if any(path.name in line for path in paths))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this computer")
def test_systemd_understands_the_time() -> None:
    timer = units("systemd", task(PurePosixPath("/srv/papers")))[".timer"]
    (when,) = re.findall(r"OnCalendar=(.+)", timer)
    ran = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def cron_lines(folder: PurePosixPath, *program: str) -> list[str]:
    (text,) = units("cron", task(folder, *program)).values()
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_cron_runs_daily_and_when_the_computer_starts_and_never_twice() -> None:
    daily, at_start = cron_lines(PurePosixPath("/srv/papers"))
    assert daily.startswith(
        "5 6 * * * cd '/opt/my tools' && flock -n /srv/papers '/opt/my tools/python' -I -m pipeline due"
    )
    assert at_start == daily.replace("5 6 * * *", "@reboot")


@pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not on this computer")
def test_the_cron_line_works_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s 100% $HOME "papers"'
    folder.mkdir()
    program = tmp_path / "my program"
    program.write_text('#!/bin/sh\npwd > "$(dirname "$0")/ran"\necho "$1" >> "$(dirname "$0")/ran"\n')
    program.chmod(0o755)
    daily, _ = cron_lines(PurePosixPath(folder), str(program))
    command = daily.split(" ", 5)[5].replace(r"\%", "%")  # as cron hands it to the shell
    subprocess.run(["/bin/sh", "-c", command], check=True)
    assert (tmp_path / "ran").read_text().splitlines() == [str(tmp_path), "due"]
    held = f"flock -n {shlex.quote(str(folder))} /bin/sh -c {shlex.quote(command)}"
    (tmp_path / "ran").unlink()
    assert subprocess.run(["/bin/sh", "-c", held], check=False).returncode != 0
    assert not (tmp_path / "ran").exists()


def test_an_unescaped_percent_sign_would_end_a_cron_line() -> None:
    assert not re.search(r"(?<!\\)%", "\n".join(cron_lines(ODD)))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_to_fill_in(kind: str) -> None:
    texts = [
        *units(kind, task(PurePosixPath("/srv/papers"))).values(),
        *steps(kind, task(PurePosixPath("/srv/papers"))),
    ]
    assert not any(re.search(r"@[A-Z]+@", text) for text in texts)


def test_two_folders_have_tasks_of_two_names() -> None:
    assert task(PureWindowsPath(r"C:\Papers\Cabinet")).name != task(PureWindowsPath(r"C:\Papers\Scrutiny")).name


def test_what_is_printed_can_be_piped_and_the_steps_are_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["schedule", "--print", "cron", "--at", "7:15"]) == 0
    told = capfd.readouterr()
    assert f"--inputs {tmp_path}/inputs" in told.out
    assert "crontab -e" in told.err
    assert "crontab" not in told.out


def test_it_is_saved_ready_for_the_system(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = r"\\server\share\Papers"
    assert run(["schedule", "--print", "windows", "--folder", folder, "--save", str(tmp_path / "due.xml")]) == 0
    root = ET.fromstring((tmp_path / "due.xml").read_bytes())
    assert rf"--outputs {folder}\outputs" in (value(root, "Actions/Exec/Arguments") or "")
    assert run(["schedule", "--print", "systemd", "--save", str(tmp_path / "papers.timer")]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["due.xml", "papers.service", "papers.timer"]
    assert run(["schedule", "--print", "windows", "--save", str(tmp_path / "due.xml")]) == 3
    assert "F101" in capfd.readouterr().err


PLANTED = ("pipeline.py", "docx.py", "click.py", "json.py", "sitecustomize.py", "usercustomize.py")


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of papers in which somebody put programs of their own, which tell that they ran."""
    small_report(tmp_path)
    for name in PLANTED:
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def started(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_no_program_that_lies_beside_the_papers_is_run(planted: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "--print", "cron"]) == 0
    line = next(each for each in capfd.readouterr().out.splitlines() if each.startswith("30 6"))
    words = shlex.split(line.split(" ", 5)[5].replace(r"\%", "%"))
    assert words[:6] == ["cd", str(Path(sys.executable).parent), "&&", "flock", "-n", str(planted)]
    done = started(words[6:], planted)
    assert done.returncode == 0, done.stderr
    assert not (planted / "ran").exists()
    assert (planted / "outputs" / "logs" / "daily task.txt").exists()


def test_one_that_is_run_would_be_seen(planted: Path) -> None:
    started([sys.executable, "-m", "pipeline", "due"], planted)
    assert "pipeline.py" in (planted / "ran").read_text()


def test_a_program_that_a_task_would_not_find_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", "/usr/bin/false")
    assert run(["schedule", "--print", "cron"]) == 4
    assert "F152" in capfd.readouterr().err


def test_what_the_task_says_is_kept_and_found_again(planted: Path) -> None:
    log = planted / "outputs" / "logs" / "daily task.txt"
    for day in (dt.date(2026, 12, 1), dt.date(2026, 12, 2)):
        at = str(int(morning(day).timestamp()))
        words = [sys.executable, "-I", "-m", "pipeline", "due", "nobody", "--log", str(log)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": at}
        assert subprocess.run(words, cwd=planted, env=environment, capture_output=True, check=False).returncode == 1
    said = log.read_text(encoding="utf-8")
    assert [line for line in said.splitlines() if line.startswith("2026-")] == ["2026-12-01 06:30", "2026-12-02 06:30"]
    assert said.count("There is no report “nobody”") == 2


@pytest.mark.parametrize("time", ["25:00", "6", "06:60", "noon"])
def test_a_time_that_is_none_is_refused_with_the_form_that_works(time: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "--print", "cron", "--at", time]) == 2
    assert "06:30" in capfd.readouterr().err


@pytest.mark.parametrize("folder", ["papers", "C:papers", r"\\papers"])
def test_a_windows_folder_is_given_by_its_full_name_or_refused(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.unattended.schedules.program", lambda: ("/opt/python", "-I", "-m", "pipeline"))
    monkeypatch.setattr("pipeline.unattended.schedules.sys.platform", "linux")
    assert run(["schedule", "--print", "windows", "--folder", folder]) == 2
    assert f"“{folder}” is not the full name of a folder" in capsys.readouterr().err
    assert run(["schedule", "--print", "windows", "--folder", r"C:\papers"]) == 0


def test_a_name_that_windows_would_read_as_a_setting_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.unattended.schedules.program", lambda: ("/opt/python", "-I", "-m", "pipeline"))
    assert run(["schedule", "--print", "windows", "--folder", r"S:\Papers %TEMP%"]) == 1
    assert "“%TEMP%”, which Windows would take for one of its own settings" in capsys.readouterr().err
    assert run(["schedule", "--print", "cron", "--folder", "/srv/Papers %TEMP%"]) == 0
    assert run(["schedule", "--print", "windows", "--folder", r"S:\Papers 50% done"]) == 0
