"""What models add to a brief: marked as inference, with tables, drawings and the words that they rest on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dispute_samples import document
from page_reader import read

import parley
from parley.analysis.section import Basis, Part, Section
from parley.analysis.table import Column, Row, Table
from parley.brief import render_html, render_markdown
from parley.errors import ModelError
from parley.records import Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "ceasefire-call"
CONFLICT, BARGAIN = EXAMPLE / "conflict.toml", EXAMPLE / "bargain.toml"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \u202e | `x`"


@pytest.fixture(scope="module")
def dossier() -> parley.Dossier:
    return parley.read(EXAMPLE)


@pytest.fixture(scope="module")
def page(dossier: parley.Dossier) -> str:
    return parley.brief(dossier, conflict=CONFLICT, bargain=BARGAIN)


def section(page: str, name: str) -> str:
    return page.split(f'<section id="model-{name}"', 1)[1].split("</section>", 1)[0]


def test_models_stand_after_the_experts_and_before_the_sources(page: str) -> None:
    marks = ["experts", "model-conflict", "model-bargain", "sources"]
    places = [page.index(f'<section id="{name}"') for name in marks]
    assert places == sorted(places)
    contents = page.split("<nav", 1)[1].split("</nav>", 1)[0]
    links = [contents.index(f'href="#{name}"') for name in marks]
    assert links == sorted(links)


def test_each_says_that_it_is_inference_and_no_forecast(page: str) -> None:
    for name in ("conflict", "bargain"):
        assert "It explores assumptions; it is not a forecast." in section(page, name)
        assert f"{name}.toml" in section(page, name)
        assert '<span class="k own">Parley</span>' in section(page, name)


def test_a_draft_is_called_a_draft_and_nobodys_model(dossier: parley.Dossier, page: str, tmp_path: Path) -> None:
    made = {}
    for kind, path in (("conflict", CONFLICT), ("bargain", BARGAIN)):
        made[kind] = tmp_path / f"{kind}.toml"
        made[kind].write_text('status = "draft"\n' + path.read_text("utf-8"), "utf-8")
    drafts = parley.brief(dossier, conflict=made["conflict"], bargain=made["bargain"])
    for name in ("conflict", "bargain"):
        assert "a draft that the program itself suggested and that nobody has checked" in section(drafts, name)
        assert ", still a draft:" in section(drafts, name)
        assert "a person answers for" not in section(drafts, name)
        assert "a person answers for" in section(page, name)
        assert "draft" not in section(page, name)


def test_a_page_with_models_is_still_whole_and_closed(page: str) -> None:
    seen = read(page)
    assert not seen.wrong
    assert not seen.open
    assert len(seen.ids) == len(set(seen.ids))
    assert all(link.startswith("#") and link[1:] in seen.ids for link in seen.links)
    assert not {"script", "img", "image", "use", "foreignobject"} & set(seen.tags)
    assert not [key for key, _ in seen.attributes if key.startswith("on") or key in {"style", "src", "xlink:href"}]
    assert page.count("<style>") == 1
    assert "http" not in page.replace("http-equiv", "")


def test_every_drawing_has_its_table_beneath(page: str) -> None:
    for name, drawings in (("conflict", 1), ("bargain", 4)):
        after = section(page, name).split("</svg>")
        assert len(after) == drawings + 1
        assert all("<table" in piece.split("<svg", 1)[0] for piece in after[1:])


def test_every_drawing_has_a_heading_that_says_what_it_shows(page: str) -> None:
    headings = re.findall(r"<h3>([^<]+)</h3>\s*<figure>", section(page, "conflict") + section(page, "bargain"))
    assert headings == [
        "The state graph",
        "Chance of an agreement over time, if the assumptions held",
        "What the game is worth to each party while talks go on",
        "Terms, given that there is an agreement",
        "Which assumptions matter",
    ]


def test_cited_words_lead_to_their_article_and_statement(page: str) -> None:
    row = next(row for row in section(page, "conflict").split("<tr") if "Moscow has yet to do so." in row)
    number = re.search(r'href="#(d-\d+)"', row)
    anchor = re.search(r'class="n" href="#(s-[^"]+)"', row)
    assert number is not None
    assert anchor is not None
    article = page.split(f'<article id="{number[1]}"', 1)[1].split("</article>", 1)[0]
    assert f'id="{anchor[1]}"' in article
    assert "do not stand in it" not in page.split("<main>", 1)[1]


def test_words_that_are_not_in_the_coverage_are_called_out() -> None:
    record = Record(documents=(document("minutes", "Nobody said anything.\n"),))
    bases = (
        Basis(("a",), documents=("minutes",), words="Nobody\n said   anything."),
        Basis(("b",), documents=("minutes",), words="Somebody said it."),
        Basis(("c",), documents=("letters",), statements=("gone",)),
        Basis(("d",), documents=("letters", "minutes"), words="Nobody said anything."),
    )
    page = render_html(record, [Section("conflict", "T", "f.toml", "H", (), (), bases)])
    rows = section(page, "conflict").split("<tr role")[2:]
    assert [row.count("these words do not stand in it") for row in rows] == [0, 1, 0, 0]
    assert [row.count("not in this dossier") for row in rows] == [0, 0, 2, 1]


def test_hostile_words_of_a_model_are_shown_and_nothing_else() -> None:
    table = Table(
        "t", HOSTILE, (Column("a", HOSTILE), Column("b", "n")), (Row({"a": (HOSTILE,), "b": 1.0}),), (HOSTILE,)
    )
    bases = (Basis((HOSTILE,), (HOSTILE,), (HOSTILE,), HOSTILE, HOSTILE),)
    made = Section("conflict", HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (Part(table), Part(table, folded=True)), bases)
    page = render_html(Record(), [made])
    seen = read(page)
    assert not seen.wrong
    assert "script" not in seen.tags
    assert "\u202e" not in page
    assert "49" not in section(page, "conflict")
    text = render_markdown(Record(), [made])
    assert "<script" not in text.replace("\\<script", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {3}


def test_markdown_has_the_same_tables(dossier: parley.Dossier, page: str) -> None:
    text = parley.brief(dossier, form="markdown", conflict=CONFLICT, bargain=BARGAIN)
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert heads.index("## Altered words restored") + 3 == heads.index("## Sources")
    assert "it is not a forecast" in text
    assert "| chance of agreement | " in text
    assert "| 0 (status quo) | nothing |" in text
    assert re.search(r"“Moscow has yet to do so\.” — .*, no\. \d+\[\^d\d+\]", text)


def test_the_same_files_give_the_same_bytes(dossier: parley.Dossier, page: str) -> None:
    assert parley.brief(dossier, conflict=str(CONFLICT), bargain=str(BARGAIN)) == page


def test_no_model_no_section(dossier: parley.Dossier) -> None:
    assert "model-" not in parley.brief(dossier).split("<main>", 1)[1]


def test_other_numbers_in_the_file_give_other_numbers_in_the_brief(dossier: parley.Dossier, tmp_path: Path) -> None:
    text = BARGAIN.read_text("utf-8").replace("horizon = 10", "horizon = 4")
    (tmp_path / "bargain.toml").write_text(text, "utf-8")
    made = section(parley.brief(dossier, bargain=tmp_path / "bargain.toml"), "bargain")
    assert "within 4 periods" in made
    assert '<bdi>10</bdi></th><td role="cell" data-l="talking"' not in made


@pytest.mark.parametrize("kind", ["conflict", "bargain"])
def test_a_bad_model_is_an_error_with_its_line(dossier: parley.Dossier, kind: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "x"\nnonsense = 3\n', "utf-8")
    with pytest.raises(ModelError, match=r"bad\.toml"):
        parley.brief(dossier, **{kind: bad})
    with pytest.raises((ModelError, OSError)):
        parley.brief(dossier, **{kind: tmp_path / "absent.toml"})
