"""The baseline inside the paper: a custom XML part, which Word and LibreOffice keep through every edit and save."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.parsers import expat

from pipeline.baseline import NAMESPACE, Baseline, Offer, Written
from pipeline.opc import OFFICE, Parts, linked, main_part, relationships_part, without
from pipeline.word.package import read_parts

PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<paper xmlns="{NAMESPACE}"'
_APART, _NEXT = "\x01", "\x04"  # between values while they are escaped together: no text of a Word file holds them
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))
_FLAT = (("\n", "&#10;"), ("\t", "&#9;"))
# An older program reads the texts of a block by the first of these names, and passes over others.
_TEXTS = (f"{NAMESPACE}|t", f"{NAMESPACE}|told")
_AT_A_TIME = 500  # blocks
_ITEM = re.compile(r"customXml/item(\d+)\.xml$")
_ITEM_ID = "{6E0C9B7A-54C1-4B5C-9A54-0B1A6E2D7F01}"
_ITEM_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
    f'ds:itemID="{_ITEM_ID}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


def baseline_xml(baseline: Baseline) -> bytes:
    """The part's content. Texts are kept to the character: line breaks and tabs in an attribute as references."""
    return b"".join(baseline_chunks(baseline))


def baseline_chunks(baseline: Baseline) -> Iterator[bytes]:
    """The same in chunks, so many blocks at a time: those are escaped in one go, held apart by control characters."""
    about = "".join([f' {name}="{_escaped(value, _FLAT)}"' for name, value in baseline.about.items()])
    yield f"{_HEAD}{about}>".encode()
    for start in range(0, len(baseline.blocks), _AT_A_TIME):
        yield _blocks(baseline.blocks[start : start + _AT_A_TIME]).encode()
    yield b"</paper>"


def read_baseline(content: bytes, name: str = "the paper") -> Baseline | None:
    """The baseline inside a .docx; None where there is none or it cannot be read. Raises PaperError as `read_parts`."""
    parts = read_parts(content, name)
    item = baseline_item(parts)
    return baseline_from(parts[item]) if item else None


def baseline_item(parts: Parts) -> str:
    """The name of the part that holds the baseline, wherever an editor has moved it; empty where there is none."""
    items = sorted(name for name in parts if _ITEM.search(name))
    return next((name for name in items if NAMESPACE.encode() in parts[name][:2000]), "")


def baseline_from(xml: bytes) -> Baseline | None:
    """The baseline that a part's content says; None where it is not one, or has been damaged."""
    reader = _Reader()
    try:
        reader.parser.Parse(xml, True)
    except (expat.ExpatError, KeyError, ValueError):
        return None
    return Baseline(tuple(reader.blocks), reader.about) if reader.root == f"{NAMESPACE}|paper" else None


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


def _blocks(blocks: Sequence[Written]) -> str:
    names = _APART.join([f"{each.key}{_APART}{each.table}{_APART}{'; '.join(each.sources)}" for each in blocks])
    texts = _APART.join([_NEXT.join(block.texts) for block in blocks])
    safe = iter(_escaped(names, _FLAT).split(_APART))
    parts = _escaped(texts).replace(_NEXT, "</t><t>").split(_APART)
    return "".join(map(_block, safe, safe, safe, parts, blocks))


def _block(key: str, table: str, sources: str, texts: str, block: Written) -> str:
    within = f' table="{table}"' if table else ""
    behind = f' sources="{sources}"' if sources else ""
    offer = f' offer="{block.offer}"' if block.offer else ""
    told = "".join([f"<told>{_escaped(text)}</told>" for text in block.told])
    return f'<block key="{key}"{within}{behind}{offer}><t>{texts}</t>{told}</block>'


def _escaped(text: str, more: tuple[tuple[str, str], ...] = ()) -> str:
    for written, meant in (*_ESCAPES, *more):
        if written in text:  # looking for one character is many times as quick as replacing it
            text = text.replace(written, meant)
    return text


class _Reader:
    """Collects the blocks while expat reads. Unknown elements are passed over: a later version may add some."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.root = ""
        self.about: dict[str, str] = {}
        self.blocks: list[Written] = []
        self.block: dict[str, str] = {}
        self.texts: dict[str, list[str]] = {}
        self.text: list[str] | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root, self.about = name, attributes
        elif name == f"{NAMESPACE}|block":
            self.block, self.texts = attributes, {name: [] for name in _TEXTS}
        elif name in self.texts:
            self.text = []

    def _end(self, name: str) -> None:
        if name in self.texts and self.text is not None:
            self.texts[name].append("".join(self.text))
            self.text = None
        elif name == f"{NAMESPACE}|block":
            sources = tuple(part for part in self.block.get("sources", "").split("; ") if part)
            texts, told = (tuple(self.texts[each]) for each in _TEXTS)
            if not texts:
                raise ValueError("a block without its text")
            offer: Offer = "made" if self.block.get("offer") == "made" else "refused" if "offer" in self.block else ""
            self.blocks.append(Written(self.block["key"], texts, self.block.get("table", ""), sources, told, offer))

    def _data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
