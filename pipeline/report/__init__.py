"""A report: one folder under `templates/`, as data. Its `report.toml` holds settings, never sentences of logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from pipeline.bounds import LISTS
from pipeline.formats import PLAIN, Formats
from pipeline.kinds import EXEMPT, STANDARD, Kind, checked_kinds, with_fields
from pipeline.nations import NATIONS
from pipeline.problems import Place
from pipeline.report.folders import PART, is_part, meant_as_reports, parsed, reports_in, settings_text
from pipeline.report.tables import fields_of, formats_of, officers_words, sourced
from pipeline.settings import Settings

__all__ = [
    "PART", "RETENTION", "WORDING_FILE", "CommentSettings", "ListSettings", "Report", "SourceSettings", "is_part",
    "load_report", "meant_as_reports", "reports_in", "settings_in",
]  # fmt: skip
WORDING_FILE = STANDARD["sentences"].file
MILESTONES = ("first_draft", "comments_due", "clearance")
RETENTION = ("drafts", "versions", "hashes", "acts")
"""What is kept for so many days after a meeting; 0: for good."""


class SourceSettings(NamedTuple):
    """Where one kind of record is kept: file and sheet, the officers' own headings for its fields, and whether dates
    typed as text have the month first.
    """

    file: str
    sheet: str = ""
    headings: Mapping[str, tuple[str, ...]] = {}
    month_first: bool = False


class CommentSettings(NamedTuple):
    """A section that comes as a Word file: what the draft says until it comes, whether somebody must clear it, and how
    old that may be.
    """

    file: str
    title: str
    to_follow: str
    required: bool = True
    cleared_within_days: int = 60
    clearance: bool = True


class ListSettings(NamedTuple):
    """A named list made by narrowing another: those of its records for which the expression `where` holds.

    `having` and `unless` are how version 0.1.0 wrote it: the words that a field is to have, all of them, and not all.
    """

    of: str
    where: str = ""
    having: Mapping[str, tuple[str, ...]] = {}
    unless: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """All settings of one kind of paper. `folder` holds `template.docx` and `wording.xlsx` beside `report.toml`.

    `words` are the officers' words by table (`status`) and by what they mean there; `kinds` the standard kinds of
    record and the report's own. `exempt` are the fields that its exempt part has otherwise; `is_exempt`: it is that
    part, the paper that the public may not read.
    """

    name: str
    folder: Path
    fields: Mapping[str, str]
    sources: Mapping[str, SourceSettings]
    comments: Mapping[str, CommentSettings]
    lists: Mapping[str, ListSettings]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    kinds: Mapping[str, Kind] = field(default_factory=lambda: STANDARD)
    formats: Formats = PLAIN
    heading_style: Literal["sentence", "capitals"] = "sentence"
    appendix_label: str = "Appendix"
    nation: str = "england"
    clear_days: int = 5
    statutory: bool = True
    timetable: Mapping[str, int] = field(default_factory=dict)
    required_sections: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    data_within_days: int = 45
    retention: Mapping[str, int] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
    is_exempt: bool = False

    @property
    def title(self) -> str:
        """The paper's title, as its header prints it."""
        return self.fields["title"]

    @property
    def settings(self) -> Path:
        """Its `report.toml`, which an exempt part shares with the report that it is of."""
        return (self.folder.parent if self.is_exempt else self.folder) / "report.toml"

    @property
    def settings_file(self) -> str:
        """How problems name that file."""
        return f"{self.settings.parent.name}/{self.settings.name}"

    @property
    def template(self) -> Path:
        """The council's Word template."""
        return self.folder / "template.docx"

    @property
    def wording(self) -> Path:
        """The officers' standing sentences."""
        return self.folder / WORDING_FILE


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
