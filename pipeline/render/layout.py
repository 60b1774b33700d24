"""What Word needs around tables and docxtpl cannot do, done on the finished stream of bytes: no second parse.

A table's lead-in stays on its page, the space below a table is a property of the next paragraph and never a blank one,
and a table whose columns come from the data has a grid of its own with no column narrower than its longest word.
"""

from __future__ import annotations

import re
from collections.abc import Collection

ACROSS = b"\x02"
KEEP = b"<w:keepNext/>"
_SPACE = b"240"  # twips: one line of 12 pt
_PADDING = 260  # twips: cell margins left and right, and a little air
_TABLE, _TABLE_END = b"<w:tbl>", b"</w:tbl>"
_PARAGRAPH = re.compile(rb"<w:p(?: [^>]*)?>(?:<w:pPr>(.*?)</w:pPr>|<w:pPr/>)?", re.DOTALL)
_STYLE = re.compile(rb'<w:pStyle w:val="([^"]*)"/>')
_SPACING = re.compile(rb"<w:spacing\b[^>]*/>")
_AFTER_SPACING = re.compile(
    rb"<w:(?:ind|contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl"
    rb"|divId|cnfStyle|rPr|sectPr|pPrChange)\b"
)
_GRID = re.compile(rb"<w:tblGrid>.*?</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN = re.compile(rb'<w:gridCol\b[^>]*w:w="(\d+)"')
_WIDTH = re.compile(rb'<w:tblW\b[^>]*w:w="(\d+)"[^>]*w:type="dxa"|<w:tblW\b[^>]*w:type="dxa"[^>]*w:w="(\d+)"')
_ROW = re.compile(rb"<w:tr\b.*?</w:tr>", re.DOTALL)
_CELL = re.compile(rb"<w:tc>.*?</w:tc>|<w:tc .*?</w:tc>", re.DOTALL)
_CELL_WIDTH = re.compile(rb"<w:tcW\b[^>]*/>")
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|tab)/>|</w:p>")
_NARROW, _WIDE = frozenset("iljtf.,'|!:;I()[]- "), frozenset("mwMW%@")


def laid_out(xml: bytes, spaced: Collection[bytes]) -> bytes:
    """The document with its tables laid out; `spaced` are the styles that have space above of their own."""
    pieces: list[bytes] = []
    done = start = 0
    while (start := xml.find(_TABLE, start)) >= 0:
        end = _end_of_table(xml, start)
        pieces.append(_kept_lead_in(xml[done:start]))
        table = xml[start:end]
        pieces.append(_fitted(table) if ACROSS in table[: len(_TABLE) + 1] else table)
        done = _spaced_below(xml, end, spaced, pieces)
        start = max(done, end)
    return b"".join((*pieces, xml[done:])) if pieces else xml


def _end_of_table(xml: bytes, start: int) -> int:
    """Where the table ends that starts here; tables within its cells belong to it."""
    depth, at = 1, start + len(_TABLE)
    while depth:
        end = xml.index(_TABLE_END, at)
        depth += xml.count(_TABLE, at, end) - 1
        at = end + len(_TABLE_END)
    return at


def _kept_lead_in(before: bytes) -> bytes:
    """The text before a table, its last paragraph kept with what follows."""
    if not before.endswith(b"</w:p>"):
        return before
    at = max(before.rfind(b"<w:p>"), before.rfind(b"<w:p "))
    found = _PARAGRAPH.match(before, at) if at >= 0 else None
    if found is None or KEEP in (found[1] or b""):
        return before
    style = _STYLE.match(found[1] or b"")
    inner = style[0] + KEEP + found[1][style.end() :] if style else KEEP + (found[1] or b"")
    return before[:at] + _with_properties(found, inner) + before[found.end() :]


def _with_properties(paragraph: re.Match[bytes], inner: bytes) -> bytes:
    start = paragraph[0].split(b"<w:pPr", 1)[0]
    return b"%b<w:pPr>%b</w:pPr>" % (start, inner)


def _spaced_below(xml: bytes, end: int, spaced: Collection[bytes], pieces: list[bytes]) -> int:
    """Adds the start of the paragraph that follows a table, with space above; how far the document is done then."""
    found = _PARAGRAPH.match(xml, end)
    if found is None:
        return end
    inner = found[1] or b""
    style, spacing = _STYLE.match(inner), _SPACING.search(inner)
    if (style and style[1] in spaced) or (spacing and b"w:before=" in spacing[0]):
        return end
    if spacing:
        inner = inner.replace(b"<w:spacing", b'<w:spacing w:before="%b"' % _SPACE, 1)
    else:
        later = _AFTER_SPACING.search(inner)
        at = later.start() if later else len(inner)
        inner = b'%b<w:spacing w:before="%b"/>%b' % (inner[:at], _SPACE, inner[at:])
    pieces.append(_with_properties(found, inner))
    return found.end()


def _fitted(table: bytes) -> bytes:
    """A table with as many columns as its cells need, each at least as wide as its longest word."""
    table = table.replace(ACROSS, b"", 1)
    rows = [_CELL.findall(row) for row in _ROW.findall(table)]
    count = max(map(len, rows), default=0)
    if not count or table.count(_TABLE) > 1 or b"<w:gridSpan" in table:
        return table
    widths = _widths(_total(table), [max(_longest(row[at]) for row in rows if at < len(row)) for at in range(count)])
    grid = b"<w:tblGrid>%b</w:tblGrid>" % b"".join(b'<w:gridCol w:w="%d"/>' % width for width in widths)
    table = _ROW.sub(lambda row: _with_widths(row[0], widths), table)
    return _GRID.sub(lambda _: grid, table, count=1)


def _total(table: bytes) -> int:
    stated = _WIDTH.search(table)
    return int(stated[1] or stated[2]) if stated else sum(map(int, _COLUMN.findall(table))) or 9000


def _with_widths(row: bytes, widths: list[int]) -> bytes:
    left = iter(widths)
    return _CELL.sub(
        lambda cell: _CELL_WIDTH.sub(b'<w:tcW w:w="%d" w:type="dxa"/>' % next(left), cell[0], count=1), row
    )


def _longest(cell: bytes) -> int:
    """The width in twips that the longest word of a cell needs, at 12 pt."""
    text = b"".join(found[1] if found[1] is not None else b" " for found in _TEXT.finditer(cell)).decode()
    return max(map(_word_width, text.split()), default=0) + _PADDING


def _word_width(word: str) -> int:
    """About what a word takes in bold Arial 12 pt, in twips: three widths of letters, capitals between."""
    ems = sum(
        0.28 if c in _NARROW else 0.86 if c in _WIDE else 0.68 if c.isupper() else 0.56 if c < "\u2e80" else 1.0
        for c in word
    )
    return round(ems * 240 * 1.08)


def _widths(total: int, needed: list[int]) -> list[int]:
    """Equal columns, but none below its need; where the needs exceed the page, shares in proportion to them."""
    if sum(needed) >= total:
        widths = [total * need // sum(needed) for need in needed]
    else:
        fixed: dict[int, int] = {}
        share = total // len(needed)
        while tight := [at for at, need in enumerate(needed) if at not in fixed and need > share]:
            fixed |= {at: needed[at] for at in tight}
            share = (total - sum(fixed.values())) // max(len(needed) - len(fixed), 1)
        widths = [fixed.get(at, share) for at in range(len(needed))]
    widths[-1] += total - sum(widths)
    return widths
