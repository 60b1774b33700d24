"""Copies of a paper: what lies beside its drafts and what became of each, and files handed in or called none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from pipeline.catalogue import problem
from pipeline.office.drafting import act_on
from pipeline.office.material import Asked, Order, order_of
from pipeline.office.standing import Standing, standing_of
from pipeline.problems import PaperError, Place, Problem
from pipeline.revise.copies import not_taken_in, word_files
from pipeline.store import (
    Acts,
    Done,
    as_day,
    lineage,
    meeting_folders,
    only_one,
    put_on_record,
    records_in,
    safe_name,
    sha256_of,
    write_new,
)

if TYPE_CHECKING:
    from pipeline.revise.paper import Paper
    from pipeline.revise.recognise import Known

HANDED_IN = "copies"
"""The folder in a meeting's in which files that were handed in from elsewhere are kept."""


SAID: Mapping[Done, str] = {"set aside": "set aside", "not ours": "called no copy"}
"""What a person may have said of a file, so that nothing more becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A file beside the drafts of a paper: who saved it last, of which draft it is a copy (None: not told), what became
    of it, in words, and what a person must do about it, if anything.
    """

    path: Path
    saved_by: str = ""
    draft: int | None = None
    became: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The files beside the drafts of one meeting's paper; `number` and `path` are the draft's, None where there is
    none, and `kept` the files that were handed in, as they are kept.
    """

    report: str
    title: str
    meeting_on: dt.date
    number: int | None
    path: Path | None
    files: tuple[Lying, ...] = ()
    kept: tuple[Path, ...] = ()

    @property
    def code(self) -> int:
        """3 while a file waits for a person, else 0."""
        return 3 if any(file.problem for file in self.files) else 0


def copies(report: str | None = None, **asked: Unpack[Asked]) -> Copies:
    """The files beside the drafts of a paper, and what became of each. Writes nothing."""
    return copies_of(standing_of(order_of(report, **asked)))


def add_copies(
    files: Sequence[Path], report: str | None = None, *, by: str, **asked: Unpack[Asked]
) -> tuple[Copies, ...]:
    """Takes in files in which somebody typed, from anywhere, on record under the name of who says so: each is kept in
    the folder of its meeting under a name that is still free, and the next build joins it. Whose paper it is a copy of
    is told by what is in it; else it is the one asked for. Raises PaperError (F149) for one that is none.
    """
    return put_on_papers("handed in", files, report, by, asked)


def not_ours(
    files: Sequence[Path], report: str | None = None, *, by: str, **asked: Unpack[Asked]
) -> tuple[Copies, ...]:
    """Puts on record that files are no copies of the paper, and who says so. Raises PaperError (F149) for a file that
    carries what the program wrote into it: that is one.
    """
    return put_on_papers("not ours", files, report, by, asked)


def put_on_papers(what: Done, files: Sequence[Path], report: str | None, by: str, asked: Asked) -> tuple[Copies, ...]:
    """What was said of files, on record with the papers that they belong to. None is kept before all are known."""
    of = {path: order_for(what, path, report, asked) for path in files}
    return tuple(
        put_on(order, what, [path for path in files if of[path] == order], by) for order in dict.fromkeys(of.values())
    )


def put_on(order: Order, what: Done, files: Sequence[Path], by: str) -> Copies:
    """What was said of files that belong to one paper, on record; those that are handed in are kept beside it."""
    with only_one(order.outputs, f"copies {order.report}"):
        standing = standing_of(order)
        folder = standing.material.folder
        kept = tuple(kept_in(folder, path) if what == "handed in" else path for path in files)
        acts = [
            act_on(standing, standing.draft, what=what, by=by, file=path.name, file_sha256=sha256_of(path))
            for path in kept
        ]
        put_on_record(folder, acts)
        return replace(copies_of(standing_of(order)), kept=kept if what == "handed in" else ())


def order_for(what: Done, path: Path, report: str | None, asked: Asked) -> Order:
    """The order for the paper to which a file belongs, if that may be said of it. Raises PaperError (F149)."""
    from pipeline.revise.copy import opened
    from pipeline.word.baselines import baseline_in

    paper = opened(path.read_bytes())
    base = baseline_in(paper.parts) if paper else None
    if base and what == "not ours":
        raise PaperError(problem("F149", Place(path.name), "ours", file=path))
    if paper is None and what == "handed in":
        raise PaperError(problem("F149", Place(path.name), "unreadable"))
    if base:
        order = order_of(base.about.get("report"), **asked)
        return replace(order, meeting=as_day(base.about.get("meeting", "")))
    folder = folder_for(path, paper, asked.get("outputs", Path("outputs")))
    if folder is None:
        raise PaperError(problem("F149", Place(path.name), file=path))
    order = order_of(report or folder.parent.name, **asked)
    return replace(order, meeting=order.meeting or as_day(folder.name))


def folder_for(path: Path, paper: Paper | None, outputs: Path) -> Path | None:
    """The folder of the meeting in which a file lies, else of the paper that it is most like."""
    if path.resolve().is_relative_to(outputs.resolve()):
        return outputs.joinpath(*path.resolve().relative_to(outputs.resolve()).parts[:2])
    return most_like(paper, outputs)


def most_like(paper: Paper | None, outputs: Path) -> Path | None:
    """The folder of the meeting whose paper a file is most like, of all reports; None where it is like none."""
    from pipeline.revise.copy import lines_of
    from pipeline.revise.recognise import known_drafts, recognised

    if paper is None or not outputs.is_dir():
        return None
    known = [draft for each in outputs.iterdir() for draft in known_drafts(meeting_folders(each).values())]
    found = recognised(lines_of(paper), known).draft
    return found.folder if found else None


def kept_in(folder: Path, path: Path) -> Path:
    """The file as it is kept in a meeting's folder: where it lies, if it lies there, else under a name that is free."""
    if path.resolve().is_relative_to(folder.resolve()):
        return path
    content, stem = path.read_bytes(), path.stem
    names = chain((stem,), (f"{stem} {number}" for number in count(2)))
    for place in (folder / HANDED_IN / safe_name(name, path.suffix) for name in names):
        if not place.exists():
            write_new(place, content)
            return place
        if sha256_of(place) == sha256_of(content):
            return place
    raise AssertionError("names without end")


def copies_of(standing: Standing) -> Copies:
    """The files beside the drafts of a paper, as it stands."""
    draft, folder = standing.draft, standing.material.folder
    joined = standing.next[0].joined if draft else None
    waiting = {copy.path: not_taken_in(copy, folder, joined) for copy in standing.copies(draft)}
    return Copies(
        report=standing.order.report,
        title=standing.title,
        meeting_on=standing.dates.meeting_on,
        number=draft.number if draft else None,
        path=draft.path if draft else None,
        files=tuple(lying(standing, waiting)),
    )


def lying(standing: Standing, waiting: Mapping[Path, Problem]) -> Iterator[Lying]:
    """Each Word file in a meeting's folder that is none of the program's drafts, and what became of it."""
    from pipeline.revise.recognise import known_drafts

    folder = standing.material.folder
    drafts = {folder / str(record.get("paper")) for record in records_in(folder)}
    known = [*known_drafts([folder])]
    for path in dict.fromkeys([*word_files(folder), *waiting]):
        if path not in drafts or path in waiting:
            by, draft = made_from(path, known)
            became = "it waits" if path in waiting else became_of(path, standing)
            yield Lying(path=path, saved_by=by, draft=draft, became=became, problem=waiting.get(path))


def made_from(path: Path, known: Sequence[Known]) -> tuple[str, int | None]:
    """Who saved a file last, and the number of the draft that it was made from by its own account, else of the one that
    it is most like; None for one that is like none.
    """
    from pipeline.revise.copy import how_saved, lines_of, opened
    from pipeline.revise.recognise import paragraphs_of, recognised
    from pipeline.word.baselines import baseline_in

    paper = opened(path.read_bytes())
    if paper is None:
        return "", None
    base = baseline_in(paper.parts)
    told = [draft for draft in known if base and draft.paragraphs == paragraphs_of(base)]
    likely = next(iter(told), None) or recognised(lines_of(paper), known).draft
    return how_saved(paper).by, likely.number if likely else None


def became_of(path: Path, standing: Standing) -> str:
    """What became of a file that waits for nobody, in words."""
    digest, draft = sha256_of(path), standing.draft
    if said := said_of(digest, standing.on_record):
        return said
    taken = lineage.taken(draft) if draft else ()
    return "its words are in the draft" if digest in taken else "nothing in it is missing from the draft"


def said_of(digest: str, acts: Acts) -> str:
    """What a person said of a file last, in words; blank where nobody did."""
    said = [act for act in acts if act.file_sha256 == digest and act.what in SAID and act.by]
    return f"{SAID[said[-1].what]} by {said[-1].by}, {said[-1].at[:10]}" if said else ""
