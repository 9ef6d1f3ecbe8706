"""A tile for every unit, with or without a place in the plan."""

from reports.maps import MapPicture, TilePlan, TileUnit, laid

PLAN = TilePlan(
    places={"060": {"01": (1, 0), "02": (0, 1)}, "061": {"11": (0, 0)}},
    blocks={"060": (2, 0), "061": (0, 4)},
)


def unit(area_id: int, code: str, parent: str = "060") -> TileUnit:
    return TileUnit(area_id, code, f"Xã {code}", parent, f"Huyện {parent}")


def cells(picture: MapPicture) -> dict[int, tuple[int, int]]:
    """Column and row of each, by the size of the tiles."""
    found = {}
    for shape in picture.shapes:
        assert shape.square
        size = shape.square
        found[shape.area_id] = (size.x // size.width, size.y // size.height)
    return found


def assert_nothing_overlaps(picture: MapPicture) -> None:
    squares = [shape.square for shape in picture.shapes if shape.square]
    for at, one in enumerate(squares):
        assert 0 <= one.x <= one.x + one.width <= picture.width
        assert 0 <= one.y <= one.y + one.height <= picture.height
        for other in squares[at + 1 :]:
            apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
            assert apart


def test_units_of_one_unit_take_their_places_and_large_tiles() -> None:
    picture = laid([unit(1, "01"), unit(2, "02")], PLAN)
    assert cells(picture) == {1: (1, 0), 2: (0, 1)}
    assert picture.headings == ()
    assert picture.shapes[0].room > 200


def test_units_without_a_place_follow_in_the_order_of_codes() -> None:
    picture = laid([unit(9, "09"), unit(1, "01"), unit(8, "08")], PLAN)
    assert cells(picture) == {1: (1, 0), 8: (0, 1), 9: (1, 1)}


def test_blocks_stand_where_the_plan_says_below_the_name_of_the_unit_above() -> None:
    picture = laid([unit(1, "01"), unit(2, "02"), unit(3, "11", "061")], PLAN)
    assert cells(picture) == {1: (3, 1), 2: (2, 2), 3: (0, 5)}
    assert [one.text for one in picture.headings] == ["Huyện 060", "Huyện 061"]
    assert_nothing_overlaps(picture)


def test_what_the_plan_does_not_know_stands_below_under_its_own_name() -> None:
    picture = laid([unit(1, "01"), unit(2, "77"), unit(3, "88", "099")], PLAN)
    assert cells(picture) == {1: (3, 1), 2: (0, 3), 3: (0, 5)}
    assert [one.text for one in picture.headings] == ["Huyện 060", "Huyện 060", "Huyện 099"]


def test_any_province_can_be_drawn_without_a_plan() -> None:
    communes = [unit(n, f"{n:05}", f"{n % 7:03}") for n in range(1, 120)]
    picture = laid(communes, TilePlan())
    assert len(picture.shapes) == 119
    assert len(picture.headings) == 7
    assert picture.width <= 1_000
    assert_nothing_overlaps(picture)


def test_no_unit_is_no_tile() -> None:
    assert laid([], TilePlan()).shapes == ()
