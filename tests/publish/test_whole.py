"""The sample reports, from the officers' files to the PDF that the public reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.office import Order, standing_of
from pipeline.publish import libreoffice, missing_lines, pdf_of, privacy_problems
from pipeline.word import WordFile, accessibility_problems, read_parts
from tests.publish.papers import public_copy
from tests.publish.private_places import PLACES, draft_with
from tests.validators import audit_problems, sdk_problems

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted(file.parent.name for file in ROOT.glob("templates/*/report.toml"))
WHEN = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)


def _draft(report: str) -> bytes:
    order = Order(
        report=report, templates=ROOT / "templates", inputs=ROOT / "inputs", outputs=ROOT / "nowhere", now=WHEN,
    )  # fmt: skip
    return standing_of(order).rendered.content


@pytest.fixture(scope="module", params=REPORTS)
def drafted(request: pytest.FixtureRequest) -> bytes:
    return _draft(request.param)


def test_a_sample_papers_public_copy_is_clean_sound_and_accessible(drafted: bytes) -> None:
    copy = public_copy(drafted, title="A paper", when=WHEN)
    parts = read_parts(copy, "copy")
    assert privacy_problems(parts) == []
    assert [
        each for each in accessibility_problems(WordFile(parts, "copy"), published=True) if each.level == "error"
    ] == []
    assert b"_cp_" not in b"".join(parts.values())
    assert not [part for part in parts if part.startswith("customXml")]
    assert audit_problems(copy) == []


@pytest.mark.deep
@pytest.mark.sdk
def test_public_copies_are_sound_for_the_sdk(drafted: bytes) -> None:
    assert sdk_problems(public_copy(drafted, title="A paper", when=WHEN)) == []


@pytest.mark.deep
@pytest.mark.sdk
def test_a_public_copy_of_a_draft_with_every_private_place_is_sound_for_the_sdk() -> None:
    places = [name for name in PLACES if name != "names of a theme"]  # a theme of names alone is no whole theme
    assert sdk_problems(public_copy(draft_with(places, "Qz9").bytes(), title="A paper", when=WHEN)) == []


@pytest.mark.deep
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not on this machine")
def test_a_sample_papers_pdf_passes_a_check_of_pdf_ua_and_holds_every_word(drafted: bytes) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    copy = public_copy(drafted, title="A paper", when=WHEN)
    made = pdf_of(copy, title="A paper", when=WHEN)
    assert [each.message for each in page.validate_pdf_bytes(made, profile="ua1").failures] == []
    assert missing_lines(copy, made) == []
