"""One file as a copy of a paper: whose words it holds that the draft does not, and what a person must say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.baseline import Baseline
from pipeline.blocks import mark_name
from pipeline.opc import Unsound, parse
from pipeline.problems import PaperError
from pipeline.revise.edit_comments import said_by_others
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Held, Paper, descriptions, inventory, open_paper, saved_by
from pipeline.revise.prove import officers_paragraphs
from pipeline.revise.recognise import Known, recognised
from pipeline.revise.wordwise import normalised
from pipeline.store import sha256_of
from pipeline.word.baselines import baseline_in
from pipeline.word.older_baselines import as_read_today
from pipeline.word.story import Story
from pipeline.word.xml import VAL, marks_of, qn

Doubt = Literal["", "closed", "words", "older", "elsewhere"]
"""What a person is asked about a file: it cannot be read; only its words tell that it may be a copy; it seems to be an
older state of another; it is a copy of another meeting's paper.
"""
_COMMENT, _DELETION = "commentReference", "del"
_COUNTED_APART = ("sectPr", _COMMENT)
_STRUCK, _STRUCK_WORDS, _BY = map(qn, ("w:del", "w:delText", "w:author"))
_CORE, _SAVED_AT = "docProps/core.xml", "{http://purl.org/dc/terms/}modified"
_BACKUP = "Backup of "
_BEFORE = (_BACKUP, "Copy of ", "AutoRecovery save of ")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a paper: its hash, who saved it last (blank: not told), how many of its paragraphs say what the draft
    does not (one that cannot be read: none), what a person is asked about it, and of which day's paper it is, if it
    tells.
    """

    path: Path
    sha256: str
    saved_by: str = ""
    differing: int = 0
    doubt: Doubt = ""
    meeting: str = ""

    @property
    def lacks_nothing(self) -> bool:
        """Does the draft say all that somebody made of it in this copy?"""
        return not self.differing and self.doubt != "closed"


class Saved(NamedTuple):
    """How a file came to be saved: who saved it last and when (ISO 8601), and the sessions in which it was typed, which
    Word numbers (`w:rsids`, ECMA-376 part 1, 17.15.1.72). Blank where the file does not tell.
    """

    by: str
    at: str
    sessions: frozenset[str]


class Sought(NamedTuple):
    """What copies are looked for: of a report's paper for these days, beside the draft in hand (None: there is none).
    `known` gives all drafts of the report, `handed_out` the paragraphs of each draft of these days as people got it,
    and `handed_in` are the hashes of files that a person called copies.
    """

    report: str
    days: Collection[str]
    draft: Paper | None
    known: Callable[[], Sequence[Known]]
    handed_out: Callable[[], Sequence[Counter[str]]]
    handed_in: Collection[str] = ()


def opened(content: bytes) -> Paper | None:
    """The paper in these bytes; None where they hold none."""
    try:
        return open_paper(content, "a copy")
    except PaperError:
        return None


def copy_at(path: Path, sought: Sought) -> tuple[Copy, Saved] | None:
    """The file as such a copy, and how it came to be saved; None where it is none."""
    content = path.read_bytes()
    digest, paper = sha256_of(content), opened(content)
    if paper is None:
        return (Copy(path, digest, doubt="closed"), Saved("", "", frozenset())) if sought.draft else None
    written = baseline_in(paper.parts)
    base = as_read_today(written, paper.body) if written else None
    if base is None:
        found = _by_words(paper, sought, handed_in=digest in sought.handed_in)
    else:
        found = _by_baseline(paper, base, sought)
    saved = how_saved(paper)
    return (Copy(path, digest, saved.by, *found), saved) if found else None


def _by_words(paper: Paper, sought: Sought, *, handed_in: bool) -> tuple[int, Doubt, str] | None:
    """How many paragraphs of a file without our part say or hold what neither the draft nor any other does, or are gone
    from the draft that it is most like, and whether it is sure that it is a copy. None where it is another text, or
    another meeting's.
    """
    lines, known, ours = lines_of(paper), sought.known(), _texts(sought.draft)
    likely = recognised(lines, known)
    if likely.draft is None or (likely.is_sure and not handed_in and likely.draft.folder.name not in sought.days):
        return None
    said, handed_out = Counter(lines), sought.handed_out() or [Counter(likely.draft.paragraphs)]
    made_from = min(handed_out, key=lambda version: ((version - said) + (said - version)).total())
    printed = frozenset(chain.from_iterable(draft.paragraphs for draft in known))
    typed = sum(text not in printed for text in (said - ours).elements())
    deleted = ((made_from - said) & ours).total()
    return (
        max(typed + deleted, _holds_besides(paper, sought.draft)),
        "" if likely.is_sure or handed_in else "words",
        likely.draft.folder.name,
    )


def _by_baseline(paper: Paper, base: Baseline, sought: Sought) -> tuple[int, Doubt, str] | None:
    meeting = base.about.get("meeting", "")
    if base.about.get("report") != sought.report:
        return None
    if meeting in sought.days:
        return _differing(paper, base, sought.draft), "", meeting
    return officers_paragraphs(paper.body, base.blocks).total(), "elsewhere", meeting


def _differing(paper: Paper, base: Baseline, draft: Paper | None) -> int:
    """How many paragraphs of a copy somebody typed, took out or put something into, and the draft has it otherwise."""
    theirs, ours = _texts(paper), _texts(draft)
    gone = set(marks_of(draft.body)) - set(marks_of(paper.body)) if draft else set[str]()
    deleted = {
        line
        for block in base.blocks
        for line in filter(None, map(normalised, "\n".join(block.texts).split("\n")))
        if line not in theirs and (not draft or line in ours or mark_name(block.key) in gone)
    }
    typed = officers_paragraphs(paper.body, base.blocks) - ours
    return max(typed.total(), len(deleted), _holds_besides(paper, draft))


def lines_of(paper: Paper) -> list[str]:
    """The paragraphs of a paper that say something, in order, as they are compared."""
    return [text for each in Story(paper.body).paragraphs.values() if (text := normalised(each.kept))]


def _texts(paper: Paper | None) -> Counter[str]:
    return Counter(normalised(each.kept) for each in Story(paper.body).paragraphs.values()) if paper else Counter()


def _holds_besides(paper: Paper, draft: Paper | None) -> int:
    """How many things a copy holds that are not plain words, and the draft does not. What is said of a table may be the
    program's own: it is compared with the draft's.
    """
    if draft is None:
        return _held(paper).total()
    return ((_held(paper) + descriptions(paper)) - (_held(draft) + descriptions(draft))).total()


def _held(paper: Paper) -> Counter[Held]:
    """What is not plain words, by what a reader sees of it: editors number comments and parts anew on saving. Of the
    comments, what people say: not our own, which a review copy has on every statement. Words that somebody struck out
    count too: they may have been typed before.
    """
    there = (each._replace(parts="") for each in inventory(paper).elements())
    held = Counter(each for each in there if each.name not in _COUNTED_APART)
    held.update({Held(_COMMENT, said): times for said, times in said_by_others(paper, AUTHOR).items()})
    struck = (each for each in paper.body.iter(_STRUCK) if each.get(_BY) != AUTHOR)
    texts = (normalised("".join(leaf.text or "" for leaf in each.iter(_STRUCK_WORDS))) for each in struck)
    held.update(Held(_DELETION, text) for text in texts if text)
    return held


def how_saved(paper: Paper) -> Saved:
    """How a paper came to be saved, by its own account."""
    try:
        at = parse(paper.parts[_CORE]).findtext(_SAVED_AT) or "" if _CORE in paper.parts else ""
    except Unsound:
        at = ""
    settings = paper.tree("settings")
    sessions = () if settings is None else settings.iter(qn("w:rsid"))
    return Saved(saved_by(paper), at, frozenset(each.get(VAL, "") for each in sessions))


def is_older(one: Saved, other: Saved, *, is_twin: bool) -> bool:
    """Does a file seem to be an older state of another? The same person saved both, this one not later, and it was
    typed in no session in which the other was not; the other was in one more, or this is its twin by its name.
    """
    if not one.by or one.by != other.by or one.at > other.at or not one.sessions <= other.sessions:
        return False
    return is_twin or (bool(one.sessions) and one.sessions != other.sessions)


def is_backup(path: Path) -> bool:
    """Does Word call the file the state before the last saving of another?"""
    return path.stem.startswith(_BACKUP)


def twin_of(path: Path) -> Path | None:
    """The file beside one that this is a twin of by its name: a backup, a copy that a system made; None for none."""
    stem = next((path.stem.removeprefix(each) for each in _BEFORE if path.stem.startswith(each)), "")
    if " - Copy" in path.stem:
        stem = path.stem[: path.stem.rindex(" - Copy")]
    elif "conflicted copy" in path.stem:
        stem = path.stem[: path.stem.index("conflicted copy")].rpartition(" (")[0]
    found = path.with_name(f"{stem}.docx")
    return found if stem and found.is_file() else None
