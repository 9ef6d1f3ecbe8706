"""What a question opens with: the round before, of the province or of the one it was."""

import datetime as dt

from reports.choices import FigureLevel, FigureStatus
from reports.queries import questions
from tests.factories import areas, reviews
from tests.reports.conftest import Country

CHANGED = dt.date(2025, 7, 1)


def test_the_first_round_of_a_merged_province_opens_with_that_of_the_former_one(
    country: Country,
) -> None:
    other = areas.province("24", "Tỉnh Láng Giềng")
    province = areas.merged(country.province, other, parent=None, code="19", on=CHANGED)
    commune = areas.merged(*country.communes, parent=province, on=CHANGED)
    round = reviews.periodic(province, 2025, country.standard)
    asked = questions.asked(
        round=round, area=commune, level=FigureLevel.COMMUNE, status=FigureStatus.PRELIMINARY
    )
    assert asked.opening
    assert asked.opening.round == country.round
    # Of the whole, whose parts had rounds of two provinces, none is the one before.
    areas.merged(areas.commune(other, "08001", "Xã Bên"), parent=province, code="08002", on=CHANGED)
    whole = questions.asked(
        round=round, area=province, level=FigureLevel.PROVINCE, status=FigureStatus.PRELIMINARY
    )
    assert whole.opening is None
