"""For how long a benefit counts as serving its recipient, by kind of programme."""

import datetime as dt
from enum import Enum

from programs.choices import ProgrammeKind


class ServedFor(Enum):
    """When somebody who was served needs nothing more of the programme on a day."""

    #: Once received it is there: a house.
    ALWAYS = "always"
    #: While it is valid: a card, a contract.
    WHILE_VALID = "while_valid"
    #: From the day it was received until it is closed: a loan that runs.
    UNTIL_CLOSED = "until_closed"
    #: For the school year it was given for.
    SCHOOL_YEAR = "school_year"
    #: In the calendar year it was received.
    YEAR = "year"


SERVED_FOR: dict[ProgrammeKind, ServedFor] = {
    ProgrammeKind.LOAN: ServedFor.UNTIL_CLOSED,
    ProgrammeKind.HEALTH_CARD: ServedFor.WHILE_VALID,
    ProgrammeKind.TUITION: ServedFor.SCHOOL_YEAR,
    ProgrammeKind.STUDY_COST: ServedFor.SCHOOL_YEAR,
    ProgrammeKind.HOUSING: ServedFor.ALWAYS,
    ProgrammeKind.WORKS: ServedFor.ALWAYS,
    ProgrammeKind.PROJECT: ServedFor.UNTIL_CLOSED,
    ProgrammeKind.KNOWLEDGE: ServedFor.YEAR,
    ProgrammeKind.TRAINING: ServedFor.YEAR,
    ProgrammeKind.JOB: ServedFor.WHILE_VALID,
    ProgrammeKind.LABOUR_EXPORT: ServedFor.WHILE_VALID,
    ProgrammeKind.COMMUNICATION: ServedFor.YEAR,
    ProgrammeKind.OTHER: ServedFor.YEAR,
}

#: A school year bears the number of the calendar year in which it begins.
_SCHOOL_YEAR_BEGINS_IN = 9


def school_year_of(on: dt.date) -> int:
    """The school year a day belongs to; the summer belongs to the one that ended."""
    return on.year if on.month >= _SCHOOL_YEAR_BEGINS_IN else on.year - 1
