"""The baseline inside the paper: a custom XML part, which Word and LibreOffice keep through every edit and save.

Baselines of version 0.1.0, whose reader knew only text, tabs and line breaks, are told as papers are read today. A
hyphen that does not break, a sign of a symbol font, an aligned tab and what a form field shows are missing in them.
They are put in where a paper of today's program has them between the same words: what an officer put into the edited
paper was never the program's, and stays an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.baseline import FORMAT, NAMESPACE, Baseline, Offer, Written, facts_of_0_1_0, mark_name
from pipeline.blocks import Fact
from pipeline.opc import OFFICE, Element, Parts, Unsound, linked, main_part, parse, relationships_part, without
from pipeline.problems import Place
from pipeline.word.file import read_parts
from pipeline.word.pieces import Piece
from pipeline.word.story import Story
from pipeline.word.xml import PARAGRAPH, TEXT, cells, marks_of, qn, units

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


_WAS_READ = frozenset((TEXT, *map(qn, ("w:tab", "w:br", "w:cr"))))

_SLIGHT = ("\u2011", "\t")

Pairs = list[tuple[str, str]]
"""The pieces of a text: how each was read, and how it is read now."""


def as_read_today(baseline: Baseline, body: Element, fresh: Element | None = None) -> Baseline:
    """The baseline of a paper with this body as it would be written today; one of today's as it is.

    `fresh` is the body of the program's paper of today. What that has no more is told by the paper itself, where it has
    nothing beside the words but a hyphen or a tab.
    """
    if baseline.about.get("format") == FORMAT:
        return baseline
    by_mark = {} if fresh is None else _by_mark(fresh)
    alike = {_joined(pairs, 0): _joined(pairs, 1) for pairs in _all_texts(body) if _is_slight(pairs)}
    return replace(
        baseline, blocks=tuple(_anew(block, by_mark.get(mark_name(block.key)), alike) for block in baseline.blocks)
    )


def _by_mark(body: Element) -> dict[str, list[Pairs]]:
    story = Story(body)
    return {mark: _texts(story, element) for element, _ in units(body) for mark in marks_of(element)}


def _all_texts(body: Element) -> Iterator[Pairs]:
    story = Story(body)
    for element, _ in units(body):
        yield from _texts(story, element)


def _is_slight(pairs: Pairs) -> bool:
    return all(now in _SLIGHT for was, now in pairs if was != now)


def _texts(story: Story, element: Element) -> list[Pairs]:
    if element.tag == PARAGRAPH:
        return [list(map(_pair, story.paragraphs[element].pieces))]
    return [list(_in_cell(story, cell)) for cell in cells(element)]


def _in_cell(story: Story, cell: Element) -> Iterator[tuple[str, str]]:
    """Paragraphs of tables in a cell were not read as part of it."""
    for number, paragraph in enumerate(story.in_cell(cell)):
        own = next(paragraph.element.iterancestors(cell.tag), None) is cell
        if number:
            yield "\n" if own else "", "\n"
        yield from (pair if own else ("", pair[1]) for pair in map(_pair, paragraph.pieces))


def _pair(piece: Piece) -> tuple[str, str]:
    if piece.kind == "covered":
        return piece.about, piece.kept
    return piece.kept if piece.element.tag in _WAS_READ or piece.kind == "reference" else "", piece.kept


def _joined(pairs: Pairs, which: int) -> str:
    return "".join([pair[which] for pair in pairs])


def _anew(block: Written, texts: list[Pairs] | None, alike: Mapping[str, str]) -> Written:
    def anew(old: tuple[str, ...]) -> tuple[str, ...]:
        if texts is None or len(texts) != len(old):
            return tuple(alike.get(text, text) for text in old)
        return tuple(_restored(text, pairs) for text, pairs in zip(old, texts, strict=True))

    return block._replace(texts=anew(block.texts), told=anew(block.told))


def _restored(text: str, pairs: Pairs) -> str:
    """The text with what was not read, where the words around it stand in the paper still."""
    for place, length, new in reversed(list(_not_read(text, pairs))):
        text = text[:place] + new + text[place + length :]
    return text


def _not_read(text: str, pairs: Pairs) -> Iterator[tuple[int, int, str]]:
    """The place of what was not read in a text, how long it is there, and how it is read now."""
    if all(old == new for old, new in pairs):
        return
    from difflib import SequenceMatcher

    same = SequenceMatcher(None, _joined(pairs, 0), text, autojunk=False).get_matching_blocks()
    at = 0
    for old, new in pairs:
        around = (other + at - start for start, other, size in same if start <= at and at + len(old) <= start + size)
        place = next(around, None)
        if old != new and place is not None:
            yield place, len(old), new
        at += len(old)
