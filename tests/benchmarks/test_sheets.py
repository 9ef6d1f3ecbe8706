"""The benchmark of sheets runs, here over a few rows; its times say nothing then."""

from pathlib import Path

from benchmarks import sheets


def test_both_write_the_same_rows(tmp_path: Path) -> None:
    ratio, _growth_mb = sheets.measure(tmp_path, 300, rounds=1)
    assert ratio > 0
    assert (tmp_path / "a.xlsx").exists()
    assert (tmp_path / "b.xlsx").exists()
