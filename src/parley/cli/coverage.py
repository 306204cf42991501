"""Commands on coverage and dossiers: read, brief, show, search, export, check."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from parley import workbench
from parley.analysis import TABLES
from parley.brief import summary_lines
from parley.cli.printing import print_result
from parley.cli.streams import read_standard_input
from parley.dossier import Dossier
from parley.errors import ParleyError, UnknownName
from parley.export import FORMATS, export_record, whole, write_record
from parley.reading import DEFAULT_READER, READERS
from parley.records import Record
from parley.sources import Given
from parley.workbench import Progress

_DOSSIER = click.argument("dossier", type=click.Path(readable=False, path_type=Path))

_READER = click.option(
    "--reader",
    default=DEFAULT_READER,
    show_default=True,
    help=f"Which reader proposes statements: {' or '.join(sorted(READERS))}.",
)


def _given(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that give what coverage doesn't say of itself."""
    for name, words in (
        ("language", "Language of the documents, ISO 639-1 (en)."),
        ("author", "Author of the documents."),
        ("outlet", "Outlet of the documents."),
        ("date", "Day of publication, YYYY-MM-DD; relative days are resolved against it."),
    ):
        command = click.option(f"--{name}", help=words)(command)
    return command


class _Teller:
    """Shows one line of progress on standard error, only where a person is watching."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self.last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        self.last = progress
        if self._watched:
            done = progress.read + progress.unchanged + progress.skipped + progress.refused
            click.echo(f"\r\033[K{done} inputs, at {progress.name[:60]}", nl=False, err=True)

    def clear(self) -> None:
        if self._watched:
            click.echo("\r\033[K", nl=False, err=True)


def _read(
    paths: tuple[str, ...], dossier: Path | None, reader: str, given: Given, workers: int | None
) -> tuple[Dossier, Progress | None]:
    teller = _Teller()
    stdin = read_standard_input() if "-" in paths else None
    try:
        made = workbench.read(
            paths, dossier=dossier, reader=reader, given=given, stdin=stdin, workers=workers, tell=teller
        )
    except KeyboardInterrupt:
        kept = (
            f" {_many(teller.last.read, 'document')} stored; run the same command to go on."
            if dossier and teller.last
            else ""
        )
        raise ParleyError(f"Stopped.{kept}") from None
    finally:
        teller.clear()
    return made, teller.last


def _counts(made: Dossier, last: Progress | None) -> None:
    """Print what was read, skipped and refused, with every reason."""
    if last is None:
        click.echo("Nothing to read: the folders hold no files.", err=True)
        return
    click.echo(
        f"{last.read} read, {last.unchanged} already there, {last.skipped} skipped, {last.refused} refused.", err=True
    )
    for refusal in made.record().refusals:
        click.echo(f"  {refusal.kind}: {refusal.path}: {refusal.reason}", err=True)


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-d",
    "--dossier",
    type=click.Path(readable=False, path_type=Path),
    required=True,
    help="The dossier to create or extend.",
)
@_READER
@click.option("--workers", type=click.IntRange(1), help="Processes that read; one a core unless given.")
@_given
def read(paths: tuple[str, ...], dossier: Path, reader: str, workers: int | None, **known: str | None) -> None:
    """Read files and folders of coverage into a dossier.

    Reading the same document again changes nothing, unless the reader is a later version, an issue was added, or more
    is known of the document. "-" reads standard input.
    """
    made, last = _read(paths, dossier, reader, Given(**known), workers)
    with made:
        record = made.record()
        _counts(made, last)
        held = (("document", record.documents), ("independent source", record.groups), ("statement", record.statements))
        click.echo(f"{dossier}: {', '.join(_many(len(items), word) for word, items in held)}.")
    if last and last.refused:  # in this run: a refusal of an earlier one may stand in the record still
        _fail_on_named(paths, record)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _fail_on_named(paths: tuple[str, ...], record: Record) -> None:
    """Exit with 1 where a file that the user named could not be read, though others were."""
    named = {shown for path in paths for shown in (path, str(Path(path)))}
    refused = (refusal.path for refusal in record.refusals if refusal.kind == "refused")
    if any(path in named or path.rpartition(" (")[0] in named for path in refused):
        raise SystemExit(1)


def _is_dossier(path: Path) -> bool:
    """Tell a dossier from coverage; what cannot be opened is left to the reading, which says so."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return path.suffix == ".parley" or file.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False, path_type=Path),
    help="Where to write; brief.html (or brief.md) unless given, - for standard output.",
)
@click.option("--md", "markdown", is_flag=True, help="Markdown instead of HTML, as for an output that ends in .md.")
@click.option("--reviewed", is_flag=True, help="Count only statements that a person accepted, edited or added.")
@_READER
@click.option(
    "--conflict",
    type=click.Path(readable=False, path_type=Path),
    help="A conflict model to solve and show in the brief.",
)
@click.option(
    "--bargain", type=click.Path(readable=False, path_type=Path), help="A bargain file to solve and show in the brief."
)
@_given
def brief(
    paths: tuple[str, ...],
    output: Path | None,
    markdown: bool,
    reviewed: bool,
    reader: str,
    conflict: Path | None,
    bargain: Path | None,
    **known: str | None,
) -> None:
    """Make the brief from a dossier, or from coverage directly."""
    output = output or Path("brief.md" if markdown else "brief.html")
    markdown = markdown or output.suffix.lower() in (".md", ".markdown")
    # Before the reading, which takes longer: a bad model file says so at once.
    solved_conflict = workbench.solved_conflict(conflict) if conflict else None
    solved_bargain = workbench.solved_bargain(bargain) if bargain else None
    if len(paths) == 1 and (_is_dossier(Path(paths[0])) or paths[0].endswith(".parley")):
        made = workbench.open_dossier(paths[0])
    else:
        made, last = _read(paths, None, reader, Given(**known), None)
        _counts(made, last)
    with made:
        form = "markdown" if markdown else "html"
        page = workbench.brief(made, form=form, conflict=solved_conflict, bargain=solved_bargain, reviewed=reviewed)
        if str(output) == "-":
            click.echo(page.encode("utf-8"), nl=False)
            return
        write_atomically(output, page)
        for line in summary_lines(made.record(only_reviewed=reviewed)):
            click.echo(line)
        click.echo(f"Written: {output}")


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with whole(path) as stream:
        stream.write(text.encode("utf-8"))


@click.command(epilog=f"Tables: {', '.join(TABLES)}.")
@click.argument("table")
@_DOSSIER
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def show(table: str, dossier: Path, as_json: bool, as_csv: bool) -> None:
    """Show a TABLE of what the record shows."""
    print_table(table, dossier, as_json=as_json, as_csv=as_csv)


def print_table(table: str, dossier: Path, *, as_json: bool, as_csv: bool) -> None:
    """Print one table of a dossier. Raises UnknownName where there is no such table."""
    if table not in TABLES:
        raise UnknownName(f"There is no table {table!r}; choose one of: {', '.join(TABLES)}.")
    with workbench.open_dossier(dossier) as made:
        result = TABLES[table](made.record())
    print_result(result, as_json=as_json, as_csv=as_csv, ids=False)


@click.command()
@_DOSSIER
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many hits to show.")
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
def search(dossier: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the articles and statements of a dossier for WORDS."""
    if not any(letter.isalnum() for word in words for letter in word):
        raise click.UsageError("There is no word to look for; give one or more.")
    with workbench.open_dossier(dossier) as made:
        hits = made.search(" ".join(words), limit=limit)
        names = {document.id: document.name for document in made.documents}
    if as_json:
        found = [
            {
                "kind": h.kind,
                "doc": names[h.document],
                "statement": h.statement,
                "start": h.span.start,
                "end": h.span.end,
                "snippet": h.snippet,
            }
            for h in hits
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for hit in hits:
        click.echo(f"{names[hit.document]}:{hit.span.start}-{hit.span.end}  {hit.kind}  {hit.snippet}")
    if not hits:
        click.echo("Nothing found.", err=True)


@click.command()
@_DOSSIER
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="The file format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False, path_type=Path),
    help="Where to write; beside the dossier unless given, - for standard output.",
)
def export(dossier: Path, form: str, output: Path | None) -> None:
    """Export the statements of a dossier."""
    output = output or dossier.with_suffix(f".{form}")
    with workbench.open_dossier(dossier) as made:
        record = made.record()
    if str(output) == "-":
        made_bytes = io.BytesIO()
        write_record(record, form, made_bytes)
        click.echo(made_bytes.getvalue(), nl=False)
        return
    export_record(record, form, output)
    click.echo(f"Written: {output} ({_many(len(record.statements), 'statement')})")


@click.command()
@_DOSSIER
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
def check(dossier: Path, as_json: bool) -> None:
    """Check that a dossier holds together; exit code 1 where it does not."""
    with workbench.open_dossier(dossier) as made:
        problems = made.check()
        held = len(made.documents)
    if as_json:
        click.echo(
            json.dumps([{"what": p.what, "where": p.where, "do": p.do} for p in problems], ensure_ascii=False, indent=1)
        )
    elif not problems:
        click.echo(f"{dossier}: sound ({_many(held, 'document')}).")
    for problem in problems if not as_json else ():
        click.echo(f"{problem.where}: {problem.what} {problem.do}")
    if problems:
        raise SystemExit(1)
