"""What has to be done before two entries of the register with support can become one."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from households.services.duplicates.followers import Joined
from programs.choices.projects import ParticipantStanding
from programs.models import (
    Benefit,
    Participation,
    ProjectParticipant,
    SupportListRow,
    WorksServed,
)
from programs.workflow import SERVED_STATES, VOID_STATES


def why_not(joined: Joined) -> str | None:
    """Six queries at most, one for each person, and one for each row on a list being drawn up."""
    told = _two_on_drafts(joined) or _two_in_an_activity(joined)
    if joined.is_of_households:
        told = told or _two_given_once(joined) or _two_in_a_project(joined)
        told = told or _two_in_a_work(joined)
    return told


def rows_on_lists(joined: Joined) -> Iterator[tuple[SupportListRow, int, int | None]]:
    """Rows on lists that go, each with the household and person it goes to. A row of a person on a
    list being drawn up goes to his home, for it is handed over by who is entitled then."""
    rows = SupportListRow.objects.filter(
        models.Q(household=joined.gone) | models.Q(person__in=joined.persons)
    )
    for row in rows.select_related("programme").order_by("pk"):
        if not joined.is_of_households and row.person_id not in joined.persons:
            continue
        goes_home = row.household_id == joined.gone.pk and (joined.is_of_households or row.on_draft)
        household = joined.kept.pk if goes_home else row.household_id
        yield row, household, joined.persons.get(row.person_id or 0, row.person_id)


def _two_on_drafts(joined: Joined) -> str | None:
    for row, household, person in rows_on_lists(joined):
        there = SupportListRow.objects.filter(
            on_draft=True, programme=row.programme, school_year=row.school_year,
            household=household, person=person,
        )  # fmt: skip
        if row.on_draft and there.exclude(pk=row.pk).exists():
            return _(
                "Both stand on lists of %(programme)s that are being drawn up: take one of the two "
                "off its list first."
            ) % {"programme": row.programme.name}
    return None


def _two_given_once(joined: Joined) -> str | None:
    given = Benefit.objects.filter(once=True).exclude(state__in=VOID_STATES)
    of_kept = given.filter(household=joined.kept).values("programme")
    twice = given.filter(household=joined.gone, programme__in=of_kept)
    if found := twice.select_related("programme").first():
        return _(
            "Both households have %(programme)s, which is given once: take one of the two back "
            "first."
        ) % {"programme": found.programme.name}
    return None


def _two_in_an_activity(joined: Joined) -> str | None:
    """Nobody takes part twice, as in services.participants."""
    parts = Participation.objects.exclude(benefit__state__in=VOID_STATES)
    sides = [
        ({"benefit__person": kept}, {"benefit__person": gone})
        for gone, kept in joined.persons.items()
    ]
    if joined.is_of_households:
        without_person = {"benefit__person__isnull": True}
        sides.append((
            {"benefit__household": joined.kept.pk} | without_person,
            {"benefit__household": joined.gone.pk} | without_person,
        ))  # fmt: skip
    for of_kept, of_gone in sides:
        twice = parts.filter(**of_gone, activity__in=parts.filter(**of_kept).values("activity"))
        if found := twice.select_related("activity").first():
            return _("Both took part in %(activity)s: take one of the two back first.") % {
                "activity": found.activity.topic
            }
    return None


def _two_in_a_work(joined: Joined) -> str | None:
    served = WorksServed.objects.exclude(benefit__state__in=VOID_STATES)
    of_kept = served.filter(benefit__household=joined.kept).values("works")
    twice = served.filter(benefit__household=joined.gone, works__in=of_kept)
    if found := twice.select_related("works").first():
        return _("Both households are served by %(works)s: take one of the two off it first.") % {
            "works": found.works.name
        }
    return None


def _two_in_a_project(joined: Joined) -> str | None:
    parts = ProjectParticipant.objects.select_related("project", "benefit")
    of_kept = {one.project_id: one for one in parts.filter(household=joined.kept)}
    for row in parts.filter(household=joined.gone, project__in=of_kept):
        if told := _why_not_in_one_project(of_kept[row.project_id], row):
            return told % {"project": row.project.name}
    return None


def _why_not_in_one_project(kept: ProjectParticipant, gone: ProjectParticipant) -> str | None:
    """The row of who goes stays behind: nothing may hang on it that the other one does not say."""
    if _takes_part(gone) and _takes_part(kept):
        return _("Both households take part in %(project)s: let one of them leave it first.")
    if _takes_part(gone):
        return _(
            "The household that goes takes part in %(project)s, the other one was refused or "
            "left: keep the one that takes part."
        )
    if _had_its_part(gone) and not (_takes_part(kept) or _had_its_part(kept)):
        return _(
            "The household that goes left %(project)s with its part, the other one was refused or "
            "got none: keep the one that had its part."
        )
    return None


def _takes_part(row: ProjectParticipant) -> bool:
    if row.standing == ParticipantStanding.TARGET:
        return row.benefit is not None and row.benefit.state not in VOID_STATES
    return row.standing == ParticipantStanding.OTHER


def _had_its_part(row: ProjectParticipant) -> bool:
    """Who left with his part gets no second one."""
    return row.benefit is not None and row.benefit.state in SERVED_STATES
