"""Money and shares as pages show them."""

import pytest
from django.utils.translation import override

from programs.templatetags.money import million, percent


@pytest.mark.parametrize(
    ("vnd", "shown"),
    [(None, "–"), (0, "0"), (38_200_000, "38,2"), (246_408_000_000, "246.408"),
     (-1_500_000, "-1,5"), (246_408_400_000, "246.408")],
)  # fmt: skip
def test_million_dong(vnd: int | None, shown: str) -> None:
    with override("vi"):
        assert million(vnd) == shown


def test_shares_have_one_decimal() -> None:
    with override("vi"):
        assert (percent(33.333), percent(None), percent(0)) == ("33,3 %", "–", "0 %")
