"""Cross-references to our blocks: the numbers that they show, and words that an officer typed inside one."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Collection, Iterator, Mapping

from pipeline.revise.edit_marks import START, our_mark, referred
from pipeline.revise.edit_runs import Piece, coalesce, cut, explode, is_pending, pieces
from pipeline.revise.paper import Paper
from pipeline.word.fields import reference
from pipeline.word.numbering import formatted, labelled
from pipeline.word.story import seen
from pipeline.word.xml import PARAGRAPH, TEXT, Element, qn, remove

_CHAR, _KIND, _CODE, _SIMPLE = map(qn, ("w:fldChar", "w:fldCharType", "w:instrText", "w:fldSimple"))
_WORDS_OWN = "Error!"  # what Word shows where the target is gone


def labels(paper: Paper, marks: Collection[str]) -> dict[str, str]:
    """What a reference to each of `marks` shows: the number of the first paragraph under it, as the paper stands."""
    found = dict[str, str]()
    for paragraph, label, _ in _numbered(paper) if marks else ():
        for start in paragraph.iter(START) if label else ():
            if (mark := our_mark(start)) in marks:
                found.setdefault(mark, label)
    return found


def places(paper: Paper) -> dict[Element, str]:
    """Where a reader finds each paragraph: its own number, else the last one above it, as the paper stands.

    Paragraphs that somebody typed count, so a row is found by the number that is printed above it. An item of a list of
    its own is told from its like in other sections: item 1 of 2 is `2(1)`. Under a heading without a number, such as
    that of the background papers, it is the heading's words: a bullet is no number.
    """
    styles, found = paper.numbering.styles, dict[Element, str]()
    section = heading = place = ""
    for paragraph, label, is_outline in _numbered(paper):
        shown, is_within = label, section or heading
        if is_outline:
            section, heading = label.partition(".")[0], ""
        elif is_within and styles.is_heading(paragraph):
            section, heading = "", label or seen(paragraph).text.strip()
            shown = heading
        elif is_within and label.isalnum():
            shown = f"{section or f'{heading} '}({label})"
        place = _or_before(shown, place)
        found[paragraph] = place
    return found


def _or_before(shown: str, before: str) -> str:
    """A number, or the one before where it is a sign only, such as a bullet."""
    return shown if any(map(str.isalnum, shown)) else before


def _numbered(paper: Paper) -> Iterator[tuple[Element, str, bool]]:
    """Each paragraph, its number (`` without one), and whether that is one of the sections and their paragraphs."""
    numbering = paper.numbering
    for paragraph, label, place, _ in labelled(paper.body, numbering):
        number = label.rstrip(".")
        yield paragraph, number, bool(number and place and numbering.lists[place[0]].is_outline)


def refresh_references(paper: Paper) -> None:
    """Writes the number that each cross-reference to one of our marks shows, as the paper now stands.

    Word itself does so only on F9 or in printing; asked to do it on opening, it puts a question to the officer.
    """
    numbers = labels(paper, referred(paper.body))
    for code in paper.body.iter(_CODE):
        if (number := numbers.get(reference(code.text or ""))) is not None:
            _show(_result_of(code), number)
    for simple in paper.body.iter(_SIMPLE):
        if (number := numbers.get(reference(simple.get(qn("w:instr"), "")))) is not None:
            _show(list(simple.iter(TEXT)), number)


def _result_of(code: Element) -> list[Element]:
    """The text elements of the result of the field that `code` belongs to, within its paragraph."""
    paragraph = next(code.iterancestors(qn("w:p")))
    following = itertools.dropwhile(lambda e: e is not code, paragraph.iter(_CODE, _CHAR, TEXT))
    result: list[Element] = []
    for element in following:
        if element.get(qn("w:fldCharType")) == "end":
            break
        if element.tag == TEXT:
            result.append(element)
    return result


def _show(result: list[Element], number: str) -> None:
    shown = "".join(text.text or "" for text in result)
    if shown != number and (not shown or kind_of(shown) == kind_of(number)):
        for n, text in enumerate(result):
            text.text = "" if n else number


def kind_of(number: str) -> str:
    """`Appendix` for "Appendix 2": a reference to an appendix never takes the number of a heading."""
    return number.rpartition(" ")[0]


def shown_numbers(body: Element) -> dict[str, str]:
    """What the cross-references of a paper show now, by the mark that they point at."""
    shown: dict[str, str] = {}
    for code in body.iter(_CODE):
        if mark := reference(code.text or ""):
            shown.setdefault(mark, "".join(text.text or "" for text in _result_of(code)))
    return shown


def free_words(paper: Paper, shown: Mapping[str, str]) -> None:
    """Ends each cross-reference to one of our marks with the number it shows; what was typed beside stands outside.

    Inside, the next press of F9 in Word would write over it, and a merge would take it for the field's own.

    A field that shows no number any more becomes its words. `shown` has what the program itself shows, by mark.
    """
    marks = referred(paper.body)
    numbers = labels(paper, marks)
    others = _forms(paper)
    for paragraph in list(paper.body.iter(PARAGRAPH)) if marks else ():
        if _refers(paragraph) and not is_pending(paragraph):
            _free(paragraph, numbers, shown, others)


def _refers(paragraph: Element) -> bool:
    return next(paragraph.iter(_CODE, _SIMPLE), None) is not None


def _forms(paper: Paper) -> str:
    """The pattern of any number that the paper's lists print: for a reference whose target is gone."""
    lists = paper.numbering.lists.values()
    levels = [level for each in lists for level in each.levels.values() if "%" in level.text]
    printed = {re.sub(r"%\d", formatted(1, level.form), level.text) for level in levels}
    return "|".join(map(_form, sorted(printed, reverse=True)))


def _form(number: str) -> str:
    """The pattern of the numbers that are made as this one: `Appendix 12` for `Appendix 2`, and not `Annex 2`."""
    kind = kind_of(number)
    counted = re.split(r"(\d+|[A-Za-z]+)", number.removeprefix(kind).strip())
    parts = [
        (r"\d+" if part.isdigit() else "(?:[A-Za-z]|[ivxlcIVXLC]+)") if n % 2 else re.escape(part)
        for n, part in enumerate(counted)
    ]
    word = rf"{re.escape(kind)}[ \xa0]" if kind else ""
    return rf"(?<!\w){word}{''.join(parts)}(?!\w)"


def _free(paragraph: Element, numbers: Mapping[str, str], shown: Mapping[str, str], others: str) -> None:
    twin = copy.deepcopy(paragraph)
    explode(twin)
    forms = {
        n: form
        for n, piece in enumerate(pieces(twin))
        if piece.kind == "reference" and (form := _foreign(piece, numbers, shown, others))
    }
    if not forms:
        return
    explode(paragraph)
    found = pieces(paragraph)
    for n, form in forms.items():
        _end_with_number(found[n], form)
    coalesce(paragraph)


def _foreign(piece: Piece, numbers: Mapping[str, str], shown: Mapping[str, str], others: str) -> str:
    """The pattern of its number where it shows more than a number, else ``."""
    mark = piece.text.strip("[]")
    runs = _result(piece)
    result = "".join(_shows(piece, runs))
    number = numbers.get(mark, "")
    form = _form(number) if number else others
    own = result in ("", number, shown.get(mark, "")) or result.startswith(_WORDS_OWN) or re.fullmatch(form, result)
    return "" if own and all(map(_is_text, runs)) else form or "(?!)"


def _result(piece: Piece) -> list[Element]:
    """The runs of what a field shows, those of fields inside it too."""
    kinds = [next((c.get(_KIND, "") for c in run.iter(_CHAR)), "") for run in piece.runs]
    return piece.runs[kinds.index("separate") + 1 : -1] if "separate" in kinds else []


def _shows(piece: Piece, runs: list[Element]) -> list[str]:
    shown = dict(zip(piece.runs, piece.shows, strict=True))
    return [shown[run] for run in runs]


def _end_with_number(piece: Piece, form: str) -> None:
    result = _result(piece)
    head, end = piece.runs[: piece.runs.index(result[0])], piece.runs[-1]
    shows = [
        Piece(text, [run], "text" if _is_text(run) else "sign", [text])
        for run, text in zip(result, _shows(piece, result), strict=True)
    ]
    number = re.search(form, "".join(each.text for each in shows))
    if number is None:
        remove([*head, end])
        return
    first = shows[cut(shows, number.start())].runs[0]
    last = shows[cut(shows, number.end()) - 1].runs[-1]
    for run in head:
        first.addprevious(run)
    last.addnext(end)


def _is_text(run: Element) -> bool:
    return run[-1].tag == TEXT
