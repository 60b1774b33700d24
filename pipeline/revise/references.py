"""Words that an officer typed inside what a cross-reference of ours shows: taken out of the field, to be theirs.

There the next press of F9 in Word would write over them, and a merge would take them for the field's own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from pipeline.revise.heal import kind_of, referred
from pipeline.revise.numbering import labels
from pipeline.revise.paper import Paper
from pipeline.revise.pieces import Piece, coalesce, cut, explode, is_pending, pieces
from pipeline.word.numbering import formatted
from pipeline.word.xml import PARAGRAPH, TEXT, Element, qn

_CHAR, _KIND, _CODE, _SIMPLE = map(qn, ("w:fldChar", "w:fldCharType", "w:instrText", "w:fldSimple"))
_WORDS_OWN = "Error!"  # what Word shows where the target is gone


def free_words(paper: Paper, shown: Mapping[str, str]) -> None:
    """Ends each cross-reference to one of our marks with the number it shows; what was typed beside stands outside.

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
        _drop([*head, end])
        return
    first = shows[cut(shows, number.start())].runs[0]
    last = shows[cut(shows, number.end()) - 1].runs[-1]
    for run in head:
        first.addprevious(run)
    last.addnext(end)


def _is_text(run: Element) -> bool:
    return run[-1].tag == TEXT


def _drop(runs: list[Element]) -> None:
    for run in runs:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
