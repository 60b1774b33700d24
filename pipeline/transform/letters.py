"""Letters as facts: each linked to its update, the letter it answers, and the reply it had."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.kinds import Letter, Update
from pipeline.problems import Place
from pipeline.transform.facts import Derived, Facts, cells
from pipeline.transform.words import folded, yes

if TYPE_CHECKING:
    from pipeline.transform.views import View

APPENDIX = "appendix/"
REFERENCE = "\ufdd0{}\ufdd1"


class Letters:
    """The correspondence of one paper: what is later than `as_at` is not known yet."""

    def __init__(self, view: View) -> None:
        self.view, self.position = view, view.position
        self.known = tuple(sorted(self.position.letters, key=lambda each: each.date))
        self.by_ref = self.position.letter_by_ref
        self.updates: dict[int, Update] = {each.number: each for each in view.records.updates}

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """The letters by date."""
        return tuple(self.of(each) for each in self.known)

    def about(self, letter: Letter) -> str:
        """`last update`, `earlier update` or blank, by the letter's own number or that of the letter it answers."""
        number, seen = letter.update, set[str]()
        while number is None and behind(letter) in self.by_ref and letter.ref not in seen:
            seen.add(letter.ref)
            letter = self.by_ref[behind(letter)]
            number = letter.update
        last = self.position.last_update.number if self.position.last_update else None
        if number is None or last is None or number > last:
            return ""
        return "last update" if number == last else "earlier update"

    def shown(self, letter: Letter | None) -> Letter | None:
        """The letter, if the paper may speak of it."""
        return letter if letter and letter.date <= self.view.dates.as_at else None

    def of(self, letter: Letter) -> Facts:
        """One letter."""
        return self.view.facts("letter", letter)

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """What follows of a letter: links, what it is about, how it stands."""
        covering = folded(self.view.report.words.get("letters", {}).get("covering", ()))
        since = self.position.last_meeting_on
        return {
            "update": Derived(self.its_update, cells("update")),
            "in_reply_to": Derived(self.answered, cells("in_reply_to")),
            "reply": Derived(self.reply, self.reply_source),
            "appendix": Derived(reference, cells("appendix_title"), lambda _: "numbered by first mention"),
            "update_number": Derived(lambda each: each.update, cells("update")),
            "about": Derived(self.about, cells("update")),
            "covering": Derived(lambda each: yes(each.kind.casefold() in covering), cells("kind")),
            "reply_to": Derived(lambda each: each.in_reply_to, cells("in_reply_to")),
            "answered": Derived(lambda each: yes(self.position.is_answered(each)), self.answer_source),
            "appended": Derived(lambda each: yes(bool(each.appendix_title)), cells("appendix_title")),
            "new": Derived(lambda each: yes(since is None or each.date > since), cells("date")),
        }

    def its_update(self, letter: Letter) -> Facts | None:
        """The update that a letter is about."""
        found = self.updates.get(letter.update) if letter.update is not None else None
        return self.view.facts("update", found) if found else None

    def answered(self, letter: Letter) -> Facts | None:
        """The letter that it answers."""
        found = self.shown(self.by_ref.get(letter.in_reply_to))
        return self.of(found) if found else None

    def reply(self, letter: Letter) -> Facts | None:
        """The first reply that the paper may speak of."""
        found = self.first_reply(letter)
        return self.of(found) if found else None

    def first_reply(self, letter: Letter) -> Letter | None:
        """The first reply to a letter, which the paper may speak of."""
        return next(iter(self.position.replies_to(letter)), None)

    def reply_source(self, letter: Letter) -> tuple[Place, ...]:
        """The row of that reply, else the letter's own reference."""
        found = self.first_reply(letter)
        return (found.source if found else letter.place("ref"),)

    def answer_source(self, letter: Letter) -> tuple[Place, ...]:
        """The cell that says that a letter was answered, else its own reference."""
        found = self.first_reply(letter)
        return (found.place("in_reply_to") if found else letter.place("ref"),)


def behind(letter: Letter) -> str:
    """The letter with which the correspondence before this one is known to be."""
    return letter.in_reply_to or letter.thread


def reference(letter: Letter) -> str:
    """The mark that becomes the letter's name as an appendix."""
    return REFERENCE.format(APPENDIX + letter.ref)
