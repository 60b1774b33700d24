"""Where things stand in a joined draft: what people put in of their own, and what they moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.revise.align import in_order
from pipeline.revise.edit_marks import END, START, our_mark
from pipeline.revise.join_people import Handed, Theirs
from pipeline.revise.match_units import Unit
from pipeline.revise.paper import DESCRIBED, holds_content
from pipeline.revise.parting import PeopleDiffer, Version
from pipeline.word.xml import (
    ID,
    NAME,
    PARAGRAPH,
    ROW,
    VAL,
    Element,
    blocks,
    local,
    make,
    properties,
    put,
    qn,
    remove,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The body of the draft as it was handed out, which becomes the joined one; its units are blocks, by key."""

    body: Element
    blocks: Mapping[str, Handed]

    @property
    def tables(self) -> list[Element]:
        """Its tables, in order."""
        return list({block.unit.table: None for block in self.blocks.values() if block.unit.table is not None})

    def rows_of(self, table: Element) -> list[Handed]:
        """The rows of a table."""
        return [block for block in self.blocks.values() if block.unit.table is table]


def put_after(place: Element, twins: Sequence[Element]) -> None:
    """Puts elements after one, in their order."""
    for twin in reversed(twins):
        place.addnext(twin)


def put_in_place_of(element: Element, twins: Sequence[Element]) -> None:
    """Puts elements in place of a block's, with our marks of it: a copy of its words elsewhere is not taken for it."""
    there = {start.get(NAME) for twin in twins for start in twin.iter(START)}
    for start in [each for each in element.iter(START) if our_mark(each) and each.get(NAME) not in there]:
        end = next((each for each in element.iter(END) if each.get(ID) == start.get(ID)), None)
        if twins and end is not None:
            first, last = (next(twin.iter(PARAGRAPH)) for twin in (twins[0], twins[-1]))
            first.insert(1 if first.find(qn("w:pPr")) is not None else 0, start)
            last.append(end)
    put_after(element, twins)
    remove([element])


def insert_own(draft: Draft, theirs: Sequence[Theirs]) -> None:
    """Puts in people's own paragraphs, rows and tables, each after the block that it follows in their copy; what two
    put in at one place in the same words, once.
    """
    runs: dict[tuple[str, Element | None], list[tuple[Theirs, Unit]]] = {}
    for one in theirs:
        for anchor, unit in _own(draft, one):
            runs.setdefault((anchor, _home(draft, one, unit)), []).append((one, unit))
    for (anchor, home), found in runs.items():
        wanted = _once(found)
        whole = [(one, _whole(unit, home)) for one, unit in found if unit in wanted]
        _put_own(draft, anchor, home, [one.carry(element) for one, element in whole])


def _whole(unit: Unit, home: Element | None) -> Element:
    """What is to be put in of a unit: of a table of somebody's own the whole."""
    return unit.element if home is not None or unit.table is None else unit.table


def _once(found: Sequence[tuple[Theirs, Unit]]) -> set[Unit]:
    """The units of several people at one place, each text as often as the person has it who has it most often; one that
    holds more than words stands for one that does not.
    """
    wanted, mine, there = set[Unit](), Counter[tuple[int, str]](), Counter[str]()
    rich = {unit for one, unit in found if holds_content(unit.element) or one.ends_section(unit.element)}
    for one, unit in sorted(found, key=lambda pair: pair[1] not in rich):
        mine[id(one), unit.flat] += 1
        if unit in rich or mine[id(one), unit.flat] > there[unit.flat]:
            there[unit.flat] += 1
            wanted.add(unit)
    return wanted


def _own(draft: Draft, one: Theirs) -> Iterator[tuple[str, Unit]]:
    """A copy's own units, each with the key of the block before it; of a table of its own only the first row."""
    last, tables = "", set[Element]()
    for unit in one.found.units:
        key = one.found.key_of.get(unit.number, "")
        if key:
            last = key
        elif _is_something(one, unit) and unit.table not in tables:
            if unit.table is not None and _home(draft, one, unit) is None:
                tables.add(unit.table)
            yield last, unit


def _is_something(one: Theirs, unit: Unit) -> bool:
    return bool(unit.flat) or holds_content(unit.element) or one.ends_section(unit.element)


def _home(draft: Draft, one: Theirs, unit: Unit) -> Element | None:
    """The table of the draft that the unit's table is; None for a paragraph, or a table of their own."""
    if unit.table is None:
        return None
    keys = (one.found.key_of.get(each.number, "") for each in one.found.units if each.table is unit.table)
    homes = Counter(table for key in keys if key and (table := draft.blocks[key].unit.table) is not None)
    return homes.most_common(1)[0][0] if homes else None


def _put_own(draft: Draft, anchor: str, home: Element | None, twins: Sequence[Element]) -> None:
    unit = draft.blocks[anchor].unit if anchor else None
    if home is not None:
        put_after(unit.element if unit and unit.table is home else next(home.iter(ROW)), twins)
    elif unit is not None:
        put_after(unit.element if unit.table is None else unit.table, twins)
    else:
        for twin in twins:
            next(blocks(draft.body)).addprevious(twin)


def moved(draft: Draft, theirs: Sequence[Theirs]) -> Iterator[PeopleDiffer]:
    """Moves what somebody moved. Of a block that two moved to different places the first person's place counts."""
    after: dict[str, str] = {}
    rank = {key: n for n, key in enumerate(draft.blocks)}
    for one in theirs:
        order = [key for _, key in sorted((units[0].number, key) for key, units in one.found.of.items())]
        for table in dict.fromkeys(draft.blocks[key].unit.table for key in order):
            keys = [key for key in order if draft.blocks[key].unit.table is table]
            still = set(in_order({n: rank[key] for n, key in enumerate(keys)}).values())
            for before, key in zip(["", *keys], keys, strict=False):
                if rank[key] in still:
                    continue
                if after.setdefault(key, before) != before:
                    text = one.text_of(key)
                    yield PeopleDiffer(key, "moved", (Version("", text), Version(one.person, text)))
                else:
                    _move(draft, key, before)


def _move(draft: Draft, key: str, before: str) -> None:
    unit = draft.blocks[key].unit
    if before:
        draft.blocks[before].unit.element.addnext(unit.element)
    elif unit.table is None:
        next(blocks(draft.body)).addprevious(unit.element)


def describe_tables(draft: Draft, theirs: Sequence[Theirs]) -> None:
    """Gives each table what somebody said of it for those who cannot see it; of two who did the first is heard."""
    for table in draft.tables:
        keys = [block.key for block in draft.rows_of(table)]
        there = (_table_of(one, keys) for one in theirs)
        for tag, said in _said_of([each for each in there if each is not None], _described(table)).items():
            put(properties(table, "w:tblPr"), make(tag, val=said))


def _table_of(one: Theirs, keys: Iterable[str]) -> Element | None:
    return next((unit.table for key in keys for unit in one.units_of(key) if unit.table is not None), None)


def _said_of(tables: Sequence[Element], ours: Mapping[str, str]) -> Mapping[str, str]:
    """What is said of a table in people's copies, and not in the draft, by the names of what holds it."""
    said = (pair for table in reversed(tables) for pair in _described(table).items())
    return {tag: words for tag, words in said if ours.get(tag) != words}


def _described(table: Element) -> Mapping[str, str]:
    found = (each for each in table.iterfind(f"{qn('w:tblPr')}/*") if each.tag in DESCRIBED)
    return {f"w:{local(each)}": words for each in found if (words := each.get(VAL, "").strip())}
