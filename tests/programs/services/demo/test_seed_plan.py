"""The year's plan is of the size of what the year reached, and its parts come to the whole."""

from collections import Counter

import pytest
from django.db.models import Sum

from households.choices import AreaLevel
from households.models import Area
from households.services.system_user import system_user
from programs.choices.money import MoneyStage
from programs.models import MoneyEntry, Target
from programs.services.demo import money, seed_plan, seed_recipients


def test_plans_are_of_the_size_of_the_results() -> None:
    told = seed_recipients.told()
    plans = {one["programme"]: one["numbers"] for one in told["plans"]}
    pupils = plans["tuition"]["TIMES"] + plans["study_cost"]["TIMES"]
    for planned, reached in (
        (plans["loan"]["TIMES"], sum(told["loans"].values())),
        (plans["housing"]["HOUSES"], told["houses"]),
        (plans["job"]["JOBS"], told["jobs"]),
        (plans["health_card"]["TIMES"], told["cards"]),
        (pupils, told["pupils"]),
        (
            plans["livelihood"]["PROJECTS"],
            told["projects"]["community"] + told["projects"]["value_chain"],
        ),
    ):
        assert 0.85 < reached / planned < 1.15
    [housing] = [one["money"] for one in told["plans"] if one["programme"] == "housing"]
    assert told["houses_million_vnd"] < housing["allocated"] < 1.2 * told["houses_million_vnd"]


@pytest.mark.django_db
def test_communes_share_the_plan_and_the_money_of_the_province(thin_province: Area) -> None:
    year = seed_recipients.told()["year"]
    assert seed_plan.load(by=system_user()) == 7
    whole = Target.objects.filter(area=thin_province)
    parts = Target.objects.filter(area__level=AreaLevel.COMMUNE)
    assert set(whole.values_list("year", flat=True)) == {year}
    shared = Counter()
    for one in parts.select_related("programme"):
        shared[one.programme.code] += one.number
    assert shared == {"loan": 20_500, "housing": 1_950, "job": 7_500}
    for programme, line in (("loan", "policy_bank"), ("housing", "central")):
        entries = MoneyEntry.objects.filter(programme__code=programme, funding=line)
        given = entries.filter(stage=MoneyStage.ALLOCATED)
        in_communes = given.exclude(area=thin_province).aggregate(all=Sum("amount_vnd"))["all"]
        assert in_communes == given.get(area=thin_province).amount_vnd
        paid = entries.filter(stage=MoneyStage.DISBURSED).aggregate(all=Sum("amount_vnd"))["all"]
        assert 0.85 < paid / in_communes < 1
    assert seed_plan.load(by=system_user()) == 0
    # The money of the demonstration itself is then of this year alone.
    money.load(by=system_user())
    assert not Target.objects.filter(year=year, programme__code="training").exists()
    assert Target.objects.filter(year=year + 1, programme__code="training").exists()


@pytest.mark.django_db
def test_without_a_province_nothing_is_planned() -> None:
    assert seed_plan.load(by=system_user()) == 0
