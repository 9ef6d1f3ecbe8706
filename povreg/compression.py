"""Pages travel compressed: a review form is 90 kB of HTML and 12 kB on the line."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS = ("text/", "application/json", "image/svg+xml")


class CompressTexts(GZipMiddleware):
    """Texts only: pictures, PDF and workbooks are compressed already.

    A page holds no secret that could be guessed from its length: the token of its forms is masked
    anew each time, and Django adds a random length to each answer (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)
