"""The draft on disk and its record: what it was made from, what it says of each block, what people decided of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import VERSION
from pipeline.baseline import Baseline
from pipeline.blocks import Context
from pipeline.office.checking import Gathered
from pipeline.office.provenance import facts_as_data
from pipeline.problems import Problem
from pipeline.read import OF_THE_DISK
from pipeline.render.paper import Rendered
from pipeline.revise.following import Next, Wanted
from pipeline.store import blocks_as_data, drafts, lineage, sha256_of
from pipeline.store.records import decisions_of

if TYPE_CHECKING:
    from pipeline.revise.outcome import Difference, Outcome


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as the program alone would write it, and every problem met on the way: as `found` by the rules, and as
    they stand at the report's levels and with what officers let stand.
    """

    context: Context
    rendered: Rendered
    problems: tuple[Problem, ...]
    found: tuple[Problem, ...]


def step_taken(
    gathered: Gathered, made: Made, wanted: Wanted, step: Next, current: drafts.Draft | None
) -> drafts.Draft:
    """The draft that is there after a step: written with its record, or as it was, with what people decided meanwhile.

    Raises PaperError where the folder does not allow it.
    """
    if current is not None and step.action == "unchanged":
        if wanted.decided != decisions_of(current.record):
            drafts.add_to_record(current, wanted.decided.as_data())
        return current
    dates, report = gathered.dates, gathered.report
    name = drafts.draft_name(dates.meeting_on, report.title, step.number)
    path = step.over.path if step.over else wanted.folder / name
    descent = {"holds_edits": step.holds_edits, "after": step.after, "seen": lineage.seen(path, step.after)}
    stands = {"taken": list(step.taken), "open": [named_in_record(each) for each in step.differences]}
    written = may_be_recorded(step.baseline or made.rendered.baseline, wanted, step)
    record = record_of(gathered, made, written) | descent | stands | wanted.decided.as_data()
    return drafts.load(drafts.save(wanted.folder, name, step.number, step.content, record, step.over), step.number)


def named_in_record(difference: Difference) -> str:
    """The key of the block that differs; blank for one that is withheld, which no record names."""
    return "" if difference.reason == "withheld" else difference.key


def may_be_recorded(baseline: Baseline, wanted: Wanted, step: Next) -> Baseline:
    """What the draft says of each block, without those that are withheld: no record holds a word of them."""
    out = {each.key for each in step.differences if each.reason == "withheld"}
    blocks = (each for each in baseline.blocks if each.key not in out)
    said = tuple(each for each in blocks if not wanted.hidden.holds((*each.texts, *each.told)))
    return replace(baseline, blocks=said)


def write_note(path: Path, outcomes: tuple[Outcome, ...]) -> Path:
    """The report of the merge, beside the draft."""
    from pipeline.revise.note import note_html

    return drafts.save_copy(path.parent, f"{path.stem} what changed.html", note_html(path.stem, outcomes).encode())


def record_of(gathered: Gathered, made: Made, written: Baseline) -> dict[str, object]:
    """What the draft was made from and says, for the next draft, for `explain` and for audit."""
    report, dates, baseline = gathered.report, gathered.dates, made.rendered.baseline
    return {
        "report": report.name,
        "title": report.title,
        "meeting_on": dates.meeting_on.isoformat(),
        "publish_on": dates.publish_on.isoformat(),
        "as_at": dates.as_at.isoformat(),
        "program": VERSION,
        "inputs": dict(sorted(gathered.inputs.hashes.items())),
        "template": sha256_of(report.template),
        "settings": sha256_of(report.folder / "report.toml"),
        "calendar": sorted({each.date.isoformat() for each in gathered.inputs.records.meetings}),
        "substance": lineage.substance(made.rendered.content),
        "about": dict(baseline.about),
        "blocks": blocks_as_data(written),
        "facts": facts_as_data(made.context, baseline),
        "problems": [str(each) for each in made.problems if each.code != OF_THE_DISK],
    }
