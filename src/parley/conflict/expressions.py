"""Preference statements: words such as ``Withdraw and not Strike``, ``Ceasefire if Guarantees``, read and evaluated.

Grammar, weakest binding first: ``A iff B``, ``A if B``, ``A or B``, ``A and B``, ``not A``, ``( A )``, an option's name
(quoted where it holds a keyword that confuses), or a full pattern such as ``Y-N-``. ``& | !`` stand for and, or, not.
``A if B`` holds wherever B does not, or A does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.errors import ModelError

Bools = NDArray[np.bool_]
KEYWORDS = {
    "and": "and",
    "&": "and",
    "or": "or",
    "|": "or",
    "not": "not",
    "!": "not",
    "if": "if",
    "iff": "iff",
    "(": "(",
    ")": ")",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed statement: an operator with its parts, or ``bits`` for a pattern (mask and value over the options)."""

    operator: str  # and, or, not, if, iff, bits
    parts: tuple[Expression, ...] = ()
    mask: int = 0
    value: int = 0

    def holds(self, states: NDArray[np.integer[Any]]) -> Bools:
        """Tell for each state (decimal numbers, any shape) whether the statement holds in it."""
        if self.operator == "bits":
            return np.asarray((states & self.mask) == self.value)
        first = self.parts[0].holds(states)
        if self.operator == "not":
            return ~first
        second = self.parts[1].holds(states)
        if self.operator == "and":
            return first & second
        if self.operator == "or":
            return first | second
        return first | ~second if self.operator == "if" else first == second

    def options(self) -> int:
        """Return the mask of the options that the statement mentions."""
        mask = self.mask
        for part in self.parts:
            mask |= part.options()
        return mask


def read_pattern(text: str, count: int) -> tuple[int, int]:
    """Read a pattern of ``count`` letters as (mask, value). Raises ModelError where its length or a letter is wrong."""
    if len(text) != count:
        raise ModelError(
            f"the pattern {text!r} has {_letters(len(text))} but the model has {count} options; "
            f"give one of Y, N or - for each option."
        )
    mask = value = 0
    for place, letter in enumerate(text):
        if letter not in "YN-":
            raise ModelError(f"the pattern {text!r} holds {letter!r}; use Y (taken), N (not taken) or - (either).")
        mask |= (letter != "-") << place
        value |= (letter == "Y") << place
    return mask, value


def write_pattern(mask: int, value: int, count: int) -> str:
    """Write (mask, value) as a pattern of ``count`` letters."""
    return "".join("-" if not mask >> place & 1 else "NY"[value >> place & 1] for place in range(count))


def quoted(name: str) -> str:
    """Write an option's name such that a statement reads it whole, whatever is in it."""
    return f"'{name}'"


def parse(text: str, options: Sequence[str]) -> Expression:
    """Parse a statement over the named options.

    Raises:
        ModelError: a word is no option (with the nearest name), or the statement breaks off.
    """
    reader = _Reader(_tokens(text, options), text, len(options))
    result = reader.iff()
    if reader.peek() is not None:
        raise ModelError(
            f"the statement {text!r} goes on after {reader.last!r}; join its parts with and, or, if or iff."
        )
    return result


def rewritten(
    text: str, options: Sequence[str], *, option: Callable[[int, str], str], pattern: Callable[[str], str]
) -> str:
    """Return a statement with its options and patterns written anew, and the rest of it as it stands.

    *option* gets an option's number and how it is written here, *pattern* a full pattern. A statement that cannot be
    read stays as it is.
    """
    try:
        tokens = _placed_tokens(text, options)
    except ModelError:
        return text
    out, done = [], 0
    for (kind, value), start, end in tokens:
        if kind == "key":
            continue
        written = text[start:end]
        out += [text[done:start], option(value, written) if isinstance(value, int) else pattern(written)]
        done = end
    return "".join([*out, text[done:]])


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"


def _tokens(text: str, options: Sequence[str]) -> list[tuple[str, int | str]]:
    return [token for token, _, _ in _placed_tokens(text, options)]


def _placed_tokens(text: str, options: Sequence[str]) -> list[tuple[tuple[str, int | str], int, int]]:
    """Return the words of a statement, each with where it starts and ends."""
    names = sorted(range(len(options)), key=lambda number: (-len(options[number]), number))
    tokens: list[tuple[tuple[str, int | str], int, int]] = []
    at = 0
    while at < len(text):
        rest, start = text[at:], at
        if rest[0].isspace():
            at += 1
            continue
        enclosed = next((n for n in names if _starts_with_quoted(rest, options[n])), None)
        found = next((n for n in names if _starts_with_name(rest, options[n])), None)
        marked = re.match(r"'([^']*)'|\"([^\"]*)\"", rest)
        word = re.match(r"[()&|!]|[^\s()&|!]+", rest)
        if enclosed is not None:
            at += len(options[enclosed]) + 2
            tokens.append((("option", enclosed), start, at))
        elif marked:
            at += marked.end()
            tokens.append((("option", _named(marked.group(1) or marked.group(2) or "", options)), start, at))
        elif found is not None:
            at += len(options[found])
            tokens.append((("option", found), start, at))
        elif word and word.group().casefold() in KEYWORDS:
            at += word.end()
            tokens.append((("key", KEYWORDS[word.group().casefold()]), start, at))
        elif word and len(word.group()) == len(options) and set(word.group()) <= set("YN-"):
            at += word.end()
            tokens.append((("pattern", word.group()), start, at))
        else:
            unknown = re.split(r"\s+(?:and|or|not|if|iff)\b|[()&|!]", rest, maxsplit=1, flags=re.IGNORECASE)[0].strip()
            _named(unknown or rest, options)
    return tokens


def _starts_with_quoted(text: str, name: str) -> bool:
    """Tell whether the text starts with the name in quotation marks; the name itself may hold some."""
    return text[0] in "'\"" and text[1:].casefold().startswith(name.casefold() + text[0])


def _starts_with_name(text: str, name: str) -> bool:
    if not name or not text.casefold().startswith(name.casefold()):
        return False
    after = text[len(name) : len(name) + 1]
    return not (after.isalnum() or after == "_")


def _named(name: str, options: Sequence[str]) -> int:
    folded = [option.casefold() for option in options]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    hint = (
        f"did you mean {options[folded.index(near[0])]!r}?"
        if near
        else f"the options are {', '.join(map(repr, options))}."
    )
    raise ModelError(f"no option is called {name!r}; {hint}")


class _Reader:
    """Recursive descent over the tokens, one method for each strength of binding."""

    def __init__(self, tokens: list[tuple[str, int | str]], text: str, count: int) -> None:
        self.tokens, self.text, self.count, self.at = tokens, text, count, 0
        self.last: int | str = ""

    def peek(self) -> tuple[str, int | str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, word: str) -> bool:
        if self.peek() == ("key", word):
            self.at += 1
            self.last = word
            return True
        return False

    def iff(self) -> Expression:
        left = self.condition()
        while self.take("iff"):
            left = Expression("iff", (left, self.condition()))
        return left

    def condition(self) -> Expression:
        left = self.disjunction()
        return Expression("if", (left, self.condition())) if self.take("if") else left

    def disjunction(self) -> Expression:
        left = self.conjunction()
        while self.take("or"):
            left = Expression("or", (left, self.conjunction()))
        return left

    def conjunction(self) -> Expression:
        left = self.negation()
        while self.take("and"):
            left = Expression("and", (left, self.negation()))
        return left

    def negation(self) -> Expression:
        return Expression("not", (self.negation(),)) if self.take("not") else self.atom()

    def atom(self) -> Expression:
        if self.take("("):
            inner = self.iff()
            if not self.take(")"):
                raise ModelError(f"the statement {self.text!r} lacks a closing bracket; add it.")
            return inner
        token = self.peek()
        if token is None or token[0] == "key":
            after = f" after {self.last!r}" if self.last != "" else ""
            raise ModelError(f"the statement {self.text!r} lacks an option's name{after}; add one.")
        self.at += 1
        self.last = token[1]
        if isinstance(token[1], str):
            mask, value = read_pattern(token[1], self.count)
            return Expression("bits", mask=mask, value=value)
        return Expression("bits", mask=1 << token[1], value=1 << token[1])
