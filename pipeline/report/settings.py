"""What a report's settings say, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.formats import PLAIN, Formats
from pipeline.kinds import STANDARD, Kind

WORDING_FILE = STANDARD["sentences"].file


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
