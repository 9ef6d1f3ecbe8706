"""What every address of the API shares."""

import hashlib
import time
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from households.api.access import secret_in
from households.choices.api import ApiScope
from households.services import api_answers, api_use
from households.services.api_answers import Asked, Kept
from households.services.api_callers import Caller

#: Under which terms everything is given.
LICENCE: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
#: A copy may be kept by the client alone, and is asked about again each time.
_CACHE_CONTROL: Final = "private, no-cache"
_VARY: Final = ("Authorization", "Accept", "Accept-Language", "Cookie")
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_READ: Final = ("GET", "HEAD")
_STAYS: Final = ("ETag", "Cache-Control", "Vary", "Last-Modified")


class ApiView(APIView):
    """Reads only, for callers with `scope`; its answer carries an ETag of what is in it, and is
    kept for the next who asks the same (api_answers)."""

    scope: ClassVar[ApiScope] = ApiScope.AGGREGATES
    #: Address of what explains the answer, "" where it explains itself.
    definition: ClassVar[str] = ""
    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().finalize_response(request, response, *args, **kwargs)
        if getattr(found, "exception", False):  # told as JSON whatever was asked for
            found.accepted_renderer = JSONRenderer()
        found["Cache-Control"] = _CACHE_CONTROL
        found["Link"] = _links(self.definition)
        patch_vary_headers(found, _VARY)
        return found

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        question = asked(request)
        if question and (kept := _found(request, question)):
            return kept
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.render()
        caller = getattr(self.request, "user", None)
        is_read = request.method in _READ and response.status_code == _OK
        if is_read and isinstance(response, HttpResponse):
            response = _told(request, response, question, caller)
        if isinstance(caller, Caller) and (counted_as := caller.counted_as) is not None:
            endpoint = request.resolver_match.view_name
            api_use.note(token_id=counted_as, endpoint=endpoint, status=response.status_code)
        return response


class Nowhere(ApiView):
    """Whatever no other address answers."""

    @extend_schema(exclude=True)
    def get(self, request: Request, **_where: Any) -> HttpResponseBase:
        raise Http404


def _links(definition: str) -> str:
    """Licence and definition, for formats that have no place for them (RFC 8288)."""
    told = f'<{LICENCE_URL}>; rel="license"'
    return f'{told}, <{definition}>; rel="describedby"' if definition else told


def asked(request: HttpRequest) -> Asked | None:
    """None where nobody's token asks, or not for a whole answer."""
    secret = secret_in(request) if request.method == "GET" else None
    if not secret:
        return None
    where = (request.scheme, request.get_host(), request.get_full_path())
    told = (*where, request.headers.get("Accept", ""), get_language())
    return api_answers.asked(secret, told)


def _found(request: HttpRequest, question: Asked) -> HttpResponse | None:
    found = api_answers.find(question, etags=_etags(request), has_since=_has_since(request))
    if found is None:
        return None
    if found.status == _NOT_MODIFIED:
        return _unchanged(found.headers)
    return HttpResponse(found.content, headers=dict(found.headers))


def _told(
    request: HttpRequest, response: HttpResponse, question: Asked | None, caller: object
) -> HttpResponse:
    """With what tells it from another answer, and kept; 304 where the asker has it already."""
    etag = response.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    since = None
    if question and isinstance(caller, Caller):
        since = api_answers.since(question, etag)
        if since <= time.time():  # a moment later it may be told
            response["Last-Modified"] = http_date(since)
            kept = Kept(_OK, dict(response.items()), response.content)
            endpoint = request.resolver_match.view_name if request.resolver_match else ""
            api_answers.keep(question, kept, caller=caller, endpoint=endpoint, since=since)
    etags = _etags(request)
    is_known = etag in etags or (not etags and since and _has_since(request) >= since)
    return _unchanged(dict(response.items())) if is_known else response


def _unchanged(headers: dict[str, str] | Any) -> HttpResponse:
    return HttpResponseNotModified(
        headers={name: headers[name] for name in _STAYS if name in headers}
    )


def _etags(request: HttpRequest) -> Sequence[str]:
    """Those that the asker has; on the way a compressed answer's was made a weak one."""
    return [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]


def _has_since(request: HttpRequest) -> float:
    return parse_http_date_safe(request.headers.get("If-Modified-Since", "")) or 0
