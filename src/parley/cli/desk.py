"""The command that opens the desk."""

from __future__ import annotations

from pathlib import Path

import click

from parley.cli.person import WHO, decider

__all__ = ["desk"]


@click.command()
@click.argument("dossier", type=click.Path(readable=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port; a free one unless given.")
@WHO
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
def desk(dossier: Path, port: int, who: str | None, no_browser: bool) -> None:
    """Open a dossier at the desk: read, review and explore it in the browser, on this machine alone.

    The address that is printed holds the key of this session. Ctrl-C closes the desk; every decision is stored already.
    """
    from parley.desk.serve import serve  # brings the server, which no other command needs

    def tell(address: str) -> None:
        click.echo(f"The desk is open at {address}")
        click.echo("Ctrl-C closes it.", err=True)
        if not no_browser:
            click.launch(address)

    keys = Path(click.get_app_dir("parley")) / "desk-keys.json"
    serve(dossier, port=port, who=decider(who), tell=tell, keys_file=keys)
