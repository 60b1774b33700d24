from __future__ import annotations

import re
from pathlib import Path

import tomli

PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"
RULES = PIPELINE / "check" / "rules"


def test_every_problem_of_publication_and_files_is_in_the_catalogue_and_nothing_else_is() -> None:
    files = [file for room in ("publish", "store") for file in (PIPELINE / room).rglob("*.py")]
    for name, letters in (("publication", "C"), ("files", "F1[0-2]")):
        raised = {code for file in files for code in re.findall(rf'"({letters}\d+)"', file.read_text("utf-8"))}
        listed = tomli.loads((RULES / f"{name}.toml").read_text("utf-8"))
        assert raised == set(listed)
        assert all(set(each) - {"fixed"} == {"title", "level", "why", "wrong", "right"} for each in listed.values())
