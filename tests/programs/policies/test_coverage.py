"""How a benefit stands to the grounds of its programme."""

from programs.choices.coverage import GroundStanding
from programs.models import Benefit, ProgrammeTerms
from programs.policies.coverage import ground_standing
from tests.factories import people
from tests.factories.money import received
from tests.programs.conftest import Land


def test_a_programme_of_unrecorded_grounds_alone_holds_nobody_against_them(land: Land) -> None:
    home = people.household(land.village, people.person())
    made = received(
        home, land.village, land.officer, "study_cost", person=home.memberships.get().person
    )
    assert ground_standing(made) == GroundStanding.TO_CHECK
    ProgrammeTerms.objects.exclude(ground="full_orphan").filter(
        programme__code="study_cost"
    ).delete()
    assert ground_standing(Benefit.objects.get(pk=made.pk)) == GroundStanding.NONE_CONFIRMED
