"""What a decision on a forecast must hold: a forecast of this dossier, a known outcome, a probability if any."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from parley.errors import DossierError, UnknownName
from parley.records import Statement

__all__ = ["OUTCOMES", "RESOLVE", "prepare_outcome"]

RESOLVE = "resolve forecast"
"""The kind of the decisions that record what came of a forecast."""

OUTCOMES = ("yes", "no", "void")
"""It came true, it did not, or it cannot be judged: its condition never held, or its words leave it open."""

_PROBABILITY = re.compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<percent>%?)")
_SHORTEST = 4  # fewer characters of an id are no way to name a statement


def prepare_outcome(
    subject: str, told: Mapping[str, str], statements: Sequence[Statement]
) -> tuple[str, dict[str, str]]:
    """Return the id of the forecast and the detail as they should be stored.

    *subject* is the id of a statement or its beginning. The probability is stored as a number from 0 to 1; "70 %" is
    0.7. Raises UnknownName where no statement or more than one has that id, DossierError where the statement is no
    forecast, or the outcome or probability is none.
    """
    found = [item for item in statements if item.id == subject]
    if not found and len(subject) >= _SHORTEST:
        found = [item for item in statements if item.id.startswith(subject)]
    if not found:
        raise UnknownName(f"There is no statement “{subject}” in this dossier; `parley forecasts list` shows the ids.")
    if len({item.id for item in found}) > 1:
        raise UnknownName(f"“{subject}” begins the ids of {len(found)} statements; give more of the id.")
    if found[0].mode != "forecast" and (found[0].act != "ASSESS" or found[0].mode in {None, "question", "frame"}):
        raise DossierError(f"The statement {found[0].id} is not coded as a forecast; only forecasts have an outcome.")
    outcome = told["outcome"].lower()
    if outcome not in OUTCOMES:
        raise DossierError(f"A forecast's outcome is {', '.join(OUTCOMES[:-1])} or {OUTCOMES[-1]}, not “{outcome}”.")
    detail = {key: value for key, value in told.items() if value} | {"outcome": outcome}
    if "probability" in detail:
        detail["probability"] = _probability(detail["probability"])
    return found[0].id, detail


def _probability(words: str) -> str:
    match = _PROBABILITY.fullmatch(words)
    value = float(match["number"]) / (100 if match["percent"] else 1) if match else math.nan
    if not 0 <= value <= 1:
        raise DossierError(f"A probability is a number from 0 to 1 or a percentage, not “{words}”.")
    return f"{value:.6g}"
