"""Where the shading of a cell stands among the cell's properties.

docxtpl puts the shading of `{% cellbg … %}` before all of them. The schema wants it behind the cell's width and borders
(ECMA-376 part 1, 17.4.69, `CT_TcPr`); Word may refuse a file in which it is not.
"""

from __future__ import annotations

import re

_AHEAD = re.compile(
    r"(<w:tcPr\b[^>]*>)(<w:shd [^>]*/>)"
    r"((?:\s*(?:<w:(?:cnfStyle|tcW|gridSpan|hMerge|vMerge)\b[^>]*/>"
    r"|<w:tcBorders>(?:(?!</w:tcBorders>).)*</w:tcBorders>))+)",
    re.DOTALL,
)


def with_shading_in_place(xml: str) -> str:
    """The patched text, with each cell's shading behind what must stand before it."""
    return _AHEAD.sub(r"\1\3\2", xml)
