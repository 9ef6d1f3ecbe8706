"""Pages of rows, in an order that stays: rows that come meanwhile move none to another page."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from households.api import parameters
from households.api.parameters import WHOLE

CURSOR: Final = OpenApiParameter("cursor", str, description="As `next` of the page before has it.")


class Pages(CursorPagination):
    """Whoever uses it names the order."""

    page_size = 200
    max_page_size = 1000
    page_size_query_param = "limit"

    def get_page_size(self, request: Request) -> int:
        """Raises BadQuestion for what is no number."""
        wanted = parameters.whole(request, "limit") or self.page_size
        return min(wanted, self.max_page_size)


LIMIT: Final = OpenApiParameter(
    "limit", WHOLE, description=f"Rows a page, at most {Pages.max_page_size}."
)


def page_of(row: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """What a page of such rows looks like, for the schema."""
    name = row.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}Page",
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row(many=True),
        },
    )
