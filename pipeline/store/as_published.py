"""The draft behind each publication, kept as it was: later drafts, and words typed since, are not what the public read.

outputs/<report>/<meeting date>/record/published <hash>.docx    the draft itself, which is not for the public
                                       published <hash>.json    its record
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.data import kept_json
from pipeline.store.drafts import Draft, kept_at, put_json
from pipeline.store.history import Entry, manifest_of, published
from pipeline.store.writing import sha256_of, write_new

NUMBER = re.compile(r"[0-9]{1,9}")


def keep(folder: Path, draft: Draft) -> None:
    """Keeps a draft that is about to be published; the record first, so that a draft that is kept has one."""
    path = kept_at(folder, sha256_of(draft.content))
    if not path.exists():
        put_json(path.with_suffix(".json"), draft.record)
        write_new(path, draft.content)


def published_from(folder: Path, draft: Draft) -> Mapping[str, str]:
    """What the manifest says of the publication that stands, if that was made from this very draft; else empty."""
    entry = published(folder)
    told: Mapping[str, str] = manifest_of(folder, entry.version).get("about", {}) if entry else {}
    return told if told.get("draft_sha256") == sha256_of(draft.content) else {}


def draft_of(folder: Path, entry: Entry) -> Draft:
    """The draft of a publication as it was then. Raises NeedsPerson (C155) where it is gone or was changed."""
    about = manifest_of(folder, entry.version).get("about", {})
    path = kept_at(folder, str(about.get("draft_sha256", "")))
    try:
        content, record = path.read_bytes(), kept_json(path.with_suffix(".json"))
    except OSError:
        content, record = b"", {}
    number = str(about.get("draft", ""))
    draft = Draft(
        path, int(number) if NUMBER.fullmatch(number) else 0, content, record if isinstance(record, dict) else {}
    )
    if sha256_of(content) != about.get("draft_sha256") or draft.baseline is None:
        told = "The draft that was published is not in the folder “record” any more, or not as it was."
        raise NeedsPerson(error("C155", Place(str(folder)), told, "Bring it back from a backup."))
    return draft
