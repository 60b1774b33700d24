"""Words that are true on one day only: currently, recently, soon. By the meeting they may be false."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.rules.written_dates import DATE

RELATIVE = re.compile(
    r"\b(?:currently|presently|nowadays|imminent(?:ly)?|(?<!most )(?<!more )recent|(?<!most )recently"
    r"|(?<!as )(?<!how )(?<!too )soon(?!\s+(?:after|before|as|thereafter|afterwards))"
    r"|shortly(?!\s+(?:after|before|thereafter|afterwards))"
    r"|at\s+present|at\s+the\s+moment|(?<!up )(?<!up-)to\s+date(?!\s+back))\b",
    re.IGNORECASE,
)
FIELD_OF_DATE = r"\{\{[^{}]*\|\s*(?:day|month)\b[^{}]*\}\}"
TIED = re.compile(
    rf"[\s,(–-]{{0,9}}(?:(?:at|as|on|in|by|of|the|end|since|held|is|was)\s{{1,9}}){{0,3}}(?:{DATE}|{FIELD_OF_DATE})"
)


def relative_words(text: str) -> Iterator[str]:
    """The words of a text that only hold on the day they are written; not where a date follows and ties them down."""
    for found in RELATIVE.finditer(text):
        if not TIED.match(text, found.end()):
            yield found[0]
