"""manage.py mpi as one calls it: a small file worked by hand, and what it refuses."""

import csv
import json
import random
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

HEADING = "vùng,nước,nhà vệ sinh,internet,quyền số\n"
#: With a third each and a cut-off of two thirds: poor are rows 2 and 3 of Đông, 6 of Tây.
ROWS = [
    "Đông,1,1,1,1.5",
    "Đông,1,1,0,0.5",
    "Đông,0,0,0,2",
    "Đông,,1,1,1",
    "Tây,1,0,1,1",
    "Tây,0,1,0,3",
]
CODES = ["--indicators", "nước,nhà vệ sinh,internet"]
THIRDS = ["--weights", "1/3,1/3,1/3", "--cutoff", "2/3", "--format", "json"]


def called(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> dict[str, Any]:
    call_command("mpi", "--input", str(path), *more)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> str:
    with translation.override("en"), pytest.raises(SystemExit) as caught:
        call_command("mpi", "--input", str(path), *more)
    assert caught.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, HEADING + "\n".join(ROWS) + "\n")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "hộ.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_households_by_hand(capsys, file) -> None:
    found = called(capsys, file, *CODES, *THIRDS)
    assert found["groups"] == {}
    overall = found["overall"]
    assert list(overall) == ["n", "weight", "dropped", "H", "A", "M0", "indicators"]
    assert (overall["n"], overall["weight"], overall["dropped"]) == (5, 5, 1)
    assert overall["H"] == 3 / 5
    assert overall["A"] == pytest.approx(7 / 9, abs=1e-15)
    assert overall["M0"] == pytest.approx(7 / 15, abs=1e-15)
    assert overall["indicators"]["nước"] == {
        "uncensored": 3 / 5,
        "censored": 3 / 5,
        "contribution": 3 / 7,
    }
    toilet = overall["indicators"]["nhà vệ sinh"]
    assert (toilet["uncensored"], toilet["censored"]) == (3 / 5, 2 / 5)


def test_by_region_with_sample_weights(capsys, file) -> None:
    found = called(capsys, file, *CODES, *THIRDS, "--by", "vùng", "--weight", "quyền số")
    assert list(found["groups"]) == ["Tây", "Đông"]
    east, west = found["groups"]["Đông"], found["groups"]["Tây"]
    assert (east["n"], east["weight"], east["dropped"]) == (3, 4, 1)
    assert (east["H"], west["H"]) == (0.5, 0.25)
    # The poor of Đông lack 1.5 × 3/3 + 0.5 × 2/3 of a weight of 2.
    assert east["A"] == pytest.approx(11 / 12, abs=1e-15)
    assert found["overall"]["weight"] == 8
    assert found["overall"]["H"] == 3 / 8


def test_nobody_poor(capsys, tmp_path) -> None:
    path = written(tmp_path, "a,b\n0,1\n0,0\n")
    args = ["--indicators", "a,b", "--weights", "1,1", "--cutoff", "1"]
    found = called(capsys, path, *args)["overall"]
    assert (found["H"], found["A"], found["M0"]) == (0, None, 0)
    assert found["indicators"]["b"] == {"uncensored": 0.5, "censored": 0, "contribution": None}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_separators_and_marks_of_encoding(capsys, tmp_path, separator, encoding) -> None:
    text = (HEADING + "\n".join(ROWS)).replace(",", separator)
    if separator == ";":
        text = text.replace(".", ",")  # as a Vietnamese spreadsheet writes 1,5
    path = written(tmp_path, text.replace("\n", "\r\n") + "\r\n\r\n", encoding)
    found = called(capsys, path, *CODES, *THIRDS, "--weight", "quyền số")
    assert (found["overall"]["weight"], found["overall"]["H"]) == (8, 3 / 8)


def test_letters_written_in_another_way_are_the_same(capsys, tmp_path) -> None:
    # The accents apart from their letters
    path = written(tmp_path, "vu\u0300ng,a\nTây,1\nTa\u0302y,0\n")
    args = ["--indicators", "a", "--weights", "1", "--cutoff", "1", "--by", "vùng"]
    assert called(capsys, path, *args)["groups"]["Tây"]["H"] == 0.5


def test_drawn_file_equals_the_definition(capsys, tmp_path) -> None:
    """Each row by itself, in exact fractions, to 1e-12; the file is longer than one piece."""
    drawn = random.Random(7)
    weights = [Fraction(1, 10), Fraction(2, 10), Fraction(3, 10), Fraction(4, 10)]
    cutoff = Fraction(3, 10)
    path = tmp_path / "drawn.csv"
    want: defaultdict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["a", "w", "b", "c", "d", "xã"])
        for __ in range(25_000):
            row = [drawn.randint(0, 1) for __ in range(4)]
            sample, place = f"{drawn.randint(0, 10_000) / 100}", drawn.choice(["Đức", "Bế", ""])
            out.writerow([row[0], sample, *row[1:], place])
            score = sum(w * one for w, one in zip(weights, row, strict=True))
            is_poor = int(score >= cutoff)
            one = Fraction(sample)
            sums = (one, one * is_poor, one * is_poor * score)
            want[place] = [a + b for a, b in zip(want[place], sums, strict=True)]
    args = ["--indicators", "a,b,c,d", "--weights", "0.1,0.2,0.3,0.4", "--cutoff", "0.3"]
    found = called(capsys, path, *args, "--by", "xã", "--weight", "w")
    assert set(found["groups"]) == {"", "Bế", "Đức"}
    for place, (whole, poor, lacked) in want.items():
        got = found["groups"][place]
        assert abs(got["H"] - poor / whole) < 1e-12
        assert abs(got["A"] - lacked / poor) < 1e-12
        assert abs(got["M0"] - lacked / whole) < 1e-12


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Đông,2,0,0,1", "Row 8, column nước: “2” is neither 0 nor 1 nor empty."),
        ("Đông,1,0,x,1", "Row 8, column internet: “x” is neither"),
        ("Đông,1,0,1.0,1", "Row 8, column internet: “1.0” is neither"),
        ("Đông,1,0,1,-1", "Row 8, column quyền số: the sample weight “-1” is no number"),
        ("Đông,1,0,1,", "Row 8, column quyền số: the sample weight is empty."),
        ("Đông,1,0,1,nan", "Row 8, column quyền số: the sample weight “nan”"),
        ("Đông,1,0", "Row 8 has 3 columns, the heading has 5."),
        ("Đông,1,0,1,1,9", "Row 8 has 6 columns, the heading has 5."),
    ],
)
def test_rows_that_cannot_be_read(capsys, tmp_path, row, told) -> None:
    path = written(tmp_path, HEADING + "\n".join([*ROWS, row, "Tây,0,0,0,1"]))
    assert told in refused(capsys, path, *CODES, *THIRDS, "--weight", "quyền số")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The file is empty."),
        ("\n", "The file is empty."),
        ("a,b\n", "The file has a heading but no rows."),
        ("a,c\n1,0\n", "The file has no column b; it has: a, c."),
        ("a,b,b\n1,0,1\n", "The file has column b twice."),
    ],
)
def test_files_that_cannot_be_read(capsys, tmp_path, text, told) -> None:
    args = ["--indicators", "a,b", "--weights", "1,1", "--cutoff", "1"]
    assert told in refused(capsys, written(tmp_path, text), *args)


def test_a_file_of_another_encoding(capsys, tmp_path) -> None:
    path = written(tmp_path, "a,b\n1,0\n", "utf-16")
    args = ["--indicators", "a,b", "--weights", "1,1", "--cutoff", "1"]
    assert "not in UTF-8" in refused(capsys, path, *args)


def test_a_file_that_is_not_there(capsys, tmp_path) -> None:
    args = ["--indicators", "a,b", "--weights", "1,1", "--cutoff", "1"]
    assert "No such file" in refused(capsys, tmp_path / "none.csv", *args)


@pytest.mark.parametrize(
    ("weights", "cutoff", "told"),
    [
        ("1/3,1/3", "1/3", "Give one weight for each indicator."),
        ("1,1,0", "1/3", "Each weight has to be above 0."),
        ("0,0,0", "1/3", "Each weight has to be above 0."),
        ("1,1,-1", "1/3", "Each weight has to be above 0."),
        ("1,1,một", "1/3", "“một” is no number; write 1/3 or 0.25."),
        ("1,1,1/0", "1/3", "“1/0” is no number"),
        ("1,1,1", "0", "The cut-off has to be above 0 and at most 1."),
        ("1,1,1", "1.01", "The cut-off has to be above 0 and at most 1."),
    ],
)
def test_weights_and_cut_offs_that_cannot_be(capsys, file, weights, cutoff, told) -> None:
    assert told in refused(capsys, file, *CODES, "--weights", weights, "--cutoff", cutoff)
