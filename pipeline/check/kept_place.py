"""Words that only keep a place: notes of the writer to himself, that must not reach a reader."""

from __future__ import annotations

import re

from pipeline.check.cues import has_any

BRACKETED = re.compile(r"\[([^\[\]]*)\]")
NOTE = re.compile(
    r"(?i:\b(?:insert|tbc|tba|tbd|to be (?:confirmed|added|agreed|updated|completed|supplied)|to follow|delete"
    r"|your name|add (?:here|text|date))\b|\bto confirm\s*$)"
)
OPENING = re.compile(
    r"\s*(?i:(?:nb|check|query|confirm|awaiting|placeholder|drafting note|note to|todo|to do)\b"
    r"|(?:(?:officer'?s? |your |full )?name|date|amount|figures?|number|title|venue|address|x+|\?+|[●•]+)\s*$)"
    r"|\s*[A-Za-z ]+![A-Z]{1,3}\d+$"
)
MARK = re.compile(
    r"£\s?(?:[xX]+|\?+)(?:[.,][xX?]+)*(?:\s?(?:[kKmM]|bn|million|thousand))?(?![\w’'])"
    r"|(?<!\bPart )(?<!\bChapter )(?<!\bVolume )\b(?:[xX]{2,}(?:[.,/][xX]{2,})*(?!\w)|x(?:[.,]x+)*%)"
    r"|\b(?:TBC|TBA|TBD|tbc|tba|tbd)\b|\?{3,}|\b(?i:lorem ipsum)\b"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z][\w .]{0,40}\}|«[^«»]{1,40}»|<[A-Za-z][A-Za-z ’'/_-]{2,40}>"
    r"|\bINSERT\b|\b[Ii]nsert\s+(?:date|name|figure|amount|text|details|link|wording)s?\b|\b[Ii]nsert\s+here\b"
    r"|\bClick (?:or tap )?here to enter (?:text|a date)\b|\bChoose an item\.",
)
CUES = ("[", "£", "xx", "x%", "tb", "???", "lorem", "{", "«", "<", "nsert", "click", "choose")


def kept_place(text: str) -> str:
    """The first words of a text that only keep a place, empty where there are none."""
    if not has_any(text.lower(), CUES):
        return ""
    bracketed = next((found for found in BRACKETED.finditer(text) if keeps(found[1])), None)
    mark = MARK.search(text)
    first = min((each for each in (bracketed, mark) if each), key=lambda each: each.start(), default=None)
    return first[0].strip() if first else ""


def keeps(words: str) -> bool:
    """Do words in brackets only keep a place?"""
    return bool(NOTE.search(words) or OPENING.match(words))
