"""What a text's own lines say of its origin: title line, byline, dateline, date line, outlet.

Every pattern looks only at the first and last few thousand characters, where articles carry such lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.records import Fact
from parley.sources.days import MONTHS, parse_day

HEAD = 4000
"""Characters at the beginning that are searched."""

TAIL = 2000
"""Characters at the end that are searched."""

_LABEL = re.compile(
    r"^\W{0,5}(title|headline|subject|author|byline|source|outlet|"
    r"publisher|published(?: (?:on|at))?|publication date|date|"
    r"posted(?: on)?|first published|updated|last updated|language|url|link|address)\W{0,3}:[*_\s]*(.{2,300}?)[*_\s]*$",
    re.IGNORECASE,
)
_FIELD_OF = {
    "title": "title", "headline": "title", "subject": "title",
    "author": "author", "byline": "author", "source": "outlet",
    "outlet": "outlet", "publisher": "outlet", "date": "date", "publication date": "date", "posted": "date",
    "posted on": "date", "published": "date", "published on": "date", "published at": "date", "first published": "date",
    "updated": "late date", "last updated": "late date", "language": "language",
    "url": "address", "link": "address", "address": "address",
}  # fmt: skip
_MONTH = "|".join(name.capitalize() for name in MONTHS)
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_WHOLE_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})\.?,?\s+\d{{4}}|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})"
)
_DATE_LINE = re.compile(
    rf"^(?:(?:published|updated|posted)(?: on| at)?:?\s+|on\s+)?(?:(?:{_WEEKDAY})\.?,?\s+)?{_WHOLE_DATE}"
    r"(?:[\s,|·•T@-]{1,3}(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})?$",
    re.IGNORECASE,
)
_WRITTEN_BY = r"(?:[Bb][Yy]|BY|(?:[Ww]ritten|[Rr]eporting|[Ww]ords|[Aa]nalysis|[Oo]pinion|[Cc]ommentary) by)"
_FULL_NAME = r"[A-Z][^\W\d_][\w.’'-]*(?: [A-Za-z.’'-]+){0,4}?"
_ROLE = r"(?:[\w’'-]+ ){0,4}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Aa]nalyst|[Ww]riter|[Ss]taff|[Cc]olumnist) "
_BYLINE = re.compile(
    rf"^\W{{0,3}}{_WRITTEN_BY}[:\s]\s*(?:{_ROLE})?"
    rf"(?P<who>{_FULL_NAME}(?:(?:, {_FULL_NAME}){{0,3}},? (?:and|AND|&) {_FULL_NAME})?)"
    r"(?:[,|–—-].{0,80})?\W{0,3}$"
)
_NAME = r"[A-Z][^\W\d_]*\.?(?:[’'-][A-Z]?[^\W\d_]+)*"
_PROSE_AUTHOR = re.compile(
    r"\b(?:article|piece|column|commentary|essay|op-ed|analysis)(?: was)?(?: written)? by "
    rf"({_NAME}(?: (?:(?:de|van|von|bin|al|el) )?{_NAME}){{1,3}})"
)
_OUTLET_OF_VIEWS = re.compile(
    r"\b(?:views?|opinions?)\b[^.\n]{0,160}\bnot\b[^.\n]{0,60}"
    r"\b(?:those|views?|opinions?|position|policy|reflect|represent|stance)\b"
    r"(?:[^.\n]{0,40}?\bof)? (?:the )?((?:[A-Z][\w’'&-]*(?:[ .](?=[A-Z]))?)+)"
)
_PAPER_WORDS = (
    "Times|Post|News|Herald|Journal|Tribune|Telegraph|Gazette|Chronicle|Observer|Mail|Standard|Independent|Guardian|"
    "Review|Daily|Weekly|Express|Mirror|Star|Examiner|Inquirer|Monitor|Dispatch|Courier|Globe|Sun|Press|Agency|Magazine"
)
_CREDIT = re.compile(rf"^(?:The )?(?:[A-Z][\w&’'-]*\s){{0,3}}(?:{_PAPER_WORDS})(?: Agency| Service)?\.?$")
_AGENCY = r"(?:\((?P<in_brackets>[A-Z][\w.’'& ]{1,30})\)|/(?P<in_slashes>[A-Z]{2,20})/)"
_PLACE = r"[A-Z][\w.’'-]*(?:[ /-][A-Z][\w.’'-]*){0,3}(?:, ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2})?"
_DAY_OF_LINE = rf"(?P<day>(?:{_MONTH})\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTH})\.?)(?:,? (?P<year>\d{{4}}))?"
_DATELINE = re.compile(
    rf"^\s*(?P<place>{_PLACE})(?:, {_DAY_OF_LINE})?[.,]?\s*(?:{_AGENCY})?[.,]?\s*(?:-{{1,2}}|–|—)\s*(?=\S)"
)
_CLOSE_AGENCY = re.compile(rf"^\s*(?P<place>{_PLACE}) {_AGENCY}\s+(?=[A-Z\"“])")
_NOT_HEADLINE = re.compile(
    r"image copyright|image caption|media caption|media playback|getty images|\badvertisement\b|\bsign up\b|"
    r"\bsubscribe\b|\bcookies?\b|\bfollow (?:us|our|along)\b|\bjoin us\b|share this|\d views?\b|\d comments?\b|"
    r"\bphotos?:|^(?:comments?|updated|published|posted|watch|video|close|listen|from the)\b|^(?:from|to|cc):|"
    r"\b\d+ (?:years?|days?|hours?|minutes?) ago\b|"
    r"^[\w-]+=\"|\b(?:enable|requires) javascript\b|"
    r"\bread more\b|\bclick here\b|\blog in\b|newsletter|\bskip to\b|\bstory highlights\b|^https?:",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,12})(?:[/:?].*)?$", re.IGNORECASE)
_NAMES_ONLY = re.compile(r"^[A-Z][\w.’'-]+ (?:[A-Z]\.? )?[A-Z][\w.’'-]+$")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.{0,4000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_FIELD = re.compile(r"^([A-Za-z_ -]{2,30}):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}#\s+(.{1,300}?)\s*#*\s*$")
_SMALL_WORDS = frozenset(
    {"a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as"}
    | {"over", "after", "before", "into", "is", "are", "be", "its", "vs"}
)


@dataclass(slots=True)
class Lines:
    """Facts that the lines of a text give; None where they give nothing."""

    title: Fact | None = None
    outlet: Fact | None = None
    author: Fact | None = None
    date: Fact | None = None
    language: Fact | None = None
    headline: Fact | None = None  # a first line that looks like one
    credit: Fact | None = None  # an outlet that a dateline or a credit line shows
    dateline: str | None = None
    address: str | None = None  # the web address that the text names as its own
    notes: tuple[str, ...] = ()


def read_lines(text: str, *, markdown: bool = False) -> Lines:
    """Return what the first and last lines of *text* say of its origin."""
    found = Lines()
    _front_matter(text, found)
    first = list(_lines(text[:HEAD]))[:20]
    last = list(_lines(text[max(HEAD, len(text) - TAIL) :]))[-8:]
    for line in first[:12] + last:
        _labelled(line, found)
        _byline(line, found)
        if found.date is None and len(line) < 80 and _DATE_LINE.match(line):
            day, _ = parse_day(line)
            found.date = Fact(day, "stated", line) if day else None
    if markdown and found.title is None:
        heading = next((match for line in first if (match := _HEADING.match(line)) and not _HOST.match(match[1])), None)
        found.title = Fact(heading[1], "stated", "the first heading") if heading else None
    _prose(text, found)
    _dateline(first[:6], found)
    _credit(last or first, found)
    found.headline = None if found.title else _headline(text, first)
    if found.address and found.credit is None and (host := _HOST.match(found.address)):
        found.credit = Fact(host[1].lower(), "inferred", f"address: {found.address}")
    return found


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that hold something, without white space around them and cut at 400 characters."""
    for line in text.splitlines():
        stripped = line.strip(" \t\u00a0\ufeff\x00")
        if stripped:
            yield stripped[:400]


def _labelled(line: str, found: Lines) -> None:
    """Read a line such as "Published: 18 March 2025"."""
    match = _LABEL.match(line)
    if not match:
        return
    _take(_FIELD_OF[match[1].lower()], match[2].strip(), line, found)


def _take(field: str, value: str, evidence: str, found: Lines) -> None:
    """Put down a labelled value, unless the field is known already."""
    if field == "address" or (field == "outlet" and _HOST.match(value)):
        found.address = found.address or (value if _HOST.match(value) else None)
    elif field in {"date", "late date"}:
        day, note = parse_day(value)
        if day and (found.date is None or (field == "date" and "pdated" in found.date.evidence)):
            found.date = Fact(day, "stated", evidence)
        elif note and field == "date":
            found.notes = (*found.notes, note)
    elif getattr(found, field) is None and len(value) <= 300:
        setattr(found, field, Fact(value, "stated", evidence))


def _byline(line: str, found: Lines) -> None:
    """Read a line that is a byline and nothing else."""
    if found.author is not None or len(line) > 160:
        return
    match = _BYLINE.match(line)
    if match and not re.search(r"\b(?:the|a|an|this|that|all|no|its)\b", match["who"]):
        who = re.split(r"\s+(?:in|for|at|of|from)\s+", match["who"], maxsplit=1)[0]
        who = who.title().replace(" And ", " and ") if who.isupper() else who
        if len(who.split()) > 1:
            found.author = Fact(who, "stated", line)


def _prose(text: str, found: Lines) -> None:
    """Read sentences of the publisher: who wrote the piece, whose views it does not give."""
    for part in (text[:HEAD], text[max(HEAD, len(text) - TAIL) :]):
        if found.author is None and (match := _PROSE_AUTHOR.search(part)):
            found.author = Fact(match[1], "stated", match[0])
        if found.outlet is None and (match := _OUTLET_OF_VIEWS.search(part)):
            found.outlet = Fact(match[1].strip(" ."), "stated", match[0])


def _dateline(first: list[str], found: Lines) -> None:
    """Read a dateline in one of the first lines: place, day, agency."""
    for line in first:
        match = _DATELINE.match(line[:120]) or _CLOSE_AGENCY.match(line[:120])
        if not match or len(line) < len(match[0]) + 10:
            continue
        groups = match.groupdict()
        agency = groups.get("in_brackets") or groups.get("in_slashes")
        if not (agency or groups.get("day") or match["place"].split(",")[0].isupper()):
            continue
        words = match[0].strip()
        found.dateline = words
        if agency:
            found.credit = Fact(agency, "inferred", f"dateline: {words}")
        if groups.get("year") and found.date is None:
            day, _ = parse_day(f"{groups['day']} {groups['year']}")
            found.date = Fact(day, "stated", f"dateline: {words}") if day else None
        return


def _credit(last: list[str], found: Lines) -> None:
    """Take a short last line that is a newspaper's name for the outlet."""
    for line in reversed(last[-6:]):
        if found.credit is None and len(line) <= 40 and _CREDIT.match(line):
            found.credit = Fact(line.rstrip("."), "inferred", f"credit line: {line}")


def _headline(text: str, first: list[str]) -> Fact | None:
    """Return the first line if it looks like a headline: short, no full stop, a longer text after it."""
    if len(first) < 2:
        return None
    line, second = first[0], first[1]
    words = line.split()
    if not 2 <= len(words) <= 30 or len(line) > 160 or line[0] in "-*|[#<{" or _NOT_HEADLINE.search(line):
        return None
    ending = line.rstrip("'\"’”)")[-1:]
    if not ending or ending in ",;:-–—(" or (ending in ".。" and not _title_case(words)):
        return None
    if any(pattern.match(line) for pattern in (_DATE_LINE, _LABEL, _BYLINE, _HOST)) or _is_names(line):
        return None
    if _DATELINE.match(line) and not line.isupper() and re.search(r"\d{1,2}\s*(?:-|–|—|\()", line):
        return None
    wrapped = abs(len(second) - len(line)) < 12 and second[:1].islower()
    if wrapped or len(text) < 3 * len(line):
        return None
    return Fact(line, "inferred", "the first line, which reads like a headline")


def _is_names(line: str) -> bool:
    """Tell whether a line is the names of writers or an outlet rather than a headline: "Ann Lee and Bo Ray"."""
    parts = [part for part in re.split(r",? and |, |;", line) if part]
    return len(parts) <= 4 and all(map(_NAMES_ONLY.match, parts))


def _title_case(words: list[str]) -> bool:
    """Tell whether nearly all words that can be are capitalised, as in headlines."""
    weighty = [word.strip("'\"‘’“”(") for word in words if word.lower().strip("'\"‘’“”(,.") not in _SMALL_WORDS]
    lower = sum(1 for word in weighty if word[:1].islower())
    return len(weighty) >= 3 and lower * 6 <= len(weighty)


def _front_matter(text: str, found: Lines) -> None:
    """Read the fields between dashes at the very top, as Markdown files and web scrapers write them."""
    block = _FRONT_MATTER.match(text)
    for match in _FRONT_FIELD.finditer(block[1]) if block else ():
        name, value = match[1].strip().lower().replace("_", " "), match[2].strip("\"'")
        name = {"by": "author", "publication": "outlet", "site": "outlet", "lang": "language"}.get(name, name)
        if name in _FIELD_OF and value:
            _take(_FIELD_OF[name], value, f"front matter: {match[0].strip()}", found)
