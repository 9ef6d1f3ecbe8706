"""Evaluations of projects and models that others can learn from."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.models import Activity, ActivityEvaluation, Project
from programs.services import activities, evaluations, participants
from programs.services.evaluations import Verdict
from programs.services.participants import Outcome
from programs.services.recipients import Outsider
from tests.factories import people, users
from tests.factories import projects as make
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import HELD, course
from tests.programs.services.test_participants import poor

TODAY = day("2024-08-21")
#: It ended on 31/05/2023: who kept it is known from 31/05/2024 on.
SHOWN = replace(HELD, begins_on=day("2023-05-02"), ends_on=day("2023-05-31"))


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def made(land: Land) -> Project:
    make.loaded()
    return make.project(land.commune, land.officer)


def model(land: Land, households: int = 2) -> Activity:
    found = course(land, SHOWN, ActivityKind.MODEL)
    homes = [poor(land, people.person()) for _number in range(households)]
    if homes:
        participants.add(
            activity=found, whom=[(one.pk, None) for one in homes], because="x", by=land.officer
        )
    return found


def verdict(**facts: object) -> Verdict:
    given: dict[str, object] = {
        "evaluated_on": TODAY, "evaluated_by": "Phòng Nông nghiệp", "result": "Đạt 92 % kế hoạch",
        "started_households": 42, "kept_households": 39, "worth_repeating": "YES",
    }  # fmt: skip
    return Verdict(**given | facts)  # type: ignore[arg-type]


def test_an_evaluation_says_who_mends_what_by_when(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="who mends it by when") as raised:
        evaluations.evaluate(of=made, verdict=verdict(shortcoming="Chuồng hở"), by=land.officer)
    assert set(raised.value.fields) == {"mends", "mend_by"}
    kept = evaluations.evaluate(
        of=made, by=land.officer,
        verdict=verdict(shortcoming="Chuồng hở", mends="Thôn", mend_by=day("2024-10-31")),
    )  # fmt: skip
    assert evaluations.mend(evaluation=kept, mended_on=TODAY, by=land.officer).mended_on == TODAY


def test_no_more_keep_it_than_began(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="More households kept it"):
        evaluations.evaluate(of=made, verdict=verdict(kept_households=43), by=land.officer)
    kept = evaluations.evaluate(of=made, verdict=verdict(), by=land.officer)
    with pytest.raises(Invalid, match="no shortcoming"):
        evaluations.mend(evaluation=kept, mended_on=TODAY, by=land.officer)


def test_of_a_model_no_more_began_than_took_part_by_name(land: Land) -> None:
    shown = model(land, 2)
    outsider = Outsider("Sùng A Lý", 1985, "DTTS", land.commune)
    participants.add_outsider(activity=shown, outsider=outsider, by=land.officer)
    said = verdict(started_households=4, kept_households=3)
    with pytest.raises(Invalid, match=r"took part by name .households: 3.") as raised:
        evaluations.evaluate(of=shown, verdict=said, by=land.officer)
    assert set(raised.value.fields) == {"started_households"}
    said = verdict(started_households=3, kept_households=3)
    kept = evaluations.evaluate(of=shown, verdict=said, by=land.officer)
    assert (kept.of, kept.recorded_by) == (shown, land.officer)
    assert AuditEvent.objects.get(verb="activity.evaluate").object_id == shown.pk


def test_who_was_recorded_by_mistake_took_no_part(land: Land) -> None:
    shown = model(land, 2)
    one = shown.participations.first()
    assert one
    participants.settle(
        activity=shown, on=TODAY, by=land.officer,
        outcomes=[Outcome(one.benefit_id, BenefitState.CANCELLED, reason="Nhầm")],
    )  # fmt: skip
    with pytest.raises(Invalid, match="households: 1"):
        evaluations.evaluate(
            of=shown, verdict=verdict(started_households=2, kept_households=1), by=land.officer
        )


def test_who_kept_a_model_is_not_said_before_twelve_months(land: Land) -> None:
    shown = model(land, 2)
    early = verdict(evaluated_on=day("2024-05-30"), started_households=2, kept_households=2)
    with pytest.raises(Invalid, match="over on 31/05/2024"):
        evaluations.evaluate(of=shown, verdict=early, by=land.officer)
    evaluations.evaluate(of=shown, verdict=replace(early, kept_households=None), by=land.officer)
    on_the_day = replace(early, evaluated_on=day("2024-05-31"))
    assert evaluations.evaluate(of=shown, verdict=on_the_day, by=land.officer).kept_households == 2


def test_only_a_model_that_has_begun_and_stands_is_evaluated(land: Land) -> None:
    said = verdict(started_households=0, kept_households=None)
    with pytest.raises(Invalid, match="Only a model"):
        evaluations.evaluate(of=course(land, SHOWN), verdict=said, by=land.officer)
    shown = model(land, 0)
    before = replace(said, evaluated_on=day("2023-05-01"))
    with pytest.raises(Invalid, match="not begun yet"):
        evaluations.evaluate(of=shown, verdict=before, by=land.officer)
    activities.cancel(activity=shown, reason="Nhầm", by=land.officer)
    with pytest.raises(Invalid, match="taken back already"):
        evaluations.evaluate(of=shown, verdict=said, by=land.officer)
    assert not ActivityEvaluation.objects.exists()


def test_another_area_is_refused(land: Land, made: Project) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    shown = model(land, 1)
    said = verdict(
        started_households=1, kept_households=1, shortcoming="x", mends="Thôn", mend_by=TODAY
    )
    for of in (made, shown):
        with pytest.raises(Refused):
            evaluations.evaluate(of=of, verdict=said, by=stranger)
        kept = evaluations.evaluate(of=of, verdict=said, by=land.officer)
        with pytest.raises(Refused):
            evaluations.mend(evaluation=kept, mended_on=TODAY, by=stranger)
