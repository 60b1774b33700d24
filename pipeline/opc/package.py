"""The parts of a packed Office file (ECMA-376 part 2): unpacked when they are asked for, and never past the limits.

The directory of a zip file can lie about its parts, so what it says is checked first and what comes out of it again.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.opc.xml import Unsound

_LOCAL = struct.Struct("<4s22x2H")
_NOT_A_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)
_PIECE = 1 << 16
_LOCKED, _PATCHED, _UTF8_NAME = 0x41, 0x20, 0x800  # flags of an entry
_SMALL = 1_000_000  # so much of blanks may well be packed better than any ratio, and harms nobody


class Limits(NamedTuple):
    """How much a packed file may hold: parts, bytes of one part and of all, and how many times it may swell."""

    parts: int = 20_000
    part_bytes: int = 300 * 1024 * 1024
    all_bytes: int = 1 << 60
    ratio: int = 1 << 60


WIDE = Limits()


class Package(Mapping[str, bytes]):
    """The parts of a packed file by name, e.g. `word/document.xml`; names are asked for in any case of letters.

    Raises Unsound: at once for what is no sound zip file or is past the limits, by its directory; for a part that is
    damaged, too large, locked, or there twice, when it is asked for.
    """

    def __init__(self, content: bytes, limits: Limits = WIDE) -> None:
        self._content, self._limits = content, limits
        entries = _directory(content)
        _refuse_past(limits, entries)
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._entries.setdefault(_known_as(entry.filename), []).append(entry)
        self._unpacked: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        key = _known_as(name)
        if key not in self._unpacked:
            self._unpacked[key] = b"".join(self.chunks(name))
        return self._unpacked[key]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _known_as(name) in self._entries

    def __iter__(self) -> Iterator[str]:
        """The names as they are spelt in the file."""
        return (_path(entries[0].filename) for entries in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def size(self, name: str) -> int:
        """The size of a part in bytes, as the directory says; 0 where there is none."""
        return sum(entry.file_size for entry in self._entries.get(_known_as(name), ()))

    def checksums(self) -> dict[str, tuple[int, int]]:
        """CRC-32 and size of every part, as the directory says: nothing is unpacked."""
        return {
            name: (entry.CRC, entry.file_size) for name, (entry, *_) in zip(self, self._entries.values(), strict=True)
        }

    def packed(self, name: str) -> bytes:
        """A part as it lies in the file, packed. Raises KeyError where there is none, Unsound where it lies nowhere."""
        try:
            return bytes(_lying(self._content, self._entries[_known_as(name)][0]))
        except _NOT_A_ZIP as reason:
            raise Unsound("damaged", name) from reason

    def within(self, limits: Limits) -> Package:
        """The same package, held to these limits. Raises Unsound where it is past them by its directory."""
        _refuse_past(limits, [entry for entries in self._entries.values() for entry in entries])
        self._limits = limits
        return self

    def chunks(self, name: str, size: int = _PIECE) -> Iterator[bytes]:
        """A part in pieces of up to `size` bytes, none of which is kept. Raises KeyError where there is none."""
        entry, *others = self._entries[_known_as(name)]
        if others:
            raise Unsound("twice", name)
        if entry.flag_bits & _LOCKED:
            raise Unsound("locked", name)
        if entry.file_size > self._limits.part_bytes:
            raise Unsound("too large", name)
        try:
            yield from _proven(_pieces(self._content, entry, size), entry)
        except _NOT_A_ZIP as reason:
            raise Unsound("damaged", name) from reason


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _known_as(name: str) -> str:
    """Names of parts are alike whatever the case of their letters (ECMA-376 part 2, 6.3.5)."""
    return _path(name).lower()


def _directory(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [entry for entry in package.infolist() if not entry.is_dir()]
    except _NOT_A_ZIP as reason:
        raise Unsound("damaged") from reason


def _refuse_past(limits: Limits, entries: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _SMALL and unpacked > limits.ratio * sum(entry.compress_size for entry in entries)
    if len(entries) > limits.parts or unpacked > limits.all_bytes or swollen:
        raise Unsound("too large")


def _lying(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """Where a part lies in the file."""
    mark, letters, extra = _LOCAL.unpack_from(content, entry.header_offset)
    at = entry.header_offset + _LOCAL.size
    name, start = content[at : at + letters], at + letters + extra
    lies_there = mark == b"PK\x03\x04" and name == _spelt(entry) and start + entry.compress_size <= len(content)
    if not lies_there or entry.flag_bits & _PATCHED:
        raise ValueError("the part does not lie where the directory says")
    return memoryview(content)[start : start + entry.compress_size]


def _pieces(content: bytes, entry: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    packed = _lying(content, entry)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        return _inflated(packed, size)
    if entry.compress_type == zipfile.ZIP_STORED:
        return (bytes(packed[at : at + size]) for at in range(0, len(packed), size))
    raise ValueError("packed in a way that no Office program packs")


def _spelt(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")


def _inflated(packed: memoryview, size: int) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-15)
    for at in range(0, len(packed), _PIECE):
        piece = unpack.decompress(packed[at : at + _PIECE], size)
        while piece:
            yield piece
            piece = unpack.decompress(unpack.unconsumed_tail, size)
    if not unpack.eof:
        raise ValueError("cut off")


def _proven(pieces: Iterator[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces, as long as they are no more than the directory says; at their end they must be what it says."""
    size = crc = 0
    for piece in pieces:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        if size > entry.file_size:
            break
        yield piece
    if (size, crc) != (entry.file_size, entry.CRC):
        raise ValueError("not what the directory says")
