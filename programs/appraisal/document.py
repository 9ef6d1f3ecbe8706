"""A programme's document (TOML) as frozen values: strict, every surprise named.

Amounts are whole đồng, shares and rates per cent. Each ground says where it comes from and what
about it is in doubt: "memory" (stated with high confidence, the text not at hand) is shown as
unconfirmed; "weak" is shown too, and no real family is decided on it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programs.appraisal.conditions import Condition, read_conditions
from programs.appraisal.errors import DocumentError

KINDS = frozenset(
    {
        *("LOAN", "HEALTH_CARD", "TUITION", "STUDY_COST", "HOUSING", "WORKS", "KNOWLEDGE"),
        *("PROJECT", "TRAINING", "JOB", "LABOUR_EXPORT", "COMMUNICATION", "OTHER"),
    }
)
RECIPIENTS = frozenset({"PERSON", "HOUSEHOLD"})
PERIODS = frozenset({"ONCE", "MONTH", "YEAR", "DAY", "COURSE"})
DOUBTS = frozenset({"memory", "weak"})

#: What a ground gives: key of the document to whether it is a decimal.
GIVES: dict[str, bool] = {
    "share_percent": True,
    "ceiling_vnd": False,
    "rate_percent_year": True,
    "amount_vnd": False,
    "months_most": False,
    "loan_months_most": False,
}


@dataclass(frozen=True)
class Label:
    vi: str
    en: str


@dataclass(frozen=True)
class TermsDocument:
    """One ground for a time. `doubts` maps "who" or a key of `gives` to one of DOUBTS."""

    ground: str
    name: Label
    rank: int
    valid_from: dt.date
    valid_to: dt.date | None
    who: Mapping[str, Any]
    conditions: tuple[Condition, ...]
    gives: Mapping[str, int | Decimal]
    amount_per: str
    legal_basis: str
    source: str
    doubts: Mapping[str, str]
    note: str


@dataclass(frozen=True)
class ProgrammeDocument:
    """`answers_indicators` and `answers_wants` are codes of indicators and of the list of
    supports wanted that the programme answers. `once` says a household is served once for all."""

    code: str
    kind: str
    recipient: str
    name: Label
    once: bool
    funding: tuple[str, ...]
    answers_indicators: tuple[str, ...]
    answers_wants: tuple[str, ...]
    terms: tuple[TermsDocument, ...]


_PROGRAMME_KEYS = {"format", "code", "kind", "recipient", "name", "once", "funding", "answers"}
_TERMS_KEYS = {"ground", "name", "rank", "valid_from", "valid_to", "who", "amount_per"}
_TERMS_KEYS |= {"legal_basis", "source", "doubts", "note", *GIVES}


def read_programme(document: Mapping[str, Any]) -> ProgrammeDocument:
    """Raises DocumentError with the place of what is wrong."""
    _no_surprise(document, _PROGRAMME_KEYS | {"terms"}, "")
    if document.get("format") != 1:
        raise DocumentError("format", "1 is needed")
    answers = document.get("answers", {})
    _no_surprise(answers, {"indicators", "wants"}, "answers")
    return ProgrammeDocument(
        code=_text(document, "code"),
        kind=_one_of(document, "kind", KINDS),
        recipient=_one_of(document, "recipient", RECIPIENTS),
        name=_label(document, "name"),
        once=bool(document.get("once", False)),
        funding=tuple(document.get("funding", ())),
        answers_indicators=tuple(answers.get("indicators", ())),
        answers_wants=tuple(answers.get("wants", ())),
        terms=tuple(
            _terms(one, f"terms.{number}")
            for number, one in enumerate(document.get("terms", ()), start=1)
        ),
    )


def _terms(one: Mapping[str, Any], place: str) -> TermsDocument:
    _no_surprise(one, _TERMS_KEYS, place)
    valid_from, valid_to = _day(one, "valid_from", place), _day(one, "valid_to", place)
    if valid_from is None or (valid_to and valid_to < valid_from):
        raise DocumentError(place, "valid_from is needed, and valid_to not before it")
    gives = {key: _amount(one, key, place) for key in GIVES if key in one}
    doubts = one.get("doubts", {})
    if not set(doubts) <= {"who", *gives} or not set(doubts.values()) <= DOUBTS:
        raise DocumentError(
            f"{place}.doubts", f"who or a given value: one of {', '.join(sorted(DOUBTS))}"
        )
    amount_per = str(one.get("amount_per", ""))
    if ("amount_vnd" in gives) != (amount_per in PERIODS):
        raise DocumentError(
            f"{place}.amount_per", f"with amount_vnd: one of {', '.join(sorted(PERIODS))}"
        )
    return TermsDocument(
        ground=_text(one, "ground", place),
        name=_label(one, "name", place),
        rank=int(one.get("rank", 1)),
        valid_from=valid_from,
        valid_to=valid_to,
        who=one.get("who", {}),
        conditions=read_conditions(one.get("who"), f"{place}.who"),
        gives=gives,
        amount_per=amount_per,
        legal_basis=_text(one, "legal_basis", place),
        source=_text(one, "source", place),
        doubts=dict(doubts),
        note=str(one.get("note", "")),
    )


def _no_surprise(given: Mapping[str, Any], keys: set[str], place: str) -> None:
    if unknown := set(given) - keys:
        raise DocumentError(place or "document", f"{', '.join(sorted(unknown))} is not known here")


def _text(given: Mapping[str, Any], key: str, place: str = "") -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DocumentError(f"{place}.{key}".lstrip("."), "a text is needed")
    return value


def _one_of(given: Mapping[str, Any], key: str, allowed: frozenset[str]) -> str:
    if given.get(key) not in allowed:
        raise DocumentError(key, f"one of {', '.join(sorted(allowed))} is needed")
    return str(given[key])


def _label(given: Mapping[str, Any], key: str, place: str = "") -> Label:
    value = given.get(key, {})
    return Label(_text(value, "vi", f"{place}.{key}"), _text(value, "en", f"{place}.{key}"))


def _day(given: Mapping[str, Any], key: str, place: str) -> dt.date | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, dt.date):
        raise DocumentError(f"{place}.{key}", "a date is needed")
    return value


def _amount(given: Mapping[str, Any], key: str, place: str) -> int | Decimal:
    value = given[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise DocumentError(f"{place}.{key}", "a number not below zero is needed")
    if GIVES[key]:
        return Decimal(str(value))
    if not isinstance(value, int):
        raise DocumentError(f"{place}.{key}", "a whole number is needed")
    return value
