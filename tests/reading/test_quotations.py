"""Quotations: nested, over paragraphs, unclosed, in many kinds of marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.quotations import quotations
from parley.reading.sentences import paragraphs


def found(text: str) -> list[tuple[int, list[str], bool]]:
    return [(q.depth, [p.of(text) for p in q.parts], q.closed) for q in quotations(text, list(paragraphs(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no deal”.", [(0, ["no deal"], True)]),
        ('She said "no deal".', [(0, ["no deal"], True)]),
        ("Elle a dit « non ».", [(0, [" non "], True)]),
        ("Er sagte „nein“.", [(0, ["nein"], True)]),
        ("They called it ‘a trap’.", [(0, ["a trap"], True)]),
        ("“He told me ‘never’ twice,” she said.", [(0, ["He told me ‘never’ twice,"], True), (1, ["never"], True)]),
        ("The workers’ union and the board’s offer", []),
        ("the '90s and rock 'n' roll", []),
        ("He'll say it's the dockers' fault", []),
        ("“political dummy“ he wrote", [(0, ["political dummy"], True)]),
        ("“We will not sign. The rest is lost.", [(0, ["We will not sign. The rest is lost."], False)]),
        ('"We stay," he said. "We fight."', [(0, ["We stay,"], True), (0, ["We fight."], True)]),
        ("no marks at all", []),
    ],
)
def test_marks_of_many_kinds(text: str, expected: list[tuple[int, list[str], bool]]) -> None:
    assert found(text) == expected


def test_a_quotation_runs_over_paragraphs_that_open_with_its_mark() -> None:
    text = "“We came in good faith.\n\n“We leave without a deal,” said Berg."
    assert found(text) == [(0, ["We came in good faith.", "We leave without a deal,"], True)]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We came in good faith.\n\nThe board left at noon. “It is over,” it said."
    assert found(text) == [(0, ["We came in good faith."], False), (0, ["It is over,"], True)]


@given(st.text(st.sampled_from(list("ab '\"“”‘’«»„`\n.🙂")), max_size=80))
def test_parts_lie_inside_the_text_and_their_quotation(text: str) -> None:
    for quotation in quotations(text, list(paragraphs(text))):
        assert quotation.parts
        for part in quotation.parts:
            assert 0 <= quotation.span.start <= part.start <= part.end <= quotation.span.end <= len(text)


def test_a_long_line_full_of_marks_takes_linear_time() -> None:
    text = 'a "b ' * 200_000
    assert len(quotations(text, list(paragraphs(text)))) == 100_000
