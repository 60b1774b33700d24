"""What Word keeps in the file and does not print: hidden text, rows, shapes.

Styles toggle hiding in one another, unlike most formatting (ECMA-376 part 1, 17.7.3).
"""

from __future__ import annotations

import re

from pipeline.word.styles import Found, Styles, is_on, is_set
from pipeline.word.xml import VAL, Element, qn

_RPR, _VANISH = qn("w:rPr"), "vanish"
_UNSEEN_SHAPE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(run: Element, styles: Styles) -> bool:
    """Is a run hidden text? Its own property decides.

    Else its character style and its paragraph's style, where both hide, show it again.
    """
    own = run.find(f"{_RPR}/{qn('w:vanish')}")
    if own is not None:
        return is_on(Found(own))
    named = run.find(f"{_RPR}/{qn('w:rStyle')}")
    paragraph = next(run.iterancestors(qn("w:p")), None)
    by_run = named is not None and _hides(styles, named.get(VAL, ""))
    by_paragraph = paragraph is not None and _hides(styles, styles.style(paragraph))
    by_default = is_on(styles.defaults.get((_RPR, _VANISH))) and not (by_run or by_paragraph)
    return (by_run != by_paragraph) or by_default


def is_hidden_row(row: Element) -> bool:
    """Is a row of a table hidden?"""
    return is_set(row, "w:trPr", "w:hidden")


def is_hidden_shape(shape: Element) -> bool:
    """Is a drawing switched off, with all that it holds?"""
    held = [each for each in shape.iter() if isinstance(each.tag, str)]
    switched_off = any(each.tag.endswith("}docPr") and each.get("hidden") in {"1", "true", "on"} for each in held)
    return switched_off or any(_UNSEEN_SHAPE.search(each.get("style", "")) for each in held)


def hides_tables(styles: Styles) -> bool:
    """Does any table style hide text, in whole or for some of its rows?"""
    tables = (each for each in styles.by_id.values() if each.get(qn("w:type")) == "table")
    return any(is_on(Found(each)) for table in tables for each in table.iter(qn("w:vanish")))


def _hides(styles: Styles, style: str) -> bool:
    return is_on(styles.merged(style, _RPR).get(_VANISH))
