"""The command `rolefit completion`."""

import click
from click.shell_completion import get_completion_class

# zsh has no completion before this; it does no harm to those who have it.
START_OF_ZSH = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what lets a shell complete commands and options: `eval "$(rolefit completion bash)"`."""
    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover - click knows each shell of the choice
        raise click.UsageError(f"No completion for {shell}.")
    source = kind(context.find_root().command, {}, "rolefit", "_ROLEFIT_COMPLETE").source()
    click.echo(START_OF_ZSH + source if shell == "zsh" else source)
