"""Pictures of stored units."""

import datetime as dt
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from households.models import Area
from households.services.system_user import system_user
from reports.exchange import boundary_files
from reports.exchange.boundary_files import Naming
from reports.maps import Figure, MapPicture, filled
from reports.queries import maps
from reports.services import boundaries
from reports.services.boundaries import Asked
from tests.factories import areas
from tests.factories.boundaries import feature, square, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes() -> list[Area]:
    district = areas.district(areas.province())
    return [areas.commune(district), areas.commune(district, "02011", "Xã Kề")]


def drawn(folder: Path, *several: Area) -> None:
    path = written(folder, *(feature(square(n), ma=one.code) for n, one in enumerate(several)))
    boundaries.replace(
        features=boundary_files.read(path, Naming(code="ma")),
        asked=Asked("Vẽ tay", "map.geojson", dt.date(2024, 10, 15)),
        by=system_user(),
    )


def test_outlines_only_where_every_unit_has_one(
    communes: list[Area], tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert maps.outlines([]) is None
    assert maps.outlines(communes) is None
    drawn(tmp_path, communes[0])
    assert maps.outlines(communes) is None
    drawn(tmp_path, *communes)
    with django_assert_num_queries(1):
        picture = maps.outlines(communes)
    assert picture
    assert [(one.area_id, one.name) for one in picture.shapes] == [
        (one.pk, one.name) for one in communes
    ]
    west, east = picture.shapes
    assert west.label_x < east.label_x
    assert picture.sources == ("Vẽ tay",)


def test_tiles_bear_the_name_of_the_unit_above(
    communes: list[Area], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = areas.commune(areas.district(communes[0].parent.parent, "064", "Huyện Khác"), "02999")
    with django_assert_num_queries(1):
        picture = maps.tiles([*communes, other])
    assert len(picture.shapes) == 3
    assert {one.text for one in picture.headings} == {"Huyện Thử", "Huyện Khác"}


def page(picture: MapPicture, figures: dict[int, Figure]) -> str:
    told = filled(picture, figures, no_figure="chưa có số liệu")
    given = {"map": told, "label": "Tỷ lệ hộ nghèo", "prefix": "m1"}
    return render_to_string("reports/_map.html", given)


def test_the_drawing_tells_every_unit_and_leads_on(communes: list[Area]) -> None:
    told = Figure(21.95, "22 %", "Xã Thử: 21,95 %", "/x/?a=1&b=2")
    drawing = page(maps.tiles(communes), {communes[0].pk: told})
    assert 'href="/x/?a=1&amp;b=2"' in drawing
    assert "<title>Xã Thử: 21,95 %</title>" in drawing
    assert 'class="rate-2"' in drawing
    assert "<title>Xã Kề: chưa có số liệu</title>" in drawing
    assert 'class="rate-none" fill="url(#m1-hatch)"' in drawing
    assert "style=" not in drawing


def test_a_drawing_of_outlines_credits_their_source(communes: list[Area], tmp_path: Path) -> None:
    drawn(tmp_path, *communes)
    picture = maps.outlines(communes)
    assert picture
    drawing = page(picture, {one.pk: Figure(8, "8 %", f"{one.name}: 8 %") for one in communes})
    assert drawing.count('class="rate-0"') == 2 + 1  # and the key
    assert "Vẽ tay" in drawing
    assert "rate-none" not in drawing
    assert "href" not in drawing
