"""Rules on what was carried over from the paper before (R18)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.formats import day, month
from pipeline.problems import Problem, note, warning
from pipeline.rules.paper.case import Paper, Previous
from pipeline.rules.passages import Passage


def its_dates(paper: Paper) -> Iterator[Problem]:
    """P150, P151: the day, or the month, of the meeting before in a comment, where it may have been left standing."""
    previous = paper.previous
    if previous is None or previous.meeting_on == paper.dates.meeting_on:
        return
    days = {*previous.date_texts, day(previous.meeting_on), day(previous.meeting_on, "ordinal")}
    label = month(previous.meeting_on)
    for passage in (each for each in paper.passages if each.comment):
        text, found = passage.text, next((each for each in sorted(days) if each in passage.text), None)
        cure = "Ask the service whether it means this meeting."
        if found:
            yield warning("P150", passage.place(""), f"“{found}” is a date of the paper before this one.", cure)
        elif label in text and month(paper.dates.meeting_on) != label and f"since {label}" not in text:
            yield note("P151", passage.place(""), f"“{label}” is the month of the meeting before this one.", cure)


def same_comment(paper: Paper) -> Iterator[Problem]:
    """P152: a comment word for word as it was, while other paragraphs of the paper have changed."""
    previous = paper.previous
    if previous is None:
        return
    changed = changes(paper, previous)
    for name in paper.report.comments:
        blocks = [each for each in paper.passages if each.section == name and each.comment]
        if blocks and changed and all(stands(previous, each) for each in blocks):
            title, others = paper.report.comments[name].title, f"other paragraph{'' if changed == 1 else 's'}"
            yield warning(
                "P152",
                blocks[0].place(""),
                f"“{title}” is word for word as it was on {paper.day(previous.meeting_on)}, "
                f"while {changed} {others} of the paper changed.",
                "Ask the service to look at it again.",
            )


def stands(previous: Previous, passage: Passage) -> bool:
    """Did the paragraph read so in the paper before? A place kept for a comment does not count."""
    return not passage.waits and previous.blocks.get(passage.key) == passage.text


def changes(paper: Paper, previous: Previous) -> int:
    """Paragraphs outside the comments that are new or read otherwise."""
    texts = {each.key: each.text for each in paper.passages if not each.comment}
    return sum(previous.blocks.get(key) != text for key, text in texts.items())


OF_THE_PAPER = (its_dates, same_comment)
