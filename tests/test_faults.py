"""Every mistake is named where it stands: one fault an office, and exactly the lines that it adds to the list.

The lines stand in the text files of `tests/faults`. Run with UPDATE_GOLDEN=1 (and -n 0, -m "deep or not deep") to write
them anew, and read the difference as an officer would before keeping it.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.problems import Level, PaperError, Problem
from tests.check.template.faults.listing import FAULTS as OF_TEMPLATES
from tests.check.template.test_faults import LISTED
from tests.faults import (
    acceptances,
    actions,
    calendars,
    cells,
    clearances,
    comments,
    exports,
    letters,
    names,
    settings,
    sheets,
    slips,
    templates,
    wordings,
    workbooks,
)  # fmt: skip
from tests.faults.listing import FAULTS, Fault, expected, lines_of
from tests.lines import lines_in
from tests.office import Office, check, office, templates_checked_once

TOPICS = (acceptances, actions, calendars, cells, clearances, comments, exports, letters, names, settings, sheets,
          slips, templates, wordings, workbooks)  # fmt: skip  # imported, their faults are in the list
EXAMPLES = Path(__file__).parent / "rules" / "examples.txt"
MACHINERY = re.compile(
    r"\b([Jj]inja|(?<!\.)xml|XML(?! Spreadsheet 2003)|None|NaN|nan|NaT|dtype|[Tt]raceback|[Ee]xception|[Ss]yntax|"
    r"openpyxl|pandas|lxml|docxtpl|unicode|str|int|dict|tuple|bool|datetime|Errno)\b|\bcolumn \d+"
)
QUOTED = re.compile(r"“[^”]*”")
CURE = re.compile(r"[.!…”)?] [^ ].*[.…]$|: .*[.…]$|Did you mean “[^”]+”\?$")
NAMED = re.compile(r"^\w+ [A-Z]\d{3}  ([^:]*\.(xlsx|csv|docx|toml)\b|inputs/|The paper )")


def every_line() -> list[tuple[str, str]]:
    topics = sorted({each.topic for each in FAULTS.values()})
    return [(name, line) for topic in topics for name, found in lines_of(topic).items() for line in found]


def lines(desk: Office) -> Counter[str]:
    """What `check` says of an office's paper, notes and all."""
    try:
        return Counter(map(str, check(desk.order("2017-01-23"))))
    except PaperError as refused:
        return Counter(map(str, refused.problems))


@pytest.fixture(autouse=True)
def templates_once(monkeypatch: pytest.MonkeyPatch) -> None:
    templates_checked_once(monkeypatch)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The sample without what it accepts, its percentages typed: saved without Excel, a formula keeps no result."""
    desk = office(tmp_path_factory.mktemp("sound"))
    (desk.inputs / "accepted.xlsx").unlink()
    figures = {"F4": 1, "F5": 1, "F6": 32 / 33, "F7": 36 / 39, "F8": 40 / 43, "F9": 1}
    desk.put("tracker.xlsx", "Progress", **figures)
    return desk


@pytest.fixture(scope="module")
def clean(sound: Office) -> Counter[str]:
    """What is said of that sample before a fault is planted."""
    return lines(sound)


def copy_of(sound: Office, folder: Path) -> Office:
    for name in ("templates", "inputs"):
        shutil.copytree(sound.folder / name, folder / name)
    return Office(folder)


def added(fault: Fault, sound: Office, clean: Counter[str], folder: Path) -> list[str]:
    """The lines that a fault adds, in an order of their own."""
    desk = copy_of(sound, folder)
    fault.plant(desk)
    found = lines(desk) - clean
    return sorted(line.replace(str(folder), "…") for line in found.elements())


TOLD_ELSEWHERE = ("comments/", "wordings/")
"""Their codes are told of in tests of their own, by far cheaper ones: a fifth of these faults is planted each time."""


def first_of_each_code() -> set[str]:
    """The faults by which some code is told for the first time, unless an example of the catalogue is answered with it
    (`tests/rules/examples.txt`): every code is told of each time.
    """
    told: dict[str, str] = {}
    for name, line in every_line():
        told.setdefault(line.split()[1], name)
    shown = {line.split()[1] for lines in lines_in(EXAMPLES).values() for line in lines}
    first = sorted({name for code, name in told.items() if code not in shown})
    own = [name for name in first if name.startswith(TOLD_ELSEWHERE)]
    return {*first} - {*own} | {*own[::5]}


FIRST = first_of_each_code()


@pytest.mark.parametrize(
    "name", [each if each in FIRST else pytest.param(each, marks=pytest.mark.deep) for each in FAULTS]
)
def test_a_fault_is_answered_with_exactly_these_lines(
    name: str, sound: Office, clean: Counter[str], tmp_path: Path
) -> None:
    found = added(FAULTS[name], sound, clean, tmp_path)
    assert found == expected(FAULTS[name], found)


def test_the_sample_as_it_is_shipped_has_no_error(tmp_path: Path) -> None:
    assert [line for line in lines(office(tmp_path)) if line.startswith("error")] == []


def test_the_sound_office_says_what_the_shipped_one_says(clean: Counter[str], tmp_path: Path) -> None:
    shipped = office(tmp_path)
    (shipped.inputs / "accepted.xlsx").unlink()
    assert clean == lines(shipped)


def test_the_comparison_fails_for_a_fault_that_is_not_the_one_expected(
    sound: Office, clean: Counter[str], tmp_path: Path
) -> None:
    other = added(FAULTS["cells/a_status_misspelt"], sound, clean, tmp_path)
    assert other
    assert other != lines_of("cells")["cells/a_status_of_ones_own"]


def test_a_second_fault_would_be_seen(sound: Office, clean: Counter[str], tmp_path: Path) -> None:
    fault = FAULTS["cells/a_status_misspelt"]

    def two(desk: Office) -> None:
        fault.plant(desk)
        FAULTS["cells/neither_yes_nor_no"].plant(desk)

    assert added(Fault("cells", "two", two), sound, clean, tmp_path) != lines_of("cells")[fault.name]


def test_there_are_faults_enough_and_each_has_its_lines() -> None:
    assert LISTED
    assert len(FAULTS) >= 120
    assert len(FAULTS) + len(OF_TEMPLATES) >= 250
    answered = {name for name, _ in every_line()}
    assert sorted(set(FAULTS) - answered) == []


def test_no_lines_are_kept_for_faults_that_are_gone() -> None:
    assert sorted({name for name, _ in every_line()} - set(FAULTS)) == []


def test_no_line_speaks_of_the_machinery() -> None:
    assert [line for _, line in every_line() if MACHINERY.search(QUOTED.sub("", line))] == []


def test_the_words_of_the_machinery_would_be_found() -> None:
    assert MACHINERY.search("sheet Actions, cell E7: NaN is not valid.")
    assert MACHINERY.search("expected token, Jinja says")
    assert not MACHINERY.search("“report.toml” and “tracker.xlsx” cannot be read.")


def test_every_error_and_warning_ends_with_a_cure() -> None:
    told = [line for _, line in every_line() if not line.startswith("note")]
    assert [line for line in told if not CURE.search(line)] == []


def test_every_line_names_its_file_or_speaks_of_the_whole_paper() -> None:
    assert [line for _, line in every_line() if not NAMED.search(line)] == []


def test_a_problem_says_nothing_twice() -> None:
    for name, line in every_line():
        sentences = re.split(r"(?<=[.?!]) ", line)
        assert len(sentences) == len(set(sentences)), (name, line)


def test_a_line_is_a_problem_as_the_screen_shows_it() -> None:
    assert str(Problem("I341", "“x” is not known.", "Use “y”.", level=Level.ERROR)).startswith("error I341  ")
