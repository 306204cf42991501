"""PDF files: the text layer by pypdf; nothing is recognised from pictures."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, PdfReadError, PyPdfError

from parley.errors import SourceError
from parley.sources.draft import MAX_BYTES, Draft, stated, weaker, whole_characters

MAX_PAGES = 2000
"""Pages read of one file; the rest is named in a note."""

_PROGRAM_NAME = re.compile(r"^(?:microsoft word|untitled|powerpoint)|\.(?:docx?|pdf|indd|qxd|rtf|txt)$", re.IGNORECASE)


def read_pdf(data: bytes) -> Draft:
    """Return the words of a PDF, pages parted by a blank line.

    Raises SourceError where the file is damaged, closed by a password, or holds no text (a scan).
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("is a PDF closed by a password; save a copy without one")
        pages, notes = _pages(reader)
    except DependencyError as error:
        raise SourceError("is an encrypted PDF; save a copy without encryption") from error
    except (PyPdfError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise SourceError("is a damaged or cut-off PDF; get a whole copy") from error
    text, broken = whole_characters("\n\n".join(pages))
    if broken:
        notes.append(f"{broken} characters of the PDF could not be read and became U+FFFD.")
    if not text.strip():
        raise SourceError("is a PDF without text (a scan?); run it through text recognition first")
    fields = _fields(reader)
    title = fields.get("/Title", "")
    return Draft(
        text=text,
        format="pdf",
        weak_title=None if _PROGRAM_NAME.search(title) else weaker(stated(title, "PDF field Title")),
        weak_author=weaker(stated(fields.get("/Author"), "PDF field Author")),
        notes=tuple(notes),
    )


def _pages(reader: PdfReader) -> tuple[list[str], list[str]]:
    """Extract page after page; a page that cannot be read is noted, and an error only if all fail."""
    pages: list[str] = []
    unreadable: list[int] = []
    size = 0
    count = len(reader.pages)
    for number in range(min(count, MAX_PAGES)):
        try:
            words = reader.pages[number].extract_text().strip()
        except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError):
            unreadable.append(number + 1)
            continue
        size += len(words)
        if size > MAX_BYTES:
            raise SourceError(f"unpacks to more than {MAX_BYTES // (1024 * 1024)} MB of text; split it")
        if words:
            pages.append(words)
    if unreadable and not pages:
        raise PdfReadError("no page could be read")
    notes = []
    if unreadable:
        notes.append(f"Not read, because damaged: page {', '.join(map(str, unreadable[:20]))}.")
    if count > MAX_PAGES:
        notes.append(f"Only the first {MAX_PAGES} of {count} pages were read.")
    return pages, notes


def _fields(reader: PdfReader) -> dict[str, str]:
    """Return the document information as words; a damaged one counts as absent."""
    try:
        return {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(value, str)}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return {}
