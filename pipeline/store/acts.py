"""What people did about a paper, on record: who, when, what, on which exact words. The file only grows.

    outputs/<report>/<meeting date>/acts.jsonl    an act a line, each with the hash of the line before it

A line is JSON with a format number; a later version may add fields, which an older one passes over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal, TypeVar

from pipeline.problems import PaperError, Place, Problem, error
from pipeline.store.records import records_in
from pipeline.store.writing import put, sha256_of, write_new

ACTS = "acts.jsonl"
_FORMAT = 1

Done = Literal[
    "keep", "take", "both", "set aside", "not ours", "handed in", "withheld", "let stand", "removed", "carry", "leave"
]
_BY_HASH: tuple[Done, ...] = ("set aside", "handed in")
"""What a record carries on by the hashes of files."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act, by whom, at what time (ISO 8601), on which draft: its number and the hash of its file.

    Of a difference: the `block` and where it stood, what the facts gave, the words that stood there, and the `text`
    that a person wrote instead, a text for each cell of a row, with their hashes. Of a passage of the paper before that
    is carried on or left: the words, where they stood, and the `file`. Of a copy set aside or handed in, or
    of a file that is none: its `file` and the hash of that. Of a row that is withheld: its `file`, the `place` in it,
    and `hashes` of what it says under the report's key; the program puts these on record, in nobody's name. Of what a
    person let stand: those hashes, that of the whole text (`text_sha256`, under the key too), and the `reason`. Of what
    was removed, or could not be repaired: its `file`, with the `hashes` of the lines where that is the acts themselves.
    """

    what: Done
    at: str
    by: str = ""
    draft: int = 0
    draft_sha256: str = ""
    block: str = ""
    place: str = ""
    facts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    facts_sha256: str = ""
    words_sha256: str = ""
    text_sha256: str = ""
    file: str = ""
    file_sha256: str = ""
    hashes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that it names."""
        return (*self.facts, *self.words, *self.text)


def _texts(value: object) -> tuple[str, ...]:
    """A list of texts. Raises TypeError for anything else."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(value)
    return tuple(value)


_TYPES: Mapping[str, Callable[[Any], Any]] = {
    field.name: int if field.name == "draft" else _texts if field.default == () else str for field in fields(Act)
}


@dataclass(frozen=True, slots=True)
class Acts:
    """What was done about a paper, in order. `broken` says where the file does not follow on itself: what comes after
    that place counts for nothing, so that a difference can only open again.
    """

    entries: tuple[Act, ...] = ()
    broken: Problem | None = None

    def __add__(self, other: Acts) -> Acts:
        return Acts(tuple(dict.fromkeys((*self.entries, *other.entries))), self.broken or other.broken)

    def __iter__(self) -> Iterator[Act]:
        return iter(self.entries)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps them from being read to their end (C172)."""
        return (self.broken,) if self.broken else ()

    @property
    def set_aside(self) -> frozenset[str]:
        """The hashes of the copies set aside, and of the files that are none."""
        return frozenset(act.file_sha256 for act in self.entries if act.what in ("set aside", "not ours"))

    @property
    def handed_in(self) -> frozenset[str]:
        """The hashes of the files that a person called copies of the paper."""
        return frozenset(act.file_sha256 for act in self.entries if act.what == "handed in")


NO_ACTS = Acts()


def acts_in(folder: Path) -> Acts:
    """What was done about the paper whose drafts are in a folder: by its acts, and by the records of its drafts, which
    carry on from one meeting's day to another what was settled, by hashes.
    """
    records = [*records_in(folder)]
    recorded = Acts(tuple(chain.from_iterable(map(_of_record, records))))
    return recorded + _with_all(folder, acts_on_record(folder), records)


def _with_all(folder: Path, known: Acts, records: Sequence[Mapping[str, Any]]) -> Acts:
    """The acts, and that some are missing where the newest record tells of one that is not there."""
    head = next((str(record["acts"]) for record in reversed(records) if record.get("acts")), "")
    if not head or known.broken:
        return known
    gone = (digest for act in known if act.what == "removed" for digest in act.hashes)
    if head in {*map(sha256_of, _content(folder).splitlines()), *gone}:
        return known
    return replace(known, broken=_broken(folder, "The last of what people did is missing here."))


def _broken(folder: Path, message: str, near: str = "") -> Problem:
    """C172: the acts cannot be read to their end."""
    cure = f"Bring the file back from a backup. Where there is none, run: committee-papers repair {folder.parent.name}"
    return error("C172", Place(f"{folder.name}/{ACTS}", near=near), message, cure)


def put_on_record(folder: Path, acts: Iterable[Act]) -> None:
    """Adds acts, whole or not at all. For a run that holds `only_one`; raises PaperError (C172) where the file was
    changed by somebody else, and as `put` does.
    """
    known = acts_on_record(folder)
    if known.broken:
        raise PaperError(known.broken)
    before = _content(folder)
    put(folder / ACTS, _written(before.splitlines(), acts), sha256_of(before))


def begin_anew(folder: Path, acts: Iterable[Act], gone: Act, heads: Iterable[str] = ()) -> int:
    """Begins the acts of a folder anew with those given, and with the act by which the others went, which holds the
    hashes of all lines that there were, and of those `heads` that records tell of. The file as it was is set aside
    where it is damaged. Returns how many acts went. For a run that holds `only_one`.
    """
    before, kept = _content(folder), tuple(acts)
    lines = before.splitlines()
    if acts_on_record(folder).broken:
        write_new(folder / f"damaged {sha256_of(before)[:8]} {ACTS}", before)
    hashes = tuple(dict.fromkeys([*map(sha256_of, lines), *heads]))
    put(folder / ACTS, _written([], [*kept, replace(gone, file=ACTS, hashes=hashes)]), sha256_of(before))
    return max(len(lines) - len(kept), 0)


def head_of(folder: Path) -> str:
    """The hash of the last act, by which a record knows whether all that there were then are there; blank of none."""
    lines = _content(folder).splitlines()
    return sha256_of(lines[-1]) if lines else ""


def _written(lines: list[bytes], acts: Iterable[Act]) -> bytes:
    """The lines, and a line for each act more."""
    whole = [*lines]
    for act in acts:
        told = {name: value for name, value in asdict(act).items() if value}
        line = {"format": _FORMAT, **told, "before": sha256_of(whole[-1]) if whole else ""}
        whole.append(json.dumps(line, ensure_ascii=False).encode())
    return b"".join(line + b"\n" for line in whole)


def acts_on_record(folder: Path) -> Acts:
    """The acts themselves, as far as each holds the hash of the one before it."""
    acts, before = list[Act](), ""
    for number, line in enumerate(_content(folder).splitlines(), 1):
        act = _of_line(line, before)
        if act is None:
            message = (
                "What people settled was changed here, or taken out before here: from here on it counts no longer."
            )
            return Acts(tuple(acts), _broken(folder, message, f"line {number}"))
        acts.append(act)
        before = sha256_of(line)
    return Acts(tuple(acts))


def acts_found_in(folder: Path, what: Done) -> Iterator[Act]:
    """Every act of one sort that can be read in a folder, whether or not it follows on the one before it."""
    content = _content(folder)
    for line in content.splitlines() if what.encode() in content else ():
        act = _of_line(line) if what.encode() in line else None
        if act and act.what == what:
            yield act


def _content(folder: Path) -> bytes:
    path = folder / ACTS
    return path.read_bytes() if path.exists() else b""


def _of_line(line: bytes, before: str | None = None) -> Act | None:
    """The act of a line; None where it does not follow on the line of that hash, if one is given, or is none."""
    try:
        data = json.loads(line)
        if before is not None and data["before"] != before:
            return None
        return Act(**{name: _TYPES[name](value) for name, value in data.items() if name in _TYPES})
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _of_record(record: Mapping[str, Any]) -> Iterator[Act]:
    """What a record has of what was settled: by hashes, and in one of 0.1.1 with all that is known of it. What is none
    is passed over.
    """
    for entry in _entries(record, "kept", dict):
        by, at, block = (str(entry.get(name, "")) for name in ("by", "at", "block"))
        facts, words = (tuple(map(str, entry.get(name) or ())) for name in ("facts", "words"))
        yield Act(what="keep", by=by, at=at, block=block, facts=facts, words=words)
    for entry in _entries(record, "without", dict):
        by, at, file, digest = (str(entry.get(name, "")) for name in ("by", "at", "file", "sha256"))
        yield Act(what="set aside", by=by, at=at, file=file, file_sha256=digest)
    yield from _by_hashes(record)
    for entry in _entries(record, "withheld", dict):
        at, block, file, place = (str(entry.get(name, "")) for name in ("at", "block", "file", "place"))
        hashes = tuple(map(str, entry.get("hashes") or ()))
        yield Act(what="withheld", by="", at=at, block=block, file=file, place=place, hashes=hashes)


def _by_hashes(record: Mapping[str, Any]) -> Iterator[Act]:
    """Of a record, what is known by hashes alone."""
    for pair in _entries(record, "settled", list):
        facts_sha256, words_sha256 = (*map(str, pair), "", "")[:2]
        yield Act(what="keep", by="", at="", facts_sha256=facts_sha256, words_sha256=words_sha256)
    for what in _BY_HASH:
        for digest in _entries(record, what.replace(" ", "_"), str):
            yield Act(what=what, by="", at="", file_sha256=digest)


def _entries(record: Mapping[str, Any], name: str, kind: type[T]) -> Iterator[T]:
    found = record.get(name)
    return (item for item in found if isinstance(item, kind)) if isinstance(found, list) else iter(())
