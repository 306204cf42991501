"""Documents for the lineage tests: news of a harbour dispute, written for these tests."""

from __future__ import annotations

import hashlib

from parley.records import Document, Fact, Furniture
from parley.sources.furniture import find_furniture

HARBOUR = """The prime minister held a press conference at the White House of the port on Tuesday, after the dockers'
union said that it would not accept the second offer. The foreign minister and the finance minister were there as well.

Maria Holt, the chair of the union, told reporters that the offer of 3.5 per cent did not cover the rise in rents.
She said that 1,240 members had voted against it and 312 for it. "We also want nights to be paid double," she said.

The company, Norvik Lines, said in a statement that its pay deal would stand until 14 March. Its chief executive,
Peter Aalto, called the strike action a threat to the supply chain of the country and said that trade talks with
Denmark had already suffered. An opinion poll by Sigma found that 61 per cent of people in Halden were on the side
of the dockers.

Lena Fisk, a research fellow at the Oslo Institute for Labour, a think tank, said that the central bank would watch
the wage increase closely, because interest rates depend on it. "It is the last resort of both sides," she said,
and she told the newspaper Dagen that the minimum wage had last been raised in 2019.

The energy sector looks on. Karl Brandt of Statnett said that the power plant at Moss needs 40 ships a month, and
that natural gas from the Black Sea would not arrive before April. In the long run, he said, human rights at work
matter more than 2 million kroner. The security council of the port will meet in Bergen on Friday, and the trade
union federation on Saturday in Tromsø.
"""

OTHER = """Teachers in the river towns went back to work on Monday after a mediator proposed smaller classes from the
autumn. Their federation called the plan a first step and said that pay had not been touched.

The town of Elm has 14 schools. Its mayor, Ruth Adler, said she had found the money in the road budget, and that
parents had written to her every day of the walkout. The federation will ask its 3,300 members in a ballot before
the end of June.

A second round of talks, on pensions, begins on 9 June in the county hall at Marbury.
"""


def document(
    text: str, name: str, *, outlet: str | None = None, date: str | None = None, language: str | None = None
) -> Document:
    """Return a document made by hand."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:16],
        name,
        f"{name}.txt",
        "text",
        text,
        digest,
        digest,
        outlet=Fact(outlet, "given") if outlet else None,
        date=Fact(date, "given") if date else None,
        language=Fact(language, "given") if language else None,
    )


def furniture(*documents: Document) -> dict[str, tuple[Furniture, ...]]:
    """Return the furniture of the documents by id."""
    return {found.id: find_furniture(found) for found in documents}
