"""A pattern has the classes of its history, by the real rules; what no life can be is told."""

from random import Random

import pytest

from households.scoring import score
from households.services.demo.province.bank import Bank, Pattern, Rules
from households.services.demo.province.incomes import Bands
from households.services.demo.province.lives import facts_of

HISTORIES = (
    "PPPP-",
    "OPPNP",
    "NPPP-",
    "NNNOO",
    "OOOOO",
    "PNPO-",
    "OOPP-",
    "OPOPO",
    "--OOO",
    "PPP--",
)
CLASSES = {"P": {"POOR"}, "N": {"NEAR_POOR"}, "O": {"AVERAGE", "NOT_POOR"}}


def classes(
    pattern: Pattern, history: str, settlement: str, rules: Rules, bands: Bands, rank: float
) -> list[str]:
    """What is wrong: the year, what was wanted and what the rules say."""
    wrong = []
    for year, letter in zip((2021, 2022, 2023, 2024), history[1:], strict=True):
        if letter == "-":
            continue
        old = history[0] if year == 2021 else "-"
        row = dict(pattern.households[year]) | {"province_code": "06"}
        if pattern.told_by[year] != "answers":
            income = bands.income_vnd(settlement, letter, old, rank)
            row["income_per_capita_month_vnd"] = str(income)
        else:
            row["income_per_capita_month_vnd"] = ""
        facts = facts_of(row, list(pattern.members[year]))
        table = rules.table if pattern.told_by[year] == "answers" else None
        if (found := score(facts, rules.new, table).poverty_class) not in CLASSES[letter]:
            wrong.append(f"{year} {letter} {found}")
        if old != "-" and score(facts, rules.old, None).poverty_class not in CLASSES[old]:
            wrong.append(f"{year} old {old}")
    return wrong


@pytest.mark.parametrize("settlement", ["RURAL", "URBAN"])
@pytest.mark.parametrize("history", HISTORIES)
def test_the_rules_give_the_history(
    bank: Bank, rules: Rules, history: str, settlement: str
) -> None:
    bands, rng = Bands(rules), Random(5)
    for rank in (0.0, 0.3, 1.0):
        pattern = bank.draw(history, settlement, 100, rng)
        assert classes(pattern, history, settlement, rules, bands, rank) == []


def test_listed_households_have_a_cause_and_the_others_none(bank: Bank) -> None:
    rng = Random(3)
    for __ in range(20):
        pattern = bank.draw("OOPP-", "RURAL", 100, rng)
        assert not pattern.households[2021]["causes"]
        assert pattern.households[2022]["causes"]


def test_some_of_the_poor_are_without_labour(bank: Bank) -> None:
    rng = Random(3)
    drawn = [bank.draw("PPPP-", "RURAL", 400, rng).is_no_labour for __ in range(400)]
    assert 0.05 < sum(drawn) / 400 < 0.17


def test_some_incomes_are_told_by_answers_in_the_country(bank: Bank) -> None:
    rng = Random(3)
    ways = {bank.draw("OOOOO", "RURAL", 900, rng).told_by[2023] for __ in range(60)}
    assert ways == {"amount", "paper", "answers"}
    assert set(bank.draw("OOOOO", "URBAN", 900, rng).told_by.values()) == {"amount"}
    assert bank.draw("OOOOO", "RURAL", 900, rng).told_by[2021] == "amount"


def test_a_bank_without_lives_says_so(rules: Rules) -> None:
    with pytest.raises(LookupError, match="PPPP-"):
        Bank([], rules, (2021, 2022, 2023, 2024), "seed").draw("PPPP-", "RURAL", 1, Random(1))
