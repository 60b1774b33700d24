"""Writing that is whole or not at all: a temporary file beside the target, made durable, then put in place at once.

The pattern is the one backup programs use (borg's SaveFile, restic's write-once files): content to a temporary file in
the same folder, fsync, link or rename, fsync of the folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.faults import told_plainly
from pipeline.store.opened import refuse_if_open

PREFIX, SUFFIX = ".committee-papers-", ".tmp"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
_CHUNK = 1 << 20

Content = bytes | Iterable[bytes]


def sha256_of(source: Path | bytes) -> str:
    """The SHA-256 of a file's or value's bytes, 64 lower-case hex digits. A file that cannot be read raises OSError."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    digest = hashlib.sha256()
    with source.open("rb", buffering=0) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def write_new(path: Path, content: Content) -> None:
    """Writes a file that is not there yet, whole or not at all, making its folder where needed. Content may come in
    pieces.

    Raises NeedsPerson (F101) where anything already stands at `path`, BrokenInstallation (F104-F106, F111, F112) where
    the disk or its rights are at fault. Where the disk has no hard links (some USB sticks and shares), two programs
    writing one name in the same instant are kept apart by `only_one`, not by this.
    """
    with told_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            raise in_the_way(path)
        temporary = _durable_temporary(path, content)
        try:
            _put_in_place(temporary, path)
        except FileExistsError:
            raise in_the_way(path) from None
        finally:
            _discard(temporary)
        try:
            make_folder_durable(path.parent)
        except OSError:
            _discard(path)
            raise


def replace_own(path: Path, content: Content, sha256_expected: str) -> None:
    """Replaces a file that the generator wrote, or writes it where it is gone; never one that a person has changed.

    Raises NeedsPerson where its bytes no longer hash to `sha256_expected` (F102) or somebody has it open (F103), and
    BrokenInstallation as `write_new` does. The old file stays whole until the new one stands.
    """
    if not os.path.lexists(path):
        return write_new(path, content)
    with told_plainly(path):
        refuse_if_open(path)
        temporary = _durable_temporary(path, content)
        try:
            _refuse_if_changed(path, sha256_expected)
            temporary.replace(path)
        finally:
            _discard(temporary)
        make_folder_durable(path.parent)
    return None


def remove_leftovers(folder: Path) -> int:
    """Removes the temporary files and folders that a stopped run of ours left anywhere under `folder`; how many.

    Only for a run that holds `only_one(folder)`: a leftover and another run's work in hand look alike.
    """
    removed = 0
    for leftover in list(folder.rglob(f"{PREFIX}*{SUFFIX}")):
        with suppress(OSError):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
            removed += 1
    return removed


def in_the_way(path: Path) -> NeedsPerson:
    """The problem (F101) that something stands where a new file or folder should be."""
    return NeedsPerson(
        error(
            "F101",
            Place(file=path.name),
            f"“{path.name}” is already in the folder “{path.parent.name}”, and is never written over.",
            "Move or rename it, then run this again.",
        )
    )


def _refuse_if_changed(path: Path, sha256_expected: str) -> None:
    if path.is_symlink() or sha256_of(path) != sha256_expected:
        raise NeedsPerson(
            error(
                "F102",
                Place(file=path.name),
                f"“{path.name}” has been changed since it was written, so it is left alone.",
                "Rename your copy, then run this again.",
            )
        )


def _durable_temporary(path: Path, content: Content) -> Path:
    """A temporary file beside `path` that holds `content` and would survive a power cut; none is left on failure."""
    temporary = path.with_name(f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}{SUFFIX}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(temporary, flags, 0o666)
    try:
        try:
            for piece in (content,) if isinstance(content, bytes) else content:
                _write_all(handle, piece)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        _discard(temporary)
        raise
    return temporary


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view[:_CHUNK]) :]


def _put_in_place(temporary: Path, path: Path) -> None:
    """Gives `temporary` the name `path` in one step. Raises FileExistsError where the name is taken."""
    if sys.platform == "win32":
        temporary.rename(path)  # on Windows, rename never replaces
        return
    try:
        os.link(temporary, path)
    except OSError as reason:
        if reason.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)


def make_folder_durable(folder: Path) -> None:
    """Makes the new name itself survive a power cut. Some shares cannot, and say so; that is no fault of the paper."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        if reason.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
