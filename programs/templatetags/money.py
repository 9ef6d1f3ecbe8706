"""Money and shares as pages show them; the unit stands in the heading of the column."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

_MILLION = 1_000_000
#: From here on decimals of a million say nothing.
_ROUND_FROM = 100 * _MILLION


@register.filter
def million(vnd: int | None) -> str:
    """Đồng as million đồng, with one decimal below a hundred million; a dash for nothing known."""
    if vnd is None:
        return "–"
    places = 0 if abs(vnd) >= _ROUND_FROM or vnd % _MILLION == 0 else 1
    return str(number_format(Decimal(vnd) / _MILLION, decimal_pos=places, force_grouping=True))


@register.filter
def percent(share: float | None) -> str:
    """A share with one decimal and its sign; a dash where there is none."""
    if share is None:
        return "–"
    return f"{number_format(Decimal(str(round(share, 1))), decimal_pos=1)} %"
