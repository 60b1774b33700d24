"""What the program wrote in a draft, block by block, as the record of the draft keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.baseline import Baseline, Offer, Written


def blocks_as_data(baseline: Baseline) -> Iterator[dict[str, object]]:
    """The baseline's blocks as the record keeps them, one after the other."""
    for each in baseline.blocks:
        open_still = {"told": each.told, "offer": each.offer} if each.told else {}
        yield {"key": each.key, "sources": each.sources, "table": each.table, "texts": each.texts, **open_still}


def baseline_of(record: Mapping[str, Any]) -> Baseline | None:
    """The baseline out of a record; None where the record holds none."""
    blocks = record.get("blocks")
    if not isinstance(blocks, list):
        return None
    about = record.get("about", {})
    try:
        written = tuple(map(written_of, blocks))
    except (LookupError, TypeError, AttributeError, ValueError):
        return None
    return Baseline(written, about if isinstance(about, dict) else {})


def written_of(data: Mapping[str, Any]) -> Written:
    """A block out of a record. Raises LookupError, TypeError, AttributeError or ValueError where it is none."""
    texts, sources, told = (tuple(map(text_of, data.get(name, ()))) for name in ("texts", "sources", "told"))
    if not texts:
        raise ValueError("a block without its text")
    offer: Offer = "made" if data.get("offer") == "made" else "refused" if data.get("offer") else ""
    return Written(text_of(data["key"]), texts, text_of(data.get("table", "")), sources, told, offer)


def text_of(value: object) -> str:
    """A value that is a text. Raises TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
