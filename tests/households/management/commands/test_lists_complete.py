"""manage.py lists_complete: for all communes of an area, by the map of a day."""

import io

import pytest
from django.core.management import call_command

from reports.queries.completeness import complete_from
from tests.factories import areas


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("lists_complete", *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_district_says_it_for_its_communes_and_takes_it_back() -> None:
    district = areas.district(areas.province())
    one, other = areas.commune(district), areas.commune(district, "02011", "Xã Bên")
    assert "2" in run("--area", "063", "--year", "2021", "--on", "2023-10-01")
    assert complete_from([one.pk, other.pk]) == {one.pk: 2021, other.pk: 2021}
    run("--area", "02008", "--unknown", "--on", "2023-10-01")
    assert complete_from([one.pk, other.pk]) == {other.pk: 2021}


@pytest.mark.django_db
def test_a_wrong_call_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--area", "999", "--year", "2021"],
                    ["--area", "999", "--year", "2021", "--on", "gần đây"]):  # fmt: skip
        with pytest.raises(SystemExit) as stopped:
            run(*options)
        assert stopped.value.code == 2
    assert capsys.readouterr().err.count("lists_complete: ") == 2
