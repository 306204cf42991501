"""Human decisions on actors, issues and forecasts: their kinds, and what the decisions together leave.

Everything here is pure. Decisions are events that are only ever appended; an undo is one of them. Kinds that this
version does not know are kept by the store and left alone here. A decision whose subject is no longer there (the
coverage links differently since) has no effect and is listed as idle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parley.codebook import ISSUES
from parley.dossier.outcomes import RESOLVE
from parley.errors import DossierError, UnknownName
from parley.records import AUTHOR, UNRESOLVED, Actor, Decision, Statement

__all__ = [
    "ACTOR_STEPS",
    "ISSUE_KINDS",
    "NEEDS",
    "Actors",
    "ActorsAfter",
    "DossierIssue",
    "IssuesAfter",
    "actors_after",
    "apply",
    "in_force",
    "issues_added",
    "issues_after",
    "no_such_decision",
    "standing",
    "statements_after",
    "typed_actors",
    "undone_already",
]

NEEDS: Mapping[str, tuple[str, ...]] = {
    "rename actor": ("name",),
    "merge actors": ("other",),
    "add alias": ("alias",),
    "split actor": ("form",),
    "roll up actor": ("under",),
    "rename issue": ("label",),
    "merge issues": ("other",),
    "add issue": ("label", "proposition"),
    "add issue alias": ("alias",),
    RESOLVE: ("outcome",),
    "undo": (),
}
"""The kinds of decision known here, and what the detail of each must hold."""


@dataclass(frozen=True, slots=True)
class DossierIssue:
    """An issue as this dossier has it: the codebook's, relabelled, or its own."""

    id: str
    label: str
    proposition: str
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    own: bool = False  # added to this dossier, not the codebook's


@dataclass(frozen=True, slots=True)
class ActorsAfter:
    """What decisions leave of the actors.

    ``moved``: every earlier canonical name to the present one; ``given``: aliases that people gave, casefolded;
    ``parted``: names that people split off, by the actor that they were joined to and the words (casefolded).
    """

    actors: tuple[Actor, ...]
    moved: Mapping[str, str]
    given: Mapping[str, str]
    idle: tuple[int, ...] = ()
    parted: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IssuesAfter:
    """``issues`` in the codebook's order, the dossier's own last; ``moved``: every earlier id to the present one."""

    issues: tuple[DossierIssue, ...]
    moved: Mapping[str, str]
    idle: tuple[int, ...] = ()

    @property
    def labels(self) -> dict[str, str]:
        """Map the ids to the labels."""
        return {issue.id: issue.label for issue in self.issues}


def in_force(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that no undo took back, without the undos. An undo can be undone."""
    return tuple(reversed([decision for decision in standing(decisions) if decision.kind != "undo"]))


def apply(
    actors: Sequence[Actor], statements: Sequence[Statement], decisions: Sequence[Decision]
) -> tuple[tuple[Actor, ...], tuple[Statement, ...]]:
    """Return actors and statements as the decisions leave them."""
    after = actors_after(actors, decisions)
    return after.actors, statements_after(statements, after, issues_after(decisions))


def actors_after(actors: Sequence[Actor], decisions: Sequence[Decision]) -> ActorsAfter:
    """Return what renamings, merges and aliases leave of the *actors*, which keep their order."""
    state = Actors(actors)
    idle = [d.number for d in in_force(decisions) if d.kind in ACTOR_STEPS and not ACTOR_STEPS[d.kind](state, d)]
    return state.result(tuple(idle))


def typed_actors(
    actors: Sequence[Actor], named: Mapping[str, Iterable[str]], decisions: Sequence[Decision]
) -> tuple[Actor, ...]:
    """Return an actor for each name in an edit or addition that neither coverage nor a decision in force gives.

    *named* maps the names that people typed to the documents of their statements.
    """
    told = (d.detail for d in in_force(decisions) if d.kind in ACTOR_STEPS)
    given = {detail[key].casefold() for detail in told for key in ("name", "alias") if key in detail}
    known = {form.casefold() for actor in actors for form in (actor.name, *actor.names)} | given | {AUTHOR, UNRESOLVED}
    return tuple(
        Actor(name, "unknown", documents=tuple(sorted(set(named[name]))))
        for name in sorted(named)
        if name.casefold() not in known
    )


def issues_after(decisions: Sequence[Decision]) -> IssuesAfter:
    """Return the codebook's issues as the decisions leave them, and those that they added."""
    issues = {key: DossierIssue(key, issue.label, issue.proposition) for key, issue in ISSUES.items()}
    moved = {key: key for key in issues}
    idle = []
    for decision in in_force(decisions):
        if decision.kind in ISSUE_KINDS and not _issue_step(issues, moved, decision):
            idle.append(decision.number)
    return IssuesAfter(tuple(issues.values()), moved, tuple(idle))


def issues_added(decisions: Sequence[Decision]) -> tuple[DossierIssue, ...]:
    """Return the dossier's own issues as they were added: what readers look for, whatever was relabelled or merged."""
    added = [decision for decision in in_force(decisions) if decision.kind == "add issue"]
    return tuple(issue for issue in issues_after(added).issues if issue.own)


def statements_after(
    statements: Sequence[Statement], actors: ActorsAfter, issues: IssuesAfter
) -> tuple[Statement, ...]:
    """Return the statements with names and issue ids as *actors* and *issues* have them; the others are passed on."""
    names = {old: new for old, new in actors.moved.items() if old != new}
    ids = {old: new for old, new in issues.moved.items() if old != new}
    if not names and not ids and not actors.given and not actors.parted:
        return tuple(statements)
    present = {actor.name for actor in actors.actors}

    def name(old: str) -> str:
        if old in names:
            return names[old]
        return old if old in present else actors.given.get(old.casefold(), old)

    def changed(statement: Statement) -> Statement:
        speaker = name(statement.speaker)
        if actors.parted and statement.speaker_text:
            words = statement.speaker_text.casefold()
            speaker = actors.parted.get((statement.speaker, words), actors.parted.get((speaker, words), speaker))
        if speaker == UNRESOLVED and statement.speaker_text:
            speaker = actors.given.get(statement.speaker_text.casefold(), speaker)
        addressee = name(statement.addressee) if statement.addressee else statement.addressee
        via = tuple(map(name, statement.via)) if statement.via else statement.via
        codes = statement.issues
        if ids and not ids.keys().isdisjoint(codes):
            codes = tuple(dict.fromkeys(ids.get(code, code) for code in codes))
        if (speaker, addressee, via, codes) == (
            statement.speaker,
            statement.addressee,
            statement.via,
            statement.issues,
        ):
            return statement
        return replace(statement, speaker=speaker, addressee=addressee, via=via, issues=codes)

    return tuple(map(changed, statements))


class Actors:
    """Actors by canonical name while decisions are applied."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.known = {actor.name: actor for actor in actors}
        self.formerly = {name: [name] for name in self.known}
        self.given: dict[str, list[str]] = {}
        self.parted: dict[tuple[str, str], str] = {}

    def find(self, name: str) -> str | None:
        """Return the canonical name of the one actor that goes by *name*."""
        if name in self.known:
            return name
        for form in (str, str.casefold):
            wanted = form(name)
            found = [a.name for a in self.known.values() if wanted in map(form, (a.name, *a.names))]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def rename(self, decision: Decision) -> bool:
        """Give an actor another name. Like the other steps, false where the decision has no effect."""
        old, new = self.find(decision.subject), decision.detail["name"]
        if old is None:
            return False
        if new in self.known and new != old:  # coverage has brought an actor of that name since
            self._join(new, old)
        else:
            actor = self.known[old]
            names = _joined((old,), actor.names, without=new)
            self.known = {new if k == old else k: replace(actor, name=new, names=names) if k == old else a
                          for k, a in self.known.items()}  # fmt: skip
            self.formerly[new] = [*self.formerly.pop(old), new]  # an edit may have used the name in between
            self.given[new] = self.given.pop(old, [])
        return True

    def merge(self, decision: Decision) -> bool:
        """Make two actors one."""
        kept, other = self.find(decision.subject), self.find(decision.detail["other"])
        if kept is None or other is None or kept == other:
            return False
        self._join(kept, other)
        return True

    def add_alias(self, decision: Decision) -> bool:
        """Give an actor one more name; an actor of that name is taken in."""
        name, alias = self.find(decision.subject), decision.detail["alias"]
        if name is None:
            return False
        if alias in self.known and alias != name:
            self._join(name, alias)
        actor = self.known[name]
        self.known[name] = replace(actor, names=_joined(actor.names, (alias,), without=name))
        self.given.setdefault(name, []).append(alias)
        return True

    def split(self, decision: Decision) -> bool:
        """Make an actor of its own of those who are called *form* among the words that name the speaker."""
        name, form = self.find(decision.subject), decision.detail["form"]
        new = decision.detail.get("name") or form
        if name is None or form not in self.known[name].names or (new in self.known and new != form):
            return False
        actor = self.known[name]
        self.known[name] = replace(actor, names=tuple(other for other in actor.names if other != form))
        names = () if new == form else (form,)
        self.known[new] = Actor(new, actor.kind, names, belongs_to=actor.belongs_to, documents=actor.documents)
        self.formerly[new] = [new]
        for earlier in (*self.formerly[name], name):
            self.parted[earlier, form.casefold()] = new
        return True

    def roll_up(self, decision: Decision) -> bool:
        """Count what the actor says for another one, its party."""
        name, under = self.find(decision.subject), self.find(decision.detail["under"])
        if name is None or under is None or name == under or self.above(under, name):
            return False
        self.known[name] = replace(self.known[name], belongs_to=under)
        return True

    def above(self, name: str, wanted: str) -> bool:
        """Tell whether *name* belongs to *wanted*, at whatever remove."""
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at not in seen:
            seen.add(at)
            parent = self.known[at].belongs_to if at in self.known else None
            at = self.find(parent) if parent else None
            if at == wanted:
                return True
        return False

    def result(self, idle: tuple[int, ...]) -> ActorsAfter:
        """Return what the decisions applied so far leave; *idle* are the numbers of those without effect."""
        moved = {old: name for name, earlier in self.formerly.items() for old in earlier}
        given = {alias.casefold(): name for name, aliases in self.given.items() for alias in aliases}
        actors = (replace(a, belongs_to=moved[a.belongs_to]) if a.belongs_to in moved else a
                  for a in self.known.values())  # fmt: skip
        parted = {key: moved.get(name, name) for key, name in self.parted.items()}
        return ActorsAfter(tuple(actors), moved, given, idle, parted)

    def _join(self, kept: str, other: str) -> None:
        a, b = self.known[kept], self.known.pop(other)
        self.known[kept] = replace(
            a,
            kind=b.kind if a.kind == "unknown" else a.kind,
            names=_joined(a.names, (b.name, *b.names), without=kept),
            roles=_joined(a.roles, b.roles),
            belongs_to=a.belongs_to or b.belongs_to,
            documents=_joined(a.documents, b.documents),
        )
        self.formerly[kept] += self.formerly.pop(other)
        self.given.setdefault(kept, []).extend(self.given.pop(other, []))


ACTOR_STEPS = {
    "rename actor": Actors.rename,
    "merge actors": Actors.merge,
    "add alias": Actors.add_alias,
    "split actor": Actors.split,
    "roll up actor": Actors.roll_up,
}
ISSUE_KINDS = frozenset({"rename issue", "merge issues", "add issue", "add issue alias"})


def _issue_step(issues: dict[str, DossierIssue], moved: dict[str, str], decision: Decision) -> bool:
    key, detail = decision.subject, decision.detail
    if decision.kind == "add issue":
        if key in issues:
            return False
        examples = tuple(line for line in detail.get("examples", "").splitlines() if line.strip())
        issues[key] = DossierIssue(key, detail["label"], detail["proposition"], (), examples, own=True)
        moved[key] = key
        return True
    key = moved.get(key, key)
    if key not in issues:
        return False
    issue = issues[key]
    if decision.kind == "rename issue":
        issues[key] = replace(issue, label=detail["label"])
    elif decision.kind == "add issue alias":
        issues[key] = replace(issue, aliases=_joined(issue.aliases, (detail["alias"],), without=issue.label))
    else:
        other = moved.get(detail["other"], detail["other"])
        if other not in issues or other == key:
            return False
        gone = issues.pop(other)
        issues[key] = replace(issue, aliases=_joined(issue.aliases, (gone.label, *gone.aliases), without=issue.label))
        moved.update({old: key for old, new in moved.items() if new == other})
    return True


def no_such_decision(subject: str, last: int) -> UnknownName:
    """Return the error for an undo of a decision that was never taken; *last* is the number of the last one."""
    return UnknownName(f"There is no decision {subject!r} to undo; decisions are numbered 1 to {last}.")


def undone_already(subject: str) -> DossierError:
    """Return the error for an undo of a decision that does not stand."""
    return DossierError(f"Decision {subject} is undone already; undo its undoing to have it back.")


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that no standing undo took back, undos included, the latest first."""
    undone: set[int] = set()
    found = []
    for decision in sorted(decisions, key=lambda d: d.number, reverse=True):
        if decision.number not in undone:
            found.append(decision)
            if decision.kind == "undo":
                undone.add(int(decision.subject))
    return found


def _joined(first: Iterable[str], second: Iterable[str], *, without: str | None = None) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*first, *second)) if name != without)
