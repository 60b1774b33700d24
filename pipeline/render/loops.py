"""How a template's loops go round: over the blocks of a section, the rows of a table, groups of them, and any list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.bounds import OutOfBounds
from pipeline.language import Frame, Run
from pipeline.render.output import Output
from pipeline.render.steps import COUNT, Body, Failed
from pipeline.render.tags import Tag
from pipeline.render.views import Shown, View, kept_together
from pipeline.render.wanted import Wanted

Enter = Callable[[Frame, Any], None]


class Loop(NamedTuple):
    """How a loop goes round: `items` of a frame, `enter` sets what stands for one of them, `begin` what else a turn has
    of its own; `otherwise` is for none.
    """

    tag: Tag
    items: Run
    enter: Enter
    begin: Callable[[Frame, int, int], None] | None
    body: Body
    otherwise: Body

    def turns(self, frame: Frame) -> Iterator[None]:
        """The turns, each ready to be run."""
        try:
            items = self.items(frame)
            frame[0].spend(len(items) + 1)
        except Exception as reason:
            raise Failed(self.tag) from reason
        for at, item in enumerate(items):
            self.enter(frame, item)
            if self.begin:
                self.begin(frame, at, len(items))
            yield

    def fill(self, frame: Frame, out: Output) -> None:
        """Writes it."""
        fills, turned = self.body.fills, False
        for turned in (True for _ in self.turns(frame)):  # noqa: B007 (whether there was a turn)
            for each in fills:
                each(frame, out)
            if len(out.pieces) > out.enough:
                self.bound(out)
        if turned:
            self.bound(out)
        else:
            self.otherwise.fill(frame, out)

    def bound(self, out: Output) -> None:
        """Puts together what was written so far, unless that is too much."""
        try:
            out.settle()
        except OutOfBounds as reason:
            raise Failed(self.tag) from reason

    def tell(self, frame: Frame, wanted: Wanted) -> None:
        """Says what the paper must hold of it."""
        turned = False
        for turned in (True for _ in self.turns(frame)):  # noqa: B007
            self.body.tell(frame, wanted)
        if not turned:
            self.otherwise.tell(frame, wanted)


def turned(slot: int, unset: Sequence[int]) -> Callable[[Frame, int, int], None]:
    """Sets `loop.first`, `loop.index` and the like of a turn, and what is set anew in each."""

    def begin(frame: Frame, at: int, length: int) -> None:
        values = {"index": at + 1, "index0": at, "revindex": length - at, "revindex0": length - at - 1}
        frame[slot] = Turn({**values, "length": length, "first": at == 0, "last": at == length - 1})
        for each in unset:
            frame[each] = None

    return begin


class Turn(NamedTuple):
    """A turn of a loop as a record."""

    values: Mapping[str, Any]


def entering(slot: int, view: int, *, texts: bool) -> Enter:
    """How one of a loop's items is set: a view in a slot beside the record that it shows, or its `texts` in both."""

    def plain(frame: Frame, item: Any) -> None:
        frame[slot] = item

    def viewed(frame: Frame, item: View) -> None:
        frame[slot], frame[view] = item.record, item

    def by_text(frame: Frame, item: View) -> None:
        frame[slot] = frame[view] = item

    return plain if not view else by_text if texts else viewed


def chosen(items: Run, enter: Enter, test: Run) -> Run:
    """Those of a loop's items for which its “if” holds."""

    def holds(frame: Frame, item: Any) -> bool:
        enter(frame, item)
        return bool(test(frame))

    return lambda frame: [item for item in items(frame) if holds(frame, item)]


def kept(items: Run, fields: Sequence[str]) -> Run:
    """Rows of which those of a group are kept together."""

    def run(frame: Frame) -> Sequence[View]:
        found: Sequence[View] = items(frame)
        kept_together(found, fields)
        return found

    return run if fields else items


def all_rows(block: int) -> Run:
    """Every row that a block shows."""
    return lambda frame: frame[block].rows


def views_of(records: Run, block: int) -> Run:
    """The views of records that a block shows, and new ones of groups of them."""
    return lambda frame: [view_of(frame, frame[block], each) for each in records(frame)]


def view_of(frame: Frame, block: Shown, item: Any) -> View:
    """The view of a record of a block, or a new one of a group."""
    if (known := block.by_record.get(id(item))) is not None:
        return known
    frame[COUNT] += 1
    return View(item, f"group {item.name}", frame[COUNT], item.values, record=item, table=block.key)


def or_drawn(body: Body, view: int) -> Body:
    """What a turn over a section prints: a table that somebody sent stands there as they drew it."""

    def fill(frame: Frame, out: Output) -> None:
        if drawn := frame[view].drawn:
            drawn.fill(out)
        else:
            body.fill(frame, out)

    def tell(frame: Frame, wanted: Wanted) -> None:
        if drawn := frame[view].drawn:
            drawn.tell(wanted)
        else:
            body.tell(frame, wanted)

    return Body((fill,), (tell,))


def of_section(loop: Loop, key: str, *, marks: bool) -> Callable[[Frame, Wanted], None]:
    """What the paper must hold of a loop over a section: every block of it."""

    def tell(frame: Frame, wanted: Wanted) -> None:
        loop.tell(frame, wanted)
        wanted.section(frame[0].name(key), marks=marks)

    return tell


def of_rows(loop: Loop, block: int) -> Callable[[Frame, Wanted], None]:
    """What the paper must hold of a loop over rows: then their table is shown."""

    def tell(frame: Frame, wanted: Wanted) -> None:
        wanted.shown.add(frame[block].key)
        loop.tell(frame, wanted)

    return tell
