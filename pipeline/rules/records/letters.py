"""Rules on the correspondence log: what a letter is about, and its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.problems import Place, Problem, error, note, warning
from pipeline.rules.near import did_you_mean
from pipeline.rules.records.case import Case

SENT_WITH = dt.timedelta(days=31)
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S", re.IGNORECASE)


def about(case: Case) -> Iterator[Problem]:
    """I440: about an update that the list of updates does not have."""
    numbers = {each.number for each in case.records.updates}
    for each in case.records.letters:
        if each.update is not None and each.update not in numbers:
            known = [str(number) for number in sorted(numbers)]
            yield error(
                "I440",
                each.place("update"),
                f"“{each.ref}” is about update “{each.update}”, which the list of updates does not have.",
                did_you_mean(str(each.update), known, "Correct the number, or add the update to its list."),
            )


def appendix(case: Case) -> Iterator[Problem]:
    """I447, I448, I449: an appendix needs a title and a file that is there (R12)."""
    for each in case.records.letters:
        if each.appendix_title and not each.file:
            yield error(
                "I447",
                each.place("file"),
                f"“{each.ref}” is to be an appendix, “{each.appendix_title}”, but no file is named.",
                "Enter the file's name as it stands in the folder of appendices.",
            )
        elif each.appendix_title and (reason := case.absent(each.file)):
            yield error("I448", each.place("file"), *reason)
        elif each.file and not each.appendix_title:
            yield note(
                "I449",
                each.place("appendix_title"),
                f"“{each.ref}” has a file, “{each.file}”, but no title as an appendix, so it is not appended.",
                "Give it a title if it is to be an appendix.",
            )


def dated_later(case: Case) -> Iterator[Problem]:
    """I450: dated after the day that the paper speaks from."""
    for each in case.records.letters:
        if each.date > case.dates.as_at:
            yield note(
                "I450",
                each.place("date"),
                f"“{each.ref}” is dated {case.day(each.date)}, after {case.day(case.dates.as_at)}, "
                "so this paper does not tell of it.",
            )


def before_its_update(case: Case) -> Iterator[Problem]:
    """I454: about an update, and dated before it was submitted. What goes with an update may be signed days before."""
    submitted = {each.number: each.submitted for each in case.records.updates}
    for each in case.known_letters:
        on = submitted.get(each.update) if each.update is not None else None
        if on and each.date < (on if each.direction == "in" else on - SENT_WITH):
            yield warning(
                "I454",
                each.place("date"),
                f"“{each.ref}” of {case.day(each.date)} is about update {each.update}, which was submitted only on "
                f"{case.day(on)}.",
                "Correct the date, or the number of the update.",
            )


def without_its_update(case: Case) -> Iterator[Problem]:
    """I457: about no update, while the letter that answers it is about one."""
    by_ref = {each.ref: each for each in case.known_letters}
    for reply in case.known_letters:
        letter = by_ref.get(reply.in_reply_to)
        if letter and letter is not reply and letter.update is None and reply.update is not None:
            yield warning(
                "I457",
                letter.place("update"),
                f"“{letter.ref}” names no update, while “{reply.ref}”, which answers it, is about update "
                f"{reply.update}.",
                "Enter the number of the update.",
            )


def without_its_thread(case: Case) -> Iterator[Problem]:
    """I458: about no update, and in answer to a letter that may not be public, from which it cannot be taken."""
    for each in case.known_letters:
        if each.answers_private and each.update is None and not each.thread:
            yield warning(
                "I458",
                each.place("update"),
                f"“{each.ref}” answers a letter that may not be public, so the paper cannot tell what it is about.",
                "Enter the number of the update.",
            )


def points(case: Case) -> Iterator[Problem]:
    """I483: words that do not continue a sentence: numbered, or with a full stop at their end. Once a cell."""
    for place, texts in within_sentences(case):
        for text in texts:
            numbered, stopped = NUMBERED.match(text), text.endswith(".") and not text.endswith("..")
            if numbered or stopped:
                yield warning(
                    "I483",
                    place,
                    f"“{shown(text)}” {'begins with a number' if numbered else 'ends in a full stop'}, "
                    "and would be printed so within a sentence.",
                    f"Take the {'number' if numbered else 'full stop'} out.",
                )
                break


def within_sentences(case: Case) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The cells whose words a sentence goes on with."""
    for letter in case.known_letters:
        yield letter.place("points"), letter.points
    for workshop in case.records.workshops:
        yield workshop.place("purpose"), (workshop.purpose,)
    for workstream in case.records.workstreams:
        yield workstream.place("position"), (workstream.position,)


def shown(text: str) -> str:
    """A text on one line, cut after 50 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 50 else line[:49] + "…"


RULES = (about, appendix, dated_later, before_its_update, without_its_update, without_its_thread, points)
