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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.faults import told_plainly

PREFIX, SUFFIX = ".committee-papers-", ".tmp"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
_CHUNK = 1 << 20

Content = bytes | Iterable[bytes]
_SHORTENED_FROM = 8


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


def put(path: Path, content: Content, before: str = "") -> None:
    """Writes a file of the program's own, in place of the one that stands there, whose hash is `before` (empty: as it
    is now). Raises as `write_new` and `replace_own` do.
    """
    if path.exists():
        replace_own(path, content, before or sha256_of(path))
    else:
        write_new(path, content)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder that is not there yet with `files` (bare name to bytes), whole or not at all.

    For a run that holds `only_one`. Raises as `write_new`: NeedsPerson (F101) where anything stands at `path`,
    BrokenInstallation (F104-F106, F111, F112) where the disk or its rights are at fault.
    """
    with told_plainly(path):
        if os.path.lexists(path):
            raise in_the_way(path)
        temporary = path.with_name(f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}{SUFFIX}")
        temporary.mkdir(parents=True)
        try:
            for name, content in files.items():
                write_new(temporary / name, content)
            temporary.rename(path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        make_folder_durable(path.parent)


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
    message = f"“{path.name}” is already in the folder “{path.parent.name}”, and is never written over."
    return NeedsPerson(error("F101", Place(file=path.name), message, "Move or rename it, then run this again."))


def _word_owner(path: Path) -> Path:
    """Word puts `~$` before a short name, and in place of the first letters of a long one."""
    lost = min(max(len(path.stem) - _SHORTENED_FROM + 2, 0), 2)
    return path.with_name("~$" + path.name[lost:])


def open_in(path: Path) -> str:
    """`Word` or `LibreOffice` where its owner file stands beside `path`, else the empty string."""
    if path.with_name(f".~lock.{path.name}#").exists():
        return "LibreOffice"
    return "Word" if _word_owner(path).exists() else ""


def refuse_if_open(path: Path) -> None:
    """Raises NeedsPerson (F103) where somebody has `path` open: to write under an editor is to lose one of the two."""
    if program := open_in(path):
        message = f"“{path.name}” is open in {program}, or was when {program} last closed unexpectedly."
        cure = f"Close it in {program} (open and close it once if nobody has it open), then run this again."
        raise NeedsPerson(error("F103", Place(file=path.name), message, cure))


def _refuse_if_changed(path: Path, sha256_expected: str) -> None:
    if path.is_symlink() or sha256_of(path) != sha256_expected:
        message = f"“{path.name}” has been changed since it was written, so it is left alone."
        raise NeedsPerson(error("F102", Place(file=path.name), message, "Rename your copy, then run this again."))


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
