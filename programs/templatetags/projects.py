"""Money of projects as boards write it."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from households.templatetags.povreg import number

register = template.Library()


@register.filter
def millions(value: int | None) -> str:
    """Đồng as million đồng, one decimal at most; empty for None."""
    if value is None:
        return ""
    rounded = (Decimal(value) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return number(int(rounded) if rounded == int(rounded) else rounded)
