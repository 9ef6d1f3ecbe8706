"""Lists being drawn up in communes that a resolution changes (settings.TELL_OPEN_WORK)."""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.models import Area
from households.services.reorganisation.plans import Obstacle, Page
from programs.choices.support_lists import ListState
from programs.models import SupportList


def going_on(communes: Sequence[Area]) -> list[Obstacle]:
    """How many of each commune. One query."""
    drafts = SupportList.objects.filter(commune__in=communes, state=ListState.DRAFT)
    counted = drafts.values_list("commune", "commune__name").annotate(lists=Count("pk"))
    finish = _("Hand them over or take them back first: a list is of a whole commune.")
    return [
        Obstacle(
            ngettext(
                "%(commune)s: %(count)s list for a bank, insurer or school is being drawn up.",
                "%(commune)s: %(count)s lists for a bank, insurer or school are being drawn up.",
                count,
            )
            % {"commune": name, "count": count},
            finish,
            Page("programs:support_lists", behind=f"?commune={pk}&state={ListState.DRAFT}"),
        )
        for pk, name, count in counted.order_by("commune__name")
    ]
