"""The export room: a dossier's record and its tables as files that other programs read.

Every file is written whole or not at all, and the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from parley.errors import UnknownName
from parley.export.files import whole
from parley.export.graphml import write_graphml
from parley.export.jsonl import write_jsonl
from parley.export.spreadsheet import write_csv, write_xlsx
from parley.export.tables import write_for_terminal, write_table
from parley.records import Record

__all__ = ["FORMATS", "export", "export_record", "whole", "write_for_terminal", "write_record", "write_table"]

_WRITERS: Mapping[str, Callable[[Record, BinaryIO], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "graphml": write_graphml,
}
FORMATS = tuple(_WRITERS)
"""The formats that a record can be exported to."""


def export_record(record: Record, format: str, out: Path, *, bom: bool = False) -> None:
    """Write the statements of *record* to *out*, in place of what was there.

    Args:
        record: what :meth:`parley.dossier.Dossier.record` returns.
        format: one of :data:`FORMATS`.
        out: the file to write; its folder must exist.
        bom: begin a CSV file with a byte order mark, by which Excel knows UTF-8.

    Raises:
        UnknownName: there is no such format.
        ParleyError: the file cannot be written, or the format cannot hold as much.
    """
    _known(format)
    with whole(Path(out)) as stream:
        write_record(record, format, stream, bom=bom)


def write_record(record: Record, format: str, stream: BinaryIO, *, bom: bool = False) -> None:
    """Write what :func:`export_record` would to an open stream. Raises as it does."""
    _known(format)
    if bom and format == "csv":
        write_csv(record, stream, bom=True)
    else:
        _WRITERS[format](record, stream)


def _known(format: str) -> None:
    if format not in _WRITERS:
        raise UnknownName(f"There is no export format “{format}”; choose one of: {', '.join(FORMATS)}.")


export = export_record
