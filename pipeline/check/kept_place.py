"""Words that only keep a place: notes of the writer to himself, that must not reach a reader."""

from __future__ import annotations

import re

from pipeline.check.cues import has_any

BRACKETED = re.compile(r"\[([^\[\]]*)\]")
NOTE = re.compile(
    r"(?i:\b(?:insert|tbc|tba|tbd|to be (?:confirmed|added|agreed|updated|completed|supplied)|to follow|delete"
    r"|your name|add (?:here|text|date))\b|\bto confirm$)"
)
OPENING = re.compile(
    r"(?i:(?:nb|check|query|confirm|awaiting|placeholder|drafting note|note to|todo|to do)\b"
    r"|(?:(?:officer'?s? |your |full )?name|date|amount|figures?|number|title|venue|address|x+|\?+|[●•]+)$)"
    r"|[A-Za-z ]+![A-Z]{1,3}\d+$"
)
MARK = re.compile(
    r"£\s?(?:[xX]+|\?+)(?:[.,][xX?]+)*(?:\s?(?:[kKmM]|bn|million|thousand))?(?![\w’'])"
    r"|(?<!\bPart )(?<!\bChapter )(?<!\bVolume )(?<![.@])\b(?:[xX]{2,}(?:[.,/][xX]{2,})*(?!\w)|x(?:[.,]x+)*%)"
    r"|\b20[xX]{2}\b|\d[.,][xX]{2,}(?!\w)|£\s?\d[\d,.]{0,12}[xX]{2,}"
    r"|\b(?:TBC|TBA|TBD|tbc|tba|tbd)\b|\?{3,}|\b(?i:lorem ipsum)\b"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z][\w .]{0,40}\}|«[^«»]{1,40}»|<[A-Za-z][A-Za-z ’'/_-]{2,40}>"
    r"|\bINSERT\b|\b[Ii]nsert\s+(?:date|name|figure|amount|text|details|link|wording)s?\b|\b[Ii]nsert\s+here\b"
)
CUES = ("[", "£", "xx", "x%", "tb", "???", "lorem", "{", "«", "<", "nsert")


def kept_places(text: str) -> list[str]:
    """The words of a text that only keep a place, in their order and each once; a note in brackets whole."""
    if not has_any(text.lower(), CUES):
        return []
    bracketed = {found.start(): found[0] for found in BRACKETED.finditer(text) if keeps(found[1])}
    rest = BRACKETED.sub(lambda found: " " * len(found[0]) if found.start() in bracketed else found[0], text)
    marks = bracketed | {found.start(): found[0].strip() for found in MARK.finditer(rest)}
    return list(dict.fromkeys(mark for _, mark in sorted(marks.items())))


def keeps(words: str) -> bool:
    """Do words in brackets only keep a place?"""
    return bool(NOTE.search(words.strip()) or OPENING.match(words.strip()))
