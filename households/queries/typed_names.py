"""A name as somebody typed it: how well it fits a name of the register, and what one letter could
have been meant. Pure: no database."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from households.folding import fold

#: A name has fewer; whoever types more has typed something else.
MOST_WORDS = 10
#: Of words so short nearly every letter gives another name.
SHORTEST_CORRECTED = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Both ways of placing a mark are right: "Hòa" is "Hoà".
_MARKS_FIRST = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_MARKS_LAST = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_BOTH_WAYS = tuple(zip(_MARKS_FIRST.split(), _MARKS_LAST.split(), strict=True))


class Fit(IntEnum):
    """How a name fits what was typed, the best first."""

    AS_WRITTEN = 0
    WORDS = 1
    BEGINNINGS = 2
    PARTS = 3
    ONE_LETTER_OFF = 4


@dataclass(frozen=True, order=True)
class Rank:
    """`place`: 0 the whole name, 1 its end (the given name), 2 elsewhere, 3 in another order."""

    fit: Fit
    place: int


def written(text: str) -> str:
    """Lower case with its accents, each in one way of writing."""
    told = " ".join(unicodedata.normalize("NFC", text).lower().split())
    for first, last in _BOTH_WAYS:
        told = told.replace(first, last)
    return told


def ways_of_writing(told: str) -> list[str]:
    """What `written` gave, with its marks in the one place and in the other."""
    other = told
    for first, last in _BOTH_WAYS:
        other = other.replace(last, first)
    return sorted({told, other})


@dataclass(frozen=True)
class TypedName:
    """`words` are folded; `written` keeps the accents."""

    words: tuple[str, ...]
    written: str

    @classmethod
    def read(cls, text: str) -> "TypedName | None":
        """None for what no name can be."""
        words = tuple(fold(text).split())
        is_name = 0 < len(words) <= MOST_WORDS and any(one.isalpha() for one in "".join(words))
        return cls(words, written(text)) if is_name else None

    @cached_property
    def phrase(self) -> str:
        return " ".join(self.words)

    @property
    def has_accents(self) -> bool:
        return self.written != self.phrase

    def rank(self, full_name: str, folded_name: str) -> Rank | None:
        """How a name of the register fits; None where it does not."""
        name = f" {folded_name} "
        if not all(word in name for word in self.words):
            return None
        if all(f" {word} " in name for word in self.words):
            told = f" {written(full_name)} "
            same = all(f" {word} " in told for word in self.written.split())
            return Rank(Fit.AS_WRITTEN if same else Fit.WORDS, _place(self.phrase, name))
        if all(f" {word}" in name for word in self.words):
            return Rank(Fit.BEGINNINGS, _place(self.phrase, name))
        return Rank(Fit.PARTS, _place(self.phrase, name))

    def phrases_meant(self, near: Mapping[int, frozenset[str]]) -> list[str]:
        """What may have been meant: `near` says at which place which words may have been."""
        return [self._with(at, meant) for at, words in near.items() for meant in sorted(words)]

    def rank_one_off(self, folded_name: str, near: Mapping[int, frozenset[str]]) -> Rank | None:
        """How a name fits with one word taken for another of `near`. Where only a part of it is
        another typed word, it comes after all others."""
        name = f" {folded_name} "
        own = set(folded_name.split())
        places = []
        for at, words in near.items():
            others = [word for other, word in enumerate(self.words) if other != at]
            if not all(word in name for word in others):
                continue
            behind = 0 if own.issuperset(others) else 4
            places += [behind + _place(self._with(at, one), name) for one in own & words]
        return Rank(Fit.ONE_LETTER_OFF, min(places)) if places else None

    def _with(self, at: int, word: str) -> str:
        return " ".join((*self.words[:at], word, *self.words[at + 1 :]))


def _place(phrase: str, padded_name: str) -> int:
    if padded_name == f" {phrase} ":
        return 0
    if padded_name.endswith(f" {phrase} "):
        return 1
    return 2 if phrase in padded_name else 3


def one_letter_off(word: str) -> frozenset[str]:
    """What a folded word becomes by one other letter, two letters that changed places, one letter
    more or one less."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return frozenset()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    other = {a + letter + b[1:] for a, b in parts if b for letter in _LETTERS}
    more = {a + letter + b for a, b in parts for letter in _LETTERS}
    less = {a + b[1:] for a, b in parts if b}
    return frozenset(swapped | other | more | less) - {word}
