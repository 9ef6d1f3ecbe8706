"""The works of a commune as Excel, Word, CSV or on paper; a work for one family may bear its name,
so it is asked what for."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock
from households.exchange.sheets import Cell, Head
from households.views import access
from households.views.listed import of_commune
from programs.policies.houses import visible_works
from programs.queries import works
from programs.views.house_words import indicator_names
from programs.views.skill_files import given


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def works_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Policy: readable_commune, visible_works, as the page. Names are given once it is said what
    for, and recorded."""
    commune = access.readable_commune(request, pk)
    found = works.listed(visible_works(request.user).filter(commune=commune, cancelled_because=""))
    names = indicator_names(clock.today())
    columns = [
        (Head(pgettext("essential works", "Work"), width=32), lambda one: one.name),
        (Head(_("Kind"), width=20), lambda one: one.kind.name),
        (Head(_("Village"), width=20), lambda one: one.village.name),
        (
            Head(_("Ends the lack of"), width=28),
            lambda one: "; ".join(names.get(code, code) for code in one.indicators),
        ),
        (Head(_("Households"), Cell.WHOLE), lambda one: one.households),
        (Head(_("Started on"), Cell.DAY), lambda one: one.started_on),
        (Head(_("Accepted on"), Cell.DAY), lambda one: one.accepted_on),
        (Head(_("Planned (VND)"), Cell.WHOLE), lambda one: one.planned_vnd),
        (Head(_("Paid (VND)"), Cell.WHOLE), lambda one: one.paid_vnd),
    ]
    listed = of_commune(
        "programs:works_list", request, commune, _("Essential works"), found, columns
    )
    return given(request, "cong-trinh", listed)
