"""Copies of a draft that people typed in: known by what is in them, wherever they lie and whatever they are called."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.opc import Package, Unsound
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.store import RECORDS, drafts, lineage, sha256_of
from pipeline.store.acts import Acts
from pipeline.store.records import free_of_edits, records_in

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy
    from pipeline.revise.join_people import PeopleDiffer

_GO_ON = '{0} --draft "{1}"'
_SET_ASIDE = '{0} --without "{1}" --by "YOUR NAME"'
_CURE = f"Type into the draft what is wanted of it, and set it aside: {_SET_ASIDE}. Or go on from it instead: {_GO_ON}"
_CURE_FOR_ONE_THAT_JOINS = f"Draft again, which puts these words into the draft: {{0}}. Or set it aside: {_SET_ASIDE}"
_CURE_FOR_NO_DRAFT = f"Go on from it: {_GO_ON}. Or set it aside: {_SET_ASIDE}"
_CLOSED = (
    "Save it in Word as a Word document (*.docx) without a password, or move it elsewhere. "
    f"Or set it aside: {_SET_ASIDE}"
)
_PUBLISHED = "published"
_NOT_DRAFTS = (RECORDS, _PUBLISHED)
_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wbk", ".odt", ".rtf")


@dataclass(frozen=True, slots=True)
class Joining:
    """A draft with the words of several people's copies in it, the copies that it took in, with their bytes, and where
    people part.
    """

    draft: drafts.Draft
    copies: Mapping[Copy, bytes] = field(default_factory=dict)
    differences: tuple[PeopleDiffer, ...] = ()


def left_out(
    folder: Path, report: str, draft: drafts.Draft | None, acts: Acts, beside: Sequence[Path] = ()
) -> tuple[Copy, ...]:
    """The edited copies of a meeting's paper whose words are neither in `draft` nor set aside; `folder` is the
    meeting's. Those beside the draft of another day that the paper goes on from count too; a draft that another one of
    them took in does not, because that one speaks for it. `beside`: folders of days on which the meeting no longer is;
    theirs count too, unless another meeting's paper took them in.
    """
    folders = list(dict.fromkeys([folder, *_origin(folder, draft), *beside]))
    hashes = {path: sha256_of(path) for place in folders for path in _papers(place)}
    known = set(acts.set_aside).union(*map(_copies_of_ours, folders), lineage.taken(draft) if draft else ())
    if known.issuperset(hashes.values()):
        return ()
    known.update(_taken_elsewhere(folder) if beside else (), *_ours(folders, draft))
    named = _opened([path for path, digest in hashes.items() if digest not in known], report, folders, draft)
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


def _opened(paths: Iterable[Path], report: str, folders: Iterable[Path], draft: drafts.Draft | None) -> list[Copy]:
    """Those of the files that are copies of a report's paper for the days of these folders, and lack something."""
    from pipeline.revise.copy import copy_at, opened

    ours, days = opened(draft.content) if draft else None, {place.name for place in folders}
    return [copy for path in paths if (copy := copy_at(path, report, days, ours))]


def _taken_elsewhere(folder: Path) -> Iterator[str]:
    """The hashes of all that the papers of other meetings took in."""
    for place in folder.parent.iterdir():
        if place != folder and drafts.as_day(place.name):
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


def _papers(folder: Path) -> Iterator[Path]:
    """The files for Word in a folder and below it, but for what the program keeps there and what Word leaves there."""
    for place, inside, names in os.walk(folder):
        if Path(place) == folder:
            inside[:] = [name for name in inside if name not in _NOT_DRAFTS]
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


def not_taken_in(copy: Copy, folder: Path, *, joins: bool = False) -> Problem:
    """F140: whose words the paper would do without, and what to do about it; F146: nobody can tell whether it would.
    `joins`: the next build takes them in.
    """
    if not copy.differing:
        said = "This file beside the draft cannot be read: it may be a copy of the paper that somebody typed in."
        cure = _CLOSED.format(drafts.command_for("build", folder), copy.path)
        return error("F146", Place(path_in_outputs(copy.path, folder)), said, cure)
    who = f"“{copy.saved_by}”" if copy.saved_by else "Somebody"
    many = f"{copy.differing} paragraph{'' if copy.differing == 1 else 's'}"
    return error(
        "F140",
        Place(path_in_outputs(copy.path, folder)),
        f"{who} typed in this copy of the paper, and the draft is without {many} of it.",
        (_CURE_FOR_ONE_THAT_JOINS if joins else _CURE).format(drafts.command_for("build", folder), copy.path),
    )


def instead_of_a_draft(copy: Copy, folder: Path) -> Problem:
    """F145: there is no draft by its name, and a paper that somebody typed in: a fresh first draft would lack that."""
    who = f"“{copy.saved_by}”" if copy.saved_by else "somebody"
    return error(
        "F145",
        Place(path_in_outputs(copy.path, folder)),
        f"There is no draft of this paper by its name, and {who} typed in this copy of one.",
        _CURE_FOR_NO_DRAFT.format(drafts.command_for("build", folder), copy.path),
    )


def the_copy(path: Path, copies: Sequence[Copy], folder: Path) -> Copy:
    """The copy that a person means; raises PaperError (F144) with the copies that there are."""
    found = next((each for each in copies if each.path.resolve() == path.resolve()), None)
    if found is None:
        known = ", ".join(f"“{each.path}”" for each in copies)
        said = f"“{path}” is no copy of this paper in which somebody typed what the draft lacks."
        cure = f"Name one of: {known}." if known else "There is none to set aside."
        raise PaperError(error("F144", Place(folder.name), said, cure))
    return found
