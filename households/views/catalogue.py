"""The catalogue of parts: every component on one page, with invented contents, to look at."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.choices import PovertyClass
from households.views.live_card import LiveCard, Step
from households.views.paging import KeysetPage


@dataclass(frozen=True)
class Said:
    """A message as Django's messages are shown."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


class _Example(forms.Form):
    full_name = forms.CharField(label=gettext_lazy("Full name"))
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        help_text=gettext_lazy("A phone has 10 figures and begins with 0."),
    )


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in; it shows nothing of anybody."""
    steps = [
        Step("members", "1", _("Members"), 3, 0),
        Step("housing", "3", _("Housing"), 0, 1),
        Step("water", "4", _("Water and toilet"), 0, 0),
    ]
    context = {
        "classes": [*PovertyClass],
        "refusal": _("No review round is under way."),
        "form": _Example({"full_name": "", "phone": "0987000111"}),
        "rows": [("Nông Văn Thử", 4), ("Hoàng Thị Tên Rất Dài Để Xem Chữ Xuống Dòng", 12)],
        "page": KeysetPage(rows=[], count=120, previous_url="#top", next_url="#bottom"),
        "numbered": Paginator(range(30), 10).page(2),
        "live": LiveCard(steps=steps, named=[], missing=3, strips=[], stops_at_form_a=False),
        "nothing": _("No household of your area matches."),
        "next_step": _("Show all households"),
        "told": [
            Said("success", _("The draft is saved.")),
            Said("warning", _("Not saved yet")),
            Said("error", _("The form is not complete.")),
        ],
        "ask_title": _("Empty the practice area"),
        "ask_sentence": _("Real data are not touched."),
        "ask_action": _("Empty the practice area"),
        "figure": {
            "label": _("Rate of poor households"),
            "value": "12,34 %",
            "base": _("of resident households"),
            "as_of": dt.date(2024, 12, 14),
            "change": _("%(points)s points") % {"points": "1,50"},
        },
        "chart": {
            "title": _("Poor households by village"),
            "base": _("of resident households"),
            "rows": [("Thôn Một", "24", 24, 60), ("Thôn Hai", "9", 9, 60)],
        },
    }
    return render(request, "catalogue.html", context)
