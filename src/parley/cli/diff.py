"""The command on change: between two dossiers, or since a day in one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from parley import workbench
from parley.analysis.changes import changes, since
from parley.cli.printing import print_result
from parley.records import Record

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("diff")
@click.argument(
    "dossiers", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path), metavar="[OLD] DOSSIER"
)
@click.option("--since", "day", type=_DAY, help="With one dossier: what documents of that day or later brought.")
@click.option("--until", type=_DAY, help="Forecasts due up to that day; the latest document's day unless given.")
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def diff(dossiers: tuple[Path, ...], day: datetime | None, until: datetime | None, as_json: bool, as_csv: bool) -> None:
    """Show what changed from OLD to DOSSIER, or in one DOSSIER since a day."""
    last = until.date().isoformat() if until is not None else None
    if len(dossiers) == 2 and day is None:
        table = changes(_record(dossiers[0]), _record(dossiers[1]), until=last)
    elif len(dossiers) == 1 and day is not None:
        table = since(_record(dossiers[0]), day.date().isoformat(), until=last)
    else:
        raise click.UsageError("Give two dossiers (OLD and DOSSIER), or one dossier and --since DATE.")
    print_result(table, as_json=as_json, as_csv=as_csv)


def _record(path: Path) -> Record:
    with workbench.open_dossier(path) as made:
        return made.record()
