from __future__ import annotations

import re
from pathlib import Path

import tomli

PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"
RULES = PIPELINE / "check" / "rules"


def test_every_problem_of_publication_and_files_is_in_the_catalogue_and_nothing_else_is() -> None:
    for folder, name, letter in ((PIPELINE / "publish", "publication", "C"), (PIPELINE / "files", "files", "F")):
        raised = {
            code
            for file in folder.rglob("*.py")
            for code in re.findall(rf'"({letter}\d{{3}})"', file.read_text("utf-8"))
        }
        listed = tomli.loads((RULES / f"{name}.toml").read_text("utf-8"))
        assert raised == set(listed)
        assert all(set(each) - {"fixed"} == {"title", "level", "why", "wrong", "right"} for each in listed.values())
