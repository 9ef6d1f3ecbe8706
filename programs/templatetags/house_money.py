"""Sums of money on pages of houses and works."""

from decimal import Decimal

from django import template

from households.templatetags.povreg import number

register = template.Library()


@register.filter
def million(amount_vnd: int | None) -> str:
    """Đồng as million đồng with at most one decimal, without the unit; empty for None."""
    if amount_vnd is None:
        return ""
    return number((Decimal(amount_vnd) / 1_000_000).quantize(Decimal("0.1")))
