"""Whose round, under which standard, and who may import into it."""

from types import SimpleNamespace

import pytest

from households.choices import Role
from households.errors import Invalid
from households.models import ReviewRound
from tests.factories import reviews, users
from tests.factories.exchange_files import Files, household, member
from tests.households.services.imports.conftest import Import, codes


def test_only_ones_own_area(run: Import, files: Files, place: SimpleNamespace) -> None:
    reviews.periodic(place.province, 2024, place.standard)
    officer = users.user("officer", Role.COMMUNE_OFFICER, place.commune)
    assert run(by=officer).created == 1

    files.households = [household("B1", commune_code="02005", commune="Xã Khác")]
    files.members = [member("B1-1", "B1")]

    assert codes(run(by=officer)) == {("households.csv", 2, "commune_code", "not_your_area")}
    reader = users.user("reader", Role.DISTRICT_READER, place.district)
    assert codes(run(by=reader)) == {("households.csv", 2, "commune_code", "not_your_area")}


def test_a_round_is_opened_only_by_who_may(run: Import, place: SimpleNamespace) -> None:
    officer = users.user("officer", Role.COMMUNE_OFFICER, place.commune)

    assert codes(run(by=officer)) == {("households.csv", 2, "review_year", "no_round")}
    department = users.user("department", Role.DEPARTMENT, place.province)
    assert run(by=department).created == 1


def test_a_standard_that_does_not_exist_or_is_not_the_rounds(run: Import) -> None:
    with pytest.raises(Invalid) as unknown:
        run(standard_code="std_1999")
    assert unknown.value.code == "unknown_standard"
    run()
    with pytest.raises(Invalid) as other:
        run(standard_code="std_2016")
    assert other.value.code == "other_standard"


def test_the_round_is_opened_under_the_standard_asked_for(run: Import) -> None:
    assert not run(standard_code="std_2016").errors
    assert ReviewRound.objects.get().parts.get().standard.code == "std_2016"
