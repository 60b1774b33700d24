"""Settings and properties of the public copy, made afresh from a short list of what a reader's Word needs."""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from pipeline.publish.cleaning.assembly import serialised
from pipeline.word.xml import VAL, Element, local, qn

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SETTINGS_KEPT = (
    "mirrorMargins evenAndOddHeaders autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps "
    "defaultTabStop characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator drawingGridHorizontalSpacing drawingGridVerticalSpacing bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter noLineBreaksAfter noLineBreaksBefore"
)
_SETTINGS = frozenset(_SETTINGS_KEPT.split())
_SIGNS = frozenset({"decimalSymbol", "listSeparator"})
_COMPATIBILITY = re.compile(r"[A-Za-z0-9]{1,80}")
_EMBEDDED_FONTS = tuple(map(qn, ("w:embedRegular", "w:embedBold", "w:embedItalic", "w:embedBoldItalic")))


def core_properties(title: str, when: dt.datetime, language: str) -> bytes:
    """The core properties: title, language, and `when` as the time of making; nobody's name. A naive time is UTC."""
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    etree.SubElement(root, f"{{{_DC}}}title").text = title
    etree.SubElement(root, f"{{{_DC}}}language").text = language
    stamp = when.astimezone(dt.UTC) if when.tzinfo else when
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        made.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        made.text = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    return serialised(root)


def keep_public_settings(root: Element) -> None:
    """Takes every setting out that does not change how a page looks, in place."""
    for each in list(root):
        if local(each) not in _SETTINGS or (local(each) in _SIGNS and len(each.get(VAL, "")) > 1):
            root.remove(each)
    for each in list(root.iter(qn("w:compatSetting"))):
        name, value = each.get(qn("w:name"), ""), each.get(VAL, "")
        parent = each.getparent()
        if parent is not None and not (_COMPATIBILITY.fullmatch(name) and value.isdigit()):
            parent.remove(each)


def even_and_odd(root: Element | None) -> bool:
    """Do even pages have headers of their own?"""
    return root is not None and root.find(qn("w:evenAndOddHeaders")) is not None


def forget_names(root: Element) -> None:
    """Takes names of lists and embedded fonts out of numbering and font tables, in place."""
    for each in list(root.iter(*_EMBEDDED_FONTS)):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    for each in list(root.iter(qn("w:abstractNum"))):
        for name in each.findall(qn("w:name")):
            each.remove(name)
