"""The parts of a packed Office file, read one at a time and never past the limits."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.problems import PaperError
from pipeline.read import limits
from pipeline.read.archive import FAULTS, Archive, Entry, archive_of
from pipeline.read.refusals import damaged, too_large


@dataclass(frozen=True, slots=True)
class Package:
    """An open packed file: its name for problems, and its parts by lower-case name."""

    name: str
    archive: Archive
    parts: Mapping[str, Entry]

    def has(self, part: str) -> bool:
        """Is there such a part?"""
        return part.lower() in self.parts

    def size(self, part: str) -> int:
        """The size of a part, unpacked, in bytes; 0 where there is none."""
        entry = self.parts.get(part.lower())
        return entry.size if entry else 0

    def read(self, part: str) -> bytes:
        """The whole of a part, empty where there is none. Raises PaperError as `chunks` does."""
        return b"".join(self.chunks(part)) if self.has(part) else b""

    def chunks(self, part: str, size: int = 1 << 16) -> Iterator[bytes]:
        """A part piece by piece. Raises PaperError (I113, I114) where it is damaged, missing or too large."""
        entry = self.parts.get(part.lower())
        if entry is None:
            raise PaperError(damaged(self.name))
        if entry.size > limits.PART_BYTES:
            raise PaperError(too_large(self.name))
        try:
            yield from self.archive.chunks(entry, size)
        except FAULTS as fault:
            raise PaperError(damaged(self.name)) from fault


def open_package(content: bytes, name: str) -> Package:
    """The parts of `content`. Raises PaperError (I113, I114): not a packed file, damaged, or far too many parts."""
    try:
        archive = archive_of(content)
    except FAULTS as fault:
        raise PaperError(damaged(name)) from fault
    if len(archive.entries) > limits.PARTS:
        raise PaperError(too_large(name))
    return Package(name, archive, archive.parts)


def resolve(base: str, target: str) -> str:
    """The part that `target` names, as seen from the part `base` (a leading slash means the package's root)."""
    target = target.replace("\\", "/")
    folder = "" if target.startswith("/") else posixpath.dirname(base)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
