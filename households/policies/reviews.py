"""Who enters, imports and decides reviews, and until which step."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _

from households import workflow
from households.models import (
    Area,
    ReviewRound,
    Survey,
    SurveyReopening,
    User,
)
from households.policies.roles import (
    IMPORTS,
    OPENS_ROUNDS,
    RECORDS_DECISIONS,
    TAKES_OVER_LISTS,
    WRITES_SURVEYS,
    Reason,
)
from households.policies.ties import why_own_or_related
from households.rights import rights

_STATES = """
SELECT (SELECT state FROM households_villagereview WHERE round_id = %s AND village_id = %s),
       (SELECT state FROM households_communereview WHERE round_id = %s AND commune_id = %s)
"""


def why_not_write_surveys(user: User | AnonymousUser, area: Area) -> Reason:
    if rights(user).holds(WRITES_SURVEYS, area):
        return None
    return _("Only the reviewer or the commune officer of this area enters reviews.")


def why_round_is_locked(round: ReviewRound, village: Area, survey: Survey | None = None) -> Reason:
    """Why no survey of `village`, or not this one, may be written in `round` now. One query; one
    more for a survey of a village past its surveys."""
    if round.is_closed:
        # A complaint that comes later has its re-check too; the list changes by a correction only.
        is_rechecked = survey is not None and _is_reopened(survey)
        return None if is_rechecked else _told_closed(round)
    village_state, commune_state = _states(round, village)
    if not round.covers_all_communes and commune_state is None:
        return _("This commune is not in the round %(round)s.") % {"round": round.key}
    is_open = (not commune_state or commune_state in workflow.SURVEYS_OPEN_IN_COMMUNE) and (
        not village_state or village_state in workflow.SURVEYS_OPEN_IN_VILLAGE
    )
    if is_open or (survey and _is_reopened(survey)):
        return None
    if commune_state and commune_state not in workflow.SURVEYS_OPEN_IN_COMMUNE:
        return _("The commune is past its survey stage in this round.")
    return _("The village is past its survey stage; the commune has to reopen it.")


def _told_closed(round: ReviewRound) -> str:
    return _("The review round %(round)s is closed.") % {"round": round.key}


def _is_reopened(survey: Survey) -> bool:
    return SurveyReopening.objects.filter(survey=survey, ended_at__isnull=True).exists()


def _states(round: ReviewRound, village: Area) -> tuple[str | None, str | None]:
    """Where the village and its commune stand in the round; None for a way not begun."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES, [round.pk, village.pk, round.pk, village.parent_id])
        of_village, of_commune = cursor.fetchone()
    return of_village, of_commune


def why_not_edit_survey(user: User | AnonymousUser, survey: Survey) -> Reason:
    """The person's right, his ties with the household, and the stage of the village."""
    return (
        why_not_write_surveys(user, survey.village)
        or why_own_or_related(user, survey.household)
        or why_round_is_locked(survey.round, survey.village, survey)
    )


def why_not_import(user: User | AnonymousUser, area: Area) -> Reason:
    if area.is_practice:
        return _("Nothing is imported into the practice area.")
    if rights(user).holds(IMPORTS, area):
        return None
    return _("You may import only households of your own area.")


def why_not_import_anywhere(user: User | AnonymousUser) -> Reason:
    """The pages of imports; what may be imported is asked row by row."""
    if rights(user).holds_anywhere(IMPORTS):
        return None
    return _("Only the commune officer or the department imports files.")


def why_not_take_over_list(user: User | AnonymousUser, commune: Area) -> Reason:
    if commune.is_practice:
        return _("Nothing is imported into the practice area.")
    if rights(user).holds(TAKES_OVER_LISTS, commune):
        return None
    return _("%(commune)s is another commune; you take over only lists of your own.") % {
        "commune": commune.name
    }


def why_not_take_over_lists(user: User | AnonymousUser) -> Reason:
    """The page where lists are taken over; of which commune is asked when it is sent."""
    if rights(user).holds_anywhere(TAKES_OVER_LISTS):
        return None
    return _("Only the commune officer takes over the list of his commune.")


def why_not_export_review(user: User | AnonymousUser, area: Area) -> Reason:
    """Every fact of the forms of an area in files, numbers too: who could import them again."""
    if rights(user).holds(IMPORTS, area):
        return None
    return _("Only the commune officer or the department of this area takes out review files.")


def why_not_record_decision(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(RECORDS_DECISIONS, commune):
        return None
    return _("Only the commune officer records the decision of the commune chair.")


def why_not_open_round(user: User | AnonymousUser, province: Area | None) -> Reason:
    """`province` None: of any province, for the page that opens rounds."""
    if province and province.is_practice:
        return _("The round of the practice area is always open.")
    held = rights(user)
    if held.holds(OPENS_ROUNDS, province) if province else held.holds_anywhere(OPENS_ROUNDS):
        return None
    return _("Only the department opens and closes review rounds.")
