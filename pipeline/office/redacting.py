"""Taking out of the files what was published and must not be read any more, on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from pipeline.office.material import Asked, gather, order_of
from pipeline.store import current_draft, drafts_in, only_one, record_path
from pipeline.store.redaction import held, redact, redactable


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was destroyed of a version, or would be: its files and the draft behind it, by their paths below the paper's
    folder. `others` are drafts and records that are older than the newest draft, and may say the same words: they are
    the officers', and stay. `seal` is that of the act, blank where nothing was done.
    """

    version: int
    files: tuple[str, ...]
    others: tuple[str, ...]
    seal: str = ""


def redaction(
    report: str | None = None, *, version: int, reason: str = "", apply: bool = False, **asked: Unpack[Asked]
) -> Redaction:
    """Destroys a published version that stands no more, and records it with the reason; without `apply` only tells what
    would go. Raises NeedsPerson (C138) where the version is unknown, or is what the public reads now.
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"redact {order.report}"):
        folder = gather(order).folder
        redactable(folder, version)
        files = tuple(path.relative_to(folder).as_posix() for path in held(folder, version))
        others = tuple(path.relative_to(folder).as_posix() for path in older(folder))
        seal = redact(folder, version, at=order.now, reason=reason.strip()).seal() if apply else ""
        return Redaction(version, files, others, seal)


def older(folder: Path) -> Iterator[Path]:
    """The drafts before the newest, and their records."""
    newest = current_draft(folder)
    for number, paths in drafts_in(folder).items():
        if newest and number < newest.number:
            yield from (each for each in (*paths, record_path(folder, number)) if each.exists())
