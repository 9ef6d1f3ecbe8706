"""Whether kept figures are known to be old, whoever changed what: they are never taken for new.

Transactions are real here: what was committed since is told by their numbers.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from households.choices import Role, TraitKind
from households.models import Household, User
from households.services import areas as area_services
from households.services import audit
from households.services.household_acts import members, moves
from households.services.system_user import system_user
from programs.choices import BenefitState
from programs.models import Benefit, CoverageSummary, Programme
from programs.queries import coverage as queries
from programs.queries import coverage_figures, coverage_state
from programs.services import benefits
from programs.services import coverage as keeping
from programs.services.programmes import confirm
from tests.factories import areas, families, people, users
from tests.programs.conftest import Land, day
from tests.programs.tides import wait_for_the_tide

pytestmark = pytest.mark.django_db(transaction=True)

ON = day("2024-10-15")


def refreshed() -> int:
    wait_for_the_tide()
    return keeping.refresh_changed()


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = ON


def clean(land: Land, on: dt.date = ON) -> dict[str, bool]:
    """By name of the commune."""
    names = {land.commune.pk: "own", land.other_commune.pk: "other"}
    communes = coverage_state.communes_of([land.province.inner_path])
    units = coverage_state.kept(communes, on, CoverageSummary)
    return {names[one.commune_id]: one.is_clean for one in units}


def home_of(land: Land, *more: Any) -> Household:
    home = people.household(land.village, people.person(), *more)
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return home


def test_an_act_makes_old_what_it_can_have_changed_and_no_more(land: Land) -> None:
    home = home_of(land)
    assert clean(land) == {"own": False, "other": False}
    assert refreshed() == 2
    assert clean(land) == {"own": True, "other": True}
    assert refreshed() == 0
    with audit.act(by=land.officer, verb="survey.save_draft", household=home):
        pass
    with audit.act(by=land.officer, verb="user.change_email"):
        pass
    assert clean(land) == {"own": True, "other": True}
    with audit.act(by=land.officer, verb="survey.complete", household=home):
        pass
    assert clean(land) == {"own": False, "other": True}
    refreshed()
    with audit.act(by=land.officer, verb="list.adopt", area=land.village):
        pass
    assert clean(land) == {"own": False, "other": True}
    with audit.act(by=land.officer, verb="review.import", area=land.province):
        pass
    assert clean(land) == {"own": False, "other": False}
    refreshed()
    # A kind of act that nobody thought of counts as a change of everything.
    with audit.act(by=land.officer, verb="something.new"):
        pass
    assert clean(land) == {"own": False, "other": False}


def test_figures_are_of_a_day(land: Land) -> None:
    refreshed()
    assert clean(land, ON + dt.timedelta(days=1)) == {"own": False, "other": False}


def test_an_act_that_was_under_way_meanwhile_is_not_missed(land: Land) -> None:
    """Another session writes its act before the refresh and commits after it."""
    home = home_of(land)
    refreshed()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO households_auditevent"
                " (by_id, verb, household_id, object_type, details, reason)"
                " VALUES (%s, 'survey.complete', %s, '', '{}', '')",
                [land.officer.pk, home.pk],
            )
        refreshed()
        assert clean(land) == {"own": True, "other": True}
        keeping.refresh(communes=[(land.commune.pk, land.commune.inner_path)], on=ON)
        other.commit()
    finally:
        other.close()
    assert clean(land) == {"own": False, "other": True}


def test_a_tide_of_another_database_is_no_tide(land: Land) -> None:
    """After a restore transactions are numbered anew."""
    refreshed()
    CoverageSummary.objects.update(tide=2**31 + 5)
    assert clean(land) == {"own": False, "other": False}


def _figures(land: Land, **more: Any) -> tuple[set[Any], set[Any]]:
    found = queries.of([land.province.inner_path], ON, **more)
    assert (found.behind, found.missing) == (0, 0)
    return set(found.counted), set(found.lacks)


def test_what_is_shown_is_what_would_be_worked_out_whatever_happened(land: Land) -> None:
    """Changes in random order, the job now and then between them."""
    draw = random.Random(7_311)
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    changes = Changes(land, chief, draw)
    done = []
    for _ in range(30):
        change = draw.choice(changes.kinds)
        change()
        done.append(change.__name__)
        if draw.random() < 0.4:
            refreshed()
        counted, lacks = coverage_figures.counted([land.province.inner_path], ON)
        assert _figures(land) == (set(counted), set(lacks)), done
    assert len(set(done)) > 5


class Changes:
    """What officers do, each through the service that they use."""

    def __init__(self, land: Land, chief: User, draw: random.Random) -> None:
        self.land, self.chief, self.draw = land, chief, draw
        self.second_village = areas.village(land.commune, name="Thôn Sau")
        self.homes = [home_of(land, people.person("Nông Thị Con")) for _ in range(6)]
        self.kinds: list[Callable[[], None]] = [
            self.loan, self.card, self.close, self.take_back, self.death, self.move, self.listed,
            self.zone, self.confirmed,
        ]  # fmt: skip

    def _home(self) -> Household:
        return Household.objects.get(pk=self.draw.choice(self.homes).pk)

    def loan(self) -> None:
        benefits.record(
            programme=Programme.objects.get(code="loan"), household=self._home(),
            by=self.land.officer, acted_on=day("2024-03-01"), state=BenefitState.WISHED,
            without_ground_because="theo danh sách",
        )  # fmt: skip
        wish = Benefit.objects.filter(programme__code="loan", state=BenefitState.WISHED).latest(
            "pk"
        )
        for state in (BenefitState.LISTED, BenefitState.DECIDED, BenefitState.SERVED):
            wish = benefits.advance(
                benefit=wish, state=state, by=self.land.officer, acted_on=day("2024-04-01")
            )

    def card(self) -> None:
        home = self._home()
        row = home.memberships.filter(valid_to=None).first()
        if row:
            benefits.record(
                programme=Programme.objects.get(code="health_card"), household=home,
                person=row.person, by=self.land.officer, acted_on=day("2024-01-01"),
                state=BenefitState.SERVED, without_ground_because="theo danh sách",
                given=benefits.Given(
                    valid_from=day("2024-01-01"), valid_to=day("2024-12-01")
                ),
            )  # fmt: skip

    def close(self) -> None:
        running = Benefit.objects.filter(state=BenefitState.SERVED).order_by("pk").first()
        if running:
            benefits.advance(
                benefit=running, state=BenefitState.CLOSED, by=self.land.officer,
                acted_on=day("2024-10-01"),
            )  # fmt: skip

    def take_back(self) -> None:
        last = Benefit.objects.exclude(state=BenefitState.CANCELLED).order_by("pk").last()
        if last:
            benefits.cancel(benefit=last, by=self.land.officer, reason="nhập nhầm")

    def death(self) -> None:
        home = self._home()
        row = home.memberships.filter(valid_to=None).exclude(relation="head").first()
        if row:
            members.die(
                household=home, person=row.person, happened_on=day("2024-10-10"),
                by=self.land.officer,
            )  # fmt: skip

    def move(self) -> None:
        home = self._home()
        if not home.residences.filter(village=self.second_village).exists():
            moves.move(
                household=home, village=self.second_village, happened_on=day("2024-09-01"),
                by=self.land.officer,
            )  # fmt: skip

    def listed(self) -> None:
        with audit.act(by=self.land.officer, verb="list.adopt", area=self.land.commune):
            home = people.household(self.land.village, people.person())
            families.on_list(
                home, self.land.decision, since=day("2023-01-01"), poverty_class="NEAR_POOR"
            )
            self.homes.append(home)

    def zone(self) -> None:
        area_services.state_trait(
            area=self.land.other_commune, kind=TraitKind.ZONE,
            value=self.draw.choice(["I", "III"]), valid_from=day("2021-06-04"),
            by=self.chief, source="861/QĐ-TTg",
        )  # fmt: skip

    def confirmed(self) -> None:
        for one in Programme.objects.get(code="housing").terms.on(ON):
            if "who" in one.doubts:
                confirm(terms=one, stated="who", source="công văn thử", by=system_user())
                return
