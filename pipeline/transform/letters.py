"""Letters as facts: each linked to its update, the letter it answers, and the reply it had."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.records import Letter, Update
from pipeline.transform.facts import Answer, Facts
from pipeline.transform.words import folded, yes

if TYPE_CHECKING:
    from pipeline.transform.views import View

APPENDIX = "appendix/"
REFERENCE = "\ufdd0{}\ufdd1"


class Letters:
    """The correspondence of one paper: what is later than `as_at` is not known yet, what is exempt is not told."""

    def __init__(self, view: View) -> None:
        self.view = view
        known = sorted(
            (each for each in view.records.letters if each.date <= view.dates.as_at), key=lambda each: each.date
        )
        self.open = tuple(each for each in known if not each.exempt)
        self.by_ref = {each.ref: each for each in view.records.letters}
        self.replies: dict[str, Letter] = {}
        for each in known:
            self.replies.setdefault(each.in_reply_to, each)
        self.updates: dict[int, Update] = {each.number: each for each in view.records.updates}

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """The open letters by date."""
        return tuple(self.of(each) for each in self.open)

    def about(self, letter: Letter) -> str:
        """`last update`, `earlier update` or blank, by the letter's own number or that of the letter it answers."""
        number, seen = letter.update, set[str]()
        while number is None and letter.in_reply_to in self.by_ref and letter.ref not in seen:
            seen.add(letter.ref)
            letter = self.by_ref[letter.in_reply_to]
            number = letter.update
        last = self.view.last_update.number if self.view.last_update else None
        if number is None or last is None or number > last:
            return ""
        return "last update" if number == last else "earlier update"

    def shown(self, letter: Letter | None) -> Letter | None:
        """The letter, if the paper may speak of it."""
        return letter if letter and not letter.exempt and letter.date <= self.view.dates.as_at else None

    def of(self, letter: Letter) -> Facts:
        """One letter."""
        reply = self.replies.get(letter.ref)
        links = self.links(letter, self.shown(reply))
        covering = letter.kind.casefold() in folded(self.view.report.kinds.get("covering", ()))
        last_meeting = self.view.last_meeting_on
        return self.view.facts(
            "letter",
            letter,
            **links,
            update_number=Answer(letter.update, (letter.place("update"),)),
            about=Answer(self.about(letter), (letter.place("update"),)),
            covering=Answer(yes(covering), (letter.place("kind"),)),
            reply_to=Answer(letter.in_reply_to, (letter.place("in_reply_to"),)),
            answered=Answer(yes(reply is not None), (reply.place("in_reply_to"),) if reply else (letter.place("ref"),)),
            appended=Answer(yes(bool(letter.appendix_title)), (letter.place("appendix_title"),)),
            new=Answer(yes(last_meeting is None or letter.date > last_meeting), (letter.place("date"),)),
        )

    def links(self, letter: Letter, reply: Letter | None) -> dict[str, Answer]:
        """What leads on from a letter: its update, the letter it answers, its reply, its place among the appendices."""
        answered = self.shown(self.by_ref.get(letter.in_reply_to))
        update = self.updates.get(letter.update) if letter.update is not None else None
        title = (letter.place("appendix_title"),)
        return {
            "update": Answer((lambda: self.view.update(update)) if update else None, (letter.place("update"),)),
            "in_reply_to": Answer((lambda: self.of(answered)) if answered else None, (letter.place("in_reply_to"),)),
            "reply": Answer((lambda: self.of(reply)) if reply else None, (reply.source,) if reply else ()),
            "appendix": Answer(REFERENCE.format(APPENDIX + letter.ref), title, "numbered by first mention"),
        }
