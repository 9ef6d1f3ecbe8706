"""Words of figures and reports in templates."""

import re
from decimal import Decimal
from typing import Final, Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from households.models import PovertyStandard
from households.templatetags.povreg import number
from reports import definitions
from reports.contents.content import CellValue

register = template.Library()

_BASES: Final = {
    "resident_households": pgettext_lazy("base of rates", "Resident households"),
    "poor_households": _("Poor households"),
    "near_poor_households": _("Near-poor households"),
    "children": _("Children of poor and near-poor households"),
}
_RATE: Final = re.compile(r"-?\d+\.\d+")


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


@register.filter
def report_name(code: str) -> str:
    """Of a report in the language of the screen; its code where it is defined no more."""
    found = definitions.all_reports().get(code)
    if found is None:
        return code
    return found.name.get(get_language() or "vi", found.name["vi"])


@register.filter
def names_families(code: str) -> bool:
    """Whether a report is a list of names."""
    found = definitions.all_reports().get(code)
    return found is not None and found.has_names


@register.filter
def cell(value: CellValue) -> str:
    """A cell of a report as officers write it: 1.234, 21,95; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, int):
        return number(value)
    if _RATE.fullmatch(value) and get_language() != "en":
        return value.replace(".", ",")
    return value


@register.filter
def difference(value: int | Decimal | None) -> str:
    """With its sign, a real minus: +3, −0,25; empty for None."""
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if isinstance(value, int):
        return f"{sign}{number(abs(value))}"
    return f"{sign}{cell(f'{abs(value):.2f}')}"


@register.filter
def base_words(base: str) -> str:
    """What the rates of a report are of, in words."""
    return str(_BASES.get(base, base))
