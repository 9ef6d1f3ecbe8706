"""A household's review does not leave a commune by a file of another."""

from types import SimpleNamespace

from households.choices import CommuneState, Role
from households.models import CommuneReview, Survey
from tests.factories import reviews, users
from tests.factories.exchange_files import Files, household, member
from tests.households.services.imports.conftest import Import, codes

TAKEN = {"commune_code": "02005", "commune": "Xã Khác"}


def test_a_key_does_not_take_a_family_of_another_commune(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    run()
    neighbour = users.user("neighbour", Role.COMMUNE_OFFICER, place.other_commune)
    files.households = [household(**TAKEN)]

    assert codes(run(by=neighbour)) == {
        ("households.csv", 2, "household_id", "household_elsewhere")
    }
    assert Survey.objects.get().commune == place.commune


def test_what_a_commune_decides_on_does_not_move_away(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    run()
    CommuneReview.objects.update(state=CommuneState.SENT_UP)
    files.households = [household(**TAKEN)]

    assert codes(run()) == {("households.csv", 2, "household_id", "household_held")}


def test_the_department_moves_it_while_the_commune_is_open(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    run()
    files.households = [household(**TAKEN)]
    assert not run().errors
    assert Survey.objects.get().commune == place.other_commune


def test_the_family_of_another_commune_is_not_taken_in_the_next_year(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    run()
    reviews.periodic(place.province, 2025, place.standard)
    files.households = [household(review_year="2025", as_of="2025-06-01", **TAKEN)]
    files.members = [member()]
    neighbour = users.user("neighbour", Role.COMMUNE_OFFICER, place.other_commune)

    assert codes(run(by=neighbour)) == {
        ("households.csv", 2, "household_id", "household_elsewhere")
    }
