"""The households behind a figure as Excel, CSV, Word or on paper, once it is said what for."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.exchange.sheets import Cell, Head
from households.services.ordered_files import MOST_AT_ONCE
from households.views import access
from households.views.listed import Listed
from programs.views.skill_files import given
from reports.queries import behind_list
from reports.views import blocks
from reports.views.behind_scope import BehindScope, asked_behind
from reports.views.dashboard import nothing
from reports.views.figure_scope import NoFigures

Columns = list[tuple[Head, Callable[[Any], object]]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def behind_file(request: HttpRequest) -> HttpResponseBase:
    """Policy: as the page of the list, whose address it takes over; who lives elsewhere today is
    not in it. Given once it is said what for, and recorded."""
    try:
        asked = asked_behind(request)
    except NoFigures as fault:
        return nothing(request, fault)
    if asked is None:
        return render(request, "reports/nothing_behind.html")
    if not asked.seen:
        raise Http404
    if len(asked.seen) > MOST_AT_ONCE:
        words = _("The list has more than %(most)s rows. Choose a district, commune or village.")
        access.refuse_if(words % {"most": MOST_AT_ONCE})
    unit, question = asked.cell.unit, asked.question
    listed = Listed(
        title=asked.title,
        place=f"{unit.name}, {question.round.key} · {blocks.standing(asked.scope)}",
        back=f"{reverse('reports:behind')}?{request.GET.urlencode()}",
        filters=asked.filters,
        count=len(asked.seen),
        columns=_columns(asked),
        found=behind_list.lines(asked.seen),
    )
    name = f"{asked.cell.table}-{asked.cell.column}-{question.round.key}".lower()
    return given(request, name, listed)


def _columns(asked: BehindScope) -> Columns:
    columns: Columns = [
        (Head(_("Household code"), width=14), lambda one: one.card.code),
        (Head(_("Head of household"), width=26), lambda one: one.card.head_name),
        (Head(_("Village"), width=22), lambda one: one.village.name),
        (Head(_("Commune"), width=22), lambda one: one.village.parent.name),
    ]
    if asked.has_both:
        columns.append(
            (Head(asked.before_is, width=18), lambda one: asked.class_words(one.counted.before))
        )
    columns.append((Head(asked.now_is, width=18), lambda one: asked.class_words(one.counted.now)))
    if asked.adds:
        columns.append((Head(asked.adds, Cell.WHOLE), lambda one: one.counted.amount))
    return columns
