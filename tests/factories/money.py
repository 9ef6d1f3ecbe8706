"""Money and targets of programmes, and benefits that were received."""

import datetime as dt
from typing import Any

from households.models import Area, Household, User
from programs.choices import BenefitState, FundingLine
from programs.choices.money import Counted, EntrySource, MoneyStage
from programs.models import Benefit, MoneyEntry, Programme, ProgrammeTerms, Target


def programme(code: str) -> Programme:
    return Programme.objects.get(code=code)


def entry(
    area: Area, by: User, vnd: int, *, stage: MoneyStage = MoneyStage.ALLOCATED,
    on: str = "2024-02-01", code: str = "housing", year: int = 2024,
    funding: FundingLine = FundingLine.CENTRAL,
) -> MoneyEntry:  # fmt: skip
    """Written as it is, whatever the rules say."""
    return MoneyEntry.objects.create(
        programme=programme(code), area=area, year=year, funding=funding, stage=stage,
        amount_vnd=vnd, booked_on=dt.date.fromisoformat(on), document_number="1/QĐ",
        source=EntrySource.TYPED, booked_by=by,
    )  # fmt: skip


def target(
    area: Area, by: User, number: int, *, counts: Counted = Counted.HOUSES,
    on: str = "2024-01-05", code: str = "housing", year: int = 2024,
) -> Target:  # fmt: skip
    return Target.objects.create(
        programme=programme(code), area=area, year=year, counts=counts, number=number,
        decision_number="9/QĐ", decided_on=dt.date.fromisoformat(on), set_by=by,
    )  # fmt: skip


def received(
    home: Household | None, village: Area, by: User, code: str, *, on: str = "2024-03-01",
    ground: str = "", **values: Any,
) -> Benefit:  # fmt: skip
    """A benefit served on a day; `ground`: code of the terms that held."""
    held = ProgrammeTerms.objects.filter(programme__code=code, ground=ground).first()
    return Benefit.objects.create(
        programme=programme(code), terms=held, household=home, commune=village.parent,
        village=village, state=BenefitState.SERVED, acted_on=on, served_on=on, recorded_by=by,
        **values,
    )  # fmt: skip
