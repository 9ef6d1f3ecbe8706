"""Programmes whose terms are in force on a day, and which of them decide about nobody yet."""

import datetime as dt
from dataclasses import dataclass

from programs.models import ProgrammeTerms


@dataclass(frozen=True)
class InForce:
    """`in_doubt`: programmes with a ground in force that nobody has vouched for."""

    programmes: int
    in_doubt: int


def on(day: dt.date) -> InForce:
    """One query."""
    found = list(ProgrammeTerms.objects.on(day))
    doubtful = {one.programme_id for one in found if not one.decides}
    return InForce(len({one.programme_id for one in found}), len(doubtful))
