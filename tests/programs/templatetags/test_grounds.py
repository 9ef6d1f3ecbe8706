"""One definition says of every page whether a ground is to be checked: that of the list."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from programs.choices import BenefitState
from programs.choices.coverage import GroundVerdict
from programs.models import Benefit, Programme
from programs.policies.coverage import unexplained_benefits, with_ground_standing
from programs.services import coverage_checks
from programs.templatetags.grounds import ground_standing
from tests.factories import people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_the_tag_stands_on_what_the_list_holds_and_on_nothing_else(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home = people.household(land.village, people.person())
    ground = Programme.objects.get(code="loan").terms.on(day("2024-03-01")).get(ground="poor")
    stays = given(land, home, "loan")
    coverage_checks.check_ground(
        benefit=stays, verdict=GroundVerdict.STAYS, note="Quyết định 12", by=land.officer
    )
    wanted = {
        given(land, home, "loan").pk: "TO_CHECK",
        given(land, home, "loan", terms=ground).pk: "KNOWN",
        given(land, home, "tet_gift").pk: "NONE_CONFIRMED",
        stays.pk: "LOOKED_AT",
        given(land, home, "loan", state=BenefitState.CANCELLED, reason="nhầm").pk: "NOT_ASKED",
    }
    plain = {one.pk: ground_standing(one) for one in Benefit.objects.all()}
    with django_assert_num_queries(1):
        read = {one.pk: ground_standing(one) for one in with_ground_standing(Benefit.objects.all())}
    assert plain == read == wanted
    listed = unexplained_benefits(land.officer).filter(ground_check=None)
    assert [one.pk for one in listed] == [pk for pk, how in wanted.items() if how == "TO_CHECK"]
