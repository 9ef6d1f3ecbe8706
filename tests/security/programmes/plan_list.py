"""From lack to help, and the plan list."""

from programs.models import AgreedAction, Companion, PlanEntry, PlanRule
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _entry(register: Register) -> tuple[object, ...]:
    found, _made = PlanEntry.objects.get_or_create(
        household=register.household, year=2025,
        defaults={
            "commune": register.commune, "poverty_class": "POOR", "why": "CHOSEN",
            "recorded_by": register.officer,
        },
    )  # fmt: skip
    return (found.pk,)


ADDRESSES: dict[str, Address] = {
    "programs:lacks": Address(For.READERS, GET),
    "programs:plan": Address(For.CHECKERS, BOTH),
    "programs:plan_entry": Address(For.CHECKERS, BOTH, _entry, owned=True),
}

BREAKS: dict[str, str] = {
    "programs_agreedaction_says_what": "UPDATE programs_agreedaction SET words = ''",
    "programs_companion_ends_after_start": (
        "UPDATE programs_companion SET valid_to = '2000-01-01'"
    ),
    "programs_companion_is_somebody": "UPDATE programs_companion SET outside_name = ''",
    "programs_companion_one_at_a_time": "copy programs_companion",
    "programs_planentry_class_of_a_list": (
        "UPDATE programs_planentry SET poverty_class = 'AVERAGE'"
    ),
    "programs_planentry_once_a_year": "copy programs_planentry",
    "programs_planentry_why_known": "UPDATE programs_planentry SET why = 'FRIEND'",
    "programs_planentry_year_known": "UPDATE programs_planentry SET year = 1999",
    "programs_planrule_in_reach": "UPDATE programs_planrule SET points_at_most = 101",
    "programs_planrule_one_an_owner": "copy programs_planrule",
}


def rows(register: Register) -> None:
    """A planned household with its companion and what was agreed."""
    (pk,) = _entry(register)
    entry = PlanEntry.objects.get(pk=pk)
    PlanRule.objects.create(indicators_at_most=1, points_at_most=10, source="x")
    AgreedAction.objects.create(entry=entry, words="Học nghề", due_on="2025-06-01")
    Companion.objects.create(
        household=register.household, outside_name="Hội Phụ nữ", valid_from="2024-05-01",
        recorded_by=register.officer,
    )  # fmt: skip
