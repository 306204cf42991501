"""JSON lines: one statement a line, with the fields of the codebook's guidelines and its place in the stored text."""

from __future__ import annotations

import json
from typing import BinaryIO

from parley.export.fields import fields_of
from parley.records import Record

__all__ = ["write_jsonl"]


def write_jsonl(record: Record, stream: BinaryIO) -> None:
    """Write the statements as UTF-8, ``\\n`` after each."""
    for fields in fields_of(record):
        # Line separators inside a text would end the line for some readers; JSON allows them only escaped or whole.
        line = json.dumps(fields, ensure_ascii=False, allow_nan=False)
        stream.write(_one_line(line).encode("utf-8", "backslashreplace") + b"\n")


def _one_line(line: str) -> str:
    for character in "\u0085\u2028\u2029":
        if character in line:
            line = line.replace(character, f"\\u{ord(character):04x}")
    return line
