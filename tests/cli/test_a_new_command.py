"""A new command is a function in one of the modules of the command line, and a line in the table of commands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.office import ROOT

COMMAND = '''

@command((click.argument("report", required=False), *FOLDERS))
def letters(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """Of all letters in the log, whether they were answered or not."""
    from pipeline.office.material import gather, order_of

    number = len(gather(order_of(report, **asked)).inputs.records.letters)
    if as_json:
        show_json({"letters": number})
    else:
        say(f"{number} letters")
    return 0
'''
LINE = '    "letters": ("setting_up", "Count the letters."),\n'


def committee_papers(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "pipeline", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_new_command_touches_two_files(tmp_path: Path) -> None:
    for name in ("pipeline", "templates", "inputs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    module, table = tmp_path / "pipeline/cli/setting_up.py", tmp_path / "pipeline/cli/main.py"
    module.write_text(module.read_text(encoding="utf-8") + COMMAND, encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8").replace("COMMANDS = {\n", f"COMMANDS = {{\n{LINE}"), "utf-8")
    given = ("letters", "best-value-board", "--today", "2017-01-10")
    assert committee_papers(tmp_path, *given) == "4 letters\n"
    assert committee_papers(tmp_path, *given, "--json").split() == ["{", '"letters":', "4", "}"]
    assert "  letters         Count the letters.\n" in committee_papers(tmp_path, "--help")
    told = committee_papers(tmp_path, "letters", "--help")
    assert "  Count the letters.\n\n  Of all letters in the log" in told
