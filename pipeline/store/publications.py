"""What was published when, kept for good: each version in a folder of its own, and a history that only grows.

    outputs/<report>/<meeting date>/published/v1/     the files of the first publication, and its manifest.json
                                             v2/     those of the second ...
                                             history.json

Every manifest holds the hash of each file, every entry of the history that of its manifest and of the entry before it,
so that a later change to any of them shows. Nothing is deleted, but what is redacted: withdrawing adds an entry.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.patterns import Pattern
from pipeline.problems import NeedsPerson, PaperError, Place, error
from pipeline.store.data import kept_json
from pipeline.store.drafts import Draft
from pipeline.store.lock import only_one
from pipeline.store.records import RECORDS, put_json, record_at
from pipeline.store.writing import put, sha256_of, write_folder, write_new

FOLDER, HISTORY, MANIFEST = "published", "history.json", "manifest.json"
SUPPLEMENT_TO = "supplement_to"
"""What a manifest says that a supplement goes with: the number of that version."""
Action = Literal["published", "supplement", "withdrawn", "redacted"]
_MOST = 1_000_000  # versions of one paper
_NUMBER = Pattern(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: a version published, withdrawn or redacted, or a supplement to the one that stands, of its own version.
    `at` is the time given by the caller, ISO 8601; hashes are SHA-256.
    """

    version: int
    action: Action
    at: str
    manifest: str
    before: str
    reason: str = ""

    def seal(self) -> str:
        """The hash of the entry, which the next one holds."""
        return sha256_of(as_json(asdict(self)))


def as_json(value: Any) -> bytes:
    """JSON as these files hold it: readable, same value same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def history(paper: Path) -> tuple[Entry, ...]:
    """All that was done to one paper (the folder of its meeting date), oldest first; empty where nothing was.

    Raises PaperError (C130) where the file cannot be read.
    """
    if not ever_published(paper):
        return ()
    try:
        return tuple(map(entry_of, kept_json(paper / FOLDER / HISTORY)))
    except TypeError:
        raise PaperError(
            error("C130", Place(HISTORY), "The history of publication cannot be read.", "Bring it back from a backup.")
        ) from None


def entry_of(data: dict[str, Any]) -> Entry:
    """An act out of its data. Raises TypeError where it is none."""
    entry = Entry(**data)
    known = type(entry.version) is int and 0 < entry.version < _MOST
    if not known or not all(isinstance(value, str) for value in list(asdict(entry).values())[1:]):
        raise TypeError
    return entry


def ever_published(paper: Path) -> bool:
    """Was anything published of a paper, be it withdrawn by now?"""
    return (paper / FOLDER / HISTORY).exists()


def published(paper: Path) -> Entry | None:
    """The publication that stands: the last, unless it was withdrawn."""
    return _standing(history(paper))


def _standing(acts: tuple[Entry, ...]) -> Entry | None:
    last = next((act for act in reversed(acts) if act.action in ("published", "withdrawn")), None)
    return last if last and last.action == "published" else None


def last_told(paper: Path) -> Entry | None:
    """What the public was told last of the publication that stands: its last supplement, else itself."""
    acts = [act for act in history(paper) if act.action != "redacted"]
    return acts[-1] if _standing(tuple(acts)) else None


def version_folder(paper: Path, version: int) -> Path:
    """Where a version's files are."""
    return paper / FOLDER / f"v{version}"


def publish_files(paper: Path, files: Mapping[str, bytes], *, at: dt.datetime, about: Mapping[str, str]) -> Entry:
    """Keeps `files` (bare name to bytes) as the next version and records it. The same files again change nothing.

    `about` (report, meeting, hash of the draft, version of the program ...) goes into the manifest; with a
    `SUPPLEMENT_TO` it is a supplement to the version that stands. Holds the folder alone meanwhile; raises as
    `write_folder` and `only_one` do. Stopped at any point, the next call puts it right.
    """
    listed = {name: {"sha256": sha256_of(content), "bytes": len(content)} for name, content in sorted(files.items())}
    with only_one(paper / FOLDER, "committee-papers publish"):
        acts = _with_unrecorded(paper, history(paper))
        for last in filter(None, (_standing(acts), *acts[-1:])):
            if last.action in ("published", "supplement") and manifest_of(paper, last.version).get("files") == listed:
                return last
        version = max((act.version for act in acts), default=0) + 1
        manifest = {"version": version, "at": at.isoformat(), "about": dict(about), "files": listed}
        write_folder(version_folder(paper, version), {**files, MANIFEST: as_json(manifest)})
        return _recorded(paper, acts, version, manifest)[-1]


def withdraw(paper: Path, *, at: dt.datetime, reason: str) -> Entry:
    """Records that the publication that stands is withdrawn, and why. Raises NeedsPerson (C131) where none stands."""
    with only_one(paper / FOLDER, "committee-papers publish --withdraw"):
        acts = _with_unrecorded(paper, history(paper))
        if (last := _standing(acts)) is None:
            said, cure = "Nothing is published that could be withdrawn.", "Look at the folder “published”."
            raise NeedsPerson(error("C131", Place(paper.name), said, cure))
        return add_act(paper, last.version, "withdrawn", at=at, reason=reason)


def add_act(paper: Path, version: int, action: Action, *, at: dt.datetime, reason: str) -> Entry:
    """Records what was done to a version that is on record, for a caller that holds the folder."""
    acts = history(paper)
    manifest = next(act.manifest for act in acts if act.version == version)
    entry = Entry(version, action, at.isoformat(), manifest, acts[-1].seal(), reason)
    _write(paper, (*acts, entry))
    return entry


def _with_unrecorded(paper: Path, acts: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A version whose folder is whole and which the history lacks: the run stopped between the two."""
    version = max((act.version for act in acts), default=0) + 1
    manifest = manifest_of(paper, version)
    return _recorded(paper, acts, version, manifest) if manifest else acts


def manifest_of(paper: Path, version: int) -> dict[str, Any]:
    """The manifest of a version; empty where it cannot be read."""
    found = kept_json(version_folder(paper, version) / MANIFEST)
    about, files = (found.get("about", {}), found.get("files", {})) if isinstance(found, dict) else (None, None)
    sound = isinstance(about, dict) and isinstance(files, dict) and all(isinstance(e, dict) for e in files.values())
    return found if sound else {}


def _recorded(paper: Path, acts: tuple[Entry, ...], version: int, manifest: Mapping[str, Any]) -> tuple[Entry, ...]:
    before = acts[-1].seal() if acts else ""
    action: Action = "supplement" if SUPPLEMENT_TO in manifest.get("about", {}) else "published"
    entry = Entry(version, action, str(manifest.get("at", "")), sha256_of(as_json(manifest)), before)
    _write(paper, (*acts, entry))
    return (*acts, entry)


def _write(paper: Path, acts: tuple[Entry, ...]) -> None:
    put(paper / FOLDER / HISTORY, as_json([asdict(act) for act in acts]))


def kept_at(folder: Path, sha256: str) -> Path:
    """Where the draft behind a publication is kept as it was, by its hash: later drafts, and words typed since, are not
    what the public read. Its record stands beside it.
    """
    return folder / RECORDS / f"published {sha256[:16]}.docx"


def was_published(draft: Draft) -> bool:
    """Are these the bytes of a publication, be it withdrawn by now? What the public read is never replaced."""
    return kept_at(draft.path.parent, sha256_of(draft.content)).exists()


def keep(folder: Path, draft: Draft) -> None:
    """Keeps a draft that is about to be published; the record first, so that a draft that is kept has one."""
    path = kept_at(folder, sha256_of(draft.content))
    if not path.exists():
        put_json(path.with_suffix(".json"), draft.record)
        write_new(path, draft.content)


def published_from(folder: Path, draft: Draft) -> Mapping[str, str]:
    """What the manifest says of the publication that stands, if that was made from this very draft; else empty."""
    entry = published(folder)
    about: Mapping[str, str] = manifest_of(folder, entry.version).get("about", {}) if entry else {}
    return about if about.get("draft_sha256") == sha256_of(draft.content) else {}


def draft_of(folder: Path, entry: Entry) -> Draft:
    """The draft of a publication as it was then. Raises NeedsPerson (C155) where it is gone or was changed."""
    about = manifest_of(folder, entry.version).get("about", {})
    path = kept_at(folder, str(about.get("draft_sha256", "")))
    number = str(about.get("draft", ""))
    content = path.read_bytes() if path.is_file() else b""
    record = record_at(path.with_suffix(".json"))
    draft = Draft(path, int(number) if _NUMBER.fullmatch(number) else 0, content, record)
    if sha256_of(content) != about.get("draft_sha256") or draft.baseline is None:
        message = "The draft that was published is not in the folder “record” any more, or not as it was."
        raise NeedsPerson(error("C155", Place(str(folder)), message, "Bring it back from a backup."))
    return draft
