"""Every code that reading files can raise is explained in the catalogue, and the catalogue explains no other."""

from __future__ import annotations

import re
from pathlib import Path

import tomli

PIPELINE = Path(__file__).parents[2] / "pipeline"
RULES = tomli.loads((PIPELINE / "check" / "rules" / "inputs_files.toml").read_text(encoding="utf-8"))
ROOMS = ("read", "sheets", "opc", "word")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (PIPELINE / room).rglob("*.py"))
RAISED = set(re.findall(r'"(I[1235][0-9]{2})"', SOURCE))


def test_every_code_raised_is_explained_and_every_code_explained_is_raised() -> None:
    assert len(RAISED) > 60
    assert set(RULES) == RAISED


def test_every_explanation_is_whole_and_plain() -> None:
    for code, rule in RULES.items():
        assert set(rule) == {"title", "level", "why", "wrong", "right"}, code
        assert rule["level"] in ("error", "warning", "note"), code
        assert all(text.strip() for text in rule.values()), code
        said = " ".join(rule.values())
        assert not re.search(r"\b(NaN|None|dtype|Jinja|XML|traceback|openpyxl|parser?)\b", said), code


def test_each_level_is_the_one_that_is_raised() -> None:
    for level in ("warning", "note"):
        for code in re.findall(rf'\b{level}\(\s*"(I[1235][0-9]{{2}})"', SOURCE):
            assert RULES[code]["level"] == level, code
    for code in re.findall(r'\berror\(\s*"(I[1235][0-9]{2})"', SOURCE):
        assert RULES[code]["level"] == "error", code
