"""File names: made from titles so that every system takes them, and taken from workbooks so that none leads astray.

Both judge by the rules of Windows and of POSIX at once, on every machine: a folder is copied from one to the other.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from pipeline.nearest import ASKED, did_you_mean
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Place, Problem, error

_RESERVED = Pattern(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"/\\|?*~')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LIMIT, _BYTES = 120, 230
LONGEST_SHOWN = 80


def safe_name(text: str, suffix: str = "") -> str:
    """A file name that says `text` and ends in `suffix` (" (draft 1).docx"), and that Windows and POSIX both take.

    Composed Unicode; no reserved name, no forbidden or unseen character, no blank or dot at either end; at most 120
    characters and 230 bytes with the suffix, cut at a blank where there is one. "untitled" where nothing is left.
    """
    shown = "".join(_replacement(letter) for letter in unicodedata.normalize("NFC", text))
    stem = _trimmed(re.sub(r"\s+", " ", unicodedata.normalize("NFC", shown)))
    stem = _trimmed(_shortened(stem, _LIMIT - 1 - len(suffix), _BYTES - len(suffix.encode()))) or "untitled"
    if _RESERVED.match(stem + suffix):
        first, dot, rest = stem.partition(".")
        stem = f"{first.rstrip()}_{dot}{rest}"
    return stem + suffix


def inside(folder: Path, name: str, place: Place = NOWHERE) -> Path | Problem:
    """The path of the file called `name` in `folder`, or the problem (F107, F108) that makes it unusable.

    `name` is a bare name as an officer typed it, at `place`: no folder in it, no drive, no stream, no `~`, no reserved
    device name, no unseen character, no blank or dot at its ends. A link that leads out of the folder is refused; the
    file need not be there (see `existing`).
    """
    if reason := _unusable(name):
        message = f"“{_shown(name)}” cannot be used as a file name: {reason}."
        return error("F107", place, message, "Give the file's own name, without a folder.")
    try:
        found = (folder / name).resolve()
        kept_in = found.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        kept_in = False
    if not kept_in:
        cure = f"Put the file itself into the folder “{folder.name}”."
        return error("F108", place, f"“{_shown(name)}” is a link to somewhere else.", cure)
    return folder / name


def existing(folder: Path, name: str, place: Place = NOWHERE, names: Collection[str] | None = None) -> Path | Problem:
    """As `inside`, and the file must be there: else the problem F109, which names the nearest file, not taking it.

    `names` are the `names_in` the folder, for whoever asks after many files of one.
    """
    path = inside(folder, name, place)
    there = names_in(folder) if names is None else names
    if isinstance(path, Problem) or (name in there and path.is_file()):
        return path
    hint = ASKED.format(near=longer) if (longer := _longer(name, there)) else did_you_mean(name, there, "")
    cure = "Correct the name, or put the file there." if hint else "Put the file there."
    message = f"There is no file “{_shown(name)}” in the folder “{folder.name}”. {hint}".rstrip()
    return error("F109", place, message, cure)


def _longer(name: str, there: Collection[str]) -> str:
    """The one file whose name goes on after `name`: “COR-038 Letter.pdf” for “COR-038.pdf”; blank if there is none."""
    begins, ending = Path(name).stem.casefold(), Path(name).suffix.casefold()
    found = [each for each in there if each.casefold().startswith(f"{begins} ") and each.casefold().endswith(ending)]
    return found[0] if len(found) == 1 else ""


def names_in(folder: Path) -> dict[str, None]:
    """The names of the files in a folder, in alphabetical order; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return dict.fromkeys(sorted(entry.name for entry in entries if entry.is_file()))
    except OSError:
        return {}


def _unusable(name: str) -> str:
    """Why `name` is no bare file name, in words; empty where it is one."""
    if not name.strip(" ."):
        return "it is empty"
    if name != name.strip() or name.endswith("."):
        return "it begins or ends with a blank, or ends with a full stop"
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        return "it holds a character that cannot be seen"
    if bad := sorted(_FORBIDDEN.intersection(name)):
        return f"it holds “{bad[0]}”"
    if _RESERVED.match(name):
        return "Windows keeps that name for itself"
    return "it is too long" if len(name.encode()) > 255 else ""


def _replacement(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in _UNSEEN or letter in '"?*':
        return ""
    return "-" if letter in _FORBIDDEN else letter


def _trimmed(text: str) -> str:
    return text.strip(" .")


def _shortened(text: str, characters: int, size: int) -> str:
    """At most so many characters and bytes of `text`, whole words where that loses less than half of it."""
    cut = text[: max(characters, 1)].encode()[: max(size, 1)].decode(errors="ignore")
    if cut == text:
        return text
    words, _, _ = cut.rpartition(" ")
    return words if len(words) * 2 > len(cut) else cut


def _shown(name: str) -> str:
    plain = "".join(letter if letter.isprintable() else "�" for letter in name)
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"
