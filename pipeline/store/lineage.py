"""Which draft another goes on from, whether two papers say the same, and who typed in an older draft meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.opc import Package
from pipeline.store.drafts import Draft, drafts_in, load
from pipeline.store.writing import sha256_of

Origin = Mapping[str, object]
_DATED_PARTS = ("docProps/", "customXml/")


def substance(content: bytes) -> str:
    """A hash of all that a paper holds but its properties and its baseline, which change with the day of the facts.

    Made from the checksums in its directory, so that nothing need be unpacked; they tell a paper from the one before
    it, and are no proof against forgery. Two papers of equal substance read the same.
    """
    parts = Package(content).checksums().items()
    lasting = sorted((name, *checksum) for name, checksum in parts if not name.startswith(_DATED_PARTS))
    return sha256_of(repr(lasting).encode())


def origin_of(draft: Draft) -> Origin:
    """What tells a draft, as it is now, from every other: for the record of the one that goes on from it."""
    return {
        "meeting": draft.path.parent.name,
        "draft": draft.number,
        "file": draft.path.name,
        "sha256": sha256_of(draft.content),
    }


def after(draft: Draft) -> Origin | None:
    """The draft that this one goes on from, as its record keeps it; None for a first one."""
    known = draft.record.get("after")
    return known if isinstance(known, dict) else None


def goes_on_from(draft: Draft, other: Draft) -> bool:
    """Was `draft` made from `other`, as that was then?"""
    origin = after(draft) or {}
    return (origin.get("meeting"), origin.get("draft")) == (other.path.parent.name, other.number)


def is_itself(draft: Draft) -> bool:
    """Does the file bear the name under which the program wrote it? Else it is somebody's copy of it."""
    return str(draft.record.get("paper", draft.path.name)) == draft.path.name


def taken(draft: Draft) -> list[str]:
    """Hashes of all papers whose words are in what goes on from this draft: those that it took in itself, and it."""
    known = draft.record.get("taken", draft.record.get("seen")) if is_itself(draft) else None
    return sorted({*(known if isinstance(known, list) else ()), sha256_of(draft.content)})


def seen(path: Path, origin: Origin | None) -> list[str]:
    """Hashes of all drafts that the one at `path` takes into account: those beside it, and its origin's neighbours."""
    return sorted({sha256_of(relative.content) for relative in relatives(path, origin)})


def edited_late(newest: Draft) -> list[Draft]:
    """Drafts in which somebody has typed since the newest was made: what they hold is not in it."""
    known = newest.record.get("seen")
    if not isinstance(known, list):
        return []
    typed_in = (
        relative for relative in relatives(newest.path, after(newest)) if relative.edited and is_itself(relative)
    )
    return [draft for draft in typed_in if sha256_of(draft.content) not in known]


def relatives(path: Path, origin: Origin | None) -> Iterator[Draft]:
    """Every other draft in the folder, and in the one of the meeting before it was moved, if it was."""
    names = dict.fromkeys([path.parent.name, str((origin or {}).get("meeting", path.parent.name))])
    for folder in (path.parent.with_name(name) for name in names):
        for number, paths in sorted(drafts_in(folder).items()):
            yield from (load(other, number) for other in paths if other != path)
