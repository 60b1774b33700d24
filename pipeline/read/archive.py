"""A packed file's directory and parts, straight from its bytes.

Nothing is guessed: a directory or a part that is not packed the plain way that Office packs is left to the standard
library, as is one that is damaged, so that what is read and what is refused is the same.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

_END, _LINE, _LOCAL = struct.Struct("<4s4H2LH"), struct.Struct("<4s2x3H4x3LHL8xL"), struct.Struct("<4s22x2H")
_LOCATOR_BYTES = 20
_PLAIN_FLAGS = 0x080E  # how hard it was pressed, sizes behind the data, names in UTF-8
_DEFLATED, _NEWEST = 8, 20
_AT_ONCE = 1 << 20
_OFTEN_ALIKE = 1 << 12  # relationships, lists of parts, styles: the same in most files of one program

FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What the standard library raises on a damaged packed file (a password on a part is a RuntimeError)."""


class Entry(NamedTuple):
    """A line of the directory: the part's name, how it lies in the file, its size unpacked, and where the next lies."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    end: int


class Archive:
    """A packed file: its entries, in the directory's order. Raises what the standard library raises where damaged."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        plain = plain_entries(content)
        self.entries: Sequence[Entry] = [_entry(each) for each in self._library.infolist()] if plain is None else plain
        self.parts: Mapping[str, Entry] = {_known_as(entry.name): entry for entry in self.entries}
        """The entries by what their parts are known by, however their names are spelt."""

    @cached_property
    def _library(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._content))

    def chunks(self, entry: Entry, size: int) -> Iterator[bytes]:
        """A part piece by piece; a small one whole. Raises what the standard library raises on a damaged one."""
        whole = unpacked(self._content, entry)
        if whole is not None:
            yield whole
            return
        with self._library.open(self._library.infolist()[self.entries.index(entry)]) as stream:
            while chunk := stream.read(size):
                yield chunk


@lru_cache(maxsize=1)
def archive_of(content: bytes) -> Archive:
    """The packed file in these bytes. The last one stays open: what a file is, is told first, and then it is read."""
    return Archive(content)


@lru_cache(maxsize=1024)
def _known_as(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _entry(found: zipfile.ZipInfo) -> Entry:
    return Entry(found.filename, found.flag_bits, found.compress_type, found.CRC, found.compress_size, found.file_size,
                 found.header_offset, 0)  # fmt: skip


def plain_entries(content: bytes) -> list[Entry] | None:
    """The directory where it is spelt plainly: nothing before or behind the zip, no extensions, parts in their order.

    None where it is not.
    """
    end = len(content) - _END.size
    if end < _LOCATOR_BYTES or content[end - _LOCATOR_BYTES :].startswith(b"PK\x06\x07"):
        return None
    mark, disk, first_disk, here, number, length, start, comment = _END.unpack_from(content, end)
    if mark != b"PK\x05\x06" or disk or first_disk or here != number or start + length != end or comment:
        return None
    lines = list(_plain_lines(content, start, end))
    if sum(_LINE.size + len(line[0]) for line in lines) != length:
        return None
    ends = [*(line[-1] for line in lines[1:]), start]
    return [Entry(*line, each) for line, each in zip(lines, ends, strict=True)]


def _plain_lines(content: bytes, at: int, end: int) -> Iterator[tuple[str, int, int, int, int, int, int]]:
    """The lines of the directory up to one that is not plain: all of an entry but where it ends."""
    while at + _LINE.size <= end:
        mark, newest, flags, method, crc, packed, size, letters, more, offset = _LINE.unpack_from(content, at)
        at += _LINE.size
        name = content[at : at + letters]
        if mark != b"PK\x01\x02" or newest > _NEWEST or more or not name.isascii() or b"\0" in name:
            return
        at += letters
        yield name.decode(), flags, method, crc, packed, size, offset


def unpacked(content: bytes, entry: Entry) -> bytes | None:
    """A small part packed the usual way, where it is what its checksum says; None for any other."""
    if entry.method != _DEFLATED or entry.flags & ~_PLAIN_FLAGS or not 0 < entry.size <= _AT_ONCE:
        return None
    start = entry.offset + _LOCAL.size
    if not 0 <= entry.offset <= entry.end - _LOCAL.size:
        return None
    mark, letters, extra = _LOCAL.unpack_from(content, entry.offset)
    data = start + letters + extra
    name = content[start : start + letters]
    if mark != b"PK\x03\x04" or name != entry.name.encode() or data + entry.packed > entry.end:
        return None
    inflate = _known if entry.size <= _OFTEN_ALIKE else _inflated
    return inflate(content[data : data + entry.packed], entry.size, entry.crc)


def _inflated(packed: bytes, size: int, crc: int) -> bytes | None:
    try:
        part = zlib.decompressobj(-15).decompress(packed, size)
    except zlib.error:
        return None
    return part if len(part) == size and zlib.crc32(part) == crc else None


_known = lru_cache(maxsize=256)(_inflated)
