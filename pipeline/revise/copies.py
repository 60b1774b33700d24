"""Copies of a draft that people typed in: known by what is in them, wherever they lie and whatever they are called."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.catalogue import problem
from pipeline.opc import Package, Unsound
from pipeline.problems import PaperError, Place, Problem
from pipeline.store import RECORDS, drafts, lineage, sha256_of
from pipeline.store.acts import Acts
from pipeline.store.records import free_of_edits, records_in

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy, Saved
    from pipeline.revise.paper import Paper
    from pipeline.revise.parting import PeopleDiffer
    from pipeline.revise.recognise import Known

_PUBLISHED = "published"
_NOT_DRAFTS = (RECORDS, _PUBLISHED)
_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wbk", ".odt", ".rtf")


Waiting = Literal["unknown", "saved_again", "lossy"]
"""Why a copy waits for a person: it is not known what it was made from; it was set aside, and saved again; joined
it would lose something.
"""


@dataclass(frozen=True, slots=True)
class Joining:
    """A draft with the words of several people's copies in it, the copies that it took in, with their bytes, where
    people part, why each other copy waits for a person, and the hashes of those that lack nothing.
    """

    draft: drafts.Draft
    copies: Mapping[Copy, bytes] = field(default_factory=dict)
    differences: tuple[PeopleDiffer, ...] = ()
    waiting: Mapping[Path, Waiting] = field(default_factory=dict)
    lacking_nothing: tuple[str, ...] = ()


def left_out(
    folder: Path, report: str, draft: drafts.Draft | None, acts: Acts, beside: Sequence[Path] = ()
) -> tuple[Copy, ...]:
    """The edited copies of a meeting's paper whose words are neither in `draft` nor set aside, and the files of which a
    person must say whether they are copies (see `copies_beside`).
    """
    return tuple(copy for copy in copies_beside(folder, report, draft, acts, beside) if not copy.lacks_nothing)


def copies_beside(
    folder: Path, report: str, draft: drafts.Draft | None, acts: Acts, beside: Sequence[Path] = ()
) -> tuple[Copy, ...]:
    """The copies of a meeting's paper that neither the records of `draft` nor the acts know; `folder` is the meeting's.
    Those beside the draft of another day that the paper goes on from count too; a draft that another one of them took
    in does not, because that one speaks for it. `beside`: folders of days on which the meeting no longer is; theirs
    count too, unless another meeting's paper took them in.
    """
    folders = list(dict.fromkeys([folder, *_origin(folder, draft), *beside]))
    hashes = {path: sha256_of(path) for place in (*folders, folder.parent) for path in word_files(place)}
    known = set(acts.set_aside).union(*map(_copies_of_ours, folders), lineage.taken(draft) if draft else ())
    if known.issuperset(hashes.values()):
        return ()
    known.update(_taken_elsewhere(folders), *_ours(folders, draft))
    unknown = [path for path, digest in hashes.items() if digest not in known]
    named = _opened(unknown, report, folders, draft, acts) if unknown else ()
    return _not_spoken_for(named, acts, folders) if named else ()


def _not_spoken_for(named: Sequence[Copy], acts: Acts, folders: Sequence[Path]) -> tuple[Copy, ...]:
    """The copies that none of the others, and nothing set aside, took in."""
    taken = _taken_by({*acts.set_aside, *(copy.sha256 for copy in named)}, folders)
    return tuple(copy for copy in named if copy.sha256 not in taken)


def _ours(folders: Iterable[Path], draft: drafts.Draft | None) -> Iterable[Iterable[str]]:
    """The hashes of what the program wrote and published, so that it is no copy; where there is no draft it may be. A
    draft that holds people's words counts as one where the draft in hand did not go on from it.
    """
    return (*map(free_of_edits, folders), *map(_published, folders)) if draft else ()


def _opened(
    paths: Iterable[Path], report: str, folders: Sequence[Path], draft: drafts.Draft | None, acts: Acts
) -> list[Copy]:
    """Those of the files that are copies of a report's paper for the days of these folders. The state before the last
    saving that Word keeps of a file that lies beside it is none.
    """
    from pipeline.revise.copy import Sought, copy_at, how_saved, opened

    ours, days = opened(draft.content) if draft else None, {place.name for place in folders}
    known = cache(partial(_known, folders[0], draft.number if draft else 0, ours))
    sought = Sought(report, days, ours, known, cache(partial(_handed_out, folders)), acts.handed_in)
    found = [copy for path in paths if (copy := copy_at(path, sought))]
    others = [*(saved for copy, saved in found if not copy.lacks_nothing), *([how_saved(ours)] if ours else [])]
    return [asked for copy, saved in found if (asked := _asked(copy, saved, others, acts.handed_in))]


def _known(folder: Path, number: int, draft: Paper | None) -> Sequence[Known]:
    """The drafts that are known of a report's meetings, and the one in hand, which lies in one of them."""
    from pipeline.revise.copy import lines_of
    from pipeline.revise.recognise import Known, known_drafts

    known = known_drafts(drafts.meeting_folders(folder.parent).values())
    return [*known, *([Known(folder, number, tuple(lines_of(draft)))] if draft else [])]


def _handed_out(folders: Sequence[Path]) -> Sequence[Counter[str]]:
    """The paragraphs of the drafts in these folders as people got them."""
    from pipeline.revise.copy import lines_of, opened

    versions = (version for folder in folders for version in drafts.versions_in(folder, "handed out").values())
    return [Counter(lines_of(paper)) for version in versions if (paper := opened(version))]


def _asked(copy: Copy, saved: Saved, others: Iterable[Saved], handed_in: Collection[str]) -> Copy | None:
    """The copy, with the question whether it is an older state of another where it seems so: to join that would bring
    back what was taken out since.
    """
    from pipeline.revise.copy import how_saved, is_backup, is_older, opened, twin_of

    if copy.doubt or copy.lacks_nothing or copy.sha256 in handed_in:
        return copy
    twin = twin_of(copy.path)
    paper = opened(twin.read_bytes()) if twin else None
    is_of_twin = paper is not None and is_older(saved, how_saved(paper), is_twin=True)
    if is_of_twin and is_backup(copy.path):
        return None
    is_other = is_of_twin or any(is_older(saved, other, is_twin=False) for other in others)
    return replace(copy, doubt="older") if is_other else copy


def _taken_elsewhere(folders: Sequence[Path]) -> Iterator[str]:
    """The hashes of all that the papers of other meetings took in."""
    for place in folders[0].parent.iterdir():
        if place not in folders and drafts.as_day(place.name):
            for record in records_in(place):
                taken = record.get("taken")
                yield from map(str, taken if isinstance(taken, list) else ())


def _taken_by(papers: Collection[str], folders: Sequence[Path]) -> set[str]:
    """Hashes of what those drafts took in whose own hash is one of `papers`."""
    there = [pair for folder in folders for pair in drafts.drafts_in(folder).items()]
    loaded = (drafts.load(each, number) for number, paths in there for each in paths if sha256_of(each) in papers)
    return {digest for each in loaded for digest in lineage.taken(each) if digest != sha256_of(each.content)}


def _origin(folder: Path, draft: drafts.Draft | None) -> list[Path]:
    places = [] if draft is None else [draft.path.parent]
    origin = draft and lineage.after(draft)
    if origin:
        places.append(folder.with_name(str(origin.get("meeting", folder.name))))
    return [each for each in places if each.resolve() != folder.resolve() and drafts.as_day(each.name)]


def word_files(folder: Path) -> Iterator[Path]:
    """The files for Word in a folder and below it, but for what the program keeps there, what Word leaves there, and
    the folders of meetings.
    """
    for place, inside, names in os.walk(folder):
        if Path(place) == folder:
            inside[:] = [name for name in inside if name not in _NOT_DRAFTS and not drafts.as_day(name)]
        inside.sort()
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(("~", ".")) and (name.casefold().endswith(_WORD) or _holds_text(path)):
                yield path


def _holds_text(path: Path) -> bool:
    """Is it a Word file whatever its ending?"""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            return start == b"PK\x03\x04" and "word/document.xml" in Package(start + file.read())
    except (OSError, Unsound):
        return False


def _published(folder: Path) -> set[str]:
    """The hashes of what was published: somebody may have put it beside the drafts."""
    return {sha256_of(each) for each in folder.glob(f"{_PUBLISHED}/*/*.docx")}


def _copies_of_ours(folder: Path) -> set[str]:
    return {digest for each in drafts.read_copies(folder).values() for digest in each.split()}


def path_in_outputs(path: Path, folder: Path) -> str:
    """A file by its path in the report's outputs."""
    return path.relative_to(folder.parent).as_posix() if path.is_relative_to(folder.parent) else str(path)


def not_taken_in(copy: Copy, folder: Path, joined: Joining | None = None) -> Problem:
    """F140: whose words the paper would do without, and what to do about it; F146: nobody can tell whether it would;
    F147: a person must say whether it is a copy. `joined`: what the next build takes in, and why other copies wait.
    """
    if copy.doubt == "closed":
        return told("F146", copy, folder)
    if copy.doubt:
        return told("F147", copy, folder, "" if copy.doubt == "words" else copy.doubt)
    joins = joined and copy.path in {each.path for each in joined.copies}
    return told("F140", copy, folder, "joins" if joins else joined.waiting.get(copy.path, "") if joined else "")


def instead_of_a_draft(copy: Copy, folder: Path) -> Problem:
    """F145: there is no draft by its name, and a paper that somebody typed in: a fresh first draft would lack that."""
    return told("F145", copy, folder)


def told(code: str, copy: Copy, folder: Path, way: str = "") -> Problem:
    """What the catalogue has to say of a copy. `folder` is the meeting's."""
    somebody = "Somebody" if code == "F140" or way == "elsewhere" else "somebody"
    return problem(
        code,
        Place(path_in_outputs(copy.path, folder)),
        way,
        who=f"“{copy.saved_by}”" if copy.saved_by else somebody,
        many=f"{copy.differing} paragraph{'' if copy.differing == 1 else 's'}",
        meeting=copy.meeting,
        build=drafts.command_for("build", folder),
        file=copy.path,
    )


def the_copy(path: Path, copies: Sequence[Copy], folder: Path) -> Copy:
    """The copy that a person means; raises PaperError (F144) with the copies that there are."""
    found = next((each for each in copies if each.path.resolve() == path.resolve()), None)
    if found is None:
        known = ", ".join(f"“{each.path}”" for each in copies)
        raise PaperError(problem("F144", Place(folder.name), "some" if known else "", file=path, known=known))
    return found
