"""What Word needs around tables and docxtpl cannot do, done on the finished stream of bytes: no second parse.

A table's lead-in stays on its page, the space below a table is a property of the next paragraph and never a blank one,
and a table whose columns come from the data has a grid of its own with no column narrower than its longest word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

TABLE, ACROSS, TABLE_END = b"\x01", b"\x02", b"\x03"  # written around tables: no text of a Word file holds them
KEEP = b"<w:keepNext/>"
_PARAGRAPH_END = b"</w:p>"
_SPACE = b"240"  # twips: one line of 12 pt
_PADDING = 260  # twips: cell margins left and right, and a little air
_PARAGRAPH = re.compile(rb"<w:p(?: [^>]*)?>(?:<w:pPr>(.*?)</w:pPr>|<w:pPr/>)?", re.DOTALL)
_STYLE = re.compile(rb'<w:pStyle w:val="([^"]*)"/>')
_SPACING = re.compile(rb"<w:spacing\b[^>]*/>")
_AFTER_SPACING = re.compile(
    rb"<w:(?:ind|contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl"
    rb"|divId|cnfStyle|rPr|sectPr|pPrChange)\b"
)
_GRID = re.compile(rb"<w:tblGrid>.*?</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN = re.compile(rb'<w:gridCol\b[^>]*w:w="(\d+)"')
_WIDTH = re.compile(rb'<w:tblW\b(?:[^>]*w:w="(\d+)"[^>]*w:type="dxa"|[^>]*w:type="dxa"[^>]*w:w="(\d+)")')
_PARTING = (b"<w:br/>", b"<w:tab/>", b"</w:p>")
_NARROW, _WIDE = frozenset("iljtf.,'|!:;I()[]- "), frozenset("mwMW%@")


def behind_paragraphs(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks that each end behind a paragraph, but for the last."""
    held = b""
    for piece in pieces:
        cut = held.rfind(_PARAGRAPH_END) + len(_PARAGRAPH_END)
        if cut >= len(_PARAGRAPH_END):
            yield held[:cut]
            held = held[cut:]
        held += piece
    yield held


def laid_out(chunks: Iterable[bytes], spaced: Collection[bytes]) -> Iterator[bytes]:
    """The document with its tables laid out, in chunks cut behind paragraphs; `spaced` are the styles that have space
    above of their own.
    """
    held = b""  # what may yet change: the last paragraph before a table, or a table whose columns come from the data
    inside = across = False
    for chunk in chunks:
        done = []
        if held and not inside:
            start = max(held.rfind(_PARAGRAPH_END, 0, -1), 0)
            done, held = [held[:start]], held[start:]
        rest = chunk
        while rest:
            if inside:
                table, end, rest = rest.partition(TABLE_END)
                held += table
                if end:
                    done.append(_fitted(held) if across else held)
                    held, inside, rest = b"", False, _spaced_below(rest, spaced)
            else:
                text, begin, rest = rest.partition(TABLE)
                held += text
                if begin:
                    done.append(_kept_lead_in(held))
                    held, inside, across = b"", True, rest.startswith(ACROSS)
                    rest = rest[across:]
        if inside and not across:
            done.append(held)
            held = b""
        yield b"".join(done)
    yield held


def _kept_lead_in(before: bytes) -> bytes:
    """The text before a table, its last paragraph kept with what follows."""
    if not before.endswith(b"</w:p>"):
        return before
    start = max(before.rfind(b"</w:p>", 0, -1), 0)
    at = max(before.rfind(b"<w:p>", start), before.rfind(b"<w:p ", start))
    found = _PARAGRAPH.match(before, at) if at >= 0 else None
    if found is None or KEEP in (found[1] or b""):
        return before
    style = _STYLE.match(found[1] or b"")
    inner = style[0] + KEEP + found[1][style.end() :] if style else KEEP + (found[1] or b"")
    return before[:at] + _with_properties(found, inner) + before[found.end() :]


def _with_properties(paragraph: re.Match[bytes], inner: bytes) -> bytes:
    start = paragraph[0].split(b"<w:pPr", 1)[0]
    return b"%b<w:pPr>%b</w:pPr>" % (start, inner)


def _spaced_below(below: bytes, spaced: Collection[bytes]) -> bytes:
    """What follows a table; where that is a paragraph without space above, with such space."""
    found = _PARAGRAPH.match(below)
    if found is None:
        return below
    inner = found[1] or b""
    style, spacing = _STYLE.match(inner), _SPACING.search(inner)
    if (style and style[1] in spaced) or (spacing and b"w:before=" in spacing[0]):
        return below
    if spacing:
        inner = inner.replace(b"<w:spacing", b'<w:spacing w:before="%b"' % _SPACE, 1)
    else:
        later = _AFTER_SPACING.search(inner)
        at = later.start() if later else len(inner)
        inner = b'%b<w:spacing w:before="%b"/>%b' % (inner[:at], _SPACE, inner[at:])
    return _with_properties(found, inner) + below[found.end() :]


def _fitted(table: bytes) -> bytes:
    """A table with as many columns as its cells need, each at least as wide as its longest word."""
    rows = [row.split(b"</w:tc>") for row in table.split(b"</w:tr>")]
    count = max(map(len, rows)) - 1
    if not count or b"<w:tbl>" in table[1:] or b"<w:gridSpan" in table:
        return table
    needs = [max(_longest(row[at]) for row in rows if at < len(row) - 1) for at in range(count)]
    widths = _widths(_total(table), needs)
    before, grid, after = _around_grid(b"</w:tr>".join([b"</w:tc>".join(_with_widths(row, widths)) for row in rows]))
    columns = b"".join([b'<w:gridCol w:w="%d"/>' % width for width in widths])
    return b"%b<w:tblGrid>%b</w:tblGrid>%b" % (before, columns, after) if grid else before


def _around_grid(table: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before a table's grid, the grid, and what stands behind it; all before where there is no grid."""
    grid = _GRID.search(table)
    return (table[: grid.start()], grid[0], table[grid.end() :]) if grid else (table, b"", b"")


def _total(table: bytes) -> int:
    stated = _WIDTH.search(table)
    return int(stated[1] or stated[2]) if stated else sum(map(int, _COLUMN.findall(table))) or 9000


def _with_widths(cells: list[bytes], widths: list[int]) -> list[bytes]:
    return [*map(_with_width, cells[:-1], widths), cells[-1]]


def _with_width(cell: bytes, width: int) -> bytes:
    start = cell.find(b"<w:tcW ")
    if start < 0:
        return cell
    return b'%b<w:tcW w:w="%d" w:type="dxa"/>%b' % (cell[:start], width, cell[cell.index(b"/>", start) + 2 :])


@lru_cache(maxsize=4096)
def _longest(cell: bytes) -> int:
    """The width in twips that the longest word of a cell needs, at 12 pt."""
    for parting in _PARTING:
        cell = cell.replace(parting, b"> </w:t>")
    text = b"".join([text[text.rfind(b">") + 1 :] for text in cell.split(b"</w:t>")[:-1]]).decode()
    return max(map(_word_width, text.split()), default=0) + _PADDING


@lru_cache(maxsize=4096)
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
