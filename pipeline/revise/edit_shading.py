"""The shading of a row's cells goes with the facts: a status that has changed does not stand on the colour of the old
one.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence

from pipeline.opc import Element
from pipeline.word.xml import make, qn

_PROPERTIES, _SHADING, _FILL = map(qn, ("w:tcPr", "w:shd", "w:fill"))
_AHEAD = frozenset(map(qn, ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders")))
"""What stands before a cell's shading (ECMA-376 part 1, 17.4.69, `CT_TcPr`)."""


def shade(there: Sequence[Element], fresh: Sequence[Element], updated: Collection[int]) -> None:
    """Gives the `updated` cells of a row, by their numbers, the shading that the facts give them now, and with them the
    cells of the row that had the same: a row that is shaded as one stays so. Other shading is somebody's, and stays.
    """
    old = {fill for n in updated if (fill := _fill(there[n]))}
    goes = [n for n, cell in enumerate(there) if n in updated or _fill(cell) in old]
    for n in goes:
        if _fill(there[n]) != _fill(fresh[n]):
            _put(there[n], fresh[n].find(f"{_PROPERTIES}/{_SHADING}"))


def _fill(cell: Element) -> str:
    shading = cell.find(f"{_PROPERTIES}/{_SHADING}")
    return "" if shading is None else shading.get(_FILL, "")


def _put(cell: Element, shading: Element | None) -> None:
    properties = cell.find(_PROPERTIES)
    if properties is None:
        properties = make("w:tcPr")
        cell.insert(0, properties)
    for old in properties.findall(_SHADING):
        properties.remove(old)
    if shading is not None:
        ahead = sum(each.tag in _AHEAD for each in properties)
        properties.insert(ahead, copy.deepcopy(shading))
