"""Lives are judged by the real rules, and are the same each time."""

import datetime as dt

from households.scoring import score
from households.services.demo.province import lives
from households.services.demo.province.bank import Rules
from households.services.demo.province.lives import Life, facts_of


def test_what_a_life_lacks_is_what_the_rules_say(led: list[Life], rules: Rules) -> None:
    for life in led[:10]:
        for autumn in life.autumns.values():
            result = score(facts_of(autumn.household, autumn.members), rules.new, None)
            assert not result.unknown
            assert result.deprivations == autumn.lacks["std_2022"] + autumn.is_uninsured


def test_lives_are_of_every_kind(led: list[Life]) -> None:
    lacks = {life.autumns[2023].lacks["std_2022"] for life in led}
    assert {0, 1, 2, 3, 4} <= lacks
    assert any(life.is_no_labour for life in led)
    assert any(len(life.autumns[2021].members) >= 5 for life in led)


def test_the_old_standard_is_judged_in_the_first_year_only(led: list[Life]) -> None:
    assert set(led[0].autumns[2021].lacks) == {"std_2016", "std_2022"}
    assert set(led[0].autumns[2022].lacks) == {"std_2022"}


def test_they_are_the_same_each_time(led: list[Life], rules: Rules) -> None:
    days = {year: dt.date(year, 10, 1) for year in (2021, 2022, 2023, 2024)}
    scored = dict.fromkeys(days, (rules.new,)) | {2021: (rules.old, rules.new)}
    again = list(lives.lead(3, days, scored, "seed"))
    assert again == led[:3]
    assert list(lives.lead(3, days, scored, "other")) != led[:3]
