"""Who may be in the register already is told before anything is written; nobody is refused."""

import pytest

from tests.factories.exchange_files import Files, household, member
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
