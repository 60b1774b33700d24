"""Rules on the correspondence log: what a letter is about, its replies, its file, its parties, and exempt rows.

No message quotes anything of an exempt row but the paragraph's number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from pipeline.kinds import Letter
from pipeline.nearest import nearest
from pipeline.problems import Place
from pipeline.rules.board import Board, of_records, repeated
from pipeline.rules.engine import Finding, Findings, Verdict, found
from pipeline.rules.mentions import mentions
from pipeline.rules.near import alike, plain, variants
from pipeline.withheld import Withheld

SENT_WITH = dt.timedelta(days=31)
"""What goes with an update may be signed days before it is submitted."""
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S", re.IGNORECASE)
BETWEEN_LEADS = re.compile(r"[/;\n]")
PARAGRAPHS = {"england": (1, 7), "wales": (12, 18)}
"""Local Government Act 1972, Schedule 12A: paragraphs of Part 1 (England) and Part 4 (Wales)."""


@of_records("I440", "records.letters", "update")
def about_an_unknown_update(letter: Letter, board: Board) -> Verdict:
    if letter.update is None or letter.update in board.update_by_number:
        return None
    return found(near=nearest(str(letter.update), [str(each.number) for each in board.updates]))


@of_records("I447", "records.letters", "file")
def an_appendix_without_a_file(letter: Letter, _: Board) -> Verdict:
    return bool(letter.appendix_title) and not letter.file


@of_records("I448", "records.letters", "file")
def a_file_that_cannot_be_used(letter: Letter, board: Board) -> Verdict:
    reason = board.absent(letter.file) if letter.appendix_title and letter.file else None
    return found(reason=reason[0], remedy=reason[1]) if reason else None


@of_records("I449", "records.letters", "appendix_title")
def a_file_without_a_title(letter: Letter, _: Board) -> Verdict:
    return bool(letter.file) and not letter.appendix_title


@of_records("I450", "records.letters", "date")
def a_letter_dated_later(letter: Letter, board: Board) -> Verdict:
    return letter.date > board.as_at


@of_records("I454", "letters", "date")
def before_its_update(letter: Letter, board: Board) -> Verdict:
    update = board.update_by_number.get(letter.update) if letter.update is not None else None
    if update is None or update.submitted is None:
        return None
    first = update.submitted if letter.direction == "in" else update.submitted - SENT_WITH
    return letter.date < first and found(submitted=update.submitted)


@of_records("I457", "letters")
def without_its_update(reply: Letter, board: Board) -> Verdict:
    letter = board.letter_by_ref.get(reply.in_reply_to)
    if letter is None or letter is reply or letter.date > board.as_at:
        return None
    return letter.update is None and reply.update is not None and found("update", of=letter, reply=reply)


@of_records("I458", "letters", "update")
def without_its_thread(letter: Letter, _: Board) -> Verdict:
    return letter.answers_private and letter.update is None and not letter.thread


@of_records("I483")
def no_part_of_a_sentence(board: Board) -> Findings:
    for place, texts in within_sentences(board):
        wrong = ((text, way) for text in texts if (way := standing_alone(text)))
        for text, way in islice(wrong, 1):
            yield found(place, way, text=" ".join(text.split()))


def within_sentences(board: Board) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The cells whose words a sentence goes on with."""
    yield from ((each.place("points"), each.points) for each in board.letters)
    yield from ((each.place("purpose"), (each.purpose,)) for each in board.records.workshops)
    yield from ((each.place("position"), (each.position,)) for each in board.records.workstreams)


def standing_alone(text: str) -> str:
    """In which way some words are no part of a sentence; blank where they may be."""
    if NUMBERED.match(text):
        return "numbered"
    return "stopped" if text.endswith(".") and not text.endswith("..") else ""


def answered(reply: Letter, board: Board) -> Letter | None:
    """The other letter that this one answers, None where the log has none."""
    letter = board.letter_by_ref.get(reply.in_reply_to) if reply.in_reply_to.strip() else None
    return None if letter is reply else letter


@of_records("I441", "records.letters", "in_reply_to")
def a_reply_to_no_letter(reply: Letter, board: Board) -> Verdict:
    itself = board.letter_by_ref.get(reply.in_reply_to) is reply
    if not reply.in_reply_to.strip() or answered(reply, board) or (not itself and board.left_out(reply.in_reply_to)):
        return None
    others = [each.ref for each in board.records.letters if each.ref != reply.ref]
    return found(None, "itself" if itself else "", near=nearest(reply.in_reply_to, others))


@of_records("I442", "records.letters", "date")
def a_reply_before_its_letter(reply: Letter, board: Board) -> Verdict:
    letter = answered(reply, board)
    return letter is not None and reply.date < letter.date and found(letter=letter)


@of_records("I446", "records.letters", "direction")
def a_reply_from_the_same_side(reply: Letter, board: Board) -> Verdict:
    letter = answered(reply, board)
    return letter is not None and letter.direction == reply.direction and found(None, reply.direction, letter=letter)


@of_records("I445", "records.letters")
def a_further_reply(letter: Letter, board: Board) -> Findings:
    return (found("in_reply_to", of=reply, letter=letter) for reply in board.replies_to(letter)[1:])


@of_records("I443", "records.letters", "reply_expected")
def expected_though_it_came(letter: Letter, board: Board) -> Verdict:
    if not letter.reply_expected or not board.is_answered(letter):
        return None
    replies = board.replies_to(letter)
    return found(came=replies[0].date) if replies else found(None, "in_private")


@of_records("I453", "records.letters", "reply_expected")
def a_reply_that_is_late(letter: Letter, board: Board) -> Verdict:
    last = latest(letter.reply_expected) if board.is_awaiting(letter) else None
    return last is not None and last < board.as_at


def latest(text: str) -> dt.date | None:
    """The last day that the text names, typed in figures or written out; None where it names none."""
    if figures := re.fullmatch(r"\D*(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text.strip()):
        day, month, year = map(int, figures.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    return max((each.last for each in mentions(text) if each.last), default=None)


@of_records("I444", "records.letters", "reply_expected")
def awaited_but_not_expected(letter: Letter, board: Board) -> Verdict:
    if letter.direction != "out" or letter.reply_expected or board.is_answered(letter):
        return None
    waits = (text for text in map(str, letter.added.values()) if re.search(r"\bawait", text, re.IGNORECASE))
    return next((found(state=text) for text in waits), None)


@of_records("I451", "withheld")
def a_paragraph_of_another_nation(row: Withheld, board: Board) -> Verdict:
    low, high = PARAGRAPHS.get(board.report.nation, (0, 99))
    wrong = row.paragraph.isdecimal() and not low <= int(row.paragraph) <= high
    return found(row.mark, low=low, high=high) if wrong else None


@of_records("I452", "withheld")
def exempt_and_an_appendix(row: Withheld, _: Board) -> Verdict:
    if row.paragraph.isdecimal() and isinstance(row.record, Letter) and row.record.appendix_title:
        return found(row.record.place("appendix_title"))
    return None


@of_records("I465", "withheld")
def a_closed_day_that_is_exempt(row: Withheld, _: Board) -> Verdict:
    return row.kind == "closed_days" and found(row.mark)


@of_records("I480")
def a_correspondent_in_two_spellings(board: Board) -> Findings:
    letters = board.records.letters
    senders = [(each.sender, each.place("sender")) for each in letters]
    return spellings(senders + [(each.recipient, each.place("recipient")) for each in letters])


@of_records("I481")
def a_lead_in_two_spellings(board: Board) -> Findings:
    actions = board.records.actions
    return spellings([(part, each.place("lead")) for each in actions for part in BETWEEN_LEADS.split(each.lead)])


@of_records("I484")
def a_kind_in_two_spellings(board: Board) -> Findings:
    named = [kind for group in board.report.words.get("letters", {}).values() for kind in group]
    rest = []
    for letter in board.records.letters:
        meant = [name for name in named if alike(letter.kind, name)]
        if not meant:
            rest.append((letter.kind, letter.place("kind")))
        elif usual := [name for name in meant if name.casefold() != letter.kind.casefold()]:
            yield found("kind", "in_settings", of=letter, spelt=letter.kind, usual=usual[0])
    yield from spellings(rest)


def spellings(used: list[tuple[str, Place]]) -> Iterator[Finding]:
    """Every spelling that is probably another name's."""
    for each in variants([(" ".join(name.split()), place) for name, place in used]):
        yield found(each.place, spelt=each.name, usual=each.usual)


@of_records("I456")
def a_letter_logged_twice(board: Board) -> Findings:
    def same(letter: Letter) -> tuple[object, ...]:
        names = (letter.sender, letter.recipient, letter.kind, letter.subject)
        return letter.date, letter.direction, *map(plain, names)

    for row, first in repeated(board.letters, same):
        if first.ref != row.ref:
            yield found("ref", of=row, first=first, first_place=first.place("ref"))


@of_records("I455")
def one_file_for_two_letters(board: Board) -> Findings:
    appended = [each for each in board.letters if each.file and each.appendix_title]
    for row, first in repeated(appended, lambda each: each.file.casefold()):
        yield found("file", of=row, first=first, first_place=first.place("file"))
