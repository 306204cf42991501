"""Bytes to text: nothing of a text is lost or changed, and what had to be guessed is said."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.records import Document, Refusal
from parley.sources import identify, load
from parley.sources.decode import decode

# A text begins with a word here, so that no drawn text happens to be another format, empty, or begun by a mark.
PIECES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(
        ["\r\n", "\r", "\n", "\x00", "e\u0301", "\u200f", "שלום", "\U0001f91d", "\ufeff", "\x85", "\u2028"]
    ),
)
TEXTS = st.lists(PIECES, max_size=30).map(lambda pieces: "Talks " + "".join(pieces))


@given(text=TEXTS, mark=st.booleans())
@settings(deadline=None, max_examples=150)
def test_text_is_stored_exactly_as_it_came(text: str, mark: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "piece.txt"
        path.write_bytes((codecs.BOM_UTF8 if mark else b"") + text.encode())
        (document,) = load([path])
    assert isinstance(document, Document)
    assert document.text == text
    assert document.encoding == ("utf-8-sig" if mark else "utf-8")
    assert document.notes == ()


@given(text=TEXTS, encoding=st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
@settings(deadline=None, max_examples=60)
def test_wide_encodings_are_told_by_their_mark(text: str, encoding: str) -> None:
    mark = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }[encoding]
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark_are_told_by_their_zero_bytes(encoding: str, article: str) -> None:
    decoded = decode(article.encode(encoding))
    assert (decoded.text, decoded.encoding) == (article, encoding)


OLDER = [
    (
        "cp1252",
        "windows-1252",
        "The “second offer” – €1.5m – is the company’s last, said José Núñez of the café union.",
    ),
    ("cp1252", "windows-1252", "Die Gewerkschaft erklärte, das Angebot müsse für alle Beschäftigten gelten."),
    (
        "cp1252",
        "windows-1252",
        "Le syndicat a rejeté l’offre « trop étroite » de la société : 5 m² de plus, une ½ heure.",
    ),
    (
        "cp1250",
        "windows-1250",
        "Związek zawodowy odrzucił drugą propozycję spółki, powiedział przewodniczący Łukasz Żak.",
    ),
    (
        "cp1250",
        "windows-1250",
        "A szakszervezet elutasította a második ajánlatot, és őszintén közölte, hogy küzdeni fog.",
    ),
    ("cp1251", "windows-1251", "Профсоюз докеров отклонил второе предложение портовой компании и назвал его узким."),
    ("koi8_u", "koi8-u", "Профспілка відхилила другу пропозицію компанії, її голова заявив, що це крок назад."),
    ("cp1253", "windows-1253", "Το συνδικάτο απέρριψε τη δεύτερη πρόταση της εταιρείας την Τρίτη."),
    ("cp1254", "windows-1254", "Sendika şirketin ikinci teklifini reddetti, görüşmeler sürecek, dedi başkan Işık."),
    ("cp1255", "windows-1255", "האיגוד דחה את ההצעה השנייה של החברה ביום שלישי"),
    ("cp1256", "windows-1256", "رفضت النقابة العرض الثاني للشركة يوم الثلاثاء وقالت إنه أضيق من الأول"),
    ("cp932", "shift_jis", "港湾労働組合は会社の二回目の提案を拒否し、来週また交渉を行うと述べた。"),
    ("cp949", "euc-kr", "항만 노조는 화요일 회사의 두 번째 제안을 받아들이지 않겠다고 밝혔다."),
    ("gb18030", "gb18030", "码头工会周二表示不会接受港口公司的第二份提议，并称其比第一份更窄。双方下周将再次会面。"),
]


@pytest.mark.parametrize(("encoding", "shown", "text"), OLDER)
def test_older_encodings_are_guessed_and_said(encoding: str, shown: str, text: str) -> None:
    decoded = decode("\n".join([text] * 4).encode(encoding))
    assert decoded.text == "\n".join([text] * 4)
    assert decoded.encoding == shown
    assert "likeliest" in decoded.notes[0]


def test_few_broken_places_do_not_turn_utf8_into_another_encoding() -> None:
    text = "Die Gewerkschaft erklärte, das Angebot müsse für alle Beschäftigten gelten. " * 5
    decoded = decode(text.encode() + b"\xff und so weiter")
    assert decoded.encoding == "utf-8"
    assert decoded.text == text + "\ufffd und so weiter"
    assert decoded.notes == ("1 place could not be decoded as UTF-8 and became U+FFFD.",)


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8() -> None:
    data = "Die Gewerkschaft erklärte, es gehe nicht. Präsident Müller".encode()
    decoded = decode(data[: data.index("ü".encode()) + 1])
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("Präsident M\ufffd")


def test_binary_named_txt_is_refused(refuse: Callable[[str, bytes], Refusal]) -> None:
    refusal = refuse("notes.txt", bytes(range(256)) * 40)
    assert refusal.kind == "refused"
    assert "not text" in refusal.reason


def test_id_depends_on_name_and_text_only(tmp_path: Path, article: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(article)
    (tmp_path / "one.txt").write_text(article)
    (tmp_path / "two.txt").write_text(article)
    in_folder, same, other = (d for d in load([tmp_path]) if isinstance(d, Document))
    assert in_folder.id == same.id == identify("one", article)
    assert other.id != same.id
    assert other.sha256 == same.sha256
    assert len(same.id) == 16
