"""Drafts, copies of them, and the drafts behind publications, as they are kept on disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.baseline import Written
from pipeline.problems import NeedsPerson
from pipeline.store import (
    RECORDS,
    blocks_as_data,
    current_draft,
    draft_of,
    keep,
    load,
    publish_files,
    save,
    save_copy,
    sha256_of,
    was_published,
)

NAME = "Paper (draft 1).docx"
WRITTEN = [Written("a/b", ("One.", "Two."), "rows")]
AT = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)


def test_a_draft_that_nobody_edited_is_written_over_in_its_place(tmp_path: Path) -> None:
    first = load(save(tmp_path, NAME, 1, b"first", {}, None), 1)
    assert not first.edited
    again = save(tmp_path, "Paper under a new title (draft 1).docx", 1, b"second", {}, first)
    assert again == first.path
    assert again.read_bytes() == b"second"
    assert load(again, 1).record["instead_of"] == sha256_of(b"first")


def test_a_file_in_the_way_is_not_written_over_and_nothing_is_recorded(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"an officer's own")
    with pytest.raises(NeedsPerson):
        save(tmp_path, NAME, 1, b"ours", {}, None)
    assert (tmp_path / NAME).read_bytes() == b"an officer's own"
    assert not (tmp_path / RECORDS).exists()


def test_what_a_record_says_of_blocks_is_the_baseline_again(tmp_path: Path) -> None:
    path = save(tmp_path, NAME, 1, b"x", {"blocks": list(blocks_as_data(WRITTEN))}, None)
    assert [(each.key, each.texts, each.table) for each in load(path, 1).baseline.blocks] == [
        ("a/b", ("One.", "Two."), "rows")
    ]


def test_a_copy_that_nobody_touched_is_replaced_and_one_that_somebody_typed_in_is_left(tmp_path: Path) -> None:
    first = save_copy(tmp_path, "review.docx", b"first")
    assert save_copy(tmp_path, "review.docx", b"second") == first
    assert first.read_bytes() == b"second"
    first.write_bytes(b"typed in")
    other = save_copy(tmp_path, "review.docx", b"third")
    assert other.name == "review 2.docx"
    assert first.read_bytes() == b"typed in"


def test_a_copy_put_back_as_it_was_before_is_still_the_programs(tmp_path: Path) -> None:
    first = save_copy(tmp_path, "review.docx", b"first")
    save_copy(tmp_path, "review.docx", b"second")
    first.write_bytes(b"first")
    assert save_copy(tmp_path, "review.docx", b"third") == first


def test_the_draft_behind_a_publication_is_kept_with_its_record_whatever_becomes_of_it(tmp_path: Path) -> None:
    path = save(tmp_path, NAME, 3, b"as published", {"blocks": list(blocks_as_data(WRITTEN))}, None)
    draft = load(path, 3)
    assert not was_published(draft)
    keep(tmp_path, draft)
    about = {"draft": "3", "draft_sha256": sha256_of(b"as published")}
    entry = publish_files(tmp_path, {"paper.docx": b"public"}, at=AT, about=about)
    path.write_bytes(b"typed in since")
    kept = draft_of(tmp_path, entry)
    assert (kept.number, kept.content, kept.record) == (3, b"as published", draft.record)
    assert was_published(draft)
    assert current_draft(tmp_path).edited
    kept.path.write_bytes(b"altered")
    with pytest.raises(NeedsPerson) as told:
        draft_of(tmp_path, entry)
    assert [each.code for each in told.value.problems] == ["C155"]


def test_what_word_and_this_program_leave_beside_a_draft_is_no_draft_nor_is_a_paper_without_a_number(
    tmp_path: Path,
) -> None:
    save(tmp_path, NAME, 1, b"first", {}, None)
    for name in ("~$Paper (draft 9).docx", ".Paper (draft 8).docx", "minutes.docx"):
        (tmp_path / name).write_bytes(b"another")
    found = current_draft(tmp_path)
    assert found
    assert (found.number, found.content) == (1, b"first")
