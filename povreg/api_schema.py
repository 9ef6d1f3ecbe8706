"""The OpenAPI schema and the pages that are made of it; for all who may ask anything."""

from typing import Any, Final

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from households.api.problems import MEDIA_TYPE
from households.choices.api import ApiScope

_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "translations"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "translations": {"type": "object", "additionalProperties": {"type": "object"}},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "codes": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
#: What any question may be answered with, beside its own answer.
_ANSWERS: Final = {
    "304": "As the asker has it already",
    "400": "A parameter cannot be read",
    "401": "No valid token",
    "403": "The token does not have the right",
    "404": "Not there, or not the asker's",
    "406": "A format that is not given out",
    "422": "Nothing can be said to it",
    "429": "Too many calls in this minute",
}
_UNCHANGED: Final = "304"
#: And what is sent in.
_ANSWERS_TO_ENTRY: Final = {
    "409": "Sent before under this key with other content, or changed meanwhile",
    "413": "More than is taken at once",
    "415": "Not JSON",
}


class Schema(SpectacularAPIView):
    scope = ApiScope.AGGREGATES


class Docs(SpectacularSwaggerSplitView):
    """Nothing in it comes from another server, and no script stands in the page."""

    scope = ApiScope.AGGREGATES


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "households.api.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "povreg_<prefix>_<secret>"}


class LogInScheme(OpenApiAuthenticationExtension):
    target_class = "households.api.access.LogInAuthentication"
    name = "log_in"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "povreg_session"}


def declare_problems(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """Every operation names every answer that it may give, and that it may be asked by anybody
    where open data is on."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
    told = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if settings.OPEN_DATA:
                operation["security"].append({})
            answers = _ANSWERS | (_ANSWERS_TO_ENTRY if method == "post" else {})
            if method == "post":
                del answers[_UNCHANGED]
            for number, words in answers.items():
                answer: dict[str, Any] = {"description": words}
                if number != _UNCHANGED:
                    answer["content"] = told
                operation["responses"].setdefault(number, answer)
    return result


def name_webhooks(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """OpenAPI knows them since 3.1; in 3.0 the pages find them under this name."""
    if webhooks := result.pop("webhooks", None):
        result["x-webhooks"] = webhooks
    return result
