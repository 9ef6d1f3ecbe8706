"""Who of the invented province could have received support in the seed year. Read-only."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from households.choices import HowOut, PovertyClass, TraitKind
from households.models import (
    Area,
    AreaTrait,
    Household,
    Membership,
    StatusPeriod,
    SurveyMember,
)
from programs.services.programme_files import DATA_FOLDER

_SCHOOL = ("preschool", "primary", "lower_secondary", "upper_secondary")
_LISTED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)
_YOUNG = 6


class Member(NamedTuple):
    household: int
    full_name: str
    birth_year: int


@cache
def told() -> dict[str, Any]:
    """The figures of data/demo/seed_year.toml."""
    path = DATA_FOLDER / "demo" / "seed_year.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def begin() -> dt.date:
    return dt.date(told()["year"], 1, 1)


def listed(poverty_class: str) -> list[int]:
    """Households on the list all through the year, by number."""
    end = dt.date(told()["year"], 12, 31)
    rows = StatusPeriod.objects.on(begin()).on(end).filter(
        list_owner=None, poverty_class=poverty_class, household__ended_on=None
    )  # fmt: skip
    return list(rows.order_by("household").values_list("household", flat=True))


def newly_escaped() -> list[int]:
    """Households that left the lists the day before the year began, and are on none."""
    left = StatusPeriod.objects.filter(
        list_owner=None, valid_to=begin() - dt.timedelta(days=1), how_out=HowOut.ESCAPED,
        household__ended_on=None,
    )  # fmt: skip
    listed = StatusPeriod.objects.on(begin()).values("household")
    found = left.exclude(household__in=listed).order_by("household")
    return list(found.values_list("household", flat=True))


def members() -> Iterator[Member]:
    """Who belonged to a household all through the year, by household and person."""
    rows = Membership.objects.on(begin()).filter(
        valid_to=None, household__ended_on=None, person__died_on=None
    )  # fmt: skip
    names = ("household", "person__full_name", "person__birth_date__year")
    for row in rows.order_by("household", "pk").values_list(*names).iterator():
        yield Member(*row)


def attending() -> list[Member]:
    """Who was at school by the review before the year."""
    rows = SurveyMember.objects.filter(
        survey__round__year=told()["year"] - 1, survey__round__month=None,
        attending_level__in=_SCHOOL, survey__household__ended_on=None, person__died_on=None,
        person__memberships__valid_to=None, person__memberships__valid_from__lte=begin(),
    )  # fmt: skip
    names = ("person__memberships__household", "person__full_name", "person__birth_date__year")
    return [Member(*row) for row in rows.order_by("survey", "pk").values_list(*names)]


def with_card() -> tuple[list[Member], list[Member]]:
    """Members of families on the lists; others for whom a card is paid: of a minority in zones II
    and III, or under six."""
    first = {household for one in _LISTED for household in listed(one)}
    zones = set(living_in(TraitKind.ZONE, ["II", "III"]))
    minority = set(
        Household.objects.filter(
            memberships__relation="head", memberships__valid_to=None,
            memberships__person__ethnic_group__is_minority=True,
        ).values_list("pk", flat=True)
    )  # fmt: skip
    paid, youngest = zones & minority, begin().year - _YOUNG
    on_lists, others = [], []
    for one in members():
        if one.household in first:
            on_lists.append(one)
        elif one.household in paid or one.birth_year > youngest:
            others.append(one)
    return on_lists, others


def living_in(kind: TraitKind, values: list[str]) -> list[int]:
    """Households in the units that are marked so at the beginning of the year, by number."""
    marked = AreaTrait.objects.on(begin()).filter(kind=kind, value__in=values)
    branches = [one.area.inner_path for one in marked.select_related("area")]
    homes = Household.objects.filter(card__village__in=Area.objects.under_any(branches))
    return list(homes.order_by("pk").values_list("pk", flat=True))
