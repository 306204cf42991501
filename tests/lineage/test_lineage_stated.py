"""What texts state of their origin: reprints, agency copy, machine translation."""

from __future__ import annotations

import pytest
from lineage_samples import HARBOUR, OTHER, document, furniture

from parley.lineage import trace
from parley.records import Derivation, Document


def derived(text: str, *, outlet: str | None = None) -> list[tuple[str, str | None]]:
    return [(derivation.kind, derivation.source) for derivation in full(document(text, "a", outlet=outlet))]


def full(*documents: Document) -> list[Derivation]:
    return list(trace(documents, furniture(*documents)).derivations)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("This article by Ann Lee is reprinted from Harbour Weekly. See the original here.", "Harbour Weekly"),
        ("This essay was originally published in the Nordic Review of Labour.", "Nordic Review of Labour"),
        ("Republished with permission from The Quay.", "The Quay"),
        ("This story first appeared on Dockside.", "Dockside"),
        ("Republished with permission.", None),
        ("The Harbour Times", "The Harbour Times"),
    ],
)
def test_reprint_is_named_with_the_words_that_show_it(line: str, source: str | None) -> None:
    text = f"{HARBOUR}\n{line}\n"
    found = full(document(text, "a"))
    assert [(d.kind, d.source, d.score) for d in found] == [("reprint", source, None)]
    for evidence in found[0].evidence:
        words = evidence.span.of(text)
        assert words in line and (source is None or source.removeprefix("The ") in words)


@pytest.mark.parametrize(
    "line",
    [
        "Her first book was originally published in Denmark.",
        "The contract was reprinted from the old plates of 1950 and handed out at the gate.",
        "The offer was first published on Monday by the company.",
        "They read the Harbour Times.",
    ],
)
def test_body_that_speaks_of_printing_is_no_reprint(line: str) -> None:
    assert derived(f"{OTHER}\n{line} The hall was full, and the members stayed until the doors closed at ten.\n") == []


def test_credit_line_of_the_outlet_itself_is_no_reprint() -> None:
    assert derived(f"{HARBOUR}\nThe Harbour Times\n", outlet="Harbour Times") == []
    assert derived(f"{HARBOUR}\nThe Harbour Times\n", outlet="Quay News") == [("reprint", "The Harbour Times")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"BERGEN, March 4 (Reuters) - {HARBOUR}", "Reuters"),
        (f"BERGEN, Norway (AP) — {HARBOUR}", "Associated Press"),
        (f"Bergen (AFP) – {HARBOUR}", "Agence France-Presse"),
        (f"{HARBOUR}\n© 2025 AFP\n", "Agence France-Presse"),
        (f"{HARBOUR}\n— AP\n", "Associated Press"),
        (f"{HARBOUR}\nThe Associated Press contributed to this report.\n", "Associated Press, in part"),
    ],
)
def test_agency_dateline_or_credit_is_wire_copy(text: str, source: str) -> None:
    assert derived(text) == [("wire copy", source)]


def test_agency_copy_on_the_agency_s_own_page_is_no_copy() -> None:
    assert derived(f"BERGEN, March 4 (Reuters) - {HARBOUR}", outlet="reuters.com") == []


def test_body_told_by_an_agency_is_wire_copy_and_a_single_mention_is_not() -> None:
    told = (
        f"{OTHER}\nThe mayor was close to tears, Reuters reports. A parent told Reuters that it had been too long. "
        "About 900 pupils stayed at home, according to Reuters estimates.\n"
    )
    found = full(document(told, "a"))
    assert [(d.kind, d.source) for d in found] == [("wire copy", "Reuters")]
    assert found[0].score is not None and 0 < found[0].score < 1
    assert [e.span.of(told) for e in found[0].evidence] == [
        "Reuters reports",
        "told Reuters",
        "according to Reuters estimates",
    ]
    assert derived(f"{OTHER}\nA parent told Reuters that the walkout had been too long.\n") == []
    assert (
        derived(f"{OTHER}\nA parent told Reuters of it. A pupil told Reuters too. The mayor told Reuters nothing.\n")
        == []
    )


def test_agency_that_no_list_knows_is_learned_from_a_dateline() -> None:
    wire = document(f"BERGEN, March 4 (Fjordwire) - {HARBOUR}", "wire", outlet="Fjordwire")
    told = document(
        f"{OTHER}\nThe mayor wept, Fjordwire reports. A parent told Fjordwire of it; a pupil told Fjordwire more.\n",
        "a",
    )
    assert [(d.document, d.kind, d.source) for d in full(wire, told)] == [(told.id, "wire copy", "Fjordwire")]
    assert full(told) == []


def test_photograph_of_an_agency_is_no_wire_copy() -> None:
    assert derived(f"Photo: Reuters\n{HARBOUR}\nThe gate on Tuesday (AP Photo/Ann Lee)\nImage copyright AFP\n") == []


def test_two_outlets_that_carry_one_agency_share_an_origin_only_through_the_text() -> None:
    one = document(f"BERGEN, March 4 (Reuters) - {HARBOUR}", "one", outlet="Quay News", date="2025-03-04")
    two = document(f"ELM, June 2 (Reuters) - {OTHER}", "two", outlet="Dockside")
    assert len(trace([one, two], furniture(one, two)).groups) == 2
    half = "\n\n".join(HARBOUR.split("\n\n")[:3])
    ending = "\n".join(
        f"Line {k} of the paper's own report speaks of gate {k} and of what its keeper saw there." for k in range(9)
    )
    mixed = document(f"BERGEN, March 4 (Reuters) - {half}\n\n{ending}", "three", outlet="Dockside", date="2025-03-05")
    lineage = trace([one, mixed], furniture(one, mixed))
    assert len(lineage.groups) == 1
    assert ("wire copy", "Reuters", one.id) in [(d.kind, d.source, d.of_document) for d in lineage.derivations]


def test_agency_s_own_page_is_the_original_whatever_the_dates() -> None:
    own = document(HARBOUR, "own", outlet="Reuters", date="2025-03-05")
    carried = document(f"BERGEN (Reuters) - {HARBOUR}", "carried", outlet="Quay News", date="2025-03-04")
    found = [d for d in full(own, carried) if d.kind == "near duplicate"]
    assert [(d.document, d.of_document) for d in found] == [(carried.id, own.id)]


@pytest.mark.parametrize(
    "line",
    [
        "Disclaimer: this text was translated with an AI translator and may hold mistakes.",
        "This article was automatically translated from Norwegian.",
        "This text has been translated by a machine from the Norwegian original.",
    ],
)
def test_translation_disclaimer_is_stated_and_alters_quotations(line: str) -> None:
    text = f"{line}\n\n{HARBOUR}"
    found = full(document(text, "a"))
    assert [(d.kind, d.score, d.quotes_altered) for d in found] == [("machine translation", None, True)]
    assert found[0].evidence[0].span.of(text) == line
    assert found[0].source == ("Norwegian" if "Norwegian" in line else None)


def test_marks_of_translation_alone_give_a_score() -> None:
    text = (
        "The port had lost 3,3 million tons by May, and 12,5 percent of its ships went to Wien and to Teheran.\n"
        "„We did not sleep“, the chair said on 27.02.2026. in Moskva. About 1.240.000 people were hit, she added.\n"
    )
    found = full(document(text, "a"))
    assert [(d.kind, d.quotes_altered) for d in found] == [("machine translation", True)]
    assert found[0].score is not None and found[0].score >= 3.5
    assert {"3,3", "12,5", "1.240.000", "Moskva"} <= {e.span.of(text) for e in found[0].evidence}


@pytest.mark.parametrize(
    "text",
    [
        "The union won 3,300 votes and 1,200 more, in Articles 2,3 and 4 of 10,000 pages. Kiev fell silent, she wrote.",
        "A machine that translates contracts was shown to the dockers. Google offered to translate them for the port.",
        "The ministry said that artificial intelligence would translate the rules, and 3,3 of them were lost.",
    ],
)
def test_ordinary_figures_and_talk_of_translation_are_not_marks(text: str) -> None:
    assert derived(text) == []


@pytest.mark.parametrize("language", [None, "pt"])
def test_marks_of_english_are_not_looked_for_in_another_language(language: str | None) -> None:
    text = (
        "A empresa disse que a oferta subiu 3,5 por cento e 12,5 por cento em Wien; a união recusou "
        "a oferta a outra empresa em Moskva. „Não dormimos“, disse a assessora. A estiva parou "
        "1.240.000 toneladas, a autoridade admitiu a espera.\n"
    )
    one = document(text, "a", language=language)
    assert full(one) == []
