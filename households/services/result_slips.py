"""Slips of results: one for each state of a form, found again by the token on it, and the two
questions that let a household see its own name and class."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest
from typing import Final

from django.db.models import F

from households import clock
from households.choices import PovertyClass, Relation, SurveyState
from households.models import Assessment, ResultSlip, Survey, User
from households.queries import trials
from households.services import audit

#: So many wrong answers, and a slip shows its validity only.
MOST_TRIES: Final = 5
_TOKEN_BYTES: Final = 16


class Standing(StrEnum):
    """What anybody may know of a slip."""

    HOLDS = "holds"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Shown:
    """What the household sees of its own slip."""

    head_name: str
    poverty_class: PovertyClass | None
    year: str


def issue(*, surveys: Iterable[Survey], by: User) -> dict[int, ResultSlip]:
    """The slip of each complete form as it is now, by the form's id; one that was printed before
    keeps its token. To be called after the print is recorded; policies are the print's. Three
    statements."""
    found = [one for one in surveys if one.state == SurveyState.COMPLETE]
    with audit.act(by=by, verb="slip.issue", details={"slips": len(found)}):
        ResultSlip.objects.bulk_create(
            (
                ResultSlip(
                    survey=one,
                    revision=one.revision,
                    token=secrets.token_urlsafe(_TOKEN_BYTES),
                    issued_on=clock.today(),
                    issued_by=by,
                )
                for one in found
            ),
            ignore_conflicts=True,
        )
    slips = ResultSlip.objects.filter(survey__in=found, revision=F("survey__revision"))
    return {slip.survey_id: slip for slip in slips}


def standing(token: str) -> Standing:
    """Whether a slip still holds: its form is as it was printed, and no later review of the
    household is complete. Two queries."""
    slip = _find(token)
    if slip is None:
        return Standing.UNKNOWN
    survey = slip.survey
    later = Survey.objects.filter(
        household=survey.household_id, state=SurveyState.COMPLETE, as_of__gt=survey.as_of
    )
    is_as_printed = survey.state == SurveyState.COMPLETE and survey.revision == slip.revision
    return Standing.HOLDS if is_as_printed and not later.exists() else Standing.OVER


def show(*, token: str, birth_year: int | None, last_four: str) -> Shown | None:
    """Name and class, to one who knows the head's birth year and the last four digits of his
    number. None for anything else: unknown, over, wrong, or tried too often; nobody learns which.

    Each wrong answer counts, in the database. Six queries at most.
    """
    if standing(token) is not Standing.HOLDS:
        return None
    slip = _find(token)
    assert slip is not None
    # Counted first, in one statement: who tries many at once is counted for each of them.
    if not ResultSlip.objects.filter(pk=slip.pk, wrong_tries__lt=MOST_TRIES).update(
        wrong_tries=F("wrong_tries") + 1
    ):
        return None
    if not _is_right(slip.survey, birth_year, last_four):
        return None
    ResultSlip.objects.filter(pk=slip.pk).update(wrong_tries=F("wrong_tries") - 1)
    scored = trials.without(Assessment.objects.filter(survey=slip.survey))
    newest = scored.order_by("-standard__valid_from")
    found = newest.values_list("poverty_class", flat=True).first()
    return Shown(
        head_name=slip.survey.head_name,
        poverty_class=PovertyClass(found) if found else None,
        year=slip.survey.round.key,
    )


def _find(token: str) -> ResultSlip | None:
    if "\x00" in token:
        return None
    return ResultSlip.objects.filter(token=token).select_related("survey__round").first()


def _is_right(survey: Survey, birth_year: int | None, last_four: str) -> bool:
    head = survey.members.filter(relation=Relation.HEAD).order_by("member_no").first()
    if head is None or head.birth_date is None or not head.personal_id:
        return False
    born: dt.date = head.birth_date
    right = compare_digest(head.personal_id[-4:].encode(), last_four.strip().encode())
    return right and born.year == birth_year
