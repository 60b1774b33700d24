"""`[kinds]` of a report's settings: every mistake noted, with its place and cure, before anything is made of it."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable, Mapping

from pipeline.kinds.declared import BLANKS, EXEMPT, LISTS, SHORT, STANDARD, Kind, heading_of, item_of, kinds_with
from pipeline.nearest import did_you_mean
from pipeline.patterns import Pattern
from pipeline.settings import Settings
from pipeline.text import match_key

NAME = Pattern(r"[a-z][a-z0-9_]{0,39}")
UNIT = Pattern(r"[£€$](?:k|m|bn|000)?")
OF_A_ROW = ("get", "items", "keys", "values")
"""What a template asks of a row itself."""
FLAGS = ("required", "unique", "fill_down")
WITHOUT_ORDER = ("when", "lines", "yes_no")
TAKEN = frozenset(
    (
        *(slug for name in LISTS for slug in (name, name.replace(" ", "_"))),
        *(name for kind in STANDARD.values() for name in (kind.name, kind.item)),
        *STANDARD["meetings"].fields,
        *("board", "as_at", "position_at", "publish_on", "meeting_on", "last_meeting", "next_meeting"),
    )
)
"""What every sentence can name."""
NO_WORDS = "is “choice”, and nothing says which words may be chosen"
NAMES_A_ROW = ("text", "choice", "whole", "day")
"""The types by which a row can be named for good."""


def checked_kinds(top: Settings) -> Mapping[str, Kind]:
    """The standard kinds with what the report's `[kinds]` adds to them. Mistakes are noted in `top`, and the kinds
    that have any are left out.
    """
    group, sound, taken = top.table("kinds"), dict[str, Mapping[str, object]](), [*TAKEN]
    for name in group.raw:
        before = len(top.found)
        entry = group.table(name)
        if name in STANDARD:
            check_added(entry, STANDARD[name])
        elif is_name(group, name):
            check_own(entry, name, [*taken, *names_of_table(top.raw.get("fields"))])
            taken.append(entry.text("item") or item_of(name))
        entry.unknown()
        if len(top.found) == before:
            sound[name] = entry.raw
    kinds = kinds_with(sound)
    check_word_lists(top, kinds)
    check_references(top, kinds)
    return kinds


def word_lists_of(kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """The tables of `[words]` that the kinds take their choices from."""
    return tuple(dict.fromkeys(field.words for kind in kinds.values() for field in kind.fields.values() if field.words))


def check_word_lists(top: Settings, kinds: Mapping[str, Kind]) -> None:
    """The tables of words that the report's own columns take their choices from are there."""
    known = [name for name in names_of_table(top.raw.get("words")) if name != "open_dates"]
    for kind in kinds.values():
        fields = Settings({}, top.place, f"kinds.{kind.name}.fields", top.found)
        for field in (
            column for column in kind.fields.values() if column.added and column.words and column.words not in known
        ):
            cure = did_you_mean(field.words, known) if known else f"Add a table [words.{field.words}]."
            fields.wrong(field.name, f"takes its words from “{field.words}”, and there is no such table of words", cure)


def check_references(top: Settings, kinds: Mapping[str, Kind]) -> None:
    """References lead to kinds that there are, of which one field names a row."""
    for kind in kinds.values():
        fields, known = Settings({}, top.place, f"kinds.{kind.name}.fields", top.found), [*kinds]
        for field in (each for each in kind.fields.values() if each.type == "reference"):
            if field.to not in kinds:
                message = f"leads to “{field.to}”, which is no kind of record"
                fields.wrong(field.name, message, did_you_mean(field.to, known, 'Say to which, as in to = "services".'))
            elif len(kinds[field.to].key) > 1:
                cure = "Lead to a kind with one field as its key."
                fields.wrong(field.name, f"leads to {field.to}, whose rows are named by several fields", cure)


def check_added(entry: Settings, kind: Kind) -> None:
    """The columns that a report adds to a standard kind."""
    fields = entry.table("fields")
    for name in (column for column in fields.raw if column in kind.fields):
        fields.asked.add(name)
        cure = f"Name its headings under [sources.{kind.name}.headings], or call the new column something else."
        fields.wrong(name, f"is a field of {kind.name} already", cure)
    check_fields(fields, {field.name: field.headings for field in kind.fields.values()})
    check_notes(entry, fields)
    check_derived(entry, (*kind.fields, *kind.derived, *fields.raw), (*kind.fields, *fields.raw))
    entry.table("checks").texts()


def check_own(entry: Settings, kind: str, taken: Collection[str]) -> None:
    """A kind of the report's own; `taken` are the names that mean something else."""
    fields = entry.table("fields")
    if not fields.raw:
        entry.wrong("fields", "is missing", f"Add a table [kinds.{kind}.fields] with a line for each column.")
    check_item(entry, kind, taken)
    check_fields(fields, {})
    check_notes(entry, fields)
    check_derived(entry, fields.raw, fields.raw)
    entry.table("checks").texts()
    check_key(entry, fields)
    for name in ("order", "group", "known"):
        field = entry.text(name)
        if field and field not in fields.raw:
            entry.wrong(name, f"is “{field}”, which is no field of {kind}", did_you_mean(field, list(fields.raw)))
        elif name == "known" and field and type_of(fields.raw[field]) != "day":
            entry.wrong(name, f"is “{field}”, which is no day", "Take a field of the type day.")
        elif (its := type_of(fields.raw.get(field))) in WITHOUT_ORDER:
            cure = "Take a field that can be sorted, such as a day or a number."
            entry.wrong(name, f"is “{field}”, whose type is “{its}”", cure)
    for name in ("printed", "private"):
        entry.flag(name, True)


def check_item(entry: Settings, kind: str, taken: Collection[str]) -> None:
    """What a sentence calls one of them: a name that nothing else has."""
    item = entry.text("item") or item_of(kind)
    if item in taken:
        other = item_of(kind) if item_of(kind) not in taken else f"own_{item}"
        entry.wrong("item", f"is “{item}”, which means something else", f'Add a line such as item = "{other}".')
    elif not NAME.fullmatch(item) or keyword.iskeyword(item):
        entry.wrong("item", f"is “{item}”", 'Give one word of small letters, such as item = "scheme".')


def check_key(entry: Settings, fields: Settings) -> None:
    """The fields that name a row for good."""
    key = entry.words("key")
    if not key:
        first = next(iter(fields.raw), "ref")
        entry.wrong("key", "is missing", f'Say which fields name a row for good, such as key = ["{first}"].')
    for name in (*key, *entry.words("needs")):
        if name not in fields.raw:
            entry.wrong("key", f"names “{name}”, which is no field", did_you_mean(name, list(fields.raw)))
    for name in key:
        if (its := type_of(fields.raw.get(name))) in BLANKS and its not in (*NAMES_A_ROW, "reference"):
            cure = f"Take a field of the type {', '.join(NAMES_A_ROW[:-1])} or {NAMES_A_ROW[-1]}."
            entry.wrong("key", f"names “{name}”, whose type is “{its}”", cure)


def check_notes(entry: Settings, fields: Settings) -> None:
    """The notes on headings."""
    notes = entry.table("notes")
    for name in notes.raw:
        if notes.text(name) and name not in fields.raw and name != EXEMPT:
            notes.wrong(name, "is no field", did_you_mean(name, list(fields.raw)))


def check_derived(entry: Settings, taken: Collection[str], fields: Collection[str]) -> None:
    """The fields that follow from a row, each an expression, which is judged with the wording, or what the last paper
    printed of one of the `fields`; `taken` are the names of other fields.
    """
    derived = entry.table("derived")
    for name in derived.raw:
        if name in taken:
            derived.asked.add(name)
            derived.wrong(name, "is a field already", "Call what follows from the row something else.")
        elif is_name(derived, name) and isinstance(derived.raw[name], dict):
            check_last_paper(derived.table(name), fields)
        elif is_name(derived, name) and not derived.text(name).strip():
            derived.wrong(name, "is blank", f"Write what it is to be, as in {name} = \"'yes' if … else 'no'\".")


def check_last_paper(table: Settings, fields: Collection[str]) -> None:
    """What the last paper printed of a field."""
    name = table.text("last_paper", required=True)
    if name and name not in fields:
        table.wrong("last_paper", f"is “{name}”, which is no field", did_you_mean(name, list(fields)))


def check_fields(fields: Settings, known: Mapping[str, Iterable[str]]) -> None:
    """The columns; `known` are the headings of those that are there already."""
    over: dict[str, str] = {}
    for name, headings in known.items():
        over |= {match_key(heading): name for heading in headings}
    for name in fields.raw:
        if name not in known and is_name(fields, name):
            for heading in check_field(fields, name):
                if over.setdefault(match_key(heading), name) != name:
                    message = f"has the heading “{heading}”, as “{over[match_key(heading)]}” has"
                    fields.wrong(name, message, "Give each column a heading of its own.")


def check_field(fields: Settings, name: str) -> tuple[str, ...]:
    """One column; its headings."""
    if isinstance(fields.raw[name], str):
        check_type(fields, name, fields.text(name))
        if fields.raw[name] == "choice":
            fields.wrong(name, NO_WORDS, f'Write {name} = {{ type = "choice", choices = ["Red", "Green"] }}.')
        return (heading_of(name),)
    field = fields.table(name)
    check_type(field, "type", field.text("type", required=True))
    check_choices(field)
    for flag in FLAGS:
        field.flag(flag, False)
    field.text("to")
    if (unit := field.text("unit")) and not UNIT.fullmatch(unit):
        field.wrong("unit", f"is “{unit}”", "Give £, £k or £m.")
    within = field.get("within", list, "the least and the most, as in [0, 100]")
    if isinstance(within, list) and [type(each) for each in within] != [int, int]:
        field.wrong("within", "does not hold two whole numbers", "Give the least and the most, as in [0, 100].")
    field.words("suggest")
    return field.words("headings") or (heading_of(name),)


def check_type(entry: Settings, name: str, its: str) -> None:
    """A type that there is."""
    if its and its not in (known := [*BLANKS, *SHORT]):
        entry.wrong(name, f"is “{its}”, which is no type of column", did_you_mean(its, known))


def check_choices(field: Settings) -> None:
    """Where the words of a choice are: here, or in a table of `[words]`."""
    choices, words = field.words("choices"), field.text("words")
    if field.raw.get("type") == "choice" and not (choices or words):
        field.wrong("type", NO_WORDS, 'Add choices = ["Red", "Green"], or words = "rag" and a table [words.rag].')


def usable(name: str) -> str:
    """A name that wording can use, for one that is made of a heading."""
    reserved = keyword.iskeyword(name) or name in (EXEMPT, *OF_A_ROW)
    return f"{name[:36]}_of" if reserved else name[:40]


def is_name(entry: Settings, name: str) -> bool:
    """Can wording name it so? If not, it is noted."""
    if NAME.fullmatch(name) and not keyword.iskeyword(name) and name not in (EXEMPT, *OF_A_ROW):
        return True
    entry.asked.add(name)
    message, cure = "is not a name that wording can use", "Write it in small letters, figures and underscores."
    if keyword.iskeyword(name):
        message, cure = "is a word of the language of sentences", f"Write “{name}_” and more, such as “{name}_of”."
    elif name in OF_A_ROW:
        message, cure = "means something else in a template", f"Write it another way, such as “{name}_of”."
    elif name == EXEMPT:
        message, cure = "is kept for rows that may not be public", "Take it out: every sheet may have that column."
    entry.wrong(name, message, cure)
    return False


def names_of_table(table: object) -> Collection[str]:
    """What a table of the settings names."""
    return table if isinstance(table, dict) else ()


def type_of(given: object) -> str:
    """The type that a field is given."""
    its = given.get("type") if isinstance(given, dict) else given
    return its if isinstance(its, str) else ""
