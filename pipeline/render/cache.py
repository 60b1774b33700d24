"""A patched template kept on disk, so that the next command need not load docxtpl to patch it again.

Only data is kept: XML text with its tags, names and numbers, ready zip entries. Never code, never pickles. Whatever is
wrong with the folder or a file in it, the template is patched afresh and nothing is said: a cache is nobody's business.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.opc import Deflated
from pipeline.render.house import House
from pipeline.render.properties import STYLES
from pipeline.render.tags import Tag

FORMAT = "committee-papers template 3\n"
_ENVIRONMENT = "COMMITTEE_PAPERS_CACHE"
_PACKAGES = ("docxtpl", "jinja2", "python_docx", "lxml")
CAPITALS = f"{STYLES} in capitals"


class Patched(NamedTuple):
    """A patched template as data. `sources` by part (the document's first): its own text and its tags in turn.

    `ready` are the parts that are the same in every paper, and under CAPITALS the styles part in capitals; `house` is
    what its tables look like.
    """

    sources: dict[str, list[str | Tag]]
    keys: tuple[str, ...]
    first: int
    stride: int
    sections: tuple[str, ...]
    baseline: str
    marks: bool
    ready: dict[str, Deflated]
    house: House = House()

    def data(self) -> tuple[dict[str, Any], list[bytes]]:
        """The same as JSON values and blobs."""
        ready = [(name, part.crc, part.size) for name, part in self.ready.items()]
        return {**self._asdict(), "ready": ready}, [part.data for part in self.ready.values()]


def from_data(data: dict[str, Any], blobs: list[bytes]) -> Patched:
    """A patched template from such values. Raises KeyError, TypeError or ValueError where they are not one."""
    ready = {name: Deflated(blob, crc, size) for blob, (name, crc, size) in zip(blobs, data["ready"], strict=True)}
    sources = {
        part: [each if isinstance(each, str) else Tag(*each) for each in source]
        for part, source in data["sources"].items()
    }
    lists = {name: tuple(data[name]) for name in ("keys", "sections")}
    return Patched(**{**data, **lists, "sources": sources, "ready": ready, "house": House(*data["house"])})


def cache_folder() -> Path:
    """The user's cache folder: COMMITTEE_PAPERS_CACHE, else the system's own place for such things."""
    if chosen := os.environ.get(_ENVIRONMENT):
        return Path(chosen)
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return (Path(local) if local else Path.home() / ".cache") / "committee-papers"


def versions(folders: list[str] | None = None) -> str:
    """The versions of what patches a template, e.g. `docxtpl-0.20.2 jinja2-3.1.6`; empty where they cannot be told.

    Read from the names of the installed packages' folders: asking the packages would load them, and importlib.metadata
    reads every file about them.
    """
    found: dict[str, str] = {}
    for folder in sys.path if folders is None else folders:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208 (names are all that is wanted)
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                package = name.lower().replace("-", "_")
                if package in _PACKAGES and entry.endswith(".dist-info"):
                    found.setdefault(package, version)
    return " ".join(f"{name}-{found[name]}" for name in _PACKAGES) if len(found) == len(_PACKAGES) else ""


def key_of(template: str, engine: str) -> str:
    """The name of a cache entry: the template's SHA-256, the engine's and the libraries' versions; empty: no cache."""
    known = versions()
    return hashlib.sha256(f"{template} {engine} {known}".encode()).hexdigest() if known else ""


def kept(key: str) -> tuple[Any, list[bytes]] | None:
    """What was kept under a key: its data and its blobs; None where there is nothing, or nothing to be trusted."""
    if not key:
        return None
    try:
        folder = cache_folder()
        if not _ours_alone(folder.lstat()):
            return None
        handle = os.open(folder / key, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:  # noqa: PTH123 (an open handle: what was checked is what is read)
            if not _ours_alone(os.fstat(handle)):
                return None
            return _unpacked(file.read())
    except (OSError, ValueError, RuntimeError):
        return None


def keep(key: str, data: Any, blobs: list[bytes]) -> None:
    """Keeps data (JSON values) and blobs under a key, whole or not at all."""
    if not key:
        return
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours_alone(folder.lstat()):
            return
        temporary = folder / f"{key}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123
                file.write(_packed(data, blobs))
            temporary.replace(folder / key)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _ours_alone(status: os.stat_result) -> bool:
    """Is it ours, a plain folder or file, and can nobody else write to it? Windows keeps a user's own folders so."""
    if not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _packed(data: Any, blobs: list[bytes]) -> bytes:
    head = json.dumps({"sizes": [len(blob) for blob in blobs], "data": data}).encode()
    body = b"".join((len(head).to_bytes(8, "big"), head, *blobs))
    return FORMAT.encode() + hashlib.sha256(body).digest() + body


def _unpacked(content: bytes) -> tuple[Any, list[bytes]]:
    start = FORMAT.encode()
    digest, body = content[len(start) : len(start) + 32], content[len(start) + 32 :]
    if not content.startswith(start) or hashlib.sha256(body).digest() != digest:
        raise ValueError("not an entry of this cache")
    at = 8 + int.from_bytes(body[:8], "big")
    head = json.loads(body[8:at])
    blobs = []
    for size in head["sizes"]:
        blobs.append(body[at : at + size])
        at += size
    return head["data"], blobs
