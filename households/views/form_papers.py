"""Form B to take along: pre-filled for every household to review in a village, or for one."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, Purpose
from households.forms.paper_form import PaperForm, on_paper
from households.forms.review_lists import ReviewLists
from households.models import Area, Household, ReviewRound, Survey, SurveyMember, User
from households.queries import forms_to_fill
from households.queries.forms_to_fill import ToFill
from households.services import form_preview, standards
from households.services.deciding_standards import decided_under
from households.views import access, paper_places, slip_words
from households.views.printing import printed
from households.views.surveys import round_under_way
from households.views.way_access import unit_in_round

FORMS = gettext_lazy("Forms B, filled in with what is known")
_FORM = gettext_lazy("Form B, filled in with what is known")
#: Room for members who joined; a form of nobody known has as many rows as a large family.
_BLANK_ROWS, _ROWS_OF_A_NEW_ONE = 2, 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_forms(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """A village's in walking order, and an empty one. Policy: roles that read households, own area
    only; the print is recorded."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    return _print(request, round, village, forms_to_fill.of_village(round, village), is_one=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household_form(request: HttpRequest, pk: int) -> HttpResponse:
    """One household's, in the round under way. Policy: a household of one's area (else 404)."""
    household = access.readable_household(request, pk)
    home = household.residences.select_related("village__parent").latest("valid_from")
    round = round_under_way(home.village)
    if round is None:
        raise PermissionDenied(_("No review round is under way."))
    survey = Survey.objects.filter(round=round, household=household).first()
    return _print(request, round, home.village, [ToFill(household, survey)], is_one=True)


def _print(
    request: HttpRequest, round: ReviewRound, village: Area, found: list[ToFill], *, is_one: bool
) -> HttpResponse:
    return printed(
        request,
        name=_FORM if is_one else FORMS,
        purpose=Purpose.FIELD_WORK,
        template="form_b",
        filters={
            "paper": "form_b",
            "round": round.key,
            "village": village.pk,
            "household": found[0].household.pk if is_one else None,
        },
        count=len(found),
        data=lambda foot: _data(
            request.build_absolute_uri, round, village, found, foot, is_one=is_one
        ),
        shown={"round": round, "village": village, "prints_empty": not is_one},
    )


def village_words(
    round: ReviewRound, village: Area, by: User, foot: str, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """A village's forms, as its own page prints them; `absolute` makes whole addresses of paths.
    Some four queries a household."""
    found = forms_to_fill.of_village(round, village)
    return _data(absolute, round, village, found, foot, is_one=False)


def _data(
    absolute: Callable[[str], str],
    round: ReviewRound,
    village: Area,
    found: list[ToFill],
    foot: str,
    *,
    is_one: bool,
) -> dict[str, Any]:
    """Everything the forms print, as plain values. Some four queries a household."""
    commune = village.parent
    assert commune is not None
    standard = decided_under(round)[-1]
    stored = standards.table_in_force(standard)
    table = standards.rules_of_table(stored) if stored else None
    lists = ReviewLists()
    with override("vi"):
        forms = []
        for one in found:
            survey, members = _filled(round, village, one)
            form = on_paper(survey, members, table=table, lists=lists)
            page = reverse("households:household", args=[one.household.pk])
            address = absolute(page)
            forms.append(_form(form, one.household, address=address))
        if not is_one:
            nobody = Survey(round=round, village=village, commune=commune, as_of=round.as_of)
            forms.append(_form(on_paper(nobody, [], table=table, lists=lists), None, address=""))
        heads = on_paper(Survey(), [], table=None, lists=lists).heads
        return {
            "title": f"Phiếu B – {village.name}",
            "mark": paper_places.mark(round, commune),
            "foot": foot,
            "year": round.year,
            "round": paper_places.round_name(round),
            "commune": paper_places.commune_name(commune),
            "village": paper_places.village_name(village),
            "heads": heads,
            "forms": forms,
        }


def _filled(round: ReviewRound, village: Area, one: ToFill) -> tuple[Survey, list[SurveyMember]]:
    """The form as it is stored, else as it would begin."""
    if one.survey is not None:
        return one.survey, forms_to_fill.members_of(one.survey)
    return form_preview.draft_of(round, one.household, village)


def _form(form: PaperForm, household: Household | None, *, address: str) -> dict[str, Any]:
    blank = _BLANK_ROWS if form.rows else _ROWS_OF_A_NEW_ONE
    return {
        "head-name": household.card.head_name if household else "",
        "code": household.code if household else "",
        "qr": slip_words.qr(address) if address else "",
        "address": address,
        "source": "" if household else " (phiếu này để trống cho hộ mới)",
        "rows": form.rows,
        "blank-rows": blank,
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {
                        "label": one.label,
                        "options": [list(option) for option in one.options],
                        "value": one.value,
                        "unit": one.unit,
                    }
                    for one in section.questions
                ],
            }
            for section in form.sections
        ],
    }
