"""Word files (.docx): paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from parley.errors import SourceError
from parley.sources.draft import MAX_BYTES, Draft, stated, weaker

MAX_RATIO = 200
"""How many times its packed size a Word file may unpack to, from 10 MB on; more is an attack, not an article."""

_TEMPLATE_AUTHORS = {"python-docx"}


def read_word(data: bytes) -> Draft:
    """Return the words of a Word file, one line a paragraph, table cells parted by tabs.

    Raises SourceError where the file is damaged or unpacks to more than a document does.
    """
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document))
        properties = document.core_properties
        title, author, language = properties.title, properties.author, properties.language
    except (
        OpcError,
        zipfile.BadZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        OSError,
    ) as error:
        raise SourceError("is a damaged or cut-off Word file; get a whole copy") from error
    return Draft(
        text=text,
        format="word",
        weak_title=weaker(stated(title, "Word property Title")),
        weak_author=None if author in _TEMPLATE_AUTHORS else weaker(stated(author, "Word property Author")),
        language=stated(language, "Word property Language"),
    )


def _check_size(data: bytes) -> None:
    """Refuse what unpacks beyond reason; zipfile itself never reads past the sizes that are declared here."""
    try:
        size = sum(item.file_size for item in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceError("is a damaged or cut-off Word file; get a whole copy") from error
    if size > MAX_BYTES or (size > 10 * 1024 * 1024 and size > MAX_RATIO * len(data)):
        raise SourceError(f"unpacks to {size // (1024 * 1024)} MB, more than an article does; it was not opened")


def _lines(container: Any) -> Iterator[str]:
    """Yield the lines of a document's body."""
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
        else:
            yield block.text
