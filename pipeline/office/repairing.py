"""What the program keeps of a report's papers, made anew where it is lost: from drafts, their own parts, and acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Unpack

from pipeline import VERSION
from pipeline.baseline import FROM, Baseline
from pipeline.office.clearing import MEMORY, cleared_before
from pipeline.office.material import Asked, order_of
from pipeline.opc import Unsound
from pipeline.problems import PaperError
from pipeline.store import (
    KEY,
    Act,
    Draft,
    acts_in,
    acts_on_record,
    begin_anew,
    blocks_as_data,
    drafts_in,
    kept_texts,
    key_in,
    lineage,
    load,
    make_key,
    meeting_folders,
    only_one,
    private_in,
    put_json,
    read_record,
    record_path,
    records_in,
    sha256_of,
    versions_in,
)
from pipeline.word.baselines import read_baseline

DAMAGED = "damaged "


class Line(NamedTuple):
    """One thing made anew, or that could not be: where, and what."""

    place: str
    told: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """All that was made anew in the outputs of a report, and what could not be."""

    report: str
    lines: tuple[Line, ...]

    @property
    def code(self) -> int:
        """3 where something could not be made anew: a person must look; else 0."""
        return 3 if any(line.lost for line in self.lines) else 0


def repair(report: str | None = None, *, by: str = "", **asked: Unpack[Asked]) -> Repaired:
    """Makes anew what is lost or damaged of the records of drafts, of the acts, of the words that were cleared, and the
    key to what was withheld. What is sound stays as it is, what is damaged is set aside beside it. `by` says who asks.

    Raises NeedsPerson (F110) where another run is in hand.
    """
    order = order_of(report, **asked)
    outputs, at = order.outputs / order.report, order.now.isoformat(timespec="seconds")
    with only_one(order.outputs, f"repair {order.report}"):
        lines = list(key_anew(outputs))
        for folder in meeting_folders(outputs).values():
            lines += records_anew(folder)
            lines += acts_anew(folder, Act(what="removed", by=by, at=at, reason="repair"))
        lines += clearances_anew(outputs)
    return Repaired(order.report, tuple(lines))


def key_anew(outputs: Path) -> Iterator[Line]:
    """A new key, where there are hashes of what was withheld and none to them; the next build knows its rows by it."""
    if key_in(outputs) or not private_in(outputs).acts:
        return
    aside(outputs / KEY)
    make_key(outputs)
    yield Line(KEY, "a new key: the next build puts what is withheld today on record")
    yield Line(KEY, "what was withheld once, and stands in no file any more, is no longer looked for", lost=True)


def records_anew(folder: Path) -> Iterator[Line]:
    """The record of each draft that has none, from the paper's own part."""
    for number, paths in sorted(drafts_in(folder).items()):
        if not read_record(folder, number):
            path = min(paths, key=lambda path: len(path.name))
            place, record = f"{folder.name}/{path.name}", record_of(folder, number, path)
            aside(record_path(folder, number))
            put_json(record_path(folder, number), record)
            yield Line(place, "its record")
            if "blocks" not in record:
                yield Line(place, "what the program wrote in it: the paper has no part that says so", lost=True)
            elif not record["taken"] and number > 1:
                yield Line(place, "which draft it goes on from: what others hold is asked about", lost=True)
            if not record["sha256"]:
                yield Line(place, "whether somebody typed in it: it is taken for edited", lost=True)


def record_of(folder: Path, number: int, path: Path) -> dict[str, object]:
    """The record of a draft as its own part gives it; without one, that the draft is there."""
    content = path.read_bytes()
    digest, baseline = sha256_of(content), part_of(content, path.name)
    record = {
        "paper": path.name,
        "sha256": digest if digest in versions_in(folder, "handed out") else "",
        "draft": number,
        "meeting_on": folder.name,
        "program": VERSION,
        "holds_edits": True,
    }
    if baseline is None:
        return record
    origin = made_from(folder, baseline)
    after = lineage.origin_of(origin) if origin else None
    descent = {
        "after": after,
        "taken": lineage.taken(origin) if origin else [],
        "seen": lineage.seen(path, after),
    }
    about = dict(baseline.about)
    said = {"about": about, "as_at": about.get("as_at", ""), "blocks": blocks_as_data(baseline.blocks)}
    return record | descent | said | {"printed": list(baseline.printed)}


def part_of(content: bytes, name: str) -> Baseline | None:
    """What the paper's own part says that the program wrote; None where it has none that can be read."""
    try:
        return read_baseline(content, name)
    except (PaperError, Unsound):
        return None


def made_from(folder: Path, baseline: Baseline) -> Draft | None:
    """The draft that one goes on from, of any meeting of the report, where nobody has typed in it since."""
    wanted = baseline.about.get(FROM, "")
    papers = ((paths, n) for place in meeting_folders(folder.parent).values() for n, paths in drafts_in(place).items())
    found = (load(path, number) for paths, number in papers for path in paths)
    return next((draft for draft in found if wanted and sha256_of(draft.content).startswith(wanted)), None)


def acts_anew(folder: Path, gone: Act) -> Iterator[Line]:
    """The acts as far as they follow on each other, with what records know of what was withheld, where they do not, or
    acts that a record tells of are missing.
    """
    known = acts_in(folder)
    if known.broken is None:
        return
    kept = acts_on_record(folder)
    withheld = [act for act in known if act.what == "withheld" and act not in kept.entries]
    heads = [str(record["acts"]) for record in records_in(folder) if record.get("acts")]
    number = begin_anew(folder, [*kept, *withheld], gone, heads)
    place = f"{folder.name}/acts.jsonl"
    yield Line(place, f"{len(kept.entries) + len(withheld)} acts")
    yield Line(place, f"what people settled after that ({number} lines set aside): it is asked again", lost=True)


def clearances_anew(outputs: Path) -> Iterator[Line]:
    """The words that were cleared as first seen, from the records of the newest drafts."""
    if not kept_texts(outputs / MEMORY) and (known := cleared_before(outputs)):
        aside(outputs / MEMORY)
        put_json(outputs / MEMORY, known)
        yield Line(MEMORY, f"the words of {len(known)} clearances")


def aside(path: Path) -> None:
    """Sets a damaged file aside, under a name by which the program takes it for nothing."""
    if path.exists():
        path.rename(path.with_name(f"{DAMAGED}{sha256_of(path)[:8]} {path.name}"))
