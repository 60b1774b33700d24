"""Rules on the correspondence log: what a letter is about, its replies, its file, its parties, and exempt rows.

No message quotes anything of an exempt row but the paragraph's number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from pipeline.kinds import Letter, Withheld
from pipeline.nations import law_of
from pipeline.nearest import nearest
from pipeline.patterns import Pattern
from pipeline.problems import Place
from pipeline.rules.case import Case, rule
from pipeline.rules.engine import Finding, Findings, Verdict, found
from pipeline.rules.near import alike, plain, variants
from pipeline.rules.written_dates import mentions

SENT_WITH = dt.timedelta(days=31)
"""What goes with an update may be signed days before it is submitted."""
NUMBERED = Pattern(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S", re.IGNORECASE)
BETWEEN_LEADS = Pattern(r"[/;\n]")


@rule("I440", "records.letters", "update")
def about_an_unknown_update(letter: Letter, case: Case) -> Verdict:
    if letter.update is None or letter.update in case.update_by_number:
        return None
    return found(near=nearest(str(letter.update), [str(update.number) for update in case.updates]))


@rule("I447", "records.letters", "file")
def an_appendix_without_a_file(letter: Letter, _: Case) -> Verdict:
    return bool(letter.appendix_title) and not letter.file


@rule("I448", "records.letters", "file")
def a_file_that_cannot_be_used(letter: Letter, case: Case) -> Verdict:
    reason = case.absent(letter.file) if letter.appendix_title and letter.file else None
    return found(reason=reason[0], remedy=reason[1]) if reason else None


@rule("I449", "records.letters", "appendix_title")
def a_file_without_a_title(letter: Letter, _: Case) -> Verdict:
    return bool(letter.file) and not letter.appendix_title


@rule("I450", "records.letters", "date")
def a_letter_dated_later(letter: Letter, case: Case) -> Verdict:
    return letter.date > case.as_at


@rule("I454", "letters", "date")
def before_its_update(letter: Letter, case: Case) -> Verdict:
    update = case.update_by_number.get(letter.update) if letter.update is not None else None
    if update is None or update.submitted is None:
        return None
    first = update.submitted if letter.direction == "in" else update.submitted - SENT_WITH
    return letter.date < first and found(submitted=update.submitted)


@rule("I457", "letters")
def without_its_update(reply: Letter, case: Case) -> Verdict:
    letter = case.letter_by_ref.get(reply.in_reply_to)
    if letter is None or letter is reply or letter.date > case.as_at:
        return None
    return letter.update is None and reply.update is not None and found("update", of=letter, reply=reply)


@rule("I458", "letters", "update")
def without_its_thread(letter: Letter, _: Case) -> Verdict:
    return letter.answers_private and letter.update is None and not letter.thread


@rule("I483")
def no_part_of_a_sentence(case: Case) -> Findings:
    for place, texts in within_sentences(case):
        wrong = ((text, way) for text in texts if (way := standing_alone(text)))
        for text, way in islice(wrong, 1):
            yield found(place, way, text=" ".join(text.split()))


def within_sentences(case: Case) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The cells whose words a sentence goes on with."""
    yield from ((letter.place("points"), letter.points) for letter in case.letters)
    yield from ((workshop.place("purpose"), (workshop.purpose,)) for workshop in case.records.workshops)
    yield from ((workstream.place("position"), (workstream.position,)) for workstream in case.records.workstreams)


def standing_alone(text: str) -> str:
    """In which way some words are no part of a sentence; blank where they may be."""
    stopped = text.endswith(".") and not text.endswith("..")
    if NUMBERED.match(text):
        return "both" if stopped else "numbered"
    return "stopped" if stopped else ""


def answered(reply: Letter, case: Case) -> Letter | None:
    """The other letter that this one answers, None where the log has none."""
    letter = case.letter_by_ref.get(reply.in_reply_to) if reply.in_reply_to.strip() else None
    return None if letter is reply else letter


@rule("I441", "records.letters", "in_reply_to")
def a_reply_to_no_letter(reply: Letter, case: Case) -> Verdict:
    itself = case.letter_by_ref.get(reply.in_reply_to) is reply
    if not reply.in_reply_to.strip() or answered(reply, case) or (not itself and case.left_out(reply.in_reply_to)):
        return None
    near = nearest(reply.in_reply_to, case.letter_by_ref, but=reply.ref)
    return found(None, "itself" if itself else "", near=near)


@rule("I442", "records.letters", "date")
def a_reply_before_its_letter(reply: Letter, case: Case) -> Verdict:
    letter = answered(reply, case)
    return letter is not None and reply.date < letter.date and found(letter=letter)


@rule("I446", "records.letters", "direction")
def a_reply_from_the_same_side(reply: Letter, case: Case) -> Verdict:
    letter = answered(reply, case)
    return letter is not None and letter.direction == reply.direction and found(None, reply.direction, letter=letter)


@rule("I445", "records.letters")
def a_further_reply(letter: Letter, case: Case) -> Findings:
    return (found("in_reply_to", of=reply, letter=letter) for reply in case.replies_to(letter)[1:])


@rule("I443", "records.letters", "reply_expected")
def expected_though_it_came(letter: Letter, case: Case) -> Verdict:
    if not letter.reply_expected or not case.is_answered(letter):
        return None
    replies = case.replies_to(letter)
    return found(came=replies[0].date) if replies else found(None, "in_private")


@rule("I453", "records.letters", "reply_expected")
def a_reply_that_is_late(letter: Letter, case: Case) -> Verdict:
    last = latest(letter.reply_expected) if case.is_awaiting(letter) else None
    return last is not None and last < case.as_at


def latest(text: str) -> dt.date | None:
    """The last day that the text names, typed in figures or written out; None where it names none."""
    if figures := re.fullmatch(r"\D*(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text.strip()):
        day, month, year = map(int, figures.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    return max((mention.last for mention in mentions(text) if mention.last), default=None)


@rule("I444", "records.letters", "reply_expected")
def awaited_but_not_expected(letter: Letter, case: Case) -> Verdict:
    if letter.direction != "out" or letter.reply_expected or case.is_answered(letter):
        return None
    waits = (text for text in map(str, letter.added.values()) if re.search(r"\bawait", text, re.IGNORECASE))
    return next((found(state=text) for text in waits), None)


@rule("I451", "withheld")
def a_paragraph_of_another_nation(row: Withheld, case: Case) -> Verdict:
    law = law_of(case.report.nation)
    numbered = row.paragraph[:1].isdecimal()
    low, *_, high = law.exempt
    return (
        found(row.mark, schedule=law.schedule, low=low, high=high)
        if numbered and row.paragraph not in law.exempt
        else None
    )


@rule("I452", "withheld")
def exempt_and_an_appendix(row: Withheld, _: Case) -> Verdict:
    if row.paragraph.isdecimal() and isinstance(row.record, Letter) and row.record.appendix_title:
        return found(row.record.place("appendix_title"))
    return None


@rule("I465", "withheld")
def a_closed_day_that_is_exempt(row: Withheld, _: Case) -> Verdict:
    return row.kind == "closed_days" and found(row.mark)


@rule("I480")
def a_correspondent_in_two_spellings(case: Case) -> Findings:
    letters = case.records.letters
    senders = [(letter.sender, letter.place("sender")) for letter in letters]
    return spellings(senders + [(letter.recipient, letter.place("recipient")) for letter in letters])


@rule("I481")
def a_lead_in_two_spellings(case: Case) -> Findings:
    actions = case.records.actions
    return spellings([(part, action.place("lead")) for action in actions for part in BETWEEN_LEADS.split(action.lead)])


@rule("I484")
def a_kind_in_two_spellings(case: Case) -> Findings:
    named = [kind for group in case.report.words.get("letters", {}).values() for kind in group]
    rest = []
    for letter in case.records.letters:
        meant = [name for name in named if alike(letter.kind, name)]
        if not meant:
            rest.append((letter.kind, letter.place("kind")))
        elif usual := [name for name in meant if name.casefold() != letter.kind.casefold()]:
            yield found("kind", "in_settings", of=letter, spelt=letter.kind, usual=usual[0])
    yield from spellings(rest)


def spellings(used: list[tuple[str, Place]]) -> Iterator[Finding]:
    """Every spelling that is probably another name's."""
    for variant in variants([(" ".join(name.split()), place) for name, place in used]):
        yield found(variant.place, spelt=variant.name, usual=variant.usual)


def same_letter(letter: Letter) -> object:
    """What two letters that are one have in common."""
    names = (letter.sender, letter.recipient, letter.kind, letter.subject)
    return letter.date, letter.direction, *map(plain, names)


rule.twice("I456", "letters", "ref", same_letter, lambda row, first: row.ref == first.ref)
rule.twice(
    "I455", "letters", "file", lambda letter: letter.file.casefold() if letter.file and letter.appendix_title else None
)
