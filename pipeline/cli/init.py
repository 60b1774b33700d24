"""`init`: a starter folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--report", help="Write this one of the sample reports only.")
def command(folder: Path, report: str | None) -> int:
    """Write a starter folder: sample reports, their inputs with drop-downs, files to double-click.

    Nothing that is in FOLDER already is touched.
    """
    from pipeline.starter import make_starter

    written = make_starter(folder, report)
    click.echo(f"{len(written)} files written to {folder.resolve()}")
    click.echo("Start with “Start here.docx”, or double-click “Make the paper.cmd”.")
    return 0
