"""Commands as a person at a terminal sees them, on a terminal of the system's own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unattended.boards import boards, environment, papers, slowly

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")


def on_a_terminal(office: Path, *arguments: str, look: Callable[[int, str], None] | None = None) -> tuple[int, str]:
    """The exit code of a command run on a terminal, and all that it showed; `look` is asked after every piece of it."""
    import pty

    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        slowly(*arguments),
        cwd=office,
        env=environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while piece := read(ours):
        shown += piece
        if look:
            look(started.pid, shown.decode("utf-8", "replace"))
    os.close(ours)
    return started.wait(timeout=60), shown.decode("utf-8")


def read(terminal: int) -> bytes:
    """What has come; nothing once nobody has the other end, which Linux tells as an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


TWO = pytest.param(("--jobs", "2"), marks=pytest.mark.deep)


@pytest.mark.parametrize("hands", [(), TWO])
def test_many_papers_are_made_under_a_bar_with_the_rate_and_the_time_left(
    tmp_path: Path, hands: tuple[str, ...]
) -> None:
    office = boards(tmp_path)
    _, shown = on_a_terminal(office, "build", "--all", *hands)
    assert len(papers(office)) == 24
    assert "24 papers: 24 written" in shown
    steps = re.findall(r"Drafting [^\r\n]*", shown)
    assert "0/24" in steps[0]
    assert re.search(r"\d/24  \d\d:\d\d:\d\d  \d+\.\d reports a second", shown)
    assert "24/24" in steps[-1]


def test_two_papers_are_enough_for_a_bar(tmp_path: Path) -> None:
    office = boards(tmp_path, 2)
    _, shown = on_a_terminal(office, "build", "--all")
    assert "2/2" in shown
    assert len(papers(office)) == 2


@pytest.mark.parametrize(
    "arguments",
    [("build", "--all", "-q"), pytest.param(("build", "--all", "--json"), marks=pytest.mark.deep), ("due",)],
)
def test_whoever_wants_silence_or_data_is_shown_no_bar(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    office = boards(tmp_path, 2)
    _, shown = on_a_terminal(office, *arguments)
    assert "Drafting" not in shown
    assert len(papers(office)) == 2


@pytest.mark.parametrize("hands", [(), TWO])
def test_the_bar_of_a_run_that_is_stopped_ends_on_a_line_of_its_own(tmp_path: Path, hands: tuple[str, ...]) -> None:
    told: list[int] = []

    def stop(process: int, shown: str) -> None:
        if not told and re.search(r"[1-9]\d*/24", shown):
            told.append(process)
            os.killpg(process, signal.SIGINT)  # to all of its processes, as a terminal does

    code, shown = on_a_terminal(boards(tmp_path), "build", "--all", *hands, look=stop)
    assert code == 130
    assert "Traceback" not in shown
    assert "\x1b[?25h" in shown[shown.rindex("/24") :], "the cursor is shown again"
    assert re.search(r"[\r\n]Stopped\. Nothing was left half done\.\s*$", shown)
