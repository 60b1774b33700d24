"""Templates that others wrote for docxtpl: no false alarm, and every real error placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.check import Vocabulary, check_template
from pipeline.problems import Level

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "docxtpl"
FILES = sorted(FOLDER.glob("*.docx"))
pytestmark = pytest.mark.skipif(not FILES, reason=f"docxtpl's own test templates are not in {FOLDER}")
FAULTY = {"template_error_tpl.docx", "custom_jinja_filters_tpl.docx", "escape_tpl_auto.docx"}


def errors(path: Path, vocabulary: Vocabulary | None = None) -> list[str]:
    found = check_template(path.read_bytes(), path.name, vocabulary)
    return [f"{problem.code} {problem.place.near}" for problem in found if problem.level is Level.ERROR]


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in FAULTY], ids=lambda path: path.stem)
def test_a_sound_template_of_others_has_no_error(path: Path) -> None:
    assert errors(path) == []


def test_the_one_real_error_is_placed() -> None:
    assert errors(FOLDER / "template_error_tpl.docx") == ["T004 at “{% endif %}”"]


def test_a_call_of_a_program_is_an_error_since_no_paper_can_make_it() -> None:
    assert errors(FOLDER / "escape_tpl_auto.docx") == ["T017 at “{% for k, v in iteritems(nested_dict) %}”"]


def test_filters_are_unknown_until_they_are_declared() -> None:
    path = FOLDER / "custom_jinja_filters_tpl.docx"
    assert [line.split()[0] for line in errors(path)] == ["T012", "T012"]
    assert errors(path, Vocabulary(filters=frozenset({"my_filterA", "my_filterB"}))) == []
