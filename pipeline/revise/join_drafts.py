"""The draft in hand, and the copies of it and of earlier drafts in which other people typed, as one to go on from.

A copy can be joined only where it is known what it was made from: the draft as it was handed out, or the copy itself as
it was taken in before. Else nobody could tell what its owner took out. One of which something would be lost waits for a
person, as does one that was set aside and saved again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.problems import PaperError
from pipeline.store import Acts, Draft, Version, records_in, sha256_of, versions_in

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy
    from pipeline.revise.join import Joined
    from pipeline.revise.join_blocks import PeopleDiffer

WHAT: tuple[Version, Version] = ("taken in", "handed out")


@dataclass(frozen=True, slots=True)
class Joining:
    """A draft with the words of several people's copies in it, the copies that it took in, with their bytes, and where
    people part.
    """

    draft: Draft
    copies: Mapping[Copy, bytes] = field(default_factory=dict)
    differences: tuple[PeopleDiffer, ...] = ()


def joined_with(draft: Draft, copies: Sequence[Copy], acts: Acts, now: dt.datetime) -> Joining | None:
    """The draft joined with all copies that can be; None where none can. First those of the draft itself as it was
    handed out, then those of each other version.
    """
    aside = {act.file for act in acts if act.what == "set aside"}
    wanted = [copy for copy in copies if copy.differing and copy.path.name not in aside]
    if not wanted:
        return None
    folders = [*dict.fromkeys([draft.path.parent, *(folder_of(copy.path, draft) for copy in wanted)])]
    made_from: dict[bytes, dict[Copy, bytes]] = {}
    for copy in wanted:
        content = copy.path.read_bytes()
        origin = origin_of(copy, content, folders)
        # One that somebody saved just now is taken in by the next build.
        if origin and sha256_of(content) == copy.sha256:
            made_from.setdefault(origin, {})[copy] = content
    made, own = Joining(draft), str(draft.record.get("sha256"))
    for origin in sorted(made_from, key=lambda origin: (sha256_of(origin) != own, sha256_of(origin))):
        made = with_copies(made, origin, made_from[origin], own=sha256_of(origin) == own, now=now)
    return made if made.copies else None


def folder_of(path: Path, draft: Draft) -> Path:
    """The meeting's folder in which a copy lies, at any depth."""
    outputs = draft.path.parent.parent
    inside = path.relative_to(outputs).parts[0] if path.is_relative_to(outputs) else ""
    return outputs / inside if inside else draft.path.parent


def origin_of(copy: Copy, content: bytes, folders: Sequence[Path]) -> bytes:
    """The version from which a copy was made: as it was last taken in itself, else the draft that was handed out with
    the baseline that it carries. Blank where it is not known: a draft that was somebody's file as it was tells nothing
    of one made before it.
    """
    from pipeline.word.baselines import read_baseline

    records = (record for folder in folders for record in reversed([*records_in(folder)]))
    before = next((digest for record in records for digest in taken_in(record, copy.path.name)), "")
    taken, handed_out = (
        {digest: version for folder in folders for digest, version in versions_in(folder, what).items()}
        for what in WHAT
    )
    if before in taken:
        return taken[before]
    base = read_baseline(content)
    known = (version for digest, version in handed_out.items() if digest not in taken)
    return next((version for version in known if base and read_baseline(version) == base), b"")


def taken_in(record: Mapping[str, Any], name: str) -> Iterator[str]:
    """The hash of the file of that name as the draft of a record took it in, if it did."""
    joined, after = record.get("joined"), record.get("after")
    for entry in [*(joined if isinstance(joined, list) else ()), after]:
        if isinstance(entry, dict) and Path(str(entry.get("file"))).name == name:
            yield str(entry.get("sha256"))


def with_copies(made: Joining, origin: bytes, copies: Mapping[Copy, bytes], *, own: bool, now: dt.datetime) -> Joining:
    """The draft with those copies of one version joined to it of which nothing would be lost; `own`: that version is
    the draft itself as it was handed out.
    """
    sound = {copy: each for copy, each in copies.items() if joined(made, origin, {copy: each}, own=own, now=now)}
    whole = joined(made, origin, sound, own=own, now=now) if sound else None
    if whole is None:
        return made
    draft = made.draft._replace(content=whole.content)
    return Joining(draft, {**made.copies, **sound}, (*made.differences, *whole.differences))


def joined(made: Joining, origin: bytes, copies: Mapping[Copy, bytes], *, own: bool, now: dt.datetime) -> Joined | None:
    """The draft in hand and the copies as one; None where something would be lost."""
    from pipeline.revise.join import join_copies

    theirs, draft = {str(copy.path): content for copy, content in copies.items()}, made.draft
    try:
        if not own:
            result = join_copies(origin, theirs, now, draft.content)
        elif draft.content == origin:
            result = join_copies(origin, theirs, now)
        else:
            result = join_copies(origin, {str(draft.path): draft.content, **theirs}, now)
    except PaperError:
        return None
    return None if result.lost else result
