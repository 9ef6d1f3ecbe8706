"""Nobody imports the review of his own household or of a related one."""

from django.db import connection
from django.utils.translation import gettext as _

from households import policies
from households.models import DeclaredTie, User
from households.services.imports.problems import HOUSEHOLDS, ProblemLog

_OWN = "SELECT line FROM staged_survey WHERE household_id = ANY(%s) ORDER BY line"


def refuse_own_households(by: User, log: ProblemLog) -> None:
    """Note the rows of households that whoever imports declared, once households are matched.

    The department brings in what others reviewed on paper, so only those who enter reviews
    themselves are asked.
    """
    if not policies.rights(by).holds_anywhere(policies.WRITES_SURVEYS):
        return
    ties = DeclaredTie.objects.filter(user=by, ended_on__isnull=True)
    declared = list(ties.values_list("household", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [declared])
        lines = [line for (line,) in cursor.fetchall()]
    reason = _("This household is declared as your own or related; another person brings it in.")
    for line in lines:
        log.add(HOUSEHOLDS, line, "household_id", "own_household", reason)
