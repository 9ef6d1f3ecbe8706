"""Assessments that are trials: of a review's opening standard while nobody can be decided on by it.

What tells of a household, its papers and whether its form is in order goes by the standards that
decide alone; where a trial is shown beside them it is named as one.
"""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from households.choices import StandardPart
from households.models import Assessment, RoundStandard
from households.policies.trials import why_trial


def without(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Those that are no trial. One query now, and one for each opening standard that waits for
    confirmed numbers."""
    found = of_rounds()
    if not found:
        return assessments
    return assessments.exclude(reduce(or_, (Q(round=one, standard=two) for one, two in found)))


def of_rounds() -> list[tuple[int, int]]:
    """(round, standard) of each trial, in every province."""
    opening = (
        RoundStandard.objects.filter(part=StandardPart.OPENING)
        .select_related("standard")
        .defer("standard__document")
    )
    by_standard = {one.standard_id: one.standard for one in opening}
    waiting = {pk for pk, standard in by_standard.items() if why_trial(standard)}
    return [(one.round_id, one.standard_id) for one in opening if one.standard_id in waiting]
