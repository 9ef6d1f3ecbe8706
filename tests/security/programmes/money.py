"""Plans and money of programmes, results of a year, and what helped."""

import datetime as dt

from programs.choices import FundingLine
from programs.choices.money import Counted, EntrySource, MoneyStage
from programs.models import (
    MoneyEntry,
    Programme,
    Target,
    YearFigure,
    YearSummary,
    YearWanderer,
)
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _entry(register: Register) -> tuple[object, ...]:
    if not MoneyEntry.objects.exists():
        rows(register)
    return (MoneyEntry.objects.filter(counters=None).latest("pk").uuid,)


ADDRESSES: dict[str, Address] = {
    "programs:money": Address(For.MONEY_READERS, GET),
    "programs:programme_money": Address(For.MONEY_READERS, GET, lambda register: ("loan",)),
    "programs:target_entry": Address(For.KEEPERS, BOTH, lambda register: ("loan",)),
    "programs:money_book": Address(For.KEEPERS, BOTH, lambda register: ("loan",)),
    "programs:money_entry": Address(For.KEEPERS, BOTH, _entry),
    "programs:paid_rows": Address(For.MONEY_READERS, GET, lambda register: ("loan", "benefits")),
    "programs:year_results": Address(For.MONEY_READERS, GET),
    "programs:what_helped": Address(For.MONEY_READERS, GET),
    "programs:compared_households": Address(For.MONEY_READERS, GET),
}

_ENTRY = "copy programs_moneyentry SET uuid = gen_random_uuid(), counters_id = NULL"
_TARGET = "UPDATE programs_target SET"
BREAKS: dict[str, str] = {
    "programs_moneyentry_counter_says_why": (
        "copy programs_moneyentry SET uuid = gen_random_uuid(), counters_id = id, reason = ''"
        " WHERE counters_id IS NULL"
    ),
    "programs_moneyentry_counters_id_key": (
        "copy programs_moneyentry SET uuid = gen_random_uuid() WHERE counters_id IS NOT NULL"
    ),
    "programs_moneyentry_funding_known": f"{_ENTRY}, funding = 'lottery'",
    "programs_moneyentry_has_a_document": f"{_ENTRY}, document_number = ''",
    "programs_moneyentry_not_nothing": f"{_ENTRY}, amount_vnd = 0",
    "programs_moneyentry_source_known": f"{_ENTRY}, source = 'HEARSAY'",
    "programs_moneyentry_stage_known": f"{_ENTRY}, stage = 'HOPED'",
    "programs_moneyentry_uuid_key": "copy programs_moneyentry SET counters_id = NULL",
    "programs_moneyentry_year_known": f"{_ENTRY}, year = 1999",
    "programs_target_counts_known": f"{_TARGET} counts = 'COWS'",
    "programs_target_has_a_decision": f"{_TARGET} decision_number = ''",
    "programs_target_not_negative": f"{_TARGET} number = -1",
    "programs_target_once_a_decision": "copy programs_target",
    "programs_target_year_known": f"{_TARGET} year = 1999",
    "programs_yearfigure_adds_up": "UPDATE programs_yearfigure SET without_amount = times + 1",
    "programs_yearfigure_line_or_programme": "UPDATE programs_yearfigure SET line = 'LOANS'",
    "programs_yearfigure_once": "copy programs_yearfigure",
    "programs_yearfigure_school_level_known": (
        "UPDATE programs_yearfigure SET school_level = 'nursery'"
    ),
    "programs_yearsummary_commune_id_key": "copy programs_yearsummary",
    "programs_yearwanderer_once": "copy programs_yearwanderer",
    "programs_yearwanderer_school_level_known": (
        "UPDATE programs_yearwanderer SET school_level = 'nursery'"
    ),
}

_NUMBERS = (
    "times", "households", "persons", "outside", "amount_vnd", "without_amount", "without_labour",
    "labour_unknown",
)  # fmt: skip


def rows(register: Register) -> None:
    """A target, an entry, and one that takes another back."""
    loan = Programme.objects.get(code="loan")
    Target.objects.create(
        programme=loan, area=register.commune, year=2024, counts=Counted.TIMES, number=10,
        decision_number="1/QĐ", decided_on=dt.date(2024, 1, 5), set_by=register.officer,
    )  # fmt: skip
    first = _booked(register, loan, 1_000_000)
    _booked(register, loan, -1_000_000, counters=first, reason="nhầm")
    _booked(register, loan, 2_000_000)
    _kept(register, loan)


def _kept(register: Register, loan: Programme) -> None:
    """Figures of a year, and one who is served in another commune too."""
    summary = YearSummary.objects.create(
        commune=register.commune, counted_for="2024-10-15", tide=1, last_act=0
    )
    YearFigure.objects.create(
        summary=summary, year=2024, programme=loan, **dict.fromkeys(_NUMBERS, 0)
    )
    YearWanderer.objects.create(
        year=2024, commune=register.commune, programme=loan, is_person=False, recipient=1
    )


def _booked(
    register: Register, programme: Programme, vnd: int, *, counters: MoneyEntry | None = None,
    reason: str = "",
) -> MoneyEntry:  # fmt: skip
    return MoneyEntry.objects.create(
        programme=programme, area=register.commune, year=2024, funding=FundingLine.CENTRAL,
        stage=MoneyStage.ALLOCATED, amount_vnd=vnd, booked_on=dt.date(2024, 1, 10),
        document_number="2/QĐ", source=EntrySource.TYPED, counters=counters, reason=reason,
        booked_by=register.officer,
    )  # fmt: skip
