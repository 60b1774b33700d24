"""Any sequence of what a month brings, by chance, against what must hold at every build and every publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from pipeline.office import Built, Published, Settled, repair, settle
from pipeline.problems import BrokenInstallation, Level, PaperError, Place, Problem
from pipeline.store import acts_in, current_draft, sha256_of, withdraw
from tests import hands
from tests.chance import acts, model
from tests.chance.board import Board, everything
from tests.chance.people import FILES, People
from tests.office import asked, build, check, publish, supplement

LAST_DAY = dt.date(2027, 3, 5)


class Month(People):
    """The rules of a month in which the program runs, and what must hold whenever it did."""

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
        if way != "take":
            words = one.words if way == "keep" else [given["text"]]
            self.history = model.kept(self.history, one.facts, words)
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
        self.look_at_what_stands(made)
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
            made = supplement(self.board.order())
        except PaperError as refused:
            never(refused)
            return
        self.count("supplements")
        self.look_at_public([made.folder / name for name in made.files])

    @precondition(lambda self: self.is_without_records)
    @rule()
    def it_is_repaired(self) -> None:
        repair(self.board.report.name, by="Ann Lee", **asked(self.board.order()))
        self.is_without_records = False
        self.count("repairs")
        self.built()

    def built(self, **more: Any) -> Built | None:
        """A build and the next; what must hold after every one. None where it was refused."""
        made = drafted(self.board, **more)
        if isinstance(made, list):
            self.count("refused builds")
            if not more:
                assert drafted(self.board) == made, "refused otherwise a second time"
            return None
        self.count("builds")
        self.history = model.built(self.history, self.rows)
        self.look_at_words(made)
        self.look_at_facts(made)
        self.look_at_what_is_quoted(made)
        again = drafted(self.board)
        if isinstance(again, Built) and again.action != "unchanged" and "draft" in more:
            # Told to go on from one paper, it takes in another that waits for it the next time.
            made, again = again, drafted(self.board)
            self.look_at_words(made)
        before = made.path.read_bytes()
        if more and isinstance(again, list) and any(code in each for each in again for code in ("F130", "F134")):
            return made  # which of two drafts to go on from, or for a record, is asked until somebody has answered
        assert isinstance(again, Built), ("refused a second time", again)
        first, second = (told_each_time(each) for each in (made, again))
        assert again.action == "unchanged", ("changed a second time", again.action, again.path.name, made.path.name)
        assert first == second, ("says otherwise a second time", first, second)
        assert made.path.read_bytes() == before == again.path.read_bytes()
        return made

    # What must hold.

    def look_at_words(self, made: Built) -> None:
        """No word is lost: it stands in the draft, or in a copy that is named or was set aside by name; one in a row
        that is exempt by now stands in the draft before, which is named once.
        """
        there = acts.words_in(made.path).held
        named = {self.board.outputs / each.place.file for each in made.unsettled if each.code == "F140"}
        aside = acts_in(self.meeting_folder).set_aside
        outside = [path for path in self.papers() if path in named or sha256_of(path) in aside]
        elsewhere = frozenset[str]().union(*(acts.words_in(path).held for path in outside))
        before = {each.place.file for each in made.unsettled if each.code == "C174"}
        withheld = frozenset[str]().union(*(acts.words_in(each).held for each in self.papers() if each.name in before))
        for word, files in self.owed.items():
            if word in there:
                self.owed[word] = {made.path}
            elif word in withheld:
                self.owed[word] = set()
            elif files:
                assert word in elsewhere, ("lost", word, [path.name for path in files], made.action)

    def look_at_what_is_quoted(self, made: Built) -> None:
        """Nothing that is withheld is in what a build says, nor in its note and its record."""
        record = made.path.parent / "record" / f"draft {made.number}.json"
        texts = [repr((made.outcomes, made.unsettled)), record.read_text(encoding="utf-8") if record.exists() else ""]
        texts += [made.note.read_text(encoding="utf-8")] if made.note else []
        for row in self.rows:
            for word in (row.first, row.last) if row.is_withheld else ():
                assert not any(word in text for text in texts), ("quoted", word)

    def look_at_facts(self, made: Built) -> None:
        """No fact is stale, and no words rest on a stale one, unless a difference tells of it; what is withheld and
        stands in the draft stops its publication.
        """
        differences = [model.made_up_in((*each.facts, *each.words)) for each in made.differences]
        found = [*model.faults(self.history, self.rows, acts.units_of(made.path), differences)]
        silent = [(what, word) for what, word in found if what != "withheld"]
        assert not silent, ("no difference tells of it", silent, made.action, made.path.name)
        if found:
            assert errors_of(self.board), ("withheld, and nothing stands against it", found)

    def look_at_public(self, files: Any) -> None:
        """No file that the public reads holds what a withheld row says, or ever said."""
        text = "\n".join(map(everything, files))
        out = {word for word in self.history.secret if word in text}
        assert not out, ("published although withheld", out)

    def look_at_what_stands(self, made: Published) -> None:
        """What is published is what the files say, but for what people took out, or kept on record."""
        [paper] = made.folder.glob("*.docx")
        found = [*model.faults(self.history, self.rows, acts.units_of(paper))]
        assert not found, ("published", found)
        text = everything(paper)
        for (number, slot), value in model.now(self.rows).items():
            excused = (
                value in self.taken_out or number in self.deleted or model.is_settled(self.history, self.rows, number)
            )
            assert value in text or excused, ("not in it", number, slot, value)


def told_each_time(made: Built) -> list[tuple[str, Place]]:
    """What a build says that a person must settle, but for what it says once."""
    return [(each.code, each.place) for each in made.unsettled if each.code != "C174"]


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
