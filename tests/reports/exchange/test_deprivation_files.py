"""What a file of 0 and 1 can look like beyond the plain cases of the command."""

from fractions import Fraction
from pathlib import Path

import pytest

from households.errors import DomainError
from reports.exchange import deprivation_files
from reports.exchange.deprivation_files import measured
from reports.measures import Scheme

ONE = Scheme.of(["a"], [Fraction(1)], Fraction(1))


def written(folder: Path, text: str) -> Path:
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_blank_lines_and_empty_cells_at_the_end_do_not_count(tmp_path) -> None:
    path = written(tmp_path, 'a,"nơi ở, thôn"\n1,"Thôn 1,\nkhu 2",,\n\n 0 ,x\n,y\n\n')
    found = measured(path, ONE, by="nơi ở, thôn")
    assert (found.overall.rows, found.overall.dropped) == (2, 1)
    assert list(found.groups) == ["Thôn 1,\nkhu 2", "x", "y"]
    assert found.groups["y"].rows == 0
    assert found.groups["y"].headcount is None


def test_a_wrong_cell_far_down_is_told_by_its_row(tmp_path) -> None:
    rows = ["0"] * 30_000
    rows[25_000] = "3"
    path = written(tmp_path, "a\n" + "\n".join(rows))
    with pytest.raises(DomainError) as caught:
        measured(path, ONE)
    assert "25002" in str(caught.value.message)


def test_weights_of_many_kinds_are_added_up_exactly(tmp_path) -> None:
    path = written(tmp_path, "a;w\n1;0,1\n1;0.2\n0;1/3\n1;1e-3\n0;0\n1;007\n")
    found = measured(path, ONE, weight="w").overall
    poor = Fraction("0.1") + Fraction("0.2") + Fraction("0.001") + 7
    assert found.weight == poor + Fraction(1, 3)
    assert found.headcount == poor / (poor + Fraction(1, 3))
    assert found.rows == 6


def test_a_column_of_names_makes_no_groups(tmp_path) -> None:
    rows = "\n".join(f"1,{n}" for n in range(deprivation_files.MOST_GROUPS + 1))
    with pytest.raises(DomainError) as caught:
        measured(written(tmp_path, f"a,id\n{rows}"), ONE, by="id")
    assert "id" in str(caught.value.message)


def test_only_weights_of_zero_measure_nothing(tmp_path) -> None:
    found = measured(written(tmp_path, "a,w\n1,0\n"), ONE, weight="w").overall
    assert (found.rows, found.weight, found.headcount) == (1, 0, None)
