"""The baseline: what the generator wrote last time, block by block, kept inside the paper and beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

NAMESPACE = "urn:committee-papers:baseline:1"
MARK_PREFIX = "_cp_"


def mark_name(key: str) -> str:
    """The hidden bookmark of a block: starts with `_` (so that Word hides it), 16 characters, the same for one key."""
    return MARK_PREFIX + hashlib.sha256(key.encode()).hexdigest()[:12]


class Written(NamedTuple):
    """One block as it was written: a paragraph (one text) or a table row (a text a cell).

    A cross-reference stands in the text as `[[bookmark name]]`, so that renumbering is no change.
    """

    key: str
    texts: tuple[str, ...]
    table: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """All blocks in document order, and what they were made from (`about`: as_at, template hash, version...)."""

    blocks: tuple[Written, ...]
    about: Mapping[str, str] = field(default_factory=dict)
