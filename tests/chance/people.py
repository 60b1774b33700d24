"""What the officers of an office do by hand: in their workbooks, in Word, and with their files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pipeline.office import repair
from pipeline.store import ACTS, RECORDS
from tests import hands
from tests.chance import acts, model
from tests.chance.board import HOMES, MEETINGS
from tests.chance.office import PEOPLE, Office
from tests.office import asked

ROWS = st.sampled_from((0, 0, 0, 2, 2, 2, 4, 1, 3))
"""Most often the same two, so that much comes together in one row and in one paragraph."""
FILES = st.integers(0, 7)
SPOTS = st.sampled_from(("first", "last", "wall", "story"))
WHO = st.sampled_from(PEOPLE)


class People(Office):
    """The rules of a month that people bring about."""

    # The files change.

    @rule(number=ROWS, which=st.sampled_from((("first",), ("last",), ("first", "last"))))
    def a_fact_moves(self, number: int, which: tuple[str, ...]) -> None:
        self.change(number, **{name: self.board.word("fact") for name in which})

    @rule(number=ROWS, mark=st.sampled_from(("", "3")))
    def a_row_is_marked_or_freed(self, number: int, mark: str) -> None:
        self.change(number, mark=mark)

    @rule(number=ROWS, there=st.booleans())
    def a_row_goes_or_comes(self, number: int, there: bool) -> None:
        self.change(number, there=there)

    @rule(number=ROWS, status=st.sampled_from(("Open", "Complete")))
    def a_row_is_completed_or_reopened(self, number: int, status: str) -> None:
        self.change(number, status=status)

    @rule(number=ROWS)
    def a_reference_is_corrected(self, number: int) -> None:
        self.board.made += 1
        self.change(number, ref=f"A-{100 + self.board.made}")
        self.history = model.renamed(self.history, number)

    @precondition(lambda self: not (self.meeting_folder / "published").exists())
    @rule(meeting=st.integers(0, len(MEETINGS) - 1))
    def the_meeting_moves(self, meeting: int) -> None:
        self.board.moved(meeting)

    # People work in Word.

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, spot=SPOTS, over=st.booleans(), tracked=st.booleans())
    def somebody_types(self, which: int, number: int, spot: str, over: bool, tracked: bool) -> None:
        path = self.paper(which)
        at = self.spot(path, number) if path else ""
        if path is None or not at:
            return
        old = self.in_place(path, at, number, spot) if spot in model.SLOTS else spot
        word = self.board.word("typed")
        with self.at(path):
            done = acts.retyped(path, at, old, word if over else f"{old} {word}", by=self.by(path), tracked=tracked)
        if done:
            self.count("words typed")
        if done and over and spot in model.SLOTS:
            self.history = model.typed_over(self.history, word, old)

    def in_place(self, path: Path, at: str, number: int, slot: str) -> str:
        """What stands in the place of one of a row's values in a paper: a value, or what was typed over one."""
        return acts.first_in(path, sorted(self.history.at((number, slot))), at) or getattr(self.rows[number], slot)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, slot=st.sampled_from(model.SLOTS), tracked=st.booleans())
    def somebody_types_a_value_of_the_past(self, which: int, number: int, slot: str, tracked: bool) -> None:
        path = self.paper(which)
        at = self.spot(path, number) if path else ""
        old = sorted(self.history.of_row(number) & self.history.at((number, slot)) - {getattr(self.rows[number], slot)})
        if path and at and old:
            there = self.in_place(path, at, number, slot)
            self.put_in.add(old[0])
            self.history = model.typed_again(self.history, old[0])
            with self.at(path):
                acts.retyped(path, at, there, old[0], by=self.by(path), tracked=tracked)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, tracked=st.booleans())
    def somebody_takes_typed_words_out_again(self, which: int, tracked: bool) -> None:
        path = self.paper(which)
        word = acts.first_in(path, sorted(self.owed)) if path else ""
        if path and word:
            with self.at(path):
                acts.retyped(path, word, f" {word}", "", by=self.by(path), tracked=tracked)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def somebody_types_in_the_steady_paragraph(self, which: int) -> None:
        if path := self.paper(which):
            word = self.board.word("typed")
            with self.at(path):
                try:
                    acts.retyped(path, "follows the work", "hears", f"hears {word}", by=self.by(path))
                except LookupError:
                    return
            self.count("words typed")

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS)
    def somebody_adds_a_paragraph(self, which: int, number: int) -> None:
        path = self.paper(which)
        if path and (at := self.spot(path, number)) and HOMES[number] != "Table":
            word = self.board.word("typed")
            with self.at(path):
                acts.own_paragraph(path, at, f"The officers {word} besides.")
            self.count("words typed")

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS)
    def somebody_comments(self, which: int, number: int) -> None:
        path = self.paper(which)
        if path and (at := self.spot(path, number)):
            word = self.board.word("typed")
            with self.at(path):
                hands.commented(path, at, f"Is this {word}?", self.by(path))
            self.count("words typed")

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def every_comment_is_deleted(self, which: int) -> None:
        if path := self.paper(which):
            with self.at(path):
                hands.uncommented(path)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, how=st.sampled_from(("accept", "reject")))
    def every_change_is_resolved(self, which: int, how: Literal["accept", "reject"]) -> None:
        if path := self.paper(which):
            with self.at(path):
                hands.resolved(path, how)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, tracked=st.booleans())
    def a_block_is_deleted(self, which: int, number: int, tracked: bool) -> None:
        path = self.paper(which)
        if path and (at := self.spot(path, number)):
            with self.at(path):
                self.cut[number] = hands.deleted(path, at, tracked=tracked, by=self.by(path))
            self.deleted.add(number)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, after=ROWS, marks=st.booleans())
    def a_block_is_pasted(self, which: int, number: int, after: int, marks: bool) -> None:
        path = self.paper(which)
        if path is None or number not in self.cut or (HOMES[number] == "Table") != (HOMES[after] == "Table"):
            return
        if at := self.spot(path, after):
            if self.spot(path, number):
                self.put_in |= self.history.of_row(number)
            with self.at(path):
                hands.pasted(path, self.cut[number], at, marks=marks)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, join=st.booleans())
    def a_paragraph_is_split_or_joined(self, which: int, number: int, join: bool) -> None:
        path = self.paper(which)
        if path and (at := self.spot(path, number)):
            with self.at(path):
                if join:
                    acts.joined(path, at)
                else:
                    acts.split(path, at, "all of its")

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def a_paper_is_saved_as_it_is(self, which: int) -> None:
        if path := self.paper(which):
            with self.at(path):
                hands.changed(path, lambda _: None, self.by(path))

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def another_program_leaves_out_what_ours_keeps_in_a_paper(self, which: int) -> None:
        if (path := self.paper(which)) and not self.is_without_records:
            self.has_stripped = True
            with self.at(path):
                hands.stripped(path)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def somebody_keeps_a_paper_as_it_is(self, which: int) -> None:
        if path := self.paper(which):
            self.shelf.append(self.folder / f"kept {len(self.shelf)}.docx")
            shutil.copyfile(path, self.shelf[-1])

    @precondition(lambda self: self.papers() and self.shelf)
    @rule(which=FILES, kept=st.integers(0, 3))
    def an_older_file_is_saved_over_a_paper(self, which: int, kept: int) -> None:
        if path := self.paper(which):
            with self.at(path):
                shutil.copyfile(self.shelf[kept % len(self.shelf)], path)

    # Files are copied, renamed, deleted.

    @precondition(lambda self: self.papers())
    @rule(which=FILES, name=st.sampled_from(("JS {}.docx", "from JS/paper {}.DOCX", "{} (draft 1) JS.docx")), who=WHO)
    def a_paper_is_copied(self, which: int, name: str, who: str) -> None:
        if path := self.paper(which):
            self.board.made += 1
            twin = hands.copied(path, name.format(self.board.made))
            self.follow(path, twin)
            self.owner[twin] = who

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def a_paper_is_renamed(self, which: int) -> None:
        if path := self.paper(which):
            self.board.made += 1
            self.follow(path, hands.renamed(path, f"final {self.board.made}.docx"), gone=True)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def a_paper_is_deleted(self, which: int) -> None:
        if path := self.paper(which):
            path.unlink()
            for files in self.owed.values():
                files.discard(path)

    @precondition(lambda self: not self.has_stripped and (self.meeting_folder / RECORDS).exists())
    @rule()
    def the_records_are_lost(self) -> None:
        """Not of a paper that lost its own part too: by what is left nobody can tell what was printed."""
        shutil.rmtree(self.meeting_folder / RECORDS)
        self.is_without_records = True
        self.what_is_lost_is_made_anew()

    @precondition(lambda self: (self.meeting_folder / ACTS).exists())
    @rule()
    def what_was_settled_is_lost(self) -> None:
        (self.meeting_folder / ACTS).unlink()
        self.history = model.forgot(self.history)
        self.what_is_lost_is_made_anew()

    def what_is_lost_is_made_anew(self) -> None:
        repair(self.board.report.name, by="Ann Lee", **asked(self.board.order()))
