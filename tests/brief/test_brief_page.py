from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from pathlib import Path

import pytest
from dispute_samples import Dispute, document, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Page, read

from parley.brief import articles as appendix
from parley.brief import render_html, render_markdown, summary_lines
from parley.brief.display import day, days_in_words, plural, printable, span_of_days
from parley.brief.markdown import escaped
from parley.brief.passages import paragraphs
from parley.records import AUTHOR, Document, Furniture, Record, Refusal, Span, Statement

RECORD = Dispute().record()
HOSTILE = (
    "<script>alert(1)</script> & \"quotes\" 'single' <img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} "
    "\u202eevil\u202c nul\x00nul https://example.invalid/x ]]> --> </style></mark> "
    "[a](javascript:alert(3)) *b* _c_ | `d`"
)
SECTIONS = (
    "lines",
    "positions",
    "statements",
    "proposals",
    "accounts",
    "timeline",
    "experts",
    "sources",
    "gaps",
    "method",
)


def hostile_record() -> Record:
    text = document(HOSTILE, f"Before. {HOSTILE} After.\n{HOSTILE}\n", date="2031-03-03", title=HOSTILE, outlet=HOSTILE)
    return Record(
        documents=(text,),
        statements=(
            statement(
                text,
                HOSTILE,
                HOSTILE,
                "REJECT",
                issues=("G4", HOSTILE),
                stance="against",
                addressee=HOSTILE,
                via=(HOSTILE,),
                id=HOSTILE,
            ),
            statement(text, HOSTILE, "unresolved", "DENY", speaker_text=HOSTILE, issues=("G4",), id="x y\"'<"),
            statement(text, HOSTILE, HOSTILE, "ASSESS", voice="expert", mode="forecast"),
        ),
        refusals=(Refusal(HOSTILE, "refused", HOSTILE),),
        unread=((text.id, HOSTILE),),
        issue_labels={"G4": HOSTILE},
    )


def check(page: str, record: Record) -> Page:
    """Assert what must hold of every brief, and return the page as read."""
    seen = read(page)
    assert not seen.wrong
    assert not seen.open
    assert len(seen.ids) == len(set(seen.ids))
    assert all(link.startswith("#") and link[1:] in seen.ids for link in seen.links)
    assert not {"script", "img", "iframe", "link", "object", "embed", "form", "base", "video"} & set(seen.tags)
    assert not [key for key, _ in seen.attributes if key.startswith("on") or key in {"style", "src"}]
    words = {printable(item.content) for item in record.statements}
    assert set(seen.marks.values()) <= words
    return seen


def test_every_link_resolves_and_every_mark_is_its_statement() -> None:
    seen = check(render_html(RECORD), RECORD)
    assert [seen.marks[f"s-{item.id}"] for item in RECORD.statements] == [item.content for item in RECORD.statements]


def test_hostile_text_is_shown_and_nothing_else() -> None:
    page = render_html(hostile_record())
    seen = check(page, hostile_record())
    assert "".join(seen.text).count(printable(HOSTILE)) > 5
    assert "\u202e" not in page
    assert "\x00" not in page
    assert "⟨U+202E⟩" in page
    assert "49" not in "".join(seen.text)


def test_an_odd_statement_id_still_gets_an_anchor() -> None:
    seen = check(render_html(hostile_record()), hostile_record())
    assert {"s-no-1", "s-no-2"} <= set(seen.marks)


def test_only_the_own_style_sheet_is_allowed() -> None:
    page = render_html(RECORD)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_no_address_is_loaded_or_linked() -> None:
    assert "http" not in render_html(RECORD).replace("http-equiv", "")


def test_the_same_record_gives_the_same_bytes() -> None:
    assert render_html(RECORD) == render_html(Dispute().record())
    assert render_markdown(RECORD) == render_markdown(Dispute().record())


@pytest.mark.parametrize("record", [Record(), Record(documents=(document("only", "One line."),))], ids=["none", "one"])
def test_an_empty_record_still_makes_a_whole_brief(record: Record) -> None:
    page = render_html(record)
    seen = check(page, record)
    assert set(SECTIONS) <= set(seen.ids)
    assert "Nothing read" in page
    assert "## Method" in render_markdown(record)
    assert summary_lines(record)[1] == "Nothing read."


def test_sections_stand_in_the_promised_order() -> None:
    page = render_html(RECORD)
    places = [page.index(f'<section id="{name}">') for name in (*SECTIONS, "articles")]
    assert places == sorted(places)


def test_who_speaks_is_said_in_words_at_every_quotation() -> None:
    page = render_html(RECORD)
    for voice, word in (("party", "Party"), ("expert", "Expert"), ("anonymous", "Anonymous"), ("reporter", "Reporter")):
        assert f'<span class="k {voice}">{word}</span>' in page
        assert f'<div class="speaker {voice}">' in page
    assert '<span class="k own">Parley</span> changed: against, now for' in page


def test_a_reading_is_never_shown_as_a_finding() -> None:
    assert "Read by rules, not reviewed" in render_html(RECORD)
    other = tuple(dataclasses.replace(item, reader="model 3") for item in RECORD.statements)
    assert "Read by model 3, not reviewed" in render_html(dataclasses.replace(RECORD, statements=other))


def test_forecasts_stand_under_forecasts_and_not_among_judgements() -> None:
    text = document("a", "Prat called the offer thin. Prat said it will fail by June.", date="2031-03-03")
    said = [("the offer thin", "evaluate"), ("it will fail by June", "forecast")]
    items = [statement(text, words, "Rui Prat", "ASSESS", voice="expert", mode=mode) for words, mode in said]
    page = render_html(Record(documents=(text,), statements=tuple(items)))
    parts = [page.split(f'<section id="{name}">')[1].split("</section>")[0] for name in ("experts", "forecasts")]
    assert ["the offer thin" in part for part in parts] == [True, False]
    assert ["it will fail by June" in part for part in parts] == [False, True]


def test_altered_words_carry_their_mark_wherever_they_are_quoted() -> None:
    page = render_html(RECORD)
    for block in re.findall(r'<div class="quote.*?</div>', page, re.S):
        assert ("do not quote as verbatim" in block) == ("7 March 2031" in block)
    assert render_markdown(RECORD).count("do not quote as verbatim") > 3


def test_sources_are_counted_by_origin() -> None:
    assert "4 documents from 3 independent sources; 11 statements" in render_html(RECORD)
    assert summary_lines(RECORD)[0].startswith("4 documents from 3 independent sources; 11 statements")


def test_skipped_refused_and_unread_are_shown() -> None:
    for made in (render_html(RECORD), render_markdown(RECORD).replace("\\", "")):
        assert "scan.pdf" in made
        assert "logo.png" in made
        assert "One sentence mixes two quotations that never close." in made
    assert summary_lines(RECORD)[-1] == (
        "Skipped 1, refused 1; 1 document without a date; 1 statement with an unresolved speaker; "
        "1 passage left unread."
    )


def test_furniture_is_kept_with_its_reason() -> None:
    assert '<span class="fur" data-why="share line">Follow us for more port news</span>' in render_html(RECORD)


def test_tables_have_captions_and_header_cells() -> None:
    page = render_html(RECORD)
    assert page.count("<table") == page.count("<caption>") > 5
    assert all('scope="' in cell for cell in re.findall(r"<th [^>]*>", page))
    assert 'class="skip" href="#lines"' in page
    assert re.findall(r"<h(\d)", page)[:2] == ["1", "2"]


def spans_text(number: int) -> Document:
    return document(f"spans-{number}", "Ann said one two three four five.\n\nSix seven eight, she said; nine ten.\n")


@pytest.mark.parametrize(
    "pairs",
    [
        [(9, 26), (13, 20)],
        [(9, 20), (13, 26)],
        [(9, 20), (9, 20)],
        [(9, 48), (20, 44), (30, 60)],
        [(0, 72), (5, 40), (10, 11), (39, 72)],
    ],
    ids=["nested", "crossing", "same", "over paragraphs", "many"],
)
def test_overlapping_spans_keep_their_words(pairs: list[tuple[int, int]]) -> None:
    text = spans_text(1)
    items = tuple(
        statement(text, text.text[start:end], f"S{number}", "REPORT", start=start, issues=("H5",))
        for number, (start, end) in enumerate(pairs)
    )
    record = Record(documents=(text,), statements=items)
    seen = check(render_html(record), record)
    assert {key: seen.marks[f"s-{key}"] for key in (item.id for item in items)} == {i.id: i.content for i in items}


ALPHABET = "ab \n\r\t.“”<>&\u202e\u0000é\u0301𝔸🂡שא"


@settings(deadline=None)  # a whole page is made for each example
@given(st.data())
def test_marks_hold_exactly_the_words_on_any_text(data: st.DataObject) -> None:
    text = document("any", data.draw(st.text(alphabet=ALPHABET, min_size=2, max_size=60)))
    size = len(text.text)
    places = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, 20)), max_size=6))
    items: list[Statement] = []
    for number, (start, length) in enumerate(places):
        words = text.text[start : min(start + length, size)]
        items.append(statement(text, words, f"S{number}", "REPORT", start=start, id=f"i{number}"))
    fur = tuple(Furniture(text.id, Span(start, start + 1), "subhead") for start, _ in places[:1])
    record = Record(documents=(text,), statements=tuple(items), furniture=fur)
    seen = read(render_html(record))
    assert not seen.wrong
    for item in items:
        assert seen.marks[f"s-{item.id}"] == printable(item.content)


@given(st.text(alphabet=ALPHABET + "    ", max_size=400))
def test_paragraphs_tile_the_text(text: str) -> None:
    spans = paragraphs(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.start < span.end for span in spans)


def test_a_large_coverage_shows_passages_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appendix, "COVERAGE_LIMIT", 100)
    page = render_html(RECORD)
    check(page, RECORD)
    assert "[31 characters left out here]" not in page or "Follow us" not in page
    assert "Follow us for more port news" not in page
    assert "characters left out here" in page
    assert "more than the 100 up to which articles are included whole" in page


def test_a_very_long_article_shows_the_paragraphs_around_coded_words() -> None:
    pad = "Gulls over the quay.\n" * 12_000
    text = document("long", f"{pad}The office refuses the plan.\n{pad}", date="2031-03-03")
    item = statement(text, "refuses the plan", "Office", "REJECT", issues=("H5",))
    record = Record(documents=(text,), statements=(item,))
    page = render_html(record)
    seen = check(page, record)
    assert seen.marks[f"s-{item.id}"] == "refuses the plan"
    assert page.count("252,000 characters left out here") == 2
    assert "Gulls" not in page


def test_a_long_list_is_cut_with_a_word_about_it() -> None:
    text = document("many", "".join(f"Crew {n} will wait.\n" for n in range(4_500)), date="2031-03-03")
    items = []
    for number in range(4_500):
        start = text.text.index(f"Crew {number} ") + len("Crew ")
        items.append(statement(text, f"{number} will wait", "Crew", "DO", start=start))
    record = Record(documents=(text,), statements=tuple(items))
    page = render_html(record)
    check(page, record)
    assert "of 4,500 statements 12 are listed" in page
    assert "the first 800 of 4,500 rows are shown" in page


def test_the_rest_of_the_sentence_stands_outside_the_quotation_marks() -> None:
    made = render_markdown(RECORD)
    assert "The port company refuses “**any rise above two per cent**”, its office said on Monday." in made


def test_markdown_holds_every_statement_and_document() -> None:
    made = render_markdown(RECORD)
    for item in RECORD.statements:
        assert escaped(item.content) in made
    for number, item in enumerate(RECORD.documents, 1):
        assert f"[^d{number}]: " in made
        assert escaped(item.name) in made


def test_markdown_escapes_what_it_would_act_on() -> None:
    made = render_markdown(hostile_record())
    assert "<script" not in made.replace("\\<script", "")
    assert "[a](javascript" not in made
    assert "\\[a\\](javascript" in made
    assert "https://" not in made
    assert "\x00" not in made
    assert "\u202e" not in made


@pytest.mark.parametrize(
    ("words", "safe"),
    [("- a", "\\- a"), ("+ a", "\\+ a"), ("# a", "\\# a"), ("a\n\nb", "a b"), ("> a", "\\> a"), ("a_b", "a\\_b")],
)
def test_markdown_line_starts_make_no_list_or_heading(words: str, safe: str) -> None:
    assert escaped(words) == safe


def test_a_numbered_line_is_no_list_in_markdown() -> None:
    assert re.match(r"\d+[.)]\s", escaped("12. The crew waits")) is None


def test_the_summary_is_short_and_plain() -> None:
    lines = summary_lines(RECORD)
    assert 4 <= len(lines) <= 8
    assert all("\n" not in line for line in lines)
    assert any(line.startswith("1. ") and "any rise above two per cent" in " ".join(lines) for line in lines)
    assert all("\x00" not in line and "\u202e" not in line for line in summary_lines(hostile_record()))


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2031-03-07", "7 March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("2031-03-03/2031-03-09", "3 March 2031 to 9 March 2031"),
        ("2031-13-01", "2031-13-01"),
        ("soon\x00", "soon⟨U+0000⟩"),
        ("", ""),
    ],
)
def test_days_are_written_out(iso: str, shown: str) -> None:
    assert day(iso) == shown


def test_days_inside_words_are_written_out_and_what_showed_them_is_left_out() -> None:
    assert days_in_words("relative to 2031-03-20 (stated: the line (in bold) “2031-03-20”), northern") == (
        "relative to 20 March 2031 (stated), northern"
    )
    assert days_in_words("talks, 2031-03-17/2031-03-23") == "talks, 17 March 2031 to 23 March 2031"
    assert days_in_words("2031-03-20T06:30:00") == "2031-03-20T06:30:00"


def test_spans_of_days_are_short() -> None:
    assert span_of_days(["2031-03-07", "", "2031-03-03"]) == "3 to 7 March 2031"
    assert span_of_days(["2030-12-31", "2031-03-03"]) == "31 December 2030 to 3 March 2031"
    assert plural(1, "source") == "1 source"
    assert plural(1200, "copy") == "1,200 copies"


def seeds(shared: Path) -> Record:
    """The five shared articles with their hand-coded statements, placed by their words."""
    texts = {
        path.stem: document(path.stem, path.read_bytes().decode()) for path in sorted((shared / "seeds").glob("*.txt"))
    }
    items: dict[str, Statement] = {}
    for line in (shared / "corpus" / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = texts[row["doc"]]
        keep = {key: row[key] for key in ("mode", "stance", "addressee", "quote", "speaker_text")}
        made = statement(
            source, row["content"], row["speaker"] or AUTHOR, row["act"], voice=row["voice"],
            issues=tuple(row["issues"]), via=tuple(row["via"]), modifiers=tuple(row["modifiers"]), **keep,
        )  # fmt: skip
        items.setdefault(made.id, made)
    order = {source.id: number for number, source in enumerate(texts.values())}
    ordered = sorted(items.values(), key=lambda item: (order[item.document], item.span))
    return Record(documents=tuple(texts.values()), statements=tuple(ordered))


def test_the_shared_articles_make_a_whole_brief(shared: Path) -> None:
    record = seeds(shared)
    seen = check(render_html(record), record)
    assert len(record.statements) > 230
    for item in record.statements:
        assert seen.marks[f"s-{item.id}"] == item.content
    whole = "".join(read(re.sub(r'<a class="n" href="#w-\d+">\d+</a>', "", render_html(record))).text)
    for source in record.documents:
        assert all(line in whole for line in source.text.splitlines())


def contrast(one: str, two: str) -> float:
    """WCAG 2.1 contrast ratio of two hex colours."""

    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_theme_has_enough_contrast() -> None:
    css = re.search(r"<style>(.*?)</style>", render_html(Record()), re.S)
    assert css is not None
    themes = [dict(re.findall(r"--(\w+):(#\w+)", block)) for block in re.findall(r":root\{(.*?)\}", css[1])]
    assert len(themes) == 3
    for theme in themes:
        for ink in ("ink", "soft", "link", "warn"):
            assert contrast(theme[ink], theme["paper"]) >= 4.5
            assert contrast(theme[ink], theme["wash"]) >= 4.5
        for back in ("party", "reporter", "expert", "anonymous"):
            assert contrast(theme["ink"], theme[back]) >= 4.5


def test_the_article_own_quotation_marks_are_not_doubled() -> None:
    made = render_markdown(RECORD)
    assert "Union chair Ines Faro said: “**We will strike unless nights are paid double.**”" in made
