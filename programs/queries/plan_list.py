"""Households near the end of poverty, and the plan list of a commune and year."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from households.models import Area, Residence
from programs.appraisal.distance import Distance, Result, distance
from programs.choices.plan_list import WhyPlanned
from programs.models import AgreedAction, Companion, PlanEntry, PlanRule, Programme
from programs.queries import homes
from programs.queries.homes import Home
from programs.queries.positions import (
    Indicators,
    Position,
    indicators_of,
    positions,
    standards_of,
)


@dataclass(frozen=True)
class Near:
    """A listed household with its distance; `why` is None where it is not near. Of `programmes`
    those that answer what it lacks or wants."""

    position: Position
    distance: Distance
    why: WhyPlanned | None
    lacking: tuple[str, ...]
    programmes: tuple[Programme, ...]


@dataclass(frozen=True)
class Nearness:
    """`near`, nearest first; `apart`: without labour capacity, who are not expected to leave;
    `unknown`: listed, without a form of a decided round."""

    near: list[Near]
    far: list[Near]
    apart: list[Near]
    unknown: int


def rule_for(area: Area) -> PlanRule | None:
    """The province's own, else the nation's; None before any is loaded. One query."""
    above = [int(one) for one in area.inner_path.split(".") if one]
    rules = {one.owner_id: one for one in PlanRule.objects.all()}
    own = next((rules[pk] for pk in above if pk in rules), None)
    return own or rules.get(None)


def nearness(commune: Area, on: dt.date, rule: PlanRule, language: str) -> Nearness:
    """Of every household listed in the commune on the day. Three queries. Not to be shown while a
    round runs (positions.open_round): the tool does not coach."""
    found = positions([commune.pk], on)
    known = [one for one in found if one.standard_id]
    standards = standards_of(known)
    read = {pk: indicators_of(standard, language) for pk, standard in standards.items()}
    programmes = list(Programme.objects.all())
    rows = []
    for one in known:
        assert one.standard_id is not None
        told = distance(_result(one), standards[one.standard_id])
        rows.append(_near(one, told, rule, read[one.standard_id], programmes))
    able = [one for one in rows if not one.position.no_labour]
    return Nearness(
        near=sorted((one for one in able if one.why), key=_order),
        far=[one for one in able if not one.why],
        apart=[one for one in rows if one.position.no_labour],
        unknown=len(found) - len(known),
    )


def _result(one: Position) -> Result:
    return Result(
        poverty_class=one.assessed_class,
        settlement=one.settlement or "RURAL",
        basis=one.income_basis,
        income=one.income,
        deprivations=one.deprivations or 0,
    )


def _near(
    one: Position,
    told: Distance,
    rule: PlanRule,
    indicators: Indicators,
    programmes: Sequence[Programme],
) -> Near:
    lacking = indicators.lacking(one.deprived_bits)
    wanted = set(one.wants)
    return Near(
        position=one,
        distance=told,
        why=_why(told, rule),
        lacking=tuple(indicators.names[code] for code in lacking),
        programmes=tuple(
            programme
            for programme in programmes
            if set(programme.answers_indicators) & set(lacking)
            or set(programme.answers_wants) & wanted
        ),
    )


def _why(told: Distance, rule: PlanRule) -> WhyPlanned | None:
    few = told.indicators is not None and told.indicators <= rule.indicators_at_most
    points = told.points is not None and told.points <= rule.points_at_most
    if few and points:
        return WhyPlanned.BOTH
    if few:
        return WhyPlanned.INDICATORS
    return WhyPlanned.POINTS if points else None


#: After everybody of whom the distance is known.
_FAR = 9_999


def _order(one: Near) -> tuple[int, int, int, int]:
    told = one.distance
    both = one.why != WhyPlanned.BOTH
    points = _FAR if told.points is None else told.points
    indicators = _FAR if told.indicators is None else told.indicators
    return (both, points, indicators, one.position.household_id)


@dataclass(frozen=True)
class Planned:
    """An entry and where its household lives on the day (`home` None: it ended). `companion`: who
    accompanies it there, named by that commune."""

    entry: PlanEntry
    home: Home | None
    companion: Companion | None

    @property
    def village(self) -> Area:
        """Where it lives on the day, or lived last."""
        found: Area = self.home.village if self.home else self.entry.household.card.village
        return found

    @property
    def has_arrived(self) -> bool:
        """It was planned by another commune than the one it lives in."""
        return self.home is not None and self.home.is_elsewhere


@dataclass(frozen=True)
class PlanList:
    """On `on`: `standing`, who lives in the commune, also those planned by the commune they came
    from; `away`, who was planned here and lives elsewhere, and counts there."""

    on: dt.date
    standing: list[Planned]
    away: list[Planned]

    @property
    def without_companion(self) -> int:
        return sum(one.companion is None for one in self.standing)


def shown_on(year: int, today: dt.date) -> dt.date:
    """The day a plan list is told of: today, of a year that is over its last day."""
    return min(today, dt.date(year, 12, 31))


def planned(communes: Collection[Area], year: int, on: dt.date) -> PlanList:
    """The plan list of communes that are one through time, with the agreed actions. Seven
    queries."""
    keys = {one.pk for one in communes}
    living = Residence.objects.on(on).filter(village__parent__in=keys).values("household")
    found = list(_with_companions(on).filter(
        Q(commune__in=keys) | Q(household__in=living), year=year, taken_off_because=""
    ))  # fmt: skip
    where = homes.homes({(one.household_id, one.commune_id) for one in found}, on)
    companions = {one.household_id: _now(one) for one in found}
    there = named_there([one for one in companions.values() if one], on)
    standing: list[Planned] = []
    away: list[Planned] = []
    for one in found:
        home = where.get((one.household_id, one.commune_id))
        companion = companions[one.household_id]
        row = Planned(one, home, companion if companion and companion.pk in there else None)
        is_away = one.commune_id in keys and row.has_arrived
        (away if is_away else standing).append(row)
    return PlanList(on, standing, away)


def _with_companions(on: dt.date) -> QuerySet[PlanEntry]:
    """`household.now`: none or one who accompanies it on the day, wherever."""
    now = Companion.objects.on(on).select_related("user", "act")
    return (
        PlanEntry.objects.select_related("household__card__village", "commune")
        .prefetch_related(
            Prefetch("household__companions", queryset=now, to_attr="now"),
            Prefetch("actions", queryset=AgreedAction.objects.select_related("programme")),
        )
        .order_by("household__card__village__folded_name", "household__card__folded_head_name")
    )


def _now(entry: PlanEntry) -> Companion | None:
    now: list[Companion] = getattr(entry.household, "now", [])
    return now[0] if now else None


def named_there(companions: Collection[Companion], on: dt.date) -> set[int]:
    """Keys of those (read with their `act`) whom the commune named that their household lives in on
    the day: who accompanied it in another one does not any more. Two queries."""
    named_by = {
        one.pk: (one.household_id, one.act.area_id)
        for one in companions
        if one.act and one.act.area_id
    }
    where = homes.homes(set(named_by.values()), on)
    gone = {pk for pk, asked in named_by.items() if asked in where and where[asked].is_elsewhere}
    return {one.pk for one in companions} - gone
