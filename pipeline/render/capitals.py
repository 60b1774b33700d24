"""Headings in underlined capitals, as older papers have them: a change of the style, and of no word."""

from __future__ import annotations

import re

_STYLE = re.compile(rb"<w:style\b[^>]*>(?:(?!</w:style>).)*</w:style>", re.DOTALL)
_HEADING_1 = re.compile(rb'<w:name w:val="heading 1"/>', re.IGNORECASE)
_RUN_PROPERTIES = re.compile(rb"<w:rPr>(.*?)</w:rPr>|<w:rPr/>", re.DOTALL)
_TO_REPLACE = re.compile(rb"<w:(?:caps|smallCaps|u)\b[^>]*/>")
_BEFORE_CAPS = re.compile(rb"<w:(?:rStyle|rFonts|b|bCs|i|iCs)\b[^>]*/>")
_BEFORE_UNDERLINE = re.compile(
    rb"<w:(?:rStyle|rFonts|b|bCs|i|iCs|caps|strike|dstrike|outline|shadow|emboss|imprint|noProof|snapToGrid|vanish"
    rb"|webHidden|color|spacing|w|kern|position|sz|szCs|highlight)\b[^>]*/>"
)


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
