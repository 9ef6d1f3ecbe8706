"""Words of figures and reports in templates."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from households import clock
from households.models import PovertyStandard
from households.services import standards
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
_SUM: Final = SafeString(' class="sum"')
_RATE: Final = re.compile(r"-?\d+\.\d+")


@register.filter
def standard_years(standard: PovertyStandard) -> str:
    """The years a standard counts for, as it is called: 2022–2026; with "trial" while nobody can
    decide by it. No query but where numbers of a complete one wait for the department's word."""
    ends = f"–{standard.valid_to.year}" if standard.valid_to else ""
    years = f"{standard.valid_from.year}{ends}"
    is_over = standard.valid_to is not None and standard.valid_to < clock.today()
    if is_over or not standards.why_trial(standard):
        return years
    return _("%(years)s (trial)") % {"years": years}


class _Shown(Protocol):
    """As views.blocks.Cell."""

    value: object
    href: str
    reason: str

    @property
    def shown(self) -> str: ...
    @property
    def count_shown(self) -> str: ...


class _Row(Protocol):
    """As views.blocks.Line."""

    name: str
    href: str
    is_sum: bool

    @property
    def cells(self) -> Sequence[_Shown]: ...


@register.filter
def figure_row(line: _Row) -> SafeString:
    """A row of a figure's table. Not a template of its own: a page has more than a thousand."""
    name = format_html('<a href="{}">{}</a>', line.href, line.name) if line.href else line.name
    return format_html(
        '<tr{}><th scope="row">{}</th>{}</tr>',
        _SUM if line.is_sum else "",
        name,
        format_html_join(
            "", '<td class="number">{}</td>', ((figure_cell(one),) for one in line.cells)
        ),
    )


@register.filter
def figure_cell(cell: _Shown) -> SafeString:
    """A figure with the list behind it, or a dash with its reason."""
    if cell.value is not None:
        shown, count, href = cell.shown, cell.count_shown, cell.href
        if count and href:
            return format_html(
                '<a href="{}">{} <span class="count">({})</span></a>', href, shown, count
            )
        if count:
            return format_html('{} <span class="count">({})</span>', shown, count)
        return format_html('<a href="{}">{}</a>' if href else "{1}", href, shown)
    if not cell.reason:
        return format_html('<span class="soft">{}</span>', "–")
    return format_html(
        '<span class="soft" title="{}">–<span class="visually-hidden"> {}</span></span>',
        cell.reason,
        cell.reason,
    )


class _Heat(Protocol):
    """As views.figures.heat_layout.HeatCell."""

    x: int
    y: int
    text_x: int
    text_y: int
    shown: str
    told: str
    shade: int
    is_dark: bool


@register.simple_tag
def heat_cell(cell: _Heat, width: int, height: int, is_strong: bool) -> SafeString:
    """A shaded cell of a picture with its number; as `figure_row` no template."""
    rect = SafeString("")
    if cell.shade:
        told = format_html("<title>{}</title>", cell.told) if cell.told else ""
        rect = format_html(
            '<rect class="heat-{}" x="{}" y="{}" width="{}" height="{}">{}</rect>',
            cell.shade, cell.x, cell.y, width, height, told,
        )  # fmt: skip
    return format_html(
        '{}<text class="pic-value{}{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        rect, " on-dark" if cell.is_dark else "", " pic-strong" if is_strong else "",
        cell.text_x, cell.text_y, cell.shown,
    )  # fmt: skip


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
