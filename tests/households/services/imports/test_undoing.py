"""An import taken back leaves the register as it was; what later rests on it is never torn out."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models
from django.utils.translation import override

from households.choices import VillageState
from households.errors import Refused
from households.models import (
    Area,
    AreaTrait,
    Assessment,
    AuditEvent,
    CommuneReview,
    Household,
    HouseholdCard,
    HouseholdKey,
    Membership,
    Person,
    PersonKey,
    Residence,
    ReviewRound,
    RowHistory,
    Survey,
    SurveyMember,
    VillageReview,
)
from households.services.imports import undoing
from households.services.system_user import system_user
from tests.factories import reviews
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.services.imports.conftest import Import

#: What an import may touch; each row in full, but for when it was scored.
BUSINESS: tuple[type[models.Model], ...] = (
    Area, AreaTrait, CommuneReview, Household, HouseholdCard, HouseholdKey, Membership, Person,
    PersonKey, Residence, Survey, SurveyMember, VillageReview, ReviewRound,
)  # fmt: skip
_OWN = {"id", "scored_at"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def register() -> dict[str, list[Any]]:
    """Every business table as it stands."""
    found: dict[str, list[Any]] = {
        model.__name__: sorted(
            tuple(str(value) for value in row) for row in model._default_manager.values_list()
        )
        for model in BUSINESS
    }
    results = [
        {name: value for name, value in row.items() if name not in _OWN}
        for row in Assessment.objects.order_by("survey", "standard").values()
    ]
    return found | {"Assessment": results}


def written(run: Import) -> int:
    result = run()
    assert list(result.errors) == []
    assert result.act_id is not None
    return result.act_id


def undo(act: int) -> undoing.Undone:
    return undoing.undo(act_id=act, by=system_user())


def test_a_first_import_leaves_nothing_behind(run: Import, files: Files) -> None:
    before = register()
    files.households = [household(household_size="2", village="Thôn Mới")]
    files.members = [member(cccd="006080123456"), spouse()]
    act = written(run)
    assert register() != before
    acts = AuditEvent.objects.count()
    done = undo(act)
    assert (done.removed, done.restored) == (1, 0)
    assert register() == before
    # Audit and history grow.
    assert AuditEvent.objects.count() == acts + 1
    assert RowHistory.objects.filter(table_name="households_survey", operation="D").exists()


def test_an_update_is_turned_back_cell_by_cell(run: Import, files: Files) -> None:
    files.households = [
        household(household_size="2"),
        household("A2", head_name="Nông Văn Hai"),
    ]
    files.members = [
        member(cccd="006080123456"),
        spouse(),
        member("A2-1", "A2", full_name="Nông Văn Hai"),
    ]
    written(run)
    before = register()
    # A house that changed, members that change places, one that leaves, a new household, a move.
    files.households = [
        household(floor_area_m2="60", village="Thôn Khác", household_size="2"),
        household("A2", head_name="Nông Văn Hai"),
        household("A3", head_name="Lý Thị Mới"),
    ]
    files.members = [
        member(member_no="2", relation="spouse", sex="M", cccd="006080123456"),
        spouse(member_no="1", relation="head"),
        member("A2-1", "A2", full_name="Nông Văn Hai", birth_date="1979-05-01"),
        member("A3-1", "A3", full_name="Lý Thị Mới", sex="F"),
    ]
    files.households[0]["head_name"] = "Lý Thị Thử"
    act = written(run)
    assert register() != before
    done = undo(act)
    assert (done.removed, done.restored) == (1, 2)
    assert register() == before


def test_undone_it_can_be_imported_again(run: Import, files: Files) -> None:
    undo(written(run))
    assert run().created == 1
    assert Survey.objects.count() == 1


def test_what_was_changed_since_stays(run: Import, files: Files) -> None:
    act = written(run)
    files.households[0]["floor_area_m2"] = "70"
    later = written(run)
    with pytest.raises(Refused, match="changed since"):
        undo(act)
    undo(later)
    assert str(Survey.objects.get().floor_area_m2) == "80.000"
    with pytest.raises(Refused, match="changed since"):
        undo(act)  # the undo itself changed the row


def test_a_village_past_its_survey_stays(run: Import, files: Files) -> None:
    act = written(run)
    before = register()
    VillageReview.objects.update(state=VillageState.MEETING_HELD)
    with pytest.raises(Refused, match="past its survey stage"):
        undo(act)
    VillageReview.objects.update(state=VillageState.LISTED)
    assert register() == before


def test_papers_that_hang_on_it_keep_it(run: Import, files: Files, place: SimpleNamespace) -> None:
    act = written(run)
    survey = Survey.objects.get()
    reviews.listed(survey.round, place.commune, system_user(), survey.household)
    before = register()
    with pytest.raises(Refused, match="rests on this import"):
        undo(act)
    assert register() == before


def test_an_earlier_import_of_other_households_can_be_undone(run: Import, files: Files) -> None:
    first = written(run)
    files.households = [household("B1", head_name="Lý Thị Khác")]
    files.members = [member("B1-1", "B1", full_name="Lý Thị Khác", sex="F")]
    written(run)
    undo(first)
    assert [one.head_name for one in Survey.objects.all()] == ["Lý Thị Khác"]
    assert HouseholdCard.objects.count() == 1
