"""The command `rolefit serve`."""

import click

from service import server
from service.cli.conventions import CORES, one_line_errors
from service.http.exposure import check_exposure
from skills.roles.profiles import load_profiles
from worker.settings import load_settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=CORES,
    show_default=True,
    help="Worker processes; 0 leaves the work to other machines, and needs ROLEFIT_REDIS_URL.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Run the web pages, the API, the workers and the store until Ctrl-C."""
    with one_line_errors():
        settings = load_settings()
    if not workers and settings.redis_url is None:
        raise click.UsageError("--workers 0 needs ROLEFIT_REDIS_URL: no other worker can reach the private Redis.")
    with one_line_errors():
        load_profiles(settings.profiles)  # reports a wrong profile before workers start
        check_exposure(host, settings)
        listener = server.listen(host, port)
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        if not settings.tokens:
            click.echo("rolefit: without ROLEFIT_TOKENS everyone on this machine may send and read résumés.", err=True)
        server.serve(
            settings,
            listener=listener,
            workers=workers,
            announce=lambda: click.echo(f"Rolefit is ready at {address} (Ctrl-C stops it)", err=True),
        )
