"""The words of the yearly report: changes, names of areas, and what goes with what is unknown."""

from typing import Any

import pytest

from reports.contents import narrative
from tests.factories import narratives


def words(*, is_public: bool = False, **given: Any) -> dict[str, Any]:
    found = narratives.content(**given)
    return narrative.words(found.head, narrative.parts_of(found), is_public=is_public)


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("-2.66", "giảm 2,66 điểm phần trăm"),
        ("0.10", "tăng 0,10 điểm phần trăm"),
        ("0.00", "không thay đổi"),
        (None, "chưa đủ dữ liệu"),
    ],
)
def test_changes_of_rates(points: str | None, told: str) -> None:
    assert words(values=narratives.VALUES | {"poor_points": points})["poor_points"] == told


@pytest.mark.parametrize(
    ("change", "told"), [(-1266, "giảm 1.266 hộ"), (5, "tăng 5 hộ"), (0, "không thay đổi")]
)
def test_changes_of_counts(change: int, told: str) -> None:
    assert words(values=narratives.VALUES | {"poor_change": change})["poor_change"] == told


@pytest.mark.parametrize(
    ("issuer", "area", "told"),
    [
        ("TỈNH MẪU", "Mẫu", "tỉnh Mẫu"),
        ("THÀNH PHỐ BẮC KẠN", "Bắc Kạn", "thành phố Bắc Kạn"),
        ("PHƯỜNG SÔNG CẦU", "Sông Cầu", "phường Sông Cầu"),
    ],
)
def test_areas_are_called_with_their_kind(issuer: str, area: str, told: str) -> None:
    assert words(issuer=("ỦY BAN NHÂN DÂN", issuer), area=area)["area"] == told


@pytest.mark.parametrize("gone", ["poor_households", "near_poor_households"])
def test_what_would_tell_a_number_that_is_left_out_goes_too(gone: str) -> None:
    told = words(is_public=True, values=narratives.VALUES | {gone: None})
    word = gone.removesuffix("_households")
    for name in (f"{word}_change", f"{word}_points", "both_households"):
        assert told[name] == "…"
    assert told[f"{word}_rate"] == "chưa tính được"
    assert told["both_points"] == "…"


def test_who_became_poor_is_told_where_new_and_relapsed_are_not_known_apart() -> None:
    told = {one["name"]: one["text"] for one in words()["moves"]}
    assert told["Hộ thoát nghèo"] == "400 hộ"
    assert told["Hộ trở thành hộ nghèo trong kỳ"].startswith("150 hộ, chưa phân biệt được")
    assert told["Hộ nghèo phát sinh mới"] == "chưa đủ dữ liệu"


def test_what_is_not_known_of_a_list_is_said() -> None:
    told = words()
    assert told["causes"] == [{"name": "Chưa có", "text": "không có hộ nghèo"}]
    assert len(told["lacks"]) == narrative.MOST_TOLD
