"""Brief -> Markdown with the same content: numbered quotations, documents as footnotes, articles marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parley.analysis.table import Table
from parley.analysis.words import ALTERED, CLASSES
from parley.brief.display import plural, printable
from parley.brief.models import cell_words, is_figures
from parley.brief.passages import Close, Open, Text, passage_events
from parley.brief.speakers import ORDER
from parley.brief.view import AccountBlock, Article, Brief, Grounds, Listing, Model, Paragraph, Quote, Ref
from parley.version import __version__

__all__ = ["escaped", "write_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&@$^=])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?<=[A-Za-z])(?=:[/]{2})|(?<=www)(?=\.)", re.I)

_HEADINGS = {
    "party": "Party statements",
    "reporter": "Reporters’ and authors’ findings",
    "expert": "Experts’ opinions",
    "anonymous": "Anonymous sources",
}


def escaped(words: str) -> str:
    """Return *words* on one line with every sign that Markdown would act on escaped, and controls written out."""
    flat = " ".join(printable(words).split())
    flat = _SPECIAL.sub(r"\\\1", _ADDRESS.sub("\0", flat)).replace("\0", "\\")
    return _LINE_START.sub(lambda hit: f"{hit[1]}{_start(hit[2])}", flat)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _start(sign: str) -> str:
    return f"\\{sign}" if not sign.isdigit() else f"{sign}\u2060"


def write_markdown(brief: Brief) -> str:
    """Return the brief as Markdown (CommonMark with tables' pipes escaped and GitHub footnotes ``[^d1]``)."""
    out: list[str] = [
        f"# {escaped(brief.parties) or 'Brief'}",
        f"What the coverage shows. {_capital(escaped(brief.subtitle))}. {escaped(brief.counts)}.",
        f"**{escaped(brief.status)}.** Machine readings; no line here is a person’s finding. A number such as no. 12 "
        "is a statement; its words stand between ⟦12: and ⟧ in its article below.",
        "Party, Reporter, Expert and Anonymous in square brackets say who speaks; *Parley:* marks what the program "
        "inferred by rule.",
    ]
    for title, lines in (
        ("What happened", _lines(brief)),
        ("Positions", _positions(brief)),
        ("Who said what", _statements(brief)),
        ("What was proposed and accepted, how far", _proposals(brief)),
        ("Where accounts differ", _accounts(brief)),
        ("Timeline", _timeline(brief)),
        ("Judgements of experts", _experts(brief)),
        *((listing.title, _listing(brief, listing)) for listing in brief.listings),
        *((escaped(model.section.title), _model(model)) for model in brief.models),
        ("Sources", _sources(brief)),
        ("Skipped, refused, unresolved", _gaps(brief)),
        ("Method", [escaped(paragraph) for paragraph in brief.method]),
        ("Articles", [line for article in brief.articles for line in _article(article, brief)]),
    ):
        out += [f"## {title}", *(lines or ["Nothing of this was read in the coverage."])]
    out += _footnotes(brief)
    return "\n\n".join(out) + "\n"


def _quote(quote: Quote, *, speaker: bool = True) -> str:
    start, end = quote.marks
    words = f"{_space(quote.before)}{start}**{escaped(quote.words)}**{end}{_space(quote.after, left=True)}"
    who = f"\\[{CLASSES[quote.voice]}\\] {escaped(quote.speaker)}" if speaker else f"\\[{CLASSES[quote.voice]}\\]"
    via = f", through {escaped(quote.via)}" if quote.via else ""
    mark = f" — △ {ALTERED}" if quote.altered else ""
    source = f"{escaped(quote.outlet)}, {quote.date}, {quote.fidelity}, no. {quote.ref.number}"
    return f"{words} — {who}{via}; {source}[^d{quote.article}]{mark}"


def _space(words: str, *, left: bool = False) -> str:
    """Return the rest of a sentence, keeping the space that parts it from the words."""
    if not words:
        return ""
    if left:
        return (" " if words[0].isspace() else "") + escaped(words)
    return escaped(words) + (" " if words[-1].isspace() else "")


def _also(refs: Sequence[Ref], more: int) -> str:
    if not refs:
        return ""
    rest = f" and {more} more" if more else ""
    return f" (also no. {', '.join(str(ref.number) for ref in refs)}{rest})"


def _notes(brief: Brief, name: str) -> list[str]:
    cut = [f"*{escaped(brief.cut[name])}*"] if name in brief.cut else []
    return [*cut, "\n".join(f"- *{escaped(note)}*" for note in brief.notes[name])]


def _paren(words: str) -> str:
    return f" ({escaped(words)})" if words else ""


def _lines(brief: Brief) -> list[str]:
    if not brief.lines:
        return []
    items = [
        f"{number}. **{escaped(line.party)}**: {line.does}{_paren(line.how_far)}, on {escaped(line.issue)} "
        f"({plural(line.groups, 'independent source')}): {_quote(line.quote)}"
        for number, line in enumerate(brief.lines, 1)
    ]
    return ["\n".join(items), f"*Parley: {escaped(' '.join(brief.notes['highlights']))}*"]


def _positions(brief: Brief) -> list[str]:
    if not brief.positions:
        return []
    out = []
    for block in brief.positions:
        out.append(f"### {escaped(block.issue)}")
        if block.proposition:
            out.append(f"For means: {escaped(block.proposition)}")
        items = []
        for row in block.rows:
            names = f" ({escaped(row.speakers)})" if row.speakers else ""
            items.append(
                f"- **{escaped(row.party)}**{names}: **{row.stance}**, {row.does}{_paren(row.how_far)}; {row.date}; "
                f"{plural(row.groups, 'independent source')}; *Parley: {row.change}*. {_quote(row.quote)}"
                f"{_also(row.others, row.more)}"
            )
        out.append("\n".join(items))
    return out + _notes(brief, "positions")


def _statements(brief: Brief) -> list[str]:
    out = [f"*{escaped(brief.cut['statements'])}*"] if "statements" in brief.cut else []
    for voice in ORDER:
        found = [block for block in brief.speakers if block.voice == voice]
        if found:
            out.append(f"### {_HEADINGS[voice]}")
        for block in found:
            about = "".join(
                f", {escaped(words)}" for words in (block.side and f"for {block.side}", block.roles) if words
            )
            counts = f"{plural(block.count, 'statement')}, {plural(block.groups, 'independent source')}"
            out.append(f"#### {escaped(block.name)}{about} ({counts})")
            items = []
            for entry in block.entries:
                fields = [entry.does + (f" → {escaped(entry.to)}" if entry.to else "")]
                fields += [escaped(words) for words in (entry.issues, entry.stance, entry.how_far) if words]
                items.append(f"- {'; '.join(fields)}: {_quote(entry.quote, speaker=False)}")
            out.append("\n".join(items))
    return out


def _proposals(brief: Brief) -> list[str]:
    if not brief.proposals:
        return []
    out = []
    for block in brief.proposals:
        items = []
        for row in block.rows:
            to = f" to {escaped(row.to)}" if row.to else ""
            answered = f"; *Parley: answers on this issue: {escaped(row.answered)}*" if row.answered else ""
            if row.answered == "no answer in the coverage":
                answered = f"; *Parley: {row.answered}*"
            quotes = " / ".join(map(_quote, row.quotes))
            items.append(
                f"- **{escaped(row.party)}**{to}: **{row.does}**{_paren(row.how_far)}; {row.date}; "
                f"{plural(row.groups, 'independent source')}{answered}. {quotes}{_also(row.others, row.more)}"
            )
        out += [f"### {escaped(block.issue)}", "\n".join(items)]
    return out + _notes(brief, "proposals")


def _accounts(brief: Brief) -> list[str]:
    out = []
    for block in brief.accounts:
        of = f" ({escaped(block.meeting)})" if block.meeting else ""
        out += [f"### {escaped(block.issue)}{of}", f"*Parley: {block.comparison}.*", _cells(block)]
    if brief.one_sided:
        out.append("### In one side’s account only")
        sides = escaped(", ".join(brief.sides))
        out.append(f"*Parley: the coverage holds no statement on it of {sides} but the one named.*")
        out.append("\n".join(_cells(block, told=True) for block in brief.one_sided))
    return out + _notes(brief, "accounts") if out else []


def _cells(block: AccountBlock, *, told: bool = False) -> str:
    items = []
    for cell in block.cells:
        if cell.quote is not None:
            of = f" ({escaped(block.meeting)})" if block.meeting else ""
            issue = f"{escaped(block.issue)}{of}, " if told else ""
            groups = plural(cell.groups, "independent source")
            also = _also(cell.others, cell.more)
            items.append(f"- {issue}**{escaped(cell.side)}**: {cell.does} ({groups}). {_quote(cell.quote)}{also}")
        elif not told:
            items.append(f"- **{escaped(cell.side)}**: {cell.account}")
    return "\n".join(items)


def _timeline(brief: Brief) -> list[str]:
    if not brief.events:
        return []
    items = []
    for event in brief.events:
        basis = f"“{escaped(event.dated_by)}”, {escaped(event.basis)}" if event.dated_by else escaped(event.basis)
        to = f" → {escaped(event.to)}" if event.to else ""
        who = f"{escaped(event.who)}: " if event.who else ""
        issue = f"; {escaped(event.issue)}" if event.issue else ""
        items.append(
            f"- **{event.when or 'undated'}** (*Parley: {basis}*): {who}{escaped(event.does)}{to}"
            f"{issue}; {plural(event.groups, 'independent source')}. {_quote(event.quote)}"
            f"{_also(event.others, event.more)}"
        )
    return ["\n".join(items), *_notes(brief, "timeline")]


def _experts(brief: Brief) -> list[str]:
    if not brief.experts:
        return []
    items = []
    for entry in brief.experts:
        role = _paren(entry.role)
        about = f"; {escaped(entry.issue)}" if entry.issue else ""
        items.append(f"- **{escaped(entry.quote.speaker)}**{role}: {entry.kind}{about}. {_quote(entry.quote)}")
    return ["\n".join(items), *_notes(brief, "experts")]


def _listing(brief: Brief, listing: Listing) -> list[str]:
    items = []
    for row in listing.rows:
        about = f" ({escaped(row.about)})" if row.about else ""
        own = "".join(f"; *Parley: {escaped(words)}*" for words in row.inferred)
        fields = "".join(f"; {name}: {escaped(words)}" for name, words in row.fields)
        words = " / ".join(map(_quote, row.quotes)) or escaped(row.said) + (f"[^d{row.article}]" if row.article else "")
        also = _also(row.others, row.more)
        items.append(f"- **{escaped(row.who)}**{about}: **{escaped(row.what)}**{own}{fields}. {words}{also}")
    return ["\n".join(items) or listing.empty, *_notes(brief, listing.name)]


def _model(model: Model) -> list[str]:
    section = model.section
    out = [f"*Parley: {escaped(model.caution)}*", f"### {escaped(section.heading)}", *map(escaped, section.paragraphs)]
    for part in section.parts:
        out += [f"#### {escaped(part.table.title)}", _table(part.table)]
        out += ["\n".join(f"- *{escaped(note)}*" for note in part.table.notes)] if part.table.notes else []
    if model.grounds:
        out += ["#### What the model rests on", "\n".join(map(_grounds, model.grounds))]
    return out


def _table(table: Table) -> str:
    """Write a table as Markdown tables go; the columns that hold numbers stand to the right."""
    keys = [column.key for column in table.columns]
    rows = [[escaped(column.title) for column in table.columns]]
    rows.append(["--:" if is_figures(key, table) else "---" for key in keys])
    rows += [[escaped(cell_words(row.cells[key])) for key in keys] for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _grounds(entry: Grounds) -> str:
    words = f"{entry.marks[0]}{escaped(entry.words)}{entry.marks[1]}" if entry.words else ""
    places = []
    for place in entry.places:
        number = f", no. {place.ref.number}" if place.ref else ""
        foot = f"[^d{place.article}]" if place.article else ""
        missing = f" (△ {place.missing})" if place.missing else ""
        places.append(f"{escaped(place.name)}{number}{foot}{missing}")
    note = f"the model’s author: {escaped(entry.note)}" if entry.note else ""
    return f"- {escaped(entry.items)}: " + " — ".join(filter(None, [words, "; ".join(places), note]))


def _sources(brief: Brief) -> list[str]:
    if not brief.sources:
        return []
    items = []
    for row in brief.sources:
        facts = "; ".join(f"{name}: {escaped(value)}" + (f" ({how})" if how else "") for name, value, how in row.facts)
        shares = f", with {escaped(row.shares)}" if row.shares else ""
        lines = [
            f"- **{escaped(row.heading)}**[^d{row.number}], {row.group}{shares} (*Parley: {escaped(row.because)}*)",
            f"  - {facts}; {plural(row.statements, 'statement')}",
        ]
        lines += [f"  - {escaped(item)}" for item in row.derivations]
        lines += [f"  - told by {', '.join(f'“{escaped(item)}”' for item in row.telling)}"] if row.telling else []
        lines += [f"  - △ {ALTERED}"] if row.altered else []
        lines += [f"  - furniture left unread: {escaped(row.furniture)}"] if row.furniture else []
        lines += [f"  - {escaped(note)}" for note in row.notes]
        items.append("\n".join(lines))
    return ["\n".join(items), *_notes(brief, "sources")]


def _gaps(brief: Brief) -> list[str]:
    out = []
    for block in brief.gaps:
        out.append(f"### {block.kind[0].upper()}{block.kind[1:]}: {block.count}")
        items = []
        for where, what, said, ref in block.rows:
            words = f" “{escaped(said)}”" if said else ""
            words += f", no. {ref.number}" if ref else ""
            items.append(f"- {escaped(where)}: {escaped(what)}{words}")
        rest = block.count - len(block.rows)
        items += [f"- and {rest:,} more; “parley show gaps” lists them all"] if rest else []
        out.append("\n".join(items))
    out = out or ["Nothing was skipped, refused or left unresolved."]
    if brief.silent_issues:
        out.append(f"No statement was read on: {escaped(brief.silent_issues)}.")
    return out + _notes(brief, "gaps")


def _article(article: Article, brief: Brief) -> Iterable[str]:
    yield f"### {article.number}. {escaped(article.heading)}"
    yield f"{escaped(article.byline)} · {escaped(article.document.name)}" + (
        f" · △ {ALTERED}" if article.altered else ""
    )
    for part in article.parts:
        if isinstance(part, Paragraph):
            words = _paragraph(article, part, brief)
            if words:
                yield f"> {words}"
        else:
            yield f"> *\\[{plural(part.characters, 'character')} left out here\\]*"


def _paragraph(article: Article, part: Paragraph, brief: Brief) -> str:
    out: list[str] = []
    for event in passage_events(article.document.text, part.span, part.statements, part.furniture, brief.anchors):
        if isinstance(event, Text):
            out.append(event.words)
        elif isinstance(event, Open):
            start = f"⟦{brief.numbers[event.key]}: " if event.kind == "statement" else f"({event.label}: "
            out.append(start)
        elif isinstance(event, Close):
            out.append("⟧" if event.kind == "statement" else ")")
    return escaped("".join(out))


def _footnotes(brief: Brief) -> list[str]:
    return [
        f"[^d{item.number}]: {escaped(item.heading)}. {escaped(item.byline)}. {escaped(item.document.name)}, article "
        f"{item.number} below."
        for item in brief.articles
    ] + [f"Made by Parley {__version__}."]
