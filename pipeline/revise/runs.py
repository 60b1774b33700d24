"""New runs: text in the look of the words around it, and cross-references."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping

from pipeline.baseline import MARK_PREFIX
from pipeline.word.xml import SPACE, Element, make, qn

PROPERTIES = qn("w:rPr")
MARK = re.compile(rf"\[\[({MARK_PREFIX}\w+)\]\]")
_CHANGES = tuple(map(qn, ("w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo")))


def run_of(leaf: Element, look: Element | None) -> Element:
    """A run that holds `leaf` in a copy of `look` (run properties), without anybody's tracked change of looks."""
    run = make("w:r")
    if look is not None:
        run.append(copy.deepcopy(look))
        for change in [change for change in run[0] if change.tag in _CHANGES]:
            run[0].remove(change)
    run.append(leaf)
    return run


def words_leaf(name: str, text: str) -> Element:
    """`w:t`, `w:instrText`...: an element that holds text and keeps its spaces."""
    leaf = make(name)
    leaf.text = text
    leaf.set(SPACE, "preserve")
    return leaf


def text_runs(text: str, look: Element | None, shown: Mapping[str, str]) -> list[Element]:
    """`text` as runs of the given look; `[[mark]]` becomes a reference that shows `shown[mark]`."""
    runs: list[Element] = []
    for n, part in enumerate(MARK.split(text)):
        if n % 2:
            runs += _reference_runs(part, shown.get(part, ""), look)
        else:
            runs += [run_of(leaf, look) for leaf in _leaves(part)]
    return runs


def _reference_runs(mark: str, shown: str, look: Element | None) -> list[Element]:
    begin, separate, end = (make("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    code = words_leaf("w:instrText", f" REF {mark} \\r \\h ")
    return [run_of(leaf, look) for leaf in (begin, code, separate, words_leaf("w:t", shown), end)]


def _leaves(text: str) -> Iterator[Element]:
    for part in re.split(r"([\t\n])", text):
        if part in ("\t", "\n"):
            yield make("w:tab" if part == "\t" else "w:br")
        elif part:
            yield words_leaf("w:t", part)


def plain(text: str, shown: Mapping[str, str]) -> str:
    """`text` as a reader sees it: references by what they show."""
    return MARK.sub(lambda found: shown.get(found[1], ""), text)
