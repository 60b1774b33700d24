"""A step of a paper put on disk: the draft, and the record of what it was made from and says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from pipeline import VERSION
from pipeline.baseline import Baseline
from pipeline.catalogue import problem
from pipeline.office.clearing import cleared_before
from pipeline.office.standing import Standing
from pipeline.problems import Place, Problem
from pipeline.publish.fence import sign_of
from pipeline.read import OF_THE_DISK
from pipeline.revise.following import Next, Wanted
from pipeline.revise.parting import as_records
from pipeline.store import (
    Acts,
    Draft,
    baseline_of,
    blocks_as_data,
    draft_name,
    head_of,
    keep_version,
    key_in,
    lineage,
    load,
    private_in,
    records_in,
    save,
    sha256_of,
)

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy


def step_taken(standing: Standing, wanted: Wanted, step: Next, current: Draft | None) -> Draft:
    """The draft that is there after a step: written with its record, or as it was. Raises PaperError where the folder
    does not allow it.
    """
    if current is not None and step.action == "unchanged":
        return current
    name = draft_name(standing.dates.meeting_on, standing.report.title, step.number)
    path = step.over.path if step.over else wanted.folder / name
    descent = {"holds_edits": step.holds_edits, "after": step.after, "seen": lineage.seen(path, step.after)}
    for content in sources_of(current, step):
        keep_version(wanted.folder, "taken in", content)
    stands = {"taken": list(step.taken), **dict(of_people(step)), "outcomes": map(asdict, step.outcomes)}
    if not step.differences:
        stands["in_step_with"] = lineage.substance(standing.rendered.content)
    written = may_be_recorded(step.baseline or remembered(standing, current), wanted, step)
    if held := held_back(standing, step, current)[0]:
        stands["held"] = held
    if standing.order.clock != "a person's word":
        stands["made_on"] = standing.order.today.isoformat()
    stands |= {"cleared": cleared_before(standing.material.outputs), "acts": head_of(wanted.folder)}
    record = record_of(standing, written) | descent | stands | carried_on(wanted.acts) | kept_back(standing)
    return load(save(wanted.folder, name, step.number, step.content, record, step.over), step.number)


def remembered(standing: Standing, current: Draft | None) -> Baseline:
    """What the program's own paper says, with what the last draft's record knows of earlier ones, also where the draft
    itself is gone: somebody may have it still.
    """
    kept = records_in(standing.material.folder) if current is None else ()
    earlier = current.baseline if current else next(map(baseline_of, reversed([*kept])), None)
    if earlier is None:
        return standing.rendered.baseline
    from pipeline.revise.ledger import grown

    return grown(standing.rendered.baseline, earlier, standing.hidden)


def sources_of(current: Draft | None, step: Next) -> list[bytes]:
    """What people typed in, as it is taken in now: what they type in it later is compared with that."""
    draft = [current.content] if current and current.edited else []
    return [*draft, *(step.joined.copies.values() if step.joined else ())]


def in_record(copy: Copy) -> dict[str, str]:
    """A copy that was joined as the draft's record names it."""
    return {"file": copy.path.name, "sha256": copy.sha256, "by": copy.saved_by}


def carried_on(acts: Acts) -> dict[str, object]:
    """What a draft's record has of the acts, by hashes: it goes with the paper where its meeting is moved."""
    if not acts.entries:
        return {}
    from pipeline.revise.ledger import settled_by

    files = {"set_aside": sorted(acts.set_aside), "handed_in": sorted(acts.handed_in)}
    return {"settled": [list(pair) for pair in sorted(settled_by(acts).pairs)], **files}


def of_people(step: Next) -> Iterator[tuple[str, Any]]:
    """What a record has of the copies that were joined, and of where people part."""
    if step.joined and step.joined.copies:
        yield "joined", [in_record(copy) for copy in step.joined.copies]
    if step.merged and step.merged.parted:
        yield "parted", as_records(step.merged.parted)


def held_back(standing: Standing, step: Next, current: Draft | None) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The draft that holds what somebody typed in a row that is withheld by now, by the keyed hash of its block, and
    what to tell of it (C174): once when the row goes, and once when it is open again.
    """
    key, known = key_in(standing.material.outputs), current.record.get("held") if current else None
    if current is None or not (key and (step.held_back or known)):
        return {}, ()
    held = {sign_of(key, [name]): current.path.name for name in step.held_back}
    told = [
        problem("C174", Place(current.path.name), cell=standing.hidden.at(name), file=current.path.name)
        for name in step.held_back
    ]
    before = known if isinstance(known, dict) else {}
    added = {sign_of(key, [each.key]): each for each in step.outcomes if each.action == "added"} if before else {}
    for sign in before.keys() & added.keys():
        cell = next(iter(added[sign].sources), Place(current.path.name))
        told.append(problem("C174", Place(current.path.name), "open", cell=cell, file=before[sign]))
    return {sign: file for sign, file in before.items() if sign not in added} | held, tuple(told)


def kept_back(standing: Standing) -> dict[str, object]:
    """What a draft's record has of what was ever withheld, by keyed hashes."""
    names = ("at", "block", "file", "place", "hashes")
    acts = private_in(standing.material.outputs).acts
    return {"withheld": [{name: getattr(act, name) for name in names} for act in acts]} if acts else {}


def may_be_recorded(baseline: Baseline, wanted: Wanted, step: Next) -> Baseline:
    """What the draft says of each block, without those that are withheld: no record holds a word of them."""
    out = {difference.key for difference in step.differences if difference.reason == "withheld"}
    blocks = (block for block in baseline.blocks if block.key not in out)
    said = tuple(block for block in blocks if not wanted.hidden.holds((*block.texts, *block.told, *block.stood)))
    return replace(baseline, blocks=said)


def record_of(standing: Standing, written: Baseline) -> dict[str, object]:
    """What the draft was made from and says, for the next draft, for `explain` and for audit."""
    report, dates, rendered = standing.report, standing.dates, standing.rendered
    meetings = standing.material.inputs.records.meetings
    return {
        "report": report.name,
        "title": report.title,
        "meeting_on": dates.meeting_on.isoformat(),
        "body": next((each.body for each in meetings if each.date == dates.meeting_on), None),
        "publish_on": dates.publish_on.isoformat(),
        "as_at": dates.as_at.isoformat(),
        "program": VERSION,
        "inputs": dict(sorted(standing.material.inputs.hashes.items())),
        "template": sha256_of(report.template),
        "settings": sha256_of(report.settings),
        "calendar": sorted(day.isoformat() for day in standing.material.meetings),
        "substance": lineage.substance(rendered.content),
        "about": dict(rendered.baseline.about),
        "blocks": blocks_as_data(written.blocks),
        "beside": blocks_as_data(rendered.beside),
        "printed": list(written.printed),
        "problems": [str(problem) for problem in standing.problems if problem.code != OF_THE_DISK],
    }
