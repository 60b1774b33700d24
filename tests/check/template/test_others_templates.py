"""Templates that others wrote for docxtpl: no false alarm, and every real error placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.check import check_template
from pipeline.problems import Level

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "docxtpl"
FILES = sorted(FOLDER.glob("*.docx"))
pytestmark = pytest.mark.skipif(not FILES, reason=f"docxtpl's own test templates are not in {FOLDER}")
FAULTY = {
    "doc_properties_tpl.docx": {"T028"},
    "custom_jinja_filters_tpl.docx": {"T012"},
    "escape_tpl.docx": {"T012"},
    "escape_tpl_auto.docx": {"T017"},
    "header_footer_entities_tpl.docx": {"T012"},
    "module_execute_tpl.docx": {"T013"},
    "template_error_tpl.docx": {"T004"},
}
"""Those that ask for what no paper can do, and by which code they are refused."""


def errors(path: Path) -> list[str]:
    found = check_template(path.read_bytes(), path.name)
    return [f"{problem.code} {problem.place.near}" for problem in found if problem.level is Level.ERROR]


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in FAULTY], ids=lambda path: path.stem)
def test_a_sound_template_of_others_has_no_error(path: Path) -> None:
    assert errors(path) == []


@pytest.mark.parametrize("name", FAULTY)
def test_what_no_paper_can_do_is_an_error_at_its_tag(name: str) -> None:
    found = errors(FOLDER / name)
    assert {line.split()[0] for line in found} == FAULTY[name]
    assert all("at “{" in line for line in found)


def test_the_one_real_error_is_placed() -> None:
    assert errors(FOLDER / "template_error_tpl.docx") == ["T004 at “{% endif %}”"]
