"""Template filters and tags: numbers, days and money as officers write them; icons; class marks."""

import datetime as dt
import uuid
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from households.choices import PovertyClass
from households.services.reorganisation.plans import Page

register = template.Library()

_SPRITE = "vendor/bootstrap-icons/sprite.svg"
_CSS_CLASSES = {
    PovertyClass.POOR: "poor",
    PovertyClass.NEAR_POOR: "near-poor",
    PovertyClass.AVERAGE: "average",
    PovertyClass.NOT_POOR: "not-poor",
}
#: Full, half, open, a dash: the same order as the colours, readable without colour.
_SHAPES = {
    PovertyClass.POOR: "circle-fill",
    PovertyClass.NEAR_POOR: "circle-half",
    PovertyClass.AVERAGE: "circle",
    PovertyClass.NOT_POOR: "dash-lg",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the one kept set; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static(_SPRITE), name
    )


@register.simple_tag
def once() -> SafeString:
    """The token of this page, inside a form that must act once however often it is sent."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.filter
def number(value: int | Decimal | None) -> str:
    """1.234.567,5 in Vietnamese, 1,234,567.5 in English; empty for None. No trailing zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        value = value.normalize()
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if get_language() == "en":
        return written
    return written.translate(str.maketrans(",.", ".,"))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """dd/mm/yyyy; empty for None."""
    if not value:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.strftime("%d/%m/%Y")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """dd/mm/yyyy hh:mm in local time; empty for None."""
    return timezone.localtime(value).strftime("%d/%m/%Y %H:%M") if value else ""


@register.filter
def css_class(poverty_class: str) -> str:
    return _CSS_CLASSES[PovertyClass(poverty_class)]


@register.filter
def class_shape(poverty_class: str) -> str:
    return _SHAPES[PovertyClass(poverty_class)]


@register.filter
def class_name(poverty_class: str) -> str:
    return str(PovertyClass(poverty_class).label)


@register.filter
def address(page: Page) -> str:
    """Of the page on which something is finished."""
    return f"{reverse(page.name, args=page.args)}{page.behind}"


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """The value of a key that is only known in the template; empty when missing."""
    return mapping.get(key, "")
