"""What the program keeps of each draft: what it was made from, what it says block by block.

outputs/<report>/<meeting date>/record/draft 1.json    the record of one draft
                                       copies.json     the copies made from drafts, by name: their hashes
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.baseline import Baseline, Offer, Written, facts_of_0_1_0
from pipeline.blocks import Fact
from pipeline.problems import Place
from pipeline.store.data import as_json, kept_json
from pipeline.store.writing import put

RECORDS = "record"

Record = Mapping[str, Any]


def record_path(folder: Path, number: int) -> Path:
    """The record of one draft in a meeting's folder."""
    return folder / RECORDS / f"draft {number}.json"


def read_record(folder: Path, number: int) -> Record:
    """The record of one draft; empty where there is none that can be read."""
    return record_at(record_path(folder, number))


def record_at(path: Path) -> Record:
    """The record in a file; empty where there is none that can be read."""
    record = kept_json(path)
    return record if isinstance(record, dict) else {}


def records_in(folder: Path) -> Iterator[Record]:
    """Every record of a draft in a folder that can be read, the oldest draft's first."""
    found = filter(None, map(record_at, (folder / RECORDS).glob("draft *.json")))
    return iter(sorted(found, key=lambda record: str(record.get("draft", "")).zfill(9)))


def put_json(path: Path, data: Mapping[str, Any]) -> None:
    """Data as a file of the program's own, in place of what it wrote there before."""
    put(path, as_json(data))


def written_by_us(folder: Path) -> frozenset[str]:
    """The hashes of all papers that the records of a folder say the program wrote."""
    return frozenset(digest for record in records_in(folder) for digest in _written(record))


def free_of_edits(folder: Path) -> frozenset[str]:
    """Those of them in which nobody's words are: no draft goes without any for lack of them."""
    records = (record for record in records_in(folder) if not record.get("holds_edits"))
    return frozenset(digest for record in records for digest in _written(record))


def _written(record: Record) -> Iterator[str]:
    hashes = (record.get(name) for name in ("sha256", "instead_of"))
    return (digest for digest in hashes if isinstance(digest, str) and digest)


def blocks_as_data(blocks: Iterable[Written]) -> Iterator[dict[str, object]]:
    """The blocks that the program wrote as the record keeps them, one after the other."""
    for block in blocks:
        open_still = {"told": block.told, "offer": block.offer, "stood": block.stood} if block.told else {}
        open_still |= {"was": block.was} if block.was else {}
        facts = [fact._asdict() for fact in block.facts]
        yield {"facts": facts, "key": block.key, "table": block.table, "texts": block.texts, **open_still}


def baseline_of(record: Record) -> Baseline | None:
    """What the program wrote in a draft, block by block; None where the record holds none of it."""
    blocks, about = record.get("blocks"), record.get("about", {})
    if not isinstance(blocks, list):
        return None
    try:
        written = tuple(map(_written_of, blocks))
    except (LookupError, TypeError, AttributeError, ValueError):
        return None
    printed = [text for text in record.get("printed") or () if isinstance(text, str)]
    return Baseline(written, about if isinstance(about, dict) else {}, tuple(printed))


def _written_of(data: Record) -> Written:
    """A block out of a record. Raises LookupError, TypeError, AttributeError or ValueError where it is none."""
    names = ("texts", "sources", "told", "stood", "was")
    texts, sources, told, stood, was = (tuple(map(_text_of, data.get(name, ()))) for name in names)
    facts = (*map(_fact_of, data.get("facts", ())), *facts_of_0_1_0(sources))
    if not texts:
        raise ValueError("a block without its text")
    offer: Offer = "made" if data.get("offer") == "made" else "refused" if data.get("offer") else ""
    return Written(_text_of(data["key"]), texts, _text_of(data.get("table", "")), facts, told, offer, stood, was)


def _fact_of(data: Record) -> Fact:
    """A fact out of a record. Raises as `_written_of`."""
    text, how, name = (_text_of(data.get(field, "")) for field in ("text", "how", "name"))
    sources = tuple([Place(*map(_text_of, place)) for place in data["sources"]])
    return Fact(text, sources, how, int(data["start"]), int(data["cell"]), name)


def _text_of(value: object) -> str:
    """A value that is a text. Raises TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
