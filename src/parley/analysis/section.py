"""What a solved model hands to a brief: tables, drawings and what they rest on, in a form that knows no solver."""

from __future__ import annotations

from dataclasses import dataclass

from parley.analysis.table import Table

__all__ = ["Basis", "Part", "Section"]


@dataclass(frozen=True, slots=True)
class Part:
    """A table, with the drawing that it explains.

    ``svg`` goes into a page as it is: whoever makes it has escaped every word in it. ``drawn`` is its heading,
    ``legend`` says how to read it. ``folded`` tables are long and stand closed until somebody opens them.
    """

    table: Table
    svg: str = ""
    drawn: str = ""
    legend: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What items of a model rest on: verbatim words, and where they stand.

    ``documents`` are names as the model writes them, ``statements`` ids; ``note`` is its author's own reason.
    """

    items: tuple[str, ...]
    documents: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One model's answers. ``name`` is unique within a brief; ``file`` is the model's, without its folder.

    ``draft`` says that the file is as the program suggested it, and that nobody has put their name to it.
    """

    name: str
    title: str
    file: str
    heading: str
    paragraphs: tuple[str, ...]
    parts: tuple[Part, ...]
    bases: tuple[Basis, ...] = ()
    draft: bool = False
