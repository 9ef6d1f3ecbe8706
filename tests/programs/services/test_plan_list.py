"""The plan list: who stands near, after the decision alone; put on, agreed, done, taken off."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, Household, RecognitionDecision, ReviewRound
from households.services.system_user import system_user
from programs.choices.plan_list import WhyPlanned
from programs.models import Companion, PlanEntry, PlanRule
from programs.queries import plan_list as queries
from programs.services import companions, plan_list, plan_rules
from programs.services.companions import Who
from tests.factories import families, people, plans, reviews, users
from tests.programs.conftest import Land, day
from tests.programs.movers import moved, other_officer
from tests.programs.planned import decided, planned_mover, put, standing


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def decision(land: Land) -> RecognitionDecision:
    return decided(land)


@pytest.fixture
def mover(land: Land, decision: RecognitionDecision) -> Household:
    return planned_mover(land, decision)


def near(land: Land) -> queries.Nearness:
    rule = queries.rule_for(land.commune)
    assert rule
    return queries.nearness(land.commune, day("2024-06-01"), rule, "en")


def test_families_stand_near_far_apart_or_unknown(
    land: Land, decision: RecognitionDecision
) -> None:
    one = plans.decided_form(decision, land.village, land.officer, name="Gần")
    four = {"roof_durable": False, "wall_durable": False, "has_smartphone": False,
            "has_phone": False, "has_tv": False}  # fmt: skip
    far = plans.decided_form(decision, land.village, land.officer, name="Xa", **four)
    weak = plans.decided_form(decision, land.village, land.officer, name="Yếu", no_labour=True)
    families.on_list(people.household(land.village, people.person("Giấy")), land.decision,
                     since=day("2024-01-01"))  # fmt: skip
    found = near(land)
    assert [row.position.household_id for row in found.near] == [one.pk]
    (row,) = found.near
    assert (row.why, row.distance.indicators) == (WhyPlanned.INDICATORS, 1)
    assert len(row.lacking) == 3
    assert "essential_works" in [programme.code for programme in row.programmes]
    assert [row.position.household_id for row in found.far] == [far.pk]
    assert [row.position.household_id for row in found.apart] == [weak.pk]
    assert found.unknown == 1


def test_who_is_put_on_stands_there_with_the_reason(
    land: Land, decision: RecognitionDecision
) -> None:
    one = plans.decided_form(decision, land.village, land.officer)
    far = plans.decided_form(
        decision, land.village, land.officer, poverty_class=PovertyClass.NEAR_POOR,
        water_clean=True,
    )  # fmt: skip
    assert put(land, one, far) == 2
    assert set(PlanEntry.objects.values_list("household", "why", "poverty_class")) == {
        (one.pk, "INDICATORS", "POOR"), (far.pk, "CHOSEN", "NEAR_POOR"),
    }  # fmt: skip
    assert put(land, one) == 0
    assert put(land, one, year=2026) == 1
    assert AuditEvent.objects.filter(verb="plan.put_on").count() == 3


def test_who_may_not_be_put_on(land: Land, decision: RecognitionDecision) -> None:
    weak = plans.decided_form(decision, land.village, land.officer, no_labour=True)
    with pytest.raises(Invalid, match="listed apart"):
        put(land, weak)
    with pytest.raises(Invalid, match="Only households"):
        put(land, people.household(land.village, people.person("Khá")))
    with pytest.raises(Invalid, match="Tick"):
        put(land)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        plan_list.put_on(commune=land.commune, year=2025, households=[weak.pk], by=stranger)
    chair = users.user("chair", Role.COMMUNE_CHAIR, land.commune)
    with pytest.raises(Refused):
        plan_list.put_on(commune=land.commune, year=2025, households=[weak.pk], by=chair)
    land.commune.is_practice = True
    with pytest.raises(Refused, match="practice area"):
        put(land, weak)


def test_while_a_round_runs_nobody_is_told_how_near_he_stands(
    land: Land, decision: RecognitionDecision, settings: Settings
) -> None:
    one = plans.decided_form(decision, land.village, land.officer)
    reviews.periodic(land.province, 2024, reviews.standard())
    settings.POVREG_TODAY = day("2024-09-01")
    with pytest.raises(Invalid, match="once it is decided"):
        put(land, one)
    settings.POVREG_TODAY = day("2024-08-31")
    assert put(land, one) == 1


def test_what_was_agreed_is_done_on_a_day(land: Land, decision: RecognitionDecision) -> None:
    put(land, plans.decided_form(decision, land.village, land.officer))
    entry = PlanEntry.objects.get()
    action = plan_list.agree(
        entry=entry, words=" Làm nhà tiêu ", programme=None, due_on=day("2025-03-31"),
        by=land.officer,
    )  # fmt: skip
    assert action.words == "Làm nhà tiêu"
    with pytest.raises(Conflict, match="what was agreed"):
        plan_list.agree(
            entry=entry, words=" ", programme=None, due_on=day("2025-03-31"), by=land.officer
        )
    with pytest.raises(Invalid, match="still to come"):
        plan_list.mark_done(action=action, done_on=day("2024-06-02"), by=land.officer)
    plan_list.mark_done(action=action, done_on=day("2024-06-01"), by=land.officer)
    action.refresh_from_db()
    assert action.done_on == day("2024-06-01")
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        plan_list.mark_done(action=action, done_on=None, by=stranger)


def test_who_is_taken_off_comes_back_when_put_on_again(
    land: Land, decision: RecognitionDecision
) -> None:
    home = plans.decided_form(decision, land.village, land.officer)
    put(land, home)
    entry = PlanEntry.objects.get()
    with pytest.raises(Invalid, match="Write why"):
        plan_list.take_off(entry=entry, reason=" ", by=land.officer)
    plan_list.take_off(entry=entry, reason="Chuyển đi", by=land.officer)
    assert standing(land.commune) == []
    with pytest.raises(Invalid, match="off already"):
        plan_list.take_off(entry=entry, reason="x", by=land.officer)
    with pytest.raises(Invalid, match="off already"):
        plan_list.agree(
            entry=entry, words="x", programme=None, due_on=day("2025-01-01"), by=land.officer
        )
    assert put(land, home) == 1
    assert PlanEntry.objects.get().taken_off_because == ""


def test_the_rule_is_data_and_a_province_has_its_own(
    land: Land, decision: RecognitionDecision
) -> None:
    one = plans.decided_form(decision, land.village, land.officer)
    assert not plan_rules.load(by=system_user()).changes_anything
    with pytest.raises(Refused):
        plan_rules.set_own(
            province=land.province, indicators_at_most=0, points_at_most=5, source="x",
            by=land.officer,
        )  # fmt: skip
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    with pytest.raises(Invalid, match="which text"):
        plan_rules.set_own(
            province=land.province, indicators_at_most=0, points_at_most=5, source=" ", by=chief
        )
    plan_rules.set_own(
        province=land.province, indicators_at_most=0, points_at_most=5, source="Công văn 12",
        by=chief,
    )  # fmt: skip
    assert PlanRule.objects.count() == 2
    assert [row.position.household_id for row in near(land).far] == [one.pk]


def test_who_accompanies_a_household_that_came_is_named_anew(land: Land, mover: Household) -> None:
    new = queries.planned([land.other_commune], 2025, day("2024-06-01"))
    assert (new.standing[0].companion, new.without_companion) == (None, 1)
    by = other_officer(land)

    def assign(since: str) -> None:
        companions.assign(
            household=mover, commune=land.other_commune, who=Who(name="Vàng Thị Mới"),
            valid_from=day(since), by=by,
        )  # fmt: skip

    with pytest.raises(Invalid, match="since 01/05/2024"):
        assign("2024-04-30")
    with pytest.raises(Refused, match="another commune"):
        companions.assign(
            household=mover, commune=land.commune, who=Who(name="Ai"),
            valid_from=day("2024-06-01"), by=land.officer,
        )  # fmt: skip
    assign("2024-05-02")
    told = queries.planned([land.other_commune], 2025, day("2024-06-01"))
    assert (told.standing[0].companion, told.without_companion) == (
        Companion.objects.get(outside_name="Vàng Thị Mới"), 0,
    )  # fmt: skip
    before = Companion.objects.get(outside_name="Hoàng Thị Cũ")
    assert before.valid_to == day("2024-05-01")


def test_where_it_lives_now_one_acts_on_the_entry(land: Land, mover: Household) -> None:
    entry, by = PlanEntry.objects.get(), other_officer(land)
    action = entry.actions.get()
    for act in (
        lambda by: plan_list.mark_done(action=action, done_on=day("2024-05-20"), by=by),
        lambda by: plan_list.agree(
            entry=entry, words="Học nghề", programme=None, due_on=day("2025-06-30"), by=by
        ),
        lambda by: plan_list.take_off(entry=entry, reason="Không còn trên danh sách", by=by),
    ):
        with pytest.raises(Refused):
            act(land.officer)
        act(by)
    acts = AuditEvent.objects.filter(by=by, verb__startswith="plan.")
    assert {one.area for one in acts} == {land.other_commune}
    assert standing(land.other_commune) == []


def test_who_was_taken_off_before_he_moved_is_put_on_by_his_new_commune(
    land: Land, decision: RecognitionDecision
) -> None:
    home = plans.decided_form(decision, land.village, land.officer)
    put(land, home)
    plan_list.take_off(entry=PlanEntry.objects.get(), reason="Xin rút", by=land.officer)
    moved(land, home, day("2024-05-01"))
    ReviewRound.objects.update(is_closed=True)
    plan_list.put_on(
        commune=land.other_commune, year=2025, households=[home.pk], by=other_officer(land)
    )
    assert PlanEntry.objects.get().commune == land.other_commune
    told = queries.planned([land.commune], 2025, day("2024-06-01"))
    assert (told.standing, told.away) == ([], [])
    [there] = queries.planned([land.other_commune], 2025, day("2024-06-01")).standing
    assert not there.has_arrived


def test_who_stands_near_is_read_in_as_many_queries_for_many(
    land: Land, decision: RecognitionDecision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        plans.decided_form(decision, land.village, land.officer)
    with django_assert_num_queries(4):
        near(land)
