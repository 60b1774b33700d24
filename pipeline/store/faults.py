"""What the operating system says when it will not do something, as an officer should hear it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.problems import NOWHERE, BrokenInstallation, NeedsPerson, PaperError, Place, error

_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_SHARING_VIOLATIONS = {32, 33}
_OPEN = ("F103", "“{name}” is open in another program.", "Close it, then run this again.")
_OF_THE_DISK = (
    "F106",
    "The disk failed while “{name}” was being written ({reason}).",
    "Ask IT to look at the disk or the network share, then run this again.",
)
_FAULTS = {
    frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}): (
        "F104",
        "There is no room on the disk to write “{name}”.",
        "Free some space, then run this again.",
    ),
    frozenset(_REFUSED): (
        "F105",
        "The folder “{folder}” may not be written to.",
        "Ask IT for the right to write there, then run this again.",
    ),
    frozenset({errno.ENAMETOOLONG}): (
        "F111",
        "The name “{short}” is too long for this disk.",
        "Shorten the title of the report.",
    ),
    frozenset({errno.ENOTDIR, errno.EISDIR, errno.EEXIST}): (
        "F112",
        "A file stands where the folder “{folder}” should be, or a folder where the file should be.",
        "Move it out of the way, then run this again.",
    ),
}
"""The errors of the operating system that have a word of their own: code, what is wrong, and the cure."""


def fault(reason: OSError, path: Path) -> PaperError:
    """The PaperError for an operating-system error met while writing `path`: exit code 3 or 4, one cure.

    Windows says "sharing violation" where another program has the file open; elsewhere a refusal is about rights.
    """
    is_open = getattr(reason, "winerror", None) in _SHARING_VIOLATIONS
    known = (message for numbers, message in _FAULTS.items() if reason.errno in numbers)
    code, said, cure = _OPEN if is_open else next(known, _OF_THE_DISK)
    message = said.format(
        name=path.name, short=path.name[:80], folder=path.parent, reason=reason.strerror or "no reason given"
    )
    return (NeedsPerson if is_open else BrokenInstallation)(error(code, Place(file=path.name), message, cure))


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turns any OSError inside into the PaperError of `fault`."""
    try:
        yield
    except OSError as reason:
        raise fault(reason, path) from reason


def refusal(reason: BaseException) -> PaperError | None:
    """The problem that the system does not let a file or folder be looked at (F113), or that a package is missing
    (F124), wherever that came up; None for any other fault. Nothing can go on without.
    """
    if isinstance(reason, ModuleNotFoundError) and reason.name and not reason.name.startswith("pipeline"):
        message = f"The package “{reason.name}”, which the program needs, is not installed."
        return BrokenInstallation(error("F124", NOWHERE, message, "Ask IT to install committee-papers again."))
    if not isinstance(reason, OSError) or reason.filename is None:
        return None
    if reason.errno not in _REFUSED and getattr(reason, "winerror", None) not in _SHARING_VIOLATIONS:
        return None
    path = Path(os.fsdecode(reason.filename))
    cure = "Close it if it is open somewhere; else ask IT for the right to read and write there."
    return NeedsPerson(error("F113", Place(file=path.name), f"“{path}” may not be opened.", cure))
