"""What stands on the slips of a village's results. Vietnamese, plain words."""

from collections.abc import Callable, Sequence
from typing import Any

import segno
from django.urls import reverse
from django.utils.translation import override

from households.models import Area, PublicPosting, ResultSlip, ReviewRound, StatusPeriod, Survey
from households.models.people import code_of
from households.views import paper_places, survey_results
from households.views.survey_results import Explained


def slips_data(
    absolute: Callable[[str], str],
    round: ReviewRound,
    commune: Area,
    surveys: Sequence[Survey],
    slips: dict[int, ResultSlip],
    foot: str,
) -> dict[str, Any]:
    """Everything the slips print, as plain values; `absolute` makes whole addresses of
    paths. Some ten queries for each household."""
    before = dict(
        StatusPeriod.objects.on(round.as_of)
        .filter(household__in=[one.household_id for one in surveys], list_owner__isnull=True)
        .values_list("household", "poverty_class")
    )
    with override("vi"):
        return {
            "title": f"Phiếu thông báo kết quả rà soát – {commune.name}",
            "mark": paper_places.mark(round, commune),
            "foot": foot,
            "issuer": paper_places.commune_committee(commune),
            "commune": paper_places.commune_name(commune),
            "round": paper_places.round_name(round),
            "ends-on": _ends_on(round, surveys),
            "slips": [
                _slip(absolute, survey, slips[survey.pk], before.get(survey.household_id, ""))
                for survey in surveys
                if survey.pk in slips
            ],
        }


def qr(address: str) -> str:
    """The square picture of an address, as SVG."""
    return str(segno.make(address, error="m").svg_inline(border=1))


def _slip(
    absolute: Callable[[str], str], survey: Survey, slip: ResultSlip, before: str
) -> dict[str, Any]:
    address = absolute(reverse("households:slip_check", args=[slip.token]))
    surveyed_on = survey.surveyed_on or survey.as_of
    return {
        "qr": qr(address),
        "address": address,
        "head-name": survey.head_name,
        "code": code_of(survey.household_id),
        "village": paper_places.village_name(survey.village),
        "surveyed-on": f"{surveyed_on:%d/%m/%Y}",
        "members": str(survey.household_size),
        "before": paper_places.class_word(before),
        "results": [_result(one) for one in survey_results.explained(survey) if not one.trial],
    }


def _result(one: Explained) -> dict[str, Any]:
    return {
        "standard": one.standard_name,
        "class": paper_places.class_word(one.result.poverty_class or ""),
        "provisional": not one.is_decided,
        "lines": one.lines,
        "lacking": [{"name": line.name, "reasons": line.reasons} for line in one.lacking],
    }


def _ends_on(round: ReviewRound, surveys: Sequence[Survey]) -> str:
    """Until when the village's list hangs out, if it does."""
    posting = PublicPosting.objects.filter(
        village_review__round=round,
        village_review__village__in={one.village_id for one in surveys},
        household__isnull=True,
    ).last()
    return f"{posting.ends_on:%d/%m/%Y}" if posting else ""
