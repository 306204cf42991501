"""Which single-byte encoding a text came in, told by the letters that its languages have."""

from __future__ import annotations

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LETTERS: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü¿¡ªº", "àçèéíïòóúü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "áéëïíóöüè", "åäöé",
        "æøåéóòêô", "áðéíóúýþæö", "äöõüšž", "éèêëïñöüçáíóâôãà",
    ),
    "cp1250": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ",
    ),
    "cp1254": ("çğıöşüâîûİ",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž"),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),  # before Cyrillic, whose small letters have the same bytes and more
    "cp1251": (_CYRILLIC + "ё", _CYRILLIC + "єіїґ", _CYRILLIC + "ўіё", _CYRILLIC + "ђјљњћџѓќѕ"),
    "koi8_u": (_CYRILLIC + "ё", _CYRILLIC + "єіїґ"),
    "iso8859_5": (_CYRILLIC + "ё", _CYRILLIC + "ђјљњћџѓќѕ"),
    "cp866": (_CYRILLIC + "ё",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؟؛",),
}  # fmt: skip
_NEUTRAL = frozenset("“”‘’„‚–—…«»‹›•·©®™°§€£№\u00a0\u00ad")
_SYMBOLS = frozenset("²³¹½¼¾±×÷µ¶†‡‰¢¥¤¬")
_LATIN = frozenset({"cp1252", "cp1250", "cp1254", "cp1257"})
_SAMPLE = 20_000
_LEAST = 0.8


def likeliest(data: bytes) -> str | None:
    """Return the encoding in which nearly all bytes above ASCII are letters of one language, or None where none fits.

    A capital after a small letter counts as a miss (it tells KOI8 from windows-1251), and so does a letter of another
    script after a Latin one. Of equal fits the first of the
    list wins, so text whose only high bytes are quotation marks and dashes is windows-1252.
    """
    best, best_share = None, _LEAST
    for codec, alphabets in _LETTERS.items():
        text, latin = data[:_SAMPLE].decode(codec, "replace"), codec in _LATIN
        share = max(_share(text, frozenset(letters), latin=latin) for letters in alphabets)
        if share > best_share:
            best, best_share = codec, share
    return best


def _share(text: str, letters: frozenset[str], *, latin: bool) -> float:
    """Return which share of the characters above ASCII are letters of the alphabet, in words as they are written."""
    hits = misses = 0
    before = " "
    for character, after in zip(text, text[1:] + " ", strict=True):
        symbol = character in _SYMBOLS and not after.isalpha()
        if character > "\x7f" and character not in _NEUTRAL and not symbol:
            small = character in letters
            capital = not small and character.lower() in letters and not before.islower()
            mixed = not latin and before.isascii() and before.isalpha()
            if (small or capital) and not mixed:
                hits += 1
            else:
                misses += 1
        before = character
    return hits / (hits + misses) if hits + misses else 1.0
