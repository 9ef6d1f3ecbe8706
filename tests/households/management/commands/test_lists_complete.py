"""manage.py lists_complete: for all communes of an area, by the map of a day."""

import io

import pytest
from django.core.management import call_command

from households.models import AuditEvent
from households.services.complete_lists import VERB
from tests.factories import areas


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("lists_complete", *options, stdout=out)
    return out.getvalue()


def said() -> dict[int, int | None]:
    """By commune what it said last."""
    acts = AuditEvent.objects.filter(verb=VERB).order_by("pk")
    return {act.area_id: act.details["year"] for act in acts}


@pytest.mark.django_db
def test_a_district_says_it_for_its_communes_and_takes_it_back() -> None:
    district = areas.district(areas.province())
    one, other = areas.commune(district), areas.commune(district, "02011", "Xã Bên")
    assert "2" in run("--area", "063", "--year", "2021", "--on", "2023-10-01")
    assert said() == {one.pk: 2021, other.pk: 2021}
    run("--area", "02008", "--unknown", "--on", "2023-10-01")
    assert said() == {one.pk: None, other.pk: 2021}


@pytest.mark.django_db
def test_a_wrong_call_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--area", "999", "--year", "2021"],
                    ["--area", "999", "--year", "2021", "--on", "gần đây"]):  # fmt: skip
        with pytest.raises(SystemExit) as stopped:
            run(*options)
        assert stopped.value.code == 2
    assert capsys.readouterr().err.count("lists_complete: ") == 2
