"""manage.py load_targets, run for real."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import areas, reviews


def run() -> str:
    out = io.StringIO()
    call_command("load_targets", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_second_run_is_silent() -> None:
    reviews.standard()
    province = areas.province()
    with pytest.raises(CommandError, match="060"):
        run()
    areas.district(province, "060", "Pác Nặm")
    areas.district(province, "062", "Ngân Sơn")
    assert "16" in run()
    assert run() == ""
