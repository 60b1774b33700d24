"""A new rule is a function and an entry of the catalogue: two files, and nothing else to touch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.office import ROOT

FUNCTION = """

@rule("I499", "open_actions", "lead")
def nobody_leads(action: Action, _: Case) -> Verdict:
    return not action.lead.strip()
"""
ENTRY = """
[I499]
title = "An action that nobody leads"
level = "warning"
says = "“{name}” is due {due}, and nobody leads it."
cure = "Name a post under “Lead”."
why = "Nobody is asked how it stands."
wrong = "Actions: Lead blank"
right = "Actions: Lead “Head of Grants”"
"""
TRIED = """
from pathlib import Path
from pipeline.rules import rules
from tests.rules.examples import example_of, report_in, told_of

folder, rule = Path("."), rules()["I499"]
for text in (rule.wrong, rule.right):
    print(*[each for each in told_of(example_of(text), report_in(folder / "board"), folder) if each.code == "I499"])
"""


def test_a_new_rule_touches_two_files(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in (("rules/of_actions.py", FUNCTION), ("catalogue/I4.toml", ENTRY)):
        with (tmp_path / "pipeline" / name).open("a", encoding="utf-8") as file:
            file.write(text)
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))
    known = os.environ | {"PYTHONPATH": paths, "PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"}
    tried = subprocess.run(
        [sys.executable, "-c", TRIED], cwd=tmp_path, env=known, capture_output=True, encoding="utf-8", check=False
    )
    wrong, right = tried.stdout.splitlines() or [tried.stderr, ""]
    assert wrong == (
        "warning I499  Actions.csv, sheet Actions, cell H3: “BV-1” is due by 28 February 2017, and nobody leads it. "
        "Name a post under “Lead”."
    )
    assert right == ""
