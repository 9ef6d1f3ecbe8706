"""On the command line too a row is told in the sheet where its sender finds it."""

from pathlib import Path

from households.services.sheet_places import place_finder
from tests.households.exchange.intake.test_joined import lists


def test_a_line_of_two_joined_sheets_is_told_by_its_own_sheet(tmp_path: Path) -> None:
    path = lists(tmp_path, "Hộ nghèo", "Hộ cận nghèo")
    place = place_finder([path], is_list=True)
    assert place("list.csv", 5) == ("Hộ nghèo", 5)
    # The first sheet has six lines; the second goes on below it.
    assert place("list.csv", 6 + 1 + 6) == ("Hộ cận nghèo", 6)
    assert place("other.csv", 6) == ("other.csv", 6)


def test_files_that_cannot_be_told_apart_keep_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "households.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert place_finder([path])("households.csv", 2) == ("households.csv", 2)
