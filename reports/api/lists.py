"""Names of the decided lists, for systems of the state. Every page that is given is on record, so
it is asked for by POST: reading it writes."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api import parameters
from households.api.access import BadToken, caller_of
from households.api.base import ApiView
from households.api.parameters import WHOLE
from households.api.problems import BadQuestion, Unanswerable
from households.choices import PovertyClass
from households.choices.api import ApiScope
from households.models import ApiToken, Area
from households.models.people import code_of
from households.models.personal_id import mask_personal_id
from households.services import api_callers, api_lists
from reports.api import asked as asking
from reports.choices import FigureLevel, FigureStatus
from reports.queries import name_lists, questions, rounds_on_offer
from reports.queries.name_lists import ListedHousehold
from reports.queries.questions import Question

_KNOWN: Final = (
    "area", "area_id", "class", "cursor", "format", "limit", "purpose", "round", "standard",
)  # fmt: skip
_CLASSES: Final = {
    "poor": PovertyClass.POOR.value, "near-poor": PovertyClass.NEAR_POOR.value
}  # fmt: skip
_ROWS: Final = 100
_MOST_ROWS: Final = 500
_CODE: Final = {"type": "string", "minLength": 1, "maxLength": api_lists.LONGEST_PURPOSE}


class ListedMemberSerializer(serializers.Serializer):
    name = serializers.CharField()
    sex = serializers.CharField(allow_blank=True)
    birth_year = serializers.IntegerField(allow_null=True)
    ethnic_group = serializers.CharField(allow_null=True)
    relation = serializers.CharField(allow_blank=True)
    personal_number = serializers.CharField(
        allow_null=True, help_text="Masked without the scope lists.numbers."
    )


class ListedHouseholdSerializer(serializers.Serializer):
    """As T14 and T15 have it. Null: without a form it is not known."""

    household = serializers.CharField()
    commune_id = serializers.IntegerField()
    commune_code = serializers.CharField(allow_blank=True)
    commune = serializers.CharField()
    village_id = serializers.IntegerField()
    village = serializers.CharField()
    came = serializers.CharField(allow_null=True, help_text="Null: on the list before.")
    has_form = serializers.BooleanField()
    is_minority = serializers.BooleanField(allow_null=True)
    no_labour = serializers.BooleanField(allow_null=True)
    merit = serializers.BooleanField(allow_null=True)
    support = serializers.ListField(child=serializers.CharField())
    members = ListedMemberSerializer(many=True)


class ListPageSerializer(serializers.Serializer):
    round = serializers.CharField()
    standard = serializers.CharField()
    as_of = serializers.DateField()
    area_id = serializers.IntegerField()
    communes_undecided = serializers.IntegerField(help_text="They have no list, so none is given.")
    rows = ListedHouseholdSerializer(many=True)
    next = serializers.URLField(allow_null=True, help_text="Asked for by POST, too.")

    def get_fields(self) -> dict[str, serializers.Field]:
        """`class` is a word of Python."""
        found: dict[str, serializers.Field] = super().get_fields()
        return found | {"class": serializers.ChoiceField(list(_CLASSES))}


class Lists(ApiView):
    scope = ApiScope.LISTS
    http_method_names = ["post", "options"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Cache-Control"] = "private, no-store"
        return found

    @extend_schema(
        operation_id="lists_read",
        request=None,
        parameters=[
            OpenApiParameter("class", str, enum=list(_CLASSES), required=True),
            OpenApiParameter(
                "purpose", _CODE, required=True, description="What it is read for; on record."
            ),
            OpenApiParameter("round", str, description="One key; else the newest decided one."),
            OpenApiParameter("standard", str, description="Code; else the closing one."),
            OpenApiParameter("area", str, description="Code of a unit; else the client's own."),
            OpenApiParameter("area_id", WHOLE),
            OpenApiParameter("limit", WHOLE, description=f"Households, {_MOST_ROWS} at most."),
            OpenApiParameter("cursor", str),
        ],
        responses={200: ListPageSerializer},
    )
    def post(self, request: Request) -> Response:
        """A page of the decided list, commune by commune. That it was read, by whom, of which
        households and what for, is written down with it."""
        parameters.only(request, _KNOWN)
        token = _token(request)
        word = parameters.choice(request, "class", list(_CLASSES))
        if word is None:
            raise BadQuestion("class", _("Say whose list: poor, or near-poor."))
        question = _question(request)
        limit = min(parameters.whole(request, "limit") or _ROWS, _MOST_ROWS)
        communes = _communes(request, question)
        start = _cursor(request, [one.pk for one in communes])
        found = list(_households(question, communes, _CLASSES[word], start, limit + 1))
        page = [one for __, __, one in found[:limit]]
        api_lists.record(
            token=token,
            area=question.area,
            asked={
                "round": question.round.key, "standard": question.standard.code, "class": word,
                "cursor": request.query_params.get("cursor", ""), "numbers": _in_full(request),
            },
            households=[one.household_id for one in page],
            purpose=request.query_params.get("purpose", ""),
        )  # fmt: skip
        told = {
            "round": question.round.key,
            "standard": question.standard.code,
            "class": word,
            "as_of": question.round.as_of,
            "area_id": question.area.pk,
            "communes_undecided": len(question.undecided),
            "rows": _told(page, in_full=_in_full(request)),
            "next": _next(request, found[limit:]),
        }
        return Response(ListPageSerializer(told).data)


def _token(request: Request) -> ApiToken:
    """As it stands now: names are not given on what is remembered. Raises BadToken."""
    token = api_callers.token_of(caller_of(request))
    if token is None:
        raise BadToken
    return token


def _in_full(request: Request) -> bool:
    return caller_of(request).may(ApiScope.NUMBERS)


def _question(request: Request) -> Question:
    """Raises BadQuestion; 404 for an area that may not be asked about, Unanswerable where no list
    of it is decided."""
    area = asking.area_of(request, None)
    offered = rounds_on_offer.of(area)
    if not offered:
        raise Http404
    key = request.query_params.get("round")
    if key:
        chosen = next((one for one in offered if one.round.key == key), None)
    else:
        chosen = next((one for one in offered if one.is_decided), offered[0])
    if chosen is None:
        raise BadQuestion("round", _("There is no such round."))
    code = request.query_params.get("standard")
    standard = next((one for one in chosen.standards if not code or one.code == code), None)
    if standard is None:
        raise BadQuestion("standard", _("The round is not scored under this standard."))
    found = questions.asked(
        round=chosen.round,
        area=area,
        level=FigureLevel.COMMUNE,
        standard=standard,
        status=FigureStatus.OFFICIAL,
    )
    if len(found.undecided) == len(found.decided.communes):
        raise Unanswerable(_("No list of this round is decided here."))
    return found


def _communes(request: Request, question: Question) -> list[Area]:
    """Those that decided, of the round's day, by code; the caller's alone. One query."""
    decided = set(question.decided.communes) - set(question.undecided)
    own = Area.objects.under_any(list(caller_of(request).branches))
    return list(own.filter(pk__in=decided).order_by("code", "pk"))


_Placed = tuple[int, int, ListedHousehold]


def _households(
    question: Question, communes: list[Area], poverty_class: str, start: tuple[int, int], most: int
) -> Iterator[_Placed]:
    """With their commune and place in its list. A few statements a commune."""
    first, skipped = start
    given = 0
    for at, commune in enumerate(communes[first:]):
        asked = questions.asked(
            round=question.round,
            area=commune,
            level=FigureLevel.COMMUNE,
            standard=question.standard,
            status=FigureStatus.OFFICIAL,
        )
        for place, one in enumerate(name_lists.households(asked, poverty_class)):
            if at or place >= skipped:
                yield commune.pk, place, one
                given += 1
                if given == most:
                    return


def _next(request: Request, more: list[_Placed]) -> str | None:
    if not more:
        return None
    commune, place, __ = more[0]
    query = request.query_params.copy()
    query["cursor"] = base64.urlsafe_b64encode(f"{commune}|{place}".encode()).decode().rstrip("=")
    following: str = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return following


def _cursor(request: Request, communes: list[int]) -> tuple[int, int]:
    """Raises BadQuestion for one that no answer to this question gave."""
    typed = request.query_params.get("cursor")
    if typed is None:
        return 0, 0
    try:
        told = base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)).decode()
        commune, __, place = told.partition("|")
        at, skipped = communes.index(int(commune)), int(place)
    except (ValueError, binascii.Error) as error:
        raise BadQuestion("cursor", _("This cursor is of another question.")) from error
    if skipped < 0:
        raise BadQuestion("cursor", _("This cursor is of another question."))
    return at, skipped


def _told(page: list[ListedHousehold], *, in_full: bool) -> list[dict[str, Any]]:
    numbers = name_lists.numbers(page)

    def shown(number: str | None) -> str | None:
        return number if in_full or number is None else str(mask_personal_id(number))

    return [
        {
            "household": code_of(one.household_id),
            "commune_id": one.place.commune,
            "commune_code": one.place.commune_code,
            "commune": one.place.commune_name,
            "village_id": one.place.village,
            "village": one.place.village_name,
            "came": one.came,
            "has_form": one.has_form,
            "is_minority": one.is_minority,
            "no_labour": one.no_labour,
            "merit": one.merit,
            "support": sorted(one.support),
            "members": [
                member._asdict()
                | {"personal_number": shown(numbers.get((one.household_id, member.place)))}
                for member in one.members
            ],
        }
        for one in page
    ]
