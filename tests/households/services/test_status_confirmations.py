"""What may be confirmed of a household on a day, and what not."""

import datetime as dt

import pytest

from households.choices import (
    ConfirmationPurpose,
    ConfirmedStatus,
    DecisionOrigin,
    HowOut,
    InstallationKind,
    Role,
)
from households.errors import Invalid, Refused
from households.models import (
    Household,
    Installation,
    RecognitionDecision,
    StatusConfirmation,
    StatusPeriod,
    User,
)
from households.services import status_confirmations
from households.services.status_confirmations import Asked, Standing
from tests.factories import families, people, reviews, users
from tests.households.conftest import TODAY, World


@pytest.fixture
def home(world: World) -> Household:
    """Poor from 1 January 2024."""
    found = people.household(world.village, people.person("Người Nghèo"))
    reviews.listed(world.round, world.commune, world.officer, found)
    return found


def said(world: World, home: Household, day: dt.date) -> ConfirmedStatus | str:
    found = status_confirmations.standing_on(home, world.commune, day)
    return found.status if isinstance(found, Standing) else found


def issue(
    world: World,
    home: Household,
    by: User | None = None,
    on_day: dt.date = TODAY,
    purpose: ConfirmationPurpose = ConfirmationPurpose.SCHOOL,
) -> None:
    status_confirmations.issue(
        household=home,
        commune=world.commune,
        asked=Asked(on_day, purpose),
        by=by or world.officer,
    )


def escaped(home: Household, last_day: dt.date, how: HowOut = HowOut.ESCAPED) -> None:
    period = StatusPeriod.objects.get(household=home)
    period.valid_to, period.how_out, period.decision_out = last_day, how, period.decision_in
    period.save()
    period.decision_in.origin = DecisionOrigin.PROCEDURE
    period.decision_in.save()


def test_on_the_list_and_before_it(world: World, home: Household) -> None:
    assert said(world, home, TODAY) == ConfirmedStatus.POOR
    assert "not on the list" in said(world, home, dt.date(2023, 12, 31))


def test_newly_escaped_for_its_months_and_no_day_longer(world: World, home: Household) -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    escaped(home, dt.date(2024, 6, 30))
    assert said(world, home, dt.date(2024, 7, 1)) == ConfirmedStatus.ESCAPED_POVERTY
    assert said(world, home, dt.date(2027, 6, 30)) == ConfirmedStatus.ESCAPED_POVERTY
    assert "30/06/2027" in said(world, home, dt.date(2027, 7, 1))


def test_an_escape_between_two_lists_taken_over_counts_once_they_are_complete(
    world: World, home: Household
) -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    escaped(home, dt.date(2024, 6, 30))
    RecognitionDecision.objects.update(origin=DecisionOrigin.ADOPTED_FROM_PAPER)
    assert "Not enough data" in said(world, home, TODAY)
    families.lists_complete(world.commune, 2023, world.officer)
    assert said(world, home, TODAY) == ConfirmedStatus.ESCAPED_POVERTY


def test_no_real_family_is_confirmed_by_months_nobody_confirmed(
    world: World, home: Household
) -> None:
    escaped(home, dt.date(2024, 6, 30))
    assert "not confirmed" in said(world, home, TODAY)


def test_who_left_otherwise_did_not_escape(world: World, home: Household) -> None:
    escaped(home, dt.date(2024, 6, 30), HowOut.OTHER_OUT)
    assert "otherwise" in said(world, home, TODAY)


def test_each_gets_the_next_number_and_what_it_said_is_kept(world: World, home: Household) -> None:
    issue(world, home)
    issue(world, home, on_day=dt.date(2024, 2, 1), purpose=ConfirmationPurpose.LOAN)
    found = StatusConfirmation.objects.order_by("serial")
    assert [one.number for one in found] == ["0001/2024/XN-UBND", "0002/2024/XN-UBND"]
    assert found[1].on_day == dt.date(2024, 2, 1)


def test_nothing_is_issued_that_the_list_does_not_say(world: World, home: Household) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        issue(world, home, stranger)
    with pytest.raises(Refused, match="not on the list"):
        issue(world, home, on_day=dt.date(2023, 1, 1))
    with pytest.raises(Invalid) as fault:
        issue(world, home, on_day=dt.date(2024, 10, 16))
    assert set(fault.value.fields) == {"on_day"}
    with pytest.raises(Invalid):
        issue(world, home, purpose=ConfirmationPurpose.OTHER)
    assert not StatusConfirmation.objects.exists()
