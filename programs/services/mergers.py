"""Support goes with whoever stays when two entries of the register become one, and comes back when
that is taken back (settings.FOLLOW_MERGERS). Area and days stay: figures count where it was given.

Of two persons the support goes by person, under the household it was given to, as after any move;
of two households all of it goes.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext as _

from households import clock
from households.services.duplicates.followers import Joined
from programs.models import (
    AgreedAction,
    Benefit,
    Companion,
    PlanEntry,
    ProjectParticipant,
    SupportListRow,
)
from programs.services import merger_refusals
from programs.services.merger_refusals import rows_on_lists


class Support:
    """Rows about persons and households. What hangs on a benefit (house, job, checks, part in an
    activity) goes with it. Rows of received lists keep telling whom the paper was found to mean."""

    tables: tuple[type[models.Model], ...] = (
        Benefit, SupportListRow, PlanEntry, AgreedAction, Companion, ProjectParticipant,
    )  # fmt: skip
    of_person: tuple[type[models.Model], ...] = (Benefit, SupportListRow)
    of_household: tuple[type[models.Model], ...] = (
        Benefit, SupportListRow, PlanEntry, Companion, ProjectParticipant,
    )  # fmt: skip

    def why_not(self, joined: Joined) -> str | None:
        return merger_refusals.why_not(joined)

    def follow(self, joined: Joined) -> None:
        """Some ten statements, and two for each row on a list."""
        for row, household, person in rows_on_lists(joined):
            if not _stands(row, household, person):
                SupportListRow.objects.filter(pk=row.pk).update(household=household, person=person)
        for gone, kept in joined.persons.items():
            Benefit.objects.filter(person=gone).update(person=kept)
        if joined.is_of_households:
            Benefit.objects.filter(household=joined.gone).update(household=joined.kept)
            _follow_in_projects(joined)
            _follow_plans(joined)
            _follow_companions(joined)


SUPPORT: Final = Support()


def _stands(row: SupportListRow, household: int, person: int | None) -> bool:
    """Whether who stays is on that list already: a paper that named both keeps both rows."""
    there = SupportListRow.objects.filter(
        support_list=row.support_list_id, household=household, person=person
    )
    return there.exists()


def _follow_in_projects(joined: Joined) -> None:
    """Where who stays is known in the project too, the row of who goes is of the past and stays."""
    there = ProjectParticipant.objects.filter(household=joined.kept).values("project")
    rows = ProjectParticipant.objects.filter(household=joined.gone)
    rows.exclude(project__in=list(there.values_list("project", flat=True))).update(
        household=joined.kept
    )


def _follow_plans(joined: Joined) -> None:
    """One entry a year: what was agreed goes to that of who stays, which stands where either
    did."""
    there = {one.year: one for one in PlanEntry.objects.filter(household=joined.kept)}
    for row in PlanEntry.objects.filter(household=joined.gone):
        if row.year not in there:
            PlanEntry.objects.filter(pk=row.pk).update(household=joined.kept)
            continue
        entry = there[row.year]
        AgreedAction.objects.filter(entry=row).update(entry=entry)
        if row.taken_off_because:
            continue
        if entry.taken_off_because:
            PlanEntry.objects.filter(pk=entry.pk).update(taken_off_because="")
        because = _("One household with %(code)s") % {"code": joined.kept.code}
        PlanEntry.objects.filter(pk=row.pk).update(taken_off_because=because[:300])


def _follow_companions(joined: Joined) -> None:
    """One at a time: where both are accompanied, who accompanies the one that stays goes on."""
    there = list(Companion.objects.filter(household=joined.kept))
    today = clock.today()
    for row in Companion.objects.filter(household=joined.gone):
        if not any(_overlap(row, one) for one in there):
            Companion.objects.filter(pk=row.pk).update(household=joined.kept)
        elif row.valid_to is None or row.valid_to > today:
            ends = max(today, row.valid_from)
            Companion.objects.filter(pk=row.pk).update(valid_to=ends)


def _overlap(one: Companion, other: Companion) -> bool:
    return (other.valid_to is None or one.valid_from <= other.valid_to) and (
        one.valid_to is None or other.valid_from <= one.valid_to
    )
