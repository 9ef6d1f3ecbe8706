"""Which list of a double review comes first: the closing one, and the day after it the opening
one."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from households.choices import AreaLevel, StandardPart
from households.models import Area, AreaChange, PovertyStandard, RecognitionDecision, ReviewRound
from households.models.area_reach import made_of


def opens_after(standard: PovertyStandard, round: ReviewRound) -> PovertyStandard | None:
    """The standard whose list takes the place of this one's in the same round: lists of different
    owners stand beside each other. One query."""
    return beside(standard, round)[0]


def closes_before(standard: PovertyStandard, round: ReviewRound) -> PovertyStandard | None:
    """The standard whose list this one's takes the place of in the same round. One query."""
    return beside(standard, round)[1]


def closed_on(closing: PovertyStandard, round: ReviewRound) -> dt.date | None:
    """The last day from which lists under the closing standard of a round count; None where there
    are none. One query."""
    decided = RecognitionDecision.objects.on_lists().filter(round=round, standard=closing)
    last: dt.date | None = decided.aggregate(last=Max("effective_from"))["last"]
    return last


def beside(
    standard: PovertyStandard, round: ReviewRound
) -> tuple[PovertyStandard | None, PovertyStandard | None]:
    """`opens_after` and `closes_before` of it, of which one at most is there. One query."""
    parts = {one.standard_id: one for one in round.parts.select_related("standard")}
    own = parts.pop(standard.pk, None)
    others = [one.standard for one in parts.values()]
    other = next((one for one in others if one.owner_id == standard.owner_id), None)
    return (
        other if own and own.part == StandardPart.CLOSING else None,
        other if own and own.part == StandardPart.OPENING else None,
    )


def why_not_yet(round: ReviewRound, standard: PovertyStandard, commune: Area) -> str | None:
    """Why a commune's list under this standard cannot be recorded before the other of the round:
    the closing one could not follow. Two queries in a double review."""
    closing = closes_before(standard, round)
    if closing is None:
        return None
    decided = RecognitionDecision.objects.on_lists().filter(round=round, standard=closing)
    if decided.filter(commune__in=made_of(commune)).exists():
        return None
    return _(
        "Record the list under “%(closing)s” first: it closes the period before, and the list under"
        " “%(opening)s” takes its place the day after."
    ) % {"closing": closing, "opening": standard}


def with_former(commune: Area) -> list[int]:
    """The commune and those it was made of, whole or by a part: their lists are its own past. Three
    queries."""
    whole = set(made_of(commune).values_list("pk", flat=True))
    parts = AreaChange.objects.filter(to_area__in=whole, from_area__level=AreaLevel.COMMUNE)
    return sorted(whole | set(parts.values_list("from_area", flat=True)))
