"""Where people's versions of one draft part: what each made of a place, as it is told and as a record keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

Why = Literal["same words", "edited and deleted", "both kept", "columns", "moved", "not carried"]
DELETED = "(deleted)"
"""What stands for a text that somebody took out."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one person made of a place: the whole text as it would be with theirs. `waits` are the words that a draft
    has of it as a tracked change under their name.
    """

    who: str
    text: str
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleDiffer:
    """A place where people's versions part: the first stands. Of what is no text and was not carried into the draft,
    such as a header, the text says what it is.
    """

    key: str
    why: Why
    versions: tuple[Version, ...]

    @property
    def stands(self) -> Version:
        """The version that stands."""
        return self.versions[0]

    @property
    def others(self) -> tuple[Version, ...]:
        """Those that do not; one that was not carried is alone."""
        return self.versions[1:]

    @property
    def is_of_words(self) -> bool:
        """Do people say different things? Else one of them changed what the draft has otherwise."""
        return self.why not in ("moved", "not carried")

    def without(self, versions: Collection[Version]) -> PeopleDiffer:
        """The same without some of the versions that do not stand."""
        return replace(self, versions=(self.stands, *(each for each in self.others if each not in versions)))


def parted_in(record: Mapping[str, Any]) -> tuple[PeopleDiffer, ...]:
    """Where people parted, as a draft's record has it. What is none is passed over."""
    found, entries = list[PeopleDiffer](), record.get("parted")
    for entry in entries if isinstance(entries, list) else ():
        try:
            versions = tuple(map(_version, entry["versions"]))
            if entry["why"] in get_args(Why) and versions:
                found.append(PeopleDiffer(str(entry["key"]), entry["why"], versions))
        except (LookupError, TypeError):
            continue
    return tuple(found)


def _version(data: Mapping[str, Any]) -> Version:
    return Version(str(data["who"]), str(data["text"]), tuple(map(str, data["waits"])))


def as_records(parted: Iterable[PeopleDiffer]) -> list[dict[str, object]]:
    """The same as a record keeps it."""
    return [asdict(each) for each in parted]
