"""Opening a round: the law's dates for what stays empty, mistakes told at their field."""

import datetime as dt
from typing import Any

import pytest

from households.choices import RoundKind, StandardPart
from households.forms.rounds import RoundForm
from households.models import PovertyStandard
from tests.factories import areas
from tests.households.conftest import World


def form_of(world: World, **typed: Any) -> RoundForm:
    given = {"province": world.province.pk, "kind": RoundKind.PERIODIC, "year": "2023"}
    return RoundForm(given | typed, provinces=[world.province])


def days(form: RoundForm) -> tuple[dt.date, ...]:
    assert form.is_valid(), form.errors
    return tuple(form.cleaned_data[name] for name in ("as_of", "opens_on", "closes_on"))


def test_a_periodic_round_takes_the_days_of_the_law(world: World) -> None:
    first = dt.date(2023, 9, 1)
    assert days(form_of(world)) == (first, first, dt.date(2023, 12, 14))


def test_an_ad_hoc_round_takes_the_days_of_its_month(world: World) -> None:
    form = form_of(world, kind=RoundKind.AD_HOC, month="4")
    first = dt.date(2023, 4, 15)
    assert days(form) == (first, first, dt.date(2023, 4, 30))


def test_typed_days_win(world: World) -> None:
    form = form_of(world, as_of="01/10/2023", opens_on="05/09/2023", closes_on="20/12/2023")
    assert days(form) == (dt.date(2023, 10, 1), dt.date(2023, 9, 5), dt.date(2023, 12, 20))


def test_the_standard_in_force_on_the_day_stands_unless_another_is_named(world: World) -> None:
    form = form_of(world)
    assert form.is_valid()
    named = PovertyStandard.objects.get(code="std_2022")
    assert form.cleaned_data["parts"] == [(named, StandardPart.BOTH)]


def test_a_change_of_period_closes_with_one_standard_and_opens_with_another(world: World) -> None:
    old, new = PovertyStandard.objects.order_by("valid_from")[:2]
    form = form_of(world, standard=old.pk, opening_standard=new.pk)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["parts"] == [(old, StandardPart.CLOSING), (new, StandardPart.OPENING)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": RoundKind.AD_HOC}, "month"),
        ({"month": "4"}, "month"),
        ({"month": "13"}, "month"),
        ({"year": "20233"}, "year"),
        ({"as_of": "01/10/2022"}, "as_of"),
        ({"as_of": "31/02/2023"}, "as_of"),
        ({"opens_on": "15/12/2023"}, "closes_on"),
        ({"year": "2015"}, "as_of"),  # the map of these tests begins in 2016
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    world: World, typed: dict[str, str], field: str
) -> None:
    form = form_of(world, **typed)
    assert not form.is_valid()
    assert set(form.errors) == {field}


def test_one_standard_does_not_both_close_and_open(world: World) -> None:
    same = PovertyStandard.objects.get(code="std_2022").pk
    assert set(form_of(world, standard=same, opening_standard=same).errors) == {"opening_standard"}


def test_an_ad_hoc_round_does_not_change_the_period(world: World) -> None:
    old, new = PovertyStandard.objects.order_by("valid_from")[:2]
    given = {"kind": RoundKind.AD_HOC, "month": "4", "opening_standard": new.pk}
    assert set(form_of(world, standard=old.pk, **given).errors) == {"opening_standard"}


def test_provinces_of_others_are_no_choice(world: World) -> None:
    elsewhere = areas.province(code="19", name="Tỉnh Khác")
    assert set(form_of(world, province=elsewhere.pk).errors) == {"province"}
