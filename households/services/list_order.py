"""Which list of a double review comes first: the closing one, and the day after it the opening
one."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from households.choices import StandardPart
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound
from households.models.area_reach import made_of


def opens_after(standard: PovertyStandard, round: ReviewRound) -> PovertyStandard | None:
    """The standard whose list takes the place of this one's in the same round: lists of different
    owners stand beside each other. One query."""
    return _beside(standard, round, StandardPart.CLOSING)


def closes_before(standard: PovertyStandard, round: ReviewRound) -> PovertyStandard | None:
    """The standard whose list this one's takes the place of in the same round. One query."""
    return _beside(standard, round, StandardPart.OPENING)


def closed_on(standard: PovertyStandard, round: ReviewRound) -> dt.date | None:
    """The last day from which lists count whose place this standard's take in the round; None where
    there are none. One query, two in a double review."""
    closing = closes_before(standard, round)
    if closing is None:
        return None
    decided = RecognitionDecision.objects.on_lists().filter(round=round, standard=closing)
    last: dt.date | None = decided.aggregate(last=Max("effective_from"))["last"]
    return last


def _beside(
    standard: PovertyStandard, round: ReviewRound, part: StandardPart
) -> PovertyStandard | None:
    parts = {one.standard_id: one for one in round.parts.select_related("standard")}
    own = parts.pop(standard.pk, None)
    if own is None or own.part != part:
        return None
    others = [one.standard for one in parts.values()]
    return next((one for one in others if one.owner_id == standard.owner_id), None)


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
