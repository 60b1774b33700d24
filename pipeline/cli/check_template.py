"""`check-template`: everything that is wrong in a Word template."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, counted, show_json, show_problems
from pipeline.problems import Level


@click.command("check-template")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--annotate", type=click.Path(path_type=Path), metavar="COPY", help="Write a copy with comments at the spots."
)
@options.voice
def command(file: Path, *, annotate: Path | None, as_json: bool, quiet: bool, verbose: bool) -> int:
    """List what will go wrong in the Word template FILE, each with its heading, table and row.

    A template that stands in a report's folder is checked against what that report gives it.
    """
    from pipeline.office.questions import check_template_file
    from pipeline.store import write_new

    problems = check_template_file(file)
    if annotate:
        from pipeline.check.template.annotate import annotated_copy

        write_new(annotate, annotated_copy(file.read_bytes(), problems))
    if as_json:
        show_json({"file": str(file), "problems": [as_data(each) for each in problems]})
    else:
        show_problems(each for each in problems if verbose or each.level is not Level.NOTE)
        if not quiet:
            click.echo(f"\n{file.name}: {counted(problems)}.")
    return 1 if any(each.level is Level.ERROR for each in problems) else 0
