"""The `curate` command: which subcommands there are, and how errors are told."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "demo": ("curate.cli.workbench", "Open a demo project, made fresh the first time."),
    "tour": ("curate.cli.workbench", "Practise the workbench's keys in three minutes."),
    "init": ("curate.cli.projects", "Make an empty project."),
    "add": ("curate.cli.projects", "Add articles: segment them and propose candidates."),
    "documents": ("curate.cli.corpus", "List documents: metadata, quality, copies."),
    "sample": ("curate.cli.corpus", "Draw items for annotation, with a record of how."),
    "assign": ("curate.cli.assign", "Give items to annotators, some to several, some again."),
    "control": ("curate.cli.measuring", "Hide candidates in a share of items, as a control."),
    "queue": ("curate.cli.queueing", "Show or set the order in which open items come."),
    "annotate": ("curate.cli.workbench", "Open the workbench on the project."),
    "search": ("curate.cli.searching", "Find words and annotations in the project."),
    "comments": ("curate.cli.talking", "Show what annotators and the lead said to each other."),
    "feedback": ("curate.cli.feedback", "Show where gold says otherwise than you did."),
    "status": ("curate.cli.projects", "Count what is in the project."),
    "stats": ("curate.cli.corpus", "Count the corpus and what was said of it."),
    "report": ("curate.cli.measuring", "Report what the work costs in seconds and keys."),
    "show": ("curate.cli.projects", "Print a document with its annotations, line by line."),
    "history": ("curate.cli.projects", "Show who decided what, and when."),
    "learn": ("curate.cli.learning", "Train on finished items and propose anew for open ones."),
    "agreement": ("curate.cli.agreement", "Measure how far annotators agree."),
    "review": ("curate.cli.review", "Rule on what annotators say differently, as the lead."),
    "gold": ("curate.cli.review", "Make gold of what annotators share and leads ruled."),
    "guidelines": ("curate.cli.assign", "Begin a version of the guidelines, or list them."),
    "quarantine": ("curate.cli.quarantine", "List what came from outside and does not fit."),
    "export": ("curate.cli.exchange", "Write the project's documents and annotations in a format."),
    "import": ("curate.cli.exchange", "Bring in what another tool annotated."),
    "convert": ("curate.cli.exchange", "Carry a file from one format into another."),
    "formats": ("curate.cli.exchange", "List the formats curate reads and writes."),
    "release": ("curate.cli.release", "Freeze the gold as a release; check and list releases."),
    "diff": ("curate.cli.release", "Compare two releases."),
    "sync": ("curate.cli.sync", "Sync the project with one on Label Studio, both ways."),
    "segment": ("curate.cli.headless", "Cut texts into articles and sentences, without a project."),
    "suggest": ("curate.cli.headless", "The same, with candidates."),
    "parts": ("curate.cli.parts", "The same for many files, on several workers."),
    "evaluate": ("curate.cli.headless", "Measure candidates against gold annotations."),
    "schema": ("curate.cli.schemas", "Check and show event schemas."),
    "seeds": ("curate.cli.seeds", "Add your own lists of names, which candidates come from."),
    "producers": ("curate.cli.producers", "Switch producers of candidates on and off, ask them."),
    "backend": ("curate.cli.backend", "Propose candidates to Label Studio, as an ML backend."),
    "check": ("curate.cli.upkeep", "Check that the project is sound."),
    "backup": ("curate.cli.upkeep", "Copy the project while others go on working."),
    "restore": ("curate.cli.upkeep", "Put a backup in the place of the project."),
    "merge": ("curate.cli.upkeep", "Unite two copies of a project."),
    "doctor": ("curate.cli.workbench", "Say how this terminal shows Arabic, and what to do."),
    "serve": ("curate.cli.workbench", "Open the workbench in a browser on this machine."),
    "help": ("curate.cli.topics", "Show a page of the manual."),
}
"""Name → module that holds the command, and its line in the list: none is imported for `--help`."""


class LazyCommands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order a project goes through them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and name the nearest ones for a slip of the fingers."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=3)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"there is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _say_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        from importlib.metadata import version

        click.echo(f"curate {version('curate')}")
        ctx.exit()


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-p",
    "--project",
    metavar="FILE.curate",
    help="The project; else $CURATE_PROJECT, else the only *.curate here.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_say_version,
    help="Show the version and leave.",
)  # fmt: skip
@click.pass_context
def curate(ctx: click.Context, project: str | None) -> None:
    """Build gold-standard corpora of event frames from Arabic news."""
    ctx.obj = project


def run(arguments: Sequence[str]) -> int:
    """Run the command line; return the exit code.

    0 done, 1 the input is wrong, 2 usage, 3 the world failed, 4 conflicts left.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = curate.main(args=list(arguments), prog_name="curate", standalone_mode=False)
    except CurateError as error:
        return _tell(error.message, error.remedy, error.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _tell("stopped", None, 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _tell(_os_message(error), "check the disk and the file's permissions", 3)
    return result if isinstance(result, int) else 0


def _tell(message: str, remedy: str | None, code: int) -> int:
    click.echo(f"curate: {message}", err=True)
    if remedy:
        click.echo(f"  → {remedy}", err=True)
    return code


def _os_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or str(error)).lower()}"
