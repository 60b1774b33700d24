"""A sheet that is no known kind of record as a kind of the report's own: its columns typed as their cells are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.kinds import EXEMPT_HEADINGS, NAMES_A_ROW, SHORT, STANDARD, TAKEN, heading_of, item_of, usable
from pipeline.read.headings import without_aside
from pipeline.read.money import unit_in
from pipeline.read.profile import ColumnProfile, SheetProfile
from pipeline.read.table import heading_key, one_line

RAG = frozenset(("rag", "brag", "rag status", "rag rating"))
OWN = "own_"
"""How a name begins that would mean something else without it."""


def filled(sheet: SheetProfile) -> Mapping[str, ColumnProfile]:
    """The columns that hold anything, by the name that a field of theirs would have, but for that of exempt rows and
    those under a heading that stands twice.
    """
    left_out = {heading_key(each) for each in (*EXEMPT_HEADINGS, *twice(sheet))}
    found = dict[str, ColumnProfile]()
    for column in sheet.columns:
        if column.filled and sheet.heading_row and heading_key(column.heading) not in left_out:
            name = usable(field_name(without_aside(column.heading)))
            found[name if name not in found else f"{name}_{column.letters.lower()}"] = column
    return found


def twice(sheet: SheetProfile) -> tuple[str, ...]:
    """The headings that stand over more than one column, as they are first written: of two nobody can tell which."""
    first: dict[str, str] = {}
    counted = Counter(heading_key(column.heading) for column in sheet.columns)
    for column in sheet.columns:
        first.setdefault(heading_key(column.heading), column.heading)
    return tuple(heading for key, heading in first.items() if counted[key] > 1)


def key_of(columns: Mapping[str, ColumnProfile], types: Mapping[str, str]) -> str:
    """The column that names a row: the first, of a type that can, without a gap and never twice the same."""
    naming = [name for name in columns if types[name] in NAMES_A_ROW]
    different = (name for name in naming if columns[name].summary.different and not columns[name].blank)
    return next(different, next(iter(naming or columns)))


class OwnKind(NamedTuple):
    """A sheet as a kind of record of the report's own: what a row is called, the field that names one for good, the
    field whose rows stand together (blank: none), its sheet and whether that is hidden, and each field's column and
    type; headings that stand twice, whose columns are no fields.
    """

    name: str
    item: str
    key: str
    group: str
    sheet: str
    hidden: bool
    columns: Mapping[str, ColumnProfile]
    types: Mapping[str, str]
    twice: tuple[str, ...]


def own_kind(sheet: SheetProfile) -> OwnKind:
    """A sheet as a kind of its own, each column typed as its cells are."""
    name, columns = kind_name(field_name(sheet.name)), filled(sheet)
    types = {name: type_of(each) for name, each in columns.items()}
    key = key_of(columns, types)
    types |= {} if types[key] in NAMES_A_ROW else {key: "text"}
    group = next((name for name, each in columns.items() if each.merged and name != key), "")
    hidden = sheet.state != "visible"
    return OwnKind(name, item_of(name), key, group, sheet.name, hidden, columns, types, twice(sheet))


def own_kinds(sheets: Iterable[SheetProfile]) -> Iterator[OwnKind]:
    """Each sheet that is a table as a kind of its own, no two of one name."""
    known: Counter[str] = Counter()
    for kind in (own_kind(sheet) for sheet in sheets if sheet.rows and filled(sheet)):
        known[kind.name] += 1
        number = f"_{known[kind.name]}" if known[kind.name] > 1 else ""
        yield kind._replace(name=kind.name + number, item=kind.item + number)


def kind_settings(file: str, kind: OwnKind) -> str:
    """The lines for `report.toml` that make a sheet of a file a kind of record."""
    said = f'item = "{kind.item}"' if kind.item != item_of(kind.name) else ""
    return "\n".join((
        f"[kinds.{kind.name}]    # a row of it is called “{kind.item}” in sentences",
        *filter(None, [said]),
        f'key = ["{kind.key}"]    # which names a row for good',
        *filter(None, [f'group = "{kind.group}"' if kind.group else ""]),
        f"[kinds.{kind.name}.fields]",
        *(f"{field} = {field_setting(field, each, kind.types[field])}" for field, each in kind.columns.items()),
        *(f"# “{one_line(each)}” stands over two columns: give one of them another heading" for each in kind.twice),
        f"[sources.{kind.name}]",
        f"file = {as_setting(file)}",
        f"sheet = {as_setting(kind.sheet)}",
    ))  # fmt: skip


def kind_name(name: str) -> str:
    """A name for a kind that means nothing else."""
    name = usable(name)
    return name if name not in STANDARD and is_free(item_of(name)) else f"{OWN}{name[:36]}"


def item_called(words: str) -> str:
    """The name of a row that is called so in sentences: one that means nothing else."""
    name = usable(field_name(words))
    return name if is_free(name) else f"{OWN}{name[:36]}"


def is_free(item: str) -> bool:
    """May a row be called so, or does that mean something else in wording?"""
    return bool(item) and item not in TAKEN and item == usable(item)


def type_of(column: ColumnProfile) -> str:
    """The type of a column, as its cells and its heading tell it."""
    its, words = column.summary.kind, column.summary.words
    if its in ("whole", "number") and unit_in(column.heading):
        return "money"
    rag = heading_key(column.heading) in RAG or (its == "choice" and {*words} <= {*SHORT["rag"]["choices"]})
    return "rag" if rag else its


def field_setting(name: str, column: ColumnProfile, its: str) -> str:
    """What `report.toml` says of a column."""
    settings = [f'type = "{its}"']
    if its == "choice":
        settings.append(f"choices = [{', '.join(map(as_setting, column.summary.words))}]")
    if heading_key(heading_of(name)) != heading_key(without_aside(column.heading)):
        settings.append(f"headings = [{as_setting(column.heading)}]")
    if column.merged:
        settings.append("fill_down = true")
    return f"{{ {', '.join(settings)} }}" if len(settings) > 1 else settings[0].removeprefix("type = ")


def field_name(heading: str) -> str:
    """A heading as the name of a field."""
    name = "_".join("".join(c if c.isalnum() and c.isascii() else " " for c in heading.casefold()).split())
    return name if name[:1].isalpha() else f"column_{name}"


def as_setting(text: str) -> str:
    """A text as settings write it."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
