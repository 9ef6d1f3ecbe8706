"""What the papers of a village say of its households: names and results, nothing more."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from households.choices import PovertyClass, SurveyState
from households.models import Area, Assessment, HouseholdCard, ReviewRound, StatusPeriod, Survey
from households.models.people import code_of
from households.queries import due, trials, walking


@dataclass(frozen=True)
class PaperRow:
    """A household. `result`: by the newest standard that decides in the round ("" without a
    complete form); `before`: its class on the official list on the round's date ("" for none)."""

    household_id: int
    code: str
    head_name: str
    members: int
    result: str
    before: str
    state: str
    #: B1 and B2 points under that standard; None where they are not known.
    b1_points: int | None = None
    b2_points: int | None = None


def reviewed(round: ReviewRound, village: Area) -> list[PaperRow]:
    """Households with a complete form, in walking order. Four queries."""
    scored = trials.without(Assessment.objects.all())
    newest = scored.filter(survey=OuterRef("pk")).order_by("-standard__valid_from")
    surveys = Survey.objects.filter(
        round=round, village=village, state=SurveyState.COMPLETE
    ).annotate(
        result=Subquery(newest.values("poverty_class")[:1]),
        b1=Coalesce(Subquery(newest.values("b1_points")[:1]), "b1_points_paper"),
        b2=Subquery(newest.values("b2_points")[:1]),
    )
    found = {}
    points = {}
    for survey in surveys:
        told = (survey.head_name, survey.household_size, survey.result or "", "COMPLETE")
        found[survey.household_id] = told
        points[survey.household_id] = (survey.b1, survey.b2)
    rows = _rows(round, village, found)
    return [
        replace(row, b1_points=points[row.household_id][0], b2_points=points[row.household_id][1])
        for row in rows
    ]


def to_review(round: ReviewRound, village: Area) -> list[PaperRow]:
    """Households of the official list that live there, and those with a form already, in walking
    order. Four queries."""
    states = dict(
        Survey.objects.filter(round=round, village=village).values_list("household", "state")
    )
    cards = HouseholdCard.objects.filter(village=village, is_ended=False)
    wanted = cards.filter(household__in=due.listed_now().values("household")) | cards.filter(
        household__in=list(states)
    )
    found = {
        card.pk: (card.head_name, card.members, "", states.get(card.pk, ""))
        for card in wanted.distinct()
    }
    return _rows(round, village, found)


def numbers_to_review(round: ReviewRound, villages: Collection[int]) -> dict[int, int]:
    """How many `to_review` gives, by village; none of a village that has nobody. One query."""
    begun = Survey.objects.filter(
        round=round, village=OuterRef("village"), household=OuterRef("household")
    )
    wanted = HouseholdCard.objects.filter(village__in=list(villages), is_ended=False).filter(
        Q(household__in=due.listed_now().values("household")) | Exists(begun)
    )
    return dict(wanted.order_by().values_list("village").annotate(number=Count("pk")))


def numbers_reviewed(round: ReviewRound, villages: Collection[int]) -> dict[int, int]:
    """How many `reviewed` gives, by village; none of a village that has nobody. One query."""
    complete = Survey.objects.filter(
        round=round, village__in=list(villages), state=SurveyState.COMPLETE
    )
    return dict(complete.order_by().values_list("village").annotate(number=Count("pk")))


def _rows(
    round: ReviewRound, village: Area, found: dict[int, tuple[str, int, str, str]]
) -> list[PaperRow]:
    before = dict(
        StatusPeriod.objects.on(round.as_of)
        .filter(household__in=list(found), list_owner__isnull=True)
        .values_list("household", "poverty_class")
    )
    rows = [
        PaperRow(pk, code_of(pk), name, members, result, before.get(pk, ""), state)
        for pk, (name, members, result, state) in found.items()
    ]
    place = {stop.household_id: number for number, stop in enumerate(walking.of_village(village))}
    return sorted(rows, key=lambda row: (place.get(row.household_id, len(place)), row.code))


def counts(rows: list[PaperRow]) -> dict[str, int]:
    """How many came out as each class, the poorest first."""
    return {
        str(one.label): number
        for one in PovertyClass
        if (number := sum(row.result == one for row in rows))
    }
