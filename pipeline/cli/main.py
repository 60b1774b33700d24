"""The command line: finds the command, and turns what went wrong into lines and an exit code."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from inspect import cleandoc

import click

COMMANDS = {
    "init": ("setting_up", "Write a starter folder: a sample report, its inputs, files to double-click."),
    "build": ("drafting", "Draft the paper of a meeting, keeping every edit made in Word."),
    "check": ("asking", "List everything that stands between the files and a published paper."),
    "check-template": ("asking", "List what is wrong in a Word template."),
    "inspect": ("setting_up", "Show how a workbook looks to the program, and the settings it suggests."),
    "rule": ("setting_up", "Explain a problem's code, with an example."),
    "settle": ("settling", "List where people's words and the facts part, and settle it on record."),
    "copies": ("copies", "List the copies of a paper, take one in, or say that a file is none."),
    "explain": ("asking", "Tell where a figure, a date or a sentence of the paper came from."),
    "figures": ("asking", "Count the tracker by area and status, ready for the next update."),
    "diff": ("asking", "Show what changed since the last paper, as a list and as tracked changes."),
    "publish": ("publishing", "Make the public copy, once nothing stands against it."),
    "verify": ("publishing", "Prove that a published paper was not altered since."),
    "supplement": ("publishing", "Make a short paper of what became known after publication."),
    "redact": ("publishing", "Destroy a published version that must not be read any more."),
    "due": ("running", "Draft whatever the calendar makes due. For the daily task."),
    "status": ("planning", "Tell for each report what is next, what is missing and what is late."),
    "timetable": ("planning", "List the dates on the way to a meeting, for reading or for a calendar."),
    "retention": ("keeping", "List what is over its time by the report's settings, and remove it."),
    "repair": ("keeping", "Make anew what is lost of the program's own records."),
    "schedule": ("planning", "Print the daily task for Windows, systemd or cron."),
    "doctor": ("setting_up", "Check the installation, the folders and the next meeting."),
}
"""Every command in the order of a paper's month: the module that has it, loaded when it is called, and what it does."""

EPILOG = """Exit codes: 0 done; 1 problems in the files; 2 the command was not typed right;
3 a person must look (edits in conflict, a file that is open); 4 the machine or the program is at fault."""

COLLECTED_AFTER = 100_000
"""Objects made before Python looks for garbage among them, in place of 700: a command brings in two hundred modules,
reads files into as many objects as they have cells, makes little garbage, and ends soon.
"""


class Commands(click.Group):
    """The commands, each loaded only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a paper's month."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module, with what it does as the first line of its help."""
        if cmd_name not in COMMANDS:
            return None
        module, does = COMMANDS[cmd_name]
        command = getattr(import_module(f"pipeline.cli.{module}"), cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)  # noqa: S101 (the table is ours)
        command.name, command.help = cmd_name, f"{does}\n\n{cleandoc(command.callback.__doc__ or '')}"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command named where there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from pipeline.nearest import did_you_mean

            raise click.UsageError(f"There is no command “{args[0]}”. {did_you_mean(args[0], list(COMMANDS))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each does, without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])


def print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """The version, and no more."""
    if wanted:
        from pipeline import VERSION

        click.echo(f"committee-papers {VERSION}")
        ctx.exit()


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Show the version."
)
def commands() -> None:
    """Committee papers from the council's own Excel and Word files, drafted again without losing an edit."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code; what an officer should know is on the screen, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    gc.set_threshold(COLLECTED_AFTER)
    code = run(arguments)
    gc.freeze()  # all of it goes with the process: looking for garbage in it is a tenth of a first paper
    sys.exit(code)


def run(arguments: list[str] | None) -> int:
    """The exit code of a command. The streams are put back, where it kept what was said in a file (`due --log`)."""
    streams = sys.stdout, sys.stderr
    try:
        return outcome(arguments)
    finally:
        sys.stdout, sys.stderr = streams


def outcome(arguments: list[str] | None) -> int:
    """The exit code of a command; everything that can go wrong ends here."""
    try:
        code = commands.main(arguments, standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing was left half done.", err=True)
        return 130
    except Exception as fault:
        from pipeline.cli.talk import show_failure, show_fault
        from pipeline.problems import PaperError
        from pipeline.store.faults import refusal

        found = fault if isinstance(fault, PaperError) else refusal(fault)
        if found is None:
            return show_fault(fault)
        show_failure(found, as_json="--json" in (arguments if arguments is not None else sys.argv))
        return found.exit_code
    return code if isinstance(code, int) else 0
