"""A report: one folder under `templates/`, as data. Its `report.toml` holds settings, never sentences of logic."""

from pipeline.report.folders import PART, is_part, meant_as_reports, reports_in
from pipeline.report.loading import RETENTION, load_report, settings_in
from pipeline.report.settings import WORDING_FILE, CommentSettings, ListSettings, Report, SourceSettings

__all__ = [
    "PART", "RETENTION", "WORDING_FILE", "CommentSettings", "ListSettings", "Report", "SourceSettings", "is_part",
    "load_report",     "meant_as_reports", "reports_in", "settings_in",
]  # fmt: skip
