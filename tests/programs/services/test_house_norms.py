"""The department's word on the rules of houses ends their doubts, and the files leave it."""

import pytest

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, User
from households.services.system_user import system_user
from programs.models import HousingCeiling, HousingCriterion, HousingStage
from programs.services import house_norms, house_rules
from tests.factories import areas, houses, users
from tests.programs.conftest import Land

SOURCE = "Quyết định 5/QĐ-UBND, Điều 2"


@pytest.fixture
def chief(land: Land) -> User:
    houses.rules()
    return users.user("chief", Role.DEPARTMENT, land.province)


def weak() -> HousingCeiling:
    return HousingCeiling.objects.get(terms__ground="temporary_house", build="NEW")


def test_a_ceiling_is_stated_and_stays_so(land: Land, chief: User) -> None:
    house_norms.state_ceiling(ceiling=weak(), ceiling_vnd=60_000_000, source=SOURCE, by=chief)
    row = weak()
    assert (row.ceiling_vnd, row.doubt, row.source) == (60_000_000, "", SOURCE)
    assert AuditEvent.objects.get(verb="housing_rules.ceiling").details["was"]["doubt"] == "weak"
    tally = house_rules.load(by=system_user())
    assert tally.kept == [str(row)]
    assert weak().doubt == ""


def test_a_norm_is_stated_and_stays_so(land: Land, chief: User) -> None:
    stage = HousingStage.objects.get(code="POSTED")
    house_norms.state_norm(stage=stage, norm_days=5, source=SOURCE, by=chief)
    assert house_rules.load(by=system_user()).kept == ["POSTED"]
    stage.refresh_from_db()
    assert (stage.norm_days, stage.doubt) == (5, "")


def test_a_criterion_is_vouched_for_once(land: Land, chief: User) -> None:
    criterion = HousingCriterion.objects.get(code="MERIT")
    house_norms.confirm_criterion(criterion=criterion, source=SOURCE, by=chief)
    assert HousingCriterion.objects.get(code="MERIT").doubt == ""
    with pytest.raises(Invalid):
        house_norms.confirm_criterion(criterion=criterion, source=SOURCE, by=chief)


def test_nothing_is_stated_without_a_source_or_by_others(land: Land, chief: User) -> None:
    stage = HousingStage.objects.get(code="POSTED")
    with pytest.raises(Invalid):
        house_norms.state_norm(stage=stage, norm_days=5, source=" ", by=chief)
    with pytest.raises(Conflict):
        house_norms.state_norm(stage=stage, norm_days=0, source=SOURCE, by=chief)
    with pytest.raises(Refused):
        house_norms.state_norm(stage=stage, norm_days=5, source=SOURCE, by=land.officer)
    ceiling = weak()
    ceiling.terms.owner = areas.province("19", "Tỉnh Khác")
    ceiling.terms.save()
    with pytest.raises(Refused):
        house_norms.state_ceiling(ceiling=ceiling, ceiling_vnd=1, source=SOURCE, by=chief)
    assert not AuditEvent.objects.filter(verb__startswith="housing_rules.").exists()
