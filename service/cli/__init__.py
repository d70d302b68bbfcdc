"""The `rolefit` command. Data goes to stdout, all else to stderr; exit code 1 means that some document failed.

Each command is a module, which is imported when the command runs: spaCy and Flask would make `--help` wait a second.
"""

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from skills.garbage_collection import frozen_after_loading

# What each command does: how its own help begins, for the list of `--help`. Its function has the name of its module.
COMMANDS = {
    "audit": "Measure how groups of people fare in a batch's results.",
    "batch": "Score every document of a folder and of the folders in it.",
    "blindness": "Swap names, schools, years and the like in documents and see that no report changes.",
    "completion": "Print what lets a shell complete commands and options.",
    "doctor": "Check what the program needs, line by line.",
    "jobs": "Show the jobs of the running service, or retry one.",
    "roles": "Show the role profiles; check or draft one of your own.",
    "score": "Score résumés in this process and show why.",
    "search": "Find the documents of a batch's results that have words or skills.",
    "serve": "Run the web pages, the API, the workers and the store.",
    "skills": "Show an entry of the vocabulary, the tree of all, or what is found in a text.",
    "token": "Make an access token.",
    "verify": "Score a file again and compare it with its report.",
}


# The folders of commands that do not stand in this one.
FOLDERS = {"audit": "results.", "search": "results."}


class LazyGroup(click.Group):
    """A group whose commands are imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        with frozen_after_loading():
            module = import_module(f"service.cli.{FOLDERS.get(cmd_name, '')}{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, and the options, without importing any command."""
        named = [CompletionItem(name, help=does) for name, does in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="rolefit")
def main() -> None:
    """Read résumés and say, with evidence, how well they fit each of two machine learning roles."""
