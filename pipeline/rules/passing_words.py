"""Words that must not reach a reader as they are: they only keep a place, or are true on one day only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.patterns import Pattern
from pipeline.rules.written_dates import DATE

BRACKETED = re.compile(r"\[([^\[\]]*)\]")
NOTE = Pattern(
    r"(?i:\b(?:insert|tbc|tba|tbd|to be (?:confirmed|added|agreed|updated|completed|supplied|inserted|provided|advised)"
    r"|to follow|delete|please (?:check|confirm|update|complete)|your name|add (?:here|text|date))\b"
    r"|\bto (?:confirm|check|complete|supply)$)"
)
OPENING = Pattern(
    r"(?i:(?:nb|check|query|confirm|awaiting|placeholder|drafting note|note to|todo|to do)\b"
    r"|(?:(?:officer'?s? |your |full )?name|date|amount|figures?|number|title|venue|address|x+|\?+|[●•_]*)$"
    r"|names? of\b)"
    r"|[A-Za-z ]+![A-Z]{1,3}\d+$"
)
MARK = Pattern(
    r"£\s?(?:(?:[xX]+|\?+)(?:[.,][xX?]+)*(?:\s?(?:[kKmM]|bn|million|thousand))?(?![\w’'])"
    r"|\d[\d,.]{0,12}[xX]{2,}|_+|\.{2,}|…+)"
    r"|\?{3,}|\?(?<![\w”’!?.]\?)\?+|\(\?+\)|_(?<!__)_{2,}(?= \w)|_(?<=\w _)_{2,}|\d[.,][xX]{2,}(?!\w)"
    r"|X(?<![\w.]X)\s?(?:%|per cent\b)"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z][\w .]{0,40}\}|«[^«»]{1,40}»|<[A-Za-z][A-Za-z ’'/_-]{2,40}>"
    r"|#(?:REF!|N/A\b|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)"
    r"|\*{3}\s?\w[^*]{1,60}\*{3}|>{2,}\s?\w[^<>]{1,60}<{2,}|\([\w ]{1,40}\sto\s(?:check|complete|supply|insert)\)"
    r"|\b(?:(?=[xX])(?<!\bPart )(?<!\bChapter )(?<!\bVolume )(?<![.@])"
    r"(?:[xX]{2,}(?:[.,/][xX]{2,})*(?!\w)|x(?:[.,]x+)*%)"
    r"|20[xX]{2}\b|(?:TBC|TBA|TBD|tbc|tba|tbd)\b|(?i:lorem ipsum)\b"
    r"|INSERT\b|[Ii]nsert\s+(?:here|(?:date|name|figure|amount|text|details|link|wording)s?)\b"
    r"|[Pp](?:age|ara|aragraph)\s+[xX](?:\.[xX])*(?!\.?\w|['’-])"
    r"|(?:Appendix|Annex|[Pp]age|[Pp]aragraph|[Ss]ection)\s\?|T\.B\.[CAD]\b\.?"
    r"|(?:dd|DD)([/. -])(?:mm|MM)\1(?:yy|YY){1,2}\b|[Dd]{2}\s[Mm]onth\s[Yy]{4}\b|00/00/(?:00)?00\b"
    r"|[Cc]lick\s(?:or\stap\s)?(?:here\s)?to\s(?:enter|add)\s(?:a\s)?(?:text|date)\b|Choose\san\sitem\."
    r"|Error!\s[A-Z][\w ]{3,60}"
    r"|(?:TODO|FIXME)\b|[Nn]ote\sto\s(?:self|editor|author)\b|[Dd]rafting\snote\b|DRAFT\s(?:[-–—]\s|v(?:ersion)?\s?\d)"
    r"|A\.?\s?N\.?\sOther\b|Joe?\sBloggs\b|[Bb]lah\s[Bb]lah\b)"
    r"|\A\W{0,3}DRAFT\W{0,3}\Z"
)
# To look for a few letters costs a fiftieth of these choices, and most cells of a long table hold none of them. Cues
# have neither i nor s: an expression takes a dotless ı and a long ſ for these, which have no other small letter.
CUES = (
    *"[£{«<?_#!*>",
    *("xx", "x%", "x %", "x per", "tb", "t.b.", "00/0", "lorem", "nsert", "click", "page", "para", "choose", "todo"),
    *("fixme", "note", "blah", "/mm", ".mm", "-mm", " mm", "dd month"),
)
AS_TYPED = ("DRAFT", "Other", "Bloggs", "check)", "complete)", "supply)", "insert)")


def kept_places(text: str) -> list[str]:
    """The words of a text that only keep a place, in their order and each once; a note in brackets whole."""
    if not has_cue(text):
        return []
    bracketed = {found.start(): found[0] for found in BRACKETED.finditer(text) if keeps(found[1])}
    rest = BRACKETED.sub(lambda found: " " * len(found[0]) if found.start() in bracketed else found[0], text)
    marks = bracketed | {found.start(): found[0].strip() for found in MARK.finditer(rest)}
    return list(dict.fromkeys(mark for _, mark in sorted(marks.items())))


def has_cue(text: str) -> bool:
    """May something in the text keep a place?"""
    return any(map(text.lower().__contains__, CUES)) or any(map(text.__contains__, AS_TYPED))


def keeps(words: str) -> bool:
    """Do words in brackets only keep a place?"""
    return bool(NOTE.search(words.strip()) or OPENING.match(words.strip()))


RELATIVE = Pattern(
    r"\b(?:currently|presently|nowadays|imminent(?:ly)?|(?<!most )(?<!more )recent|(?<!most )recently"
    r"|(?<!as )(?<!how )(?<!too )soon(?!\s+(?:after|before|as|thereafter|afterwards))"
    r"|shortly(?!\s+(?:after|before|thereafter|afterwards))"
    r"|at\s+present|at\s+the\s+moment|(?<!up )(?<!up-)to\s+date(?!\s+back))\b",
    re.IGNORECASE,
    cues=("current", "present", "nowaday", "nent", "recent", "soon", "shortly", "moment", "date"),
)
FIELD_OF_DATE = r"\{\{[^{}]*\|\s*(?:day|month)\b[^{}]*\}\}"
TIED = Pattern(
    rf"[\s,(–-]{{0,9}}(?:(?:at|as|on|in|by|of|the|end|since|held|is|was)\s{{1,9}}){{0,3}}(?:{DATE}|{FIELD_OF_DATE})"
)


def relative_words(text: str) -> Iterator[str]:
    """The words of a text that only hold on the day they are written; not where a date follows and ties them down."""
    for found in RELATIVE.finditer(text):
        if not TIED.match(text, found.end()):
            yield found[0]
