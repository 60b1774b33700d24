"""What a paper says of itself: title, subject, author and date, written afresh and never taken from the template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

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


class Properties(NamedTuple):
    """A paper's properties. `as_at` dates it; `about` goes into the baseline as attributes (as_at, template hash…)."""

    title: str
    as_at: dt.date
    subject: str = ""
    author: str = ""
    heading_style: HeadingStyle = "sentence"
    about: Mapping[str, str] = MappingProxyType({})


def core_xml(properties: Properties) -> bytes:
    """The core properties part. Raises NotInWord where a text holds a character that no Word file can hold."""
    day = properties.as_at.strftime("%Y-%m-%dT00:00:00Z").encode()
    title, subject, author = map(attribute_bytes, (properties.title, properties.subject, properties.author))
    return _CORE % (title, subject, author, author, day, day, LANGUAGE.encode())
