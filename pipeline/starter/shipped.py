"""The sample that comes with the program: in the package once installed, else in the checkout that it runs from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.problems import BrokenInstallation, PaperError, Place, error
from pipeline.report import Report, load_report
from pipeline.report_folders import reports_in
from pipeline.settings import did_you_mean

PACKAGE = Path(__file__).parent
MANUALS = ("templates/README.md", "inputs/README.md")


def shipped_folder(places: tuple[Path, ...] = (PACKAGE, PACKAGE.parents[1])) -> Path:
    """The folder that holds the sample's `templates` and `inputs`: the first of `places` that has a report.

    Raises BrokenInstallation (F121) where none has.
    """
    for place in places:
        if reports_in(place / "templates"):
            return place
    raise BrokenInstallation(
        error(
            "F121",
            Place(),
            "The sample that comes with the program is missing from this installation.",
            "Ask IT to install it again.",
        )
    )


def shipped_reports(sample: Path, report: str | None) -> tuple[Report, ...]:
    """The settings of one report of the sample, or of all; raises PaperError (F122) for one that is not in it."""
    known = reports_in(sample / "templates")
    if report is not None and report not in known:
        raise PaperError(
            error("F122", Place(), f"“{report}” is not a report of the sample.", did_you_mean(report, known))
        )
    return tuple(load_report(sample / "templates" / name) for name in ((report,) if report else known))


def files_of(sample: Path, report: str) -> Iterator[Path]:
    """Every file of one report, as paths within the sample, in one fixed order."""
    for top in ("templates", "inputs"):
        for path in sorted((sample / top / report).rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~")):
                yield path.relative_to(sample)
