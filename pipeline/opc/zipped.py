"""Zip files that are the same bytes for the same parts, and that take parts already deflated as they are.

The standard library writes zips well, but deflates every part again each time; copying ready parts is most of what
makes the next paper cheap. The format is PKWARE's APPNOTE 6.3.3, without extensions: no sizes over 4 GB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _SMALL, _CHUNK = struct.Struct("<BHH"), 1024, 1 << 18
_VERSION, _UTF8_NAME, _DEFLATED, _FIRST_DAY_OF_1980 = 20, 0x800, 8, 33
_FIRST = {"[Content_Types].xml": 0, "_rels/.rels": 1}


class Deflated(NamedTuple):
    """A part as it lies in a zip: raw deflate data, the CRC-32 and the length of what it unpacks to."""

    data: bytes
    crc: int
    size: int


class Packed(NamedTuple):
    """Parts ready to stand at the start of a zip: their entries, their directory lines, and how many they are."""

    entries: bytes
    directory: bytes
    number: int


NOTHING = Packed(b"", b"", 0)


def _fast_deflate() -> Any:
    """Intel's ISA-L where the extra `fast` is installed, else the standard library: same calls, same format."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib
    return isal_zlib


_fast = _fast_deflate()


class Deflating:
    """A part deflated quickly while it is made: for what changes with every paper."""

    def __init__(self) -> None:
        self._squeeze: Any = None
        self._data: list[bytes] = []
        self._crc = self._size = 0

    def feed(self, chunk: bytes) -> None:
        """Takes the next of the part."""
        self._crc, self._size = _fast.crc32(chunk, self._crc), self._size + len(chunk)
        if self._squeeze is None and self._size >= _SMALL:
            self._squeeze = _fast.compressobj(1, _DEFLATED, -15)
            self._data = [self._squeeze.compress(before) for before in self._data]
        self._data.append(self._squeeze.compress(chunk) if self._squeeze else chunk)

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks, each deflated on its way."""
        for chunk in chunks:
            self.feed(chunk)
            yield chunk

    def finished(self) -> Deflated:
        """The part, once all its chunks have passed. A small one is a stored block (RFC 1951, 3.2.4)."""
        if self._squeeze is None:
            self._data.insert(0, _STORED.pack(1, self._size, self._size ^ 0xFFFF))
        else:
            self._data.append(self._squeeze.flush())
        return Deflated(b"".join(self._data), self._crc, self._size)


def deflated(chunks: Iterable[bytes]) -> Deflated:
    """A part deflated quickly."""
    squeeze = Deflating()
    for chunk in chunks:
        squeeze.feed(chunk)
    return squeeze.finished()


def deflated_small(content: bytes) -> Deflated:
    """A part deflated as small as may be: for what is kept and copied many times."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Deflated(squeeze.compress(content) + squeeze.flush(), zlib.crc32(content), len(content))


def prove_unpacking(part: Deflated) -> None:
    """Raises ValueError where data, length and checksum do not agree; an error of the library's for broken data."""
    unpack, crc, size = _fast.decompressobj(-15), 0, 0
    chunk = unpack.decompress(part.data, _CHUNK)
    while chunk:
        crc, size = _fast.crc32(chunk, crc), size + len(chunk)
        chunk = unpack.decompress(unpack.unconsumed_tail, _CHUNK)
    if (crc, size) != (part.crc, part.size) or not unpack.eof:
        raise ValueError("a part does not unpack to what was put in")


def pack(parts: Iterable[tuple[str, bytes | Deflated]], after: Packed = NOTHING) -> Packed:
    """The parts, in the order given, behind those of `after`."""
    entries, directory, offset, count = [after.entries], [after.directory], len(after.entries), after.number
    for name, content in parts:
        part = content if isinstance(content, Deflated) else deflated([content])
        path = name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        middle = (_VERSION, flags, _DEFLATED, 0, _FIRST_DAY_OF_1980, part.crc, len(part.data), part.size, len(path), 0)
        entries += (_LOCAL.pack(b"PK\x03\x04", *middle), path, part.data)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *middle, 0, 0, 0, 0, offset), path)
        offset += _LOCAL.size + len(path) + len(part.data)
        count += 1
    return Packed(b"".join(entries), b"".join(directory), count)


def zip_bytes(packed: Packed) -> bytes:
    """The whole zip file."""
    end = _END.pack(b"PK\x05\x06", 0, 0, packed.number, packed.number, len(packed.directory), len(packed.entries), 0)
    return b"".join((packed.entries, packed.directory, end))


def entries(content: bytes, after: Packed = NOTHING) -> dict[str, Deflated]:
    """The parts of a zip that `zip_bytes` made, as they lie in it, behind those of `after`.

    Raises ValueError where it is not whole, or does not begin with `after`.
    """
    try:
        _, _, _, _, number, length, start, _ = _END.unpack(content[-_END.size :])
        at = start + len(after.directory)
        if not content.startswith(after.entries) or content[start:at] != after.directory:
            raise ValueError("a part that never changes has changed")
        found: dict[str, Deflated] = {}
        for _ in range(number - after.number):
            line = _CENTRAL.unpack_from(content, at)
            name_end = at + _CENTRAL.size + line[10]
            name = content[at + _CENTRAL.size : name_end].decode()
            data = line[16] + _LOCAL.size + line[10]
            found[name] = Deflated(content[data : data + line[8]], line[7], line[9])
            at = name_end
    except (struct.error, UnicodeDecodeError) as reason:
        raise ValueError("not a whole zip file") from reason
    if len(found) != number - after.number or at != start + length:
        raise ValueError("two parts of one name, or a directory that is cut off")
    return found


def write(parts: Mapping[str, bytes | Deflated]) -> bytes:
    """A package from its parts: list of content types and package relationships first, the others by name.

    The same parts give the same bytes, whatever their order in `parts`, on machines with the same deflate library.
    """
    return zip_bytes(pack(sorted(parts.items(), key=lambda item: (_FIRST.get(item[0], 2), item[0]))))
