"""The texts that a workbook's cells share: joined from their runs, escapes decoded, phonetic readings left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.problems import PaperError, Place
from pipeline.read import limits
from pipeline.read.packages import Package
from pipeline.read.refusals import too_many
from pipeline.read.xml import feed, is_utf8, local, parser_for
from pipeline.sheets.xlsx_styles import true

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_HEAD = re.compile(
    r'\s*(?:<\?xml[^<>]*\?>\s*)?<sst(?: [\w:]+="[^"<>&]*")*? xmlns="(?:http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    r'|http://purl.oclc.org/ooxml/spreadsheetml/main)"(?: [\w:]+="[^"<>&]*")*>\s*'
)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ENTITY = re.compile("&(?!(?:lt|gt|amp|quot|apos);)")
_QUICK_BYTES = 64 * 1024 * 1024
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Strings:
    """The shared texts in order, and which of them are struck through: in every run, or in some."""

    texts: list[str] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    part_struck: set[int] = field(default_factory=set)


def decode(text: str) -> str:
    """Excel's `_x000D_` escapes as the characters they stand for (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _PAIR.sub(_joined, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def unescape(text: str) -> str:
    """The five named entities as the characters they stand for."""
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, char)
    return text


class RichText:
    """Gathers one text from its pieces: `<t>` directly or in runs `<r>`; readings `<rPh>` are passed over."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[bool] = []
        self.in_run = self.in_reading = self.in_text = False
        self.run_struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element inside the text begins."""
        if name == "r":
            self.in_run, self.run_struck = True, False
        elif name == "rPh":
            self.in_reading = True
        elif name == "strike" and self.in_run:
            self.run_struck = true(attributes.get("val", "1"))
        elif name == "t":
            self.in_text = not self.in_reading
            if self.in_text:
                self.runs.append(self.in_run and self.run_struck)

    def text(self, data: str) -> None:
        """Characters, kept where they belong to the text."""
        if self.in_text:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        """An element inside the text ends."""
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.in_reading = False
        elif name == "r":
            self.in_run = False

    def take(self) -> tuple[str, bool, bool]:
        """The text gathered, escapes and all, and whether all of it, or part of it, is struck; ready for the next."""
        whole = bool(self.runs) and all(self.runs)
        result = "".join(self.pieces), whole, any(self.runs) and not whole
        self.pieces.clear()
        self.runs.clear()
        return result


def read_strings(package: Package, part: str) -> Strings:
    """The shared texts of a workbook. Raises PaperError as `parse`, and I115 past a million of them."""
    if not package.has(part):
        return Strings()
    texts = _plain_texts(package.read(part)) if package.size(part) < _QUICK_BYTES else None
    return _carefully(package, part) if texts is None else Strings(_few_enough(texts, package.name))


def _plain_texts(content: bytes) -> list[str] | None:
    """The texts where each is spelt plainly, without runs; None where any is not, for the careful reader."""
    if b"<!" in content or b"\r" in content or not is_utf8(content) or _NOT_TEXT.search(content):
        return None
    try:
        head, *parts = _TEXT.split(content.decode())
    except UnicodeDecodeError:
        return None
    between = parts[1::2]
    if not parts or not _HEAD.fullmatch(head) or "".join(between).strip() != "</sst>":
        return None
    found = parts[::2]
    if any("&" in text and _ENTITY.sub("", text) != text for text in found):
        return None
    return [decode(unescape(text)) if "&" in text else decode(text) for text in found]


def _few_enough(texts: list[str], name: str) -> list[str]:
    if len(texts) > limits.STRINGS:
        raise PaperError(too_many(name, Place(name), f"{limits.STRINGS:,} different texts"))
    return texts


def _carefully(package: Package, part: str) -> Strings:
    strings, rich = Strings(), RichText()

    def start(full: str, attributes: dict[str, str]) -> None:
        rich.start(local(full), attributes)

    def end(full: str) -> None:
        name = local(full)
        rich.end(name)
        if name == "si":
            text, struck, part_struck = rich.take()
            if struck:
                strings.struck.add(len(strings.texts))
            if part_struck:
                strings.part_struck.add(len(strings.texts))
            strings.texts.append(decode(text))
            _few_enough(strings.texts, package.name)

    parser = parser_for(package.name)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = rich.text
    feed(parser, package.chunks(part), package.name)
    return strings
