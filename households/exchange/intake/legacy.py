"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI fonts, as Excel and CSV files keep it.

Such text is one byte a sign, read as Western letters: "NguyÔn V¨n" is Nguyễn Văn in TCVN3,
"Nguyeãn Vaên" in VNI. Which of them it is shows only in whether words come out as Vietnamese
syllables. Pure functions.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

Decoder = Callable[[str], str]

_TCVN3_FROM: Final = (
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦"
)
_TCVN3_TO: Final = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ"
_TCVN3: Final = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

#: VNI: a letter and the sign after it. The signs of a, e, o, u and y; then letters of their own.
_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS: Final = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_BREVES: Final = {
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_SIGNS: Final = {
    "a": _TONES | _HATS | _BREVES, "e": _TONES | _HATS, "o": _TONES | _HATS, "u": _TONES,
    "y": _TONES, "ô": _TONES, "ö": _TONES,
}  # fmt: skip
_ALONE: Final = {
    "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ",
}  # fmt: skip

_BETWEEN: Final = re.compile(r"[\s\d.,;:()/\-+\"'’]+")
_SYLLABLE: Final = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(uye|uya|uyu|oai|oay|oeo|uai|uay|uoi|uou|ieu|yeu|uy|oa|oe|oo|ua|ue|uo|ie|ia|ye|ai|ao|au|ay"
    r"|eo|eu|iu|oi|ui|uu|a|e|i|o|u|y)"
    r"(ch|ng|nh|[cmnpt])?"
)
#: Less than this share of better words decides nothing: names of other peoples are no syllables.
_CLEARLY_BETTER: Final = 0.25


def tcvn3(text: str) -> str:
    """TCVN3 text as Unicode."""
    return text.translate(_TCVN3)


def vni(text: str) -> str:
    """VNI text as Unicode."""
    made: list[str] = []
    at = 0
    while at < len(text):
        letter, sign = text[at], text[at + 1 : at + 2].lower()
        base = letter.lower()
        mark = _SIGNS.get(base, {}).get(sign) if sign else None
        plain = _ALONE.get(base, base)
        whole = unicodedata.normalize("NFC", plain + (mark or ""))
        made.append(whole.upper() if letter != base else whole)
        at += 2 if mark else 1
    return "".join(made)


def windows_1258(text: str) -> str:
    """Code page 1258 read as Western letters: tones stand behind their letter."""
    try:
        return unicodedata.normalize("NFC", text.encode("cp1252").decode("cp1258"))
    except UnicodeError:
        return text


def utf8_read_as_western(text: str) -> str:
    """UTF-8 that a program took for Western letters: "Nguyá»…n"."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


DECODERS: Final[dict[str, Decoder]] = {
    "TCVN3": tcvn3,
    "VNI": vni,
    "Windows-1258": windows_1258,
    "UTF-8": utf8_read_as_western,
}


def recognised(samples: Iterable[str]) -> str:
    """The name of the decoder (DECODERS) under which clearly more words are Vietnamese; "" where
    the text is good as it stands, or holds no letter that could tell."""
    whole = [text for text in samples if not text.isascii()]
    if not whole:
        return ""
    best, best_share = "", _share(whole) + _CLEARLY_BETTER
    for name, decode in DECODERS.items():
        share = _share([decode(text) for text in whole])
        if share > best_share:
            best, best_share = name, share
    return best


def _share(texts: Iterable[str]) -> float:
    """How many of the words with a letter beyond ASCII are Vietnamese syllables, 0 to 1."""
    words = [
        word
        for text in texts
        for word in _BETWEEN.split(unicodedata.normalize("NFC", text))
        if word and not word.isascii()
    ]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    """Spelt as Vietnamese is: one tone at most, each letter of the alphabet."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    tones = sum(decomposed.count(tone) for tone in "\u0301\u0300\u0309\u0303\u0323")
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    # TCVN3 capitals come from a font of their own: "TRầN" is right, "vaÊn" is not.
    is_mixed = any(one.isupper() for one in word[1:]) and any(
        one.islower() and one.isascii() for one in word
    )
    return tones <= 1 and not is_mixed and _SYLLABLE.fullmatch(letters) is not None
