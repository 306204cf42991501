"""Bytes to text: byte-order marks, UTF-8 first, then the declared or the likeliest older encoding."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from parley.errors import SourceError
from parley.sources.alphabets import likeliest

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_EAST_ASIAN = ["cp932", "euc_jp", "gb18030", "big5", "cp949"]
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_NAMES = {"cp932": "shift_jis", "cp949": "euc-kr", "koi8_u": "koi8-u", "iso8859_5": "iso-8859-5"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it came in, and notes where that had to be found out."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode a text file; a byte-order mark is not part of the text, all else is kept.

    *declared* is the encoding that the file names for itself (HTML, XML, mail); it is tried after UTF-8. Raises
    SourceError where the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    wide = _wide(data)
    if wide:
        return Decoded(
            data.decode(wide, "replace"), wide, (f"The text was decoded as {wide}, told by its zero bytes.",)
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if looks_binary(data):
        raise SourceError("is not text; name a text, HTML, mail, PDF, Word, feed or JSON file")
    named = _named(data, declared)
    if named:
        return named
    return _damaged(data, first) or _guessed(data)


def _marked(body: bytes, name: str) -> Decoded:
    """Decode what follows a byte-order mark."""
    try:
        text = body.decode(name)
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        notes = (f"{_count(text.count(chr(0xFFFD)), 'place')} could not be decoded as {name} and became U+FFFD.",)
    if name == "utf-8":
        return Decoded(text, "utf-8-sig", notes)
    return Decoded(text, name, (f"The text was decoded as {name}, told by its byte-order mark.", *notes))


def _wide(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 without a mark, told by zero bytes in fixed places."""
    sample = data[:4096]
    if len(sample) < 16 or 0 not in sample:
        return None
    width = len(sample) // 4
    zeros = [sample[place::4].count(0) for place in range(4)]
    for pattern, name, unit in (
        ((0, 1, 1, 1), "utf-32-le", 4),
        ((1, 1, 1, 0), "utf-32-be", 4),
        ((0, 1, 0, 1), "utf-16-le", 2),
        ((1, 0, 1, 0), "utf-16-be", 2),
    ):
        fits = all((count >= 0.7 * width) if full else count == 0 for full, count in zip(pattern, zeros, strict=True))
        if fits and len(data) % unit == 0:
            return name
    return None


def looks_binary(data: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 hold control characters that no text of an older encoding holds."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) // 500


def _named(data: bytes, declared: str | None) -> Decoded | None:
    """Decode by the encoding that the file names, if it is one and fits."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        if name in {"iso8859-1", "ascii"}:
            name = "cp1252"  # as browsers do: WHATWG Encoding, 4.2
        text = data.decode(name)
    except (LookupError, UnicodeError):
        return None
    shown = _shown(name)
    return Decoded(text, shown, (f"The text was decoded as {shown}, which the file names.",))


def _damaged(data: bytes, first: int) -> Decoded | None:
    """Decode UTF-8 with a few broken places, or None where the bytes are rather another encoding."""
    whole = len(_MULTIBYTE.findall(data))
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    cut_at_end = whole and first >= len(data) - 3
    if not cut_at_end and whole < 5 * broken:
        return None
    note = f"{_count(broken, 'place')} could not be decoded as UTF-8 and became U+FFFD."
    return Decoded(text, "utf-8", (note,))


def _guessed(data: bytes) -> Decoded:
    """Decode by the likeliest older encoding."""
    sample = _high_sample(data)
    name = likeliest(sample)
    if name is None:
        best = from_bytes(sample, cp_isolation=_EAST_ASIAN).best()
        few = len(sample.translate(None, bytes(range(128)))) < len(sample) // 10
        if best is None and not few:
            raise SourceError("is in an encoding that could not be told; save it as UTF-8")
        name = best.encoding if best else "cp1252"
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    shown = _shown(name)
    notes = [f"The text was decoded as {shown}, the likeliest encoding; the file does not name one."]
    if broken:
        notes.append(f"{_count(broken, 'place')} could not be decoded and became U+FFFD.")
    return Decoded(text, shown, tuple(notes))


def _high_sample(data: bytes) -> bytes:
    """Return whole lines of at most 64 KiB around the first bytes above ASCII."""
    if len(data) <= _SAMPLE:
        return data
    found = _HIGH.search(data)
    first = found.start() if found else 0
    start = data.rfind(b"\n", 0, first) + 1
    start = start if first - start < _SAMPLE else first
    end = data.rfind(b"\n", start, start + _SAMPLE)
    return data[start : end if end > start else start + _SAMPLE]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _shown(codec: str) -> str:
    return _NAMES.get(codec, codec.replace("cp125", "windows-125"))
