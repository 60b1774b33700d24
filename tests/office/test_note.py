"""The note beside a draft: what became of each edit and each fact, whole, with its place, its cause and its cells."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from urllib.parse import unquote

from tests import hands
from tests.office import Office, day
from tests.test_months import february

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
LONG = "The money and staff time that it calls for have been found, and are part of the budget already agreed."


def rows(path: Path) -> list[list[str]]:
    """The cells of the note beside a draft, row by row, as they read."""
    page = path.with_name(f"{path.stem} what changed.html").read_text("utf-8")
    found = (re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr><td>.*?</tr>", page))
    return [[html.unescape(re.sub(r"</p><p>", "; ", cell)) for cell in row] for row in found]


def plain(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell)


def drafted(desk: Office) -> Path:
    path = desk.build(MEETING, now=NOW).path
    hands.typed(path, "has not yet had a reply", "still waits for a reply")
    return path


def test_a_change_is_told_by_its_paragraph_both_texts_whole_and_the_letter_that_came(desk: Office) -> None:
    drafted(desk)
    february(desk)
    later = dt.datetime(2017, 2, 1, 9, tzinfo=dt.UTC)
    note = rows(desk.build(MEETING, now=later, as_at=later.date()).path)
    [reply] = [row for row in note if "The Secretary of State replied" in row[2]]
    assert reply[0] == "paragraph 3.5, under “Background”"
    assert plain(reply[3]).startswith(
        "letter COR-045 came on 16 January 2017; correspondence.xlsx, sheet Log, letter COR-045, columns “From” (D6), "
    )
    [gone] = [row for row in note if row[1].startswith("Communications")]
    assert plain(gone[3]) == (
        "action BV-131 was completed on 31 January 2017; "
        "tracker.xlsx, sheet Actions, action BV-131, column “Date completed” (G7)"
    )
    assert not [cell for row in note for cell in row if "…" in cell]


def test_changed_words_are_marked_and_every_file_is_a_link_that_leads_to_it(desk: Office) -> None:
    path = drafted(desk)
    hands.typed(path, "Action Plan for Asset Rental Account", "Rents")
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Assets", D8=day("2017-04-30"))
    path = desk.build(MEETING, now=NOW).path
    note = rows(path)
    [parted] = [row for row in note if plain(row[1]) == "Rents"]
    assert parted[0] == "under “Background”, table 3, row 5"
    assert parted[2] == "<mark>Action Plan for Assets</mark>"
    assert plain(parted[3]) == "tracker.xlsx, sheet Actions, action BV-141, column “Activities” (C9)"
    [moved] = [row for row in note if plain(row[2]) == "April 2017"]
    assert plain(moved[3]) == "tracker.xlsx, sheet Actions, action BV-140, column “Deadline” (D8)"
    page = path.with_name(f"{path.stem} what changed.html").read_text("utf-8")
    links = {unquote(html.unescape(each)) for each in re.findall(r'href="([^"]+)"', page)}
    assert {(path.parent / link).resolve() for link in links} == {path, desk.inputs / "tracker.xlsx"}
    assert f"committee-papers settle {desk.report} --meeting {MEETING}" in page
