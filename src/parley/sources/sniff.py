"""Which format an input is, told by what it holds; the name's ending only decides between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from parley.errors import SourceError
from parley.sources.draft import Aside, Unread

Format = Literal["text", "markdown", "html", "mhtml", "email", "mbox", "pdf", "word", "feed", "json"]

_FOREIGN = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture file"),
    (b"SQLite format 3\x00", "a database (a dossier is opened with -d, not read as coverage)"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"PAR1", "a Parquet table"),
    (b"{\\rtf", "an RTF file; save it as .docx or plain text"),
    (b"%!PS", "a PostScript file; save it as PDF"),
    (b"\xd0\xcf\x11\xe0", "an older or password-protected Office file; save it as .docx without a password"),
)
_SPACE = b" \t\r\n\x0b\x0c"
_MARKUP_LEAD = re.compile(
    rb"^(?:<\?xml[^>]*\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?\s*>|[\s\xa0])*", re.IGNORECASE | re.DOTALL
)
_HTML_ROOT = re.compile(rb"<(?:html|head|body|title|meta)\b", re.IGNORECASE)
_HTML_TYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_FEED_ROOT = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_GRAPH_ROOT = re.compile(rb"<(?:[a-z]+:)?graphml[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?[^\n]*(?:\n[ \t][^\n]*)*\n?", re.MULTILINE)
_MAIL_MARKS = {b"message-id", b"mime-version", b"received", b"return-path", b"content-type"}
_MBOX = re.compile(rb"From \S+ .{0,60}\d{4}\s*\n")


def sniff(name: str, data: bytes) -> Format:
    """Return the format of *data*, a file called *name*.

    Raises Unread for kinds of file that never hold an article, SourceError for kinds that must be saved otherwise.
    """
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if b"%PDF-" in data[:1024] and not data.lstrip(_SPACE).startswith(b"<"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    for lead, kind in _FOREIGN:
        if data.startswith(lead):
            raise Unread(f"is {kind}")
    head = _plain_head(data)
    if head.startswith(b"<"):
        return _markup(ending, head)
    if ending in {"json", "jsonl", "ndjson"} or (head[:1] in b"{[" and head and _looks_json(head)):
        return "json"
    if ending == "mbox" or _MBOX.match(head):
        return "mbox"
    if _is_mail(ending, head):
        return "mhtml" if ending in {"mht", "mhtml"} or b"multipart/related" in head.lower() else "email"
    if ending in {"md", "markdown"}:
        return "markdown"
    if ending in {"html", "htm", "xhtml"} and _TAG.search(data):
        return "html"
    return "text"


def _plain_head(data: bytes) -> bytes:
    """Return the beginning without byte-order mark, zero bytes (UTF-16) and white space, line ends as newlines."""
    head = data[:16384]
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    if 0 in head[:64]:
        head = head.replace(b"\x00", b"")
    return head.lstrip(_SPACE).replace(b"\r\n", b"\n")


def _zipped(data: bytes) -> Format:
    """Tell a Word file from other zip archives."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError("is a damaged or cut-off Word file or zip archive; get a whole copy") from error
    if "word/document.xml" in names:
        return "word"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise Unread("is a spreadsheet or a set of slides, not an article")
    if "content.xml" in names:
        raise SourceError("is an OpenDocument file; save it as .docx or PDF")
    raise Unread("is a zip archive; unpack it first")


def _markup(ending: str, head: bytes) -> Format:
    """Tell HTML from feeds and from other XML."""
    if _HTML_TYPE.match(head):
        return "html"
    lead = _MARKUP_LEAD.match(head)
    root = head[lead.end() if lead else 0 :]
    if _FEED_ROOT.match(root):
        return "feed"
    if _HTML_ROOT.match(root) or _HTML_ROOT.search(head[:4096]):
        return "html"
    if ending in {"html", "htm", "xhtml"} and _TAG.search(head):
        return "html"
    if _GRAPH_ROOT.match(root):
        raise Aside("is a network (GraphML), not an article")
    if ending in {"rss", "atom", "xml"} or head.startswith(b"<?xml"):
        raise SourceError("is XML of another kind than RSS or Atom; save the article as HTML or plain text")
    return "markdown" if ending in {"md", "markdown"} else "text"


def _looks_json(head: bytes) -> bool:
    """Tell JSON objects from text that happens to begin with a bracket."""
    return re.match(rb'\[?\s*\{\s*(?:"(?:[^"\\]|\\.){0,100}"\s*:|\})', head) is not None


def _is_mail(ending: str, head: bytes) -> bool:
    """Tell mail by its block of headers; without the ending, only with a header that nothing but mail has."""
    names: set[bytes] = set()
    at = 0
    while (match := _HEADER.match(head, at)) and match.end() > at:
        names.add(match[1].lower())
        at = match.end()
    if ending in {"eml", "mht", "mhtml"}:
        return bool(names & ({b"from", b"subject", b"date", b"to"} | _MAIL_MARKS))
    return bool(names & _MAIL_MARKS) and len(names & {b"from", b"subject", b"date", b"to"}) >= 2
