"""Who could have received support in the year: on the list all through it, at home, alive."""

import pytest

from households.choices import PovertyClass, TraitKind
from households.models import Area, Household, StatusPeriod
from programs.services.demo import seed_recipients as recipients


@pytest.mark.django_db
class TestThere:
    @pytest.fixture(autouse=True)
    def _there(self, thin_province: Area) -> None:
        self.province = thin_province

    def test_the_listed_are_those_of_the_years_list(self) -> None:
        poor = recipients.listed(PovertyClass.POOR)
        on = StatusPeriod.objects.on(recipients.begin()).filter(household__in=poor)
        assert set(on.values_list("poverty_class", flat=True)) == {"POOR"}
        assert len(poor) == on.count() > 100

    def test_the_newly_escaped_are_on_no_list(self) -> None:
        escaped = recipients.newly_escaped()
        assert escaped
        listed = {one for kind in ("POOR", "NEAR_POOR") for one in recipients.listed(kind)}
        assert not listed & set(escaped)

    def test_pupils_belong_to_a_household_of_the_register(self) -> None:
        pupils = recipients.attending()
        assert len(pupils) > 100
        assert all(2023 - 19 <= one.birth_year <= 2023 - 3 for one in pupils)

    def test_a_whole_poor_district_is_marked(self) -> None:
        there = recipients.living_in(TraitKind.POOR_DISTRICT, ["YES"])
        assert len(there) == Household.objects.filter(card__isnull=False).count()

    def test_who_has_a_card_is_counted_once(self) -> None:
        listed, others = recipients.with_card()
        assert len(set(listed + others)) == len(listed) + len(others)
