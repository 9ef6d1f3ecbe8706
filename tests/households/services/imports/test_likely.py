"""Who may be in the register already is told before anything is written; nobody is refused."""

import pytest

from households.models import Person
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.services.imports.conftest import Import, warnings

TOLD = ("members.csv", 2, "full_name", "possible_duplicate")


@pytest.fixture
def known(run: Import, files: Files) -> None:
    """Nông Văn Thử, born 1 May 1980, in commune 02008."""
    run()
    files.households = [household("B1", commune_code="02005", commune="Xã Khác")]
    files.members = [member("B1-1", "B1")]


@pytest.mark.usefixtures("known")
def test_the_same_name_and_birth_date_elsewhere_is_told_with_its_commune(
    run: Import, files: Files
) -> None:
    checked = run(commit=False)
    assert TOLD in warnings(checked)
    (told,) = [one for one in checked.warnings if one.code == "possible_duplicate"]
    assert told.value == "Nông Văn Thử – Xã Thử"
    assert len(checked.errors) == 0
    assert run().committed


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "facts",
    [{"birth_date": "1981-05-01"}, {"full_name": "Nông Văn Khác"}, {"sex": "F"}],
)
def test_what_tells_them_apart_is_not_told(
    run: Import, files: Files, facts: dict[str, str]
) -> None:
    files.members = [member("B1-1", "B1", **facts)]
    files.households[0]["head_name"] = facts.get("full_name", "Nông Văn Thử")
    assert TOLD not in warnings(run(commit=False))


def test_an_old_number_that_another_has_is_told_and_refused_to_nobody(
    run: Import, files: Files
) -> None:
    files.members[0]["cmnd"] = "085123456"
    run()
    files.households = [household("B1", head_name="Lý Thị Khác")]
    files.members = [member("B1-1", "B1", full_name="Lý Thị Khác", cmnd="085123456")]
    checked = run(commit=False)
    (told,) = [one for one in checked.warnings if one.code == "possible_duplicate"]
    assert (told.column, told.value) == ("cmnd", "Xã Thử")
    assert run().committed
    assert Person.objects.filter(old_number="085123456").count() == 2


def test_an_old_number_twice_in_a_file_is_told(run: Import, files: Files) -> None:
    files.households[0]["household_size"] = "2"
    files.members = [member(cmnd="085123456"), spouse(cmnd="085123456")]
    checked = run(commit=False)
    assert ("members.csv", 3, "cmnd", "old_number_twice") in warnings(checked)


def test_an_old_number_stays_when_a_later_file_does_not_ask_for_it(
    run: Import, files: Files
) -> None:
    files.members[0]["cmnd"] = "085123456"
    run()
    del files.members[0]["cmnd"]
    files.members[0]["birth_date"] = "1980-05-02"
    assert run().updated == 1
    assert Person.objects.get().old_number == "085123456"
    files.members[0]["cmnd"] = "85123456"
    assert [one.code for one in run(commit=False).errors] == ["not_nine_digits"]
