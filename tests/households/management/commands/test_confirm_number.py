"""manage.py confirm_number: the list, and confirming in a person's name."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from households.choices import Role
from households.models import Confirmation, PovertyStandard
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
AREA = "indicators.house_area.parameters.area_per_member"


@pytest.fixture(autouse=True)
def standard() -> PovertyStandard:
    province = areas.province()
    users.user("so", Role.DEPARTMENT, province)
    users.user("xa", Role.COMMUNE_OFFICER, province)
    return make.standard()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("confirm_number", "std_try", *arguments, stdout=out)
    return out.getvalue()


def test_lists_what_waits_and_marks_what_blocks() -> None:
    assert f"! {AREA} = 8" in run()


def test_confirms_in_the_name_of_a_person() -> None:
    run("--path", AREA, "--value", "8", "--source", "Phụ lục", "--by", "so")
    assert Confirmation.objects.get().confirmed_by.username == "so"
    assert f"✓ {AREA}" in run()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--path", "lines.gone", "--value", "8", "--source", "x", "--by", "so"],
        ["--path", AREA, "--value", "9", "--source", "x", "--by", "so"],
        ["--path", AREA, "--value", "8", "--source", "x", "--by", "nobody"],
    ],
)
def test_a_wrong_call_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2


@pytest.mark.parametrize(("by", "source"), [("xa", "Phụ lục"), ("so", "")])
def test_a_refusal_ends_with_one_and_writes_nothing(by: str, source: str) -> None:
    with pytest.raises(CommandError) as error:
        run("--path", AREA, "--value", "8", "--source", source, "--by", by)
    assert error.value.returncode == 1
    assert not Confirmation.objects.exists()
