"""`settle` as a new user sees it: a list, questions, a name asked once, and an end at any time."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

import pytest

from pipeline.store import acts_on_record
from tests.office import Office
from tests.office.test_settling import ACTIONS, parted, words

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
CHOICE, TEXT, WHO = "Your choice: ", "what differs): ", "Your name: "
STOP = "Ctrl+C"


def talk(desk: Office, *answers: tuple[str, str]) -> tuple[int, str]:
    """The exit code, and all that was shown; each answer is typed once its question stands at the end of the screen."""
    import pty

    ours, theirs = pty.openpty()
    environment: Mapping[str, str] = {**os.environ, "XDG_CONFIG_HOME": str(desk.folder), "NO_COLOR": "1"}
    run = [sys.executable, "-m", "pipeline", *words(desk, "settle")]
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    started = subprocess.Popen(run, env=environment, start_new_session=True, **streams)  # type: ignore[call-overload]
    os.close(theirs)
    left, shown, seen = list(answers), "", 0
    while select.select([ours], [], [], 30)[0]:
        try:
            piece = os.read(ours, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if left and shown.endswith(left[0][0]) and len(shown) > seen:
            seen = len(shown)
            answer = left.pop(0)[1]
            if answer == STOP:
                time.sleep(0.5)  # a signal between the question and the reading is seen only with the next key
                os.kill(started.pid, signal.SIGINT)
            else:
                os.write(ours, answer.encode())
    os.close(ours)
    started.terminate() if left else None
    return started.wait(timeout=60), shown.replace("\r\n", "\n")


def test_five_are_settled_by_their_numbers_which_stay_the_same_and_the_name_is_asked_once(desk: Office) -> None:
    path = parted(desk, *ACTIONS)
    code, shown = talk(
        desk, (CHOICE, "keep 2\n"), (WHO, "Ann Lee\n"), (CHOICE, "both 1\n"), (TEXT, "Strategy for telling people\n"),
        (CHOICE, "keep 9\n"), (CHOICE, "keep 2\n"), (CHOICE, "take 3, 4\n"), (CHOICE, "k all\n"),
    )  # fmt: skip
    assert code == 0
    assert "by the facts   Property | [Policy on Buildings] | " in shown
    assert "Still open: 1, 3, 4 and 5." in shown
    assert "Still open: 3, 4 and 5." in shown
    assert shown.count("F143") == 4  # twice told, twice as what to look up: neither 9 nor 2 is open
    assert "Still open: 5." in shown
    assert shown.count(WHO) == 1
    assert "Nothing is open in draft 2. Read it, then: committee-papers check" in shown
    acts = acts_on_record(path.parent)
    assert [(act.what, act.by) for act in acts] == [
        ("keep", "Ann Lee"), ("both", "Ann Lee"), ("take", "Ann Lee"), ("take", "Ann Lee"), ("keep", "Ann Lee"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "end",
    [pytest.param("\n", marks=pytest.mark.deep), STOP, pytest.param("\x04", marks=pytest.mark.deep)],
    ids=["Enter", "Ctrl+C", "Ctrl+D"],
)
def test_whoever_ends_it_in_the_middle_has_settled_what_they_settled_and_can_go_on(desk: Office, end: str) -> None:
    path = parted(desk, "BV-141", "BV-140")
    code, shown = talk(desk, (CHOICE, "take 1\n"), (WHO, "Ann Lee\n"), (CHOICE, end))
    assert code == 3, shown
    assert "Go on at any time, with: committee-papers settle best-value-board --meeting 2017-01-23" in shown
    assert [act.what for act in acts_on_record(path.parent)] == ["take"]
    code, shown = talk(desk, (CHOICE, "list\n"), (CHOICE, "maybe\n"), (CHOICE, "keep edited\n"), ("[Ann Lee]: ", "\n"))
    assert code == 0
    assert "Type “keep”, “take” or “both” and a number" in shown
    assert [act.what for act in acts_on_record(path.parent)] == ["take", "keep"]
