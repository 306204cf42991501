"""Every format becomes documents whose text and origin are what the file holds."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from parley.records import Document, Refusal
from parley.sources import load

Read = Callable[..., Document]
Refuse = Callable[[str, bytes], Refusal]

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Port talks stall | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2025-03-18T22:30:00-05:00">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",
"headline": "Port talks stall", "author": [{"name": "Ann Lee"}, {"name": "Bo Ray"}]}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Port talks stall</h1>
<p>The dock workers' union turned the second offer down on Tuesday and said that it was narrower.</p>
<p>The company said that &lt;b&gt;its offer&lt;/b&gt; stood until the end of the month, with nothing added.</p>
<script>document.write("never shown")</script>
<p>Mediators said both sides would meet again in the coming week to look for a way out of the dispute at the port.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_html_gives_the_article_and_the_page_fields(read_one: Read) -> None:
    document = read_one("page.html", PAGE)
    assert document.format == "html"
    assert "turned the second offer down" in document.text
    assert "<b>its offer</b>" in document.text, "an escaped tag is text"
    assert "never shown" not in document.text
    assert "All rights reserved" not in document.text
    assert (document.title.value, document.title.basis) == ("Port talks stall", "stated")
    assert document.outlet.value == "Harbour Gazette"
    assert document.author.value == "Ann Lee, Bo Ray"
    assert document.date.value == "2025-03-18", "the day that the page states, in its own time zone"
    assert document.language.value == "en"
    assert document.original_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_html_is_told_by_its_content(read_one: Read) -> None:
    assert read_one("page.txt", PAGE).format == "html"


def test_text_that_mentions_tags_stays_text(read_one: Read, article: str) -> None:
    hostile = article + "<script>alert(1)</script> =HYPERLINK('x') {{ 7 * 7 }}\n"
    document = read_one("piece.txt", hostile)
    assert (document.format, document.text) == ("text", hostile)


def test_html_in_an_older_encoding_is_read_by_its_meta_field(read_one: Read) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("Mediators", "Посредники")
    document = read_one("page.html", page.encode("cp1251"))
    assert "Посредники said" in document.text
    assert document.encoding == "windows-1251"


def test_page_without_an_article_keeps_its_words(read_one: Read) -> None:
    document = read_one("short.html", "<html><body><div>Talks</div><div>off</div></body></html>")
    assert document.text.split() == ["Talks", "off"]


def test_deeply_nested_page_does_not_stop_the_run(tmp_path: Path, article: str) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<div>" * 50_000 + "deep words" + "</div>" * 50_000)
    (tmp_path / "b.txt").write_text(article)
    results = list(load([tmp_path]))
    assert len(results) == 2
    assert isinstance(results[1], Document)


def test_markdown_is_stored_as_it_came(read_one: Read) -> None:
    text = "---\ntitle: Port talks stall\nauthor: Ann Lee\ndate: 18 March 2025\n---\n\n# Port\n\nThe **union** left.\n"
    document = read_one("piece.md", text)
    assert (document.format, document.text) == ("markdown", text)
    assert (document.title.value, document.author.value, document.date.value) == (
        "Port talks stall",
        "Ann Lee",
        "2025-03-18",
    )


def test_markdown_heading_is_the_title(read_one: Read) -> None:
    document = read_one("piece.markdown", "# Port talks stall #\n\nThe union said no to the port's offer.\n")
    assert (document.title.value, document.title.basis) == ("Port talks stall", "stated")


def test_mail_with_an_attachment(read_one: Read, article: str) -> None:
    mail = EmailMessage()
    mail["From"] = "Port Ministry <press@example.org>"
    mail["To"] = "desk@example.org"
    mail["Subject"] = "Readout of the minister’s call"
    mail["Date"] = "Tue, 18 Mar 2025 23:50:00 -0800"
    mail.set_content(article)
    mail.add_alternative(f"<p>{article}</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="annex.pdf")
    document = read_one("call.eml", mail.as_bytes())
    assert document.format == "email"
    assert document.text == article
    assert document.title.value == "Readout of the minister’s call"
    assert document.author.value == "Port Ministry"
    assert document.date.value == "2025-03-18"
    assert document.genre.value == "readout"
    assert any("annex.pdf" in note for note in document.notes)


def test_mail_of_html_only_in_an_older_encoding(read_one: Read) -> None:
    head = b"From: a@example.org\nSubject: Talks\nMIME-Version: 1.0\nContent-Type: text/html; charset=iso-8859-1\n\n"
    document = read_one("x.eml", head + b"<p>The caf\xe9 workers</p><p>said no.</p><script>x()</script>")
    assert document.text == "The café workers\nsaid no."


def test_mailbox_gives_a_document_a_message(tmp_path: Path) -> None:
    path = tmp_path / "desk.mbox"
    path.write_bytes(
        b"From a@example.org Tue Mar 18 10:00:00 2025\nFrom: A <a@example.org>\nSubject: First offer\n"
        b"Date: Tue, 18 Mar 2025 10:00:00 +0000\n\nThe union said no.\n>From now on it will wait.\n\n"
        b"From b@example.org Wed Mar 19 10:00:00 2025\nFrom: B <b@example.org>\nSubject: Second offer\n"
        b"Date: Wed, 19 Mar 2025 10:00:00 +0000\n\nThe company came back.\n"
    )
    first, second = load([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, second.name) == ("desk.first-offer", "desk.second-offer")
    assert "From now on" in first.text
    assert ">From" not in first.text
    assert second.date.value == "2025-03-19"


def test_page_saved_as_mhtml(read_one: Read) -> None:
    head = (
        "From: <Saved by a browser>\r\nSubject: Port talks stall\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b1"\r\n\r\n--b1\r\n'
        "Content-Type: text/html; charset=utf-8\r\n\r\n"
    )
    document = read_one("page.mhtml", head + PAGE + "\r\n--b1--\r\n")
    assert document.format == "html"
    assert document.outlet.value == "Harbour Gazette"


def test_pdf_gives_its_text_layer(read_one: Read, pdf: Callable[..., bytes]) -> None:
    data = pdf(
        ["Port talks stall", "By Ann Lee", "The union said no to the port's (second) offer."], title="Port talks stall"
    )
    document = read_one("piece.pdf", data)
    assert document.format == "pdf"
    assert "The union said no to the port's (second) offer." in document.text
    assert document.title.value == "Port talks stall"
    assert (document.author.value, document.author.basis) == ("Ann Lee", "stated")
    assert document.date is None, "a PDF's own time stamps are not its publication"


def test_pdf_is_told_by_its_content(read_one: Read, pdf: Callable[..., bytes]) -> None:
    assert read_one("piece.txt", pdf(["The union said no."])).format == "pdf"


def test_pdf_title_of_a_program_is_no_title(read_one: Read, pdf: Callable[..., bytes]) -> None:
    document = read_one("piece.pdf", pdf(["The union said no."], title="Microsoft Word - talks.docx"))
    assert document.title is None


def test_pdf_cut_off_is_refused(refuse: Refuse, pdf: Callable[..., bytes]) -> None:
    whole = pdf(["The union said no."])
    assert "PDF" in refuse("piece.pdf", whole[: len(whole) // 3]).reason


def test_scanned_pdf_is_refused(refuse: Refuse, pdf: Callable[..., bytes]) -> None:
    assert "text recognition" in refuse("scan.pdf", pdf([])).reason


def test_pdf_with_a_password_is_refused(refuse: Refuse, pdf: Callable[..., bytes]) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["The union said no."]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in refuse("closed.pdf", out.getvalue()).reason


def test_word_gives_paragraphs_and_tables(read_one: Read, word: Callable[..., bytes]) -> None:
    data = word(
        ["Port talks stall", "By Ann Lee", "The union said no to the port's second offer, which it called too narrow."],
        table=[["Party", "Offer"], ["Company", "2 %"]],
        title="Port talks",
        author="Typist",
    )
    document = read_one("piece.docx", data)
    assert document.format == "word"
    assert document.text.endswith("too narrow.\nParty\tOffer\nCompany\t2 %")
    assert document.author.value == "Ann Lee", "a byline goes before the file's property"
    assert (document.title.value, document.title.basis) == ("Port talks", "inferred")
    assert document.date is None


def test_word_cut_off_is_refused(refuse: Refuse, word: Callable[..., bytes]) -> None:
    data = word(["The union said no."])
    assert "Word" in refuse("piece.docx", data[: len(data) // 2]).reason


def test_zip_bomb_is_not_opened(refuse: Refuse) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b"\0" * (40 * 1024 * 1024))
    assert "not opened" in refuse("bomb.docx", out.getvalue()).reason


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Gazette</title><language>en-gb</language>
<item><title>Talks &amp;amp; tolls</title><dc:creator>Ann Lee</dc:creator>
<pubDate>Tue, 18 Mar 2025 23:10:00 +0300</pubDate>
<content:encoded><![CDATA[<p>The union said no.</p><p>The company<br/>will reply.</p>]]></content:encoded></item>
<item><title>Short one</title><description>Only this sentence is here.</description></item>
<item><title>Nothing inside</title></item></channel></rss>"""


def test_feed_gives_a_document_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "gazette.rss"
    path.write_text(FEED)
    first, short, empty = load([path])
    assert isinstance(first, Document)
    assert first.name == "gazette.talks-tolls"
    assert first.text == "The union said no.\nThe company\nwill reply."
    assert (first.title.value, first.outlet.value, first.author.value) == (
        "Talks & tolls",
        "Harbour Gazette",
        "Ann Lee",
    )
    assert (first.date.value, first.language.value, first.encoding) == ("2025-03-18", "en", "utf-8")
    assert isinstance(short, Document)
    assert any("summary" in note for note in short.notes)
    assert isinstance(empty, Refusal)
    assert empty.reason.startswith("Entry 3")


def test_atom_entry_of_xhtml(tmp_path: Path) -> None:
    path = tmp_path / "atom.txt"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Gazette</title>'
        "<entry><title>Talks</title><author><name>Ann Lee</name></author><published>2025-03-18T09:00:00Z</published>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>union</b> said no.</p>'
        "<p>It left.</p></div></content></entry></feed>"
    )
    (document,) = load([path])
    assert isinstance(document, Document)
    assert document.text == "The union said no.\nIt left."
    assert (document.author.value, document.date.value) == ("Ann Lee", "2025-03-18")


def test_entity_bomb_in_a_feed_is_refused(refuse: Refuse) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    bomb += b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(12))
    bomb += b"]><rss><channel><item><title>x</title><description>&n;</description></item></channel></rss>"
    assert "entities" in refuse("bomb.rss", bomb).reason


def test_outside_entity_in_a_feed_is_not_loaded(refuse: Refuse, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("never to be read")
    feed = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item><description>&x; y</description>'
    assert "entities" in refuse("outside.rss", f"{feed}</item></channel></rss>".encode()).reason


@pytest.mark.parametrize(
    "record",
    [
        {"headline": "Talks stall", "body_text": "The union said no.", "byline": "Ann Lee", "provider": "Harbour Wire",
         "versioncreated": "2025-03-18T10:00:00Z", "language": "en"},
        {"headlines": [{"role": "sub", "value": "x"}, {"role": "main", "value": "Talks stall"}], "by": "Ann Lee",
         "bodies": [{"contentType": "text/html", "value": "<p>wrong</p>"},
                    {"contentType": "text/plain", "value": "The union said no."}],
         "versionCreated": "2025-03-18T10:00:00+00:00", "infoSources": [{"name": "Harbour Wire"}], "language": "en"},
        {"title": "Talks stall", "content": "The union said no.", "author": "Ann Lee", "language": "en",
         "publishedAt": "2025-03-18T10:00:00Z", "source": {"id": None, "name": "Harbour Wire"}},
        {"@type": "NewsArticle", "headline": "Talks stall", "articleBody": "The union said no.", "inLanguage": "en-GB",
         "author": {"name": "Ann Lee"}, "datePublished": "2025-03-18", "publisher": {"name": "Harbour Wire"}},
        {"Headline": "Talks stall", "Body HTML": "<p>The union said no.</p>", "Author": "Ann Lee", "date": 1742292000,
         "outlet": "Harbour Wire", "lang": "en"},
    ],
    ids=["ninjs 1", "ninjs 3", "news interface", "schema.org", "other"],
)  # fmt: skip
def test_json_field_names(read_one: Read, record: dict[str, object]) -> None:
    for name, content in (("one.json", json.dumps(record)), ("one.jsonl", json.dumps(record) + "\n")):
        document = read_one(name, content)
        assert document.text == "The union said no."
        assert document.title.value == "Talks stall"
        assert document.author.value == "Ann Lee"
        assert document.outlet.value == "Harbour Wire"
        assert document.date.value == "2025-03-18"
        assert document.language.value == "en"


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text(
        '{"title": "A", "text": "A \\ud83d text."}\r\n{broken\r\n\r\n{"title": "A", "text": "Second."}\r\n{"x": 1}\r\n'
    )
    first, broken, second, empty = load([path])
    assert isinstance(first, Document)
    assert first.text == "A \ufffd text."
    assert any("surrogate" in note for note in first.notes)
    assert isinstance(broken, Refusal)
    assert broken.reason.startswith("Line 2")
    assert isinstance(second, Document)
    assert (first.name, second.name) == ("wire.a", "wire.a-2")
    assert isinstance(empty, Refusal)
    assert empty.reason.startswith("Line 5")


def test_broken_json_is_one_refusal(refuse: Refuse) -> None:
    pretty = json.dumps([{"title": "A", "text": "The union said no."}] * 3, indent=1)
    assert "valid JSON" in refuse("wire.json", pretty[:-5].encode()).reason


def test_text_that_begins_like_json_stays_text(read_one: Read) -> None:
    text = '{"no": that is what the union said,\nand it left.}\n'
    document = read_one("piece.txt", text)
    assert (document.format, document.text) == ("text", text)


def test_json_list_in_a_field(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text(
        json.dumps({"status": "ok", "articles": [{"title": "A", "content": "One."}, {"title": "B", "content": "Two."}]})
    )
    assert [d.text for d in load([path]) if isinstance(d, Document)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("codes.jsonl", '{"doc": "a", "speaker": "Union", "act": "REJECT", "content": "no"}\n' * 3, "coded statements"),
        ("settings.json", '{"colour": "red"}', "no article text"),
        ("pairs.json", '[{"a": 1}, {"a": 2}]', "no article text"),
        ("broken.json", '{"text": "x', "valid JSON"),
        ("deep.json", "[" * 200_000, "JSON"),
    ],
)
def test_json_without_articles_is_one_sentence(refuse: Refuse, name: str, content: str, word: str) -> None:
    assert word in refuse(name, content.encode()).reason


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t\xc2\xa0\n", "no words"),
        ("marked.txt", b"\xef\xbb\xbf", "no words"),
        ("zeros.txt", b"\x00" * 5000, "no words"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        ("page.html", b"<html><body><p> </p></body></html>", "no words"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        ("packed.txt", b"\x1f\x8b\x08\x00abc", "unpack"),
        ("other.xml", b'<?xml version="1.0"?><invoice><n>1</n></invoice>', "XML"),
        ("feed.rss", b"<rss><channel><title>x</title></channel></rss>", "without entries"),
        (
            "void.eml",
            b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nabcd",
            "without a text",
        ),
    ],
)
def test_what_holds_no_article_is_one_sentence(refuse: Refuse, name: str, content: bytes, word: str) -> None:
    refusal = refuse(name, content)
    assert refusal.kind == "refused"
    assert word in refusal.reason
