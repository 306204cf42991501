"""E-mail: single messages, mailboxes and pages saved as MHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from parley.errors import SourceError
from parley.records import Fact
from parley.sources.days import parse_day
from parley.sources.decode import decode
from parley.sources.draft import Draft, slug, stated
from parley.sources.web import fragment_text, page

_MESSAGE_LEAD = re.compile(rb"^From \S+ .{0,60}\d{4}[ \t]*\r?\n", re.MULTILINE)


def read_email(data: bytes) -> Draft:
    """Read one message: its text part, or its HTML part as text. Attachments are named in a note, not read."""
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise SourceError("is a message without a text; save the article that it carries as a file of its own")
    text, encoding, notes = _content(part)
    if part.get_content_type() == "text/html":
        text = fragment_text(text)
    carried = [
        name for attached in message.iter_attachments() if (name := attached.get_filename() or "an unnamed part")
    ]
    if carried:
        notes = (*notes, f"Not read: {len(carried)} attachment{'s' * (len(carried) > 1)} ({', '.join(carried)[:200]}).")
    date, note = _date(message)
    return Draft(
        text=text,
        format="email",
        encoding=encoding,
        title=stated(_header(message, "Subject"), "mail header Subject"),
        author=stated(parseaddr(_header(message, "From"))[0], "mail header From"),
        date=date,
        language=stated(_header(message, "Content-Language"), "mail header Content-Language"),
        notes=(*notes, note) if note else notes,
    )


def read_mbox(data: bytes) -> Iterator[Draft | SourceError]:
    """Read a mailbox message by message; one that cannot be read is yielded as its error."""
    starts = [
        match for match in _MESSAGE_LEAD.finditer(data) if match.start() == 0 or _after_blank(data, match.start())
    ]
    for number, match in enumerate(starts, start=1):
        end = starts[number].start() if number < len(starts) else len(data)
        body = re.sub(rb"^>(>*From )", rb"\1", data[match.end() : end], flags=re.MULTILINE)
        try:
            draft = read_email(body)
        except SourceError as error:
            yield SourceError(f"message {number} {error}")
            continue
        yield _part(draft, number)


def read_mhtml(data: bytes) -> Draft:
    """Read a page that a browser saved as one MHTML file."""
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            text, encoding, notes = _content(part)
            return page(text, encoding=encoding, notes=notes)
    return read_email(data)


def _part(draft: Draft, number: int) -> Draft:
    """Name a message of a mailbox after its subject."""
    subject = slug(draft.title.value) if draft.title else ""
    return replace(draft, part=subject or str(number), place=f"message {number}")


def _content(part: MIMEPart) -> tuple[str, str, tuple[str, ...]]:
    """Decode the body of a part by its own charset, else by what its bytes show."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    decoded = decode(data, declared=part.get_content_charset())
    return decoded.text, decoded.encoding, decoded.notes


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's words; one too broken for the standard library counts as absent."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def _date(message: EmailMessage) -> tuple[Fact | None, str | None]:
    value = _header(message, "Date")
    if not value:
        return None, None
    day, note = parse_day(value)
    return (Fact(day, "stated", f"mail header Date: {value}") if day else None), note


def _after_blank(data: bytes, start: int) -> bool:
    """Tell whether the line before *start* is blank, as it is before each message of a mailbox."""
    return data[max(0, start - 4) : start].replace(b"\r", b"").endswith(b"\n\n")
