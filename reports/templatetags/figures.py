"""Words of figures in templates."""

from django import template

from households.models import PovertyStandard

register = template.Library()


@register.filter
def standard_years(standard: PovertyStandard) -> str:
    """The years a standard counts for, as it is called: 2022–2026. No query."""
    ends = f"–{standard.valid_to.year}" if standard.valid_to else ""
    return f"{standard.valid_from.year}{ends}"
