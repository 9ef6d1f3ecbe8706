"""Reviews entered by systems of communes, one household at a time."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from households.api import parameters, problems
from households.api.access import BadToken, caller_of
from households.api.base import ApiView
from households.api.problems import BadQuestion, TooLarge
from households.api.review_schema import (
    AnsweredOnceSerializer,
    EnteredSerializer,
    household_schema,
)
from households.choices.api import ApiScope
from households.models import AnsweredOnce, ApiToken, User
from households.services import answered_once, api_callers, review_entry
from households.services.answered_once import KEPT_FOR, Answer
from households.services.review_entry import Entry, Verdict

KEY: Final = "Idempotency-Key"
DRY_RUN: Final = "dry_run"
MOST_BYTES: Final = 1_000_000
_KEY_SHAPE: Final = re.compile(r"[A-Za-z0-9._~:-]{1,100}", re.ASCII)
#: Household, members, one member, its list of codes, a code.
_DEEPEST: Final = 5
_CREATED, _OK, _INVALID = 201, 200, 422
_JSON: Final = "application/json"


class HouseholdParser(JSONParser):
    """An object of JSON, no longer and no deeper than a household can be."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Raises TooLarge, BadQuestion."""
        sent = stream.read(MOST_BYTES + 1)
        if len(sent) > MOST_BYTES:
            raise TooLarge
        try:
            told = json.loads(sent, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as fault:
            raise BadQuestion("body", _("The body is not JSON.")) from fault
        if not isinstance(told, dict) or not _is_shallow(told):
            raise BadQuestion("body", _("Send one household with the list of its members."))
        return told


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _is_shallow(told: Any) -> bool:
    level = [told]
    for _depth in range(_DEEPEST):
        below = (one.values() if isinstance(one, dict) else one for one in level)
        level = [child for one in below for child in one if isinstance(child, dict | list)]
        if not level:
            return True
    return False


class Reviews(ApiView):
    scope = ApiScope.REVIEWS
    http_method_names = ["post", "options"]
    parser_classes = [HouseholdParser]

    @extend_schema(
        operation_id="reviews_create",
        parameters=[
            OpenApiParameter(
                KEY,
                {"type": "string", "pattern": f"^{_KEY_SHAPE.pattern}$"},
                OpenApiParameter.HEADER,
                required=True,
                description="Made by the sender for each household it sends, such as a UUID."
                " Sent again with the same content, the first answer comes again for 30 days.",
            ),
            OpenApiParameter(
                DRY_RUN, str, enum=["0", "1"], description="1: say what would be, write nothing."
            ),
        ],
        request={_JSON: household_schema()},
        responses={
            200: OpenApiResponse(EnteredSerializer, "The review was updated, or is as it was."),
            201: OpenApiResponse(EnteredSerializer, "The review is new."),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Enter or update the review of one household in a round that is open.

        `fields` of a 422 say at "households.area" or "members[2].sex" what is wrong; nothing is
        written then.
        """
        parameters.only(request, [DRY_RUN])
        key, token, told = _key(request), _token(request), request.data
        if parameters.choice(request, DRY_RUN, ["0", "1"]) == "1":
            return _sent(_answer(request, told, token, commit=False))
        answer = answered_once.once(
            client=token.client,
            key=key,
            sent=told,
            make=lambda: _answer(request, told, token, commit=True),
        )
        return _sent(answer)


class ReviewAnswer(ApiView):
    scope = ApiScope.REVIEWS

    @extend_schema(operation_id="reviews_retrieve", responses={200: AnsweredOnceSerializer})
    def get(self, request: Request, key: str) -> Response:
        """What was answered when this key came: for a sender whose line broke meanwhile."""
        client = _token(request).client
        kept = get_object_or_404(AnsweredOnce, client=client, key=key)
        told = {
            "key": kept.key,
            "at": kept.at,
            "kept_until": kept.at + KEPT_FOR,
            "status": kept.status,
            "answer": json.loads(kept.body),
        }
        return Response(AnsweredOnceSerializer(told).data)


def _key(request: Request) -> str:
    """Raises BadQuestion for none, and for one that no address can name."""
    typed = str(request.headers.get(KEY, "")).strip().strip('"')
    if not _KEY_SHAPE.fullmatch(typed):
        words = _("Send a key of your own with it, such as a UUID: 1 to 100 letters, digits, - . _")
        raise BadQuestion(KEY, words)
    return typed


def _token(request: Request) -> ApiToken:
    """The token as it stands now, for what is written is not remembered from before. Raises
    BadToken for one that was taken meanwhile."""
    token = api_callers.token_of(caller_of(request))
    if token is None:
        raise BadToken
    return token


def _answer(request: Request, told: Mapping[str, Any], token: ApiToken, *, commit: bool) -> Answer:
    """Raises DomainError where it may be tried again later."""
    acts_as: User | None = token.client.acts_as
    if acts_as is None:
        raise BadToken
    entry = review_entry.enter(told=told, by=acts_as, commit=commit, through=token)
    if entry.errors:
        return Answer(_INVALID, problems.MEDIA_TYPE, _dumped(_problem(entry)))
    status = _CREATED if entry.outcome == review_entry.Outcome.CREATED and commit else _OK
    body = EnteredSerializer(_told(request, told, entry)).data
    return Answer(status, _JSON, _dumped(body))


def _problem(entry: Entry) -> dict[str, Any]:
    fields: dict[str, list[Any]] = {}
    codes: dict[str, list[str]] = {}
    for one in entry.errors:
        fields.setdefault(one.place, []).append(one.words)
        codes.setdefault(one.place, []).append(one.code)
    words = _("The review was not entered. Correct what is named and send it with a new key.")
    return problems.details(_INVALID, "invalid", words, fields) | {"codes": codes}


def _told(request: Request, told: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    survey = entry.survey
    household = survey and {
        "id": survey.household_id,
        "code": survey.household.code,
        "household_id": str(told.get("household_id")),
    }
    form = survey and {
        "uuid": survey.uuid,
        "revision": survey.revision,
        "url": request.build_absolute_uri(reverse("households:survey", args=[survey.uuid])),
    }
    return {
        "outcome": entry.outcome,
        "is_written": entry.is_written,
        "round": entry.round,
        "household": household,
        "survey": form,
        "results": [_result(one) for one in entry.verdicts],
        "warnings": [
            {"field": one.place, "code": one.code, "words": one.words} for one in entry.warnings
        ],
    }


def _result(verdict: Verdict) -> dict[str, Any]:
    def named(indicators: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            {"code": code, "name": {"vi": name.vi, "en": name.en}}
            for code, name in indicators.items()
        ]

    return {
        "standard": verdict.standard,
        "status": "preliminary",
        "poverty_class": verdict.poverty_class,
        "b1_points": verdict.b1_points,
        "b2_points": verdict.b2_points,
        "deprivations": named(verdict.deprived),
        "unknown": named(verdict.unknown),
    }


def _dumped(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


def _sent(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, content_type=answer.media_type)
