"""What a kind of record is, from its table: `standard.toml`, and `[kinds]` in a report's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self, cast

import tomli

Tables = Mapping[str, Mapping[str, Any]]


class Choice(str):
    """A word that an officer chose from a list, and what it means to the report: “In progress” means `open`."""

    __slots__ = ("meaning",)
    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        """The word with its meaning."""
        made = super().__new__(cls, word)
        made.meaning = meaning
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Choice, (str(self), self.meaning)


BLANKS: Mapping[str, object] = {
    "text": "",
    "reference": "",
    "lines": (),
    "choice": Choice(""),
    "day": None,
    "when": None,
    "whole": None,
    "number": None,
    "money": None,
    "percent": None,
    "yes_no": None,
}
"""The types of fields, and what a blank cell is to each."""
EXEMPT = "exempt"
EXEMPT_HEADINGS = ("Exempt (Sch 12A para)", "Exempt", "Exempt paragraph")
EXEMPT_NOTE = "Blank: open. Else the number of the paragraph of Schedule 12A: such a row never reaches a paper."


FieldType = Literal[
    "text", "lines", "day", "when", "number", "whole", "percent", "money", "yes_no", "choice", "reference"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a kind, and the column of a sheet that fills it; the settings of `standard.toml` by the same names.

    `to` is the kind whose records a reference names; `choices` are the words of a choice, each to what is kept of it,
    and `open_words` those that may stand in place of a date, each to how the paper writes it. `added`: by the report.
    """

    name: str
    headings: tuple[str, ...]
    type: FieldType = "text"
    note: str = ""
    required: bool = False
    unique: bool = False
    fill_down: bool = False
    spare: bool = False
    dates: bool = False
    names: bool = False
    dull: bool = False
    column: bool = True
    blank: object = None
    choices: Mapping[str, str] = field(default_factory=dict)
    open_words: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = False
    words: str = ""
    meanings: tuple[str, ...] = ()
    suggest: tuple[str, ...] | str = ()
    unit: str = ""
    within: tuple[int, ...] = ()
    to: str = ""
    added: bool = False

    @property
    def leaves_unseen_out(self) -> bool:
        """Does a cell whose format hides its value count as blank? Where words are printed, and name or sort no row."""
        return self.type in ("text", "lines") and not (self.unique or self.fill_down)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """A kind of record. `derived` are the fields that follow from a row: each an expression in the language of wording,
    or a table of what is known of it (see `standard.toml`). `checks` are expressions that are to hold of every row.
    """

    name: str
    item: str
    key: tuple[str, ...]
    needs: tuple[str, ...]
    fields: Mapping[str, Field]
    derived: Mapping[str, str | Mapping[str, Any]]
    checks: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    group: str = ""
    known: str = ""
    file: str = ""
    sheet: str = ""
    printed: bool = False
    tells: bool = False
    own: bool = False

    @property
    def columns(self) -> Mapping[str, Field]:
        """The fields that a column of a sheet can fill."""
        return {name: each for name, each in self.fields.items() if each.column}

    @property
    def from_last_paper(self) -> Mapping[str, str]:
        """The fields that say what the last paper printed of another, each with that one."""
        tables = ((name, each) for name, each in self.derived.items() if not isinstance(each, str))
        return {name: each["last_paper"] for name, each in tables if "last_paper" in each}

    @property
    def kept(self) -> bool:
        """Is it kept where a report's settings say, and not always in the same place?"""
        return not self.file


def declared_kind(name: str, table: Mapping[str, Any], *, own: bool = False) -> Kind:
    """A kind from its table. The kinds of a report's own have a column for exempt rows unless they say otherwise."""
    notes = table.get("notes", {})
    fields = {column: field_of(column, given, notes, added=own) for column, given in table["fields"].items()}
    if table.get("private", True):
        fields[EXEMPT] = Field(
            name=EXEMPT,
            type="text",
            headings=EXEMPT_HEADINGS,
            note=notes.get(EXEMPT, EXEMPT_NOTE),
            blank="",
            dates=True,
        )
    key = texts_of(table["key"])
    fields |= {column: replace(fields[column], required=True) for column in key if own}
    return Kind(
        name=name,
        item=table.get("item") or item_of(name),
        key=key,
        needs=texts_of(table.get("needs", key)),
        fields=fields,
        derived=table.get("derived", {}),
        checks=table.get("checks", {}),
        printed=table.get("printed", own),
        tells=table.get("tells", own),
        own=own,
        **{setting: table.get(setting, "") for setting in ("order", "group", "known", "file", "sheet")},
    )


def field_of(name: str, given: str | Mapping[str, Any], notes: Mapping[str, str], *, added: bool = False) -> Field:
    """A field from its table; `budget = "money"` is short for a type alone, its heading then is its own name."""
    settings = {"type": given} if isinstance(given, str) else dict(given)
    settings = {**settings, **SHORT.get(settings["type"], {})}
    own: dict[str, Any] = {
        setting: tuple(value) if isinstance(value, list) else value for setting, value in settings.items()
    }
    if not isinstance(words := own.get("choices", {}), dict):
        own["choices"] = {word: word for word in texts_of(words)}
    own = {"blank": blank_of(own), **own, "headings": texts_of(own.get("headings", heading_of(name)))}
    return Field(
        name=name,
        note=notes.get(name, ""),
        added=added,
        **own,
    )


def texts_of(given: object) -> tuple[str, ...]:
    """A list of texts; a text by itself is a list of one."""
    return (given,) if isinstance(given, str) else tuple(map(str, cast("Iterable[object]", given)))


def blank_of(settings: Mapping[str, Any]) -> object:
    """What a blank cell means: for a choice, the first of its meanings."""
    meanings = settings.get("meanings", ())
    return Choice("", meanings[0]) if meanings else BLANKS[settings["type"]]


def heading_of(name: str) -> str:
    """The heading of a field that is given none: `last_forecast` is “Last forecast”."""
    return name.replace("_", " ").capitalize()


def item_of(kind: str) -> str:
    """What a sentence calls one of a kind that does not say so."""
    return f"{kind[:-3]}y" if kind.endswith("ies") else kind.removesuffix("s")


def name_of_check(name: str) -> str:
    """By what name, which nobody can type, a check on the rows of a kind stands beside what follows from them."""
    return f"check {name}"


def with_fields(kind: Kind, table: Mapping[str, Any]) -> Kind:
    """A standard kind with the columns, and the fields that follow from a row, that a report adds to it."""
    notes = table.get("notes", {})
    new = {name: given for name, given in table.get("fields", {}).items() if name not in kind.fields}
    added = {name: field_of(name, given, notes, added=True) for name, given in new.items()}
    derived, checks = {**kind.derived, **table.get("derived", {})}, table.get("checks", {})
    return replace(kind, fields={**kind.fields, **added}, derived=derived, checks=checks)


def kinds_with(tables: Tables) -> Mapping[str, Kind]:
    """The standard kinds, and what `[kinds]` of a report adds to them."""
    if not tables:
        return STANDARD
    kinds = {**STANDARD, **dict(added_kinds(tables))}
    return {**kinds, **{name: with_references(kinds[name], kinds) for name in tables}}


def with_references(kind: Kind, kinds: Mapping[str, Kind]) -> Kind:
    """A kind whose references lead on to the records that they name; as it is typed, `service` is `service_ref`."""
    derived: dict[str, Mapping[str, Any]] = {}
    for name, target in ((each.name, kinds[each.to]) for each in kind.fields.values() if each.to in kinds):
        text = f"{target.item}s | having('{target.key[0]}', {name}_ref) | last"
        derived |= {name: {"text": text, "rests": [name]}, f"{name}_ref": {"cell": name}}
    return replace(kind, derived={**derived, **kind.derived}) if derived else kind


def added_kinds(tables: Tables) -> Iterator[tuple[str, Kind]]:
    """The kinds that a report makes or changes."""
    for name, table in tables.items():
        standard = STANDARD.get(name)
        yield name, with_fields(standard, table) if standard else declared_kind(name, table, own=True)


_TABLES = tomli.loads((Path(__file__).parent / "standard.toml").read_text(encoding="utf-8"))
SHORT: Mapping[str, Mapping[str, Any]] = _TABLES["short"]
"""Types that are short for another with its settings."""
STANDARD: Mapping[str, Kind] = {name: declared_kind(name, table) for name, table in _TABLES["kinds"].items()}
LISTS: Mapping[str, str] = _TABLES["lists"]
"""The standard lists by the name that officers write, each as an expression."""
