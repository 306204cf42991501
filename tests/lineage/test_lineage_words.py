"""The words that lineage compares: no furniture but what two articles print alike for pages on end."""

from __future__ import annotations

from lineage_samples import document

from parley.lineage.words import words_of
from parley.records import Furniture, FurnitureReason, Span

TEXT = "The port closed. Cranes at dusk Hide Caption 1 of 2. The strike goes on."
LINE = Span(TEXT.index("Cranes"), TEXT.index(" The strike"))


def compared(reason: FurnitureReason) -> tuple[str, ...]:
    made = document(TEXT, "port")
    return words_of(made, (Furniture(made.id, LINE, reason),)).words


def test_what_two_pages_print_alike_is_compared_and_a_caption_is_not() -> None:
    assert (
        "cranes" in compared("photo gallery")
        and "cranes" in compared("stories below")
        and "cranes" not in compared("caption")
    )
    assert {"port", "strike"} <= set(compared("caption"))
