"""Reworded copy: an article rewritten synonym for synonym, told from its own text.

Programs that reword an article to disguise it swap words for near synonyms without regard to sense. They leave four
kinds of traces, each weak alone: tokens that no English word makes (a swapped stem under a contraction), "a" and "an"
before the wrong sound, fixed expressions and names of institutions with one member swapped, and a lopsided share of
swapped-in words ("mentioned" where news says "said"). ``find_rewording`` weighs them together and asks for several
kinds at once.

The word lists (``rewording.toml``) are general English. The shares of words in ordinary news were counted over some
1,300 news articles; the weights and thresholds were set so that none of those is called reworded.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise, product
from typing import Any

from parley.records import Span

LONGEST_TEXT = 200_000
"""Characters of a text that are looked at; an article is shorter, and a longer text shows its traces by then."""

LEAST_WEIGHT = 20.0
"""Weight from which a text is called reworded; no ordinary article that was measured weighs more than 16."""

LONG_ARTICLE = 2_000
"""Words of a text beyond which the least weight grows with its length."""

LEAST_RATE = 0.5
"""Telling words per 100 words from which a text is called reworded."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOT = re.compile(r"\b([^\W_]{2,})['’]t\b", re.IGNORECASE)
_AUXILIARIES = frozenset(
    """
    ain aren can couldn daren didn don doesn hadn hasn haven isn mayn mightn mustn needn oughtn shan shouldn usen usedn
    wasn weren won wouldn amn innit
    """.split()
)
_ARTICLE = re.compile(
    r"\b(?:an (?!hour|heir|honest|honou?r|herb|x-|\w-|[aeiou])[b-df-gj-km-np-qt-z][a-z]{2,}"
    r"|a (?!one|once|eu|uni|use|usu|usa|ubi|ut|ur|ew|os )(?:[aeio][a-z]{3,}|un(?!i)[a-z]{3,}))"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell of rewording: where they are, what they show, and how much they weigh."""

    span: Span
    shows: str
    weight: float
    kind: str  # "token", "article", "expression", "phrase", "word"
    english: str | None = None  # what English has in its place, where the lexicon says


@dataclass(frozen=True, slots=True)
class Rewording:
    """What speaks for rewording: the weight found, the rate of telling words per 100 words, and those words."""

    weight: float
    rate: float
    words: int
    telling: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Broken forms by their first word, and words whose share tells.

    ``forms`` maps a first token to (all tokens, what stands in English, weight, kind, capital needed). ``rates`` holds
    (plain word, swapped-in word, share of the swapped-in word in ordinary news).
    """

    forms: Mapping[str, tuple[tuple[tuple[str, ...], str, float, str, bool], ...]]
    rates: tuple[tuple[str, str, float], ...]


@cache
def standard_lexicon() -> Lexicon:
    """Return the lexicon that ships with Parley."""
    return make_lexicon(frozenset())


def synonyms() -> dict[str, tuple[str, ...]]:
    """Return the table of near synonyms: word, and what rewriting programs put for it."""
    return {
        word: tuple(value.replace("_", " ") for value in values.split()) for word, values in _data()["synonyms"].items()
    }


def make_lexicon(without: Iterable[str]) -> Lexicon:
    """Return the lexicon as if nothing were known of the words *without*: for measuring on unseen substitutions."""
    data, unknown = _data(), frozenset(without)
    table = {word: values for word, values in synonyms().items() if word not in unknown}
    expressions = _bars(data["expressions"]["list"])
    good = {*map(str.lower, expressions), *_bars(data["expressions"]["never"])}
    good |= {f"{form}s" for form in good}
    forms: dict[str, list[tuple[tuple[str, ...], str, float, str, bool]]] = {}
    seen: set[str] = set()

    def add(form: str, english: str, weight: float, kind: str, capital: bool) -> None:
        if form not in good and form not in seen:
            seen.add(form)
            tokens = tuple(form.replace("-", " ").split())
            forms.setdefault(tokens[0], []).append((tokens, english, weight, kind, capital))

    for expression in expressions:
        for form, swapped in _broken(expression, table):
            add(form, expression, 4.5 + 3.0 * swapped, "expression", expression[0].isupper())
    for section, weight in (("phrases", 4.5), ("weak", 1.5)):
        for form, english in data[section].items():
            if not unknown & set(english.lower().split()):
                add(form, english, weight, "phrase", False)
    rates = tuple((a, b, share) for a, b, share in data["rates"]["pairs"] if a not in unknown)
    return Lexicon({first: tuple(entries) for first, entries in forms.items()}, rates)


@cache
def _data() -> dict[str, Any]:
    source = resources.files("parley.lineage").joinpath("rewording.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def _bars(text: str) -> list[str]:
    return [" ".join(part.split()) for line in text.splitlines() for part in line.split("|") if part.strip()]


def _broken(expression: str, table: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yield the expression with one or two of its words swapped, and how many were."""
    words = expression.lower().replace("-", " ").split()
    choices = []
    for word in words:
        swaps = table.get(word, ())
        if not swaps and word.endswith("s"):
            swaps = tuple(f"{swap}s" for swap in table.get(word[:-1], ()))
        choices.append((word, *swaps))
    for picked in product(*choices):
        swapped = sum(a != b for a, b in zip(picked, words, strict=True))
        if 1 <= swapped <= 2:
            form = " ".join(picked)
            yield form, swapped
            if len(words) == 2 and not form.endswith("s"):
                yield f"{form}s", swapped


def find_rewording(text: str, *, lexicon: Lexicon | None = None) -> Rewording:
    """Return what in *text* speaks for synonym-for-synonym rewriting; ``is_reworded`` judges it.

    Only the first ``LONGEST_TEXT`` characters are looked at. Most ordinary articles weigh under 5.
    """
    lexicon = lexicon or standard_lexicon()
    text = text[:LONGEST_TEXT]
    matches = list(_TOKEN.finditer(text))
    tokens = [match.group().lower().replace("’", "'") for match in matches]
    telling = [*_tokens(text), *_articles(text), *_forms(text, matches, tokens, lexicon)]
    taken = [found.span for found in telling]
    telling.extend(
        found for found in _rates(matches, tokens, lexicon) if not any(found.span.overlaps(t) for t in taken)
    )
    telling.sort(key=lambda found: (found.span, found.shows))
    weight = sum(found.weight for found in telling)
    return Rewording(round(weight, 3), round(100 * len(telling) / max(1, len(tokens)), 3), len(tokens), tuple(telling))


def is_reworded(found: Rewording) -> bool:
    """Tell whether the traces convict: enough weight, of several kinds, and dense enough for the length."""
    kinds = {telling.kind for telling in found.telling}
    least = LEAST_WEIGHT * max(1.0, found.words / LONG_ARTICLE)
    return found.weight >= least and len(kinds) >= 2 and found.rate >= LEAST_RATE


def _tokens(text: str) -> Iterator[Telling]:
    for match in _NOT.finditer(text):
        stem = match.group(1).lower()
        if stem not in _AUXILIARIES and f"{stem}n" not in _AUXILIARIES:
            shows = f"'{match.group()}' is no English word: a swapped verb under a contraction"
            yield Telling(Span(*match.span()), shows, 9.0, "token")


def _articles(text: str) -> Iterator[Telling]:
    for match in _ARTICLE.finditer(text):
        shows = f"'{match.group()}': the word after the article was swapped"
        yield Telling(Span(*match.span()), shows, 4.5, "article")


def _forms(text: str, matches: Sequence[re.Match[str]], tokens: Sequence[str], lexicon: Lexicon) -> Iterator[Telling]:
    """Yield broken expressions and misfit connectives; one that comes again weighs less."""
    met: Counter[str] = Counter()
    taken = 0
    for place, token in enumerate(tokens):
        forms = lexicon.forms.get(token)
        if forms is None or place < taken:
            continue
        following = tokens[place + 1 : place + 2]
        best = max(
            (
                form
                for form in forms
                if (len(form[0]) == 1 or form[0][1] in following)  # most forms fall here
                and tuple(tokens[place : place + len(form[0])]) == form[0]
                and _together(text, matches[place : place + len(form[0])])
                and not (form[4] and not text[matches[place].start()].isupper())
            ),
            key=lambda form: (len(form[0]), form[2]),
            default=None,
        )
        if best is None:
            continue
        words, english, weight, kind, _ = best
        span = Span(matches[place].start(), matches[place + len(words) - 1].end())
        met[english] += 1
        shows = f"'{span.of(text)}' stands where English has '{english}'"
        yield Telling(span, shows, weight if met[english] == 1 else 0.3 * weight, kind, english)
        taken = place + len(words)


def _together(text: str, matches: Sequence[re.Match[str]]) -> bool:
    """Tell whether only spaces and hyphens stand between the tokens."""
    return all(not text[a.end() : b.start()].strip(" -‐‑\n\r\t\u00a0") for a, b in pairwise(matches))


def _rates(matches: Sequence[re.Match[str]], tokens: Sequence[str], lexicon: Lexicon) -> Iterator[Telling]:
    """Yield the swapped-in words whose share of the pair is far above that of ordinary news.

    The weight is the log-likelihood ratio of a share of one half against the ordinary share, at most 3 for a word.
    """
    counts = Counter(tokens)
    best: dict[str, tuple[float, str]] = {}
    for plain, swapped, share in lexicon.rates:
        if counts[swapped]:
            ratio = counts[swapped] * math.log(0.5 / share) + counts[plain] * math.log(0.5 / (1 - share))
            best[swapped] = max(best.get(swapped, (0.0, "")), (min(3.0, ratio), plain))
    telling = {word: entry for word, entry in best.items() if entry[0] >= 1.0}
    places: dict[str, list[re.Match[str]]] = {}
    for match, token in zip(matches, tokens, strict=True):
        if token in telling and len(places.setdefault(token, [])) < 3:
            places[token].append(match)
    for swapped, (ratio, plain) in sorted(telling.items()):
        for match in places[swapped]:
            shows = f"'{match.group()}' stands where news mostly has '{plain}'"
            yield Telling(Span(*match.span()), shows, 0.5 * ratio / len(places[swapped]), "word", plain)
