"""A checked copy: bounded, whatever is merged or how long a sheet nobody reads is."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.check import NotCopied, checked_copy
from pipeline.problems import Place, error

PROBLEM = error("I341", Place("tracker.xlsx", "Actions", "B2"), "“Inprogres” is not one of the words.", "Correct it.")


def workbook(*ranges: str) -> bytes:
    """A workbook whose second sheet has merged ranges, put in after it was saved: openpyxl would make every cell."""
    made = openpyxl.Workbook()
    made.active.title = "Actions"
    made.active["B2"] = "Inprogres"
    made.create_sheet("Notes")["A1"] = "A remark"
    made["Notes"].merge_cells("A1:B2")
    stream = io.BytesIO()
    made.save(stream)
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    return rewritten(stream.getvalue(), b'<mergeCell ref="A1:B2"/>', merged.encode())


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for each in package.namelist():
            copy.writestr(each, package.read(each).replace(old, new))
    return out.getvalue()


def test_one_merge_over_a_whole_sheet_is_not_in_the_copy_and_the_small_one_is() -> None:
    made = checked_copy(workbook("C3:D4", "A1:XFD1048576", "$A$9:$A$1048576"), [PROBLEM])
    copy = openpyxl.load_workbook(io.BytesIO(made))
    assert [str(each) for each in copy["Notes"].merged_cells.ranges] == ["C3:D4"]
    assert copy["Notes"]["A1"].value == "A remark"
    assert "I341" in copy["Actions"]["B2"].comment.text


@pytest.mark.deep
def test_many_merges_that_are_vast_together_are_not_all_kept() -> None:
    made = checked_copy(workbook(*(f"A{n * 100 + 1}:CV{n * 100 + 90}" for n in range(30))), [PROBLEM])
    kept = openpyxl.load_workbook(io.BytesIO(made))["Notes"].merged_cells.ranges
    assert len(kept) == 200_000 // 9000


def test_sheets_too_long_for_a_copy_have_none() -> None:
    long = rewritten(workbook("A1:B2"), b"</sheetData>", b"</sheetData>" + b" " * 20_000_000)
    with pytest.raises(NotCopied, match="too large"):
        checked_copy(long, [PROBLEM])


def test_no_copy_of_what_is_no_sound_workbook() -> None:
    with pytest.raises(NotCopied, match="cannot keep"):
        checked_copy(b"PK no workbook", [PROBLEM])
