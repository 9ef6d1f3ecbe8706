"""Households that take part in projects and have no labour capacity: counted apart."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from households.choices import SurveyState
from households.models import Survey
from programs.choices.projects import ParticipantStanding
from programs.models import ProjectParticipant
from programs.queries.project_progress import TARGET


@dataclass(frozen=True)
class Apart:
    """Of the households that take part: those without labour capacity by their newest complete
    form, by project; all of them, each once; and those of whom no form says it, each once."""

    by_project: Mapping[int, int]
    households: int
    unknown: int


def without_labour(projects: Sequence[int], on: dt.date) -> Apart:
    """Of the projects with these keys, on the day. Two queries."""
    part = ProjectParticipant.objects.filter(
        TARGET | Q(standing=ParticipantStanding.OTHER), project__in=projects, joined_on__lte=on
    )
    pairs = list(part.order_by().values_list("project", "household"))
    households = {household for _project, household in pairs}
    forms = Survey.objects.filter(
        household__in=households, state=SurveyState.COMPLETE, as_of__lte=on
    ).order_by("household", "-as_of", "-pk")
    said = dict(forms.distinct("household").values_list("household", "no_labour"))
    return Apart(
        by_project=Counter(project for project, household in pairs if said.get(household)),
        households=sum(bool(said.get(one)) for one in households),
        unknown=sum(said.get(one) is None for one in households),
    )
