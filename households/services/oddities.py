"""What is to be checked again in a commune: found, dismissed with a reason, counted by a job."""

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import policies
from households.choices import Settlement
from households.choices.oddities import OddityReason
from households.errors import Conflict, Refused
from households.models import Area, ChangeMark, OddityCheck, OddityDismissal, ReviewRound, User
from households.queries import oddities
from households.queries.oddities import Line, Oddity
from households.scoring.document import Stated
from households.services import audit, standards
from households.services.deciding_standards import decided_under

#: How many communes one run of the job counts; the rest waits for the next.
A_RUN = 500


def found_in(round: ReviewRound, commune: Area) -> list[Oddity]:
    """All of the commune, dismissed ones too, under the newest standard that the round decides
    under. Eight queries."""
    standard = decided_under(round)[-1]
    rules = standards.rules_of(standard)
    judged = {rule.line for rule in rules.class_rules if rule.poverty_class == "NEAR_POOR"}
    lines = [
        Line(settlement, amount, _number(line.points, settlement))
        for code in judged
        if code and (line := rules.lines[code])
        for settlement in Settlement
        if (amount := _number(line.income_vnd, settlement)) is not None
    ]
    return oddities.in_commune(round, commune, standard=standard, lines=lines)


def _number(stated: Mapping[str, Stated] | None, settlement: Settlement) -> int | None:
    """What the standard says for an area; None where it says nothing."""
    found = stated.get(settlement) if stated else None
    return int(str(found.value)) if found and found.value is not None else None


def dismiss(
    *,
    round: ReviewRound,
    commune: Area,
    keys: Collection[str],
    reason: OddityReason,
    by: User,
) -> int:
    """These were looked at and need no more; gives how many. They come back when their households
    change.

    Raises Refused (no right, none chosen), Conflict (all of them were dismissed before, by whom).
    """
    if refusal := policies.why_not_see_oddities(by, commune):
        raise Refused(refusal)
    chosen = {one.key: one for one in found_in(round, commune) if one.key in set(keys)}
    if not chosen:
        raise Refused(_("Choose what was looked at."))
    with audit.act(
        by=by,
        verb="oddity.dismiss",
        area=commune,
        details={"round": round.key, "count": len(chosen), "reason": str(reason)},
    ):
        before = OddityDismissal.objects.filter(round=round, commune=commune, key__in=chosen)
        known = {one.key: one for one in before.select_related("dismissed_by")}
        if len(known) == len(chosen):
            who = next(iter(known.values())).dismissed_by
            raise Conflict(_("%(who)s looked at this already.") % {"who": who})
        OddityDismissal.objects.bulk_create(
            OddityDismissal(
                round=round, commune=commune, kind=one.kind, key=key, reason=reason,
                dismissed_by=by,
            )
            for key, one in chosen.items()
            if key not in known
        )  # fmt: skip
        count(round=round, commune=commune)
    return len(chosen) - len(known)


def left_in(round: ReviewRound, commune: Area) -> int:
    """How many nobody dismissed yet. Nine queries."""
    gone = OddityDismissal.objects.filter(round=round, commune=commune)
    dismissed = set(gone.values_list("key", flat=True))
    return sum(one.key not in dismissed for one in found_in(round, commune))


def count(*, round: ReviewRound, commune: Area) -> int:
    """Count what is left in the commune, for whoever watches many; gives it. Twelve queries.

    The mark is read first: what changes while it counts makes it count again.
    """
    mark = ChangeMark.objects.filter(round=round, commune=commune).first()
    left = left_in(round, commune)
    OddityCheck.objects.update_or_create(
        round=round,
        commune=commune,
        defaults={"left": left, "mark_number": mark.number if mark else 0, "checked_at": Now()},
    )
    return left


_STALE = """
SELECT m.round_id, m.commune_id
FROM households_changemark m
JOIN households_reviewround r ON r.id = m.round_id AND NOT r.is_closed
LEFT JOIN households_odditycheck c ON c.round_id = m.round_id AND c.commune_id = m.commune_id
WHERE c.id IS NULL OR c.mark_number <> m.number OR c.checked_at < m.changed_at
ORDER BY c.checked_at NULLS FIRST, m.commune_id
LIMIT %s
"""


def count_changed() -> int:
    """Count the communes of open rounds that changed since they were counted, the oldest first;
    gives how many. Each is a transaction of its own; repeating it does no harm."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [A_RUN])
        stale = cursor.fetchall()
    found = ReviewRound.objects.in_bulk({round_id for round_id, __ in stale})
    communes = Area.objects.in_bulk({commune_id for __, commune_id in stale})
    for round_id, commune_id in stale:
        count(round=found[round_id], commune=communes[commune_id])
    return len(stale)
