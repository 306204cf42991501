"""From a dossier to the draft of a conflict model: who decides, over what, and what each seems to want.

A draft is a set of suggestions for a person to correct. Everything in it names the statements that it rests on; what
the record does not tell (whether a move can be undone, which states cannot be, how wishes rank against one another
beyond what is said) is left open, and the file's head says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.analysis.table import Column, Row, Table
from parley.codebook import ISSUES
from parley.conflict.evolution import path_words
from parley.conflict.expressions import quoted
from parley.conflict.findings import Findings
from parley.conflict.model import Because, Conflict, DecisionMaker, Option, Preference, Prioritised
from parley.conflict.solve import title
from parley.conflict.words import label
from parley.errors import ModelError
from parley.records import AUTHOR, UNRESOLVED, Actor, Record, Statement

MOST_MAKERS = 4
MOST_OPTIONS = 3  # of one decision maker
CITED = 3  # statements cited for one item
CAN_DO = ("PROPOSE", "ACCEPT", "COUNTER", "CONCEDE", "PROMISE", "REJECT", "CONDITION", "THREATEN")
"""Acts that show that the speaker could itself do, or refuse, what the issue is about."""
PROCESS = ("A6", "H4", "H5", "H7", "H8")
"""Issues about how the talks go and who broke what: nothing that a side takes or drops."""
WANTS = (*CAN_DO, "DEMAND")
WEIGHT = {"CONDITION": 4, "DEMAND": 3, "REJECT": 3, "PROPOSE": 2, "ACCEPT": 2, "COUNTER": 2, "CONCEDE": 2, "PROMISE": 2}
"""How much an act tells of what matters to its speaker; other acts count 1."""

HEAD = (
    "A draft, suggested by the program from the statements of a dossier. Nothing has been solved.",
    "Read it, correct it, take out the line that says that it is a draft, then: parley conflict solve THIS_FILE",
    "",
    "What the record does not say, and you must:",
    "- whether somebody else decides, or somebody here does not;",
    '- which options can only be taken, or only dropped (add: moves = "only taken");',
    "- which combinations cannot be (add: [[infeasible]] with a pattern);",
    "- the order of each list of preferences: the first statement outweighs all later ones.",
)

_SHORT = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM"}
_MEANING = {
    "nash": "Nash: nobody can improve by a move of its own.",
    "gmr": "GMR: every improvement can be met by moves of the others after which its maker is no better off.",
    "smr": "SMR: as GMR, and its maker has no better way out of that.",
    "seq": "SEQ: as GMR, by moves that each improve the lot of those who make them.",
    "sim": "SIM: the others, improving at the same time, spoil the improvement.",
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one side wants on one issue: for (1) or against (-1) its proposition, with the statements that say so."""

    side: str
    issue: str
    sign: int
    weight: int
    statements: tuple[Statement, ...]


def draft_conflict(record: Record) -> tuple[Conflict, tuple[str, ...]]:
    """Return a draft model of the conflict that a record shows, and the comment lines for the head of its file.

    Raises:
        ModelError: fewer than two sides take a stance on an issue that they share.
    """
    sides = _Sides(record)
    origin = {document: group.id for group in record.groups for document in group.documents}
    spoken = [(sides.of(item.speaker), item) for item in _first_hand(record, origin)]
    wishes = _wishes([(side, item) for side, item in spoken if side is not None], origin)
    makers, left_out = _makers(wishes, origin, sides)
    if len(makers) < 2:
        raise ModelError(
            "the dossier shows fewer than two sides with a stance on something: "
            "read more coverage into it, or write the model by hand (docs/reference/conflict-file.md)."
        )
    kept = [wish for wish in wishes if wish.side in makers]
    labels = {**{key: issue.label for key, issue in ISSUES.items()}, **record.issue_labels}
    options = _options(kept, makers, sides, labels)
    if not options:
        raise ModelError(
            "no side of the dossier offers, refuses or does anything that another wants: write the model by hand."
        )
    cite = _Citer(record, origin)
    owners = [name for name in makers if any(option.side == name for option in options)]
    conflict = Conflict(
        title=f"Draft: {', '.join(owners)}",
        decision_makers=tuple(DecisionMaker(name, _preferences(name, kept, options, cite)) for name in owners),
        options=tuple(
            Option(option.name, option.side, because=cite(option.statements), note=f"Suggested. {option.reason}")
            for option in options
        ),
        status_quo="N" * len(options),
        note="Suggested by the program; correct it before you solve it.",
        draft=True,
    )
    return conflict, (*HEAD, *(("", f"Left out: {', '.join(left_out)}.") if left_out else ()))


def conflict_tables(found: Findings) -> tuple[Table, ...]:
    """Return what a solved model says as tables that name the statements it rests on, for a brief to take in.

    ``conflict_equilibria``: each firm equilibrium, who does what in it, and why it holds under its strictest concept.
    ``conflict_paths``: where events may come to rest from the status quo.
    """
    conflict = found.solution.conflict
    cited = tuple(dict.fromkeys(item.because.statement for item in found.citations if item.because.statement))
    notes = ("The program's own inference: what follows if the model is right, not how likely it is.",)
    columns = (Column("state", "Outcome"), *(Column(f"maker_{i}", name) for i, name in enumerate(conflict.names())))
    rows = []
    for item in found.firmest():
        doing = {f"maker_{place}": words for place, (_, words) in enumerate(item.doing)}
        because = item.why.get(item.equilibrium[0], ())
        concepts = ", ".join(_SHORT.get(concept, title(concept)) for concept in item.equilibrium)
        rows.append(Row({"state": item.words, **doing, "concepts": concepts, "why": because}, statements=cited))
    firm = Table(
        "conflict_equilibria",
        f"What would be stable: {conflict.title}",
        (*columns, Column("concepts", "Stable under"), Column("why", "Why")),
        tuple(rows),
        (*notes, *(_MEANING[concept] for concept in found.concepts if concept in _MEANING)),
    )
    paths = Table(
        "conflict_paths",
        f"Where events may come to rest: {conflict.title}",
        (Column("end", "Outcome"), Column("steps", "Steps"), Column("path", "How")),
        tuple(
            Row(
                {"end": label(conflict, path.end), "steps": len(path.steps), "path": path_words(found.solution, path)},
                statements=cited,
            )
            for path in found.paths
        ),
        notes,
    )
    return firm, paths


def _tells(item: Statement) -> bool:
    return (
        item.voice == "party"
        and item.act in WANTS
        and bool(item.issues)
        and item.issues[0] not in PROCESS
        and item.stance != "none"
        and item.speaker not in (AUTHOR, UNRESOLVED)
        and "disputed_by" not in item.modifiers
    )


def _first_hand(record: Record, origin: Mapping[str, str]) -> list[Statement]:
    """Keep what tells of somebody's wish, leaving translations and rewordings aside where their origin is at hand."""
    plain = {origin.get(item.document, item.document) for item in record.statements if not item.quote_altered}
    return [
        item
        for item in record.statements
        if _tells(item) and not (item.quote_altered and origin.get(item.document, item.document) in plain)
    ]


class _Sides:
    """Whose word a speaker's is: a state for its persons and offices, else the speaker itself.

    Where the record does not tell whose a person is, what it does tell may: an office through which the person's words
    come ("the Kremlin said that ..."), or a title that holds a state's name.
    """

    def __init__(self, record: Record) -> None:
        self.actors = {actor.name: actor for actor in record.actors}
        through: dict[str, Counter[str]] = defaultdict(Counter)
        for item in record.statements:
            for teller in item.via:
                actor = self.actors.get(teller)
                if actor is not None and actor.kind == "office":
                    through[item.speaker][self._top(teller)] += 1
        self.guessed = {
            name: sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0][0] for name, counts in through.items()
        }

    def of(self, speaker: str) -> str | None:
        """Return the side, or None for what names no one side (a crowd such as "both presidents")."""
        name = self._top(speaker)
        actor = self.actors.get(name)
        if actor is not None and actor.kind == "person":
            name = self._titled(actor) or self.guessed.get(name, name)
            actor = self.actors.get(name)
        return name if actor is not None and actor.kind in ("state", "organisation", "person") else None

    def _top(self, speaker: str) -> str:
        name = speaker
        for _ in range(len(self.actors)):
            actor = self.actors.get(name)
            if actor is None or actor.belongs_to is None or actor.belongs_to == name:
                break
            name = actor.belongs_to
        return name

    def _titled(self, person: Actor) -> str | None:
        words = {word for title in (*person.roles, *person.names) for word in title.split()}
        states = [
            actor.name for actor in self.actors.values() if actor.kind == "state" and words & {actor.name, *actor.names}
        ]
        return states[0] if len(states) == 1 else None


def _wishes(spoken: Sequence[tuple[str, Statement]], origin: Mapping[str, str]) -> list[_Wish]:
    """Sum up each side's stance on each issue; copies of one origin count once."""
    grouped: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for side, item in spoken:
        grouped[side, item.issues[0]].append(item)
    wishes = []
    for (side, issue), items in sorted(grouped.items()):
        seen: set[tuple[str, str, str]] = set()
        balance = weight = 0
        for item in items:
            key = (origin.get(item.document, item.document), item.act, item.stance)
            if key in seen:
                continue
            seen.add(key)
            weight += WEIGHT.get(item.act, 1)
            sign = {"for": 1, "against": -1}.get(item.stance, 0)
            balance += sign * WEIGHT.get(item.act, 1)
        wishes.append(_Wish(side, issue, 1 if balance >= 0 else -1, weight, tuple(items)))
    return sorted(wishes, key=lambda wish: (-wish.weight, wish.side, wish.issue))


def _makers(wishes: Sequence[_Wish], origin: Mapping[str, str], sides: _Sides) -> tuple[list[str], list[str]]:
    """Choose the sides that the most independent sources report to want something that another has a stance on too.

    Persons whose side the record does not tell stand back where states or organisations do. Returns those chosen and
    those left out.
    """
    shared = {issue for issue, count in Counter(wish.issue for wish in wishes).items() if count > 1}
    told: dict[str, set[str]] = defaultdict(set)
    weight: Counter[str] = Counter()
    for wish in wishes:
        if wish.issue in shared:
            told[wish.side] |= {origin.get(item.document, item.document) for item in wish.statements}
            weight[wish.side] += wish.weight
    ordered = sorted(told, key=lambda side: (-len(told[side]), -weight[side], side))
    bodies = [side for side in ordered if sides.actors[side].kind != "person"]
    chosen = (bodies if len(bodies) > 1 else ordered)[:MOST_MAKERS]
    return chosen, [side for side in ordered if side not in chosen]


@dataclass(frozen=True, slots=True)
class _Option:
    name: str
    side: str
    issue: str
    threat: bool
    statements: tuple[Statement, ...]
    reason: str


def _options(wishes: Sequence[_Wish], makers: Sequence[str], sides: _Sides, labels: Mapping[str, str]) -> list[_Option]:
    """Give each side the options that it offers, refuses, does or threatens, and those that are asked of it."""
    found: dict[str, _Option] = {}
    for wish in wishes:
        label = labels.get(wish.issue, wish.issue)
        own = tuple(item for item in wish.statements if item.act in CAN_DO and item.act != "THREATEN")
        threats = tuple(item for item in wish.statements if item.act == "THREATEN")
        asked: dict[str, list[Statement]] = defaultdict(list)
        for item in wish.statements:
            side = sides.of(item.addressee) if item.act == "DEMAND" and item.addressee else None
            if side is not None and side in makers and side != wish.side:
                asked[side].append(item)
        if own:
            said = ", ".join(sorted({item.act for item in own}))
            _add(found, _Option(f"{wish.side}: {label}", wish.side, wish.issue, False, own, f"Acts: {said}."))
        if threats:
            name = f"{wish.side} acts on its threat: {label}"
            _add(found, _Option(name, wish.side, wish.issue, True, threats, "Acts: THREATEN."))
        for side, items in sorted(asked.items()):
            reason = f"Asked of it by {wish.side}."
            _add(found, _Option(f"{side}: {label}", side, wish.issue, False, tuple(items), reason))
    return _fewest(list(found.values()), wishes, makers)


def _add(found: dict[str, _Option], option: _Option) -> None:
    found.setdefault(option.name, option)


def _fewest(options: Sequence[_Option], wishes: Sequence[_Wish], makers: Sequence[str]) -> list[_Option]:
    """Keep a few options of each side: those on issues that the most sides care about."""
    cares = Counter(wish.issue for wish in wishes)
    kept: list[_Option] = []
    for side in makers:
        own = [option for option in options if option.side == side]
        own.sort(key=lambda option: (not option.threat, -cares[option.issue], -len(option.statements), option.name))
        kept += own[:MOST_OPTIONS]
    return kept


def _preferences(side: str, wishes: Sequence[_Wish], options: Sequence[_Option], cite: _Citer) -> Prioritised:
    """List what a side wants: what it makes its consent depend on, what it asks of others, then its own acts."""
    mine = {wish.issue: wish for wish in wishes if wish.side == side}
    asked = [option for option in options if option.side != side and option.issue in mine and not option.threat]
    asked.sort(key=lambda option: (-mine[option.issue].weight, option.name))
    wanted = [(option.issue, _literal(option.name, mine[option.issue].sign)) for option in asked]
    own = [option for option in options if option.side == side]
    statements = _conditions(own, mine, wanted, cite)
    for option, (_, text) in zip(asked, wanted, strict=True):
        statements.append(Preference(text, cite(mine[option.issue].statements), note="Suggested: wanted of another."))
    for option in own:
        if not option.threat:
            wish = mine.get(option.issue)
            because = cite(wish.statements if wish else option.statements)
            statements.append(
                Preference(_literal(option.name, wish.sign if wish else -1), because, note="Suggested: its own act.")
            )
    for option in options:
        if option.threat and option.side != side:
            note = "Suggested: a threat of another."
            statements.append(Preference(_literal(option.name, -1), cite(option.statements), note=note))
    return Prioritised(tuple(statements))


def _conditions(
    own: Sequence[_Option], mine: Mapping[str, _Wish], wanted: Sequence[tuple[str, str]], cite: _Citer
) -> list[Preference]:
    """Tie a side's threats and its conditional consent to what it wants most of others, on another issue if it can."""
    statements: list[Preference] = []
    for option in own:
        target = next((text for issue, text in wanted if issue != option.issue), wanted[0][1] if wanted else None)
        if target is None:
            continue
        if option.threat:
            text = f"not {quoted(option.name)} if {target}"
            statements.append(Preference(text, cite(option.statements), note="Suggested: a threat."))
            continue
        said = mine[option.issue].statements if option.issue in mine else ()
        conditional = [item for item in said if item.act == "CONDITION" or item.stance == "conditional"]
        if conditional:
            text = f"not {quoted(option.name)} if not ({target})"
            statements.append(Preference(text, cite(conditional), note="Suggested: a condition."))
    return statements


def _literal(name: str, sign: int) -> str:
    return quoted(name) if sign > 0 else f"not {quoted(name)}"


class _Citer:
    """Chooses the statements to cite: one of each origin, those with unaltered words first."""

    def __init__(self, record: Record, origin: Mapping[str, str]) -> None:
        self.names = {document.id: document.name for document in record.documents}
        self.origin = origin

    def __call__(self, statements: Sequence[Statement]) -> tuple[Because, ...]:
        ordered = sorted(
            statements, key=lambda item: (item.quote_altered, -WEIGHT.get(item.act, 1), item.document, item.span)
        )
        seen: set[str] = set()
        cited: list[Because] = []
        for item in ordered:
            group = self.origin.get(item.document, item.document)
            if group not in seen and len(cited) < CITED:
                seen.add(group)
                name = self.names.get(item.document, item.document)
                cited.append(Because(document=name, words=item.content, statement=item.id))
        return tuple(cited)
