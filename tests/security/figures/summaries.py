"""Sums kept by commune."""

from households.choices import PovertyClass, Settlement
from reports.models import ClassSummary, CommuneSummary, EthnicSummary
from tests.security.address import Address
from tests.security.conftest import Register

ADDRESSES: dict[str, Address] = {}
_CLASS, _ETHNIC = "UPDATE reports_classsummary SET", "UPDATE reports_ethnicsummary SET"
BREAKS: dict[str, str] = {
    "reports_classsummary_adds_up": f"{_CLASS} merit_households = households + 1",
    "reports_classsummary_once": "copy reports_classsummary",
    "reports_classsummary_poverty_class_known": f"{_CLASS} poverty_class = 'RICH'",
    "reports_classsummary_settlement_known": f"{_CLASS} settlement = 'SEA'",
    "reports_communesummary_once_per_round": "copy reports_communesummary",
    "reports_ethnicsummary_once": "copy reports_ethnicsummary",
    "reports_ethnicsummary_poverty_class_known": f"{_ETHNIC} poverty_class = 'RICH'",
    "reports_ethnicsummary_somebody": f"{_ETHNIC} households = 0",
}
_NUMBERS = (
    "minority_households", "minority_persons", "minority_unknown", "no_labour_households",
    "no_labour_persons", "no_labour_unknown", "merit_households", "merit_persons",
    "other_households", "other_persons", "female_head_households", "farm_households",
    "farm_persons", "deprivations",
)  # fmt: skip


def rows(register: Register) -> None:
    """Sums of one household in the commune."""
    standard = register.table.standard
    # The job may have kept some already.
    summary, __ = CommuneSummary.objects.get_or_create(
        round=register.round, commune=register.commune, defaults={"mark_number": 0}
    )
    counted = {"households": 1, "persons": 1}
    given = {
        "round": summary.round, "commune": summary.commune, "mark_number": summary.mark_number,
        "standard": standard, "poverty_class": PovertyClass.POOR,
    }  # fmt: skip
    ClassSummary.objects.create(
        **given, **counted, **dict.fromkeys(_NUMBERS, 0), settlement=Settlement.RURAL,
        deprived=[0], deprived_persons=[0],
    )  # fmt: skip
    EthnicSummary.objects.create(**given, **counted)
