"""What every address of the API shares."""

import hashlib
from typing import Any, Final

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from households.choices.api import ApiScope
from households.services import api_use
from households.services.api_callers import Caller

#: A copy may be kept by the client alone, and is asked about again each time.
_CACHE_CONTROL: Final = "private, no-cache"
_OK: Final = 200


class ApiView(APIView):
    """Reads only, for callers with `scope`; its answer carries an ETag of what is in it."""

    scope: ApiScope = ApiScope.AGGREGATES
    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Cache-Control"] = _CACHE_CONTROL
        patch_vary_headers(found, ["Authorization", "Accept", "Accept-Language", "Cookie"])
        if isinstance(found, Response) and found.status_code == _OK:
            found.add_post_render_callback(lambda done: told_once(request, done))
        return found

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        caller = getattr(self.request, "user", None)
        if isinstance(caller, Caller) and caller.token_id is not None:
            endpoint = request.resolver_match.view_name
            api_use.note(token_id=caller.token_id, endpoint=endpoint, status=response.status_code)
        return response


def told_once(request: Request, response: HttpResponse) -> HttpResponse | None:
    """304 without a body where the asker has it already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag not in known and f"W/{etag}" not in known:
        return None
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Vary", "Last-Modified"):
        if name in response:
            unchanged[name] = response[name]
    return unchanged
