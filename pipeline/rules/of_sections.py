"""Rules on what a paper must have, and on what was carried over: sections, header, recommendations, references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.blocks import Fact
from pipeline.formats import day, month
from pipeline.kinds import Letter
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Place
from pipeline.rules.case import Case, HeaderField, Previous, rule, rule_of_words
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.passages import TITLES, Passage
from pipeline.rules.passing_words import has_cue, kept_places

WORDED = ("area", "activity", "heading")
SURE = ("title", "board", "date")
OPEN_ITEM = ("to be confirmed", "tbc", "to follow", "")
RECOMMENDATIONS, APPENDIX = "recommendations", "appendix/"
VERBS = frozenset(
    re.findall(
        r"\w+",
        """note agree approve comment endorse consider recommend resolve say decide delegate authorise adopt accept
        receive support determine appoint confirm review ratify request refer ask advise scrutinise welcome
        acknowledge instruct nominate direct identify choose discuss set remove give make invite grant refuse
        defer reject""",
    )
)
LEADS = Pattern(r"^(?:to\s+|that\s+the\s+[\w ]{1,40}?\s+)?(?:formally\s+|jointly\s+)?([A-Za-z]+)", re.IGNORECASE)
TYPED_NUMBER = Pattern(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|\([a-z]{1,3}\)|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")
OF_A_PAPER = Pattern(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-Z“‘\"'(])")
PARAGRAPH_NUMBER = Pattern(r"\bparagraphs?\s+(\d{1,2}\.\d{1,2})\b(?!\s+of\b)", re.IGNORECASE, cues=("paragraph",))


@rule("P101")
def a_required_section_that_says_nothing(case: Case) -> Findings:
    place = Place(case.report.settings_file, near="[checks]")
    blank = (name for name in case.report.required_sections if not case.context.sections.get(name))
    return (found(place, section=name) for name in blank)


@rule("P102", "header", "")
def a_header_without_its_field(field: HeaderField, _: Case) -> Verdict:
    return not field.text.strip() and field.name in SURE


@rule("P103", "header", "")
def a_blank_field(field: HeaderField, case: Case) -> Verdict:
    return not field.text.strip() and field.name not in (*SURE, "item") and field.name in case.report.fields


@rule("P104", "header", "")
def no_item_number(field: HeaderField, _: Case) -> Verdict:
    return field.name == "item" and field.text.strip().casefold() in OPEN_ITEM


@rule("P105")
def a_row_that_keeps_a_place(case: Case) -> Findings:
    cells = dict.fromkeys((fact.sources[0], fact.text) for fact in worded(case) if fact.sources)
    return (found(place, words=words) for place, text in cells for words in kept_places(text))


def worded(case: Case) -> Iterator[Fact]:
    """The words of tables' rows that officers chose, where they may keep a place."""
    cells = [(row, name) for row, names in case.cells for name in names if name in WORDED]
    if not has_cue("\n".join([row.values[name] for row, name in cells])):
        return iter(())
    found = (row.facts.get(name) for row, name in cells if kept_places(row.values[name]))
    return (fact for fact in found if fact is not None)


@rule_of_words("P105", "passages")
def a_place_that_is_kept(passage: Passage, _: Case) -> Findings:
    return (found(words, words=words) for words in (() if passage.waits else kept_places(passage.text)))


@rule("P110")
def nothing_recommended(case: Case) -> Verdict:
    asked, required = case.context.sections.get(RECOMMENDATIONS), case.report.required_sections
    return not asked and RECOMMENDATIONS not in required and found(NOWHERE)


@rule_of_words("P111", "passages", "")
def a_recommendation_without_its_verb(passage: Passage, _: Case) -> Verdict:
    text = TYPED_NUMBER.sub("", passage.text).strip()
    if passage.section != RECOMMENDATIONS or not text or text.endswith(":"):
        return None
    word = LEADS.match(text)
    return (not word or word[1].casefold() not in VERBS) and found(text=text)


@rule_of_words("P112", "passages", "")
def a_number_that_is_typed(passage: Passage, _: Case) -> Verdict:
    number = (TYPED_NUMBER if passage.source == "wording" else OF_A_PAPER).match(passage.text)
    if number is None or passage.in_table:
        return None
    return found(number=number[0].strip(), rest=passage.text[number.end() :])


@rule("P150", "comments", "")
def a_date_of_the_meeting_before(comment: Passage, case: Case) -> Verdict:
    date = its_date(comment, case.previous) if case.previous else ""
    return bool(date) and not is_its_own(case) and found(date=date)


@rule("P151", "comments", "")
def the_month_of_the_meeting_before(comment: Passage, case: Case) -> Verdict:
    if case.previous is None or is_its_own(case) or its_date(comment, case.previous):
        return None
    label = month(case.previous.meeting_on)
    left = label in comment.text and f"since {label}" not in comment.text
    return left and month(case.dates.meeting_on) != label and found(month=label)


def is_its_own(case: Case) -> bool:
    """Is the paper before this one of the same day?"""
    return case.previous is not None and case.previous.meeting_on == case.dates.meeting_on


def its_date(comment: Passage, previous: Previous) -> str:
    """A date of the paper before that stands in a comment, as it was printed."""
    on = previous.meeting_on
    days = {*previous.date_texts, day(on), day(on, "ordinal")}
    return next((text for text in sorted(days) if text in comment.text), "")


@rule("P152")
def a_comment_word_for_word_as_before(case: Case) -> Findings:
    changed = changed_since(case, case.previous) if case.previous else 0
    for name, settings in case.report.comments.items() if changed else ():
        comment = [passage for passage in case.comments if passage.section == name]
        if comment and all(stands_as_before(passage, case) for passage in comment):
            way = "one" if changed == 1 else ""
            yield found("", way, of=comment[0], title=settings.title, changed=changed)


def changed_since(case: Case, previous: Previous) -> int:
    """How many paragraphs outside the comments are new or read otherwise."""
    others = {passage.key: passage.text for passage in case.passages if not passage.comment}
    return sum(previous.blocks.get(key) != text for key, text in others.items())


def stands_as_before(comment: Passage, case: Case) -> bool:
    """Did the paragraph read so in the paper before? A place kept for a comment does not count."""
    before = case.previous.blocks if case.previous else {}
    return not comment.waits and before.get(comment.key) == comment.text


@rule_of_words("P170", "passages")
def an_appendix_that_is_not_there(passage: Passage, case: Case) -> Findings:
    return (found(words, words=words) for words, there in appendices_named(passage, case) if not there)


@rule_of_words("P171", "passages")
def an_appendix_by_a_typed_number(passage: Passage, case: Case) -> Findings:
    return (found(words, words=words) for words, there in appendices_named(passage, case) if there)


def appendices_named(passage: Passage, case: Case) -> list[tuple[str, bool]]:
    """The appendices that are typed in a passage, and whether the paper has one of that number."""
    label, count = case.report.appendix_label, len(case.context.sections.get(TITLES, ()))
    if label not in passage.text:
        return []
    typed = re.compile(rf"\b{re.escape(label)}\s+(\d{{1,2}}|[A-H])\b(?!\s+(?:of|to)\s+(?:the|that)\b)")
    return [(match[0], 1 <= number_of(match[1]) <= count) for match in typed.finditer(passage.typed)]


def number_of(name: str) -> int:
    """The number of an appendix, 1 for A."""
    return int(name) if name.isdecimal() else "ABCDEFGH".index(name) + 1


@rule_of_words("P172", "passages")
def a_paragraph_by_its_typed_number(passage: Passage, _: Case) -> Findings:
    return (found(match[0], words=match[0]) for match in PARAGRAPH_NUMBER.finditer(passage.text))


@rule("P173", "letters", "appendix_title")
def an_appendix_that_no_sentence_names(letter: Letter, case: Case) -> Verdict:
    told_before = case.last_meeting_on is not None and letter.date <= case.last_meeting_on
    return bool(letter.appendix_title) and not told_before and not is_appended(letter, case)


@rule("P174", "letters", "appendix_title")
def an_appendix_without_a_title(letter: Letter, case: Case) -> Verdict:
    return not letter.appendix_title and is_appended(letter, case) and found(None, "" if letter.file else "no_file")


def is_appended(letter: Letter, case: Case) -> bool:
    """Does a sentence of the paper make the letter an appendix?"""
    return APPENDIX + letter.ref in case.appendices
