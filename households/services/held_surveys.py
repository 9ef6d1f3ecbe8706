"""A review form kept for the running transaction by somebody who may edit it: what is written to
it rests on what was read here, and is asked and read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from households import policies
from households.errors import Refused
from households.models import Survey, SurveyMember, User

_COLUMNS: Final = tuple(one.attname for one in Survey._meta.concrete_fields)


@dataclass(frozen=True)
class HeldSurvey:
    """A survey that nobody else writes until the transaction ends, and that `by` may edit now.

    Made by hold() only, in the transaction that writes it. `members` are its rows in their order;
    `stored` are the columns as they stood when it was read.
    """

    survey: Survey
    members: list[SurveyMember]
    stored: Mapping[str, Any]
    by: User

    def write(self) -> None:
        """Write the columns of the survey that differ. One statement, none for no difference."""
        now = columns_of(self.survey)
        if changed := [name for name in _COLUMNS if now[name] != self.stored[name]]:
            self.survey.save(update_fields=changed)


def hold(*, survey_id: int, by: User) -> HeldSurvey:
    """Keep a survey for this transaction, to be written by `by`. Four queries: the survey, who may
    (see why_not_edit_survey), the members.

    Raises Refused, and Survey.DoesNotExist for one that was thrown away.
    """
    survey = locked(survey_id)
    if refusal := policies.why_not_edit_survey(by, survey):
        raise Refused(refusal)
    members = list(SurveyMember.objects.filter(survey=survey_id).order_by("member_no"))
    return HeldSurvey(survey=survey, members=members, stored=columns_of(survey), by=by)


def locked(survey_id: int) -> Survey:
    """The survey as it is stored now, kept for this transaction. One query."""
    kept = Survey.objects.select_for_update(of=("self",))
    found: Survey = kept.select_related("round", "village", "household").get(pk=survey_id)
    return found


def columns_of(survey: Survey) -> dict[str, Any]:
    return {name: getattr(survey, name) for name in _COLUMNS}
