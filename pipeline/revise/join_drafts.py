"""The draft in hand, and the copies of it and of earlier drafts in which other people typed, as one to go on from.

A copy can be joined only where it is known what it was made from: the draft as it was handed out, or the copy itself as
it was taken in before. Else nobody could tell what its owner took out. One of which something would be lost waits for a
person, as does one that was set aside and saved again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.baseline import FROM
from pipeline.problems import PaperError
from pipeline.revise.copies import Joining
from pipeline.store import Acts, Draft, Version, lineage, records_in, sha256_of, versions_in

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy
    from pipeline.revise.join import Joined

WHAT: tuple[Version, Version] = ("taken in", "handed out")


class Origin(NamedTuple):
    """The version that a copy was made from. `own`: the draft in hand as it was handed out; `taken`: the copy itself,
    as it was taken in before.
    """

    content: bytes
    own: bool = False
    taken: bool = False


def joined_with(draft: Draft, copies: Sequence[Copy], acts: Acts, now: dt.datetime) -> Joining | None:
    """The draft joined with all copies that can be; None where none can. First those of the draft itself as it was
    handed out, then those of each other version.
    """
    aside = {act.file for act in acts if act.what == "set aside"}
    wanted = [copy for copy in copies if copy.differing and copy.path.name not in aside]
    if not wanted:
        return None
    folders = [*dict.fromkeys([draft.path.parent, *(folder_of(copy.path, draft) for copy in wanted)])]
    made_from: dict[Origin, dict[Copy, bytes]] = {}
    for copy in wanted:
        content = copy.path.read_bytes()
        origin = origin_of(copy, content, folders, draft)
        # In a draft itself nobody typed; and what somebody saved just now is taken in by the next build.
        if origin and content != origin.content and sha256_of(content) == copy.sha256:
            made_from.setdefault(origin, {})[copy] = content
    made = Joining(draft)
    for origin in sorted(made_from, key=lambda origin: (not origin.own, sha256_of(origin.content))):
        made = with_copies(made, origin, made_from[origin], now)
    return made if made.copies else None


def folder_of(path: Path, draft: Draft) -> Path:
    """The meeting's folder in which a copy lies, at any depth."""
    outputs = draft.path.parent.parent
    inside = path.relative_to(outputs).parts[0] if path.is_relative_to(outputs) else ""
    return outputs / inside if inside else draft.path.parent


def origin_of(copy: Copy, content: bytes, folders: Sequence[Path], draft: Draft) -> Origin | None:
    """The version from which a copy was made: as it was last taken in itself, else the draft that was handed out with
    the baseline that it carries. None where it is not known: a draft that was somebody's file as it was tells nothing
    of one made before it, and one that holds people's words must be of those that `draft`, in hand, goes back to.
    """
    from pipeline.word.baselines import read_baseline

    records = (record for folder in folders for record in reversed([*records_in(folder)]))
    before = next((digest for record in records for digest in taken_in(record, copy.path.name)), "")
    taken, handed_out = (
        {digest: version for folder in folders for digest, version in versions_in(folder, what).items()}
        for what in WHAT
    )
    goes_back_to = lineage.taken(draft)
    if before in taken and before in goes_back_to:
        return Origin(taken[before], taken=True)
    base, known = read_baseline(content), (handed_out[digest] for digest in handed_out if digest not in taken)
    if base is None or base.about.get(FROM, "") not in {"", *(digest[:16] for digest in goes_back_to)}:
        return None
    found = next((version for version in known if read_baseline(version) == base), None)
    return Origin(found, own=sha256_of(found) == draft.record.get("sha256")) if found else None


def taken_in(record: Mapping[str, Any], name: str) -> Iterator[str]:
    """The hash of the file of that name as the draft of a record took it in, if it did."""
    joined, after = record.get("joined"), record.get("after")
    for entry in [*(joined if isinstance(joined, list) else ()), after]:
        if isinstance(entry, dict) and Path(str(entry.get("file"))).name == name:
            yield str(entry.get("sha256"))


def with_copies(made: Joining, origin: Origin, copies: Mapping[Copy, bytes], now: dt.datetime) -> Joining:
    """The draft with those copies of one version joined to it of which nothing would be lost."""
    sound = {copy: content for copy, content in copies.items() if joined(made, origin, {copy: content}, now)}
    whole = joined(made, origin, sound, now) if sound else None
    if whole is None:
        return made
    draft = made.draft._replace(content=whole.content)
    return Joining(draft, {**made.copies, **sound}, (*made.differences, *whole.differences))


def joined(made: Joining, origin: Origin, copies: Mapping[Copy, bytes], now: dt.datetime) -> Joined | None:
    """The draft in hand and the copies as one; None where something would be lost."""
    from pipeline.revise.join import join_copies
    from pipeline.revise.join_prove import typed_in, words_of

    theirs, draft = {str(copy.path): content for copy, content in copies.items()}, made.draft
    try:
        if not origin.own:
            result = join_copies(origin.content, theirs, now, draft.content)
        elif draft.content == origin.content:
            result = join_copies(origin.content, theirs, now)
        else:
            result = join_copies(origin.content, {str(draft.path): draft.content, **theirs}, now)
    except PaperError:
        return None
    # What was taken in before may have been taken out since; else all that anybody typed in it must be there.
    there = words_of(result.content) + (typed_in(origin.content) if origin.taken else Counter())
    return None if result.lost or any(typed_in(content) - there for content in copies.values()) else result
