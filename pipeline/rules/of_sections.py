"""Rules on what a paper must have, and on what was carried over: sections, header, recommendations, references."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.formats import day, month
from pipeline.kinds import Letter
from pipeline.problems import NOWHERE, Place
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.kept_place import kept_places
from pipeline.rules.page import HeaderField, Page, Previous, of_page, of_passages
from pipeline.rules.passages import TITLES, Passage

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
LEADS = re.compile(r"^(?:to\s+|that\s+the\s+[\w ]{1,40}?\s+)?(?:formally\s+|jointly\s+)?([A-Za-z]+)", re.IGNORECASE)
TYPED_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|\([a-z]{1,3}\)|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")
OF_A_PAPER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-Z“‘\"'(])")
PARAGRAPH = re.compile(r"\bparagraphs?\s+(\d{1,2}\.\d{1,2})\b(?!\s+of\b)", re.IGNORECASE)


@of_page("P101")
def a_required_section_that_says_nothing(page: Page) -> Findings:
    place = Place(f"{page.report.name}/report.toml", near="[checks]")
    blank = (name for name in page.report.required_sections if not page.context.sections.get(name))
    return (found(place, section=name) for name in blank)


@of_page("P102", "header", "")
def a_header_without_its_field(field: HeaderField, _: Page) -> Verdict:
    return not field.text.strip() and field.name in SURE


@of_page("P103", "header", "")
def a_blank_field(field: HeaderField, page: Page) -> Verdict:
    return not field.text.strip() and field.name not in (*SURE, "item") and field.name in page.report.fields


@of_page("P104", "header", "")
def no_item_number(field: HeaderField, _: Page) -> Verdict:
    return field.name == "item" and field.text.strip().casefold() in OPEN_ITEM


@of_page("P105")
def a_row_that_keeps_a_place(page: Page) -> Findings:
    cells = ((row, name) for row, names in page.cells for name in names if name in WORDED)
    facts = (row.facts.get(name) for row, name in cells if kept_places(row.values[name]))
    for place, text in dict.fromkeys((each.sources[0], each.text) for each in facts if each and each.sources):
        yield from (found(place, words=words) for words in kept_places(text))


@of_passages("P105", "passages")
def a_place_that_is_kept(passage: Passage, _: Page) -> Findings:
    return (found(words, words=words) for words in (() if passage.waits else kept_places(passage.text)))


@of_page("P110")
def nothing_recommended(page: Page) -> Verdict:
    asked, required = page.context.sections.get(RECOMMENDATIONS), page.report.required_sections
    return not asked and RECOMMENDATIONS not in required and found(NOWHERE)


@of_passages("P111", "passages", "")
def a_recommendation_without_its_verb(passage: Passage, _: Page) -> Verdict:
    text = TYPED_NUMBER.sub("", passage.text).strip()
    if passage.section != RECOMMENDATIONS or not text or text.endswith(":"):
        return None
    word = LEADS.match(text)
    return (not word or word[1].casefold() not in VERBS) and found(text=text)


@of_passages("P112", "passages", "")
def a_number_that_is_typed(passage: Passage, _: Page) -> Verdict:
    number = (TYPED_NUMBER if passage.source == "wording" else OF_A_PAPER).match(passage.text)
    if number is None or passage.in_table:
        return None
    return found(number=number[0].strip(), rest=passage.text[number.end() :])


@of_page("P150", "comments", "")
def a_date_of_the_meeting_before(comment: Passage, page: Page) -> Verdict:
    date = its_date(comment, page.previous) if page.previous else ""
    return bool(date) and not is_its_own(page) and found(date=date)


@of_page("P151", "comments", "")
def the_month_of_the_meeting_before(comment: Passage, page: Page) -> Verdict:
    if page.previous is None or is_its_own(page) or its_date(comment, page.previous):
        return None
    label = month(page.previous.meeting_on)
    left = label in comment.text and f"since {label}" not in comment.text
    return left and month(page.dates.meeting_on) != label and found(month=label)


def is_its_own(page: Page) -> bool:
    """Is the paper before this one of the same day?"""
    return page.previous is not None and page.previous.meeting_on == page.dates.meeting_on


def its_date(comment: Passage, previous: Previous) -> str:
    """A date of the paper before that stands in a comment, as it was printed."""
    on = previous.meeting_on
    days = {*previous.date_texts, day(on), day(on, "ordinal")}
    return next((each for each in sorted(days) if each in comment.text), "")


@of_page("P152")
def a_comment_word_for_word_as_before(page: Page) -> Findings:
    before = page.previous.blocks if page.previous else {}
    others = {each.key: each.text for each in page.passages if not each.comment}
    changed = sum(before.get(key) != text for key, text in others.items()) if page.previous else 0
    for name in page.report.comments if changed else ():
        comment = [each for each in page.comments if each.section == name]
        if comment and all(not each.waits and before.get(each.key) == each.text for each in comment):
            title, way = page.report.comments[name].title, "one" if changed == 1 else ""
            yield found("", way, of=comment[0], title=title, changed=changed)


@of_passages("P170", "passages")
def an_appendix_that_is_not_there(passage: Passage, page: Page) -> Findings:
    return (found(words, words=words) for words, there in appendices_named(passage, page) if not there)


@of_passages("P171", "passages")
def an_appendix_by_a_typed_number(passage: Passage, page: Page) -> Findings:
    return (found(words, words=words) for words, there in appendices_named(passage, page) if there)


def appendices_named(passage: Passage, page: Page) -> list[tuple[str, bool]]:
    """The appendices that are typed in a passage, and whether the paper has one of that number."""
    label, count = page.report.appendix_label, len(page.context.sections.get(TITLES, ()))
    if label not in passage.text:
        return []
    typed = re.compile(rf"\b{re.escape(label)}\s+(\d{{1,2}}|[A-H])\b(?!\s+(?:of|to)\s+(?:the|that)\b)")
    return [(each[0], 1 <= number_of(each[1]) <= count) for each in typed.finditer(passage.typed)]


def number_of(name: str) -> int:
    """The number of an appendix, 1 for A."""
    return int(name) if name.isdecimal() else "ABCDEFGH".index(name) + 1


@of_passages("P172", "passages")
def a_paragraph_by_its_typed_number(passage: Passage, _: Page) -> Findings:
    named = PARAGRAPH.finditer(passage.text) if "agraph" in passage.text.lower() else ()
    return (found(each[0], words=each[0]) for each in named)


@of_page("P173", "letters", "appendix_title")
def an_appendix_that_no_sentence_names(letter: Letter, page: Page) -> Verdict:
    meetings = (each.date for each in page.records.meetings if each.date < page.dates.meeting_on)
    told_before = letter.date <= max(meetings, default=dt.date.min)
    return bool(letter.appendix_title) and not told_before and not is_appended(letter, page)


@of_page("P174", "letters", "appendix_title")
def an_appendix_without_a_title(letter: Letter, page: Page) -> Verdict:
    return not letter.appendix_title and is_appended(letter, page) and found(None, "" if letter.file else "no_file")


def is_appended(letter: Letter, page: Page) -> bool:
    """Does a sentence of the paper make the letter an appendix?"""
    return any(block.key == APPENDIX + letter.ref for block in page.context.sections.get(TITLES, ()))
