"""Where words of a Word file lead: by the relationship of a link around them, or by the code of a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from pipeline.word.fields import SIMPLE
from pipeline.word.pieces import Piece
from pipeline.word.xml import Element, qn

_LINK, _LINK_ID, _ANCHOR, _CODE = map(qn, ("w:hyperlink", "r:id", "w:anchor", "w:instr"))
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:(\\l\s+)?"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)


def is_public_link(address: str) -> bool:
    """Is it an address that any reader could follow: http, https or mailto, with no name and password in it?"""
    try:
        address_parts = urlsplit(address)
    except ValueError:
        return False
    scheme = address_parts.scheme.lower()
    return scheme == "mailto" or (scheme in {"http", "https"} and "@" not in address_parts.netloc)


class Links:
    """The links of a story. `codes` are those of its complex fields by where they begin, `addresses` those that it
    relates to, by id.
    """

    def __init__(self, codes: Mapping[Element, str], addresses: Mapping[str, str]) -> None:
        self.codes, self.addresses = codes, addresses

    def of(self, piece: Piece) -> str:
        """Where a piece leads: an address, or `#place` within the file; `` where it is no link."""
        around = next(piece.element.iterancestors(_LINK), None)
        if around is not None:
            place = around.get(_ANCHOR, "")
            return self.addresses.get(around.get(_LINK_ID, ""), "") + (f"#{place}" if place else "")
        return "" if piece.field is None else address_in(self._code(piece.field))

    def _code(self, field: Element) -> str:
        return field.get(_CODE, "") if field.tag == SIMPLE else self.codes.get(field, "")


def address_in(code: str) -> str:
    """Where a field's code leads, `` for that of another field."""
    found = _ADDRESS.match(code)
    if found is None:
        return ""
    return f"#{found[2]}" if found[1] else found[2] or found[3] or ""
