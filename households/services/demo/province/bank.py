"""The bank of patterns: for every history of classes the lives that can have it. Pure.

A pattern is a life told so that the rules give it the classes of the history: below or above the
income line, and with one member insured or not where that decides between three deprivations and
two. Many households share a pattern; names, numbers, days of birth and incomes are their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from households.scoring import PointTable, Standard, score
from households.services.demo.evolution import HARDSHIPS
from households.services.demo.people import words
from households.services.demo.province.histories import ABSENT, NEAR_POOR, NONE, POOR
from households.services.demo.province.lives import Autumn, Life, facts_of
from households.services.demo.rows import Row

_CLASSES = {POOR: ("POOR",), NEAR_POOR: ("NEAR_POOR",), NONE: ("AVERAGE", "NOT_POOR")}
#: Patterns kept for one history: some, and more where many households have it.
_SOME, _ONE_MORE_FOR, _MOST = 25, 12, 500
#: Lives that fit as they are come first: a changed card counts like so much welfare.
_CARD_CHANGED = 0.7


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the households of a history write on the form in each year; the place is left open."""

    is_no_labour: bool
    told_by: Mapping[int, str]
    households: Mapping[int, Row]
    members: Mapping[int, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The standards of the reviews, and the point table that answers are counted by."""

    old: Standard
    new: Standard
    table: PointTable | None

    @property
    def of_first_year(self) -> tuple[Standard, Standard]:
        return self.old, self.new


class Bank:
    """Patterns by history and settlement, made where they are first asked for."""

    def __init__(self, lives: Sequence[Life], rules: Rules, years: Sequence[int], seed: str):
        self._lives, self._rules, self._years, self._seed = lives, rules, list(years), seed
        self._pools: dict[tuple[str, str], _Pool] = {}

    def draw(self, history: str, settlement: str, count: int, rng: Random) -> Pattern:
        """A pattern of the history; `count` is how many households of the province have it.

        LookupError: no life can have this history.
        """
        key = (history, settlement)
        if key not in self._pools:
            self._pools[key] = _Pool(self._patterns(history, settlement, count))
        return self._pools[key].draw(_share_without_labour(history), rng)

    def _patterns(self, history: str, settlement: str, count: int) -> list[Pattern]:
        told = words("province")["classes"]["welfare"]
        letters = [letter for letter in history[1:] if letter != ABSENT]
        welfare = sum(told[letter] for letter in letters) / len(letters)
        rng = Random(f"{self._seed}:{history}:{settlement}")  # noqa: S311 – invented data
        most = min(_MOST, _SOME + count // _ONE_MORE_FOR)
        ranked = []
        for number, life in enumerate(self._lives):
            distance = abs(life.welfare - welfare) + rng.uniform(0, 0.5)
            insured = self._insured(life, history)
            if insured is not None:
                changed = sum(life.autumns[y].is_uninsured != one for y, one in insured.items())
                ranked.append((distance + _CARD_CHANGED * changed, number, insured))
        if not ranked:
            raise LookupError(f"no life has the history {history}")
        ranked.sort(key=lambda one: one[:2])
        return [
            self._told(self._lives[number], history, settlement, insured, rng)
            for __, number, insured in ranked[:most]
        ]

    def _insured(self, life: Life, history: str) -> dict[int, bool] | None:
        """By year whether one must be without a card; None where the life cannot be this."""
        found = {}
        for year, letter in zip(self._years, history[1:], strict=True):
            autumn = life.autumns[year]
            old = history[0] if year == self._years[0] else ABSENT
            choices = [autumn.is_uninsured]
            if autumn.insurable is not None:
                choices.append(not autumn.is_uninsured)
            fit = [one for one in choices if self._fits(autumn, one, letter, old)]
            if not fit:
                return None
            found[year] = fit[0]
        return found

    def _fits(self, autumn: Autumn, is_uninsured: bool, letter: str, old: str) -> bool:
        lacks = autumn.lacks[self._rules.new.code] + is_uninsured
        many = self._rules.new.parameters["deprivations_for_poor"].integer()
        if (letter == POOR and lacks < many) or (letter == NEAR_POOR and lacks >= many):
            return False
        if old != NEAR_POOR:
            return True
        many = self._rules.old.parameters["deprivations_for_poor"].integer()
        return autumn.lacks[self._rules.old.code] + is_uninsured < many

    def _told(
        self, life: Life, history: str, settlement: str, insured: Mapping[int, bool], rng: Random
    ) -> Pattern:
        ways = words("province")["income_told_by"]
        way = "amount"
        if settlement == "RURAL":
            way = rng.choices(list(ways), weights=list(ways.values()))[0]
        told_by, households, members = {}, {}, {}
        before = ABSENT
        for year, letter in zip(self._years, history[1:], strict=True):
            autumn = life.autumns[year]
            people = _with_cards(autumn, insured[year])
            row = autumn.household | {"area": settlement.lower()}
            row |= _needs(row, before, letter, year, rng, is_no_labour=life.is_no_labour)
            told_by[year] = "amount" if year == self._years[0] else way
            if told_by[year] == "answers" and not self._answers_fit(row, people, autumn, letter):
                told_by[year] = "amount"
            if told_by[year] == "answers":
                row |= {f"b1_{question}": option for question, option in autumn.answers.items()}
            households[year], members[year], before = row, people, letter
        return Pattern(life.is_no_labour, told_by, households, members)

    def _answers_fit(self, row: Row, members: Sequence[Row], autumn: Autumn, letter: str) -> bool:
        """Whether the points that the answers come to give the class of the history."""
        if self._rules.table is None or letter == ABSENT:
            return False
        asked = {f"b1_{question}": option for question, option in autumn.answers.items()}
        told = row | asked | {"income_per_capita_month_vnd": "", "province_code": "06"}
        facts = facts_of(told, list(members))
        result = score(facts, self._rules.new, self._rules.table)
        return result.poverty_class in _CLASSES[letter]


class _Pool:
    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns

    @cached_property
    def _by_labour(self) -> tuple[list[Pattern], list[Pattern]]:
        without = [one for one in self._patterns if one.is_no_labour]
        with_labour = [one for one in self._patterns if not one.is_no_labour]
        return with_labour, without

    def draw(self, share_without_labour: float, rng: Random) -> Pattern:
        with_labour, without = self._by_labour
        is_without = rng.random() < share_without_labour
        return rng.choice((without if is_without else with_labour) or self._patterns)


def _share_without_labour(history: str) -> float:
    told = words("province")["classes"]
    share: float = told["no_labour_of_poor" if POOR in history[1:] else "no_labour_of_near_poor"]
    return share


def _needs(
    row: Row, before: str, letter: str, year: int, rng: Random, *, is_no_labour: bool
) -> Row:
    """Causes and wishes of those on a list; often a hardship where they were on none before."""
    told = words("province")["classes"]
    if letter not in (POOR, NEAR_POOR):
        return {"causes": "", "support_wanted": ""}
    found = {"causes": told["causes_of_no_labour"] if is_no_labour else row["causes"]}
    if before == NONE and rng.random() < told["fallen_by_hardship"]:
        found["shock"] = rng.choice(HARDSHIPS)
        found["shock_on"] = date(year, rng.randint(2, 8), rng.randint(1, 28)).isoformat()
    return found


def _with_cards(autumn: Autumn, is_uninsured: bool) -> list[Row]:
    members = [dict(one) for one in autumn.members]
    if is_uninsured == autumn.is_uninsured:
        return members
    if not is_uninsured:
        for one in members:
            one["health_insurance_valid"] = "Y"
    elif autumn.insurable is not None:
        members[autumn.insurable]["health_insurance_valid"] = "N"
    return members
