"""Words of figures in templates."""

from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from households.models import PovertyStandard

register = template.Library()


@register.filter
def standard_years(standard: PovertyStandard) -> str:
    """The years a standard counts for, as it is called: 2022–2026. No query."""
    ends = f"–{standard.valid_to.year}" if standard.valid_to else ""
    return f"{standard.valid_from.year}{ends}"


class _Shown(Protocol):
    """As views.blocks.Cell."""

    value: object
    href: str
    reason: str

    @property
    def shown(self) -> str: ...
    @property
    def count_shown(self) -> str: ...


@register.filter
def figure_cell(cell: _Shown) -> SafeString:
    """A figure with the list behind it, or a dash with its reason. Not a template of its own: a
    page has thousands."""
    if cell.value is not None:
        shown = format_html("{}", cell.shown)
        if cell.count_shown:
            shown = format_html('{} <span class="count">({})</span>', shown, cell.count_shown)
        return format_html('<a href="{}">{}</a>', cell.href, shown) if cell.href else shown
    if not cell.reason:
        return format_html('<span class="soft">{}</span>', "–")
    return format_html(
        '<span class="soft" title="{}">–<span class="visually-hidden"> {}</span></span>',
        cell.reason,
        cell.reason,
    )
