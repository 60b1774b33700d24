"""The baseline inside the paper: a custom XML part, which Word and LibreOffice keep through every edit and save."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.baseline import NAMESPACE, Baseline, Offer, Written, facts_of_0_1_0
from pipeline.blocks import Fact
from pipeline.opc import OFFICE, Element, Parts, Unsound, linked, main_part, parse, relationships_part, without
from pipeline.problems import Place
from pipeline.word.file import read_parts

PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<paper xmlns="{NAMESPACE}"'
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_TO_ESCAPE = re.compile('[&<>"\r\n\t]')
_PAPER, _BLOCK = f"{{{NAMESPACE}}}paper", f"{{{NAMESPACE}}}block"
# An older program reads the texts of a block by the first of these names, and passes over others.
_TEXT, _TOLD, _STOOD, _FACT, _PLACE = (f"{{{NAMESPACE}}}{name}" for name in ("t", "told", "stood", "fact", "place"))
_PRINTED = f"{{{NAMESPACE}}}printed"
_ITEM = re.compile(r"customXml/item(\d+)\.xml$")
_ITEM_ID = "{6E0C9B7A-54C1-4B5C-9A54-0B1A6E2D7F01}"
_ITEM_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
    f'ds:itemID="{_ITEM_ID}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


def baseline_xml(baseline: Baseline) -> bytes:
    """The part's content. Texts are kept to the character: line breaks and tabs as references."""
    places: dict[Place, int] = {}
    blocks = "".join([_block(block, places) for block in baseline.blocks])
    printed = f"<printed>{' '.join(baseline.printed)}</printed>" if baseline.printed else ""
    return (
        f"{_HEAD}{_attributes(baseline.about.items())}>{blocks}{''.join(map(_place, places))}{printed}</paper>".encode()
    )


def read_baseline(content: bytes, name: str = "the paper") -> Baseline | None:
    """The baseline inside a .docx; None where there is none or it cannot be read. Raises PaperError as `read_parts`."""
    return baseline_in(read_parts(content, name))


def baseline_in(parts: Parts) -> Baseline | None:
    """The baseline among a paper's parts; None where there is none or it cannot be read."""
    item = baseline_item(parts)
    return baseline_from(parts[item]) if item else None


def baseline_item(parts: Parts) -> str:
    """The name of the part that holds the baseline, wherever an editor has moved it; empty where there is none."""
    items = sorted(name for name in parts if _ITEM.search(name))
    return next((name for name in items if NAMESPACE.encode() in parts[name][:2000]), "")


def baseline_from(xml: bytes) -> Baseline | None:
    """The baseline that a part's content says; None where it is not one, or has been damaged."""
    try:
        root = parse(xml)
        places = [Place(*(each.get(name, "") for name in Place._fields)) for each in root.iter(_PLACE)]
        blocks = tuple([_written(each, places) for each in root.iter(_BLOCK)])
    except (Unsound, LookupError, ValueError):
        return None
    if root.tag != _PAPER:
        return None
    printed = (root.findtext(_PRINTED) or "").split()
    return Baseline(blocks, {str(name): str(value) for name, value in root.attrib.items()}, tuple(printed))


def put_baseline(parts: Parts, baseline: Baseline) -> dict[str, bytes]:
    """The parts with this baseline in place of any that was there."""
    item = baseline_item(parts)
    if item:
        return {**parts, item: baseline_xml(baseline)}
    fresh, name = with_baseline_part(parts)
    return {**fresh, name: baseline_xml(baseline)}


def with_baseline_part(parts: Parts) -> tuple[dict[str, bytes], str]:
    """The parts with a place for a baseline (links, content type, item properties), and the name of its part.

    An older baseline is taken out. The part itself is left to the caller to add.
    """
    if old := baseline_item(parts):
        gone = {old, old.replace("item", "itemProps"), relationships_part(old)}
        parts = without(parts, gone.__contains__)
    taken = {int(found[1]) for found in map(_ITEM.search, parts) if found}
    free = next(number for number in range(1, len(taken) + 2) if number not in taken)
    item, properties = f"customXml/item{free}.xml", f"customXml/itemProps{free}.xml"
    parts = linked(parts, main_part(parts), f"{OFFICE}customXml", item, "application/xml")
    parts = linked(parts, item, f"{OFFICE}customXmlProps", properties, PROPERTIES_TYPE)
    return {**parts, properties: _ITEM_PROPERTIES}, item


def _block(block: Written, places: dict[Place, int]) -> str:
    given = (("table", block.table), ("offer", block.offer), ("was", " ".join(block.was)))
    texts = "".join([f"<t>{_escaped(text)}</t>" for text in block.texts])
    told = "".join([f"<told>{_escaped(text)}</told>" for text in block.told])
    stood = "".join([f"<stood>{_escaped(text)}</stood>" for text in block.stood])
    facts = "".join([_fact(fact, places) for fact in block.facts])
    return f'<block key="{_escaped(block.key)}"{_filled(given)}>{texts}{told}{stood}{facts}</block>'


def _fact(fact: Fact, places: dict[Place, int]) -> str:
    """A fact by its cell, start and length, and its places by their numbers."""
    sources = " ".join([str(places.setdefault(place, len(places))) for place in fact.sources])
    how = f' how="{_escaped(fact.how)}"' if fact.how else ""
    name = f' name="{_escaped(fact.name)}"' if fact.name else ""
    return f'<fact at="{fact.cell} {fact.start} {len(fact.text)}" by="{sources}"{how}{name}/>'


def _place(place: Place) -> str:
    return f"<place{_filled(zip(Place._fields, place, strict=True))}/>"


def _attributes(given: Iterable[tuple[str, str]]) -> str:
    return "".join([f' {name}="{_escaped(value)}"' for name, value in given])


def _filled(given: Iterable[tuple[str, str]]) -> str:
    """The attributes that are not blank."""
    return _attributes([each for each in given if each[1]])


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], text) if _TO_ESCAPE.search(text) else text


def _written(block: Element, places: Sequence[Place]) -> Written:
    """A block as it was written. Elements that are not known are passed over: a later version may add some."""
    texts, told, stood = (_texts_of(block, name) for name in (_TEXT, _TOLD, _STOOD))
    if not texts:
        raise ValueError("a block without its text")
    offer: Offer = "made" if block.get("offer") == "made" else "refused" if "offer" in block.attrib else ""
    facts = [_fact_of(fact, told or texts, places) for fact in block.iterchildren(_FACT)]
    was = tuple(block.get("was", "").split())
    old = facts_of_0_1_0(block.get("sources", "").split("; "))
    return Written(str(block.attrib["key"]), texts, block.get("table", ""), (*facts, *old), told, offer, stood, was)


def _texts_of(block: Element, name: str) -> tuple[str, ...]:
    return tuple([child.text or "" for child in block.iterchildren(name)])


def _fact_of(element: Element, texts: Sequence[str], places: Sequence[Place]) -> Fact:
    cell, start, length = map(int, element.get("at", "").split())
    sources = tuple([places[int(number)] for number in element.get("by", "").split()])
    text = texts[cell][start : start + length] if cell < len(texts) else ""
    return Fact(text, sources, element.get("how", ""), start, cell, element.get("name", ""))
