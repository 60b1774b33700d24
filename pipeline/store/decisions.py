"""What people decided of a paper: words kept against the facts, copies set aside. Each draft's record carries it on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.store.data import kept_json
from pipeline.store.drafts import RECORDS

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decisions:
    """`kept`: block, the facts' texts, the words kept against them, by whom, when. `without`: file, its hash, by whom,
    when. In the order in which they were made.
    """

    kept: tuple[Record, ...] = ()
    without: tuple[Record, ...] = ()

    def __add__(self, other: Decisions) -> Decisions:
        return Decisions(once((*self.kept, *other.kept)), once((*self.without, *other.without)))

    def without_kept(self, secret: Callable[[tuple[str, ...]], bool]) -> Decisions:
        """The same without words that may not be public by now: no record carries them on."""
        kept = (each for each in self.kept if not secret((*texts(each.get("facts")), *texts(each.get("words")))))
        return replace(self, kept=tuple(kept))

    @property
    def pairs(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """The facts' texts and the words kept against them."""
        return tuple((texts(each.get("facts")), texts(each.get("words"))) for each in self.kept)

    @property
    def set_aside(self) -> frozenset[str]:
        """The hashes of the files set aside."""
        return frozenset(str(each.get("sha256")) for each in self.without)

    def as_data(self) -> dict[str, object]:
        """As a record keeps them."""
        return {"kept": list(self.kept), "without": list(self.without)}


NONE = Decisions()


def once(entries: Iterable[Record]) -> tuple[Record, ...]:
    """The entries, each once, whoever carried it on."""
    return tuple({json.dumps(each, sort_keys=True): each for each in entries}.values())


def decisions_in(folder: Path) -> Decisions:
    """All that was decided of the paper whose drafts are in a folder, by the records of its drafts."""
    return sum(map(decisions_of, records_in(folder)), NONE)


def decisions_of(record: Record) -> Decisions:
    """What one record has of them."""
    return Decisions(entries(record.get("kept")), entries(record.get("without")))


def entries(value: object) -> tuple[Record, ...]:
    """The entries of a list in a record; what is none is passed over."""
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list in a record."""
    return tuple(map(str, value)) if isinstance(value, list) else ()


def records_in(folder: Path) -> Iterator[Record]:
    """Every record of a draft in a folder that can be read, the oldest draft's first."""
    found = []
    for path in (folder / RECORDS).glob("draft *.json"):
        record = kept_json(path)
        if isinstance(record, dict):
            found.append(record)
    return iter(sorted(found, key=lambda each: str(each.get("draft", "")).zfill(9)))


def written_by_us(folder: Path) -> frozenset[str]:
    """The hashes of all papers that the records of a folder say the program wrote."""
    return frozenset(
        digest
        for record in records_in(folder)
        for digest in (record.get("sha256"), record.get("instead_of"))
        if isinstance(digest, str) and digest
    )
