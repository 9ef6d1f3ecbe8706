"""Recording that the paper of an edition was signed."""

import pytest
from django.urls import reverse

from households.choices import Role
from reports.models import Edition, EditionSignature
from tests.factories import users
from tests.reports.services.made import Reporting
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db
GIVEN = {
    "signed_by": "Hoàng Thị Ký", "position": "Phó Chủ tịch", "signed_on": "18/12/2023",
    "document_number": "12/BC-UBND",
}  # fmt: skip


def url(edition: Edition) -> str:
    return reverse("reports:edition_sign", args=[edition.pk])


def test_the_signature_is_recorded_and_told(made: Reporting) -> None:
    edition = made.made("T1", made.world.a)
    client = client_of(made.officer)
    assert "broken_reason" not in client.get(url(edition)).content.decode()
    answer = client.post(url(edition), GIVEN, follow=True)
    page = answer.content.decode()
    assert "Official, edition 1, signed on 18/12/2023" in page
    assert "Hoàng Thị Ký" in page
    assert "12/BC-UBND" in page
    signed = EditionSignature.objects.get(edition=edition)
    assert (signed.position, signed.recorded_by) == ("Phó Chủ tịch", made.officer)
    assert "signed already" in client.get(url(edition)).content.decode()


@pytest.mark.parametrize(
    "fault", [{"signed_by": " "}, {"signed_on": "31/12/2023"}, {"signed_on": "x"}]
)
def test_what_is_wrong_is_told_at_its_field(made: Reporting, fault: dict[str, str]) -> None:
    edition = made.made("T1", made.world.a)
    answer = client_of(made.officer).post(url(edition), GIVEN | fault)
    assert answer.status_code == 422
    (field,) = fault
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not EditionSignature.objects.exists()


def test_others_do_not_sign(made: Reporting) -> None:
    edition = made.made("T1", made.world.a)
    assert client_of(made.department).get(url(edition)).status_code == 403
    assert client_of(made.department).post(url(edition), GIVEN).status_code == 403
    other = users.user("can_bo_ben", Role.COMMUNE_OFFICER, made.world.b)
    assert client_of(other).post(url(edition), GIVEN).status_code == 404
    assert not EditionSignature.objects.exists()
