"""What an officer's paper says, block by block: found by the hidden marks of the draft, before these are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.baseline import mark_name
from pipeline.opc import parse
from pipeline.word.package import document_part, read_parts
from pipeline.word.shown import shown_in
from pipeline.word.xml import Element, canonical_text, marks_of, paragraphs

_REFERENCE = re.compile(r"\[\[(\w+)\]\]")


def section_texts(content: bytes, keys: Iterable[str], name: str = "the draft") -> tuple[str, ...]:
    """What a reader sees of a section: its marked paragraphs and any that an officer wrote between them, in order.

    `keys` are the section's blocks in the baseline. Blank paragraphs are left out; empty where no mark is left.
    """
    body = _body(content, name)
    wanted = {mark_name(key) for key in keys}
    every = list(paragraphs(body))
    places = [number for number, each in enumerate(every) if wanted.intersection(marks_of(each))]
    between = every[places[0] : places[-1] + 1] if places else []
    seen = shown_in(body)
    return tuple(text for each in between if (text := seen[each].text.strip()))


def reference_labels(content: bytes, name: str = "the draft") -> dict[str, str]:
    """What each reference to a mark reads in print: `_cp_...` to `Appendix 2`."""
    labels: dict[str, str] = {}
    for each, seen in shown_in(_body(content, name)).items():
        pieces = _REFERENCE.split(canonical_text(each))
        pattern = "".join("(.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
        if len(pieces) > 1 and (found := re.fullmatch(pattern, seen.text, re.DOTALL)):
            labels |= dict(zip(pieces[1::2], found.groups(), strict=True))
    return labels


def labelled(text: str, labels: Mapping[str, str]) -> str:
    """A canonical text as it is printed; a reference without a label is left out."""
    return _REFERENCE.sub(lambda found: labels.get(found[1], ""), text)


def _body(content: bytes, name: str) -> Element:
    parts = read_parts(content, name)
    return parse(parts[document_part(parts)])
