"""Reading a part piece by piece with the standard parser, with what no Office file needs switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.parsers import expat

from pipeline.problems import PaperError
from pipeline.read import limits
from pipeline.read.refusals import damaged, unsafe

_TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main "

KNOWN_BYTES = 1 << 18
"""A larger part is read anew each time: none is kept that could fill the memory."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class LocalNames(dict[str, str]):
    """Full names to what `local` gives, each worked out once: a sheet has few names and millions of elements."""

    def __missing__(self, name: str) -> str:
        """Work it out."""
        self[name] = local(name)
        return self[name]


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """The name without its namespace where it is a spreadsheet's own (both editions of the standard), else ""."""
    if name.startswith(_TRANSITIONAL):
        return name[len(_TRANSITIONAL) :]
    return name[len(_STRICT) :] if name.startswith(_STRICT) else ""


def is_utf8(content: bytes) -> bool:
    """Does the part's first line leave it in UTF-8, as nearly every part is?"""
    said = content[:200].lower().partition(b"encoding=")[2]
    return not said or said[1:7] in (b'utf-8"', b"utf-8'")


def leaf(name: str) -> str:
    """The name without its namespace, whatever that is."""
    return name.rpartition(" ")[2]


def parser_for(name: str) -> expat.XMLParserType:
    """A parser that joins text, gives names as "namespace local", and refuses entities (PaperError I117)."""

    def refuse(*_: object) -> None:
        raise PaperError(unsafe(name))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], name: str) -> None:
    """Parse `chunks` to their end. Raises PaperError (I113) where they are not well formed."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise PaperError(damaged(name)) from fault


def parse(
    chunks: Iterable[bytes], name: str, start: Start, end: End | None = None, name_of: Callable[[str], str] = local
) -> None:
    """Call `start` and `end` for each element with its name as `name_of` gives it.

    Raises PaperError: I113 not well formed or nested beyond reason, I117 entities.
    """
    parser = parser_for(name)
    depth = 0

    def opening(full: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH:
            raise PaperError(damaged(name))
        start(name_of(full), attributes)

    def closing(full: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name_of(full))

    parser.StartElementHandler = opening
    parser.EndElementHandler = closing
    feed(parser, chunks, name)
