"""What was published and must not be read any more: a version destroyed, but for its place in the history.

Accuracy and erasure of personal data: UK GDPR, articles 16 and 17. The history goes on as a chain: it keeps that there
was such a version, the hash of its list of files, and why it is gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.lock import only_one
from pipeline.store.publications import (
    FOLDER,
    MANIFEST,
    Entry,
    add_act,
    history,
    kept_at,
    last_told,
    manifest_of,
    published,
    version_folder,
)


def redact(paper: Path, version: int, *, at: dt.datetime, reason: str) -> Entry:
    """Records that a version is destroyed, and why; then destroys its files and the draft behind it.

    Stopped at any point, the next call goes on with it, and records nothing twice. Raises NeedsPerson (C138) as
    `redactable` does.
    """
    with only_one(paper / FOLDER, "committee-papers redact"):
        entry = redactable(paper, version)
        if entry.action != "redacted":
            entry = add_act(paper, version, "redacted", at=at, reason=reason)
        for path in held(paper, version):
            path.unlink(missing_ok=True)
        folder = version_folder(paper, version)
        if folder.is_dir():
            folder.rmdir()
        return entry


def redactable(paper: Path, version: int) -> Entry:
    """The last act on a version that may be destroyed. Raises NeedsPerson (C138) where there is none of that number,
    or where it stands, or is what the public was told last: a corrected one is published, or it is withdrawn, first.
    """
    acts = [act for act in history(paper) if act.version == version]
    place = Place(paper.name)
    if not acts:
        raise NeedsPerson(error("C138", place, f"There is no version {version}.", "Look at the folder “published”."))
    if version in {act.version for act in (published(paper), last_told(paper)) if act}:
        cure = "Publish the corrected paper first, or withdraw this one."
        raise NeedsPerson(error("C138", place, f"Version {version} is what the public reads now.", cure))
    return acts[-1]


def held(paper: Path, version: int) -> Iterator[Path]:
    """The files of a version, the list of them last, and before it the draft that it alone was made from: a run that is
    stopped finds what is left by the list.
    """
    folder = version_folder(paper, version)
    if draft := drafted(paper, version):
        others = {drafted(paper, act.version) for act in history(paper) if act.version != version}
        path = kept_at(paper, draft)
        yield from (each for each in (path, path.with_suffix(".json")) if draft not in others and each.exists())
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    yield from sorted(files, key=lambda path: path.name == MANIFEST)


def drafted(paper: Path, version: int) -> str:
    """The hash of the draft that a version was made from; blank where its list is gone."""
    return str(manifest_of(paper, version).get("about", {}).get("draft_sha256", ""))
