"""Whether two names are one: accents, order, spelling, one letter, one word left out. Pure.

Names of minorities are written as each clerk hears them: Sùng or Xùng, Giàng or Dàng, Ly or Lý.
What is folded here is how they are written, never what they mean: Vàng and Vừ are two clans.
"""

import re
import unicodedata
from typing import Final

from households.folding import fold

#: From the most alike to the least.
SAME: Final = "NAME_SAME"
NO_ACCENTS: Final = "NAME_NO_ACCENTS"
ORDER: Final = "NAME_ORDER"
SPELLING: Final = "NAME_SPELLING"
OTHER_ACCENTS: Final = "NAME_OTHER_ACCENTS"
LETTER: Final = "NAME_LETTER"
SHORTER: Final = "NAME_SHORTER"

#: Beginnings of a word that are heard alike, as written and as kept; the first that fits counts.
_HEARD_ALIKE: Final = (
    ("kh", "kh"), ("ngh", "ng"), ("gh", "g"), ("gi", "d"), ("z", "d"), ("ph", "f"), ("tr", "ch"),
    ("x", "s"), ("k", "c"), ("q", "c"), ("hm", "m"), ("w", "v"),
)  # fmt: skip
_GI_ALONE: Final = re.compile(r"gi(?![aeiouy])")
#: A bare "d" may be either letter, a "đ" is never heard as "gi".
_CROSSED: Final = "đ"


def spelled(word: str) -> str:
    """A folded word as it sounds: "xung" and "sung" are one, so are "ly" and "li"."""
    heard = word.replace("y", "i")
    if _GI_ALONE.match(heard):
        return "di" + heard[2:]
    for written, kept in _HEARD_ALIKE:
        if heard.startswith(written):
            return kept + heard[len(written) :]
    return heard


def name_key(name: str) -> str:
    """Equal for names that may be one whatever their accents, order and spelling: the words as
    they sound, sorted."""
    return " ".join(sorted(spelled(word) for word in fold(name).split()))


def compare(one: str, other: str) -> str | None:
    """How the names are alike, as one of the codes above; None for two names."""
    folded, other_folded = fold(one), fold(other)
    if folded == other_folded:
        return _by_accents(one.split(), other.split())
    words, others = folded.split(), other_folded.split()
    if sorted(words) == sorted(others):
        told = _by_accents(_sorted(one), _sorted(other))
        return OTHER_ACCENTS if told == OTHER_ACCENTS else ORDER
    if name_key(one) == name_key(other):
        return None if _crosses_a_letter(one, other) else SPELLING
    if _is_shorter(words, others) or _is_shorter(others, words):
        return SHORTER
    return LETTER if within_one_edit(folded, other_folded) else None


def within_one_edit(one: str, other: str) -> bool:
    """One letter more, less or another, or two neighbours that changed places."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] == other[at : at + 2]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])


def _by_accents(one: list[str], other: list[str]) -> str:
    """Of names that are the same without accents."""
    if [_marks(word) for word in one] == [_marks(word) for word in other]:
        return SAME
    if _is_bare(one) or _is_bare(other):
        return NO_ACCENTS
    return OTHER_ACCENTS


def _marks(word: str) -> tuple[str, list[str]]:
    """Letters, and accents wherever they stand: "Hoà" and "Hòa" are the same."""
    taken_apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).lower())
    letters = "".join(one for one in taken_apart if not unicodedata.combining(one))
    return letters, sorted(one for one in taken_apart if unicodedata.combining(one))


def _is_bare(words: list[str]) -> bool:
    return all(_marks(word)[1] == [] and _CROSSED not in _marks(word)[0] for word in words)


def _sorted(name: str) -> list[str]:
    return sorted(name.split(), key=fold)


def _crosses_a_letter(one: str, other: str) -> bool:
    """ "Đặng" sounds like "Giàng" only where the accents are lost."""
    first, second = (sorted(name.split(), key=lambda w: spelled(fold(w))) for name in (one, other))
    return any(
        (_marks(word)[0].startswith(_CROSSED) or _marks(beside)[0].startswith(_CROSSED))
        and fold(word) != fold(beside)
        for word, beside in zip(first, second, strict=True)
    )


def _is_shorter(short: list[str], long: list[str]) -> bool:
    """One word in the middle left out: "Nông Hùng" for "Nông Văn Hùng"."""
    if len(short) < 2 or len(long) != len(short) + 1:
        return False
    return any(short == long[:at] + long[at + 1 :] for at in range(1, len(long) - 1))
