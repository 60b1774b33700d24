"""Table rows become records: typed, keyed, each field knowing its cell; rows that may not be public apart."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.kinds import EXEMPT, STANDARD, TYPES, Kind, Letter, Record, Sentence, Withheld, changed
from pipeline.read.tables import TableRow
from pipeline.read.withholding import Body, Mark, texts_of
from pipeline.text import match_key


@dataclass(frozen=True, slots=True)
class Kept:
    """The records of one kind that may be public, and apart the rows that may not, each in the sheet's order."""

    records: tuple[Record, ...]
    withheld: tuple[Withheld, ...]


def keep_apart(kind: Kind, rows: Sequence[TableRow], body: Body, marks: Mapping[int, Mark]) -> Kept:
    """The records of one kind, and the rows of `marks` as withheld, those among them that give no record."""
    made = dict(make_records(kind, rows, marks))
    withheld = (of_mark(kind, body, number, mark, made.get(number)) for number, mark in sorted(marks.items()))
    records = tuple(each for number, each in made.items() if number not in marks)
    if kind.name == "letters" and marks:
        letters = [each for each in records if isinstance(each, Letter)]
        records = without_private_links(letters, [row for row in rows if row.number in marks])
    return Kept(records, tuple(withheld))


def without_private_links(letters: Sequence[Letter], rows: Sequence[TableRow]) -> tuple[Letter, ...]:
    """The open letters, none of which names a withheld one any more; `rows` are those of the withheld ones."""
    links = {matched_by(row, "ref"): matched_by(row, "in_reply_to") for row in rows if not row.struck}
    links.pop("", None)
    answered = {matched_by(row, "in_reply_to") for row in rows if not row.struck} - {""}
    refs = {match_key(each.ref): each.ref for each in letters}
    private = {ref: link for ref, link in links.items() if ref not in refs}
    return tuple(linked(each, private, answered, refs) for each in letters)


def linked(letter: Letter, private: Mapping[str, str], answered: Collection[str], refs: Mapping[str, str]) -> Letter:
    """One open letter with what it may know."""
    if match_key(letter.ref) in answered:
        letter = changed(letter, answered_in_private=True)
    link, seen = match_key(letter.in_reply_to), set[str]()
    if link not in private:
        return letter
    while link in private and link not in seen:
        seen.add(link)
        link = private[link]
    cells = {name: place for name, place in letter.cells.items() if name != "in_reply_to"}
    return changed(letter, in_reply_to="", answers_private=True, thread=refs.get(link, ""), cells=cells)


def matched_by(row: TableRow, field: str) -> str:
    """What a field of a row is matched by."""
    return match_key(str(row.values.get(field) or ""))


def of_mark(kind: Kind, body: Body, number: int, mark: Mark, record: Record | None) -> Withheld:
    """One withheld row."""
    return Withheld(
        kind=kind.name,
        key=record.key if record else "",
        source=record.source if record else body.sheet.place(number, min(body.headings.columns.values())),
        mark=mark.place,
        paragraph=mark.paragraph,
        texts=texts_of(body, number),
        record=record,
    )


def make_records(kind: Kind, rows: Sequence[TableRow], marks: Mapping[int, Mark]) -> Iterator[tuple[int, Record]]:
    """The records of one kind, each with its row; none for rows that lack what they cannot, or are struck out."""
    make, keys, blanks = TYPES.get(kind.name, Record), dict[str, int](), blanks_of(kind)
    refs = refs_of(rows) if "in_reply_to" in blanks else {}
    for row in rows:
        if not (row.struck or lacking(kind, row)):
            values = values_of(row, blanks, refs, marks.get(row.number))
            key = once("/".join(str(values[name]) for name in kind.key), keys)
            yield row.number, make(key=key, source=row.source, cells=row.places, values=values)


def blanks_of(kind: Kind) -> Mapping[str, object]:
    """What a blank of each field means."""
    return {name: each.blank for name, each in kind.fields.items()}


def values_of(
    row: TableRow, blanks: Mapping[str, object], refs: Mapping[str, str], mark: Mark | None
) -> dict[str, object]:
    """What a row holds, field by field: a reference to another row as that spells it, and the paragraph of a mark."""
    read = row.values
    values = {name: blank if read.get(name) is None else read[name] for name, blank in blanks.items()}
    if reply_to := values.get("in_reply_to"):
        values["in_reply_to"] = refs.get(match_key(str(reply_to)), reply_to)
    if EXEMPT in values:
        values[EXEMPT] = mark.paragraph if mark else ""
    return values


def refs_of(rows: Sequence[TableRow]) -> Mapping[str, str]:
    """The refs of a table as they are spelt in their own rows: `cor-038 ` in another column means `COR-038`."""
    return {match_key(text): text for row in reversed(rows) if isinstance(text := row.values.get("ref"), str) and text}


def lacking(kind: Kind, row: TableRow) -> bool:
    """Does the row lack what no record of its kind can lack?"""
    return any(row.values.get(field) in (None, "") for field in kind.needs)


def names_left_out(kind: Kind, rows: Sequence[TableRow], marks: Mapping[int, Mark]) -> set[str]:
    """The refs and areas of open rows that give no record because something is missing in them."""
    left_out = (row for row in rows if lacking(kind, row) and row.number not in marks)
    texts = (row.values.get(field) for row in left_out for field in kind.needs)
    return {text for text in texts if isinstance(text, str) and text}


def once(key: str, used: dict[str, int]) -> str:
    """The key, with a number behind it where a row before has the same: a draft can be made of doubled rows too."""
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else f"{key} ({used[key]})"


def make_sentences(rows: Sequence[TableRow]) -> Iterator[Sentence]:
    """The wording sheet's rows; one without a name is named by its text."""
    keys: dict[str, int] = {}
    for row in rows:
        values = row.values
        if row.struck or lacking(STANDARD["sentences"], row):
            continue
        text = str(values["text"])
        yield Sentence(
            key=once(values.get("name") or hashlib.sha256(text.encode()).hexdigest()[:8], keys),
            source=row.source,
            cells=row.places,
            section=values["section"],
            text=text,
            joins=bool(values.get("joins")),
            for_each=values.get("for_each") or "",
            show_when=values.get("show_when") or "",
        )
