"""What people did about a paper is on record for good: it only grows, and a change to it shows where it was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.problems import NeedsPerson, PaperError
from pipeline.store import ACTS, Act, acts_in, acts_on_record, put_json, put_on_record, write_new


def act(by: str, words: str = "as typed") -> Act:
    return Act(what="keep", by=by, at="2027-01-04T09:00:00+00:00", draft=2, facts=("as known",), words=(words,))


def lines(folder: Path) -> list[str]:
    return (folder / ACTS).read_text(encoding="utf-8").splitlines()


def test_acts_are_read_as_they_were_put_on_record(tmp_path: Path) -> None:
    put_on_record(tmp_path, [act("Ann Lee")])
    first = lines(tmp_path)
    put_on_record(tmp_path, [act("Bob Ray", "wie getippt: „ü“\u2028"), act("Ann Lee", "else")])
    assert [(each.by, each.words) for each in acts_on_record(tmp_path)] == [
        ("Ann Lee", ("as typed",)), ("Bob Ray", ("wie getippt: „ü“\u2028",)), ("Ann Lee", ("else",)),
    ]  # fmt: skip
    assert lines(tmp_path)[:1] == first
    assert acts_on_record(tmp_path).problems == ()


@pytest.mark.parametrize("damage", ["a name typed over", "a line taken out", "a line cut short", "the first line gone"])
def test_what_comes_after_a_change_counts_no_longer_and_the_line_is_told(tmp_path: Path, damage: str) -> None:
    for name in ("Ann Lee", "Bob Ray", "Cat May"):
        put_on_record(tmp_path, [act(name)])
    first, second, third = lines(tmp_path)
    changed = {
        "a name typed over": ([first.replace("Ann", "Zoe"), second, third], ["Zoe Lee"], "line 2"),
        "a line taken out": ([first, third], ["Ann Lee"], "line 2"),
        "a line cut short": ([first, second, third[:40]], ["Ann Lee", "Bob Ray"], "line 3"),
        "the first line gone": ([second, third], [], "line 1"),
    }
    kept, counted, place = changed[damage]
    (tmp_path / ACTS).write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = acts_on_record(tmp_path)
    assert [each.by for each in found] == counted
    [problem] = found.problems
    assert (problem.code, problem.place.near) == ("C172", place)
    with pytest.raises(PaperError):
        put_on_record(tmp_path, [act("Dan Orr")])
    assert lines(tmp_path) == kept


def test_a_later_version_may_say_more(tmp_path: Path) -> None:
    put_on_record(tmp_path, [act("Ann Lee")])
    line = json.loads(lines(tmp_path)[0]) | {"format": 9, "mood": ["glad", {"how": 3}]}
    (tmp_path / ACTS).write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert [each.by for each in acts_on_record(tmp_path)] == ["Ann Lee"]


def test_a_file_that_somebody_wrote_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_record(tmp_path, [act("Ann Lee")])
    seen = (tmp_path / ACTS).read_bytes()
    put_on_record(tmp_path, [act("Bob Ray")])
    monkeypatch.setattr("pipeline.store.acts._content", lambda _: seen)
    with pytest.raises(NeedsPerson):
        put_on_record(tmp_path, [act("Cat May")])
    assert len(lines(tmp_path)) == 2


def test_records_carry_on_what_was_settled_by_hashes_and_those_of_0_1_1_in_words(tmp_path: Path) -> None:
    kept = [{"block": "a/b", "facts": ["27"], "words": ["24"], "by": "Ann Lee", "at": "2027-01-04"}]
    without = [{"file": "JS.docx", "sha256": "ab" * 32, "by": "Bob Ray", "at": "2027-01-05"}]
    put_json(tmp_path / "record" / "draft 1.json", {"draft": 1, "kept": [*kept, "x"], "without": without})
    put_json(tmp_path / "record" / "draft 2.json", {"draft": 2, "settled": [["f1", "w1"]], "set_aside": ["cd" * 32]})
    found = acts_in(tmp_path)
    assert [(each.what, each.by, each.facts, each.facts_sha256) for each in found] == [
        ("keep", "Ann Lee", ("27",), ""), ("set aside", "Bob Ray", (), ""),
        ("keep", "", (), "f1"), ("set aside", "", (), ""),
    ]  # fmt: skip
    assert found.set_aside == {"ab" * 32, "cd" * 32}
    assert list(acts_on_record(tmp_path)) == []


def test_nothing_is_there_where_nothing_was_done(tmp_path: Path) -> None:
    assert acts_in(tmp_path).entries == ()
    write_new(tmp_path / ACTS, b"")
    assert acts_on_record(tmp_path).problems == ()
