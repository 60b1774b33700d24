"""Reading a report's `report.toml`: every setting, and every mistake at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from pipeline.bounds import LISTS
from pipeline.formats import PLAIN, Formats
from pipeline.kinds import EXEMPT, Kind, checked_kinds, with_fields, word_lists_of
from pipeline.nations import NATIONS
from pipeline.problems import Place
from pipeline.report.folders import PART, is_part, parsed, settings_text
from pipeline.report.settings import CommentSettings, ListSettings, Report, SourceSettings
from pipeline.settings import Settings

MILESTONES = ("first_draft", "comments_due", "clearance")
WORDS = ("status", "open_dates", "letters")
STATUSES = ("open", "paused", "complete", "withdrawn")
RETENTION = ("drafts", "versions", "hashes", "acts")
"""What is kept for so many days after a meeting; 0: for good."""


def load_report(folder: Path) -> Report:
    """The settings in `folder/report.toml`; raises PaperError with every mistake in them at once. Of the folder of an
    exempt part they are those of the report above it.
    """
    if is_part(folder):
        return exempt_part(load_report(folder.parent))
    return settings_in(settings_text(folder), folder)


@lru_cache(maxsize=64)
def exempt_part(report: Report) -> Report:
    """The paper of a report that the public may not read: its own template and wording, from the rows that are exempt.
    No other service writes a section of it.
    """
    return replace(
        report,
        name=f"{report.name}/{PART}",
        folder=report.folder / PART,
        fields={**report.fields, **report.exempt},
        sources={name: each for name, each in report.sources.items() if name != "clearances"},
        comments={},
        required_sections=(),
        is_exempt=True,
    )


@lru_cache(maxsize=64)
def settings_in(text: str, folder: Path) -> Report:
    """The settings of a file's text; read once for all papers of a run. Raises PaperError."""
    place = Place(f"{folder.name}/report.toml")
    settings = Settings(parsed(text, place), place)
    report = read_settings(settings, folder)
    settings.finish()
    return report


def read_settings(top: Settings, folder: Path) -> Report:
    """Every setting of the file, each problem noted in `top` as it is met."""
    style, publication = top.table("style"), top.table("publication")
    words, paper, kept = top.table("words"), top.table("checks"), top.table("retention")
    kinds = checked_kinds(top)
    sources = dict(top.tables("sources", sourced(kinds)))
    kinds = {
        **kinds,
        **{name: with_extra(kinds[name], entry) for name, entry in sources.items() if "extra" in entry.raw},
    }
    return Report(
        name=folder.name,
        folder=folder,
        fields=fields_of(top),
        sources={name: source_of(entry, kinds[name]) for name, entry in sources.items()},
        comments={name: comment_of(entry, name) for name, entry in top.tables("comments")},
        lists={name: list_of(entry, name, kinds) for name, entry in top.tables("lists", most=LISTS)},
        words=officers_words(words, kinds),
        kinds=kinds,
        formats=formats_of(style),
        heading_style=cast("Any", style.choice("headings", ("sentence", "capitals"), "sentence")),
        appendix_label=style.text("appendix_label") or "Appendix",
        nation=publication.choice("nation", NATIONS, "england"),
        clear_days=publication.whole("clear_days", 5, 0, 60),
        statutory=publication.flag("statutory", True),
        timetable=MappingProxyType(top.table("timetable").days_before(MILESTONES)),
        required_sections=paper.words("required_sections"),
        levels=paper.table("levels").texts(),
        data_within_days=paper.whole("data_within_days", 45, 1, 3650),
        retention={name: kept.whole(name, 0, 0, 36500) for name in RETENTION},
        exempt=top.table("exempt").texts(),
    )


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


def source_of(entry: Settings, kind: Kind) -> SourceSettings:
    """One `[sources.…]` table."""
    return SourceSettings(
        entry.text("file", required=True),
        entry.text("sheet"),
        entry.table("headings").word_lists(tuple(dict.fromkeys((*kind.columns, EXEMPT)))),
        entry.choice("dates", ("day first", "month first"), "day first") == "month first",
    )


def with_extra(kind: Kind, entry: Settings) -> Kind:
    """The kind with the columns that version 0.1.0 wrote as `[sources.letters.extra] ward = ["Ward"]`."""
    extra = entry.table("extra").word_lists()
    return with_fields(kind, {"fields": {name: {"type": "text", "headings": each} for name, each in extra.items()}})


def comment_of(entry: Settings, name: str) -> CommentSettings:
    """One `[comments.…]` table."""
    return CommentSettings(
        entry.text("file", required=True),
        entry.text("title") or name,
        entry.text("to_follow", required=True),
        entry.flag("required", True),
        entry.whole("cleared_within_days", 60, 1, 3650),
        entry.flag("clearance", True),
    )


def list_of(entry: Settings, name: str, kinds: Mapping[str, Kind]) -> ListSettings:
    """One `[lists.…]` table, in today's form or in that of version 0.1.0."""
    if taken := next((kind.name for kind in kinds.values() if kind.own and kind.item == name), ""):
        entry.wrong("from", f"makes a list “{name}”, which has all “{taken}” already", "Call the list something else.")
    of, older = entry.text("from", required=True), isinstance(entry.raw.get("where"), dict) or "unless" in entry.raw
    if not older:
        return ListSettings(of, entry.text("where"))
    return ListSettings(of, "", entry.table("where").word_lists(), entry.table("unless").word_lists())
