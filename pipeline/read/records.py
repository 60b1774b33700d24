"""Table rows become records: typed, keyed, each field knowing its cell; rows that may not be public apart."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.kinds import EXEMPT, STANDARD, TYPES, Kind, Letter, Record, Sentence, changed
from pipeline.read.table import TableRow
from pipeline.text import match_key


def without_private_links(letters: Sequence[Letter], rows: Sequence[TableRow]) -> tuple[Letter, ...]:
    """The open letters, none of which names a withheld one any more; `rows` are those of the withheld ones."""
    links = {matched_by(row, "ref"): matched_by(row, "in_reply_to") for row in rows if not row.struck}
    links.pop("", None)
    answered = {matched_by(row, "in_reply_to") for row in rows if not row.struck} - {""}
    refs = {match_key(letter.ref): letter.ref for letter in letters}
    private = {ref: link for ref, link in links.items() if ref not in refs}
    return tuple(linked(letter, private, answered, refs) for letter in letters)


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


def make_records(kind: Kind, rows: Sequence[TableRow], paragraphs: Mapping[int, str]) -> Iterator[tuple[int, Record]]:
    """The records of one kind, each with its row; none for rows that lack what they cannot, or are struck out.
    `paragraphs` are those by which rows are exempt.
    """
    make, keys, blanks = TYPES.get(kind.name, Record), dict[str, int](), blanks_of(kind)
    refs = refs_of(rows) if "in_reply_to" in blanks else {}
    for row in rows:
        if not (row.struck or lacking(kind, row)):
            values = values_of(row, blanks, refs, paragraphs.get(row.number, ""))
            key = once("/".join(str(values[name]) for name in kind.key), keys)
            yield row.number, make(key=key, source=row.source, cells=row.places, values=values)


def blanks_of(kind: Kind) -> Mapping[str, object]:
    """What a blank of each field means."""
    return {name: field.blank for name, field in kind.fields.items()}


def values_of(
    row: TableRow, blanks: Mapping[str, object], refs: Mapping[str, str], paragraph: str
) -> dict[str, object]:
    """What a row holds, field by field: a reference to another row as that spells it, and the paragraph of a mark."""
    read = row.values
    values = {name: blank if read.get(name) is None else read[name] for name, blank in blanks.items()}
    if reply_to := values.get("in_reply_to"):
        values["in_reply_to"] = refs.get(match_key(str(reply_to)), reply_to)
    if EXEMPT in values:
        values[EXEMPT] = paragraph
    return values


def refs_of(rows: Sequence[TableRow]) -> Mapping[str, str]:
    """The refs of a table as they are spelt in their own rows: `cor-038 ` in another column means `COR-038`."""
    return {match_key(text): text for row in reversed(rows) if isinstance(text := row.values.get("ref"), str) and text}


def lacking(kind: Kind, row: TableRow) -> bool:
    """Does the row lack what no record of its kind can lack?"""
    return any(row.values.get(field) in (None, "") for field in kind.needs)


def names_left_out(kind: Kind, rows: Sequence[TableRow], withheld: Collection[int]) -> frozenset[str]:
    """The refs and areas of open rows that give no record because something is missing in them."""
    left_out = (row for row in rows if lacking(kind, row) and row.number not in withheld)
    texts = (row.values.get(field) for row in left_out for field in kind.needs)
    return frozenset(text for text in texts if isinstance(text, str) and text)


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
