"""Errors of the API as problem details (RFC 9457), in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from households.errors import Conflict, DomainError, Invalid, Refused

MEDIA_TYPE: Final = "application/problem+json"
_LANGUAGES: Final = ("vi", "en")
_TITLES: Final[dict[int, Promise]] = {
    400: _("The question cannot be read"),
    401: _("Who asks is not known"),
    403: _("This may not be asked"),
    404: _("There is nothing at this address"),
    405: _("This method is not taken here"),
    406: _("This format is not given out"),
    409: _("It cannot be taken as things stand"),
    413: _("Too much was sent"),
    415: _("This format is not taken"),
    422: _("It cannot be carried out"),
    429: _("Too many questions"),
    503: _("It cannot be answered just now"),
}


class Unanswerable(exceptions.APIException):
    """The question is well formed, but nothing can be said to it."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "unanswerable"

    def __init__(self, words: str | Promise) -> None:
        self.words = words
        super().__init__(words)


class TooLarge(exceptions.APIException):
    """More was sent than is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = _("More was sent than is taken at once.")


class BadQuestion(exceptions.APIException):
    """A parameter that cannot be read; `told` goes into the words."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "bad_question"

    def __init__(self, parameter: str, words: str | Promise, **told: str) -> None:
        self.words = said(words, told) if told else words
        super().__init__(self.words)
        self.fields = {parameter: [self.words]}


def _said(words: str | Promise, told: Mapping[str, str]) -> str:
    return str(words) % dict(told)


#: The sentence with what it is about, in whatever language it is read later.
said = lazy(_said, str)


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The project's exception handler. Anything that is no expected error goes on, and is a 500."""
    known = _known(error)
    if known is None:
        return None
    number, code, words, fields = known
    if isinstance(error, DomainError) and not isinstance(words, Promise):
        words = _in_each_language(str(words), context)
    known = number, code, words, fields
    response = Response(details(*known), status=known[0], headers=_headers(error))
    response.content_type = MEDIA_TYPE
    return response


def _in_each_language(words: str, context: dict[str, Any]) -> Any:
    """What was said while a question was answered is known in one language: it is asked again in
    the others. What was sent is not."""
    request, view = context.get("request"), context.get("view")
    if request is None or view is None or request.method != "GET":
        return words
    told: dict[str, str] = {}
    for language in _LANGUAGES:
        with translation.override(language):
            try:
                view.get(request, *context["args"], **context["kwargs"])
            except DomainError as again:
                told[language] = str(again.message)
    return in_language(told, words)


def _of_language(told: Mapping[str, str], words: str) -> str:
    return told.get(translation.get_language() or "", words)


in_language = lazy(_of_language, str)


Fields = Mapping[str, Sequence[Any]]


def details(number: int, code: str, words: Any, fields: Fields) -> dict[str, Any]:
    """The body of a problem. `fields` are sentences by the place they are about."""
    body: dict[str, Any] = {
        "type": f"about:blank#{code}",
        "title": str(_title(number)),
        "status": number,
        "code": code,
        "detail": str(words),
        "translations": _translations(number, words, fields),
    }
    if fields:
        body["fields"] = _spoken(fields)
    return body


def _spoken(fields: Fields) -> dict[str, list[str]]:
    return {path: [str(one) for one in told] for path, told in fields.items()}


def _known(error: Exception) -> tuple[int, str, Any, Fields] | None:
    nothing: Fields = {}
    if isinstance(error, Http404):
        return 404, "not_found", _("There is no such thing here."), nothing
    if isinstance(error, PermissionDenied):
        return 403, "refused", _("You may not ask this."), nothing
    if isinstance(error, Refused):
        return 403, "refused", error.message, nothing
    if isinstance(error, Conflict):
        return 409, error.code, error.message, nothing
    if isinstance(error, Invalid):
        return 422, "invalid", error.message, error.fields
    if isinstance(error, DomainError):
        return 422, "unanswerable", error.message, nothing
    if isinstance(error, exceptions.APIException):
        code = error.default_code
        return error.status_code, str(code), _words(error), getattr(error, "fields", nothing)
    return None


def _words(error: exceptions.APIException) -> Any:
    """Unread where possible, so that they can be said in every language."""
    if isinstance(error, exceptions.Throttled):
        return _("That were too many calls for this minute; ask again in the next.")
    is_usual = str(error.detail) == str(error.default_detail)
    return getattr(error, "words", error.default_detail if is_usual else error.detail)


def _title(number: int) -> Promise:
    return _TITLES.get(number, _TITLES[400])


def _translations(number: int, words: Any, fields: Fields) -> dict[str, dict[str, Any]]:
    """Title, detail and fields in each language; what is said in words that are known in all."""
    told: dict[str, dict[str, Any]] = {}
    sentences = [one for found in fields.values() for one in found]
    for language in _LANGUAGES:
        with translation.override(language):
            told[language] = {"title": str(_title(number))}
            if isinstance(words, Promise):
                told[language]["detail"] = str(words)
            if sentences and all(isinstance(one, Promise) for one in sentences):
                told[language]["fields"] = _spoken(fields)
    return told


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if isinstance(error, exceptions.APIException):
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = f"{int(wait)}"
    return headers
