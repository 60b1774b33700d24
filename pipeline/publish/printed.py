"""What an officer's paper says, block by block: found by the hidden marks of the draft, before these are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.baseline import mark_name
from pipeline.opc import main_part, parse
from pipeline.word.package import read_parts
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story

_REFERENCE = re.compile(r"\[\[(\w+)\]\]")


def section_texts(content: bytes, keys: Iterable[str], name: str = "the draft") -> tuple[str, ...]:
    """What a reader sees of a section: its marked paragraphs and any that an officer wrote between them, in order.

    `keys` are the section's blocks in the baseline. Blank paragraphs are left out; empty where no mark is left.
    """
    wanted = {mark_name(key) for key in keys}
    every = _paragraphs(content, name)
    places = [number for number, each in enumerate(every) if wanted.intersection(each.marks)]
    between = every[places[0] : places[-1] + 1] if places else []
    return tuple(text for each in between if (text := each.text.strip()))


def reference_labels(content: bytes, name: str = "the draft") -> dict[str, str]:
    """What each reference to a mark reads in print: `_cp_...` to `Appendix 2`."""
    found = (label for each in _paragraphs(content, name) for label in each.references)
    return {mark: shown for mark, shown in found if shown}


def labelled(text: str, labels: Mapping[str, str]) -> str:
    """A canonical text as it is printed; a reference without a label is left out."""
    return _REFERENCE.sub(lambda found: labels.get(found[1], ""), text)


def _paragraphs(content: bytes, name: str) -> list[Paragraph]:
    parts = read_parts(content, name)
    return list(Story(parse(parts[main_part(parts)])).paragraphs.values())
