"""How offices name columns and write answers: data/import_words.toml, read once."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from households.exchange.columns import Column, Kind
from households.folding import fold

_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "import_words.toml"
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
#: "1. ", "(2) ", "c) " before a heading.
_ITS_NUMBER: Final = re.compile(r"^\(?(\d{1,2}|[a-zA-Z])\s*[.)]\s*(?=\D)")
_MARKS: Final = re.compile(r"[^\w\s]|_")
#: Columns that are answered in the words of another one.
_SAME_WORDS: Final = {"poverty_class": "listed_class"}
_SCHOOL: Final = frozenset({"attending_level", "highest_qualification"})


@cache
def _told() -> dict[str, Any]:
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)


def bare(heading: str) -> str:
    """A heading as it is compared: without accents, marks, its number and what stands in brackets;
    abbreviations written out."""
    told = _ITS_NUMBER.sub("", heading.strip())
    plain = spoken(_IN_BRACKETS.sub(" ", told)) or spoken(told)
    told_words = plain.split()
    # Alone, "DT" may be the floor, the people or the telephone.
    short = _told()["abbreviations"] if len(told_words) > 1 else {}
    return " ".join(short.get(word, word) for word in told_words)


def without_filler(name: str) -> list[str]:
    """A bare heading without words at its ends that say nothing, the longest rest first."""
    filler = frozenset(_told()["filler"]["words"])
    told = name.split()
    first = next((at for at, word in enumerate(told) if word not in filler), len(told))
    last = next((at for at, word in enumerate(reversed(told)) if word not in filler), len(told))
    rests = [
        " ".join(told[begin : len(told) - end])
        for begin in range(first + 1)
        for end in range(min(last, len(told) - begin) + 1)
    ]
    return sorted(filter(None, rests), key=len, reverse=True)


def spoken(text: str) -> str:
    """Words without accents and marks: "Vợ/chồng" as "vo chong"."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


@cache
def heading_names(role: str) -> Mapping[str, str]:
    """Bare headings of a role ("households" or "members") by the column they mean."""
    return {
        name: column
        for column, names in _told()["headings"][role].items()
        for name in (*map(bare, names), bare(column))
    }


@cache
def answers(word_list: str) -> Mapping[str, str]:
    """Folded words of one list by the code they mean."""
    return {word: code for code, words in _told()["words"][word_list].items() for word in words} | {
        code.lower(): code for code in _told()["words"][word_list]
    }


def word_list_of(column: Column) -> str:
    """Which list of words a column's cells are looked up in, "" for none."""
    if column.kind is Kind.YES_NO:
        return "yes_no"
    if column.name in _SCHOOL:
        return "school"
    name = _SAME_WORDS.get(column.name, column.name)
    return name if column.kind is Kind.CODE and name in _told()["words"] else ""


@cache
def row_words(kind: str) -> tuple[str, ...]:
    """Beginnings of rows that hold no household: totals, feet, villages."""
    return tuple(_told()["rows"][kind])


@cache
def class_bands() -> Mapping[str, str]:
    """Beginnings of rows above the households of a class, by the class; the longest first."""
    told = _told()["class_bands"]
    pairs = [(word, code) for code, words in told.items() for word in words]
    return dict(sorted(pairs, key=lambda one: -len(one[0])))
