"""The office of one report: its board, the people in it and their files, and what each word has come to."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from pipeline.store import drafts_in
from pipeline.word import Element
from tests import hands
from tests.chance import acts, model
from tests.chance.board import MEETINGS, Board, Row, board

PEOPLE = (hands.ANN, "Bea Moss", "Cid Nye")


class Office(RuleBasedStateMachine):
    """`history` is what the oracle knows. `owed`: by each word that an officer typed, the files in which it must not be
    lost; `owner`: who works in which file; `shelf`: papers as somebody kept them. What people took out, put in twice or
    typed themselves is no fault of the program's: `taken_out`, `put_in`, and the rows of blocks `deleted`.
    """

    home: ClassVar[Path]
    pattern: ClassVar[Path]
    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.home))
        self.board: Board = board(self.folder, self.pattern)
        self.history = model.History()
        for number, row in enumerate(self.board.rows):
            self.history = model.called(self.history, number, row)
        self.owed: dict[str, set[Path]] = {}
        self.owner: dict[Path, str] = {}
        self.shelf: list[Path] = []
        self.taken_out: set[str] = set()
        self.put_in: set[str] = set()
        self.deleted: set[int] = set()
        self.cut: dict[int, Element] = {}
        self.is_without_records = self.has_stripped = False
        self.count("sequences")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def count(self, what: str) -> None:
        self.counts[what] += 1

    @property
    def rows(self) -> list[Row]:
        return self.board.rows

    @property
    def meeting_folder(self) -> Path:
        return self.board.outputs / MEETINGS[self.board.meeting].isoformat()

    @property
    def has_a_draft(self) -> bool:
        return bool(drafts_in(self.meeting_folder))

    def papers(self) -> list[Path]:
        """The Word files that people have, the newest draft first."""
        files = (path for path in self.board.outputs.rglob("*") if path.suffix.casefold() == ".docx")
        found = {path for path in files if not {"record", "published"} & {*path.parts}}
        newest = max(drafts_in(self.meeting_folder).items(), default=(0, []))[1]
        rest = sorted(each for each in found - {*newest} if "supplement" not in each.name)
        return [*newest, *rest]

    def paper(self, which: int) -> Path | None:
        """One of them, most often the newest draft; None where there is none."""
        found = self.papers()
        return found[max(0, which - 4) % len(found)] if found else None

    def by(self, path: Path) -> str:
        """Who works in a file."""
        return self.owner.get(path, PEOPLE[0])

    def change(self, number: int, **values: str | bool) -> None:
        """Somebody types a row of the tracker anew."""
        self.board.change(number, **values)
        self.history = model.called(self.history, number, self.rows[number])

    @contextmanager
    def at(self, path: Path) -> Iterator[None]:
        """Something is done to a file by hand; what it took out and put in is no fault of the program's."""
        before = acts.words_in(path)
        yield
        after = acts.words_in(path)
        self.taken_out |= before.seen - after.seen
        for word in before.held - after.held:
            # Out of an older draft it is out of those made from it, in which nobody typed since.
            gone = set(self.owed.get(word, ())) if "progress (draft" in path.name else {path}
            self.owed.get(word, set()).difference_update(gone)
        for word in after.held - before.held:
            if word.startswith("typed"):
                self.owed.setdefault(word, set()).add(path)
        self.count("acts by hand")

    def spot(self, path: Path, number: int) -> str:
        """A word by which the block of a row is found in a paper; blank where it is not in it."""
        return acts.first_in(path, sorted(self.history.of_row(number)))

    def follow(self, path: Path, other: Path, *, gone: bool = False) -> None:
        """A file was copied to another place, or moved there."""
        self.owner[other] = self.by(path)
        for files in self.owed.values():
            if path in files:
                files.add(other)
            if gone:
                files.discard(path)
