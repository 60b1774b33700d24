"""What hands do to a draft in Word, each act on its own: typing, comments, tracked changes, pasting, copies.

Each act opens the file, changes what Word would change, and saves it under the name of who did it. A place is told by
words that stand there, in a paragraph or in a table row.
"""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pipeline.opc import parse, serialise
from pipeline.revise import (
    Comments,
    Paper,
    Revisions,
    accept_all,
    edits,
    free_ids,
    open_paper,
    reject_all,
    rewrite,
    track_paragraph,
    track_row,
)
from pipeline.word import CELL, ID, PARAGRAPH, ROW, TABLE, TEXT, Element, make, qn, seen

WHEN = dt.datetime(2017, 1, 12, 16, tzinfo=dt.UTC)
ANN, JS = "Ann Lee", "J Smith"
_CORE = "docProps/core.xml"
_SAVED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_COMMENT = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))


def changed(path: Path, change: Callable[[Paper], None], by: str = ANN) -> None:
    """The file with a change made to it, saved."""
    paper = open_paper(path.read_bytes(), path.name)
    change(paper)
    core = parse(paper.parts[_CORE])
    core.find(_SAVED_BY).text = by  # type: ignore[union-attr]
    paper.parts[_CORE] = serialise(core)
    path.write_bytes(paper.content())


def place(paper: Paper, words: str) -> Element:
    """The row, else the paragraph, in which the words stand, deleted or not."""
    for element in paper.body.iter(ROW, PARAGRAPH):
        said = "".join(each.text or "" for each in element.iter(TEXT, qn("w:delText")))
        if words in said:
            return element
    raise LookupError(words)


def says(path: Path) -> str:
    """All that a reader sees in the body, a paragraph a line."""
    return "\n".join([seen(each).kept for each in open_paper(path.read_bytes(), path.name).body.iter(PARAGRAPH)])


def typed(path: Path, old: str, new: str, by: str = ANN, *, tracked: bool = False) -> None:
    """Some words are typed over others, plainly or with Track Changes."""

    def change(paper: Paper) -> None:
        around = place(paper, old)
        leaf = next(each for each in around.iter(TEXT) if old in (each.text or ""))
        paragraph = next(leaf.iterancestors(PARAGRAPH))
        text = seen(paragraph).kept
        edit = edits(text, text.replace(old, new))
        rewrite(paragraph, edit, {}, Revisions(free_ids(paper.root), WHEN, by) if tracked else None)

    changed(path, change, by)


def commented(path: Path, words: str, said: str = "Is this right?", by: str = ANN) -> None:
    """Somebody puts a comment on a paragraph or row."""

    def change(paper: Paper) -> None:
        first = next(place(paper, words).iter(PARAGRAPH))
        comments = Comments(paper, WHEN, by)
        comments.add(first, first, said)
        comments.save()

    changed(path, change, by)


def uncommented(path: Path) -> None:
    """Every comment is deleted, whoever made it."""

    def change(paper: Paper) -> None:
        for mark in list(paper.body.iter(*_COMMENT)):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        for name in paper.related("comments"):
            root = parse(paper.parts[name])
            root[:] = []
            paper.parts[name] = serialise(root)

    changed(path, change)


def deleted(path: Path, words: str, *, tracked: bool = False, by: str = ANN) -> Element:
    """A paragraph or row is deleted, plainly or with Track Changes; what it was, to be pasted back."""
    taken: list[Element] = []

    def change(paper: Paper) -> None:
        element = place(paper, words)
        taken.append(copy.deepcopy(element))
        if tracked:
            track = track_row if element.tag == ROW else track_paragraph
            track(element, Revisions(free_ids(paper.root), WHEN, by), "del")
        else:
            element.getparent().remove(element)  # type: ignore[union-attr]

    changed(path, change, by)
    return taken[0]


def pasted(path: Path, what: Element, after: str, *, marks: bool = True) -> None:
    """What was cut or copied is put in after the paragraph or row of these words, with its bookmarks or without."""
    twin = copy.deepcopy(what)
    twin.tail = None
    for mark in [] if marks else list(twin.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)  # type: ignore[union-attr]

    def change(paper: Paper) -> None:
        used = max((int(n) for e in paper.body.iter() if (n := str(e.get(ID, ""))).isdigit()), default=0)
        numbers: dict[str, str] = {}
        for mark in twin.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            old = str(mark.get(ID))
            mark.set(ID, numbers.setdefault(old, str(used + 1 + len(numbers))))
        place(paper, after).addnext(twin)

    changed(path, change)


def narrowed(path: Path, words: str) -> None:
    """The last column of the table in which the words stand is taken out."""

    def change(paper: Paper) -> None:
        table = next(place(paper, words).iterancestors(TABLE))
        grid = next(table.iter(qn("w:tblGrid")))
        grid.remove(grid[-1])
        for row in table.iter(ROW):
            row.remove([each for each in row if each.tag == CELL][-1])

    changed(path, change)


def resolved(path: Path, how: Literal["accept", "reject"]) -> None:
    """Every tracked change is accepted, or every one rejected."""
    resolve = accept_all if how == "accept" else reject_all
    changed(path, lambda paper: resolve(paper.body))


def stripped(path: Path) -> None:
    """Another program saves the paper without what the program keeps in it."""

    def change(paper: Paper) -> None:
        paper.parts = {name: part for name, part in paper.parts.items() if not name.startswith("customXml/")}

    changed(path, change)


def copied(path: Path, name: str) -> Path:
    """A copy beside the draft, under a name that may name a sub-folder too."""
    twin = path.parent / name
    twin.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, twin)
    return twin


def renamed(path: Path, name: str) -> Path:
    """The file under another name."""
    return path.rename(path.with_name(name))


def saved_in(path: Path, session: str) -> None:
    """Word saves the file in a session of its own, to which it gives a number."""

    def change(paper: Paper) -> None:
        name = paper.related("settings")[0]
        root = parse(paper.parts[name])
        sessions = root.find(qn("w:rsids"))
        if sessions is None:
            root.append(sessions := make("w:rsids"))
        sessions.append(make("w:rsid", val=session))
        paper.parts[name] = serialise(root)

    changed(path, change)
