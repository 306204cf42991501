"""Why a party waits, in words. Each sentence states a number of the solved scenario; none of them is a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from parley.bargaining.model import ASSUMED, Scenario, numbers
from parley.bargaining.play import PARTS, Play, play
from parley.bargaining.questions import Course, Standing, Terms, course, first_deals, standings
from parley.bargaining.solve import Solution, solve
from parley.bargaining.values import frozen

__all__ = ["CAUTION", "DRAFT", "TIE_RULE", "caution", "explain", "sourcing"]

CAUTION = "This explores assumptions: it says what would follow if they held, and forecasts nothing."

DRAFT = (
    "Still a draft: the program suggested this scenario and nobody has checked it. Correct the file, then take out its "
    "line status = “draft”."
)

TIE_RULE = (
    "Ties: who is indifferent accepts; a proposer who is indifferent prefers a final agreement to an interim deal and "
    "an interim deal to waiting, leaves out packages that another beats for everybody, and takes each of the rest with "
    "equal chance."
)

_FROM = {
    "agreement": "from a final agreement",
    "waiting": "from what the time until then brings",
    "interim deals": "from interim deals as such",
    "breaking": "from breaking a deal",
    "ending": "from how it ends without an agreement",
}


def explain(scenario: Scenario, solution: Solution | None = None) -> tuple[str, ...]:
    """Return paragraphs: what each party does first and why, what it waits for, what the clocks do to that."""
    solution = solution or solve(scenario)
    path = play(solution)
    paragraphs = [f"{scenario.title}. {caution(scenario)}", sourcing(scenario), _ahead(scenario, solution, path)]
    courses = {entry.party: entry for entry in course(scenario, solution)}
    stands = standings(scenario, solution)
    for index, standing in enumerate(stands):
        sentences = [_stand(scenario, standing), _made_of(standing, path, index)]
        sentences += _clocks(scenario, standing, index)
        sentences.append(_course(scenario, courses[standing.party]))
        paragraphs.append(" ".join(sentence for sentence in sentences if sentence))
    paragraphs += _deals(scenario, solution)
    paragraphs.append(TIE_RULE)
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def caution(scenario: Scenario) -> str:
    """Say what the results are, and whether anybody has put their name to the scenario."""
    return f"{DRAFT} {CAUTION}" if scenario.draft else CAUTION


def sourcing(scenario: Scenario) -> str:
    """Say how many numbers rest on a source, and how many on nothing but an assumption."""
    found = [*([scenario.span] if scenario.span else []), *(number for _, number in numbers(scenario))]
    found += [number for lever in scenario.levers for number in lever.sets.values()]
    assumed = sum(1 for number in found if set(number.sources) <= {ASSUMED})
    ranged = sum(1 for number in found if number.varies)
    return (
        f"Of its {len(found)} numbers {len(found) - assumed} name a statement or document that bears on them and "
        f"{assumed} are assumed; {ranged} have a range. A source shows the direction of a number, seldom its size."
    )


def terms_in_words(terms: Terms) -> str:
    """Return a package as “issue: option; …”."""
    return "; ".join(f"{issue}: {option}" for issue, option in terms)


def _n(value: float) -> str:
    return f"{value:.3f}".replace("-0.000", "0.000")


def _ahead(scenario: Scenario, solution: Solution, path: Play) -> str:
    chance = float(path.agreement[0])
    span = "in the end"
    if scenario.horizon:
        unit = "" if scenario.period == "period" else f" (a period is a {scenario.period})"
        span = f"within {scenario.horizon} period{'' if scenario.horizon == 1 else 's'}{unit}"
    text = f"Under the central assumptions the chance of a final agreement {span} is {_n(chance)}"
    if chance > 0:
        text += f", and it comes on average in period {path.period[0]:.1f}"
    if not solution.settled:
        text += (
            f". Value iteration met its bound of {solution.rounds} rounds with values still changing by "
            f"{solution.change:.2g}: read these numbers as unfinished"
        )
    return text + "."


def _stand(scenario: Scenario, standing: Standing) -> str:
    name = standing.party
    needed = name in scenario.consent.needed or name in scenario.consent.among
    if standing.best is None or standing.best_worth is None:
        text = f"{name} has nothing to sign in period 1: no package suits all the others whose consent is needed."
        return text + f" Waiting is worth {_n(standing.wait)} to it."
    terms = terms_in_words(standing.best) or "the only package"
    if standing.signs:
        return (
            f"{name} would sign in period 1: the best that the others would accept ({terms}) is worth "
            f"{_n(standing.best_worth)} to it, waiting {_n(standing.wait)}."
        )
    verb = "waits" if needed else "would rather wait"
    return (
        f"{name} {verb} in period 1: waiting is worth {_n(standing.wait)} to it, more than {_n(standing.best_worth)}, "
        f"the best that the others would accept ({terms})."
    )


def _made_of(standing: Standing, path: Play, index: int) -> str:
    shares = [(part, float(path.parts[part][0, index])) for part in PARTS]
    said = [f"{_n(value)} {_FROM[part]}" for part, value in shares if abs(value) >= 0.0005]
    return f"What the game is worth to it, {_n(standing.value)}, is made of {_join(said)}." if said else ""


def _clocks(scenario: Scenario, standing: Standing, index: int) -> list[str]:
    """Stop each clock in turn and say what that does to the worth of waiting."""
    found: list[tuple[float, str]] = []
    for clock in scenario.clocks:
        if not clock.moves:
            continue
        stopped = solve(frozen(scenario, clock.name))
        wait = float(stopped.period(0).wait[0, 0, stopped.game.start, index])
        change = wait - standing.wait
        if abs(change) < 0.0005:
            continue
        way = "less" if change < 0 else "more"
        text = f"If “{clock.name}” stood still, waiting would be worth {_n(wait)} to it, {_n(abs(change))} {way}"
        if not standing.signs and standings(frozen(scenario, clock.name), stopped)[index].signs:
            text += ", and it would sign in period 1"
        found.append((abs(change), text + "."))
    return [text for _, text in sorted(found, key=lambda entry: (-entry[0], entry[1]))]


def _course(scenario: Scenario, entry: Course) -> str:
    if not entry.turns:
        return "While they talk, the others needed would sign nothing that it could turn down."
    said = []
    for position, (period, way) in enumerate(entry.turns):
        start = f"from period {period}" if position or period > 1 else "from the start"
        said.append(f"{start} it {way} by waiting")
    return "Against the best that the others would sign, " + _join(said) + "."


def _deals(scenario: Scenario, solution: Solution) -> list[str]:
    made = first_deals(scenario, solution)
    if not made:
        if scenario.interims:
            return ["No interim deal is made in period 1: none suits its proposer and those who must agree."]
        return []
    out = []
    for deal in dict.fromkeys(name for _, name, _ in made):
        proposers = [proposer for proposer, name, _ in made if name == deal]
        gains = next(gain for _, name, gain in made if name == deal)
        brings = _join([f"{_n(value)} to {party}" for party, value in gains.items()])
        out.append(
            f"“{deal}” comes first if {_join(proposers, 'or')} proposes: against a period with nothing it brings "
            f"{brings}, and no final package does as well for those who must agree."
        )
    return out


def _join(parts: Sequence[str], word: str = "and") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + f" {word} " + parts[-1]
