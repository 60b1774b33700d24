"""Joins by chance, counted: `python -m tests.revise.joins 1200 500 500 400` joins so many papers as Word writes them,
saved by LibreOffice, without what ours keeps in them, and of different drafts, and prints a table.

Two or three people work on a draft, each in a copy, some of it in the same places. The copies are joined in every
order, and what comes out is drafted again on new facts: each word that somebody typed stands there, as often as its
owner typed it, or in a difference.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.baseline import Baseline
from pipeline.opc import parse, relationships, serialise
from pipeline.revise import AUTHOR, Joined, Paper, Terms, join_copies, open_paper, revised
from pipeline.word import ID, PARAGRAPH, TEXT, Element, qn, read_baseline
from tests.office import day, office
from tests.revise.colleague import Colleague
from tests.revise.libreoffice import saved_again
from tests.revise.officer import keys_of, strip_marks
from tests.validators import problems_of

WHEN = dt.datetime(2017, 1, 20, 9, tzinfo=dt.UTC)
NAMES = ("Ann Lee", "Bea Moss", "Cid Nye")
MEETING = "2017-01-23"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_TYPED = re.compile(r"[a-z]+\d{1,7}x")
_BESIDE = {"comments": qn("w:commentReference"), "footnotes": qn("w:footnoteReference")}
_TRACKED = qn("w:ins"), qn("w:del")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_BATCH = 60
_ORDERS = 6


class Drafts(NamedTuple):
    """A draft as it was handed out, what it says of itself, and the program's paper of facts that moved since."""

    old: bytes
    base: Baseline
    new: bytes

    @property
    def keys(self) -> dict[str, str]:
        return keys_of([block.key for block in self.base.blocks])


@cache
def drafts() -> Drafts:
    """Of the shipped report: two deadlines, a date and a workshop move."""
    with tempfile.TemporaryDirectory() as folder:
        desk = office(Path(folder))
        old = desk.build(MEETING).path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        desk = office(Path(folder))
        desk.put("tracker.xlsx", "Actions", D7=day("2017-04-28"), D12=day("2017-05-31"))
        desk.put("calendar.xlsx", "Updates", B5=day("2017-03-24"))
        desk.put("calendar.xlsx", "Workshops", C3="to agree the actions of the next half year")
        new = desk.build(MEETING).path.read_bytes()
    base = read_baseline(old)
    assert base
    assert old != new
    return Drafts(old, base, new)


class Copied(NamedTuple):
    """A person's copy, and what they said of the pictures in it."""

    person: str
    content: bytes
    described: Sequence[str] = ()

    @property
    def name(self) -> str:
        return f"{self.person}.docx"


def saved_by(content: bytes, name: str) -> bytes:
    """The file as that person saves it."""
    paper = open_paper(content, name)
    core = parse(paper.parts["docProps/core.xml"])
    last = core.find(_CORE)
    if last is None:
        core.append(last := core.makeelement(_CORE))
    last.text = name
    paper.parts["docProps/core.xml"] = serialise(core)
    return paper.content()


def copy_of(
    draft: bytes, person: str, seed: int, edits: int, spots: Sequence[int], *, sections: bool = False
) -> Copied:
    """A person's copy of a draft, in which they worked."""
    paper = open_paper(draft, person)
    hand = Colleague(paper, seed, drafts().keys, name=person)
    hand.rng = random.Random(f"{seed} {person}")
    hand.work(edits, spots, sections=sections)
    return Copied(person, saved_by(paper.content(), person), tuple(hand.described))


def copies(seed: int) -> list[Copied]:
    """Two or three people's copies of one draft; in every tenth somebody works on whole pages."""
    rng = random.Random(seed)
    spots = [rng.randrange(50) for _ in range(rng.choice((1, 2, 4)))]
    people = NAMES[: 2 + seed % 2]
    pages = rng.choice(people) if seed % 10 == 9 else ""
    edits = {person: rng.choice((2, 5, 9)) for person in people}
    return [copy_of(drafts().old, each, seed, edits[each], spots, sections=each == pages) for each in people]


def stripped(copy: Copied) -> Copied:
    """The copy without our marks and without what ours keeps in it."""
    paper = open_paper(copy.content, copy.name)
    strip_marks(paper.body)
    paper.parts = {name: part for name, part in paper.parts.items() if not name.startswith("customXml/")}
    return copy._replace(content=paper.content())


def by_libreoffice(cases: Iterable[list[Copied]]) -> Iterable[list[Copied]]:
    """Each copy as LibreOffice saves it, by the person who typed in it."""
    found = list(cases)
    for n in range(0, len(found), _BATCH):
        some = found[n : n + _BATCH]
        saved = iter(saved_again([copy.content for case in some for copy in case]))
        yield from ([each._replace(content=saved_by(next(saved), each.person)) for each in case] for case in some)


def typed_in(content: bytes, *, struck: bool = False) -> Counter[str]:
    """The made-up words in a paper's body and in the comments, notes and charts that hang on it; those too that are
    struck out, if asked.
    """
    paper = open_paper(content, "a paper")
    kinds = (TEXT, qn("w:delText")) if struck else (TEXT,)
    roots = [paper.body, *(note for kind in _BESIDE for note in hanging_on(paper, kind))]
    said = (each.iter(*kinds) for root in roots for each in root.iter(PARAGRAPH))
    pieces = (piece for leaves in said for _, piece in itertools.groupby(leaves, changes_around))
    lines = ["".join(leaf.text or "" for leaf in piece) for piece in pieces]
    return Counter(_TYPED.findall("\n".join([*lines, *charts(paper)])))


def changes_around(leaf: Element) -> list[str]:
    """The tracked changes in which a text stands: what was struck out and what came in for it stand side by side."""
    return [each.get(ID, "") for each in leaf.iterancestors(*_TRACKED)]


def hanging_on(paper: Paper, kind: str) -> Iterator[Element]:
    """The comments or footnotes that somebody reads: those to which the body refers, as often as it does."""
    tree = paper.tree(kind)
    known = {each.get(ID, ""): each for each in (() if tree is None else tree)}
    return (known[number] for mark in paper.body.iter(_BESIDE[kind]) if (number := mark.get(ID, "")) in known)


def charts(paper: Paper) -> Iterator[str]:
    """The words of the charts to which the body refers."""
    links = {each.id: each.target for each in relationships(paper.parts, paper.main)}
    shown = {str(value) for each in paper.body.iter(_CHART) for value in each.attrib.values()}
    return ("".join(map(str, parse(paper.parts[links[each]]).itertext())) for each in sorted(shown))


@dataclass
class Score:
    """What was counted over many joins; `faults` tells of each by the number of its case."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def fault(self, seed: int, what: str, words: Iterable[str] = ()) -> None:
        found = [*words]
        self.counts[what] += max(1, len(found))
        self.faults.append(f"{seed}: {what} {' '.join(found[:4])}".rstrip())


def joined(seed: int, case: Sequence[Copied], score: Score, draft: bytes, newer: bytes | None = None) -> Joined | None:
    """The copies of a case joined in every order, and looked at; None where something would be lost, and was named."""
    files = {copy.name: copy.content for copy in case}
    orders = itertools.islice(itertools.permutations(files.items()), _ORDERS)
    first, *others = (join_copies(draft, dict(order), WHEN, newer) for order in orders)
    score.counts["joins"] += 1
    score.counts["copies"] += len(case)
    if any(other.content != first.content for other in others):
        score.fault(seed, "order matters")
    if first.lost:
        score.counts["refused, named"] += 1
        score.counts[f"named: {first.lost[0]}"] += 1
        return None
    score.counts["differences"] += len(first.differences)
    return first


class Owed(NamedTuple):
    """What a joined draft owes: the words that people typed, how often each may stand there, and how often those stand
    in what is told of differences.
    """

    often: Counter[str]
    told: Counter[str]


def owed(copies: Iterable[bytes], made: Joined) -> Owed:
    """What several typed may stand there once for all, and where each put it besides."""
    typed = [typed_in(content) for content in copies]
    everybody, holders = sum(typed, Counter[str]()), Counter(itertools.chain(*typed))
    often = Counter({word: everybody[word] - holders[word] + 1 for word in everybody})
    texts = (version.text for each in made.differences for version in each.versions)
    return Owed(often, Counter(_TYPED.findall("\n".join(texts))))


def look(seed: int, owes: Owed, content: bytes, score: Score, after: str) -> None:
    """Each word stands in the paper, or in a difference; none stands there more often than it may, but for one that is
    in several versions of a difference, which stands in each.
    """
    there, shown = typed_in(content, struck=True), typed_in(content)
    if lost := [word for word in owes.often if not there[word] and not owes.told[word]]:
        score.fault(seed, f"lost {after}", lost)
    if twice := [word for word in shown if shown[word] > owes.often[word] + max(0, owes.told[word] - 1)]:
        score.fault(seed, f"twice {after}", twice)


def run(seed: int, case: Sequence[Copied], score: Score, *, validate: bool = False) -> None:
    """One case: its copies joined, and drafted again on the new facts, twice."""
    began = time.process_time()
    made = joined(seed, case, score, drafts().old)
    score.seconds += time.process_time() - began
    if made is None:
        return
    owes = owed([copy.content for copy in case], made)
    score.counts["typed words"] += owes.often.total()
    look(seed, owes, made.content, score, "by the join")
    after = redrafted(seed, made.content, score)
    look(seed, owes, after, score, "in the next draft")
    said = [what for copy in case for what in copy.described if what.encode() in document(copy.content)]
    if missing := [what for what in said if what.encode() not in document(after)]:
        score.fault(seed, "descriptions lost", missing)
    if validate:
        before = Counter(itertools.chain(*(problems_of(copy.content, sdk=False) for copy in case)))
        for content in (made.content, after):
            score.counts["validated"] += 1
            found = Counter(problems_of(content, sdk=False)) - before
            # What one deleted and another refers to is told of (P564): Word has such a reference too.
            if new := [each for each in found if "P564" not in each]:
                score.fault(seed, "validators", new)


def document(content: bytes) -> bytes:
    """The part of a paper that holds its text."""
    return open_paper(content, "a paper").parts["word/document.xml"]


def redrafted(seed: int, content: bytes, score: Score) -> bytes:
    """The next draft on the new facts; it changes no more."""
    terms = Terms(WHEN, AUTHOR)
    after = revised(content, drafts().new, drafts().base, terms).content
    if revised(after, drafts().new, None, terms).content != after:
        score.fault(seed, "changed a second time")
    return after


def of_different_drafts(seed: int, score: Score) -> None:
    """Cid typed in draft 1; Bea in draft 2, which holds his words; Ann in draft 1, and sends that late."""
    rng = random.Random(seed)
    spots = [rng.randrange(50) for _ in range(2)]
    one, terms = drafts().old, Terms(WHEN, AUTHOR)
    cid = copy_of(one, "Cid Nye", seed, 3, spots)
    two = revised(cid.content, drafts().new, None, terms).content
    ann, bea = copy_of(one, "Ann Lee", seed, 4, spots), copy_of(two, "Bea Moss", seed, 4, spots)
    made = joined(seed, [ann], score, one, bea.content)
    if made is None:
        return
    score.counts["copies"] += 1
    owes = owed([ann.content, bea.content], made)
    score.counts["typed words"] += owes.often.total()
    look(seed, owes, made.content, score, "by the join")
    look(seed, owes, redrafted(seed, made.content, score), score, "in the next draft")


def tried(kind: str, papers: int, first: int = 0, *, validate: int = 0) -> Score:
    """So many joins of a kind; every so manyeth is put to the validators (0: none)."""
    score, seeds = Score(), range(first, first + papers)
    if kind == "of different drafts":
        for seed in seeds:
            of_different_drafts(seed, score)
        return score
    cases: Iterable[list[Copied]] = (copies(seed) for seed in seeds)
    if kind == "saved by LibreOffice":
        cases = by_libreoffice(cases)
    if kind == "marks and part stripped":
        cases = ([stripped(copy) for copy in case] for case in cases)
    for seed, case in zip(seeds, cases, strict=True):
        run(seed, case, score, validate=bool(validate) and seed % validate == 0)
    return score


KINDS = ("as Word writes", "saved by LibreOffice", "marks and part stripped", "of different drafts")
COLUMNS = ("joins", "copies", "typed words", "differences", "refused, named", "validated")


def table(scores: Mapping[str, Score]) -> str:
    """The figures of each kind in a line, and each fault below."""
    lines = [f"{'':24}" + "".join(f"{name:>16}" for name in (*COLUMNS, "faults"))]
    for kind, score in scores.items():
        figures = [score.counts[name] for name in COLUMNS]
        lines.append(f"{kind:24}" + "".join(f"{figure:>16,}" for figure in (*figures, len(score.faults))))
    for kind, score in scores.items():
        lines += [f"{kind}: {times} {what}" for what, times in score.counts.items() if what.startswith("named: ")]
        lines += [f"{kind}, {fault}" for fault in score.faults]
    return "\n".join(lines)


def main() -> None:
    """Prints the table; ends with 1 where something is wrong."""
    wanted = dict(zip(KINDS, map(int, sys.argv[1:]), strict=False))
    scores = {kind: tried(kind, papers, validate=10) for kind, papers in wanted.items()}
    print(table(scores))
    sys.exit(any(score.faults for score in scores.values()))


if __name__ == "__main__":
    main()
