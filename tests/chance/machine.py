"""Any sequence of what a month brings, by chance, against what must hold at every build and every publication."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pipeline.office import Built, Published, Settled, settle
from pipeline.problems import BrokenInstallation, Level, PaperError, Problem
from pipeline.store import acts_in, current_draft, drafts_in, sha256_of, withdraw
from pipeline.word import Element
from tests import hands
from tests.chance import acts
from tests.chance.board import HOMES, MEETINGS, Board, Row, board, everything
from tests.office import asked, build, check, publish, supplement

LATE = {"urgency": "The board needs it.", "lateness": "The news came on the day."}
LAST_DAY = dt.date(2027, 3, 5)
ROWS = st.integers(0, len(HOMES) - 1)
FILES = st.integers(0, 7)
SPOTS = st.sampled_from(("first", "last", "wall", "story"))


class Month(RuleBasedStateMachine):
    """The office, its files, and what each word and each value has come to.

    `told` are the values that a row ever had. `owed`: by each word that an officer typed, the files in which it must
    not be lost. What people took out, put in twice or typed themselves is no fault of the program's: `taken_out`,
    `put_in`, and the rows of blocks `deleted`.
    """

    home: ClassVar[Path]
    pattern: ClassVar[Path]
    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.home))
        self.board: Board = board(self.folder, self.pattern)
        self.told = [{row.first, row.last} for row in self.board.rows]
        self.owed: dict[str, set[Path]] = {}
        self.taken_out: set[str] = set()
        self.put_in: set[str] = set()
        self.deleted: set[int] = set()
        self.cut: dict[int, Element] = {}
        self.count("sequences")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def count(self, what: str) -> None:
        self.counts[what] += 1

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
        return acts.told_by(path, self.told[number])

    # The files change.

    @rule(number=ROWS, which=st.sampled_from((("first",), ("last",), ("first", "last"))))
    def a_fact_moves(self, number: int, which: tuple[str, ...]) -> None:
        new = {name: self.board.word("fact") for name in which}
        self.told[number].update(new.values())
        self.board.change(number, **new)

    @rule(number=ROWS, mark=st.sampled_from(("", "3")))
    def a_row_is_marked_or_freed(self, number: int, mark: str) -> None:
        self.board.change(number, mark=mark)

    @rule(number=ROWS, there=st.booleans())
    def a_row_goes_or_comes(self, number: int, there: bool) -> None:
        self.board.change(number, there=there)

    @rule(number=ROWS, status=st.sampled_from(("Open", "Complete")))
    def a_row_is_completed_or_reopened(self, number: int, status: str) -> None:
        self.board.change(number, status=status)

    @rule(number=ROWS)
    def a_reference_is_corrected(self, number: int) -> None:
        self.board.made += 1
        self.board.change(number, ref=f"A-{100 + self.board.made}")

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
        old = getattr(self.board.rows[number], spot, spot)
        word = self.board.word("typed")
        with self.at(path):
            if acts.retyped(path, at, old, word if over else f"{old} {word}", tracked=tracked):
                self.count("words typed")

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, tracked=st.booleans())
    def somebody_types_a_value_of_the_past(self, which: int, number: int, tracked: bool) -> None:
        path = self.paper(which)
        at = self.spot(path, number) if path else ""
        old = sorted(self.told[number] - {self.board.rows[number].first, self.board.rows[number].last})
        if path and at and old:
            self.put_in.add(old[0])
            with self.at(path):
                acts.retyped(path, at, self.board.rows[number].first, old[0], tracked=tracked)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, tracked=st.booleans())
    def somebody_takes_typed_words_out_again(self, which: int, tracked: bool) -> None:
        path = self.paper(which)
        word = acts.told_by(path, sorted(self.owed)) if path else ""
        if path and word:
            with self.at(path):
                acts.retyped(path, word, f" {word}", "", tracked=tracked)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def somebody_types_in_the_steady_paragraph(self, which: int) -> None:
        if path := self.paper(which):
            word = self.board.word("typed")
            with self.at(path):
                try:
                    acts.retyped(path, "follows the work", "hears", f"hears {word}")
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
                hands.commented(path, at, f"Is this {word}?")
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
                self.cut[number] = hands.deleted(path, at, tracked=tracked)
            self.deleted.add(number)

    @precondition(lambda self: self.papers())
    @rule(which=FILES, number=ROWS, after=ROWS, marks=st.booleans())
    def a_block_is_pasted(self, which: int, number: int, after: int, marks: bool) -> None:
        path = self.paper(which)
        if path is None or number not in self.cut or (HOMES[number] == "Table") != (HOMES[after] == "Table"):
            return
        if at := self.spot(path, after):
            if self.spot(path, number):
                self.put_in |= self.told[number]
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
                hands.changed(path, lambda _: None)

    # Files are copied, renamed, deleted.

    @precondition(lambda self: self.papers())
    @rule(which=FILES, name=st.sampled_from(("JS {}.docx", "from JS/paper {}.DOCX", "{} (draft 1) JS.docx")))
    def a_paper_is_copied(self, which: int, name: str) -> None:
        if path := self.paper(which):
            self.board.made += 1
            twin = hands.copied(path, name.format(self.board.made))
            self._follow(path, twin)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def a_paper_is_renamed(self, which: int) -> None:
        if path := self.paper(which):
            self.board.made += 1
            self._follow(path, hands.renamed(path, f"final {self.board.made}.docx"), gone=True)

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def a_paper_is_deleted(self, which: int) -> None:
        if path := self.paper(which):
            path.unlink()
            for files in self.owed.values():
                files.discard(path)

    def _follow(self, path: Path, other: Path, *, gone: bool = False) -> None:
        for files in self.owed.values():
            if path in files:
                files.add(other)
            if gone:
                files.discard(path)

    # The program runs.

    @initialize()
    def it_is_drafted(self) -> None:
        self.built()

    @rule()
    def it_is_built(self) -> None:
        self.built()

    @precondition(lambda self: self.board.now.date() < LAST_DAY)
    @rule()
    def a_night_passes(self) -> None:
        self.board.now += dt.timedelta(days=1)
        self.built()

    @precondition(lambda self: self.papers())
    @rule(which=FILES)
    def it_goes_on_from_a_copy(self, which: int) -> None:
        if path := self.paper(which):
            self.built(draft=path)

    @precondition(lambda self: self.papers()[1:])
    @rule(which=FILES)
    def a_copy_is_set_aside(self, which: int) -> None:
        if path := self.paper(which):
            self.built(without=path, by="Ann Lee")

    @rule(which=st.integers(0, 4), way=st.sampled_from(("keep", "take", "both")))
    def a_difference_is_settled(self, which: int, way: str) -> None:
        made = self.built()
        listed = settled(self.board) if made else None
        there = [each for each in listed.differences if way in each.ways] if listed else []
        if made is None or not there:
            return
        one = there[which % len(there)]
        given: dict[str, Any] = {way: [one.name]}
        if way == "both":
            word = self.board.word("typed")
            given = {"both": one.name, "text": " | ".join(f"{text} {word}" for text in one.facts)}
        before = acts.words_in(made.path)
        try:
            after = settled(self.board, by="Ann Lee", **given)
        except PaperError as refused:
            assert {each.code for each in refused.problems} <= {"C173"}  # noqa: PT017
            return
        assert one.words not in [each.words for each in after.differences], "settled, and open still"
        assert after.path
        now = acts.words_in(after.path)
        self.taken_out |= before.seen - now.seen
        for word in before.held - now.held:
            self.owed.pop(word, None)
        for word in now.held - before.held:
            if word.startswith("typed"):
                self.owed[word] = {after.path}
        self.count(f"differences settled: {way}")
        self.built()

    @precondition(lambda self: self.has_a_draft)
    @rule()
    def it_is_published(self) -> None:
        against = errors_of(self.board)
        try:
            made = publish(self.board.order())
        except BrokenInstallation:
            raise
        except PaperError as refused:
            assert against, ("check says that nothing stands against it", said(refused.problems))  # noqa: PT017
            self.count("refused publications")
            return
        assert not against, ("check tells of what does not stop it", against)
        self.count("publications")
        self.look_at_public(made.folder.iterdir())
        self.look_at_facts(made)
        draft = current_draft(self.meeting_folder)
        after = self.built()
        assert draft, "published without a draft"
        assert after, "published, and then refused"
        assert not after.unsettled, ("open after publication", said(after.unsettled))
        assert hands.says(after.path) == hands.says(draft.path), "changed after publication"

    @precondition(lambda self: (self.meeting_folder / "published").exists())
    @rule()
    def it_is_withdrawn(self) -> None:
        try:
            withdraw(self.meeting_folder, at=self.board.now, reason="It was wrong.")
        except PaperError as refused:
            never(refused)

    @precondition(lambda self: (self.meeting_folder / "published").exists())
    @rule()
    def it_is_supplemented(self) -> None:
        try:
            made = supplement(self.board.order(), LATE)
        except PaperError as refused:
            never(refused)
            return
        self.count("supplements")
        self.look_at_public(made.files)

    def built(self, **more: Any) -> Built | None:
        """A build and the next; what must hold after every one. None where it was refused."""
        made = drafted(self.board, **more)
        if isinstance(made, list):
            self.count("refused builds")
            if not more:
                assert drafted(self.board) == made, "refused otherwise a second time"
            return None
        self.count("builds")
        self.look_at_words(made)
        self.look_at_what_is_quoted(made)
        again = drafted(self.board)
        if isinstance(again, Built) and again.action != "unchanged" and "draft" in more:
            # Told to go on from one paper, it takes in another that waits for it the next time.
            made, again = again, drafted(self.board)
            self.look_at_words(made)
        before = made.path.read_bytes()
        if more and isinstance(again, list) and any("F130" in each for each in again):
            return made  # which of two drafts to go on from is asked until one of them is set aside
        assert isinstance(again, Built), ("refused a second time", again)
        first, second = (said(each.unsettled) for each in (made, again))
        assert again.action == "unchanged", ("changed a second time", again.action, again.path.name, made.path.name)
        assert first == second, ("says otherwise a second time", first, second)
        assert made.path.read_bytes() == before == again.path.read_bytes()
        return made

    # What must hold.

    def look_at_words(self, made: Built) -> None:
        """No word is lost: it stands in the draft, or in a copy that is named or was set aside by name."""
        there = acts.words_in(made.path).held
        named = {self.board.outputs / each.place.file for each in made.unsettled if each.code == "F140"}
        aside = acts_in(self.meeting_folder).set_aside
        outside = [path for path in self.papers() if path in named or sha256_of(path) in aside]
        elsewhere = frozenset[str]().union(*(acts.words_in(path).held for path in outside))
        for word, files in self.owed.items():
            if word in there:
                self.owed[word] = {made.path}
            elif files:
                assert word in elsewhere, ("lost", word, [path.name for path in files], made.action)

    def look_at_what_is_quoted(self, made: Built) -> None:
        """Nothing that is withheld is in what a build says, nor in its note and its record."""
        record = made.path.parent / "record" / f"draft {made.number}.json"
        texts = [repr((made.outcomes, made.unsettled)), record.read_text(encoding="utf-8")]
        texts += [made.note.read_text(encoding="utf-8")] if made.note else []
        for row in self.board.rows:
            for word in (row.first, row.last) if row.is_withheld else ():
                assert not any(word in text for text in texts), ("quoted", word)

    def look_at_public(self, files: Any) -> None:
        """No file that the public reads holds what a withheld row says, or ever said."""
        text = "\n".join(map(everything, files))
        for row, told in zip(self.board.rows, self.told, strict=True):
            if row.is_withheld:
                out = {word for word in told if word in text} - self.put_in
                assert not out, ("published although withheld", out)

    def look_at_facts(self, made: Published) -> None:
        """No fact is stale: what is published is what the files say, but for what people put in, took out or kept."""
        [paper] = made.folder.glob("*.docx")
        text = everything(paper)
        draft = current_draft(self.meeting_folder)
        assert draft
        done = [act for act in acts_in(self.meeting_folder) if act.facts or act.words]
        kept = [(" ".join(act.facts), " ".join(act.text or act.words)) for act in done if act.what != "take"]
        for number, (row, told) in enumerate(zip(self.board.rows, self.told, strict=True)):
            now = {row.first, row.last} if row.is_called_for else set[str]()
            here = [words for facts, words in kept if is_of_today(row, facts)]
            stale = {word for word in told - now - self.put_in if word in text}
            stale -= {word for word in stale if any(word in words for words in here)}
            assert not stale or row.is_withheld, ("stale", row.ref, stale)
            missing = {word for word in now if word not in text} - self.taken_out
            assert not missing or number in self.deleted or here, ("not in it", row.ref, missing)


def is_of_today(row: Row, facts: str) -> bool:
    """Are these the facts of a row as it stands: its values, or none where the paper has no call for it?"""
    return (row.first in facts and row.last in facts) if row.is_called_for else not facts


def settled(made: Board, **choice: Any) -> Settled:
    """What `settle` lists, and does where a choice is given."""
    return settle(made.report.name, **choice, **asked(made.order()))


def drafted(made: Board, **more: Any) -> Built | list[str]:
    """What `build` does: the next draft, or why it was refused."""
    try:
        return build(made.order(**more))
    except PaperError as refused:
        never(refused)
        return said(refused.problems)


def errors_of(made: Board) -> list[str]:
    """What `check` says stands against publication."""
    try:
        found = check(made.order())
    except PaperError as refused:
        never(refused)
        found = list(refused.problems)
    return said(each for each in found if each.level is Level.ERROR)


def never(refused: PaperError) -> None:
    """What no file and no act may bring about: a broken installation, or a merge that would lose a word."""
    assert not isinstance(refused, BrokenInstallation), refused
    assert "R103" not in {each.code for each in refused.problems}, refused


def said(problems: Any) -> list[str]:
    return [str(each) for each in problems if isinstance(each, Problem)]
