"""What a file that is about to become public says, read from its bytes as written, whatever the program meant to write.

Nothing here is shared with the cleaning of papers: of a Word file every part is read, of every part all texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline.kinds import Withheld
from pipeline.opc import Package, Unsound, parse
from pipeline.problems import Place, Problem, error
from pipeline.publish.fence import Fence

PARAGRAPH, GAPS = "p", frozenset(("tab", "br", "cr"))
TEXTS = frozenset(("t", "delText", "instrText"))
SPOKEN = frozenset(("descr", "title", "alt", "tooltip", "string", "displayText", "Target"))
CAPTIONS = frozenset(("tblCaption", "tblDescription", "lvlText", "alias", "tag", "listEntry"))
"""Elements whose value somebody reads, or hears."""
COUNTS = "docProps/app.xml"


CURE = "Take it out. If the row may be public, clear the mark beside it."


def leaks(files: Mapping[str, bytes], fence: Fence) -> list[Problem]:
    """C161 for every public file that says, in its name or anywhere in it, what a withheld row says."""
    if not fence.phrases:
        return []
    said = {name: said_in_file(fence, name, content) for name, content in files.items()}
    return [
        error(
            "C161",
            Place("a file's name" if fence.said_in(name) else name),
            f"This file says what {named(rows)} exempt.",
            CURE,
        )
        for name, rows in said.items()
        if rows
    ]


def said_in_file(fence: Fence, name: str, content: bytes) -> list[Withheld]:
    """The withheld rows of which a file says something, each once."""
    texts = (name, *texts_in(name, content))
    run_together = (row for text in texts for row in fence.said_run_together_in(text)) if is_pdf(content) else ()
    return [*{id(row): row for row in (*said_in_all(fence, texts), *run_together)}.values()]


def said_in_all(fence: Fence, texts: Iterable[str]) -> list[Withheld]:
    """The withheld rows of which any of the texts says something, each once."""
    return [*{id(row): row for text in texts for row in fence.said_in(text)}.values()]


def named(rows: Sequence[Withheld]) -> str:
    """Where withheld rows stand, and nothing of what they say, as the start of “… exempt”."""
    more = f" (and {len(rows) - 1} more) mark" if len(rows) > 1 else " marks"
    return f"row {rows[0].row} of the sheet “{rows[0].source.sheet}” in “{rows[0].source.file}”{more}"


def texts_in(name: str, content: bytes) -> Iterator[str]:
    """Every text of a public file: Word, PDF, or JSON; of any other file its bytes as text."""
    if content.startswith(b"PK"):
        yield from texts_of_word(content)
    elif is_pdf(content):
        yield pdf_words(content)
    elif name.endswith(".json"):
        yield from strings_of(json.loads(content))
    else:
        yield content.decode("utf-8", "replace")


def is_pdf(content: bytes) -> bool:
    """Is it a PDF?"""
    return content.startswith(b"%PDF")


def texts_of_word(content: bytes) -> Iterator[str]:
    """Every text of a Word file: paragraphs, alternative texts, addresses, properties, charts and all other parts."""
    package = Package(content)
    for name in package:
        if name.endswith((".xml", ".rels")) and name != COUNTS:
            try:
                yield from texts_of_part(parse(package[name]))
            except Unsound:
                yield package[name].decode("utf-8", "replace")


def texts_of_part(root: Any) -> Iterator[str]:
    """The paragraphs of a part, as one text, since words may be split between them; and what stands in it besides."""
    said = []
    for each in root.iter(etree.Element):
        if local(each) == PARAGRAPH:
            said.append("".join(pieces(each)))
        elif each.text:
            yield each.text
        yield from spoken(each)
    yield "\n".join(said)


def spoken(element: Any) -> Iterator[str]:
    """What an element says in its attributes: alternative texts, addresses, captions of tables."""
    caption = local(element) in CAPTIONS
    for name, value in element.attrib.items():
        if (own := etree.QName(name).localname) in SPOKEN or (caption and own == "val"):
            yield unquote(str(value))


def pieces(paragraph: Any) -> Iterator[str]:
    """The texts of a paragraph in order, with a blank for every gap."""
    for each in paragraph.iter(etree.Element):
        if local(each) in TEXTS:
            yield each.text or ""
        elif local(each) in GAPS:
            yield " "
        elif local(each) == "noBreakHyphen":
            yield "-"


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def pdf_words(content: bytes) -> str:
    """The words of a PDF; blank where this machine cannot read PDFs, or not this one."""
    try:
        import pikepdf

        from pipeline.publish.pdf_text import text_of_pdf
    except ImportError:
        return ""
    try:
        return text_of_pdf(content)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def strings_of(data: Any) -> Iterable[str]:
    """Every text in plain data, names of entries too."""
    if isinstance(data, dict):
        return (text for name, value in data.items() for text in (name, *strings_of(value)))
    if isinstance(data, list):
        return (text for value in data for text in strings_of(value))
    return (data,) if isinstance(data, str) else ()
