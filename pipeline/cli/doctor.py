"""`doctor`: the installation, the folders and the next meeting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.talk import paint, show_json
from pipeline.problems import Level

if TYPE_CHECKING:
    from pipeline.office.installation import Finding

LEVELS = {"ok": Level.NOTE, "look": Level.WARNING, "wrong": Level.ERROR}


@click.command("doctor")
@options.folders
@options.data
def command(*, templates: Path, inputs: Path, outputs: Path, as_json: bool) -> int:
    """Check the installation, the folders, the reports and their next meetings.

    Exit code 4 where the machine is at fault, 1 where a report's files are, else 0.
    """
    found = list(findings(templates, inputs, outputs))
    if as_json:
        show_json({"done": True, "findings": [asdict(each) for each in found]})
    else:
        for each in found:
            verdict = paint(f"{each.verdict:<6}", LEVELS[each.verdict])
            click.echo(f"{verdict}{each.about}: {each.seen}")
            if each.cure:
                click.echo(f"{'':6}{each.cure}")
    return max((each.code for each in found), default=0)


def findings(templates: Path, inputs: Path, outputs: Path) -> Iterator[Finding]:
    """Everything looked at, in order of what must work first."""
    from pipeline.office import fitness
    from pipeline.office import installation as doctor
    from pipeline.report_folders import meant_as_reports

    now = options.now()
    yield from doctor.programs()
    yield doctor.console(getattr(sys.stdout, "encoding", None))
    yield from doctor.clock(now, outputs)
    yield doctor.outputs_folder(outputs)
    yield doctor.cache()
    yield doctor.libreoffice()
    yield from doctor.open_files(inputs, templates, outputs)
    yield from doctor.daily_task(outputs, meant_as_reports(templates), now.date())
    yield from fitness.reports(templates, inputs, now.date())
