"""Support in the demonstration: invented lists, houses, projects and help for invented families."""

from django.db import transaction

from households.models import User
from programs.services.demo import (
    benefit_lists,
    coverage,
    houses,
    money,
    projects,
    skills,
    support_lists,
)


def load(*, by: User) -> None:
    """After families and programmes are loaded. A second run changes nothing, and one that
    fails leaves nothing."""
    with transaction.atomic():
        for part in (support_lists, houses, projects, skills, money, benefit_lists, coverage):
            part.load(by=by)
