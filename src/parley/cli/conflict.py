"""Commands on conflict models: draft, solve."""

from __future__ import annotations

from pathlib import Path

import click

from parley.bridge.conflict import draft_conflict
from parley.cli.coverage import write_atomically
from parley.conflict import dumps, gmcr_json, load, solve
from parley.conflict.findings import findings
from parley.conflict.html import to_html
from parley.conflict.questions import fragile_lines, read_spread, robustness_lines, wanted_lines, why_lines
from parley.conflict.report import to_csv, to_json, to_table
from parley.conflict.solve import USUAL, title
from parley.conflict.stability import TITLES
from parley.conflict.words import many
from parley.dossier import Dossier
from parley.errors import ModelError, ParleyError


@click.group()
def conflict() -> None:
    """Draft and solve models of a conflict: who can move where, what is stable, and why."""


@conflict.command("draft")
@click.argument("dossier", type=click.Path(readable=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False, path_type=Path),
    required=True,
    help="The model file to write (TOML).",
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def draft_command(dossier: Path, output: Path, force: bool) -> None:
    """Propose decision makers, options and preferences from a dossier, as a file to correct.

    Nothing is solved; each suggestion names the statements that it rests on.
    """
    if output.exists() and not force:
        raise ParleyError(f"{output} is there already; give another name, or --force to write over it.")
    with Dossier.open(dossier) as opened:
        model, comments = draft_conflict(opened.record())
    write_atomically(output, dumps(model, comments=comments))
    click.echo(
        f"{output}: {many(len(model.decision_makers), 'decision maker')}, {many(len(model.options), 'option')}, "
        f"all suggestions. Correct the file, then: parley conflict solve {output}",
        err=True,
    )


@conflict.command("solve")
@click.argument("model", type=click.Path(readable=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(readable=False, path_type=Path), help="Write a page with the state graph (HTML)."
)
@click.option("--json", "json_", metavar="FILE", help='Write JSON; "-" for standard output.')
@click.option("--csv", "csv_", metavar="FILE", help='Write the states as CSV; "-" for standard output.')
@click.option("--gmcr", metavar="FILE", help="Write the model as a file for GMCR+.")
@click.option(
    "--concepts",
    default=",".join(USUAL),
    show_default=True,
    help="With commas; also sseq, l2 (two moves ahead), nm.",
)
@click.option("--want", metavar="STATE", help="A state (number or pattern): what must change for it to be stable?")
@click.option("--why", metavar="STATE", help="A state (number or pattern): why is it stable, or not, for each?")
@click.option("--draws", type=click.IntRange(1), help="Vary the rankings so many times and count the equilibria.")
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME=NUMBER",
    help="What --draws vary: noise (ranks), tie, untie, reverse, fix, lift (chances); noise=1 unless given.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draws.")
def solve_command(
    model: Path,
    output: Path | None,
    json_: str | None,
    csv_: str | None,
    gmcr: str | None,
    concepts: str,
    want: str | None,
    why: str | None,
    draws: int | None,
    vary: tuple[str, ...],
    seed: int,
) -> None:
    """Solve a conflict model (TOML, or a .gmcr file) and print what is stable for whom."""
    if vary and draws is None:
        raise ModelError("--vary says what the draws vary; add --draws with their number.")
    if json_ == "-" and csv_ == "-":
        raise ParleyError("JSON and CSV cannot both go to standard output; give one of them a file.")
    read = gmcr_json.load if model.suffix in (".gmcr", ".json") else load
    conflict_model = read(model)
    names = tuple(name.strip().lower() for name in concepts.split(",") if name.strip())
    if not names:
        raise ModelError(f"--concepts names none; choose among {', '.join(USUAL)}, sseq, l2 (l3, ...), nm.")
    solution = solve(conflict_model, concepts=names)
    found = findings(solution)
    lines = [to_table(found)]
    if want is not None:
        lines += ["", *wanted_lines(solution, want)]
    if why is not None:
        lines += ["", *why_lines(solution, why)]
    if draws is not None:
        spread = read_spread(vary)
        lines += ["", *robustness_lines(conflict_model, draws=draws, seed=seed, concepts=names, spread=spread)]
        lines += [
            f"{title(name)}, {line}" for name in names if name in TITLES for line in fragile_lines(solution, name)
        ]
    outputs = [(output and str(output), to_html), (json_, to_json), (csv_, to_csv)]
    texts = [(place, make(found)) for place, make in outputs if place]
    texts += [(gmcr, gmcr_json.dumps(conflict_model))] if gmcr else []
    if "-" not in (json_, csv_):
        click.echo("\n".join(line.rstrip("\n") for line in lines))
    for place, text in texts:
        if place == "-":
            click.echo(text, nl=False)
        else:
            write_atomically(Path(place), text)
