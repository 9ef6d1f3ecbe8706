"""Two households become one; the one that joins ends."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.choices import RequestChannel, RequestKind
from households.errors import Invalid, Refused
from households.models import Household
from households.services import requests
from households.services.household_acts import merges
from tests.factories import people
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)


@pytest.fixture
def parents(family: SimpleNamespace) -> Household:
    return people.household(family.next_village, people.person("Nông Văn Cha"))


def test_everyone_joins_as_what_follows_from_the_head(
    family: SimpleNamespace, parents: Household
) -> None:
    merges.merge(
        household=family.household, into=parents, head_becomes="child", happened_on=DAY,
        by=family.officer,
    )  # fmt: skip
    assert roster(parents) == {
        "Nông Văn Cha": "head",
        "Nông Văn Hòa": "child",
        "Lý Thị Mai": "child_in_law",
        "Nông Văn Nam": "grandchild",
        "Hà Thị Lan": "other",
    }
    family.household.refresh_from_db()
    assert (family.household.ended_on, family.household.end_reason) == (DAY, "MERGED")
    assert roster(family.household) == {}
    assert not family.household.residences.filter(valid_to__isnull=True).exists()
    assert list(family.household.events.values_list("kind", flat=True)) == ["MERGED", "ENDED"]


def test_what_has_ended_changes_no_more(family: SimpleNamespace, parents: Household) -> None:
    merges.merge(
        household=family.household, into=parents, head_becomes="child", happened_on=DAY,
        by=family.officer,
    )  # fmt: skip
    with pytest.raises(Refused, match="ended"):
        merges.merge(
            household=parents, into=family.household, head_becomes="parent", happened_on=DAY,
            by=family.officer,
        )  # fmt: skip


def test_not_with_itself_nor_as_head(family: SimpleNamespace, parents: Household) -> None:
    for into, becomes, field in (
        (family.household, "child", "into"),
        (parents, "head", "head_becomes"),
    ):
        with pytest.raises(Invalid) as refused:
            merges.merge(
                household=family.household, into=into, head_becomes=becomes, happened_on=DAY,
                by=family.officer,
            )  # fmt: skip
        assert list(refused.value.fields) == [field]


def test_a_household_of_another_commune_is_not_touched(family: SimpleNamespace) -> None:
    far = people.household(family.far_village, people.person("Lý Văn Xa"))
    with pytest.raises(Refused):
        merges.merge(
            household=family.household, into=far, head_becomes="child", happened_on=DAY,
            by=family.officer,
        )  # fmt: skip


def test_an_open_request_goes_with_the_household(family: SimpleNamespace) -> None:
    parents = people.household(family.next_village, people.person("Nông Văn Nội"))
    asked = requests.Asked(
        RequestKind.REVIEW, RequestChannel.DESK, DAY, "Nông Văn Hòa", household=family.household
    )
    received = requests.receive(village=family.village, asked=asked, by=family.officer)
    merges.merge(
        household=family.household, into=parents, head_becomes="child", happened_on=DAY,
        by=family.officer,
    )  # fmt: skip
    received.refresh_from_db()
    assert received.household == parents
