"""Zip files that are the same bytes for the same parts, and that take parts already deflated as they are.

The standard library writes zips well, but deflates every part again each time; copying ready parts is most of what
makes the next paper cheap. The format is PKWARE's APPNOTE 6.3.3, without extensions: no sizes over 4 GB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _SMALL = struct.Struct("<BHH"), 1024
_VERSION, _UTF8_NAME, _DEFLATED, _FIRST_DAY_OF_1980 = 20, 0x800, 8, 33
_FIRST = {"[Content_Types].xml": 0, "_rels/.rels": 1}


class Deflated(NamedTuple):
    """A part as it lies in a zip: raw deflate data, the CRC-32 and the length of what it unpacks to."""

    data: bytes
    crc: int
    size: int


def _fast_deflate() -> Any:
    """Intel's ISA-L where the extra `fast` is installed, else the standard library: same calls, same format."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib
    return isal_zlib


_fast = _fast_deflate()


def deflated(content: bytes) -> Deflated:
    """A part deflated quickly: for what changes with every paper. A small one is a stored block (RFC 1951, 3.2.4)."""
    size = len(content)
    if size < _SMALL:
        return Deflated(_STORED.pack(1, size, size ^ 0xFFFF) + content, _fast.crc32(content), size)
    squeeze = _fast.compressobj(1, _DEFLATED, -15)
    return Deflated(squeeze.compress(content) + squeeze.flush(), _fast.crc32(content), size)


def inflated(part: Deflated) -> bytes:
    """What a part unpacks to."""
    return zlib.decompress(part.data, -15)


def deflated_small(content: bytes) -> Deflated:
    """A part deflated as small as may be: for what is kept and copied many times."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Deflated(squeeze.compress(content) + squeeze.flush(), zlib.crc32(content), len(content))


def write(parts: Mapping[str, bytes | Deflated]) -> bytes:
    """A package from its parts: list of content types and package relationships first, the others by name.

    The same parts give the same bytes, whatever their order in `parts`, on machines with the same deflate library.
    """
    entries, directory, offset = list[bytes](), list[bytes](), 0
    for name, content in sorted(parts.items(), key=lambda item: (_FIRST.get(item[0], 2), item[0])):
        part = content if isinstance(content, Deflated) else deflated(content)
        path = name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        middle = (_VERSION, flags, _DEFLATED, 0, _FIRST_DAY_OF_1980, part.crc, len(part.data), part.size, len(path), 0)
        entries += (_LOCAL.pack(b"PK\x03\x04", *middle), path, part.data)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *middle, 0, 0, 0, 0, offset), path)
        offset += _LOCAL.size + len(path) + len(part.data)
    number, length = len(parts), sum(map(len, directory))
    return b"".join((*entries, *directory, _END.pack(b"PK\x05\x06", 0, 0, number, number, length, offset, 0)))
