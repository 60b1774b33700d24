"""What was ever withheld from a report's papers, known again by keyed hashes and by nothing else.

outputs/<report>/withheld.key                 the key: made once, and never written over
outputs/<report>/<meeting date>/acts.jsonl    the hashes, among the acts, in the folder of the paper in hand then
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.patterns import Pattern
from pipeline.problems import Place, Problem
from pipeline.store.acts import Act, acts_found_in
from pipeline.store.drafts import meeting_folders
from pipeline.store.writing import write_new

KEY = "withheld.key"
_KEY = Pattern(r"[0-9a-f]{64}")


def key_in(folder: Path) -> bytes:
    """The key in a report's outputs; empty where there is none, or what is no key."""
    path = folder / KEY
    text = path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""
    return bytes.fromhex(text) if _KEY.fullmatch(text) else b""


def make_key(folder: Path) -> bytes:
    """A new key, where there is none. Raises NeedsPerson (F101) where something stands in its place."""
    write_new(folder / KEY, f"{os.urandom(32).hex()}\n".encode())
    return key_in(folder)


class Private(NamedTuple):
    """What was ever withheld from a report's papers: the key, and an act for each row, with where it stood and the
    hashes of what it said.
    """

    key: bytes
    acts: tuple[Act, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """C162, where there are hashes and no key to them."""
        return (problem("C162", Place(KEY)),) if self.acts and not self.key else ()


def private_in(folder: Path) -> Private:
    """What was ever withheld, by a report's outputs. An act that no longer follows on the one before it counts all the
    same: of what is looked for there is never too much.
    """
    found = (act for place in meeting_folders(folder).values() for act in acts_found_in(place, "withheld"))
    return Private(key_in(folder), tuple(found))
