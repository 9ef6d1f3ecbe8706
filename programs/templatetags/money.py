"""Money and shares as pages show them; the unit stands in the heading of the column."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from households.templatetags.povreg import number

register = template.Library()

_MILLION = 1_000_000
#: From here on decimals of a million say nothing.
_ROUND_FROM = 100 * _MILLION


@register.filter
def million(vnd: int | None) -> str:
    """Đồng as million đồng, with one decimal below a hundred million; a dash for nothing known."""
    if vnd is None:
        return "–"
    step = "1" if abs(vnd) >= _ROUND_FROM else "0.1"
    return number((Decimal(vnd) / _MILLION).quantize(Decimal(step), ROUND_HALF_UP))


@register.filter
def percent(share: float | None) -> str:
    """A share with one decimal and its sign; a dash where there is none."""
    return "–" if share is None else f"{mean(share)} %"


@register.filter
def mean(value: float | None) -> str:
    """With one decimal at most; a dash where there is none."""
    if value is None:
        return "–"
    return number(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))
