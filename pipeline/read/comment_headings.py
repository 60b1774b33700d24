"""The headings of a Word comment: how deep each is below the heading that the paper has above the comment."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.comment_data import Found, Line


def with_depths(lines: Sequence[Line]) -> list[Line]:
    """The lines, the levels of headings counted from 1 among those that are used; what heads the whole is told of."""
    headings = [line for line in lines if line.heading]
    ranks = {level: rank for rank, level in enumerate(sorted({line.heading for line in headings}), 1)}
    ranked = [line._replace(heading=ranks[line.heading]) if line.heading else line for line in lines]
    first = next((at for at, line in enumerate(ranked) if line.text.strip()), None)
    if first is not None and ranked[first].heading == 1 and sum(line.heading == 1 for line in ranked) == 1:
        ranked[first] = _told(ranked[first])
    return ranked


def _told(line: Line) -> Line:
    return line._replace(found=(*line.found, Found("heading", line.text)))
