"""The classics as scenarios for the general solver: what `examples/bargains` holds and the tests compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.bargaining.model import (
    Clock,
    Condition,
    Consent,
    Ending,
    EndingKind,
    Flow,
    Issue,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Size,
    Turn,
)

__all__ = [
    "attrition_game", "baron_ferejohn_game", "breakdown_game", "fearon_game", "merlo_wilson_game", "random_walk_game",
    "rubinstein_game", "shifting_power_game", "ultimatum_game",
]  # fmt: skip

ALWAYS = Condition()


def _numbers(**values: float) -> dict[str, Number]:
    return {name: Number(value) for name, value in values.items()}


def _parties(patience: Mapping[str, float]) -> tuple[Party, ...]:
    return tuple(Party(name, Number(value)) for name, value in patience.items())


def _pie(names: Sequence[str], size: float = 1.0) -> Issue:
    return Issue("pie", {name: Number(1.0) for name in names}, sizes=(Size("all", ALWAYS, Number(size)),))


def _ending(kind: EndingKind, payoffs: Mapping[str, float], *, name: str = "", by: tuple[str, ...] = (),
            when: Condition = ALWAYS, chance: float = 0.0) -> Ending:  # fmt: skip
    given = {party: Number(value) for party, value in payoffs.items()}
    return Ending(name or kind, kind, when, given, by, Number(chance))


def rubinstein_game(first: float, second: float, *, horizon: int | None = None) -> Scenario:
    """Two parties offer in turn how to share one pie; *horizon* None: without end."""
    return Scenario(
        title="Offers in turn over one pie (Rubinstein 1982)",
        parties=_parties({"A": first, "B": second}),
        issues=(_pie("AB"),),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(order=("A", "B")),
        horizon=horizon,
    )


def breakdown_game(chance: float, first_payoff: float, second_payoff: float) -> Scenario:
    """Offers in turn without discounting, where each refusal ends the talks with *chance*."""
    return Scenario(
        title="Offers in turn with a risk of breakdown (Binmore, Rubinstein and Wolinsky 1986)",
        parties=_parties({"A": 1.0, "B": 1.0}),
        issues=(_pie("AB"),),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(order=("A", "B")),
        horizon=None,
        endings=(_ending("breakdown", {"A": first_payoff, "B": second_payoff}, chance=chance),),
    )


def baron_ferejohn_game(parties: int, patience: float) -> Scenario:
    """Let an odd number of parties share a pie by simple majority; each proposes with equal chance."""
    names = [f"P{index}" for index in range(1, parties + 1)]
    return Scenario(
        title="Sharing a pie by majority (Baron and Ferejohn 1989)",
        parties=_parties(dict.fromkeys(names, patience)),
        issues=(_pie(names),),
        consent=Consent(quota=parties // 2 + 1, among=tuple(names)),
        proposers=Proposers(turns=(Turn("draw", ALWAYS, {name: Number(1 / parties) for name in names}),)),
        horizon=None,
    )


def merlo_wilson_game(cakes: Sequence[float], chances: Sequence[float], patience: float, start: int = 0) -> Scenario:
    """Two parties share a cake whose size is drawn anew each period; it is *start* in the first."""
    levels = tuple(f"cake {index + 1}" for index in range(len(cakes)))
    moves = tuple(
        Move(f"{a} to {b}", a, b, Number(p)) for a in levels for b, p in zip(levels, chances, strict=True) if a != b
    )
    sizes = tuple(
        Size(level, Condition({"cake": (level,)}), Number(cake)) for level, cake in zip(levels, cakes, strict=True)
    )
    return Scenario(
        title="Sharing a cake of random size (Merlo and Wilson 1995)",
        parties=_parties({"A": patience, "B": patience}),
        issues=(Issue("pie", _numbers(A=1.0, B=1.0), sizes=sizes),),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(turns=(Turn("draw", ALWAYS, _numbers(A=0.5, B=0.5)),)),
        horizon=None,
        clocks=(Clock("cake", levels, levels[start], moves),),
    )


def fearon_game(chance: float, first_cost: float, second_cost: float) -> Scenario:
    """A makes one offer; refusing it means a war that A wins with *chance*."""
    return Scenario(
        title="One offer in the shadow of war (Fearon 1995)",
        parties=_parties({"A": 1.0, "B": 1.0}),
        issues=(_pie("AB"),),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(order=("A",)),
        horizon=1,
        endings=(_ending("horizon", {"A": chance - first_cost, "B": 1 - chance - second_cost}, name="war"),),
    )


def ultimatum_game(chance: float, proposer_cost: float, low: float, high: float, *, step: int = 200) -> Scenario:
    """One offer in steps of 1/*step* to a challenger that alone knows its cost of war, uniform in [low, high]."""
    options = tuple(
        Option(f"{index / step:.6g}", _numbers(Proposer=1 - index / step, Challenger=index / step))
        for index in range(step + 1)
    )
    challenger = Party("Challenger", Number(1.0), private=(Number(low), Number(high)))
    return Scenario(
        title="One offer to a side that alone knows its cost of war (risk and return)",
        parties=(Party("Proposer", Number(1.0)), challenger),
        issues=(Issue("challenger's share", _numbers(Proposer=1.0, Challenger=1.0), options),),
        consent=Consent(needed=("Proposer", "Challenger")),
        proposers=Proposers(order=("Proposer",)),
        horizon=1,
        endings=(_ending("horizon", {"Proposer": 1 - chance - proposer_cost, "Challenger": chance}, name="war"),),
    )


def shifting_power_game(patience: float, now: float, later: float, loss: float) -> Scenario:
    """Give the decliner every offer; no settlement binds until power has shifted, and either side may fight."""
    stock = 1 / (1 - patience)

    def war(chance: float, level: str) -> Ending:
        worth = (1 - loss) * stock
        payoffs = {"Riser": chance * worth, "Decliner": (1 - chance) * worth}
        when = Condition({"power": (level,)})
        return _ending("walk out", payoffs, name=f"war {level}", by=("Riser", "Decliner"), when=when)

    sizes = (
        Size("before", Condition({"power": ("before",)}), Number(0.0)),
        Size("after", Condition({"power": ("after",)}), Number(stock)),
    )
    return Scenario(
        title="Shifting power and no binding promise (Powell 2006)",
        parties=_parties({"Riser": patience, "Decliner": patience}),
        issues=(Issue("pie", _numbers(Riser=1.0, Decliner=1.0), sizes=sizes),),
        consent=Consent(needed=("Riser", "Decliner")),
        proposers=Proposers(order=("Decliner",)),
        horizon=None,
        clocks=(Clock("power", ("before", "after"), "before", (Move("shift", "before", "after", Number(1.0)),)),),
        flows=(Flow("the decliner keeps the pie", ALWAYS, _numbers(Riser=0.0, Decliner=1.0)),),
        endings=(war(now, "before"), war(later, "after")),
    )


def random_walk_game(
    length: int, position: int, chance: float, first_cost: float, second_cost: float, *, settle: bool = False
) -> Scenario:
    """Fight battle by battle on 0..length; with *settle* the prize may also be shared before each battle."""
    levels = tuple(str(index) for index in range(length + 1))
    moves = []
    for index in range(1, length):
        moves.append(Move(f"win at {index}", levels[index], levels[index + 1], Number(chance)))
        moves.append(Move(f"lose at {index}", levels[index], levels[index - 1], Number(1 - chance)))
    ends = (
        _ending("level", {"A": 0.0, "B": 1.0}, name="A loses", when=Condition({"front": (levels[0],)})),
        _ending("level", {"A": 1.0, "B": 0.0}, name="A wins", when=Condition({"front": (levels[-1],)})),
    )
    return Scenario(
        title="Fighting as a random walk (Smith and Stam 2004)",
        parties=_parties({"A": 1.0, "B": 1.0}),
        issues=(_pie("AB", 1.0 if settle else 0.0),),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(order=("A",)),
        horizon=None,
        clocks=(Clock("front", levels, levels[position], tuple(moves)),),
        flows=(Flow("cost of battle", ALWAYS, _numbers(A=-first_cost, B=-second_cost)),),
        endings=ends,
        tolerance=1e-15,
    )


def attrition_game(prize: float, cost: float, step: float, hazard: float) -> Scenario:
    """One side of a war of attrition in steps: it may concede, the other concedes with chance *hazard* × *step*.

    The other's equilibrium hazard is the one at which this side gains nothing by holding out.
    """
    other = Clock(
        "other", ("holds", "conceded"), "holds", (Move("concedes", "holds", "conceded", Number(hazard * step)),)
    )
    return Scenario(
        title="War of attrition against a given hazard (Maynard Smith 1974)",
        parties=_parties({"A": 1.0}),
        issues=(_pie("A", 0.0),),
        consent=Consent(needed=("A",)),
        proposers=Proposers(order=("A",)),
        horizon=1,
        clocks=(other,),
        flows=(Flow("cost of holding out", ALWAYS, _numbers(A=-cost * step)),),
        endings=(_ending("level", {"A": prize}, name="prize", when=Condition({"other": ("conceded",)})),),
    )
