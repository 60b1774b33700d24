"""What a paper says of itself: title, subject, author and date, written afresh and never taken from the template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.render.text import attribute_bytes

HeadingStyle = Literal["sentence", "capitals"]
LANGUAGE = "en-GB"
CORE, APP_PART, STYLES = "docProps/core.xml", "docProps/app.xml", "word/styles.xml"

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%b</dc:title><dc:subject>%b</dc:subject>'
    b"<dc:creator>%b</dc:creator><cp:lastModifiedBy>%b</cp:lastModifiedBy><cp:revision>1</cp:revision>"
    b'<dcterms:created xsi:type="dcterms:W3CDTF">%b</dcterms:created>'
    b'<dcterms:modified xsi:type="dcterms:W3CDTF">%b</dcterms:modified><dc:language>%b</dc:language>'
    b"</cp:coreProperties>"
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<DocSecurity>0</DocSecurity></Properties>"
)
_STYLE = re.compile(rb"<w:style\b[^>]*>(?:(?!</w:style>).)*</w:style>", re.DOTALL)
_HEADING_1 = re.compile(rb'<w:name w:val="heading 1"/>', re.IGNORECASE)
_RUN_PROPERTIES = re.compile(rb"<w:rPr>(.*?)</w:rPr>|<w:rPr/>", re.DOTALL)
_TO_REPLACE = re.compile(rb"<w:(?:caps|smallCaps|u)\b[^>]*/>")
_BEFORE_CAPS = re.compile(rb"<w:(?:rStyle|rFonts|b|bCs|i|iCs)\b[^>]*/>")
_BEFORE_UNDERLINE = re.compile(
    rb"<w:(?:rStyle|rFonts|b|bCs|i|iCs|caps|strike|dstrike|outline|shadow|emboss|imprint|noProof|snapToGrid|vanish"
    rb"|webHidden|color|spacing|w|kern|position|sz|szCs|highlight)\b[^>]*/>"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """A paper's properties. `as_at` dates it; `about` goes into the baseline as attributes (as_at, template hash…)."""

    title: str
    as_at: dt.date
    subject: str = ""
    author: str = ""
    heading_style: HeadingStyle = "sentence"
    about: Mapping[str, str] = field(default_factory=dict)


def core_xml(properties: Properties) -> bytes:
    """The core properties part. Raises NotInWord where a text holds a character that no Word file can hold."""
    day = properties.as_at.strftime("%Y-%m-%dT00:00:00Z").encode()
    title, subject, author = map(attribute_bytes, (properties.title, properties.subject, properties.author))
    return _CORE % (title, subject, author, author, day, day, LANGUAGE.encode())


def with_capitals(styles: bytes) -> bytes:
    """The styles part with Heading 1 in underlined capitals; the text itself stays in sentence case."""
    for style in _STYLE.finditer(styles):
        if _HEADING_1.search(style[0]):
            return styles[: style.start()] + _capitals(style[0]) + styles[style.end() :]
    return styles


def _capitals(style: bytes) -> bytes:
    found = _RUN_PROPERTIES.search(style)
    inner = _TO_REPLACE.sub(b"", (found[1] or b"") if found else b"")
    inner = _after(inner, _BEFORE_CAPS, b"<w:caps/>")
    inner = b"<w:rPr>" + _after(inner, _BEFORE_UNDERLINE, b'<w:u w:val="single"/>') + b"</w:rPr>"
    if found:
        return style[: found.start()] + inner + style[found.end() :]
    return style.replace(b"</w:style>", inner + b"</w:style>")


def _after(properties: bytes, earlier: re.Pattern[bytes], element: bytes) -> bytes:
    """The element behind the last of those that Word's schema wants before it."""
    place = max((match.end() for match in earlier.finditer(properties)), default=0)
    return properties[:place] + element + properties[place:]
