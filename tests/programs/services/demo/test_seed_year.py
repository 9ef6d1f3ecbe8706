"""The year's lists come to the totals published, thinned with the province."""

import pytest

from households.errors import Invalid
from households.models import Area
from households.services.system_user import system_user
from programs.models import Benefit, BenefitList, Programme
from programs.queries.reach import Reach
from programs.queries.totals import totals
from programs.services.demo import seed_recipients, seed_year

SHARE = 0.002


def test_the_figures_are_those_published() -> None:
    told = seed_recipients.told()
    assert told["loans"] == {"poor": 13_194, "near_poor": 6_230, "newly_escaped": 2_159}
    assert sum(told["loans"].values()) == 21_583
    assert (told["cards"], told["jobs"]) == (212_821, 8_000)
    assert (told["pupils"], told["pupils_million_vnd"]) == (124_507, 246_408)
    assert (told["houses"], told["houses_million_vnd"]) == (1_797, 68_728)
    assert (told["projects"]["community"], told["projects"]["value_chain"]) == (13, 7)


@pytest.mark.django_db
class TestEntered:
    @pytest.fixture(autouse=True)
    def _there(self, thin_province: Area) -> None:
        self.province = thin_province

    def test_the_year_comes_to_them(self) -> None:
        told = seed_recipients.told()
        seed_year.load(by=system_user(), tell=lambda _sentence: None, share=SHARE)
        codes = dict(Programme.objects.values_list("pk", "code"))
        found = {
            (codes[one.programme_id], one.ground): one
            for one in totals(told["year"], [Reach.alone(self.province)])
            if not one.stated
        }
        for key, number in (
            *((("loan", ground), number) for ground, number in told["loans"].items()),
            (("health_card", None), told["cards"]),
            (("housing", None), told["houses"]),
            (("job", None), told["jobs"]),
        ):
            assert found[key].times == round(number * SHARE), key
        pupils = [found["tuition", None], found["study_cost", None]]
        assert sum(one.times for one in pupils) == round(told["pupils"] * SHARE)
        money = round(told["pupils_million_vnd"] * SHARE) * 1_000_000
        assert sum(one.amount_vnd for one in pupils) == money
        money = round(told["houses_million_vnd"] * SHARE) * 1_000_000
        assert found["housing", None].amount_vnd == money

    def test_whom_it_names_is_in_the_register_and_has_a_ground(self) -> None:
        seed_year.load(by=system_user(), tell=lambda _sentence: None, share=SHARE)
        assert not Benefit.objects.filter(household=None).exists()
        loans = Benefit.objects.filter(programme__code__in=["loan", "housing", "study_cost"])
        assert loans.exists()
        assert not loans.filter(terms=None).exists()

    def test_who_is_left_stands_outside_with_the_ground_stated(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        listed, others = seed_recipients.with_card()
        assert len(listed) > 20
        assert others
        monkeypatch.setattr(seed_recipients, "with_card", lambda: (listed[:20], []))
        seed_year.load(by=system_user(), tell=lambda _sentence: None, share=SHARE)
        cards = Benefit.objects.filter(programme__code="health_card")
        outside = cards.filter(household=None)
        assert cards.count() - outside.count() == 20
        assert outside.count() == round(212_821 * SHARE) - 20
        assert not outside.filter(outside_ground="").exists()

    def test_a_second_run_adds_nothing(self) -> None:
        first = seed_year.load(by=system_user(), tell=lambda _sentence: None, share=SHARE)
        assert BenefitList.objects.count() == len(first) == 6
        assert seed_year.load(by=system_user(), tell=lambda _sentence: None, share=SHARE) == {}

    def test_too_few_families_are_told(self) -> None:
        with pytest.raises(Invalid, match="poor"):
            seed_year.load(by=system_user(), tell=lambda _sentence: None)
        assert not BenefitList.objects.exists()


@pytest.mark.django_db
def test_without_a_province_nothing_is_entered() -> None:
    assert seed_year.load(by=system_user(), tell=lambda _sentence: None) == {}
