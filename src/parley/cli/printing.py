"""A table on standard output: for programs as asked, for a person in the width of their terminal."""

from __future__ import annotations

import shutil
import sys

from parley.analysis import Table
from parley.export import write_for_terminal, write_table

__all__ = ["print_result"]


def print_result(table: Table, *, as_json: bool, as_csv: bool, ids: bool = True) -> None:
    """Print *table* as JSON, CSV, or text: in a pipe always a line a row, at a terminal what fits it.

    Without *ids*, a terminal shows no columns of bare ids.
    """
    if as_json or as_csv or not sys.stdout.isatty():
        write_table(table, "json" if as_json else "csv" if as_csv else "text", sys.stdout)
    else:
        write_for_terminal(table, sys.stdout, shutil.get_terminal_size().columns, ids=ids)
