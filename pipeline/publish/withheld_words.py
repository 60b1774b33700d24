"""What is withheld, looked for in what is about to become public: in a draft by its paragraphs, before anything is
published, and in each file from its bytes as written, whatever the program meant to write.

Nothing here is shared with the cleaning of papers: of a Word file every part is read, of every part all texts.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from pipeline.catalogue import problem
from pipeline.formats import day
from pipeline.kinds import Withheld
from pipeline.opc import Element, Package, Parts, Unsound, parse, relationships
from pipeline.patterns import Pattern
from pipeline.problems import Place, Problem
from pipeline.publish.fence import Fence
from pipeline.publish.phrases import Phrase
from pipeline.word.file import WordFile
from pipeline.word.story import Story
from pipeline.word.xml import MATH, PARAGRAPH, is_in_table, local, qn

_GAPS, _TEXTS = frozenset(("tab", "br", "cr")), frozenset(("t", "delText", "instrText"))
_SPOKEN = frozenset(("descr", "title", "alt", "tooltip", "string", "displayText", "Target"))
_CAPTIONS = frozenset(("tblCaption", "tblDescription", "lvlText", "alias", "tag", "listEntry"))
"""Elements whose value somebody reads, or hears."""
_COUNTS = "docProps/app.xml"
_TABLE, _CODE, _BY_ID = map(qn, ("w:tblPr", "w:instrText", "r:id"))
_HASH = Pattern(r"[0-9a-f]{64}")
_DROPPED = frozenset(("alias", "tag", "listItem", "listEntry", "hyperlink"))
"""Elements of which no public copy keeps the attributes that say something."""
_HASH = Pattern(r"(?=[0-9-]*[a-f])[0-9a-f-]{16,}")
_BESIDE = (qn("w:rt"), f"{MATH}oMath")


def kept_files(files: Mapping[str, bytes], fence: Fence) -> list[Problem]:
    """C163 for every file of a paper's folder that says it: none of them goes out, and all can be opened."""
    said = ((name, _said_in_file(fence, name, content)) for name, content in files.items())
    return [problem("C163", Place(name), rows=_named(rows)) for name, rows in said if rows]


def leaks(files: Mapping[str, bytes], fence: Fence) -> list[Problem]:
    """C161 for every public file that says, in its name or anywhere in it, what a withheld row says."""
    made = fence.without_what_stands() if fence.let_stand else fence
    source = {name: f"{name.removesuffix('.pdf')}.docx" for name in files}
    around = {name: made if source[name] in files else fence for name in files} if fence else {}
    said = {name: _said_in_file(around[name], name, files[name]) for name in around}
    return [
        problem("C161", Place("a file's name" if fence.said_in(name) else name), rows=_named(rows))
        for name, rows in said.items()
        if rows
    ]


class Passage(NamedTuple):
    """A place of a draft that says what a withheld row says, as it is told (C160), and what it says of it: the whole
    `text`, and the `phrases`; none where that stands beside the text, or in two paragraphs together.
    """

    told: Problem
    text: str = ""
    phrases: tuple[Phrase, ...] = ()


def withheld_passages(draft: WordFile, fence: Fence) -> list[Passage]:
    """Every paragraph and table of a draft, read as it would be published (`as_read`), that says what a withheld row
    says, each told once, by its place and without a word of it.
    """
    found: list[Passage] = []
    for story in draft.stories if fence else ():
        links = {link.id: link.target for link in relationships(draft.parts, story.part) if link.external}
        found += _passages(story, links, fence)
    return [*{passage.told: passage for passage in found}.values()]


def _passages(story: Story, links: Mapping[str, str], fence: Fence) -> Iterator[Passage]:
    """Those of one story; `links` are the addresses that its links lead to."""
    number, before = 0, ""
    for element in story.root.iter(PARAGRAPH, _TABLE):
        text = story.paragraphs[element].text if element in story.paragraphs else ""
        number = 0 if story.styles.is_heading(element) else number + bool(text.strip())
        rows, way = fence.said_in(text, *_beside(element, links)), ""
        if element.tag == _TABLE:
            way = "table"
        elif not rows and text.strip():
            rows, way = fence.said_in(f"{before}\n{text}"), "two"
            before = "" if rows else text
        if rows:
            told = problem("C160", _place(story, element, number, fence), way, rows=_named(rows))
            alone = text if not (way or fence.said_in(*_beside(element, links))) else ""
            yield Passage(told, alone, tuple(dict.fromkeys(fence.found_in(alone))))


def _place(story: Story, paragraph: Element, number: int, fence: Fence) -> Place:
    """Where a paragraph stands: below a heading that may be quoted, and the how manyeth, or in which row of a table."""
    found = story.place(paragraph)
    near = "" if fence.said_in(found.near) else found.near
    which = f"paragraph {number}" if number and not is_in_table(paragraph) else ""
    return found._replace(near=", ".join(filter(None, (near, which))))


def _beside(element: Element, links: Mapping[str, str]) -> Iterator[str]:
    """What is said of pictures and tables, where links lead, and what equations and readings say."""
    for inner in element.iter(etree.Element):
        if local(inner) not in _DROPPED:
            yield from _spoken(inner)
        if target := links.get(inner.get(_BY_ID, "")):
            yield unquote(target)
        if inner.tag in _BESIDE:
            yield "".join(map(str, inner.itertext()))
    codes = "".join(code.text or "" for code in element.iter(_CODE))
    yield unquote(codes) if "HYPERLINK" in codes else ""


def _said_in_file(fence: Fence, name: str, content: bytes) -> list[Withheld]:
    """The withheld rows of which a file says something, each once."""
    texts = (name, *_texts_in(name, content))
    run_together = (row for text in texts for row in fence.said_run_together_in(text)) if _is_pdf(content) else ()
    return [*{id(row): row for row in (*fence.said_in(*texts), *run_together)}.values()]


def _named(rows: Sequence[Withheld]) -> str:
    """Where withheld rows stand, and nothing of what they say, as the start of “… exempt”."""
    first, more = rows[0], f" (and {len(rows) - 1} more) mark" if len(rows) > 1 else " marks"
    if first.seen_on:
        more = f", as it was on {day(dt.date.fromisoformat(first.seen_on))},{more.rstrip('s')}ed"
    return f"row {first.row} of the sheet “{first.source.sheet}” in “{first.source.file}”{more}"


def _texts_in(name: str, content: bytes) -> Iterator[str]:
    """Every text of a public file: Word, PDF, or JSON; of any other file its bytes as text."""
    if content.startswith(b"PK"):
        yield from texts_of_word(Package(content))
    elif _is_pdf(content):
        yield _pdf_words(content)
    elif name.endswith(".json"):
        yield from _strings_of(json.loads(content))
    else:
        yield content.decode("utf-8", "replace")


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF")


def texts_of_word(parts: Parts) -> Iterator[str]:
    """Every text of a Word file: paragraphs, alternative texts, addresses, properties, charts and all other parts."""
    for name in parts:
        if name.endswith((".xml", ".rels")) and name != _COUNTS:
            try:
                yield from _texts_of_part(parse(parts[name]))
            except Unsound:
                yield parts[name].decode("utf-8", "replace")


def _texts_of_part(root: Element) -> Iterator[str]:
    """The paragraphs of a part, as one text, since words may be split between them; and what stands in it besides."""
    said = []
    for element in root.iter(etree.Element):
        if local(element) == "p":
            said.append("".join(_pieces(element)))
        elif element.text:
            yield element.text
        yield from _spoken(element)
    yield "\n".join(said)


def _spoken(element: Element) -> Iterator[str]:
    """What an element says in its attributes: alternative texts, addresses, captions of tables."""
    caption = local(element) in _CAPTIONS
    for name, value in element.attrib.items():
        own = str(name).rpartition("}")[2]
        if own in _SPOKEN or (caption and own == "val"):
            yield unquote(str(value))


def _pieces(paragraph: Element) -> Iterator[str]:
    """The texts of a paragraph in order, with a blank for every gap."""
    for element in paragraph.iter(etree.Element):
        name = local(element)
        if name in _TEXTS:
            yield element.text or ""
        elif name in _GAPS:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"


def _pdf_words(content: bytes) -> str:
    """The words of a PDF; blank where this machine cannot read PDFs, or not this one."""
    try:
        from pipeline.publish.pdf_words import PdfError, text_of_pdf
    except ImportError:
        return ""
    try:
        return text_of_pdf(content)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _strings_of(data: Any) -> Iterable[str]:
    """Every text in plain data, names of entries too; not the hashes of files, which say nothing."""
    if isinstance(data, dict):
        return (text for name, value in data.items() for text in (name, *_strings_of(value)))
    if isinstance(data, list):
        return (text for value in data for text in _strings_of(value))
    return (data,) if isinstance(data, str) and not _HASH.fullmatch(data) else ()
