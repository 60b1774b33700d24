"""Rules on replies: to which letter, in which order, and still expected or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.problems import Problem, error, note, warning
from pipeline.records import Letter
from pipeline.rules.mentions import mentions
from pipeline.rules.near import did_you_mean
from pipeline.rules.records.case import Case


def answered(case: Case) -> Iterator[tuple[Letter, Letter | None]]:
    """Each reply with the letter that it answers, None where the log has no such letter."""
    by_ref = {each.ref: each for each in case.records.letters}
    for each in case.records.letters:
        if each.in_reply_to.strip():
            yield each, by_ref.get(each.in_reply_to)


def to_unknown(case: Case) -> Iterator[Problem]:
    """I441: in reply to a letter that the log does not have, or to itself."""
    known = [each.ref for each in case.records.letters]
    for reply, letter in answered(case):
        if letter is reply or (letter is None and not case.left_out(reply.in_reply_to)):
            others = [ref for ref in known if ref != reply.ref]
            yield error(
                "I441",
                reply.place("in_reply_to"),
                f"“{reply.ref}” is in reply to “{reply.in_reply_to}”, "
                + ("which is the letter itself." if letter else "which the log does not have."),
                did_you_mean(reply.in_reply_to, others, "Correct the reference, or log the letter that it answers."),
            )


def too_early(case: Case) -> Iterator[Problem]:
    """I442: dated before the letter that it answers."""
    for reply, letter in answered(case):
        if letter and reply.date < letter.date:
            yield error(
                "I442",
                reply.place("date"),
                f"“{reply.ref}” is dated {case.day(reply.date)}, before “{letter.ref}” of {case.day(letter.date)}, "
                "which it answers.",
                "Correct one of the dates, or the reference under “In reply to”.",
            )


def same_side(case: Case) -> Iterator[Problem]:
    """I446: both letters sent, or both received."""
    for reply, letter in answered(case):
        if letter and letter is not reply and reply.direction == letter.direction:
            way = "received" if reply.direction == "in" else "sent"
            yield warning(
                "I446",
                reply.place("direction"),
                f"“{reply.ref}” is in reply to “{letter.ref}”, but both were {way}.",
                "Correct “Direction”, or the reference under “In reply to”.",
            )


def several(case: Case) -> Iterator[Problem]:
    """I445: a second reply to one letter."""
    for letter in case.records.letters:
        for number, reply in enumerate(case.replies_to(letter)):
            if number:
                yield note(
                    "I445",
                    reply.place("in_reply_to"),
                    f"“{reply.ref}” is a further reply to “{letter.ref}”. "
                    "Sentences for each reply are said for this one too.",
                )


def latest(text: str) -> dt.date | None:
    """The last day that the text names, typed in figures or written out; None where it names none."""
    if figures := re.fullmatch(r"\D*(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text.strip()):
        day, month, year = map(int, figures.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    return max((each.last for each in mentions(text) if each.last), default=None)


def came(case: Case, letter: Letter) -> str:
    """That the reply to a letter came, and when, unless it may not be public."""
    replies = case.replies_to(letter)
    return f"came on {case.day(replies[0].date)}" if replies else "has come"


def expected(case: Case) -> Iterator[Problem]:
    """I443, I444, I453: expected though it has come; awaited (in a column of the log's own) but not expected; late."""
    for each in case.records.letters:
        if each.reply_expected and case.answered(each):
            yield note(
                "I443",
                each.place("reply_expected"),
                f"The reply to “{each.ref}” {came(case, each)}, but is still expected “{each.reply_expected}”.",
                "Clear “Reply expected”.",
            )
        when = latest(each.reply_expected) if case.awaiting(each) else None
        if when and when < case.dates.as_at:
            yield warning(
                "I453",
                each.place("reply_expected"),
                f"The reply to “{each.ref}” was expected “{each.reply_expected}”, and none is logged.",
                "Log the reply, or enter when it is expected now.",
            )
        waits = [text for text in each.others.values() if re.search(r"\bawait", text, re.IGNORECASE)]
        if waits and each.direction == "out" and not each.reply_expected and not case.answered(each):
            yield warning(
                "I444",
                each.place("reply_expected"),
                f"“{each.ref}” is “{waits[0]}”, but nothing stands under “Reply expected”, "
                "so the paper does not say so.",
                "Say when the reply is expected, such as “by March 2017”.",
            )


RULES = (to_unknown, too_early, same_side, several, expected)
