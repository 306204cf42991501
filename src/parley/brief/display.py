"""How words and dates are shown: controls written out, days in words. Display only; stored text never changes."""

from __future__ import annotations

import re

__all__ = ["day", "days_in_words", "marks", "plural", "printable", "quoted", "span_of_days"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?\b(?![\w:-])")
_SHOWN_BY = re.compile(r"\((stated|inferred|given): (?:[^()]|\([^()]*\))*\)")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

# Controls that could hide or reorder words: C0 and C1 but tab and newlines, bidi controls, line separators, surrogates.
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u206f"
    "\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff]"
)


def printable(words: str) -> str:
    """Return *words* with every hidden control written out as its code point, as in ⟨U+202E⟩."""
    return _UNSAFE.sub(lambda hit: f"⟨U+{ord(hit.group()):04X}⟩", words)


def quoted(words: str) -> str:
    """Return the words on one line between quotation marks, controls written out."""
    start, end = marks(words)
    return f"{start}{' '.join(printable(words).split())}{end}"


def marks(words: str) -> tuple[str, str]:
    """Return the quotation marks to set around *words*: single ones where double ones stand inside."""
    return ("‘", "’") if any(sign in words for sign in '“”"„') else ("“", "”")


def day(iso: str | None) -> str:
    """Return an ISO day, month, year or ``start/end`` as people write it: "18 March 2025"; other values as they are."""
    if not iso:
        return ""
    if "/" in iso:
        start, _, end = iso.partition("/")
        return f"{day(start)} to {day(end)}"
    found = _DAY.fullmatch(iso)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return printable(iso)
    parts = [str(int(found[3]))] if found[3] else []
    return " ".join([*parts, *([_MONTHS[int(found[2]) - 1]] if found[2] else []), found[1]])


def days_in_words(words: str) -> str:
    """Return *words* of the program's own with ISO days as people write them, and without what showed a day.

    "relative to 2025-03-20 (stated: the first line)" becomes "relative to 20 March 2025 (stated)".
    """
    return _ISO_DAY.sub(lambda hit: day(hit.group()), _SHOWN_BY.sub(r"(\1)", words))


def span_of_days(days: list[str]) -> str:
    """Return "17 to 20 March 2025" for the first and last of ISO days; "" for none."""
    known = sorted(item for item in days if item)
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return day(first)
    short = day(first)
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        short = str(int(first[8:]))
    return f"{short} to {day(last)}"


def plural(count: int, noun: str) -> str:
    """Return "1 source", "2 sources", "2 copies"."""
    if count == 1:
        return f"1 {noun}"
    many = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
    return f"{count:,} {many}"
