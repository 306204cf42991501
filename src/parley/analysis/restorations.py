"""Words that rewording or translation altered, restored beside the verbatim words with how sure that is.

A restoration is Parley's own inference. It stands beside the words of the document, never in their place, and is never
quoted. It is made only in documents that lineage calls altered, by five rules, surest first:

1. an unaltered document of the same origin has the aligned sentence: its words are shown (high);
2. a fixed expression, a name of a known kind, or a token that no English word makes was broken by one swapped word
   (moderate; high where an unaltered document of the dossier has the restored words);
3. a word that such programs swap in stands beside a word beside which unaltered documents have the plain word (high),
   or was restored by rule 2 elsewhere in the document (moderate), or stands among words among which unaltered documents
   have the plain word (low);
4. where a document swaps a plain word away, that plain word, met in it, was itself swapped in (low);
5. a pull quote words a sentence of the body otherwise: both are shown, and neither is preferred.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from parley.analysis.aligned import aligned_words, two_wordings
from parley.analysis.index import Index
from parley.analysis.kept import keep_last
from parley.analysis.table import Cell, Column, Row, Table
from parley.lineage.rewording import find_rewording, synonyms
from parley.records import Document, Record, Span

__all__ = ["Restored", "restorations", "restored_text", "restored_words"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"\b[A-Z][\w.’'-]*(?:\s(?:of|for|on|in|the|a|an|and|to)\b|\s[A-Z][\w.’'-]*)*\s[A-Z][\w’'-]*")
_NOT = re.compile(r"\b([^\W_]{2,})(['’])t\b")
_WINDOW = 8  # words on either side that make up a word's surroundings
_SHARED = 3  # words of them that must be those of the plain word elsewhere
_AGAIN = 3  # times that a document must put other words for one
_COMMON = frozenset(
    "the of and to a in that for was with is by from its it on he his as at be has had have an or not but this which"
    " who will would said mr ms mrs also are were they their been up out if so about into more than".split()
)
_MOST_TEXTS = 400  # unaltered documents that surroundings are learnt from
_ORDER = ("high", "moderate", "low", "not judged")

_COLUMNS = (
    Column("document_name", "Document"),
    Column("kind", "Kind"),
    Column("words", "Verbatim words"),
    Column("restored", "Restored"),
    Column("confidence", "How sure"),
    Column("because", "Because"),
    Column("start", "Start"),
    Column("end", "End"),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """Words of a document and what stood there before they were altered, with how sure that is and why."""

    document: str
    span: Span
    kind: str  # "aligned sentence", "fixed expression", "name", "token", "word by context", "two wordings"
    restored: str
    confidence: str  # high, moderate, low; not judged: two wordings
    because: str


def restorations(record: Record) -> Table:
    """Return one row a restored word or run of words, by document and place. See the module for the rules."""
    index = Index.of(record)
    rows = []
    for item in restored_words(index):
        document = index.documents[item.document]
        at = [one.id for one in index.by_document.get(item.document, ()) if one.span.overlaps(item.span)]
        cells: dict[str, Cell] = {
            "document_name": document.name,
            "kind": item.kind,
            "words": item.span.of(document.text),
            "restored": item.restored,
            "confidence": item.confidence,
            "because": item.because,
            "start": item.span.start,
            "end": item.span.end,
        }
        rows.append(Row(cells, statements=tuple(at), documents=(item.document,)))
    notes = (
        "Restored words are Parley's inference from other words; they are nobody's quotation and stand in no document.",
        "What is not listed may have been altered all the same.",
        "High: an unaltered document has the words. Moderate: English has the expression so. Low: by the words around.",
    )
    return Table("restorations", "Altered words restored", _COLUMNS, tuple(rows), notes)


@keep_last
def restored_words(index: Index) -> tuple[Restored, ...]:
    """Return the restorations of all altered documents, by document and place; worked out once a record."""
    return tuple(_all(index))


def restored_text(index: Index, document: str, start: int, end: int) -> str:
    """Return a stretch of a document with its altered words restored: for looking words up in, never for quoting."""
    text = index.documents[document].text if document in index.documents else ""
    if document not in index.altered_documents:
        return text[start:end]
    out, at = "", start
    for item in _by_document(index).get(document, ()):
        if item.span.start >= at and item.span.end <= end and item.kind != "two wordings":
            out += text[at : item.span.start] + item.restored
            at = item.span.end
    return out + text[at:end]


@keep_last
def _by_document(index: Index) -> dict[str, list[Restored]]:
    found: dict[str, list[Restored]] = defaultdict(list)
    for item in restored_words(index):
        found[item.document].append(item)
    return dict(found)


def _all(index: Index) -> Iterator[Restored]:
    altered = [item for item in index.record.documents if item.id in index.altered_documents]
    if not altered:
        return
    reworded = {item.document for item in index.record.derivations if item.kind == "reworded copy"}
    plain = [item for item in index.record.documents if item.id not in index.altered_documents][:_MOST_TEXTS]
    known = _Known.of(plain)
    furniture = defaultdict(list)
    for piece in index.record.furniture:
        furniture[piece.document].append(piece)
    for document in altered:
        found: list[Restored] = []
        origin = index.origin[document.id]
        for other in plain:
            if index.origin[other.id] == origin:
                for span, words in aligned_words(document.text, other.text):
                    because = f"{other.name}, of the same origin, has the sentence so"
                    found.append(Restored(document.id, span, "aligned sentence", words, "high", because))
        if document.id in reworded:
            found = _joined(found, _reworded(document, known))
        for span, words in two_wordings(document.text, furniture[document.id]):
            because = "a pull quote of the same document words it so"
            found.append(Restored(document.id, span, "two wordings", words, "not judged", because))
        yield from sorted(found, key=lambda item: (item.span, item.kind))


def _joined(found: list[Restored], more: Iterable[Restored]) -> list[Restored]:
    """Return both, without those of *more* that overlap an earlier one."""
    kept = sorted(found, key=lambda item: item.span)
    for item in more:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    return kept


def _reworded(document: Document, known: _Known) -> list[Restored]:
    found = _joined([], _names(document, known))
    found = _joined(found, _tokens(document))
    found = _joined(found, _expressions(document, known))
    found = _joined(found, _by_context(document, known, found))
    return _joined(found, _like_others(document, known, found))


def _names(document: Document, known: _Known) -> Iterator[Restored]:
    """Restore names of institutions in which a word was swapped, whole."""
    lists = _lists()
    for hit in _NAME.finditer(document.text):
        words = hit.group().rstrip(".’'")
        restored = words
        for phrase, english in lists["phrases"].items():
            restored = restored.replace(phrase, english)
        parts = restored.split(" ")
        if len(parts) > 1:
            restored = " ".join(lists["names"].get(part, part) for part in parts)
        if restored == words or words in known.text:
            continue
        there = restored in known.text
        because = "an unaltered document has this name" if there else "as institutions of this kind are called"
        span = Span(hit.start(), hit.start() + len(words))
        yield Restored(document.id, span, "name", restored, "high" if there else "moderate", because)


def _tokens(document: Document) -> Iterator[Restored]:
    """Restore a verb under a contraction that no English verb makes."""
    for hit in _NOT.finditer(document.text):
        plain = _lists()["contractions"].get(hit[1].lower())
        if plain is not None:
            because = f"no English word is “{hit.group()}”"
            yield Restored(document.id, Span(*hit.span()), "token", f"{plain}{hit[2]}t", "moderate", because)


def _expressions(document: Document, known: _Known) -> Iterator[Restored]:
    """Restore fixed expressions that one swapped word broke."""
    telling = [item for item in find_rewording(document.text).telling if item.kind in ("expression", "phrase")]
    pairs = [(item.span, item.english) for item in telling if item.english]
    for frame, english in _lists()["frames"].items():
        for hit in re.finditer(rf"\b{re.escape(frame)}\b", document.text):
            pairs.append((Span(*hit.span()), english))
    for span, english in sorted(pairs):
        words = span.of(document.text)
        if english.casefold() == words.casefold():
            continue
        there = f" {english.casefold()} " in known.words
        because = "an unaltered document has these words" if there else "as the expression stands in English"
        cased = english[:1].upper() + english[1:] if words[:1].isupper() else english
        yield Restored(document.id, span, "fixed expression", cased, "high" if there else "moderate", because)


def _by_context(document: Document, known: _Known, found: Sequence[Restored]) -> Iterator[Restored]:
    """Restore single words that such programs swap in, where their surroundings tell the plain word."""
    tokens = [(hit.group(), Span(*hit.span())) for hit in _TOKEN.finditer(document.text)]
    low = [_plain(word) for word, _ in tokens]
    taken = [item.span for item in found]
    swapped = _swapped(document, found)
    reverse = _reverse()
    for at, (word, span) in enumerate(tokens):
        options = reverse.get(low[at], ())
        if not options or word[:1].isupper() or any(span.overlaps(other) for other in taken):
            continue
        before = low[at - 1] if at else ""
        after = low[at + 1] if at + 1 < len(low) else ""
        around = {item for item in low[max(0, at - _WINDOW) : at + _WINDOW + 1] if item not in _COMMON} - {low[at]}
        best = _choice(known, swapped, low[at], options, before, after, around)
        if best is not None:
            restored, confidence, because = best
            yield Restored(document.id, span, "word by context", restored, confidence, because)


def _choice(
    known: _Known, swapped: Mapping[str, Counter[str]], word: str, options: Sequence[str], before: str, after: str,
    around: set[str],
) -> tuple[str, str, str] | None:  # fmt: skip
    beside = [
        (option, pair)
        for option in options
        for pair in ((before, option), (option, after))
        if pair in known.pairs and not {*pair} & _COMMON and (before, word) not in known.pairs
    ]
    if beside:
        option, pair = beside[0]
        return option, "high", f"an unaltered document has “{' '.join(pair)}”"
    elsewhere = [option for option in options if swapped.get(word, Counter())[option]]
    if elsewhere:
        return elsewhere[0], "moderate", f"“{word}” stands for “{elsewhere[0]}” elsewhere in this document"
    if word in known.counts and not any(swapped.get(other, Counter())[word] for other in swapped):
        return None  # an ordinary word of this coverage
    gone = sorted(other for other in swapped if swapped[other][word])
    if gone:
        return options[0], "low", f"this document has “{gone[0]}” for “{word}”, so “{word}” was put for another word"
    shared = [(len(around & known.around[option]), option) for option in options if option in known.around]
    best = max(shared, default=(0, ""))
    if best[0] >= _SHARED:
        near = ", ".join(sorted(around & known.around[best[1]])[:4])
        return best[1], "low", f"unaltered documents have “{best[1]}” among the same words ({near})"
    return None


def _like_others(document: Document, known: _Known, found: Sequence[Restored]) -> Iterator[Restored]:
    """Restore "the" and a word put for one that this document puts other words for again and again."""
    often = Counter(item.restored.casefold() for item in found if item.kind == "word by context")
    for hit in re.finditer(r"\b(?:the|this|that)\s+([a-z]+)\b", document.text):
        word = hit[1]
        plain = next((option for option in _reverse().get(word, ()) if often[option] >= _AGAIN), None)
        if plain is not None and word not in known.counts:
            because = f"this document puts other words for “{plain}” {often[plain]} times"
            yield Restored(document.id, Span(*hit.span(1)), "word by context", plain, "low", because)


def _swapped(document: Document, found: Sequence[Restored]) -> dict[str, Counter[str]]:
    """Count which word stands for which in what was restored so far, where they pair off one to one."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    table = {plain: set(words) for plain, words in _table().items()}
    for item in found:
        ours = [_plain(word) for word in _TOKEN.findall(item.span.of(document.text))]
        theirs = [_plain(word) for word in _TOKEN.findall(item.restored)]
        if len(ours) == len(theirs):
            for one, two in zip(ours, theirs, strict=True):
                if one != two and one in table.get(two, ()):
                    out[one][two] += 1
    return out


@dataclass(frozen=True, slots=True)
class _Known:
    """What the unaltered documents of a dossier hold: their text, words, pairs of words, surroundings of words."""

    text: str
    words: str
    counts: Counter[str]
    pairs: frozenset[tuple[str, str]]
    around: dict[str, set[str]]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> _Known:
        plain = set(_table())
        counts: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        around: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            low = [_plain(word) for word in _TOKEN.findall(document.text)]
            counts.update(low)
            pairs.update(pairwise(low))
            for at, word in enumerate(low):
                if word in plain:
                    around[word].update(low[max(0, at - _WINDOW) : at + _WINDOW + 1])
        for word in around:
            around[word] -= _COMMON | {word}
        text = "\n".join(document.text for document in documents)
        return cls(text, f" {' '.join(_TOKEN.findall(text.casefold()))} ", counts, frozenset(pairs), dict(around))


def _plain(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low


@cache
def _lists() -> dict[str, dict[str, str]]:
    source = files(__package__).joinpath("restorations.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Map plain words to what rewriting programs put for them: the detector's table and a few more."""
    out = dict(synonyms())
    for plain, swapped in _lists()["words"].items():
        out[plain] = tuple(dict.fromkeys((*out.get(plain, ()), *swapped.split())))
    return out


@cache
def _reverse() -> Mapping[str, tuple[str, ...]]:
    out: dict[str, list[str]] = defaultdict(list)
    for plain, swapped in _table().items():
        for word in swapped:
            if word != plain and " " not in word:
                out[word].append(plain)
    return {word: tuple(found) for word, found in out.items()}
