"""The command on two readouts: what each says on an issue, in one table, from two files or pasted text."""

from __future__ import annotations

import click

from parley import workbench
from parley.analysis.readouts import compare_readouts
from parley.cli.printing import print_result
from parley.cli.streams import read_standard_input
from parley.errors import SourceError
from parley.records import Document, Refusal
from parley.sources import Given, load


@click.command("accounts")
@click.argument("first")
@click.argument("second")
@click.option("--date", help="Day of both texts, YYYY-MM-DD; relative days are resolved against it.")
@click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def accounts(first: str, second: str, date: str | None, as_json: bool, as_csv: bool) -> None:
    """Compare two accounts of one meeting or call, FIRST and SECOND, issue by issue.

    Either may be - for standard input. Nothing is stored.
    """
    if first == second:
        raise click.UsageError("The two accounts are one; give two files, or a file and - for standard input.")
    stdin = read_standard_input() if "-" in (first, second) else None
    one, two = (_document(path, stdin) for path in (first, second))
    if one.sha256 == two.sha256:
        raise SourceError(f"{first} and {second} hold the same text; there is nothing to compare.")
    with workbench.read([first, second], given=Given(date=date), stdin=stdin, workers=1) as made:
        record = made.record()
    keys = {document.sha256: document.id for document in record.documents}
    table = compare_readouts(record, keys[one.sha256], keys[two.sha256])
    print_result(table, as_json=as_json, as_csv=as_csv)


def _document(path: str, stdin: bytes | None) -> Document:
    """Return the one document that an input holds. Raises SourceError where it holds none, or more than one."""
    found = list(load([path], stdin=stdin))
    documents = [item for item in found if isinstance(item, Document)]
    if len(documents) == 1:
        return documents[0]
    if documents:
        raise SourceError(f"{path} holds {len(documents)} documents; an account is one document.")
    why = next((item.reason for item in found if isinstance(item, Refusal)), "It holds no document.")
    raise SourceError(f"{path}: {why}")
