"""A step on a benefit changes what its form asks, and nothing else."""

import datetime as dt

from programs.choices import BenefitState
from programs.forms.benefits import StepForm
from programs.models import Benefit, Programme
from tests.factories import people
from tests.programs.conftest import Land
from tests.programs.conftest import land as land


def test_what_the_form_does_not_ask_stays(land: Land) -> None:
    home = people.household(land.village, people.person())
    loan = Benefit.objects.create(
        programme=Programme.objects.get(code="loan"), household=home, commune=land.commune,
        village=land.village, state=BenefitState.SERVED, acted_on="2024-03-01",
        served_on="2024-03-01", valid_from=dt.date(2024, 3, 1), valid_to=dt.date(2029, 3, 1),
        recorded_by=land.officer,
    )  # fmt: skip
    form = StepForm(
        {"state": BenefitState.CLOSED, "acted_on": "01/10/2024", "amount_vnd": "15.000.000"},
        benefit=loan,
    )
    assert form.is_valid(), form.errors
    given = form.given()
    assert (given.valid_from, given.valid_to) == (dt.date(2024, 3, 1), dt.date(2029, 3, 1))
    assert given.amount_vnd == 15_000_000
