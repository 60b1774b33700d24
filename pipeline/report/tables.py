"""Tables of a report's settings that are plain data: how the house writes, its words, the fields of the header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pipeline.formats import PLAIN, Formats
from pipeline.kinds import Kind, word_lists_of
from pipeline.settings import Settings

WORDS = ("status", "open_dates", "letters")
STATUSES = ("open", "paused", "complete", "withdrawn")


def formats_of(style: Settings) -> Formats:
    """How the house writes dates and figures."""
    change = style.words("change")
    if change and len(change) != 3:
        cure = 'Give three: for more, for less, and for neither, such as ["up", "down", "no change"].'
        style.wrong("change", f"has {len(change)} words", cure)
    return Formats(
        cast("Any", style.choice("dates", ("plain", "ordinal"), "plain")),
        cast("Any", style.choice("negatives", ("minus", "brackets"), "minus")),
        cast("Any", change if len(change) == 3 else PLAIN.change),
    )


def status_words(entry: Settings) -> Mapping[str, tuple[str, ...]]:
    """The tracker's words for each status; no word may mean two things."""
    found, meant = entry.word_lists(STATUSES), dict[str, str]()
    for status, words in found.items():
        for word in words:
            if meant.setdefault(word.casefold(), status) != status:
                entry.wrong(
                    word, f"stands under both “{meant[word.casefold()]}” and “{status}”", "Keep one of the two."
                )
    return found


def fields_of(top: Settings) -> Mapping[str, str]:
    """The single fields that the template may print; a title there must be."""
    table = top.table("fields")
    title = table.text("title", required=True)
    return {"title": title, **table.texts()}


def officers_words(words: Settings, kinds: Mapping[str, Kind]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The officers' words: the tables that every report has, and those that columns of the report's own name."""
    own = (name for name in word_lists_of(kinds) if name not in WORDS)
    return {
        "status": status_words(words.table("status")),
        "open_dates": words.table("open_dates").word_lists(),
        "letters": words.table("letters").word_lists(("covering",)),
        **{name: words.table(name).word_lists() for name in own},
    }


def sourced(kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """The kinds of record of which a report says where they are kept."""
    return tuple(name for name, kind in kinds.items() if kind.kept)
