"""The lists of a decision as it was signed, read from what it did to the official list."""

from dataclasses import replace

from django.db.models import Q

from households.choices import HowOut
from households.models import (
    AuditEvent,
    HouseholdCard,
    RecognitionDecision,
    Residence,
    StatusPeriod,
)
from households.queries import decision_draft
from households.queries.decision_draft import Draft

# Rows as of a plan (services.list_sql.PLAN_ROWS): what the decision opened and ended, and what it
# found and left as it was: opened by an earlier decision, ended by none or a later one.
_DECIDED_ROWS = f"""
WITH opened AS (
  SELECT household_id, poverty_class AS new_class FROM households_statusperiod
  WHERE decision_in_id = %(decision_id)s
), ended AS (
  SELECT household_id, poverty_class AS now_class, how_out FROM households_statusperiod
  WHERE decision_out_id = %(decision_id)s
), kept AS (
  SELECT p.household_id, p.poverty_class AS kept_class FROM households_statusperiod p
  WHERE p.decision_in_id < %(decision_id)s
    AND (p.decision_out_id IS NULL OR p.decision_out_id > %(decision_id)s)
    AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
    AND p.household_id <> ALL (%(left_out)s::bigint[])
    AND (%(only)s::bigint[] IS NULL OR p.household_id = ANY (%(only)s::bigint[]))
    AND (
      EXISTS (SELECT 1 FROM households_survey s WHERE s.household_id = p.household_id
              AND s.round_id = %(round_id)s AND s.commune_id = %(commune_id)s)
      OR EXISTS (SELECT 1 FROM households_residence r JOIN households_area v ON v.id = r.village_id
                 WHERE r.household_id = p.household_id AND v.parent_id = %(commune_id)s
                   AND r.valid_from <= %(as_of)s
                   AND (r.valid_to IS NULL OR r.valid_to >= %(as_of)s))
    )
)
SELECT household_id, coalesce(now_class, kept_class) AS now_class,
       coalesce(new_class, kept_class) AS new_class,
       coalesce(how_out = '{HowOut.OTHER_OUT}', false) AND new_class IS NULL AS gone,
       true AS reviewed, false AS other_standard
FROM opened FULL JOIN ended USING (household_id) FULL JOIN kept USING (household_id)
"""


def of_decision(decision: RecognitionDecision) -> Draft:
    """Its four lists, whatever became of the households since. Two queries."""
    facts = {
        "decision_id": decision.pk,
        "owner_id": decision.standard.owner_id,
        "round_id": decision.round_id,
        "commune_id": decision.commune_id,
        "as_of": decision.round.as_of,
        "left_out": decision.left_out,
        "only": decision.only_about or None,
    }
    draft = decision_draft.read(_DECIDED_ROWS, facts)
    pks = [row.household_id for __, rows in draft.lists for row in rows]
    villages = villages_of(pks, decision)
    for __, rows in draft.lists:
        rows[:] = [
            replace(row, village=villages.get(row.household_id, row.village)) for row in rows
        ]
    return draft


def villages_of(households: list[int], decision: RecognitionDecision) -> dict[int, str]:
    """Where they lived on the day it was signed. One query."""
    homes = Residence.objects.on(decision.decided_on).filter(household__in=households)
    return dict(homes.values_list("household", "village__name"))


def corrected(
    decision: RecognitionDecision,
) -> list[tuple[HouseholdCard, StatusPeriod | None, StatusPeriod | None]]:
    """Of a correcting decision: each household with the place it ended and the one it opened. Two
    queries."""
    places = StatusPeriod.objects.filter(Q(decision_in=decision) | Q(decision_out=decision))
    ended: dict[int, StatusPeriod] = {}
    opened: dict[int, StatusPeriod] = {}
    for one in places.select_related("decision_in"):
        (opened if one.decision_in_id == decision.pk else ended)[one.household_id] = one
    cards = HouseholdCard.objects.filter(pk__in=decision.only_about).order_by("head_name", "pk")
    return [(card, ended.get(card.pk), opened.get(card.pk)) for card in cards]


def reason_of(decision: RecognitionDecision) -> str:
    """Why a correction was decided, as it was recorded with it. One query."""
    acts = AuditEvent.objects.filter(
        verb="list.correct", area=decision.commune_id, details__number=decision.number
    )
    return str(acts.order_by("-pk").values_list("reason", flat=True).first() or "")
