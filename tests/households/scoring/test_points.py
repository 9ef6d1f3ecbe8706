"""The shipped point tables: the sample covers form B, the points of 2016 score nobody."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from households.scoring import DocumentError, PointTable, UnknownProvince
from tests.households.scoring.shipped import POINT_TABLES, document, point_table

SAMPLE = "std_2022_sample"


@pytest.mark.parametrize("code", POINT_TABLES)
def test_a_document_survives_the_database(code: str) -> None:
    assert PointTable.from_document(json.loads(json.dumps(document(code)))) == point_table(code)


def test_the_sample_says_what_it_is_and_asks_all_of_form_b() -> None:
    table = point_table(SAMPLE)
    assert table.is_sample
    assert table.complete
    assert table.name.vi == "Số liệu mẫu, không dùng để công nhận"
    assert {question.number for question in table.questions} == set(range(1, 14))
    assert table.variants == ("urban", "NT1", "NT2", "NT3", "NT4", "NT5", "NT6")


def test_what_other_columns_tell_is_not_asked_twice() -> None:
    asked = {question.code for question in point_table(SAMPLE).asked_questions}
    told = {"size", "dependants", "degree", "wall", "column", "area_per_member"}
    assert not asked & (told | {"water", "toilet", "tv", "pension"})


def test_the_points_of_2016_are_incomplete_and_say_so() -> None:
    table = point_table("std_2016_unconfirmed")
    assert not table.complete
    assert table.incomplete_because is not None
    assert table.stated.blocks_decisions
    size = table.question("size")
    assert size is not None
    nt2 = table.variants.index("NT2")
    assert [option.points[nt2] for option in size.options] == [0, 10, 20, 30, 50, 65, 75]


@pytest.mark.parametrize("province", ["06", "19"])
def test_rural_households_of_the_first_province_use_nt2(province: str) -> None:
    assert point_table(SAMPLE).variant("RURAL", province) == "NT2"
    assert point_table(SAMPLE).variant("URBAN", province) == "urban"


def test_a_province_the_table_does_not_know_is_told() -> None:
    with pytest.raises(UnknownProvince, match="'99'"):
        point_table(SAMPLE).variant("RURAL", "99")


def _question(changed: dict[str, Any], code: str) -> Any:
    return next(one for one in changed["questions"] if one["code"] == code)


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "points for six variants only": (
        lambda d: _question(d, "car")["options"][0]["points"].pop(),
        "questions.car.options.Y.points",
    ),
    "a question twice": (lambda d: d["questions"].append(d["questions"][0]), "questions"),
    "an option twice": (
        lambda d: _question(d, "car")["options"].append(_question(d, "car")["options"][0]),
        "questions.car.options",
    ),
    "a gap below the lowest bound": (
        lambda d: _question(d, "area_per_member")["options"].pop(),
        "questions.area_per_member.options",
    ),
    "bounds that do not fall": (
        lambda d: _question(d, "size")["options"].reverse(),
        "questions.size.options",
    ),
    "a fact nobody knows": (
        lambda d: _question(d, "tv")["derived"].update(fact="has_yacht"),
        "questions.tv.derived.fact",
    ),
    "a variant nobody knows": (
        lambda d: d["variant_by_province"].update({"06": "NT9"}),
        "variant_by_province.06",
    ),
    "half a point": (
        lambda d: _question(d, "car")["options"][0].update(points=[0.5] * 7),
        "questions.car.options.Y.points",
    ),
}


@pytest.mark.parametrize(("damage", "place"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_table_is_refused_at_its_place(
    damage: Callable[[dict[str, Any]], object], place: str
) -> None:
    changed = document(SAMPLE)
    damage(changed)
    with pytest.raises(DocumentError) as refusal:
        PointTable.from_document(changed)
    assert refusal.value.path == place


def test_a_complete_table_that_asks_nothing_is_refused() -> None:
    changed = document(SAMPLE)
    changed["questions"] = [one for one in changed["questions"] if "derived" in one]
    with pytest.raises(DocumentError, match="asks at least one"):
        PointTable.from_document(changed)
