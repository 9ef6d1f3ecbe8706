"""A trial whose standard is not complete says how many forms have no result."""

import pytest

from households.choices import StandardPart
from households.models import Assessment, PovertyStandard, RoundStandard
from reports.choices import FigureLevel
from reports.queries import open_results, questions, tables
from tests.factories import figures

pytestmark = pytest.mark.django_db


def test_forms_without_a_result_are_told_of_a_trial_alone() -> None:
    world = figures.world()
    round = world.rounds[2023]
    trial = PovertyStandard.objects.get(code="std_2027")
    RoundStandard.objects.filter(round=round).update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(round=round, standard=trial, part=StandardPart.OPENING)
    under = list(Assessment.objects.filter(round=round, standard=world.standard))
    for one in under:
        one.pk, one.standard, one.poverty_class = None, trial, None
        one.save()
    one.poverty_class = "POOR"
    one.save()

    def asked(standard: PovertyStandard) -> questions.Question:
        return questions.asked(
            round=round, area=world.province, level=FigureLevel.PROVINCE, standard=standard
        )

    assert open_results.undetermined(asked(trial)) == len(under) - 1 > 0
    assert open_results.sentence(asked(trial)) in tables.table("T1", asked(trial)).notes
    Assessment.objects.filter(round=round, standard=world.standard).update(poverty_class=None)
    assert open_results.sentence(asked(world.standard)) == ""
