"""The draft in hand, and the copies of it and of earlier drafts in which other people typed, as one to go on from.

A copy can be joined only where it is known what it was made from: the draft as it was handed out, or the copy itself as
it was taken in before. Else nobody could tell what its owner took out. One of which something would be lost waits for a
person, as does one that was set aside and saved again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.baseline import FROM
from pipeline.problems import PaperError
from pipeline.revise.copies import Joining, Waiting
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


def joined_with(draft: Draft, copies: Sequence[Copy], acts: Acts, now: dt.datetime) -> Joining:
    """The draft joined with all copies that can be, and why each other waits for a person. First those of the draft
    itself as it was handed out, then those of each other version.
    """
    wanted = [copy for copy in copies if not copy.doubt]
    aside = {act.file for act in acts if act.what == "set aside" and act.file_sha256 not in lineage.taken(draft)}
    contents = {copy: copy.path.read_bytes() for copy in wanted if copy.path.name not in aside}
    origins = origins_of(contents, draft, acts)
    typed = {copy: content for copy, content in contents.items() if is_typed_in(copy, content, origins[copy])}
    made = in_turn(draft, typed, origins, now)
    waiting: dict[Path, Waiting] = {copy.path: "saved_again" for copy in wanted if copy not in contents}
    for copy in typed.keys() - made.copies.keys():
        waiting[copy.path] = "lossy" if origins[copy] else "unknown"
    return replace(made, waiting=waiting)


def in_turn(
    draft: Draft, copies: Mapping[Copy, bytes], origins: Mapping[Copy, Origin | None], now: dt.datetime
) -> Joining:
    """The draft joined with those of the copies of which nothing would be lost, by the versions that they were made
    from: first the draft itself as it was handed out.
    """
    made = Joining(draft)
    versions = {origin for copy in copies if (origin := origins[copy])}
    for version in sorted(versions, key=lambda one: (not one.own, sha256_of(one.content))):
        mine = {copy: content for copy, content in copies.items() if origins[copy] == version}
        made = with_copies(made, version, mine, now)
    return made


def is_typed_in(copy: Copy, content: bytes, origin: Origin | None) -> bool:
    """Did anybody type in a copy? Not in a draft itself; and what was saved just now is taken in by the next build."""
    return origin is None or (content != origin.content and sha256_of(content) == copy.sha256)


def folder_of(path: Path, draft: Draft) -> Path:
    """The meeting's folder in which a copy lies, at any depth."""
    outputs = draft.path.parent.parent
    inside = path.relative_to(outputs).parts[0] if path.is_relative_to(outputs) else ""
    return outputs / inside if inside else draft.path.parent


def origins_of(contents: Mapping[Copy, bytes], draft: Draft, acts: Acts) -> dict[Copy, Origin | None]:
    """The version from which each copy was made: as it was last taken in itself, else the draft that was handed out
    with the baseline that it carries; of one that carries none, or that a person handed in, the draft that is most like
    it. None where it is not known.
    """
    folders = [*dict.fromkeys([draft.path.parent, *(folder_of(copy.path, draft) for copy in contents)])]
    taken, handed_out = (
        {digest: version for folder in folders for digest, version in versions_in(folder, what).items()}
        for what in WHAT
    )
    records = [record for folder in folders for record in reversed([*records_in(folder)])]
    goes_back_to = frozenset(lineage.taken(draft))
    known = [handed_out[digest] for digest in handed_out if digest not in taken]

    def origin_of(copy: Copy, content: bytes) -> Origin | None:
        before = next((digest for record in records for digest in taken_in(record, copy.path.name)), "")
        if before in taken and before in goes_back_to:
            return Origin(taken[before], taken=True)
        version = made_from(content, known, goes_back_to, is_handed_in=copy.sha256 in acts.handed_in)
        return None if version is None else Origin(version, sha256_of(version) == draft.record.get("sha256"))

    return {copy: origin_of(copy, content) for copy, content in contents.items()}


def made_from(
    content: bytes, versions: Sequence[bytes], goes_back_to: Collection[str], *, is_handed_in: bool
) -> bytes | None:
    """The version with the baseline that a copy carries: a draft that was somebody's file as it was tells nothing of
    one made before it, and one that holds people's words must be of those that the draft in hand goes back to. Else the
    one that is most like it, where it carries no baseline or somebody handed it in.
    """
    from pipeline.word.baselines import read_baseline

    base = read_baseline(content)
    if base is not None and base.about.get(FROM, "") in {"", *(digest[:16] for digest in goes_back_to)}:
        found = next((version for version in versions if read_baseline(version) == base), None)
        if found is not None:
            return found
    return most_like(content, versions) if base is None or is_handed_in else None


def most_like(content: bytes, versions: Iterable[bytes]) -> bytes | None:
    """The version whose words are those of a copy but for the fewest; of several the last."""
    from pipeline.revise.join_prove import words_of

    theirs = words_of(content).whole

    def apart(version: bytes) -> int:
        ours = words_of(version).whole
        return (theirs - ours).total() + (ours - theirs).total()

    return min(reversed([*versions]), key=apart, default=None)


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
    return replace(
        made,
        draft=draft,
        copies={**made.copies, **sound},
        differences=(*made.differences, *whole.differences),
    )


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
    there = words_of(result.content)
    there = there.and_those(typed_in(origin.content)) if origin.taken else there
    typed = (typed_in(content, origin.content) for content in copies.values())
    return None if result.lost or any(word for words in typed for word in words.missing_in(there)) else result
