"""A review form kept for the running transaction by somebody who may edit it: what is written to
it rests on what was read here, and is asked and read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.transaction import TransactionManagementError

from households import policies
from households.errors import Refused
from households.models import Area, Household, ReviewRound, Survey, SurveyMember, User
from households.models.whole_rows import WholeRows, write_columns

_COLUMNS: Final = tuple(one.attname for one in Survey._meta.concrete_fields)
_FORM: Final = WholeRows(survey=Survey, round=ReviewRound, village=Area, household=Household)
_LOCKED: Final = f"""
SELECT {_FORM.columns}
FROM households_survey survey
JOIN households_reviewround round ON round.id = survey.round_id
JOIN households_area village ON village.id = survey.village_id
JOIN households_household household ON household.id = survey.household_id
WHERE survey.id = %s
FOR UPDATE OF survey
"""
_MEMBERS: Final = WholeRows(member=SurveyMember)
_MEMBERS_OF: Final = f"""
SELECT {_MEMBERS.columns} FROM households_surveymember member
WHERE member.survey_id = %s ORDER BY member.member_no
"""


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
            write_columns(self.survey, changed)


def hold(*, survey_id: int, by: User) -> HeldSurvey:
    """Keep a survey for this transaction, to be written by `by`. Four queries: the survey, who may
    (see why_not_edit_survey), the members.

    Raises Refused, and Survey.DoesNotExist for one that was thrown away.
    """
    survey = locked(survey_id)
    if refusal := policies.why_not_edit_survey(by, survey):
        raise Refused(refusal)
    members = [member for (member,) in _MEMBERS.read(_MEMBERS_OF, [survey_id])]
    return HeldSurvey(survey=survey, members=members, stored=columns_of(survey), by=by)


def locked(survey_id: int) -> Survey:
    """The survey as it is stored now, kept for this transaction, with its round, village and
    household. One query.

    Raises Survey.DoesNotExist; TransactionManagementError where nothing would be kept.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A survey is kept inside of a transaction.")
    rows = list(_FORM.read(_LOCKED, [survey_id]))
    if not rows:
        raise Survey.DoesNotExist
    survey: Survey
    survey, survey.round, survey.village, survey.household = rows[0]
    return survey


def columns_of(survey: Survey) -> dict[str, Any]:
    return {name: getattr(survey, name) for name in _COLUMNS}
