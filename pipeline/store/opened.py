"""Is a file open in Word or LibreOffice? Both leave an owner file beside it, and both forget one after a crash."""

from __future__ import annotations

from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error

_SHORTENED_FROM = 8


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
        raise NeedsPerson(
            error(
                "F103",
                Place(file=path.name),
                f"“{path.name}” is open in {program}, or was when {program} last closed unexpectedly.",
                f"Close it in {program} (open and close it once if nobody has it open), then run this again.",
            )
        )
